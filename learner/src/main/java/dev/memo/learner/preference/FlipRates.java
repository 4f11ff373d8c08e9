package dev.memo.learner.preference;

import java.util.List;

/**
 * How often a person may answer wrongly, each rate as probable as the others before the first
 * answer.
 *
 * @param rates e, in [0, 0.5): who is wrong more often than right wants something else
 */
public record FlipRates(List<Double> rates) {
    /** It is not known how often: up to 30 %. */
    public static final FlipRates UNKNOWN =
            new FlipRates(List.of(0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3));

    public FlipRates {
        rates = List.copyOf(rates);
        if (rates.isEmpty() || rates.stream().anyMatch(rate -> !(rate >= 0 && rate < 0.5))) {
            throw new IllegalArgumentException(rates + ": at least one rate, each in [0, 0.5)");
        }
    }
}
