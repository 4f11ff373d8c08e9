package dev.memo.sim.scenario;

import dev.memo.sim.json.JsonText;

/** The rules that scenarios' numbers keep. A path is a JSON path such as $.hazards.count. */
final class Rules {
    private Rules() {}

    static void require(boolean kept, String path, Object value, String rule) {
        if (!kept) {
            throw JsonText.refusal(path, value, rule);
        }
    }

    static void notNegative(String path, Quantity value) {
        require(value.min() >= 0, path, value, "must be 0 or more");
    }

    static void positive(String path, Quantity value) {
        require(value.min() > 0, path, value, "must be above 0");
    }

    static void positive(String path, double value) {
        finite(path, value);
        require(value > 0, path, value, "must be above 0");
    }

    static void atMost(String path, Quantity value, double most) {
        require(value.max() <= most, path, value, "must be at most " + Numbers.text(most));
    }

    static void finite(String path, double value) {
        require(Double.isFinite(value), path, value, "must be a finite number");
    }

    static void within(String path, double value, double least, double most) {
        require(
                value >= least && value <= most,
                path,
                Numbers.text(value),
                "must be from " + Numbers.text(least) + " to " + Numbers.text(most));
    }

    /** A count: whole numbers from 0 to {@code most}, or as many as there are fixed places. */
    static void count(String path, Quantity value, int most, int fixedPlaces) {
        require(value.min() >= 0 && value.max() <= most, path, value, "must be from 0 to " + most);
        require(value.isWhole(), path, value, "must be a whole number");
        require(
                fixedPlaces == 0 || value.equals(Quantity.of(fixedPlaces)),
                path,
                value,
                "must be the number of fixed places, " + fixedPlaces);
    }
}
