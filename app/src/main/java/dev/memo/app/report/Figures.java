package dev.memo.app.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;

/** Numbers and lists as a person reads them. */
final class Figures {
    private Figures() {}

    /** Three significant digits, but whole numbers from 100 on. */
    static String number(double value) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "not defined" : (value > 0 ? "∞" : "−∞");
        }
        double size = Math.abs(value);
        int decimals = size >= 100 ? 0 : size >= 10 ? 1 : 2;
        String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
        return text.matches("-0\\.?0*") ? text.substring(1) : text.replace('-', '−');
    }

    /** The same, or a dash where there is none. */
    static String number(Double value) {
        return value == null ? "–" : number(value.doubleValue());
    }

    /** As a person would type it: "4", "0.75". */
    static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    /** Three significant digits, for what can be small. */
    static String significant(double value) {
        return Double.isFinite(value)
                ? new BigDecimal(value).round(new MathContext(3)).toPlainString().replace('-', '−')
                : number(value);
    }

    /** How many: "25", "300,000", "2.03 million". */
    static String count(double things) {
        DecimalFormat format =
                new DecimalFormat("#,##0.##", DecimalFormatSymbols.getInstance(Locale.ROOT));
        return things < 1e6 ? format.format(things) : format.format(things / 1e6) + " million";
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    /** "a", "a and b", "a, b and c". */
    static String list(List<String> names) {
        int last = names.size() - 1;
        return last < 1
                ? String.join("", names)
                : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }

    /** A name of a file's key as words: {@code path_length} as "path length". */
    static String words(String key) {
        return key.replace('_', ' ').replace('-', ' ');
    }
}
