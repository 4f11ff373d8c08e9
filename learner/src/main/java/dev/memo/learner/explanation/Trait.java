package dev.memo.learner.explanation;

import dev.memo.learner.metrics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a mode is called for what it does in the point-robot world, and why. Names follow from
 * descriptors by the rules that are written here and from nothing else:
 *
 * <ul>
 *   <li><b>drives to goals</b>: at least 30 % of its speed is towards the goal, and it reaches
 *       goals
 *   <li><b>stands still</b> or <b>turns on the spot</b>: slower than 0.1 m/s; turns by less than 10
 *       deg/s, or more
 *   <li><b>circles</b>: turns by 10 deg/s or more, and at least 80 % of that to one side
 *   <li><b>drives straight</b>: gets at least 98 % as far in two seconds as its way is long
 *   <li><b>keeps off hazards</b>: another mode has the same name by the rules above, and on the
 *       same layouts this one is less close to hazards and pays less than that, both with 95 %
 *       confidence; of m others of that name with 100 - 5 / m % (Bonferroni), so that chance gives
 *       a mode the name no more often the more others there are
 * </ul>
 *
 * The first of the rules but the last that holds names the mode; where none does it has no name.
 *
 * @param name of the trait
 * @param reason the descriptors that it follows from, for people
 */
public record Trait(String name, String reason) {
    private static final double TOWARDS_GOAL = 0.3;
    private static final double SLOW = 0.1;
    private static final double TURNING = 10;
    private static final double ONE_SIDED = 0.8;
    private static final double STRAIGHT = 0.98;

    /** The traits of each mode, [K]; none of a mode without segments or a name. */
    public static List<List<Trait>> of(DescribedSegments segments) {
        List<Optional<Trait>> motions = new ArrayList<>();
        for (int mode = 0; mode < segments.count(); mode++) {
            motions.add(motion(segments, mode));
        }
        List<List<Trait>> all = new ArrayList<>();
        for (int mode = 0; mode < segments.count(); mode++) {
            List<Trait> traits = new ArrayList<>();
            motions.get(mode).ifPresent(traits::add);
            keepsOffHazards(segments, motions, mode).ifPresent(traits::add);
            all.add(List.copyOf(traits));
        }
        return List.copyOf(all);
    }

    private static Optional<Trait> motion(DescribedSegments segments, int mode) {
        if (!segments.has(mode) || !segments.describes(Descriptors.GOAL_SEEKING)) {
            return Optional.empty();
        }
        double speed = segments.mean(mode, Descriptors.SPEED);
        double turning = segments.mean(mode, Descriptors.TURNING);
        double oneSided = segments.mean(mode, Descriptors.ONE_SIDEDNESS);
        double straight = segments.mean(mode, Descriptors.STRAIGHTNESS);
        double seeking = segments.mean(mode, Descriptors.GOAL_SEEKING);
        double goals = segments.mean(mode, Descriptors.GOALS);
        if (seeking >= TOWARDS_GOAL && goals > 0) {
            return trait(
                    "drives to goals",
                    "%.0f %% of its speed is towards the goal, %.1f goals in 1000 steps",
                    100 * seeking,
                    goals);
        }
        if (speed < SLOW) {
            return trait(
                    turning < TURNING ? "stands still" : "turns on the spot",
                    "%.2f m/s, %.0f deg/s",
                    speed,
                    turning);
        }
        if (turning >= TURNING && oneSided >= ONE_SIDED) {
            return trait(
                    "circles",
                    "turns by %.0f deg/s, %.0f %% of it to one side",
                    turning,
                    100 * oneSided);
        }
        if (straight >= STRAIGHT) {
            return trait(
                    "drives straight",
                    "gets %.1f %% as far in two seconds as its way is long",
                    100 * straight);
        }
        return Optional.empty();
    }

    private static Optional<Trait> keepsOffHazards(
            DescribedSegments segments, List<Optional<Trait>> motions, int mode) {
        if (motions.get(mode).isEmpty() || !segments.describes(Descriptors.HAZARD_CLOSENESS)) {
            return Optional.empty();
        }
        Optional<String> name = motions.get(mode).map(Trait::name);
        int[] others =
                IntStream.range(0, motions.size())
                        .filter(other -> other != mode)
                        .filter(other -> motions.get(other).map(Trait::name).equals(name))
                        .toArray();
        for (int other : others) {
            Optional<Interval> closer =
                    segments.paired(mode, other, Descriptors.HAZARD_CLOSENESS, others.length);
            Optional<Interval> cost = segments.paired(mode, other, Descriptors.COST, others.length);
            if (closer.isPresent() && closer.get().high() < 0 && cost.get().high() < 0) {
                return trait(
                        "keeps off hazards",
                        "pays %.1f less than mode %d in 1000 steps on the same layouts, %s %%: %.1f to %.1f",
                        -cost.get().mean(),
                        other,
                        Descriptor.rounded(100 - 5.0 / others.length).toPlainString(),
                        -cost.get().high(),
                        -cost.get().low());
            }
        }
        return Optional.empty();
    }

    private static Optional<Trait> trait(String name, String reason, Object... numbers) {
        return Optional.of(new Trait(name, String.format(Locale.ROOT, reason, numbers)));
    }
}
