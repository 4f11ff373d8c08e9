package dev.memo.kernels;

import dev.memo.base.InputException;
import dev.memo.base.Tensor;
import java.util.List;
import java.util.Map;

/**
 * Named tensors on a device with the state of their optimisers, shared by all programs that name
 * them: a training step and a policy use the same weights.
 */
public interface Parameters {
    /** The names, in the order in which the programs declare them. */
    List<String> names();

    /** A copy of a parameter in its shape. */
    Tensor.F32 get(String name);

    /**
     * Sets a parameter; its optimiser's state stays.
     *
     * @param values row-major, as many as the parameter has
     */
    void set(String name, float[] values);

    /**
     * All parameters, and for those that a program minimises "NAME/first_moment",
     * "NAME/second_moment" and "NAME/steps", in a fixed order. Restored, training goes on bit for
     * bit as if it had never stopped.
     */
    Map<String, Tensor> snapshot();

    /**
     * Takes a snapshot back.
     *
     * @throws InputException naming the tensor, if one is missing, unknown or of another shape
     */
    void restore(Map<String, Tensor> snapshot);
}
