package dev.memo.kernels.device;

import dev.memo.kernels.Optimiser;
import dev.memo.kernels.Optimiser.AdaBelief;

/**
 * What an optimiser step depends on but its number: the bias corrections of {@link Optimiser}'s
 * formulas, in float64.
 */
public final class StepFactors {
    /** Below, the variance of the rectified step is not tractable (Liu et al. 2020). */
    private static final double TRACTABLE = 5;

    private final Optimiser.Rule rule;
    private double rate;
    private double root;
    private boolean momentOnly;

    /** The factors of a rule; {@link #at} says of which step. */
    public StepFactors(Optimiser.Rule rule) {
        this.rule = rule;
    }

    /**
     * Works them out.
     *
     * @param t the number of the step, from 1
     */
    public void at(long t) {
        // Not Math.pow, whose last bit may differ between the interpreter and compiled code.
        double correction1 = 1 - StrictMath.pow(rule.beta1(), t);
        double correction2 = 1 - StrictMath.pow(rule.beta2(), t);
        rate = 1 / correction1;
        root = 1 / Math.sqrt(correction2);
        momentOnly = false;
        if (rule instanceof AdaBelief belief && belief.rectify()) {
            double r = 2 / (1 - rule.beta2()) - 1;
            double rt = r - 2 * t * (1 - correction2) / correction2;
            momentOnly = rt < TRACTABLE;
            root = 1;
            if (!momentOnly) {
                double spread = (rt - 4) * (rt - 2) * r / ((r - 4) * (r - 2) * rt);
                rate *= Math.sqrt(correction2 * spread);
            }
        }
    }

    /** Of the learning rate. */
    public double rate() {
        return rate;
    }

    /** Of the root of the second moment. */
    public double root() {
        return root;
    }

    /** Whether the step is along the first moment, whatever the second. */
    public boolean momentOnly() {
        return momentOnly;
    }
}
