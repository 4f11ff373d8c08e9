package dev.memo.sim.scenario;

/**
 * A fixed place of the robot or a vase, in m, and its heading, in rad counter-clockwise from the x
 * axis. In JSON: {@code [x, y, heading]}.
 */
public record Pose(double x, double y, double heading) {
    public Pose {
        if (!Double.isFinite(x) || !Double.isFinite(y) || !Double.isFinite(heading)) {
            throw new IllegalArgumentException(
                    "(" + x + ", " + y + ", " + heading + ") must be finite");
        }
    }

    /** Without the heading. */
    public Position position() {
        return new Position(x, y);
    }

    @Override
    public String toString() {
        return "[%s, %s, %s]".formatted(Numbers.text(x), Numbers.text(y), Numbers.text(heading));
    }
}
