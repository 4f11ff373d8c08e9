package dev.memo.kernels;

import dev.memo.base.RandomStream;
import dev.memo.base.Seeds;
import java.util.Arrays;

/** How a parameter's first values are made; a function of the seed and the parameter's name. */
public sealed interface Initialiser {
    /**
     * The first values.
     *
     * @param seed of the parameters as a whole
     * @param name of the parameter; equal names get equal numbers, whatever else a program holds
     * @param values modified
     */
    void fill(long seed, String name, float[] values);

    /** Independent and uniform in [-bound, bound). */
    record Uniform(double bound) implements Initialiser {
        @Override
        public void fill(long seed, String name, float[] values) {
            RandomStream random =
                    new RandomStream(Seeds.derive(seed, "parameter " + name), 0, 0, 0);
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.uniform(-bound, bound);
            }
        }
    }

    /** The same number everywhere. */
    record Constant(double value) implements Initialiser {
        @Override
        public void fill(long seed, String name, float[] values) {
            Arrays.fill(values, (float) value);
        }
    }

    /** Uniform in [-bound, bound). */
    static Initialiser uniform(double bound) {
        return new Uniform(bound);
    }

    /** Uniform in +-1/sqrt(inputs): the default of PyTorch's nn.Linear for weight and bias. */
    static Initialiser fanIn(int inputs) {
        return new Uniform(1 / Math.sqrt(inputs));
    }

    /** The same number everywhere. */
    static Initialiser constant(double value) {
        return new Constant(value);
    }

    /** Zeros. */
    static Initialiser zeros() {
        return new Constant(0);
    }
}
