package dev.memo.learner.memo;

import dev.memo.base.InputException;
import dev.memo.learner.dataset.Dataset;
import dev.memo.learner.dataset.DatasetSpec;
import dev.memo.learner.dataset.Split;
import dev.memo.learner.dataset.Transitions;
import dev.memo.learner.metrics.Auroc;
import dev.memo.learner.metrics.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Tells whether episodes are of none of the behaviours that a run learned. Every episode is held
 * against the held-out episodes of its own mode: a mode that is hard to predict makes all its
 * episodes unlikely, and one threshold for all modes would take them for novel.
 */
public final class NoveltyDetector {
    /** The share of a mode's held-out episodes that is to pass for known. */
    public static final double KNOWN = 0.95;

    private static final int NEIGHBOUR = 10;

    /** Of a training episode, to find neighbours by; an episode that is judged has all windows. */
    private static final int PROBES = 64;

    private final MemoModel model;
    private final DatasetSpec spec;

    /** [training episodes][Z] their mean z. */
    private final double[][] trained;

    private final Described known;

    /**
     * What is made of episodes that have a window.
     *
     * @param modes [E] of each
     * @param near [K] share of all windows to which each code is the nearest
     * @param scores by score [E]
     */
    private record Described(int[] modes, double[] near, Map<NoveltyScore, double[]> scores) {}

    /**
     * How episodes compare with those that the run knows.
     *
     * @param modes [K] how many episodes each mode is the nearest of
     * @param near [K] the share of their steps to which each code is the nearest
     * @param detections by score
     */
    public record Novelty(int[] modes, double[] near, Map<NoveltyScore, Detection> detections) {}

    /**
     * How well a score tells episodes from held-out ones of their modes.
     *
     * @param auroc the area under the receiver operating characteristic
     * @param missed the share of them that pass for known where {@value #KNOWN} of the held-out
     *     ones do
     */
    public record Detection(Interval auroc, double missed) {}

    /**
     * Looks at what the run knows.
     *
     * @param dataset that it learned from
     */
    public NoveltyDetector(MemoModel model, Dataset dataset) {
        this.model = model;
        spec = dataset.spec();
        MemoConfig config = model.config();
        Split split = MemoTrainer.split(config, dataset);
        Probes probes = Probes.of(MemoTrainer.windows(config, dataset, split.training()), PROBES);
        trained = meanZ(probes.windows(), probes.placeOfRow(), probes.places().length);
        known = described(dataset, split.heldOut());
    }

    /** Episodes that the run did not learn from, and which are known. */
    public int knownEpisodes() {
        return known.modes.length;
    }

    /**
     * Judges episodes.
     *
     * @param episodes all of which count
     * @throws InputException if their columns are not those of the run's data, or none is long
     *     enough for a window
     */
    public Novelty of(Dataset episodes) {
        if (!episodes.spec().observation().equals(spec.observation())
                || episodes.spec().actionSize() != spec.actionSize()) {
            throw new InputException(
                    "%s: has other columns than the data that the run learned from"
                            .formatted(episodes.id()));
        }
        Described novel =
                described(episodes, IntStream.range(0, episodes.episodes().size()).toArray());
        int[] modes = new int[model.modes()];
        Arrays.stream(novel.modes).forEach(mode -> modes[mode]++);
        Map<NoveltyScore, Detection> detections = new EnumMap<>(NoveltyScore.class);
        for (NoveltyScore score : NoveltyScore.values()) {
            List<Auroc.Stratum> strata = strata(score, novel);
            detections.put(score, new Detection(Auroc.of(strata), Auroc.missed(KNOWN, strata)));
        }
        return new Novelty(modes, novel.near, detections);
    }

    private List<Auroc.Stratum> strata(NoveltyScore score, Described novel) {
        List<Auroc.Stratum> strata = new ArrayList<>();
        for (int mode = 0; mode < model.modes(); mode++) {
            double[] low = ofMode(known, score, mode);
            strata.add(
                    new Auroc.Stratum(
                            // What is nearest to a mode that nobody has is held against all.
                            low.length > 0 ? low : known.scores.get(score),
                            ofMode(novel, score, mode)));
        }
        return strata;
    }

    private static double[] ofMode(Described episodes, NoveltyScore score, int mode) {
        double[] scores = episodes.scores.get(score);
        return IntStream.range(0, scores.length)
                .filter(e -> episodes.modes[e] == mode)
                .mapToDouble(e -> scores[e])
                .toArray();
    }

    private Described described(Dataset data, int[] episodes) {
        Windows windows = MemoTrainer.windows(model.config(), data, episodes);
        Transitions heads = windows.heads();
        // An episode without a window has no row.
        int[] present = Arrays.stream(heads.episodes()).distinct().toArray();
        int[] places =
                Arrays.stream(heads.episodes()).map(e -> Arrays.binarySearch(present, e)).toArray();
        double[][] likelihoods = model.episodeLikelihoods(windows, heads, places, present.length);
        int[] modes =
                MemoEvaluation.codesOfEpisodes(
                        model, windows, places, model.codes(windows), likelihoods);
        double[] unlikely = new double[present.length];
        Arrays.setAll(unlikely, e -> -likelihoods[e][modes[e]]);
        double[] far =
                Arrays.stream(meanZ(windows, places, present.length))
                        .mapToDouble(this::neighbourDistance)
                        .toArray();
        Map<NoveltyScore, double[]> scores = new EnumMap<>(NoveltyScore.class);
        scores.put(NoveltyScore.LIKELIHOOD, unlikely);
        scores.put(NoveltyScore.CODE_DISTANCE, codeDistances(windows, places, present.length));
        scores.put(NoveltyScore.NEIGHBOURS, far);
        return new Described(modes, model.near(windows), scores);
    }

    /** [episodes] the mean over windows of the distance to the nearest code. */
    private double[] codeDistances(Windows windows, int[] places, int episodes) {
        int width = model.modes();
        float[] distances = model.recognise(windows, MemoModel.Output.DISTANCES);
        int[] nearest = MemoModel.nearest(distances, width);
        float[] least = new float[places.length];
        for (int i = 0; i < least.length; i++) {
            least[i] = distances[i * width + nearest[i]];
        }
        return Arrays.stream(means(least, places, episodes)).mapToDouble(one -> one[0]).toArray();
    }

    /** [episodes][Z]. */
    private double[][] meanZ(Windows windows, int[] places, int episodes) {
        return means(model.recognise(windows, MemoModel.Output.Z), places, episodes);
    }

    /** The means of each episode's rows: [N][width] to [episodes][width]. */
    private static double[][] means(float[] values, int[] places, int episodes) {
        int width = values.length / places.length;
        double[][] means = new double[episodes][width];
        int[] counts = new int[episodes];
        for (int i = 0; i < places.length; i++) {
            counts[places[i]]++;
            for (int j = 0; j < width; j++) {
                means[places[i]][j] += values[i * width + j];
            }
        }
        for (int e = 0; e < episodes; e++) {
            for (int j = 0; j < width; j++) {
                means[e][j] /= counts[e];
            }
        }
        return means;
    }

    /** From an episode's mean z to that of the tenth nearest training episode, or the last. */
    private double neighbourDistance(double[] z) {
        double[] squares = new double[trained.length];
        for (int i = 0; i < trained.length; i++) {
            for (int j = 0; j < z.length; j++) {
                double gap = z[j] - trained[i][j];
                squares[i] += gap * gap;
            }
        }
        Arrays.sort(squares);
        return Math.sqrt(squares[Math.min(NEIGHBOUR, squares.length) - 1]);
    }
}
