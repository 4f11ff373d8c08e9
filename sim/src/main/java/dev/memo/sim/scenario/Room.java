package dev.memo.sim.scenario;

import static dev.memo.sim.scenario.Rules.require;

import dev.memo.sim.json.JsonText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Whether there is room for a layout at all.
 *
 * <p>Drawn objects lie in the arena with their whole keepout disc, and the discs are disjoint, so
 * the discs' areas cannot add up to more than the arena's. What passes this test may still not fit:
 * that only the sampler can find out.
 */
record Room(Quantity extent, Robot robot, Goal goal, Hazards hazards, Vases vases) {
    /** Half a vase's diagonal plus the reach of the robot's box corners, in m, rounded up. */
    private static final double ROBOT_TO_VASE = 0.3;

    /** A vase's diagonal in m, rounded up. */
    private static final double VASE_TO_VASE = 0.283;

    /** rad: sine and cosine are those of many turns, but not of any number. */
    private static final int MOST_HEADING = 1000;

    /**
     * Objects whose places are drawn; the path is that of their number or, for one, its keepout.
     */
    private record Drawn(String path, Quantity count, Quantity keepout) {
        double largestArea() {
            return count.max() * Math.PI * keepout.max() * keepout.max();
        }
    }

    void check() {
        checkFixedPlaces();
        checkDistances();
        double edge = 2 * extent.min();
        List<Drawn> drawn = drawn();
        for (Drawn objects : drawn) {
            require(
                    objects.keepout.max() <= extent.min(),
                    objects.path,
                    objects.keepout,
                    "a keepout must not exceed the extent, " + extent);
        }
        if (share() > 1) {
            Drawn most = drawn.stream().max(Comparator.comparing(Drawn::largestArea)).orElseThrow();
            throw JsonText.refusal(
                    most.path,
                    most.count,
                    String.format(
                            Locale.ROOT,
                            "impossible crowd: the keepout discs can take %.1f m2"
                                    + " of an arena of %.1f m2",
                            share() * edge * edge,
                            edge * edge));
        }
    }

    /** The largest share of the arena's area that keepout discs can take. */
    double share() {
        double edge = 2 * extent.min();
        return drawn().stream().mapToDouble(Drawn::largestArea).sum() / (edge * edge);
    }

    private List<Drawn> drawn() {
        Quantity one = Quantity.of(1);
        List<Drawn> drawn = new ArrayList<>();
        if (robot.start().isEmpty()) {
            drawn.add(new Drawn("$.robot.keepout", one, robot.keepout()));
        }
        if (goal.positions().isEmpty()) {
            drawn.add(new Drawn("$.goal.keepout", one, goal.keepout()));
        }
        if (hazards.positions().isEmpty() && hazards.count().max() > 0) {
            drawn.add(new Drawn("$.hazards.count", hazards.count(), hazards.keepout()));
        }
        if (vases.poses().isEmpty() && vases.count().max() > 0) {
            drawn.add(new Drawn("$.vases.count", vases.count(), vases.keepout()));
        }
        return drawn;
    }

    /** Keepouts must keep drawn things apart: a new goal out of reach, the robot out of vases. */
    private void checkDistances() {
        double keepout = robot.keepout().min();
        boolean startDrawn = robot.start().isEmpty();
        boolean goalDrawn = goal.positions().isEmpty();
        boolean vasesDrawn = vases.poses().isEmpty();
        require(
                !(startDrawn || goalDrawn) || keepout + goal.keepout().min() > goal.radius().max(),
                "$.goal.keepout",
                goal.keepout(),
                "with the robot's it must exceed the radius, or a new goal is reached at once");
        require(
                vases.count().max() == 0
                        || !(startDrawn || vasesDrawn)
                        || keepout + vases.keepout().min() >= ROBOT_TO_VASE,
                "$.vases.keepout",
                vases.keepout(),
                "with the robot's it must be %s or more, or the robot may start inside a vase"
                        .formatted(ROBOT_TO_VASE));
    }

    private void checkFixedPlaces() {
        robot.start().ifPresent(at -> inside("$.robot.start", at));
        inside("$.goal.positions", goal.positions());
        checkFirstGoal();
        inside("$.hazards.positions", hazards.positions());
        List<Position> places = vases.poses().stream().map(Pose::position).toList();
        for (int i = 0; i < places.size(); i++) {
            inside("$.vases.poses[" + i + "]", vases.poses().get(i));
        }
        for (int i = 0; i < places.size(); i++) {
            String path = "$.vases.poses[" + i + "]";
            Position vase = places.get(i);
            for (Position other : places.subList(0, i)) {
                require(
                        vase.distanceTo(other) >= VASE_TO_VASE,
                        path,
                        vase,
                        "must be %s m or more from the vase at %s".formatted(VASE_TO_VASE, other));
            }
            robot.start()
                    .ifPresent(
                            start ->
                                    require(
                                            vase.distanceTo(start.position()) >= ROBOT_TO_VASE,
                                            path,
                                            vase,
                                            "must be %s m or more from the robot's start"
                                                    .formatted(ROBOT_TO_VASE)));
        }
    }

    private void checkFirstGoal() {
        if (robot.start().isPresent() && !goal.positions().isEmpty()) {
            Position start = robot.start().get().position();
            Position first = goal.positions().getFirst();
            require(
                    start.distanceTo(first) > goal.radius().max(),
                    "$.robot.start",
                    start,
                    "must be more than the radius, %s, from the first goal at %s"
                            .formatted(goal.radius(), first));
        }
    }

    private void inside(String path, Pose pose) {
        inside(path, pose.position());
        require(
                Math.abs(pose.heading()) <= MOST_HEADING,
                path,
                pose,
                "the heading must be from -%1$s to %1$s rad".formatted(MOST_HEADING));
    }

    private void inside(String path, List<Position> places) {
        for (int i = 0; i < places.size(); i++) {
            inside(path + "[" + i + "]", places.get(i));
        }
    }

    private void inside(String path, Position place) {
        require(
                Math.abs(place.x()) <= extent.min() && Math.abs(place.y()) <= extent.min(),
                path,
                place,
                "must be within the extent, " + extent);
    }
}
