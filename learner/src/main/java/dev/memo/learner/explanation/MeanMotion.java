package dev.memo.learner.explanation;

import dev.memo.learner.dataset.DatasetSpec;
import dev.memo.learner.dataset.Episode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a mode takes the robot, as seen from the robot at the start: x ahead and y to the left, in
 * m.
 *
 * @param x [H + 1] mean over windows of the segments, step by step
 * @param y likewise
 * @param someX [n][H + 1] of some windows, evenly spread
 * @param someY likewise
 */
public record MeanMotion(float[] x, float[] y, float[][] someX, float[][] someY) {
    /** H, steps of a window: two seconds. */
    public static final int STEPS = 100;

    /** Steps from the start of a window to the next one's. */
    private static final int STRIDE = 10;

    private static final int SOME = 24;

    /**
     * The motion in some episodes.
     *
     * @param segments steps at which windows can begin
     * @param episodes of the segments
     * @return empty if there are no poses, or no window fits into an episode
     */
    public static Optional<MeanMotion> of(
            DatasetSpec spec, List<Segment> segments, List<Episode> episodes) {
        if (!spec.poseNames().containsAll(List.of("x", "y", "heading"))) {
            return Optional.empty();
        }
        List<float[]> xs = new ArrayList<>();
        List<float[]> ys = new ArrayList<>();
        for (int i = 0; i < segments.size(); i++) {
            for (int step : segments.get(i).steps()) {
                if (step % STRIDE == 0 && step + STEPS <= episodes.get(i).steps()) {
                    float[] x = new float[STEPS + 1];
                    float[] y = new float[STEPS + 1];
                    follow(spec, episodes.get(i).poses(), step, x, y);
                    xs.add(x);
                    ys.add(y);
                }
            }
        }
        return xs.isEmpty()
                ? Optional.empty()
                : Optional.of(new MeanMotion(mean(xs), mean(ys), some(xs), some(ys)));
    }

    private static void follow(DatasetSpec spec, double[] poses, int step, float[] x, float[] y) {
        int width = spec.poseNames().size();
        int atX = step * width + spec.poseNames().indexOf("x");
        int atY = step * width + spec.poseNames().indexOf("y");
        double heading = poses[step * width + spec.poseNames().indexOf("heading")];
        double cos = StrictMath.cos(heading);
        double sin = StrictMath.sin(heading);
        for (int t = 0; t < x.length; t++) {
            double dx = poses[atX + t * width] - poses[atX];
            double dy = poses[atY + t * width] - poses[atY];
            x[t] = toMillimetre(cos * dx + sin * dy);
            y[t] = toMillimetre(cos * dy - sin * dx);
        }
    }

    private static float[] mean(List<float[]> windows) {
        float[] mean = new float[STEPS + 1];
        for (int t = 0; t < mean.length; t++) {
            double sum = 0;
            for (float[] window : windows) {
                sum += window[t];
            }
            mean[t] = toMillimetre(sum / windows.size());
        }
        return mean;
    }

    /** A length in m to the millimetre: what is drawn needs no more, and files get shorter. */
    public static float toMillimetre(double metres) {
        return Math.round(1_000 * metres) / 1_000f;
    }

    private static float[][] some(List<float[]> windows) {
        int count = Math.min(SOME, windows.size());
        float[][] some = new float[count][];
        for (int i = 0; i < count; i++) {
            some[i] = windows.get((int) ((i + 0.5) * windows.size() / count));
        }
        return some;
    }
}
