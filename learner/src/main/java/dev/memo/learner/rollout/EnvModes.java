package dev.memo.learner.rollout;

import java.util.Arrays;

/** Which mode acts in each environment of a batch. */
final class EnvModes {
    private final int count;
    private final int first;
    private int[] modes = new int[0];

    /**
     * No environments yet.
     *
     * @param count K
     * @param first that every batch begins with
     * @throws IllegalArgumentException if there is no such mode
     */
    EnvModes(int count, int first) {
        this.count = count;
        this.first = first;
        require("mode", first, count);
    }

    int count() {
        return count;
    }

    void begin(int envs) {
        modes = new int[envs];
        Arrays.fill(modes, first);
    }

    void set(int env, int mode) {
        require("environment", env, modes.length);
        require("mode", mode, count);
        modes[env] = mode;
    }

    int of(int env) {
        return modes[env];
    }

    private static void require(String what, int number, int count) {
        if (number < 0 || number >= count) {
            throw new IllegalArgumentException(
                    "%s %d: there are %d, from 0 on".formatted(what, number, count));
        }
    }
}
