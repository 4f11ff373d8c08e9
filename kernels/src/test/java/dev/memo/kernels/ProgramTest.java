package dev.memo.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ProgramTest {
    private final Program.Builder builder = Program.builder("test");
    private final Node x = builder.input("x", 5);

    private Node parameter(String name, int... shape) {
        return builder.parameter(name, Initialiser.zeros(), shape);
    }

    @Test
    void namesTheOperationAndBothShapesWhereTheyDoNotFit() {
        Node y = builder.input("y", 3);
        Node weight = parameter("weight", 7, 6);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> x.plus(y))
                .withMessageContaining("plus of [[rows][5], [rows][3]]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> x.linear(weight))
                .withMessageContaining("linear of [[rows][5], [7][6]]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> x.product(weight))
                .withMessageContaining("product of [[rows][5], [7][6]]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> x.squaredDistances(weight))
                .withMessageContaining("squared distances of [[rows][5], [7][6]]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> x.concat(weight))
                .withMessageContaining("concat of [[rows][5], [7][6]]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> x.slice(4, 6))
                .withMessageContaining("slice 4 .. 6 of [[rows][5]]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> x.min(y))
                .withMessageContaining("min of [[rows][5], [rows][3]]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Categorical.project(x, y, y, -1, 1))
                .withMessageContaining(
                        "categorical projection of [[rows][5], [rows][3], [rows][3]]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.normals(2, 1, 0, x))
                .withMessageContaining("draw normal of [[rows][5]]");
    }

    @Test
    void refusesABiasOfAnotherWidth() {
        Node weight = parameter("weight", 7, 5);
        Node bias = parameter("bias", 5);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> x.linear(weight, bias, Activation.NONE))
                .withMessageContaining("[[rows][5], [7][5], [5]]");
    }

    @Test
    void knowsShapesByTheirExtents() {
        assertThat(builder.linear("layer", x, 8, Activation.TANH).shape()).hasToString("[rows][8]");
        assertThat(x.columnSum().shape()).hasToString("[5]");
        assertThat(x.rowSum().shape()).hasToString("[rows][1]");
        assertThat(x.mean().shape()).hasToString("[]");
        assertThat(x.transposedProduct(x).shape()).hasToString("[5][5]");
    }

    @Test
    void refusesANameTwice() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.output("x", x))
                .withMessageContaining("two things named x");
    }

    @Test
    void refusesANodeOfAnotherProgram() {
        Node other = Program.builder("other").input("x", 5);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> x.plus(other))
                .withMessageContaining("another program");
    }

    @Test
    void refusesANodeOfAnotherProgramAtEveryDoor() {
        Node weight = parameter("weight", 5);
        Node loss = x.times(weight).mean();
        Node rate = builder.constant(1);
        Program.Builder others = Program.builder("other");
        Node otherX = others.input("x", 5);
        Node otherWeight = others.parameter("weight", Initialiser.zeros(), 5);
        Node otherLoss = otherX.times(otherWeight).mean();
        Optimiser adam = Optimiser.adam();
        List<ThrowingCallable> doors =
                List.of(
                        () -> builder.output("y", otherX),
                        () -> builder.gradients(otherLoss, weight),
                        () -> builder.gradients(loss, otherWeight),
                        () -> builder.minimise(otherLoss, rate, adam, weight),
                        () -> builder.minimise(loss, others.constant(1), adam, weight),
                        () -> builder.minimise(loss, rate, adam, otherWeight),
                        () -> builder.assign(weight, otherWeight),
                        () -> builder.assign(otherWeight, weight));
        for (ThrowingCallable door : doors) {
            assertThatIllegalArgumentException()
                    .isThrownBy(door)
                    .withMessageContaining("is of another program");
        }
    }

    @Test
    void acceptsNothingAfterItIsBuilt() {
        Node weight = parameter("weight", 5);
        Node loss = x.times(weight).mean();
        Node rate = builder.constant(1);
        builder.output("y", loss);
        builder.build();
        List<ThrowingCallable> doors =
                List.of(
                        x::square,
                        () -> builder.output("z", loss),
                        () -> builder.gradients(loss, weight),
                        () -> builder.minimise(loss, rate, Optimiser.adam(), weight),
                        () -> builder.assign(weight, weight));
        for (ThrowingCallable door : doors) {
            assertThatIllegalStateException().isThrownBy(door).withMessageContaining("is built");
        }
    }

    @Test
    void refusesToMinimiseWhatALossDoesNotDependOn() {
        Node used = parameter("used", 5);
        Node stopped = parameter("stopped", 5);
        Node loss = x.times(used).plus(stopped.stopGradient()).mean();
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                builder.minimise(
                                        loss, builder.constant(1), Optimiser.adam(), stopped))
                .withMessageContaining("no gradient by")
                .withMessageContaining("parameter stopped");
    }

    @Test
    void refusesToMinimiseAParameterTwice() {
        Node weight = parameter("weight", 5);
        Node loss = x.times(weight).mean();
        Node rate = builder.constant(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.minimise(loss, rate, Optimiser.adam(), weight, weight))
                .withMessageContaining("changed twice");
        builder.minimise(loss, rate, Optimiser.adam(), weight);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.minimise(loss, rate, Optimiser.adam(), weight))
                .withMessageContaining("changed twice");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.assign(weight, weight))
                .withMessageContaining("changed twice");
    }

    @Test
    void refusesToAssignWhatDoesNotFit() {
        Node weight = parameter("weight", 5);
        Node square = parameter("square", 5, 5);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.assign(weight, square))
                .withMessageContaining("assign of [[5], [5][5]]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.assign(x, x))
                .withMessageContaining("is not a parameter");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.follow(weight, weight, weight))
                .withMessageContaining("the rate #1 parameter weight [5] is no scalar");
    }

    @Test
    void refusesRowsThatDoNotSplitOrAreNotJoined() {
        Node split = builder.input("window", 6).split(3);
        assertThat(split.shape()).hasToString("[rows x 3][2]");
        assertThat(split.join().shape()).hasToString("[rows][6]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> x.split(3))
                .withMessageContaining("regroup to 3 of [[rows][5]]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> split.plus(x.slice(0, 2)))
                .withMessageContaining("plus of [[rows x 3][2], [rows][2]]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.output("split", split))
                .withMessageContaining("must be joined");
    }

    @Test
    void computesNothingThatNobodyReads() {
        Node used = x.square();
        Node unused = x.exp();
        builder.output("y", used);
        Program program = builder.build();
        assertThat(program.needed().get(used.index())).isTrue();
        assertThat(program.needed().get(unused.index())).isFalse();
    }

    @Test
    void startsLayersAsPyTorchDoes() {
        Node weight = builder.linear("layer", x, 8, Activation.NONE).inputs().get(1);
        Initialiser initialiser = ((Leaf.Parameter) weight.operation()).initialiser();
        assertThat(initialiser).isEqualTo(Initialiser.uniform(1 / Math.sqrt(5)));
        float[] values = new float[40];
        float[] again = new float[40];
        float[] others = new float[40];
        initialiser.fill(3, "layer.weight", values);
        initialiser.fill(3, "layer.weight", again);
        initialiser.fill(3, "layer2.weight", others);
        assertThat(values).isEqualTo(again).isNotEqualTo(others);
        for (float value : values) {
            assertThat(Math.abs(value)).isLessThanOrEqualTo(0.4472136f);
        }
    }
}
