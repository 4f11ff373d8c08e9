package dev.memo.sim.env;

/** What a vector environment does with an environment whose episode has ended. */
public enum Autoreset {
    /**
     * The step that ends the episode also starts the next one: its observation is the new episode's
     * first, and the last of the old one is the final observation.
     */
    SAME_STEP,
    /**
     * The step after the one that ended the episode ignores its action and starts the next one:
     * reward and costs 0, not ended.
     */
    NEXT_STEP,
    /** The caller resets by mask; to step an environment that has ended is a bug. */
    DISABLED
}
