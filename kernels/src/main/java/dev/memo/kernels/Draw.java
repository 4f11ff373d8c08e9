package dev.memo.kernels;

import dev.memo.base.Philox;
import dev.memo.base.RandomStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Random numbers [rows][width] that are a function of seed, stream, step, row and column: entry
 * [r][j] is made from word j of {@link RandomStream} with lane r and episode step, the same word on
 * every device. Uniform: in [0, 1), the word's upper 24 bits, exact. Normal: by Box and Muller
 * (1958) from each two words, z[2i] = q cos(2 pi u), z[2i+1] = q sin(2 pi u) with q = sqrt(-2 log
 * v), v word 2i as {@link Philox#open}, u word 2i+1 as {@link Philox#halfOpen}; within 2e-6.
 *
 * <p>The step is a scalar of the program, a whole number of 0 .. 2^24 - 1, which float32 tells
 * apart; any other gives NaN everywhere. No gradient.
 */
public record Draw(Law law, long seed, int stream, int width) implements Operation {
    /** Steps that float32 tells apart. */
    private static final int STEPS = 1 << 24;

    /** How the numbers are distributed. */
    public enum Law {
        /** In [0, 1). */
        UNIFORM,
        /** Mean 0, variance 1. */
        NORMAL
    }

    /** Whether numbers are defined for a step. */
    public static boolean isStep(double step) {
        return step >= 0 && step < STEPS && step == Math.rint(step);
    }

    @Override
    public String label() {
        return "draw " + law.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Shape shape(List<Shape> inputs) {
        if (inputs.getFirst().rank() != 0) {
            throw Operation.mismatch(label(), inputs, "needs a scalar step");
        }
        return Shape.rows(width);
    }

    @Override
    public void evaluate(List<Matrix> inputs, Matrix out) {
        double step = inputs.getFirst().at(0, 0);
        if (!isStep(step)) {
            Arrays.fill(out.data(), Double.NaN);
            return;
        }
        for (int i = 0; i < out.height(); i++) {
            RandomStream random = new RandomStream(seed, stream, i, (int) step);
            for (int j = 0; j < width; j += 2) {
                double[] pair = pair(random.word(), random.word());
                System.arraycopy(pair, 0, out.data(), i * width + j, Math.min(2, width - j));
            }
        }
    }

    private double[] pair(int first, int second) {
        if (law == Law.UNIFORM) {
            return new double[] {Philox.halfOpen(first), Philox.halfOpen(second)};
        }
        double radius = Math.sqrt(-2 * Math.log(Philox.open(first)));
        double angle = 2 * Math.PI * Philox.halfOpen(second);
        return new double[] {radius * Math.cos(angle), radius * Math.sin(angle)};
    }

    @Override
    public List<Node> gradients(Node y, Node dy) {
        return Collections.singletonList(null);
    }
}
