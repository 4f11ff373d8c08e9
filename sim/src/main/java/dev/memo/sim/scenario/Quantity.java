package dev.memo.sim.scenario;

import dev.memo.base.RandomStream;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A number that is drawn for each layout. In JSON: {@code 0.3}, {@code {"min": 0.2, "max": 0.4}} or
 * {@code {"choices": [0.2, 0.4]}}. Its numbers are finite; the constructors refuse others with an
 * IllegalArgumentException that names value and rule.
 */
public sealed interface Quantity {
    /** The smallest value that can be drawn. */
    double min();

    /** The largest value that can be drawn; a range comes as near to it as one likes. */
    double max();

    /** A value; a fixed one takes nothing from the stream. */
    double draw(RandomStream random);

    /** A whole value, both ends of a range included, each equally likely. For counts. */
    int drawWhole(RandomStream random);

    /** Whether its numbers are whole. */
    boolean isWhole();

    /** All its numbers so many times as large. */
    Quantity times(double factor);

    /** Always the same number. */
    static Quantity of(double value) {
        return new Fixed(value);
    }

    /** Always the same number. */
    record Fixed(double value) implements Quantity {
        public Fixed {
            requireFinite(value);
        }

        @Override
        public double min() {
            return value;
        }

        @Override
        public double max() {
            return value;
        }

        @Override
        public double draw(RandomStream random) {
            return value;
        }

        @Override
        public int drawWhole(RandomStream random) {
            return (int) value;
        }

        @Override
        public boolean isWhole() {
            return Numbers.isInt(value);
        }

        @Override
        public Quantity times(double factor) {
            return new Fixed(factor * value);
        }

        @Override
        public String toString() {
            return Numbers.text(value);
        }
    }

    /** Uniform in [min, max). */
    record Range(double min, double max) implements Quantity {
        public Range {
            requireFinite(min);
            requireFinite(max);
            if (min > max) {
                throw new IllegalArgumentException(
                        Numbers.text(min)
                                + " to "
                                + Numbers.text(max)
                                + ": min must not exceed max");
            }
        }

        @Override
        public double draw(RandomStream random) {
            return random.uniform(min, max);
        }

        @Override
        public int drawWhole(RandomStream random) {
            return (int) min + random.below((int) max - (int) min + 1);
        }

        @Override
        public boolean isWhole() {
            return Numbers.isInt(min) && Numbers.isInt(max);
        }

        @Override
        public Quantity times(double factor) {
            return new Range(factor * min, factor * max);
        }

        @Override
        public String toString() {
            return Numbers.text(min) + " to " + Numbers.text(max);
        }
    }

    /** One of the listed values, each place in the list equally likely. */
    record Choice(List<Double> values) implements Quantity {
        public Choice {
            values = List.copyOf(values);
            if (values.isEmpty()) {
                throw new IllegalArgumentException("no choices: at least one is needed");
            }
            values.forEach(Quantity::requireFinite);
        }

        @Override
        public double min() {
            return Collections.min(values);
        }

        @Override
        public double max() {
            return Collections.max(values);
        }

        @Override
        public double draw(RandomStream random) {
            return values.get(random.below(values.size()));
        }

        @Override
        public int drawWhole(RandomStream random) {
            return (int) draw(random);
        }

        @Override
        public boolean isWhole() {
            return values.stream().allMatch(Numbers::isInt);
        }

        @Override
        public Quantity times(double factor) {
            return new Choice(values.stream().map(value -> factor * value).toList());
        }

        @Override
        public String toString() {
            return values.stream().map(Numbers::text).collect(Collectors.joining(" or "));
        }
    }

    private static void requireFinite(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(value + ": must be a finite number");
        }
    }
}
