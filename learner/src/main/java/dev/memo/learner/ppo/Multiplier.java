package dev.memo.learner.ppo;

import dev.memo.base.Tensor;
import dev.memo.base.TensorFile;

/**
 * The Lagrange multiplier of a limit on the mean cost of an episode: it rises while the cost is
 * above the limit and falls while it is below. Its whole state is an array of numbers.
 */
abstract sealed class Multiplier {
    private final double limit;

    /** What the rule goes on from. */
    final double[] state;

    private Multiplier(double limit, double... state) {
        this.limit = limit;
        this.state = state;
    }

    /** The multiplier that a configuration asks for; without a limit it is always 0. */
    static Multiplier of(PpoConfig config) {
        double limit = config.costLimit();
        return switch (config.multiplier()) {
            case NONE -> new None();
            case SOFTPLUS -> new Softplus(limit, 1, config.multiplierRate());
            case CLAMPED -> new Clamped(limit, 0.001, config.multiplierRate());
            case PID ->
                    new Pid(
                            limit,
                            config.proportionalGain(),
                            config.integralGain(),
                            config.derivativeGain());
        };
    }

    /** What the cost's advantage is weighted by, at least 0. */
    abstract double value();

    /** Follows the mean cost of an episode, once per iteration and before its update. */
    void update(double cost) {
        update(cost, cost - limit);
    }

    abstract void update(double cost, double error);

    /** What the rule goes on from. */
    Tensor snapshot() {
        return new Tensor.F64(state.clone(), state.length);
    }

    /** Takes a snapshot back. */
    void restore(TensorFile saved, String name) {
        System.arraycopy(saved.doubles(name, state.length), 0, state, 0, state.length);
    }

    /** One step of Adam on a single number; the state holds first and second moment and t. */
    private static double adamStep(double[] state, int at, double gradient, double rate) {
        double beta1 = 0.9;
        double beta2 = 0.999;
        state[at] = beta1 * state[at] + (1 - beta1) * gradient;
        state[at + 1] = beta2 * state[at + 1] + (1 - beta2) * gradient * gradient;
        state[at + 2]++;
        double first = state[at] / (1 - StrictMath.pow(beta1, state[at + 2]));
        double second = state[at + 1] / (1 - StrictMath.pow(beta2, state[at + 2]));
        return rate * first / (Math.sqrt(second) + 1e-8);
    }

    /** Without a limit. */
    static final class None extends Multiplier {
        None() {
            super(Double.POSITIVE_INFINITY);
        }

        @Override
        double value() {
            return 0;
        }

        @Override
        void update(double cost, double error) {}
    }

    /**
     * softplus(nu), where Adam raises nu by the error itself (safety-starter-agents, PPO-Lagrangian
     * of Ray et al. 2019).
     */
    static final class Softplus extends Multiplier {
        private final double rate;

        Softplus(double limit, double start, double rate) {
            super(limit, StrictMath.log(StrictMath.expm1(start)), 0, 0, 0);
            this.rate = rate;
        }

        @Override
        double value() {
            return Math.max(state[0], 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(state[0])));
        }

        @Override
        void update(double cost, double error) {
            state[0] += adamStep(state, 1, error, rate);
        }
    }

    /** Adam raises the multiplier itself, which is cut off at 0 (OmniSafe). */
    static final class Clamped extends Multiplier {
        private final double rate;

        Clamped(double limit, double start, double rate) {
            super(limit, start, 0, 0, 0);
            this.rate = rate;
        }

        @Override
        double value() {
            return state[0];
        }

        @Override
        void update(double cost, double error) {
            state[0] = Math.max(0, state[0] + adamStep(state, 1, error, rate));
        }
    }

    /**
     * A controller with proportional, integral and derivative part (Stooke, Achiam, Abbeel 2020):
     * error = cost - limit; integral = max(integral + error, 0); rise = max(cost - the cost before,
     * 0); max(kp error + ki integral + kd rise, 0).
     */
    static final class Pid extends Multiplier {
        private final double proportional;
        private final double integral;
        private final double derivative;

        /** State: multiplier, integral, the cost before. */
        Pid(double limit, double proportional, double integral, double derivative) {
            super(limit, 0, 0, Double.NaN);
            this.proportional = proportional;
            this.integral = integral;
            this.derivative = derivative;
        }

        @Override
        double value() {
            return state[0];
        }

        @Override
        void update(double cost, double error) {
            double rise = Double.isNaN(state[2]) ? 0 : Math.max(cost - state[2], 0);
            state[1] = Math.max(state[1] + error, 0);
            state[2] = cost;
            state[0] = Math.max(proportional * error + integral * state[1] + derivative * rise, 0);
        }
    }
}
