package dev.memo.kernels;

import java.util.List;
import java.util.Locale;

/**
 * A function y = f(x) of each entry. Its slope is a function of x or of y, whichever is cheaper;
 * {@link FunctionSlope} multiplies by it.
 */
public enum Function implements Operation {
    /** y = tanh x; slope 1 - y^2. */
    TANH(true) {
        @Override
        public double of(double x) {
            return Math.tanh(x);
        }

        @Override
        public double slope(double y) {
            return 1 - y * y;
        }
    },
    /** y = max(x, 0); slope 1 where y &gt; 0, else 0 (0 at x = 0). */
    RELU(true) {
        @Override
        public double of(double x) {
            return Math.max(x, 0);
        }

        @Override
        public double slope(double y) {
            return y > 0 ? 1 : 0;
        }
    },
    /** y = x for x &gt; 0, exp(x) - 1 otherwise; slope 1 where y &gt; 0, else y + 1. */
    ELU(true) {
        @Override
        public double of(double x) {
            return x > 0 ? x : Math.expm1(x);
        }

        @Override
        public double slope(double y) {
            return y > 0 ? 1 : y + 1;
        }
    },
    /** y = exp x; slope y. */
    EXP(true) {
        @Override
        public double of(double x) {
            return Math.exp(x);
        }

        @Override
        public double slope(double y) {
            return y;
        }
    },
    /** y = log x, natural; slope 1 / x. */
    LOG(false) {
        @Override
        public double of(double x) {
            return Math.log(x);
        }

        @Override
        public double slope(double x) {
            return 1 / x;
        }
    },
    /** y = x^2; slope 2 x. */
    SQUARE(false) {
        @Override
        public double of(double x) {
            return x * x;
        }

        @Override
        public double slope(double x) {
            return 2 * x;
        }
    },
    /** y = sqrt x; slope 1 / (2 y). */
    SQRT(true) {
        @Override
        public double of(double x) {
            return Math.sqrt(x);
        }

        @Override
        public double slope(double y) {
            return 0.5 / y;
        }
    },
    /** y = 1 / x; slope -y^2. */
    RECIPROCAL(true) {
        @Override
        public double of(double x) {
            return 1 / x;
        }

        @Override
        public double slope(double y) {
            return -y * y;
        }
    },
    /** y = log(1 + exp x); slope 1 / (1 + exp(-x)). */
    SOFTPLUS(false) {
        @Override
        public double of(double x) {
            return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
        }

        @Override
        public double slope(double x) {
            return 1 / (1 + Math.exp(-x));
        }
    };

    private final boolean slopeOfResult;

    Function(boolean slopeOfResult) {
        this.slopeOfResult = slopeOfResult;
    }

    /** The function, plainly. */
    public abstract double of(double x);

    /** The slope, plainly, from the result or the argument as {@link #slopeOfResult} says. */
    public abstract double slope(double resultOrArgument);

    /** Whether the slope is a function of y (else of x). */
    public boolean slopeOfResult() {
        return slopeOfResult;
    }

    @Override
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Shape shape(List<Shape> inputs) {
        return inputs.getFirst();
    }

    @Override
    public void evaluate(List<Matrix> inputs, Matrix out) {
        double[] x = inputs.getFirst().data();
        for (int i = 0; i < x.length; i++) {
            out.data()[i] = of(x[i]);
        }
    }

    @Override
    public List<Node> gradients(Node y, Node dy) {
        Node point = slopeOfResult ? y : y.inputs().getFirst();
        return List.of(y.derived(new FunctionSlope(this), dy, point));
    }
}
