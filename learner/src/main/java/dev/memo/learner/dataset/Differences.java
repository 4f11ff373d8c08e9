package dev.memo.learner.dataset;

import dev.memo.base.InputException;
import java.util.Collections;
import java.util.List;

/**
 * What changes over n steps of an episode in the terms of the {@link Features}, for several n side
 * by side. D numbers of a difference, W of an observation, P of a pose.
 */
public final class Differences {
    private final Features features;
    private final List<Integer> steps;
    private final List<String> columns;
    private final int width;
    private final int poseWidth;
    private final int x;
    private final int y;
    private final int heading;

    /** Columns of the observation that are subtracted; none where the robot's motion is taken. */
    private final int[] indices;

    /**
     * Differences in episodes of such columns.
     *
     * @param steps n, at least 1; one or several
     * @throws InputException if an n is too small or the features are not there
     */
    public Differences(DatasetSpec spec, Features features, List<Integer> steps) {
        for (int step : steps) {
            if (step < 1) {
                throw new InputException("step " + step + ": must be at least 1");
            }
        }
        this.features = features;
        this.steps = List.copyOf(steps);
        List<String> once = features.columns(spec);
        columns =
                steps.size() == 1
                        ? once
                        : steps.stream()
                                .flatMap(n -> once.stream().map(name -> name + " over " + n))
                                .toList();
        width = spec.observationSize();
        poseWidth = spec.poseNames().size();
        x = spec.poseNames().indexOf("x");
        y = spec.poseNames().indexOf("y");
        heading = spec.poseNames().indexOf("heading");
        indices =
                switch (features) {
                    case Features.Observation chosen -> chosen.indices(spec);
                    case Features.Pose _ -> new int[0];
                };
    }

    /** The names of the D columns. */
    public List<String> columns() {
        return columns;
    }

    /** The longest n: so many steps must follow on the one where a difference begins. */
    public int reach() {
        return Collections.max(steps);
    }

    /** Headings [T+1] of an episode for {@link #write}. */
    public double[] headings(Episode episode) {
        double[] headings = new double[episode.steps() + 1];
        for (int t = 0; t < headings.length; t++) {
            addHeading(episode.poses(), headings, t);
        }
        return headings;
    }

    /**
     * Finds the heading at a moment without jumps of a full turn; the robot turns less than half a
     * turn a step. Moments are added one after the other.
     *
     * @param poses [..][P] a row for each moment
     * @param headings [..] modified at that moment; known at the one before
     * @param moment 0 for an episode's first
     */
    public void addHeading(double[] poses, double[] headings, int moment) {
        if (features instanceof Features.Pose) {
            int at = moment * poseWidth + heading;
            headings[moment] =
                    moment == 0
                            ? poses[at]
                            : headings[moment - 1]
                                    + Math.IEEEremainder(
                                            poses[at] - poses[at - poseWidth], 2 * Math.PI);
        }
    }

    /**
     * Writes the difference that begins at a moment.
     *
     * @param observations [..][W] a row for each moment, {@link #reach} of them after this one
     * @param poses [..][P], as observations
     * @param headings [..] from {@link #addHeading}
     * @param out [D] modified from the offset on
     */
    public void write(
            float[] observations,
            double[] poses,
            double[] headings,
            int moment,
            float[] out,
            int offset) {
        int next = offset;
        for (int step : steps) {
            switch (features) {
                case Features.Observation _ -> subtract(observations, moment, step, out, next);
                case Features.Pose _ -> moveAndTurn(poses, headings, moment, step, out, next);
            }
            next += columns.size() / steps.size();
        }
    }

    private void subtract(float[] observations, int moment, int step, float[] out, int offset) {
        int start = moment * width;
        int end = start + step * width;
        for (int i = 0; i < indices.length; i++) {
            out[offset + i] = observations[end + indices[i]] - observations[start + indices[i]];
        }
    }

    private void moveAndTurn(
            double[] poses, double[] headings, int moment, int step, float[] out, int offset) {
        int start = moment * poseWidth;
        int end = start + step * poseWidth;
        double dx = poses[end + x] - poses[start + x];
        double dy = poses[end + y] - poses[start + y];
        double cos = Math.cos(headings[moment]);
        double sin = Math.sin(headings[moment]);
        double turn = headings[moment + step] - headings[moment];
        out[offset] = (float) (cos * dx + sin * dy);
        out[offset + 1] = (float) (cos * dy - sin * dx);
        out[offset + 2] = (float) Math.sin(turn);
        out[offset + 3] = (float) (Math.cos(turn) - 1);
        out[offset + 4] = (float) (turn / step);
    }
}
