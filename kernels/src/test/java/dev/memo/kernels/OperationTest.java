package dev.memo.kernels;

import static dev.memo.kernels.Evaluation.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import dev.memo.base.RandomStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every operation, plain and on the device: the derivative rules against central differences in
 * float64, the kernels against the plain definitions on awkward sizes.
 */
class OperationTest {
    private static final int[] ROWS =
            TestDevice.isJvm() ? new int[] {1, 7, 33, 130} : new int[] {130};

    private static final int[] WIDTHS =
            TestDevice.isJvm() ? new int[] {1, 3, 17, 60, 64, 100} : new int[] {17};

    /** Past the sizes at which kernels begin another block; enough for one number of rows. */
    private static final int[] WIDE =
            TestDevice.isJvm() ? new int[] {131, 261, 519} : new int[] {131};

    /** A program that is being written around one operation, and values for its leaves. */
    private static final class Scene {
        final Program.Builder builder = Program.builder("scene");
        final Map<String, double[]> values = new LinkedHashMap<>();
        final Map<String, Node> leaves = new LinkedHashMap<>();
        final RandomStream random = new RandomStream(7, 0, 0, 0);
        final int rows;
        final int width;

        Scene(int rows, int width) {
            this.rows = rows;
            this.width = width;
        }

        /** Inputs [rows][w] in low .. high. */
        Node rows(int w, double low, double high) {
            String name = "leaf" + leaves.size();
            return keep(name, builder.input(name, w), rows * w, low, high);
        }

        /** A parameter in low .. high. */
        Node fixed(double low, double high, int... shape) {
            String name = "leaf" + leaves.size();
            int count = IntStream.of(shape).reduce(1, (a, b) -> a * b);
            Node node = builder.parameter(name, Initialiser.zeros(), shape);
            return keep(name, node, count, low, high);
        }

        private Node keep(String name, Node node, int count, double low, double high) {
            // Whole multiples of 1/1024: the same numbers in float32 and float64.
            double[] entries = new double[count];
            for (int i = 0; i < count; i++) {
                entries[i] = Math.rint(random.uniform(low, high) * 1024) / 1024;
            }
            values.put(name, entries);
            leaves.put(name, node);
            return node;
        }

        Node x() {
            return rows(width, -2, 2);
        }

        /** The program with the value, and the gradients of a weighted sum of its entries. */
        Program finish(Node value) {
            builder.output("value", value);
            Node probe =
                    value.shape().batch()
                            ? rows(value.shape().width(), -1, 1)
                            : fixed(-1, 1, value.shape().extents(0));
            Node[] targets = leaves.values().toArray(Node[]::new);
            List<Node> gradients = builder.gradients(value.times(probe), targets);
            int i = 0;
            for (String name : leaves.keySet()) {
                builder.output("d " + name, gradients.get(i++));
            }
            return builder.build();
        }
    }

    /** An operation in a scene. */
    private interface Operand {
        Node in(Scene scene);
    }

    private record Example(String name, Operand operand) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Example example(String name, Operand operand) {
        return new Example(name, operand);
    }

