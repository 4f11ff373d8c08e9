package dev.memo.learner.guarantee;

import dev.memo.base.InputException;
import java.util.Arrays;

/**
 * Where a number lies, which bounds of its mean need; a value outside is refused.
 *
 * @param low the least possible value
 * @param high the largest, above the least
 */
public record Range(double low, double high) {
    public Range {
        if (!(low < high) || Double.isInfinite(low) || Double.isInfinite(high)) {
            throw new InputException(
                    "range from %s to %s: must be finite, the first below the second"
                            .formatted(low, high));
        }
    }

    /** The range of the number's negative. */
    Range negative() {
        return new Range(-high, -low);
    }

    /**
     * Values in units of the range, 0 at its low end and 1 at its high end.
     *
     * @throws InputException if a value is NaN or outside
     */
    double[] unit(double[] values) {
        for (double value : values) {
            if (!(value >= low && value <= high)) {
                throw new InputException(
                        "value %s: must lie from %s to %s, the range that bounds are computed for"
                                .formatted(value, low, high));
            }
        }
        return Arrays.stream(values).map(value -> (value - low) / (high - low)).toArray();
    }

    /** The inverse of {@link #unit}. */
    double value(double unit) {
        return low + unit * (high - low);
    }
}
