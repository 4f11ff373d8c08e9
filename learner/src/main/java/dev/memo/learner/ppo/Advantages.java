package dev.memo.learner.ppo;

/** Advantages of T steps of E environments, in arrays [T][E]. */
final class Advantages {
    /** Keeps the division finite where all advantages are equal. */
    private static final double TINY = 1e-8;

    private Advantages() {}

    /**
     * Generalised advantage estimation (Schulman et al. 2016): delta = reward + discount nextValue
     * - value; advantage = delta + discount lambda (the next step's advantage), without the second
     * term after an episode's end and after step T.
     *
     * @param rewards [T][E]
     * @param values [T][E] of what the action was chosen from
     * @param nextValues [T][E] of what came of it: of the final observation where the episode was
     *     cut, 0 where it ended in the task
     * @param ends [T][E] whether an episode ended, either way
     * @param envs E
     * @param advantages [T][E], modified
     * @param returns [T][E] advantage + value, modified
     */
    static void estimate(
            float[] rewards,
            float[] values,
            float[] nextValues,
            boolean[] ends,
            int envs,
            double discount,
            double lambda,
            float[] advantages,
            float[] returns) {
        float gamma = (float) discount;
        float decay = (float) (discount * lambda);
        for (int from = rewards.length - envs; from >= 0; from -= envs) {
            boolean last = from + envs == rewards.length;
            for (int i = from; i < from + envs; i++) {
                float delta = rewards[i] + gamma * nextValues[i] - values[i];
                float later = last || ends[i] ? 0 : decay * advantages[i + envs];
                advantages[i] = delta + later;
                returns[i] = advantages[i] + values[i];
            }
        }
    }

    /** Makes the mean 0 and the standard deviation, with n - 1, 1. */
    static void normalise(float[] advantages) {
        centre(advantages);
        double squares = 0;
        for (float advantage : advantages) {
            squares += (double) advantage * advantage;
        }
        double deviation = Math.sqrt(squares / Math.max(1, advantages.length - 1));
        float scale = (float) (1 / (deviation + TINY));
        for (int i = 0; i < advantages.length; i++) {
            advantages[i] *= scale;
        }
    }

    private static void centre(float[] advantages) {
        double sum = 0;
        for (float advantage : advantages) {
            sum += advantage;
        }
        double mean = sum / advantages.length;
        for (int i = 0; i < advantages.length; i++) {
            advantages[i] = (float) (advantages[i] - mean);
        }
    }

    /**
     * The Lagrangian's advantage: (advantage - multiplier costAdvantage) / (1 + multiplier).
     *
     * @param advantages [T][E], modified
     */
    static void penalise(float[] advantages, float[] costAdvantages, double multiplier) {
        float weight = (float) multiplier;
        float scale = (float) (1 / (1 + multiplier));
        for (int i = 0; i < advantages.length; i++) {
            advantages[i] = (advantages[i] - weight * costAdvantages[i]) * scale;
        }
    }
}
