package dev.memo.learner.rollout;

/** Something with modes, each of which is a policy. */
public interface Steerable {
    /** K, how many modes there are. */
    int modes();

    /**
     * The policy that begins in one mode. One is in use at a time.
     *
     * @param mode 0 .. K - 1
     * @param sampled whether actions are drawn from the policy's distribution or are its means
     * @throws IllegalArgumentException if there is no such mode
     */
    SteeredPolicy steered(int mode, boolean sampled);
}
