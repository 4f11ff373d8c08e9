package dev.memo.kernels;

import java.util.Optional;

/** What a linear layer does to its sums. */
public enum Activation {
    /** Nothing. */
    NONE(null),
    /** See {@link Function#TANH}. */
    TANH(Function.TANH),
    /** See {@link Function#RELU}. */
    RELU(Function.RELU),
    /** See {@link Function#ELU}. */
    ELU(Function.ELU);

    private final Function function;

    Activation(Function function) {
        this.function = function;
    }

    /** The function, unless it is the identity. */
    public Optional<Function> function() {
        return Optional.ofNullable(function);
    }
}