    static Stream<Example> smooth() {
        return Stream.of(
                example("tanh", s -> s.x().tanh()),
                example("relu", s -> s.rows(s.width, 0.1, 2).map(Function.RELU)),
                example("relu, off", s -> s.rows(s.width, -2, -0.1).map(Function.RELU)),
                example("elu, linear part", s -> s.rows(s.width, 0.1, 2).map(Function.ELU)),
                example("elu, curved part", s -> s.rows(s.width, -2, -0.1).map(Function.ELU)),
                example("exp", s -> s.x().exp()),
                example("log", s -> s.rows(s.width, 0.25, 4).log()),
                example("square", s -> s.x().square()),
                example("sqrt", s -> s.rows(s.width, 0.25, 4).sqrt()),
                example("reciprocal", s -> s.rows(s.width, 0.25, 4).reciprocal()),
                example("softplus", s -> s.rows(s.width, -20, 20).softplus()),
                example("affine", s -> s.x().times(-1.5).plus(0.25)),
                example("clamp, inside", s -> s.rows(s.width, -0.9, 0.9).clamp(-1, 1)),
                example("clamp, outside", s -> s.rows(s.width, 1.1, 2).clamp(-1, 1)),
                example("plus", s -> s.x().plus(s.x())),
                example("minus", s -> s.x().minus(s.x())),
                example("times", s -> s.x().times(s.x())),
                example("times itself", s -> itself(s.x())),
                example("over", s -> s.x().over(s.rows(s.width, 0.5, 2))),
                example("plus a row", s -> s.x().plus(s.fixed(-1, 1, s.width))),
                example("row minus", s -> s.fixed(-1, 1, s.width).minus(s.x())),
                example("times a column", s -> s.x().times(s.rows(1, -1, 1))),
                example("column over", s -> s.rows(1, -1, 1).over(s.rows(s.width, 0.5, 2))),
                example("over a column", s -> s.x().over(s.rows(1, 0.5, 2))),
                example("minus a scalar", s -> s.x().minus(s.fixed(-1, 1))),
                example("scalar over", s -> s.fixed(-1, 1).over(s.rows(s.width, 0.5, 2))),
                example("fixed times fixed", s -> s.fixed(-1, 1, 3, s.width).times(fixed(s))),
                example("fixed plus row", s -> fixed(s).plus(s.fixed(-1, 1, s.width))),
                example("fixed times column", s -> fixed(s).times(s.fixed(-1, 1, 3, 1))),
                example("linear", s -> linear(s, Activation.NONE, 5)),
                example("linear, tanh", s -> linear(s, Activation.TANH, 33)),
                example("linear, square", s -> linear(s, Activation.TANH, s.width)),
                example("linear without bias", s -> s.x().linear(s.fixed(-1, 1, 7, s.width))),
                example("linear of fixed rows", s -> fixed(s).linear(s.fixed(-1, 1, 7, s.width))),
                example("product", s -> s.x().product(s.fixed(-1, 1, s.width, 34))),
                example("transposed product", s -> s.x().transposedProduct(s.rows(9, -1, 1))),
                example("transposed, square", s -> s.x().transposedProduct(s.x())),
                example("distances", s -> s.x().squaredDistances(s.fixed(-1, 1, 5, s.width))),
                example(
                        "distances, wide",
                        s -> s.x().squaredDistances(s.fixed(-1, 1, 70, s.width))),
                example("distances of codes", s -> itself(s)),
                example("softmax", s -> s.x().softmax()),
                example("layer norm", s -> layerNorm(s)),
                example("concat", s -> s.x().concat(s.rows(1, -1, 1), s.rows(4, -1, 1))),
                example("slice", s -> s.rows(s.width + 3, -1, 1).slice(2, s.width + 2)),
                example("slices of one", s -> slices(s)),
                example("sum", s -> s.x().sum()),
                example("mean", s -> s.x().mean()),
                example("row sum", s -> s.x().rowSum()),
                example("row mean", s -> s.x().rowMean()),
                example("column sum", s -> s.x().columnSum()),
                example("column mean", s -> s.x().columnMean()),
                example("mean of fixed", s -> s.fixed(-1, 1, 3, s.width).mean()),
                example("ratio of means", s -> s.x().times(s.x().square().mean())),
                example("log density", s -> density(s, s.fixed(-1, 1, s.width))),
                example("log density, std per row", s -> density(s, s.x())),
                example("entropy", s -> Gaussian.entropy(s.x())),
                example("divergence", s -> divergence(s)),
                example("sample", s -> Gaussian.sample(s.x(), s.rows(s.width, 0.5, 2), s.x())),
                example("sigmoid", s -> s.rows(s.width, -3, 3).sigmoid()),
                example("min, of the first", s -> low(s).min(high(s))),
                example("min, of the second", s -> high(s).min(low(s))),
                example("max, of the first", s -> high(s).max(low(s))),
                example("max, of the second", s -> low(s).max(high(s))),
                example("min with a column", s -> low(s).min(s.rows(1, 0.1, 2))),
                example("row max with", s -> s.fixed(0.1, 2, s.width).max(low(s))),
                example("scalar min", s -> s.fixed(-2, -0.1).min(high(s))),
                example("row max", s -> apart(s).rowMax()),
                example("log sum exp", s -> s.rows(s.width, -20, 20).logSumExp()),
                example("log softmax", s -> s.x().logSoftmax()),
                example("cross-entropy", s -> Categorical.crossEntropy(s.x(), s.x())),
                example("mean of atoms", s -> Categorical.mean(apart(s), -3, 5)),
                example("split", s -> split(s).square().join()),
                example("split again", s -> split(s).join().split(s.width).exp().join()),
                example("repeat", s -> s.x().repeat(3).times(split(s)).join()),
                example("group sum", s -> split(s).square().groupSum()),
                example("group mean", s -> split(s).square().groupMean()),
                example("mean of split", s -> timesMean(split(s)).join()),
                example("column mean of split", s -> split(s).plus(split(s).columnMean()).join()),
                example("linear of split", s -> linearOfSplit(s)),
                example("distances of split", s -> distancesOfSplit(s)),
                example("transposed product of split", s -> split(s).transposedProduct(split(s))),
                example("attention", s -> attention(s)),
                example("gru", s -> gru(s)));
    }

