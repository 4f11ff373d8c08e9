package dev.memo.kernels;

/**
 * How parameters follow their gradients. With learning rate lr, step t from 1 and moments that
 * start at 0, every step is: clip the gradients, decay the parameter, then apply the rule.
 *
 * @param rule what is done with the gradient g
 * @param maxNorm where the norm over all gradients of one {@code minimise} exceeds it, they are
 *     scaled by maxNorm / norm; infinite for never
 * @param weightDecay p is multiplied by 1 - weightDecay before each step, whatever the learning
 *     rate (decoupled; PyTorch's AdamW with weight_decay w is weightDecay = lr w)
 */
public record Optimiser(Rule rule, double maxNorm, double weightDecay) {
    public Optimiser {
        if (!(maxNorm > 0)) {
            throw new IllegalArgumentException("maxNorm " + maxNorm + " must be positive");
        }
        if (!(weightDecay >= 0 && weightDecay < 1)) {
            throw new IllegalArgumentException("weightDecay " + weightDecay + " must be in [0, 1)");
        }
    }

    /** What is done with the gradient. Both have a first moment m and a second moment v. */
    public sealed interface Rule {
        /** Decay of the first moment. */
        double beta1();

        /** Decay of the second moment. */
        double beta2();

        /** What keeps the division finite. */
        double epsilon();
    }

    /**
     * Adam (Kingma and Ba 2015): m = b1 m + (1-b1) g; v = b2 v + (1-b2) g^2; p -= lr (m / (1-b1^t))
     * / (sqrt(v / (1-b2^t)) + eps).
     */
    public record Adam(double beta1, double beta2, double epsilon) implements Rule {}

    /**
     * AdaBelief (Zhuang et al. 2020), as adabelief-pytorch 0.2: v = b2 v + (1-b2) (g-m)^2 + eps,
     * which stays in v. Plain: p -= lr / (1-b1^t) m / (sqrt(v / (1-b2^t)) + eps).
     *
     * <p>Rectified as RAdam (Liu et al. 2020): with r = 2/(1-b2) - 1 and rt = r - 2 t b2^t /
     * (1-b2^t), p -= lr m / (1-b1^t) while rt &lt; 5, then p -= lr c / (1-b1^t) m / (sqrt(v) + eps)
     * with c = sqrt((1-b2^t) (rt-4) (rt-2) r / ((r-4) (r-2) rt)).
     */
    public record AdaBelief(double beta1, double beta2, double epsilon, boolean rectify)
            implements Rule {}

    /** Adam with PyTorch's defaults: 0.9, 0.999, 1e-8. */
    public static Optimiser adam() {
        return new Optimiser(new Adam(0.9, 0.999, 1e-8), Double.POSITIVE_INFINITY, 0);
    }

    /** AdaBelief with its package's defaults: 0.9, 0.999, 1e-16, rectified. */
    public static Optimiser adaBelief() {
        return new Optimiser(new AdaBelief(0.9, 0.999, 1e-16, true), Double.POSITIVE_INFINITY, 0);
    }

    /** The same with another limit on the norm of the gradients. */
    public Optimiser clipped(double maxNorm) {
        return new Optimiser(rule, maxNorm, weightDecay);
    }

    /** The same with another decay of the parameters. */
    public Optimiser decayed(double weightDecay) {
        return new Optimiser(rule, maxNorm, weightDecay);
    }
}
