package dev.memo.learner.evaluation;

import dev.memo.base.RandomStream;
import dev.memo.learner.dataset.ExpertLabels;
import dev.memo.learner.metrics.ConfusionTable;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The codes of rows that were not learned from, and their agreement with who acted.
 *
 * @param modes K
 * @param usage [K] share of the rows with each code
 * @param perplexity how many codes are in use, by their share
 * @param agreement with the experts; empty where they are not known
 */
public record CodeReport(
        int modes, double[] usage, double perplexity, Optional<Agreement> agreement) {

    private static final String AGAINST_COLLAPSE =
            "Try a k-means start (--k-means-start), the reset of dead codes (--reset-dead-codes), a"
                    + " longer step (--step), other features (--features) or a lower beta (--beta).";

    /** Below this perplexity little but one code is in use. */
    private static final double COLLAPSE = 1.5;

    private static final int RESAMPLES = 1_000;

    /**
     * How codes agree with experts.
     *
     * @param labels the experts
     * @param perStep rows of each expert with each code
     * @param perEpisode episodes of each expert with each code
     * @param low lower end of the 95 % interval of the ARI per episode, over the episodes
     * @param high upper end
     */
    public record Agreement(
            ExpertLabels labels,
            ConfusionTable perStep,
            ConfusionTable perEpisode,
            double low,
            double high) {}

    /**
     * Compares.
     *
     * @param codes [N] the code of each row
     * @param episodes [N] the episode of each row, as the labels count them
     * @param codeOfEpisode the code of each episode that has rows, in the episodes' order
     * @param modes K
     * @param seed of the interval's resamples
     */
    public static CodeReport of(
            int[] codes,
            int[] episodes,
            int[] codeOfEpisode,
            int modes,
            Optional<ExpertLabels> labels,
            long seed) {
        double[] usage = new double[modes];
        for (int code : codes) {
            usage[code] += 1.0 / codes.length;
        }
        double perplexity = ConfusionTable.of(new int[codes.length], codes).perplexity();
        return new CodeReport(
                modes,
                usage,
                perplexity,
                labels.map(known -> agreement(codes, episodes, codeOfEpisode, modes, known, seed)));
    }

    /** Where hardly more than one code of several is in use: that, and what to try. */
    public Optional<String> collapse() {
        return collapse(modes, perplexity);
    }

    /** The same of codes that were read from a file. */
    public static Optional<String> collapse(int modes, double perplexity) {
        return modes > 1 && perplexity < COLLAPSE
                ? Optional.of(
                        String.format(
                                Locale.ROOT,
                                "The codes have collapsed: %.2f of %d are in use. %s",
                                perplexity,
                                modes,
                                AGAINST_COLLAPSE))
                : Optional.empty();
    }

    private static Agreement agreement(
            int[] codes,
            int[] episodes,
            int[] codeOfEpisode,
            int modes,
            ExpertLabels labels,
            long seed) {
        int[] present = Arrays.stream(episodes).distinct().sorted().toArray();
        int[] expertOfEpisode = labels.ofRows(present);
        double[] resampled = resampledAri(expertOfEpisode, codeOfEpisode, seed);
        return new Agreement(
                labels,
                table(labels.ofRows(episodes), codes, labels.names().size(), modes),
                table(expertOfEpisode, codeOfEpisode, labels.names().size(), modes),
                resampled[(int) (0.025 * RESAMPLES)],
                resampled[(int) (0.975 * RESAMPLES)]);
    }

    /** A table with a row for every expert and a column for every code, used or not. */
    private static ConfusionTable table(int[] experts, int[] codes, int rows, int columns) {
        long[][] counts = new long[rows][columns];
        for (int i = 0; i < codes.length; i++) {
            counts[experts[i]][codes[i]]++;
        }
        return new ConfusionTable(counts);
    }

    /** The ARI of episodes drawn with replacement, sorted: the percentile bootstrap. */
    private static double[] resampledAri(int[] experts, int[] codes, long seed) {
        RandomStream random = new RandomStream(seed, 0, 0, 0);
        double[] ari = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            int[] drawn = new int[codes.length];
            Arrays.setAll(drawn, _ -> random.below(codes.length));
            ari[i] =
                    ConfusionTable.of(
                                    Arrays.stream(drawn).map(e -> experts[e]).toArray(),
                                    Arrays.stream(drawn).map(e -> codes[e]).toArray())
                            .ari();
        }
        Arrays.sort(ari);
        return ari;
    }
}
