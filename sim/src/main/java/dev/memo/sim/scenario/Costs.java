package dev.memo.sim.scenario;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Which costs count, and how.
 *
 * @param on the costs that count, in the order of {@link Cost}; default: hazards, if there are any
 * @param form what a step's cost is; default {@link Form#INDICATOR}
 */
public record Costs(List<Cost> on, Form form) {
    /** The name of the sum of all costs, the last of {@link #names}. */
    public static final String SUM = "sum";

    /** What a step's cost is. */
    public enum Form {
        /** 1 where a cost occurs, else 0; the sum is 1 where any occurs. */
        INDICATOR,
        /** The amount that {@link Cost} states; the sum adds them. */
        RAW;

        /** Its name in scenario files, e.g. {@code indicator}. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Costs {
        on = on.stream().distinct().sorted().toList();
    }

    /** The names of the environment's costs: those that count, then the sum. */
    public List<String> names() {
        return Stream.concat(on.stream().map(Cost::key), Stream.of(SUM)).toList();
    }
}
