package dev.memo.learner.memo;

import dev.memo.base.InputException;
import dev.memo.base.Progress;
import dev.memo.kernels.Device;
import dev.memo.learner.dataset.Dataset;
import dev.memo.learner.dataset.Episode;
import dev.memo.learner.evaluation.ModeCodes;
import dev.memo.learner.metrics.ConfusionTable;
import dev.memo.learner.metrics.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Chooses how many modes to look for, from the training episodes alone: every number from 1 on is
 * learned for a short time from part of them, with several seeds. A number is worth having if the
 * others are more likely under their best modes than with the last number that was worth having,
 * and if runs with other seeds sort the episodes alike.
 *
 * @param candidates from 1 mode on
 * @param modes the largest number that is worth having
 */
public record ModeSelection(List<Candidate> candidates, int modes) {
    /** Of a configuration's epochs, so many are enough for codes to settle. */
    private static final double EPOCHS = 1.0 / 3;

    /** Gain in nats per step that is worth a mode. */
    private static final double LEAST_GAIN = 0.005;

    /** Mean ARI between seeds from which on they sort alike. */
    private static final double LEAST_STABILITY = 0.8;

    /**
     * A number of modes that was tried.
     *
     * @param modes K
     * @param likelihood mean over held-out episodes and seeds of the log likelihood of actions and
     *     motion under the best mode, in nats per step
     * @param gain on the last number that was worth having, over seeds; 0 for K = 1
     * @param stability mean ARI between the seeds' codes of all episodes; 1 for K = 1
     */
    public record Candidate(int modes, double likelihood, Interval gain, double stability) {
        /** Whether it is worth having one more mode than before. */
        public boolean worthwhile() {
            return modes == 1 || gain.low() > LEAST_GAIN && stability >= LEAST_STABILITY;
        }
    }

    /** Refuses what cannot be compared. */
    public static void check(MemoConfig config, int most, int seeds) {
        if (config.assignment() != MemoConfig.Assignment.EPISODE) {
            throw new InputException(
                    "--choose-modes %d: compares what episodes are told apart by: needs --assignment episode"
                            .formatted(most));
        }
        if (most < 2) {
            throw new InputException("--choose-modes " + most + ": must be at least 2");
        }
        if (seeds < 2) {
            throw new InputException(seeds + " seeds: two are needed to compare");
        }
    }

    /**
     * Tries all.
     *
     * @param config what is learned but for the number of modes; its seed is the first
     * @param most the largest number to try, at least 2
     * @param seeds how many, at least 2
     * @return empty if a person asked to stop
     */
    public static Optional<ModeSelection> of(
            MemoConfig config,
            Dataset dataset,
            int most,
            int seeds,
            Device device,
            Progress progress) {
        check(config, most, seeds);
        Dataset known = training(config, dataset);
        int epochs = (int) Math.ceil(EPOCHS * config.epochs());
        progress.begin("trying 1 to " + most + " modes", (long) most * seeds * epochs, "epochs");
        List<Candidate> candidates = new ArrayList<>();
        double[] before = new double[seeds];
        for (int modes = 1; modes <= most; modes++) {
            double[] likelihoods = new double[seeds];
            int[][] codes = new int[seeds][];
            for (int i = 0; i < seeds; i++) {
                MemoConfig one = config.with(config.seed() + i, modes, epochs);
                MemoTrainer trainer = new MemoTrainer(one, known, device);
                while (trainer.epoch() < epochs) {
                    if (progress.stopRequested()) {
                        return Optional.empty();
                    }
                    trainer.trainEpoch();
                    progress.advance(1);
                }
                MemoModel model = trainer.model();
                double[][] heldOut =
                        evidence(model, known, MemoTrainer.split(one, known).heldOut());
                likelihoods[i] = bestMean(heldOut);
                int[] all = IntStream.range(0, known.episodes().size()).toArray();
                codes[i] = ModeCodes.mostLikely(evidence(model, known, all));
            }
            double[] gains = new double[seeds];
            for (int i = 0; i < seeds; i++) {
                gains[i] = modes == 1 ? 0 : likelihoods[i] - before[i];
            }
            Candidate candidate =
                    new Candidate(
                            modes,
                            Arrays.stream(likelihoods).average().orElseThrow(),
                            Interval.of(gains),
                            stability(codes));
            candidates.add(candidate);
            before = candidate.worthwhile() ? likelihoods : before;
        }
        progress.end();
        int best =
                candidates.stream()
                        .filter(Candidate::worthwhile)
                        .mapToInt(Candidate::modes)
                        .max()
                        .orElse(1);
        return Optional.of(new ModeSelection(candidates, best));
    }

    /** The episodes that the configuration learns from: the others are to judge what is chosen. */
    private static Dataset training(MemoConfig config, Dataset dataset) {
        List<Episode> episodes =
                Arrays.stream(MemoTrainer.split(config, dataset).training())
                        .mapToObj(dataset.episodes()::get)
                        .toList();
        return new Dataset(dataset.id(), dataset.scenario(), dataset.spec(), episodes);
    }

    /** What a person should know of the choice, in a few lines. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("modes  log-likelihood  gain [95 %] over fewer        agreement of seeds");
        for (Candidate one : candidates) {
            lines.add(
                    "%5d  %14.3f  %6.3f [%6.3f, %6.3f]  %18.2f%s"
                            .formatted(
                                    one.modes,
                                    one.likelihood,
                                    one.gain.mean(),
                                    one.gain.low(),
                                    one.gain.high(),
                                    one.stability,
                                    one.worthwhile() ? "" : "  not worth a mode"));
        }
        lines.add(
                "recommended: %d modes: the gain of each is above %s nats a step with 95 %% confidence, and seeds sort alike (mean ARI at least %s)"
                        .formatted(modes, LEAST_GAIN, LEAST_STABILITY));
        return lines;
    }

    private static double[][] evidence(MemoModel model, Dataset dataset, int[] episodes) {
        Windows windows = MemoTrainer.windows(model.config(), dataset, episodes);
        int[] present = Arrays.stream(windows.episodes()).distinct().toArray();
        int[] places =
                Arrays.stream(windows.episodes())
                        .map(episode -> Arrays.binarySearch(present, episode))
                        .toArray();
        return model.episodeLikelihoods(windows, windows.heads(), places, present.length);
    }

    private static double bestMean(double[][] evidence) {
        return Arrays.stream(evidence)
                .mapToDouble(row -> Arrays.stream(row).max().orElseThrow())
                .average()
                .orElseThrow();
    }

    /** The mean ARI over all pairs. */
    private static double stability(int[][] codes) {
        double sum = 0;
        int pairs = 0;
        for (int i = 0; i < codes.length; i++) {
            for (int j = 0; j < i; j++) {
                sum += ConfusionTable.of(codes[i], codes[j]).ari();
                pairs++;
            }
        }
        return sum / pairs;
    }
}
