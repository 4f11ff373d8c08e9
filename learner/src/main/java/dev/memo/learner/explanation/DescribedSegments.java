package dev.memo.learner.explanation;

import dev.memo.learner.metrics.Interval;
import dev.memo.learner.metrics.Moments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Segments of several modes, and how the modes differ in them.
 *
 * <p>Effects are differences of means in units of the larger of the standard deviation over the
 * segments of a mode, pooled over the modes (Cohen 1988), and 5 % of the range of the modes' means:
 * what hardly varies within modes would have effects without bound.
 *
 * @param descriptors F
 * @param modes [S] of each segment
 * @param episodes [S] that the segments are from; those of a layout on which all modes act have one
 *     number
 * @param values [S][F]
 * @param count K; modes can be without segments
 */
public record DescribedSegments(
        List<Descriptor> descriptors, int[] modes, int[] episodes, double[][] values, int count) {
    private static final double LEAST_SCALE = 0.05;

    /** From here on an effect is said to be large (Cohen 1988). */
    private static final double LARGE = 0.8;

    /** Differences that are told, at most. */
    private static final int TOLD = 3;

    /**
     * In what a mode differs.
     *
     * @param descriptor what is compared
     * @param own mean over the mode's segments
     * @param other mean over those that it is compared with
     * @param effect own less other, in the unit of effects
     */
    public record Difference(Descriptor descriptor, double own, double other, double effect) {
        /** What is said of the mode: "turns more". */
        public String words() {
            return effect > 0 ? descriptor.more() : descriptor.less();
        }

        /** The same with both means: "turns more: 63.1, not 33 deg/s". */
        public String text() {
            return "%s: %s, not %s"
                    .formatted(
                            words(),
                            Descriptor.rounded(own).toPlainString(),
                            descriptor.text(other));
        }
    }

    /** Whether a mode has segments. */
    public boolean has(int mode) {
        return Arrays.stream(modes).anyMatch(one -> one == mode);
    }

    /** [F] the mode's means; the mode has segments. */
    public double[] means(int mode) {
        return means(IntStream.range(0, modes.length).filter(s -> modes[s] == mode).toArray());
    }

    private double[] means(int[] segments) {
        return IntStream.range(0, descriptors.size())
                .mapToDouble(
                        f ->
                                Arrays.stream(segments)
                                        .mapToDouble(s -> values[s][f])
                                        .average()
                                        .orElseThrow())
                .toArray();
    }

    /** The mean of a descriptor, by its name. */
    double mean(int mode, String name) {
        return means(mode)[index(name)];
    }

    boolean describes(String name) {
        return index(name) >= 0;
    }

    private int index(String name) {
        return descriptors.stream().map(Descriptor::name).toList().indexOf(name);
    }

    /** The large differences from all other modes' segments, the largest first. */
    public List<Difference> fromOthers(int mode) {
        int[] others = IntStream.range(0, modes.length).filter(s -> modes[s] != mode).toArray();
        return others.length == 0
                ? List.of()
                : largest(differences(means(mode), means(others), scales()));
    }

    /** The large differences from one other mode, the largest first. */
    public List<Difference> from(int mode, int other) {
        return largest(differences(means(mode), means(other), scales()));
    }

    /** The mode with the least mean square effect between the two, if there is another one. */
    public OptionalInt mostLike(int mode) {
        double[] scales = scales();
        double[] own = means(mode);
        return IntStream.range(0, count)
                .filter(other -> other != mode && has(other))
                .boxed()
                .min(
                        Comparator.comparingDouble(
                                other ->
                                        differences(own, means(other), scales).stream()
                                                .mapToDouble(one -> one.effect * one.effect)
                                                .sum()))
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty());
    }

    /**
     * The interval of how much more a mode has of a descriptor than another one in the same
     * episodes; empty if they share fewer than two.
     *
     * @param together how many such intervals hold together with 95 % confidence
     */
    Optional<Interval> paired(int mode, int other, String name, int together) {
        Moments moments = new Moments();
        for (int s = 0; s < modes.length; s++) {
            for (int t = 0; t < modes.length; t++) {
                if (modes[s] == mode && modes[t] == other && episodes[s] == episodes[t]) {
                    moments.add(values[s][index(name)] - values[t][index(name)]);
                }
            }
        }
        return moments.count() < 2 ? Optional.empty() : Optional.of(moments.intervalOf(together));
    }

    private List<Difference> differences(double[] own, double[] other, double[] scales) {
        List<Difference> differences = new ArrayList<>();
        for (int f = 0; f < scales.length; f++) {
            double effect = scales[f] == 0 ? 0 : (own[f] - other[f]) / scales[f];
            differences.add(new Difference(descriptors.get(f), own[f], other[f], effect));
        }
        return differences;
    }

    private static List<Difference> largest(List<Difference> differences) {
        return differences.stream()
                .filter(one -> Math.abs(one.effect) >= LARGE)
                .sorted(Comparator.comparingDouble(one -> -Math.abs(one.effect)))
                .limit(TOLD)
                .toList();
    }

    /** [F] the unit of effects; 0 where nothing varies. */
    private double[] scales() {
        double[] scales = new double[descriptors.size()];
        for (int f = 0; f < scales.length; f++) {
            double squares = 0;
            int free = 0;
            double least = Double.POSITIVE_INFINITY;
            double largest = Double.NEGATIVE_INFINITY;
            for (int mode = 0; mode < count; mode++) {
                Moments moments = new Moments();
                for (int s = 0; s < modes.length; s++) {
                    if (modes[s] == mode) {
                        moments.add(values[s][f]);
                    }
                }
                if (moments.count() > 0) {
                    double deviation = moments.standardDeviation();
                    squares += (moments.count() - 1) * deviation * deviation;
                    free += (int) moments.count() - 1;
                    least = Math.min(least, moments.mean());
                    largest = Math.max(largest, moments.mean());
                }
            }
            double pooled = free == 0 ? 0 : Math.sqrt(squares / free);
            scales[f] = Math.max(pooled, LEAST_SCALE * (largest - least));
        }
        return scales;
    }
}
