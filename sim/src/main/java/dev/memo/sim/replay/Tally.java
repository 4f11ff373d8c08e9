package dev.memo.sim.replay;

import dev.memo.sim.replay.Comparison.Part;
import dev.memo.sim.replay.Comparison.Verdict;

/** Collects the differences of one quantity. */
final class Tally {
    /** A tolerance that judges nothing. */
    static final double NOT_JUDGED = Double.NaN;

    private final Part part;
    private final String quantity;
    private final String unit;
    private int count;
    private double largest;
    private double sum;
    private double tolerance = NOT_JUDGED;
    private double used = NOT_JUDGED;
    private boolean outside;
    private String where = "";

    Tally(Part part, String quantity, String unit) {
        this.part = part;
        this.quantity = quantity;
        this.unit = unit;
    }

    /**
     * Compares two numbers.
     *
     * @param mostDifferent their tolerance, or {@link #NOT_JUDGED}
     * @param place where they stand
     */
    void compare(double replayed, double recorded, double mostDifferent, String place) {
        add(Math.abs(replayed - recorded), mostDifferent, place);
    }

    /** Compares two angles, a full turn apart or not. */
    void compareAngles(double replayed, double recorded, double mostDifferent, String place) {
        double difference = Math.IEEEremainder(replayed - recorded, 2 * Math.PI);
        add(Math.abs(difference), mostDifferent, place);
    }

    /** Compares whether something is so: exactly. */
    void compareTruth(boolean replayed, boolean recorded, String place) {
        add(replayed == recorded ? 0 : 1, 0, place);
    }

    private void add(double found, double mostDifferent, String place) {
        // What is not a number is as far away as can be.
        double difference = Double.isNaN(found) ? Double.POSITIVE_INFINITY : found;
        boolean judged = !Double.isNaN(mostDifferent);
        // Exact quantities have no tolerance to use up: all of it, or nothing.
        double share = difference == 0 ? 0 : difference / mostDifferent;
        boolean worst = judged ? !(share <= used) : difference > largest;
        if (count == 0 || worst) {
            tolerance = mostDifferent;
            used = judged ? share : NOT_JUDGED;
            where = place;
        }
        outside |= judged && difference > mostDifferent;
        largest = Math.max(largest, difference);
        sum += difference;
        count++;
    }

    Comparison comparison() {
        Verdict verdict =
                outside
                        ? Verdict.OUTSIDE
                        : Double.isNaN(tolerance) ? Verdict.NOT_JUDGED : Verdict.WITHIN;
        double mean = count == 0 ? 0 : sum / count;
        return new Comparison(
                part, quantity, unit, count, largest, mean, tolerance, used, where, verdict);
    }
}
