package dev.memo.learner.preference;

import dev.memo.base.RandomStream;
import dev.memo.learner.metrics.Moments;
import java.util.function.Predicate;

/**
 * People who see rollouts and nothing else. They want what is like the mean rollout of a mode; how
 * far a rollout is from that is measured in features, each divided by its standard deviation within
 * modes. A mode that happens to look like another one on a layout is taken for it: these people are
 * wrong at times even if none of their answers is flipped.
 */
public final class Looks implements Taste {
    private final double[][][] features;
    private final double[][] means;

    /**
     * People who see some rollouts.
     *
     * @param features [K][layouts][F] of the rollout of each mode on each layout
     */
    public Looks(double[][][] features) {
        int modes = features.length;
        int layouts = features[0].length;
        int size = features[0][0].length;
        this.features = new double[modes][layouts][size];
        means = new double[modes][size];
        for (int f = 0; f < size; f++) {
            double variance = 0;
            for (int mode = 0; mode < modes; mode++) {
                Moments moments = new Moments();
                for (double[] rollout : features[mode]) {
                    moments.add(rollout[f]);
                }
                means[mode][f] = moments.mean();
                double deviation = moments.standardDeviation();
                variance += deviation * deviation / modes;
            }
            // What never varies within modes is no noise: it is left as it is.
            double scale = variance == 0 ? 1 : 1 / Math.sqrt(variance);
            for (int mode = 0; mode < modes; mode++) {
                means[mode][f] *= scale;
                for (int layout = 0; layout < layouts; layout++) {
                    this.features[mode][layout][f] = features[mode][layout][f] * scale;
                }
            }
        }
    }

    /** Each question is about a layout of its own. */
    @Override
    public Predicate<Question> person(int wanted, RandomStream random) {
        return question -> {
            int layout = random.below(features[0].length);
            return switch (question) {
                case Question.Thumb(int mode) -> looksLike(mode, layout) == wanted;
                case Question.Pair(int left, int right) ->
                        distance(left, layout, wanted) < distance(right, layout, wanted);
            };
        };
    }

    /** The mode whose mean the rollout of a mode is nearest to. */
    private int looksLike(int mode, int layout) {
        int nearest = 0;
        for (int other = 1; other < means.length; other++) {
            if (distance(mode, layout, other) < distance(mode, layout, nearest)) {
                nearest = other;
            }
        }
        return nearest;
    }

    /** The square of how far a mode's rollout is from a mode's mean. */
    private double distance(int mode, int layout, int from) {
        double sum = 0;
        for (int f = 0; f < means[from].length; f++) {
            double gap = features[mode][layout][f] - means[from][f];
            sum += gap * gap;
        }
        return sum;
    }
}
