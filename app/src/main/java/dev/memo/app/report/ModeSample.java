package dev.memo.app.report;

import dev.memo.base.AtomicFiles;
import dev.memo.base.InputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * {@code modes.json}: what the modes are in the data themselves, without a world to act in. A
 * sample of the episodes that were not trained on, small enough to be drawn.
 *
 * @param version of the file's form
 * @param lanes L names: the columns of observation and action whose means differ most from mode to
 *     mode
 * @param modes [K]
 * @param traces whole episodes, up to two of each mode
 * @param plane held-out rows in two dimensions
 */
public record ModeSample(
        int version, List<String> lanes, List<Mode> modes, List<Trace> traces, Plane plane) {
    /** What this version writes and reads. */
    public static final int VERSION = 2;

    /**
     * What is done in a mode.
     *
     * @param rows held-out rows that belong to it
     * @param actionMean [A] of these rows; null where there are none
     * @param actionDeviation [A] likewise
     * @param residual [R] share with each code of the second level of its rows that its code is
     *     nearest to; null where there is no second level, or no such row
     */
    public record Mode(int rows, float[] actionMean, float[] actionDeviation, double[] residual) {}

    /**
     * One episode, every so many-th row of T.
     *
     * @param episode its number in the dataset
     * @param mode that most of its rows belong to
     * @param times [T] steps
     * @param assigned [T] the mode of each row
     * @param nearest [T] the code that is nearest to each row
     * @param lanes [L][T]
     * @param x [T] in m; null where the data have no poses
     * @param y likewise
     */
    public record Trace(
            int episode,
            int mode,
            int[] times,
            int[] assigned,
            int[] nearest,
            float[][] lanes,
            float[] x,
            float[] y) {}

    /**
     * The plane in which the standardised observations spread most.
     *
     * @param columns [W] names
     * @param axes [2][W] unit vectors
     * @param shares [2] of the variance along each axis
     * @param x [S] along the first axis
     * @param y [S] along the second
     * @param assigned [S] the mode of each row
     */
    public record Plane(
            List<String> columns,
            double[][] axes,
            double[] shares,
            float[] x,
            float[] y,
            int[] assigned) {}

    private static Path file(Path run) {
        return run.resolve("modes.json");
    }

    /** Writes the file into a run's folder; equal samples give equal bytes. */
    public void write(Path run) {
        AtomicFiles.writeText(file(run), RunFiles.json(this) + "\n");
    }

    /**
     * Reads the file in a run's folder, if it is there.
     *
     * @throws InputException if it is not what this version writes
     */
    static Optional<ModeSample> read(Path run) {
        Optional<ModeSample> read = RunFiles.read(file(run), ModeSample.class, "a sample of modes");
        if (read.isPresent() && read.get().version != VERSION) {
            throw new InputException(
                    "%s: version %d: must be %d".formatted(file(run), read.get().version, VERSION));
        }
        return read;
    }
}
