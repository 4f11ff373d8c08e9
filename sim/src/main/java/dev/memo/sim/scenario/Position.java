package dev.memo.sim.scenario;

/** A fixed place of a goal or a hazard, in m. In JSON: {@code [x, y]}. */
public record Position(double x, double y) {
    public Position {
        if (!Double.isFinite(x) || !Double.isFinite(y)) {
            throw new IllegalArgumentException("(" + x + ", " + y + ") must be finite");
        }
    }

    double distanceTo(Position other) {
        return Math.hypot(x - other.x, y - other.y);
    }

    @Override
    public String toString() {
        return "[" + Numbers.text(x) + ", " + Numbers.text(y) + "]";
    }
}
