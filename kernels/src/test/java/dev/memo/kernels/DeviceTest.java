package dev.memo.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.memo.base.InputException;
import dev.memo.base.Tensor;
import dev.memo.base.ThreadTeam;
import dev.memo.kernels.device.HostParameters;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every device must do. */
class DeviceTest {
    private final ThreadTeam team = new ThreadTeam(2);
    private final Device device = TestDevice.open(team);

    @AfterEach
    void close() {
        device.close();
        team.close();
    }

    /** y = x weight^T with x [rows][3], weight [2][3]. */
    private static Program product() {
        Program.Builder builder = Program.builder("product");
        Node weight = builder.parameter("weight", Initialiser.uniform(1), 2, 3);
        builder.output("y", builder.input("x", 3).linear(weight));
        return builder.build();
    }

    private Executable compile(Program program, int maxRows) {
        return device.compile(program, maxRows, device.parameters(1, program));
    }

    @Test
    void readsAndWritesRowsWhereTheCallerHasThem() {
        Program program = product();
        Parameters parameters = device.parameters(1, program);
        parameters.set("weight", new float[] {1, 2, 3, 4, 5, 6});
        Executable executable = device.compile(program, 8, parameters);
        float[] x = {9, 1, 0, 0, 9, 0, 1, 1};
        float[] y = {7, 7, 7, 7, 7, 7, 7};
        executable.bind("x", x, 1, 4);
        executable.bind("y", y, 1, 3);
        executable.run(2);
        assertThat(y).containsExactly(7, 1, 4, 7, 5, 11, 7);
    }

