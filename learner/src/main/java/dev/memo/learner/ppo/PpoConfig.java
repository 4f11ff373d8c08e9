package dev.memo.learner.ppo;

import dev.memo.base.InputException;
import dev.memo.learner.checkpoint.ConfigJson;
import java.util.Map;

/**
 * Everything that decides what PPO learns in a world. Two runs with equal configuration, world and
 * kind of machine give equal bytes.
 *
 * @param seed of initial weights, layouts, actions and the order of minibatches
 * @param steps of all environments together, to the next whole iteration
 * @param envs E, environments that act together
 * @param horizon T, steps of each environment between two updates
 * @param epochs how often each update goes over its E T steps
 * @param minibatch rows per gradient step: environments of one step in time, so it divides E
 * @param hidden width of both hidden layers of policy and critic
 * @param discount of rewards and costs
 * @param lambda of generalised advantage estimation, for both
 * @param clip how far the probability ratio may gain
 * @param targetKl an update ends with the epoch in which the mean divergence from the acting policy
 *     is above it
 * @param entropy weight of the policy's entropy in nats
 * @param policyRate learning rate of the policy at the start
 * @param criticRate learning rate of the critic at the start
 * @param lastRate where both end, linearly in the steps, as a share of the start
 * @param maxNorm limit on the norm of the gradients of each of the two
 * @param logDeviation the policy's log standard deviation at the start
 * @param multiplier how the cost limit is kept, if there is one
 * @param costLimit on the mean cost of an episode, of the cost "sum"; without a multiplier it means
 *     nothing
 * @param multiplierRate learning rate of the multiplier, of SOFTPLUS and CLAMPED
 * @param proportionalGain of PID
 * @param integralGain of PID
 * @param derivativeGain of PID
 */
public record PpoConfig(
        long seed,
        long steps,
        int envs,
        int horizon,
        int epochs,
        int minibatch,
        int hidden,
        double discount,
        double lambda,
        double clip,
        double targetKl,
        double entropy,
        double policyRate,
        double criticRate,
        double lastRate,
        double maxNorm,
        double logDeviation,
        MultiplierKind multiplier,
        double costLimit,
        double multiplierRate,
        double proportionalGain,
        double integralGain,
        double derivativeGain) {

    /** Of an environment: a device tells no more draws of random numbers apart. */
    private static final long MOST_STEPS = 1 << 24;

    /** Beyond, the deviation is no number that float32 can square. */
    private static final double MOST_LOG_DEVIATION = 20;

    /** What PPO does unless told otherwise. */
    public static final PpoConfig DEFAULT =
            new PpoConfig(
                    0,
                    10_000_000,
                    512,
                    64,
                    5,
                    512,
                    128,
                    0.99,
                    0.95,
                    0.2,
                    0.03,
                    0.01,
                    5e-4,
                    1e-3,
                    0,
                    0.5,
                    -0.5,
                    MultiplierKind.NONE,
                    25,
                    0.05,
                    0.05,
                    0.001,
                    0.02);

    /** How the multiplier of a cost limit follows the cost. */
    public enum MultiplierKind {
        /** There is no limit. */
        NONE,
        /** Softplus of what Adam raises: the rule of safety-starter-agents. */
        SOFTPLUS,
        /** What Adam raises, cut off at 0: the rule of OmniSafe. */
        CLAMPED,
        /** A controller with proportional, integral and derivative part. */
        PID
    }

    /** Refuses what cannot be learned with. */
    public PpoConfig {
        require(envs >= 1, "envs", envs, "must be at least 1");
        require(horizon >= 1, "horizon", horizon, "must be at least 1");
        require(
                steps > (long) envs * horizon,
                "steps",
                steps,
                "must be more than the %d of the first iteration, which learns nothing"
                        .formatted((long) envs * horizon));
        require(
                Math.ceilDiv(steps, (long) envs * horizon) * horizon <= MOST_STEPS,
                "steps",
                steps,
                "must be at most 2^24 for each of the " + envs + " environments");
        require(epochs >= 1, "epochs", epochs, "must be at least 1");
        require(
                minibatch >= 1 && envs % minibatch == 0,
                "minibatch",
                minibatch,
                "must divide the " + envs + " environments");
        require(hidden >= 1, "hidden", hidden, "must be at least 1");
        require(discount > 0 && discount < 1, "discount", discount, "must be between 0 and 1");
        require(lambda >= 0 && lambda <= 1, "lambda", lambda, "must be from 0 to 1");
        require(clip > 0 && clip < 1, "clip", clip, "must be between 0 and 1");
        requirePositive("target-kl", targetKl);
        requireNotNegative("entropy", entropy);
        requirePositive("policy-rate", policyRate);
        requirePositive("critic-rate", criticRate);
        require(lastRate >= 0 && lastRate <= 1, "last-rate", lastRate, "must be from 0 to 1");
        requirePositive("max-norm", maxNorm);
        require(
                Math.abs(logDeviation) <= MOST_LOG_DEVIATION,
                "log-deviation",
                logDeviation,
                "must be from -20 to 20");
        requireNotNegative("cost-limit", costLimit);
        requirePositive("multiplier-rate", multiplierRate);
        requireNotNegative("proportional-gain", proportionalGain);
        requireNotNegative("integral-gain", integralGain);
        requireNotNegative("derivative-gain", derivativeGain);
    }

    /** The same with another seed. */
    public PpoConfig withSeed(long seed) {
        return ConfigJson.with(this, Map.of("seed", seed));
    }

    /** Steps of all environments in an iteration. */
    public long stepsPerIteration() {
        return (long) envs * horizon;
    }

    /** Iterations to do. */
    public int iterations() {
        return Math.toIntExact(Math.ceilDiv(steps, stepsPerIteration()));
    }

    private static void requirePositive(String name, double value) {
        require(value > 0 && Double.isFinite(value), name, value, "must be a number above 0");
    }

    private static void requireNotNegative(String name, double value) {
        require(value >= 0 && Double.isFinite(value), name, value, "must be a number from 0 on");
    }

    private static void require(boolean holds, String name, Object value, String rule) {
        if (!holds) {
            throw new InputException("--%s %s: %s".formatted(name, value, rule));
        }
    }
}