    private static Node slices(Scene s) {
        Node both = s.rows(2 * s.width, -1, 1).times(1);
        return both.slice(0, s.width).times(both.slice(s.width, 2 * s.width));
    }

    private static Node low(Scene s) {
        return s.rows(s.width, -2, -0.1);
    }

    private static Node high(Scene s) {
        return s.rows(s.width, 0.1, 2);
    }

    /** Rows of which the last column is the largest. */
    private static Node apart(Scene s) {
        return s.rows(s.width, -2, 0.5).concat(s.rows(1, 1, 2));
    }

    private static Node split(Scene s) {
        return s.rows(3 * s.width, -1, 1).split(3);
    }

    private static Node timesMean(Node x) {
        return x.times(x.square().mean());
    }

    private static Node linearOfSplit(Scene s) {
        double bound = 1 / Math.sqrt(s.width);
        Node weight = s.fixed(-bound, bound, 7, s.width);
        return split(s).linear(weight, s.fixed(-1, 1, 7), Activation.TANH).join();
    }

    private static Node distancesOfSplit(Scene s) {
        return split(s).squaredDistances(s.fixed(-1, 1, 5, s.width)).join();
    }

    private static Node attention(Scene s) {
        Node steps = split(s);
        return Attention.pool(steps, steps.linear(s.fixed(-1, 1, 1, s.width)));
    }

    private static Node gru(Scene s) {
        int units = 5;
        double bound = 1 / Math.sqrt(s.width);
        Gru gru =
                new Gru(
                        s.fixed(-bound, bound, 3 * units, s.width),
                        s.fixed(-0.5, 0.5, 3 * units, units),
                        s.fixed(-1, 1, 3 * units),
                        s.fixed(-1, 1, 3 * units));
        return gru.last(s.rows(3 * s.width, -1, 1), 3);
    }

    private static Node divergence(Scene s) {
        Node std = s.rows(s.width, 0.5, 2);
        Node otherStd = s.fixed(0.5, 2, s.width);
        return Gaussian.divergence(s.x(), std, s.x(), otherStd);
    }

    private static Node itself(Node x) {
        return x.times(x).plus(x);
    }

    private static Node itself(Scene s) {
        Node codes = s.fixed(-1, 1, 4, s.width);
        return codes.squaredDistances(codes);
    }

    private static Node fixed(Scene s) {
        return s.fixed(-1, 1, 3, s.width);
    }

    private static Node linear(Scene s, Activation activation, int units) {
        double bound = 1 / Math.sqrt(s.width);
        Node weight = s.fixed(-bound, bound, units, s.width);
        return s.x().linear(weight, s.fixed(-1, 1, units), activation);
    }

    private static Node layerNorm(Scene s) {
        // Columns far apart, so that the variance of a row is never tiny.
        Node x = s.rows(1, -2, -1).concat(s.rows(s.width, -0.5, 0.5), s.rows(1, 1, 2));
        return x.layerNorm(s.fixed(0.5, 1.5, s.width + 2), s.fixed(-1, 1, s.width + 2));
    }

    private static Node density(Scene s, Node logStd) {
        return Gaussian.logDensity(s.x(), logStd, s.x());
    }

    static Stream<Example> discrete() {
        return Stream.of(
                example("arg min", s -> s.x().argMin()),
                example("one hot", s -> s.x().argMin().oneHot(s.width)),
                example("stop gradient", s -> s.x().stopGradient()),
                example("relu across 0", s -> s.x().map(Function.RELU)),
                example("elu across 0", s -> s.x().map(Function.ELU)),
                example("clamp across limits", s -> s.x().clamp(-1, 1)),
                example("min across", s -> s.x().min(s.x())),
                example("max across", s -> s.x().max(s.x())),
                example("min across a column", s -> s.x().min(s.rows(1, -1, 1))),
                example("at most", s -> s.x().atMost(s.x())),
                example("row at most", s -> s.fixed(-1, 1, s.width).atMost(s.x())),
                example("scalar at most", s -> s.fixed(-1, 1).atMost(s.x())),
                example("at most a scalar", s -> s.x().atMost(s.fixed(-1, 1))),
                example("row max across", s -> s.x().rowMax()),
                example("projection", s -> projection(s)),
                example("constant rows", s -> s.builder.constant(0.5, s.width).plus(s.x())),
                example("uniforms", s -> s.builder.uniforms(s.width, 1L << 40, 2, constant(s))),
                example("straight through", s -> straightThrough(s)),
                example("global norm", s -> norm(s)));
    }

