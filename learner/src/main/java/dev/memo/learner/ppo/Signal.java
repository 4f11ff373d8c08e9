package dev.memo.learner.ppo;

import dev.memo.base.Tensor;
import dev.memo.base.TensorFile;
import dev.memo.learner.rollout.RunningMoments;
import java.util.Map;

/**
 * What the critic values in one of its columns: the reward, or the cost that has a limit. Arrays
 * are [T][E], a step's environments side by side.
 */
final class Signal {
    /** Amounts that hardly vary are not blown up. */
    private static final float LEAST_DEVIATION = 1e-4f;

    private final PpoConfig config;
    private final String name;
    private final RunningMoments moments = new RunningMoments(1);

    /** [E] discounted sums of the amounts so far, whose deviation scales them. */
    private final float[] sums;

    /** What each step gave. */
    final float[] amounts;

    /** The critic's values of what each action was chosen from. */
    final float[] values;

    /** Of what came of it: of the final observation where an episode ended. */
    final float[] nextValues;

    final float[] advantages;

    /** What the critic should have said. */
    final float[] returns;

    Signal(String name, PpoConfig config) {
        this.name = name;
        this.config = config;
        int rows = config.horizon() * config.envs();
        sums = new float[config.envs()];
        amounts = new float[rows];
        values = new float[rows];
        nextValues = new float[rows];
        advantages = new float[rows];
        returns = new float[rows];
    }

    /** The environment starts anew without an end. */
    void restart(int env) {
        sums[env] = 0;
    }

    /**
     * Divides the amounts by the deviation of the discounted sums of all amounts so far, and
     * estimates normalised advantages.
     *
     * @param ends whether an episode ended
     */
    void estimate(boolean[] ends) {
        scale(ends);
        Advantages.estimate(
                amounts,
                values,
                nextValues,
                ends,
                config.envs(),
                config.discount(),
                config.lambda(),
                advantages,
                returns);
        Advantages.normalise(advantages);
    }

    private void scale(boolean[] ends) {
        float discount = (float) config.discount();
        int envs = sums.length;
        for (int from = 0; from < amounts.length; from += envs) {
            for (int env = 0; env < envs; env++) {
                sums[env] = discount * sums[env] + amounts[from + env];
            }
            moments.add(sums, envs, 1);
            for (int env = 0; env < envs; env++) {
                sums[env] = ends[from + env] ? 0 : sums[env];
            }
        }
        float scale = 1 / moments.deviation(LEAST_DEVIATION)[0];
        for (int i = 0; i < amounts.length; i++) {
            amounts[i] *= scale;
        }
    }

    void save(Map<String, Tensor> into) {
        into.put(name + ".moments", moments.snapshot());
        into.put(name + ".sums", new Tensor.F32(sums.clone(), sums.length));
    }

    void restore(TensorFile saved) {
        moments.restore(saved, name + ".moments");
        System.arraycopy(saved.floats(name + ".sums", sums.length), 0, sums, 0, sums.length);
    }
}
