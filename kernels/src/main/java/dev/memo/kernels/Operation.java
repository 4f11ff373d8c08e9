package dev.memo.kernels;

import java.util.List;

/**
 * What a node computes. An operation defines its shape rule, its value and its derivative; a device
 * has a kernel for each. Derivatives are written with operations too, so a device needs no second
 * kind of kernel for training.
 */
public sealed interface Operation
        permits Leaf,
                Function,
                FunctionSlope,
                Affine,
                Clamp,
                ClampSlope,
                Binary,
                Linear,
                Product,
                TransposedProduct,
                SquaredDistances,
                DistanceRowSlope,
                DistanceCodeSlope,
                ArgMin,
                OneHot,
                Softmax,
                RowMax,
                CategoricalProjection,
                Draw,
                Concat,
                Slice,
                Place,
                Regroup,
                Reduce,
                Spread,
                StopGradient,
                GlobalNorm {
    /** What messages call it. */
    String label();

    /**
     * The shape of the result.
     *
     * @throws IllegalArgumentException naming the operation and the shapes, if they do not fit
     */
    Shape shape(List<Shape> inputs);

    /**
     * The value, by plain float64 loops.
     *
     * @param inputs not modified
     * @param out zeros of the result's shape, modified
     */
    void evaluate(List<Matrix> inputs, Matrix out);

    /**
     * The derivative of a loss by each input, given {@code dy}, its derivative by the result.
     *
     * @param y the node that computes this operation
     * @return one node per input, of that input's shape; null where no gradient passes
     */
    List<Node> gradients(Node y, Node dy);

    /** The answer of an operation that only gradients use. */
    static List<Node> noSecondDerivative(Operation operation) {
        throw new IllegalArgumentException(operation.label() + " has no derivative itself");
    }

    /** The error for shapes that do not fit. */
    static IllegalArgumentException mismatch(String operation, List<Shape> shapes, String rule) {
        return new IllegalArgumentException(operation + " of " + shapes + ": " + rule);
    }
}