    private static Node projection(Scene s) {
        Node p = s.rows(s.width + 1, 0, 1);
        return Categorical.project(p, s.rows(1, -3, 3), s.rows(1, 0, 1), -2, 2);
    }

    private static Node constant(Scene s) {
        return s.builder.constant(5);
    }

    private static Node straightThrough(Scene s) {
        Node x = s.x();
        Node codes = s.fixed(-2, 2, 5, s.width);
        return x.straightThrough(x.squaredDistances(codes).argMin().oneHot(5).product(codes));
    }

    private static Node norm(Scene s) {
        Node weight = s.fixed(-1, 1, 3, s.width);
        Node loss = s.x().linear(weight).square().mean();
        return s.builder
                .minimise(loss, s.builder.constant(0), Optimiser.adam(), weight)
                .stopGradient();
    }

    static Stream<Example> all() {
        return Stream.concat(smooth(), discrete());
    }

    @ParameterizedTest
    @MethodSource("smooth")
    void hasTheGradientOfCentralDifferences(Example example) {
        Scene scene = new Scene(3, 4);
        Program program = scene.finish(example.operand.in(scene));
        Map<String, double[]> outputs = Evaluation.plain(program, scene.values, scene.rows);
        String probe = List.copyOf(scene.leaves.keySet()).getLast();
        for (String leaf : scene.leaves.keySet()) {
            double[] entries = scene.values.get(leaf);
            double[] slopes = new double[entries.length];
            for (int i = 0; i < entries.length; i++) {
                slopes[i] = slope(program, scene, probe, entries, i);
            }
            assertClose(leaf, outputs.get("d " + leaf), slopes, 1e-7);
        }
    }

    /** The fourth-order central difference by one entry. */
    private static double slope(
            Program program, Scene scene, String probe, double[] entries, int i) {
        double before = entries[i];
        double step = 1e-3;
        double slope = 0;
        double[][] stencil = {{-2, 1.0 / 12}, {-1, -2.0 / 3}, {1, 2.0 / 3}, {2, -1.0 / 12}};
        for (double[] point : stencil) {
            entries[i] = before + point[0] * step;
            double[] value = Evaluation.plain(program, scene.values, scene.rows).get("value");
            for (int j = 0; j < value.length; j++) {
                slope += point[1] * value[j] * scene.values.get(probe)[j] / step;
            }
        }
        entries[i] = before;
        return slope;
    }