    @Test
    void computesARowAloneAsAmongOthers() {
        Executable executable = compile(product(), 200);
        float[] x = new float[600];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) Math.sin(i);
        }
        executable.bind("x", x);
        executable.run(200);
        float[] together = executable.read("y").data();
        for (int row : new int[] {0, 5, 6, 95, 96, 199}) {
            executable.bind("x", x, row * 3, 3);
            executable.run(1);
            assertThat(executable.read("y").data())
                    .isEqualTo(Arrays.copyOfRange(together, row * 2, row * 2 + 2));
        }
    }

    @Test
    void givesTheSameForTheSameRowsAfterALargerRun() {
        Program program = Training.program();
        Executable large = compile(program, Training.maxRows());
        Training.feed(large);
        large.set("learning_rate", 0);
        large.run(Training.maxRows());
        large.run(37);
        Executable small = compile(program, 37);
        Training.feed(small);
        small.set("learning_rate", 0);
        small.run(37);
        assertThat(large.scalar("loss")).isEqualTo(small.scalar("loss"));
    }

    @Test
    void refusesNamesAndSizesThatDoNotFit() {
        Executable executable = compile(product(), 4);
        assertThatIllegalStateException()
                .isThrownBy(() -> executable.run(2))
                .withMessageContaining("input x was never bound");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> executable.bind("z", new float[3]))
                .withMessageContaining("no input or output with rows z: it has [x, y]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> executable.bind("x", new float[12], 0, 2))
                .withMessageContaining("rows of 3 entries: stride 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> executable.set("rate", 1))
                .withMessageContaining("no scalar rate");
        executable.bind("x", new float[5]);
        assertThatIllegalStateException()
                .isThrownBy(() -> executable.run(2))
                .withMessageContaining("x is bound to 5 entries, 2 rows need 6");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> executable.run(5))
                .withMessageContaining("5 rows, must be 1 .. 4");
        assertThatIllegalStateException()
                .isThrownBy(() -> executable.read("y"))
                .withMessageContaining("has not run");
    }

    @Test
    void refusesAScalarThatWasNeverSet() {
        Executable executable = compile(Training.program(), 4);
        executable.bind("x", new float[100]);
        executable.bind("action", new float[10]);
        assertThatIllegalStateException()
                .isThrownBy(() -> executable.run(1))
                .withMessageContaining("scalar learning_rate was never set");
    }

    @Test
    void sharesWeightsBetweenTrainingAndInference() {
        Program.Builder builder = Program.builder("training");
        Node y = builder.linear("layer", builder.input("x", 3), 2, Activation.TANH);
        Node loss = y.square().mean();
        builder.minimise(loss, builder.constant(0.1), Optimiser.adam(), builder.parameters());
        builder.output("loss", loss);
        Program training = builder.build();
        builder = Program.builder("inference");
        builder.output("y", builder.linear("layer", builder.input("x", 3), 2, Activation.TANH));
        Program inference = builder.build();
        Parameters parameters = device.parameters(2, training, inference);
        Executable learner = device.compile(training, 4, parameters);
        Executable policy = device.compile(inference, 1, parameters);
        float[] x = {1, -1, 0.5f};
        learner.bind("x", x);
        policy.bind("x", x);
        policy.run(1);
        float[] before = policy.read("y").data();
        for (int i = 0; i < 50; i++) {
            learner.run(1);
        }
        policy.run(1);
        float[] after = policy.read("y").data();
        assertThat(Math.abs(after[0])).isLessThan(Math.abs(before[0]) / 2);
        parameters.set("layer.weight", new float[6]);
        parameters.set("layer.bias", new float[2]);
        policy.run(1);
        assertThat(policy.read("y").data()).containsExactly(0, 0);
    }

    @Test
    void goesOnBitForBitAfterASnapshot() {
        Program program = Training.program();
        Parameters parameters = device.parameters(1, program);
        Executable executable = device.compile(program, Training.maxRows(), parameters);
        Training.feed(executable);
        Training.steps(executable, 7);
        Map<String, Tensor> snapshot = parameters.snapshot();
        Training.steps(executable, 5);
        Parameters others = device.parameters(99, program);
        others.restore(snapshot);
        Executable resumed = device.compile(program, Training.maxRows(), others);
        Training.feed(resumed);
        Training.steps(resumed, 5);
        Map<String, Tensor> end = parameters.snapshot();
        Map<String, Tensor> resumedEnd = others.snapshot();
        assertThat(resumedEnd.keySet()).containsExactlyElementsOf(end.keySet());
        assertThat(end.keySet()).contains("codebook", "codebook/first_moment", "codebook/steps");
        end.forEach(
                (name, tensor) ->
                        assertThat(resumedEnd.get(name))
                                .as(name)
                                .usingRecursiveComparison()
                                .isEqualTo(tensor));
    }

    @Test
    void refusesASnapshotOfAnotherShape() {
        Parameters parameters = device.parameters(1, product());
        Map<String, Tensor> missing = Map.of();
        Map<String, Tensor> shaped = Map.of("weight", new Tensor.F32(new float[6], 3, 2));
        Map<String, Tensor> unknown = new LinkedHashMap<>(parameters.snapshot());
        unknown.put("bias", new Tensor.F32(new float[2], 2));
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> parameters.restore(missing))
                .withMessage("tensor weight: is missing");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> parameters.restore(shaped))
                .withMessage("tensor weight: is F32 [3, 2], must be F32 [2, 3]");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> parameters.restore(unknown))
                .withMessageContaining("tensor bias: unknown");
    }

    @Test
    void refusesParametersOfAnotherDevice() {
        Program program = product();
        Parameters foreign = new HostParameters(0, List.of(program), float[]::new);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> device.compile(program, 1, foreign))
                .withMessageContaining("of another device");
    }

    @Test
    void refusesProgramsThatDisagreeAboutAParameter() {
        Program.Builder builder = Program.builder("other");
        builder.output("y", builder.parameter("weight", Initialiser.zeros(), 4));
        Program other = builder.build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> device.parameters(1, product(), other))
                .withMessageContaining("weight");
    }

    @Test
    void namesTheFirstOperationThatMadeANumberThatIsNotFinite() {
        Program.Builder builder = Program.builder("checked");
        Node x = builder.input("x", 2);
        Node root = x.plus(-1).log();
        builder.output("mean", root.square().times(x).mean());
        Program program = builder.build();
        Device checking = TestDevice.open(team, true);
        Executable executable = checking.compile(program, 4, checking.parameters(1, program));
        executable.bind("x", new float[] {2, 3, 4, 1});
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> executable.run(2))
                .withMessageContaining("program checked: #2 log [rows][2] is -Infinity")
                .withMessageContaining("row 1, column 1");
        executable.bind("x", new float[] {2, Float.NaN});
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> executable.run(1))
                .withMessageContaining("input x [rows][2] is NaN at row 0, column 1");
    }

    @Test
    void namesTheUpdateThatMadeANumberThatIsNotFinite() {
        Program.Builder builder = Program.builder("checked");
        Node weight = builder.parameter("weight", Initialiser.constant(1), 3);
        Node rate = builder.scalar("rate");
        builder.minimise(weight.square().sum(), rate, Optimiser.adam(), weight);
        Program program = builder.build();
        try (Device checking = TestDevice.open(team, true)) {
            Executable step = checking.compile(program, 1, checking.parameters(1, program));
            step.set("rate", Float.MAX_VALUE);
            assertThatExceptionOfType(NotFiniteException.class)
                    .isThrownBy(() -> step.run(1))
                    .withMessageContaining("the update of #0 parameter weight [3] made -Infinity");
        }
    }

    @Test
    void slopesOfDistancesReadAllCodesWhereverTheyAreMade() {
        Program.Builder builder = Program.builder("codes");
        Node x = builder.parameter("x", Initialiser.uniform(1), 40, 5);
        Node codes = builder.parameter("codes", Initialiser.uniform(1), 40, 5);
        Node mean = x.squaredDistances(codes.tanh()).mean();
        builder.output("slope", builder.gradients(mean, x).getFirst());
        Program program = builder.build();
        Parameters parameters = device.parameters(1, program);
        Executable executable = device.compile(program, 1, parameters);
        executable.run(1);
        double[] expected = new double[40 * 5];
        for (int i = 0; i < expected.length; i++) {
            for (int c = 0; c < 40; c++) {
                double code = Math.tanh(parameters.get("codes").data()[c * 5 + i % 5]);
                expected[i] += 2.0 / 1600 * (parameters.get("x").data()[i] - code);
            }
        }
        double[] slope = Evaluation.doubles(executable.read("slope").data());
        Evaluation.assertClose("slope", slope, expected, 1e-6);
    }

    @Test
    void decaysWeightsApartFromTheGradient() {
        Program.Builder builder = Program.builder("decay");
        Node weight = builder.parameter("weight", Initialiser.constant(2), 3);
        builder.minimise(weight.sum(), builder.constant(0), Optimiser.adam().decayed(0.25), weight);
        Program program = builder.build();
        Parameters parameters = device.parameters(1, program);
        device.compile(program, 1, parameters).run(1);
        assertThat(parameters.get("weight").data()).containsExactly(1.5f, 1.5f, 1.5f);
    }

    @Test
    void outputsAreOfTheRunWhateverChangesAfterIt() {
        Program.Builder builder = Program.builder("outputs");
        Node x = builder.input("x", 2);
        Node weight = builder.parameter("weight", Initialiser.constant(2), 3);
        builder.output("weight before", weight);
        builder.output("stopped", weight.stopGradient());
        builder.output("x again", x);
        builder.minimise(weight.sum(), builder.constant(0), Optimiser.adam().decayed(0.25), weight);
        Program program = builder.build();
        Parameters parameters = device.parameters(1, program);
        Executable executable = device.compile(program, 2, parameters);
        float[] rows = {1, 2, 3, 4};
        executable.bind("x", rows);
        executable.run(2);
        rows[0] = 9;
        assertThat(parameters.get("weight").data()).containsExactly(1.5f, 1.5f, 1.5f);
        assertThat(executable.read("weight before").data()).containsExactly(2, 2, 2);
        assertThat(executable.read("stopped").data()).containsExactly(2, 2, 2);
        assertThat(executable.read("x again").data()).containsExactly(1, 2, 3, 4);
        executable.run(1);
        assertThat(executable.read("weight before").data()).containsExactly(1.5f, 1.5f, 1.5f);
    }

    /** A layer and its target, which follows it at a rate; one step that minimises the layer. */
    private static Program following() {
        Program.Builder builder = Program.builder("following");
        Node weight = builder.parameter("weight", Initialiser.constant(2), 2, 3);
        Node target = builder.parameter("target", Initialiser.constant(4), 2, 3);
        builder.output("y", builder.input("x", 3).linear(target));
        builder.minimise(weight.sum(), builder.constant(1), Optimiser.adam(), weight);
        builder.follow(target, weight, builder.scalar("rate"));
        return builder.build();
    }

    @Test
    void targetsFollowTheirValuesBeforeAllChanges() {
        Program program = following();
        Parameters parameters = device.parameters(1, program);
        Executable executable = device.compile(program, 1, parameters);
        executable.bind("x", new float[] {1, 0, 0});
        executable.set("rate", 0.25f);
        executable.run(1);
        assertThat(executable.read("y").data()).containsExactly(4, 4);
        assertThat(parameters.get("target").data()).containsOnly(3.5f);
        assertThat(parameters.get("weight").data()[0]).isCloseTo(1, within(1e-6f));
        executable.run(1);
        assertThat(executable.read("y").data()).containsExactly(3.5f, 3.5f);
        assertThat(parameters.get("target").data()[0]).isCloseTo(2.875f, within(1e-6f));
        assertThat(parameters.snapshot()).doesNotContainKey("target/steps");
    }

    @Test
    void copiesAParameterBitForBitAndLayersFollow() {
        Program.Builder builder = Program.builder("copy");
        Node weight = builder.parameter("weight", Initialiser.uniform(1), 130, 300);
        Node target = builder.parameter("target", Initialiser.zeros(), 130, 300);
        builder.assign(target, weight);
        Program copy = builder.build();
        Program.Builder other = Program.builder("layer");
        Node x = other.input("x", 300);
        other.output("y", x.linear(other.parameter("weight", Initialiser.uniform(1), 130, 300)));
        other.output("z", x.linear(other.parameter("target", Initialiser.zeros(), 130, 300)));
        Program layer = other.build();
        Parameters parameters = device.parameters(1, copy, layer);
        Executable layers = device.compile(layer, 1, parameters);
        float[] ones = new float[300];
        Arrays.fill(ones, 1);
        layers.bind("x", ones);
        layers.run(1);
        assertThat(layers.read("z").data()).containsOnly(0);
        device.compile(copy, 1, parameters).run(1);
        assertThat(parameters.get("target").data()).isEqualTo(parameters.get("weight").data());
        layers.run(1);
        assertThat(layers.read("z").data()).isEqualTo(layers.read("y").data());
    }

    @Test
    void assignsParametersToEachOtherAtOnce() {
        Program.Builder builder = Program.builder("swap");
        Node a = builder.parameter("a", Initialiser.constant(1), 3);
        Node b = builder.parameter("b", Initialiser.constant(2), 3);
        builder.assign(a, b);
        builder.assign(b, a);
        Program program = builder.build();
        Parameters parameters = device.parameters(1, program);
        device.compile(program, 1, parameters).run(1);
        assertThat(parameters.get("a").data()).containsOnly(2);
        assertThat(parameters.get("b").data()).containsOnly(1);
    }

    @Test
    void runsSamplesOfMoreRowsThanAChunk() {
        Program.Builder builder = Program.builder("long_samples");
        builder.output("y", builder.input("x", 130).split(130).square().join());
        Executable executable = compile(builder.build(), 40);
        float[] x = new float[40 * 130];
        float[] squares = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = i % 1_000;
            squares[i] = x[i] * x[i];
        }
        executable.bind("x", x);
        executable.run(40);
        assertThat(executable.read("y").data()).isEqualTo(squares);
    }
}
