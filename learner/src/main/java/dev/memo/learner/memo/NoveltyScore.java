package dev.memo.learner.memo;

import java.util.Locale;

/** By what an episode is taken to be of no behaviour that a run knows; larger is more so. */
public enum NoveltyScore {
    /**
     * Minus the log-likelihood per step of what was done, actions and motion, under the episode's
     * mode: what training assigns episodes by.
     */
    LIKELIHOOD,
    /** The mean over windows of the squared distance of z to the nearest code. */
    CODE_DISTANCE,
    /**
     * The distance of the episode's mean z to that of the tenth nearest training episode, after Sun
     * et al. 2022.
     */
    NEIGHBOURS;

    /** As files name it: "code_distance". */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
