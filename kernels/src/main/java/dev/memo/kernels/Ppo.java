package dev.memo.kernels;

/**
 * The losses of proximal policy optimisation (Schulman et al. 2017). All inputs are [rows][1], all
 * results scalars.
 */
public final class Ppo {
    private Ppo() {}

    /**
     * The clipped objective with its sign changed (equation 7): - mean of min(ratio advantage,
     * clip(ratio, 1 - clip, 1 + clip) advantage), ratio = exp(logDensity - oldLogDensity).
     */
    public static Node policyLoss(
            Node logDensity, Node oldLogDensity, Node advantage, double clip) {
        Node ratio = logDensity.minus(oldLogDensity).exp();
        Node clipped = ratio.clamp(1 - clip, 1 + clip);
        return ratio.times(advantage).min(clipped.times(advantage)).mean().negate();
    }

    /**
     * The value loss that lets no value gain by moving further than clip: the mean of the larger of
     * (value - returns)^2 and the same with oldValue + clip(value - oldValue, -clip, clip).
     */
    public static Node valueLoss(Node value, Node oldValue, Node returns, double clip) {
        Node clipped = oldValue.plus(value.minus(oldValue).clamp(-clip, clip));
        return value.minus(returns).square().max(clipped.minus(returns).square()).mean();
    }

    /** An estimate of KL(old || new) that is never negative: the mean of ratio - 1 - log ratio. */
    public static Node divergence(Node logDensity, Node oldLogDensity) {
        Node logRatio = logDensity.minus(oldLogDensity);
        return logRatio.exp().plus(-1).minus(logRatio).mean();
    }

    /** The share of rows whose ratio is further than clip from 1; no gradient. */
    public static Node clipFraction(Node logDensity, Node oldLogDensity, double clip) {
        Node excess = logDensity.minus(oldLogDensity).exp().plus(-1);
        Node within = excess.max(excess.negate()).atMost(excess.builder().constant(clip));
        return within.negate().plus(1).mean();
    }
}