    @ParameterizedTest
    @MethodSource("all")
    void isTheSameOnTheDeviceForAwkwardSizes(Example example) {
        for (int rows : ROWS) {
            for (int width : WIDTHS) {
                assertTheSameOnTheDevice(example, rows, width);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void isTheSameOnTheDeviceForWideRows(Example example) {
        for (int width : WIDE) {
            assertTheSameOnTheDevice(example, 33, width);
        }
    }

    /** So many that a device may split their sums. */
    @ParameterizedTest
    @MethodSource("all")
    void isTheSameOnTheDeviceForManyRows(Example example) {
        assertTheSameOnTheDevice(example, 600, 5);
    }

    private static void assertTheSameOnTheDevice(Example example, int rows, int width) {
        Scene scene = new Scene(rows, width);
        Program program = scene.finish(example.operand.in(scene));
        Map<String, double[]> plain = Evaluation.plain(program, scene.values, rows);
        Map<String, double[]> device = Evaluation.onDevice(program, scene.values, rows);
        plain.forEach(
                (name, expected) -> {
                    String what = rows + " x " + width + " " + name;
                    // Sums over rows cancel, and their errors grow like a random walk.
                    boolean batch = program.outputs().get(name).shape().batch();
                    double tolerance = 4e-6 * (batch ? 1 : Math.sqrt(rows));
                    assertClose(what, device.get(name), expected, tolerance);
                });
    }

    @Test
    void oneHotOfWhatIsNoIndexIsARowOfZeros() {
        Program.Builder builder = Program.builder("indices");
        builder.output("rows", builder.input("x", 1).oneHot(3));
        Program program = builder.build();
        double[] indices = {Double.NaN, 1.5, -0.5, -1, 3, 1e20, 2, -0.0};
        double[] expected = new double[3 * indices.length];
        expected[3 * 6 + 2] = 1;
        expected[3 * 7] = 1;
        Map<String, double[]> values = Map.of("x", indices);
        assertThat(Evaluation.plain(program, values, indices.length).get("rows"))
                .isEqualTo(expected);
        assertThat(Evaluation.onDevice(program, values, indices.length).get("rows"))
                .isEqualTo(expected);
    }

    @Test
    void minAndMaxGiveTheGradientOfEqualEntriesToTheFirst() {
        Program.Builder builder = Program.builder("ties");
        Node a = builder.input("a", 3);
        Node b = builder.input("b", 3);
        List<Node> ofMin = builder.gradients(a.min(b), a, b);
        List<Node> ofMax = builder.gradients(a.max(b), a, b);
        builder.output("min by a", ofMin.getFirst());
        builder.output("min by b", ofMin.getLast());
        builder.output("max by a", ofMax.getFirst());
        builder.output("max by b", ofMax.getLast());
        Program program = builder.build();
        Map<String, double[]> values =
                Map.of("a", new double[] {1, 2, 3}, "b", new double[] {2, 2, 2});
        Map<String, double[]> device = Evaluation.onDevice(program, values, 1);
        assertThat(device.get("min by a")).containsExactly(1, 1, 0);
        assertThat(device.get("min by b")).containsExactly(0, 0, 1);
        assertThat(device.get("max by a")).containsExactly(0, 1, 1);
        assertThat(device.get("max by b")).containsExactly(1, 0, 0);
    }

    @Test
    void rowMaxSharesTheGradientAmongEqualEntries() {
        Program.Builder builder = Program.builder("ties");
        Node x = builder.input("x", 4);
        builder.output("dx", builder.gradients(x.rowMax(), x).getFirst());
        Program program = builder.build();
        Map<String, double[]> values = Map.of("x", new double[] {2, 1, 2, 0});
        assertThat(Evaluation.onDevice(program, values, 1).get("dx"))
                .containsExactly(0.5, 0, 0.5, 0);
    }

    @Test
    void minAndMaxPassNaNOn() {
        Program.Builder builder = Program.builder("nan");
        Node a = builder.input("a", 2);
        Node b = builder.input("b", 2);
        builder.output("min", a.min(b));
        builder.output("max", a.max(b));
        Program program = builder.build();
        // As many rows as fill vectors of every width.
        double[] as = new double[64];
        double[] bs = new double[64];
        for (int i = 0; i < as.length; i++) {
            as[i] = i % 2 == 0 ? Double.NaN : 1;
            bs[i] = i % 2 == 0 ? 1 : Double.NaN;
        }
        Evaluation.onDevice(program, Map.of("a", as, "b", bs), 32)
                .forEach((name, value) -> assertThat(value).as(name).containsOnly(Double.NaN));
    }

    @Test
    void argMinTakesTheLowestOfEqualEntries() {
        Program.Builder builder = Program.builder("ties");
        builder.output("code", builder.input("x", 4).argMin());
        Program program = builder.build();
        Map<String, double[]> values = Map.of("x", new double[] {2, 1, 1, 3, 5, 5, 5, 5});
        assertThat(Evaluation.onDevice(program, values, 2).get("code")).containsExactly(1, 0);
        assertThat(Evaluation.plain(program, values, 2).get("code")).containsExactly(1, 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 16, 33, 70})
    void argMinOfRowsOfAnyWidthFindsTheFirst(int width) {
        Program.Builder builder = Program.builder("wide_ties");
        builder.output("code", builder.input("x", width).argMin());
        Program program = builder.build();
        int rows = 64;
        double[] choices = {3, -1, 0.0, -0.0, 2, -1, Double.NaN, Double.POSITIVE_INFINITY};
        double[] x = new double[rows * width];
        for (int i = 0; i < x.length; i++) {
            double choice = choices[(i * i + i / 7) % choices.length];
            // In half of the rows zeros of both signs are the smallest.
            x[i] = i < x.length / 2 ? choice : Math.max(choice, -0.0);
        }
        Map<String, double[]> values = Map.of("x", x);
        assertThat(Evaluation.onDevice(program, values, rows).get("code"))
                .containsExactly(Evaluation.plain(program, values, rows).get("code"));
    }
}
