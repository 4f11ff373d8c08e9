package dev.memo.learner.explanation;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * A number by which a person tells behaviours apart.
 *
 * @param name as files name it
 * @param unit for people; empty for a share or where it is not known
 * @param meaning how it is found
 * @param more what is said of a mode that has more of it than another
 * @param less what is said of one that has less
 */
public record Descriptor(String name, String unit, String meaning, String more, String less) {
    private static final MathContext DIGITS = new MathContext(3);

    /** The name for people. */
    public String words() {
        return name.replace('_', ' ');
    }

    /** A value with its unit, for people. */
    public String text(double value) {
        return (rounded(value).toPlainString() + " " + unit).strip();
    }

    /** To three digits. */
    static BigDecimal rounded(double value) {
        return new BigDecimal(value).round(DIGITS);
    }
}
