package dev.memo.learner.rollout;

/** A policy with modes: in each environment one at a time acts, and can be changed at any step. */
public interface SteeredPolicy extends Policy {
    /** K, how many modes there are. */
    int modes();

    /**
     * Changes who acts in one environment from its next action on; the others are not touched. The
     * beginning of a batch undoes it.
     *
     * @param env index of an environment of the batch that was begun
     * @param mode 0 .. K - 1
     * @throws IllegalArgumentException if there is no such environment or mode
     */
    void steer(int env, int mode);
}
