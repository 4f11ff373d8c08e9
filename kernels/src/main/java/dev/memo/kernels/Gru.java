package dev.memo.kernels;

/**
 * A gated recurrent unit with PyTorch's gates (Cho et al. 2014; torch.nn.GRUCell), K inputs and H
 * hidden numbers. With the blocks r, z, n of the weights one above the other:
 *
 * <pre>
 * r = sigmoid(Wr x + br + Ur h + cr)      z = sigmoid(Wz x + bz + Uz h + cz)
 * n = tanh(Wn x + bn + r (Un h + cn))     h' = n + z (h - n)
 * </pre>
 *
 * @param inputWeight W [3H][K]
 * @param hiddenWeight U [3H][H]
 * @param inputBias b [3H]
 * @param hiddenBias c [3H]
 */
public record Gru(Node inputWeight, Node hiddenWeight, Node inputBias, Node hiddenBias) {
    private static final int GATES = 3;

    /**
     * A cell with parameters of its own: NAME.input_weight, NAME.hidden_weight, NAME.input_bias and
     * NAME.hidden_bias, uniform in +-1/sqrt(H) as PyTorch starts them.
     *
     * @param inputs K
     * @param units H
     */
    public static Gru of(Program.Builder builder, String name, int inputs, int units) {
        Initialiser start = Initialiser.fanIn(units);
        int rows = GATES * units;
        return new Gru(
                builder.parameter(name + ".input_weight", start, rows, inputs),
                builder.parameter(name + ".hidden_weight", start, rows, units),
                builder.parameter(name + ".input_bias", start, rows),
                builder.parameter(name + ".hidden_bias", start, rows));
    }

    /**
     * One step.
     *
     * @param x [rows][K]
     * @param h [rows][H]
     * @return the next h, [rows][H]
     */
    public Node step(Node x, Node h) {
        int units = h.shape().width();
        Node input = x.linear(inputWeight, inputBias, Activation.NONE);
        Node hidden = h.linear(hiddenWeight, hiddenBias, Activation.NONE);
        Node gates = input.slice(0, 2 * units).plus(hidden.slice(0, 2 * units)).sigmoid();
        Node reset = gates.slice(0, units);
        Node update = gates.slice(units, 2 * units);
        Node candidate =
                input.slice(2 * units, GATES * units)
                        .plus(reset.times(hidden.slice(2 * units, GATES * units)))
                        .tanh();
        return candidate.plus(update.times(h.minus(candidate)));
    }

    /**
     * The last h of a window, started at zeros.
     *
     * @param window [rows][T K], the steps side by side
     * @param steps T
     * @return [rows][H]
     */
    public Node last(Node window, int steps) {
        int inputs = inputWeight.shape().width();
        Node h = window.builder().constant(0, hiddenWeight.shape().width());
        for (int t = 0; t < steps; t++) {
            h = step(window.slice(t * inputs, (t + 1) * inputs), h);
        }
        return h;
    }
}
