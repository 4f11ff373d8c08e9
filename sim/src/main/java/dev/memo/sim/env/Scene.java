package dev.memo.sim.env;

import java.util.List;

/**
 * What stands where in one environment at one moment, for recording and drawing. Metres and
 * radians, in the world's frame.
 *
 * @param extent half the side of the square in which objects are placed
 * @param robot the robot's centre and heading
 * @param goal the goal's disc
 * @param hazards the hazards' discs
 * @param vases the vases' boxes
 */
public record Scene(double extent, Pose robot, Disc goal, List<Disc> hazards, List<Box> vases) {
    /** Copies the lists. */
    public Scene {
        hazards = List.copyOf(hazards);
        vases = List.copyOf(vases);
    }

    /** A place and a direction, counter-clockwise from the x axis. */
    public record Pose(double x, double y, double heading) {}

    /** A disc by its centre and radius. */
    public record Disc(double x, double y, double radius) {}

    /** A square by its centre, heading and half its side. */
    public record Box(double x, double y, double heading, double halfSide) {}
}
