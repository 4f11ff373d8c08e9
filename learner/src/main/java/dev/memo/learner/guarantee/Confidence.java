package dev.memo.learner.guarantee;

import dev.memo.base.InputException;

/**
 * How often a bound holds, at least, over repeated calibrations.
 *
 * @param level above 0 and below 1
 */
public record Confidence(double level) {
    public Confidence {
        if (!(level > 0 && level < 1)) {
            throw new InputException("confidence " + level + ": must be above 0 and below 1");
        }
    }

    /** How often it may fail, at most. */
    double error() {
        return 1 - level;
    }
}
