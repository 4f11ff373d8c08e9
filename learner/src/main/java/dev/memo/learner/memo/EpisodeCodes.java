package dev.memo.learner.memo;

import dev.memo.base.InputException;
import dev.memo.base.RandomStream;
import dev.memo.learner.clustering.KMeans;
import dev.memo.learner.dataset.Standardisation;
import java.util.Arrays;
import java.util.List;

/**
 * All rows of a training episode share a code. It starts as the episode's cluster, by mean and
 * deviation of the standardised differences: what it does, and how steadily; where the encoder sees
 * several rows also by their changes from row to row, so that the same motions in another order
 * start apart. Then it is drawn after every epoch, see {@link EpisodeAssignment}.
 */
final class EpisodeCodes implements CodeAssignment {
    /**
     * Of the usual deviation: a mode that always moves alike must not forbid the slightest other
     * motion.
     */
    private static final double LEAST_DEVIATION = 0.1;

    private final MemoModel model;
    private final Probes probes;
    private final Standardisation differences;
    private final EpisodeAssignment assignment;
    private final int[] codeOfEpisode;

    /**
     * Every episode has code 0 until the start.
     *
     * @param differences of the training rows
     * @throws InputException if there are more modes than episodes
     */
    EpisodeCodes(MemoModel model, Probes probes, Standardisation differences) {
        this.model = model;
        this.probes = probes;
        this.differences = differences;
        assignment = new EpisodeAssignment(model.config());
        codeOfEpisode = new int[probes.places().length];
        if (model.modes() > codeOfEpisode.length) {
            throw new InputException(
                    "--modes %d: there are %d episodes to learn from, and each has one code"
                            .formatted(model.modes(), codeOfEpisode.length));
        }
    }

    @Override
    public void start(RandomStream random) {
        float[] descriptors = descriptors();
        int width = descriptors.length / codeOfEpisode.length;
        float[] centres = KMeans.centres(descriptors, width, model.modes(), random);
        for (int e = 0; e < codeOfEpisode.length; e++) {
            codeOfEpisode[e] = KMeans.nearest(descriptors, e, centres, width);
        }
        float[] z = model.recognise(probes.windows(), MemoModel.Output.Z);
        float[] codebook = model.parameters().get(MemoNetwork.CODEBOOK).data();
        probes.meansByCode(z, model.config().codeSize(), codeOfEpisode, codebook);
        model.parameters().set(MemoNetwork.CODEBOOK, codebook);
        fitMotions();
    }

    /**
     * Fits each mode's Gaussian of differences; one without episodes is that of all rows. A
     * difference over n steps is part of n windows, so that its columns count for 1 / n.
     */
    private void fitMotions() {
        int width = model.network().differenceSize();
        int modes = model.modes();
        float[] own = ownDifferences();
        int[] codes = codesOfProbes();
        double[] sums = new double[modes * width];
        double[] squares = new double[modes * width];
        int[] counts = new int[modes];
        for (int row = 0; row < codes.length; row++) {
            counts[codes[row]]++;
            for (int i = 0; i < width; i++) {
                double x = own[row * width + i];
                sums[codes[row] * width + i] += x;
                squares[codes[row] * width + i] += x * x;
            }
        }
        float[] square = new float[modes * width];
        float[] slope = new float[modes * width];
        float[] rest = new float[modes];
        List<Integer> steps = model.config().step();
        boolean raw = !model.config().standardise();
        for (int at = 0; at < sums.length; at++) {
            int mode = at / width;
            int column = at % width;
            double usualMean = raw ? differences.mean()[column] : 0;
            double usual = raw ? differences.deviation()[column] : 1;
            double mean = counts[mode] == 0 ? usualMean : sums[at] / counts[mode];
            double spread =
                    counts[mode] == 0 ? usual * usual : squares[at] / counts[mode] - mean * mean;
            double least = LEAST_DEVIATION * usual;
            double variance = Math.max(spread, least * least);
            int n = steps.get(column / (width / steps.size()));
            square[at] = (float) (-0.5 / variance / n);
            slope[at] = (float) (mean / variance / n);
            rest[mode] -=
                    (float) ((mean * mean / (2 * variance) + StrictMath.log(variance) / 2) / n);
        }
        model.parameters().set(MemoNetwork.MOTION_SQUARE, square);
        model.parameters().set(MemoNetwork.MOTION_SLOPE, slope);
        model.parameters().set(MemoNetwork.MOTION_REST, rest);
    }

    /** [N][D] the standardised differences of the probes' first rows. */
    private float[] ownDifferences() {
        float[] own = probes.windows().differences();
        if (model.config().standardise()) {
            differences.apply(own);
        }
        return own;
    }

    /** [episodes][2 D], or [episodes][4 D] with windows. */
    private float[] descriptors() {
        int size = model.network().differenceSize();
        float[] own = probes.windows().differences();
        differences.apply(own);
        if (probes.windows().length() == 1) {
            return probes.meansAndDeviations(own, size);
        }
        float[] both = new float[2 * own.length];
        float[] window = new float[probes.windows().length() * size];
        for (int row = 0; row < probes.size(); row++) {
            probes.windows().copyDifferences(row, window, 0);
            differences.apply(window);
            for (int i = 0; i < size; i++) {
                both[2 * row * size + i] = window[i];
                both[(2 * row + 1) * size + i] = window[size + i] - window[i];
            }
        }
        return probes.meansAndDeviations(both, 2 * size);
    }

    @Override
    public int update(int epoch) {
        if (assignment.warmsUp(epoch)) {
            return 0;
        }
        double[][] likelihood =
                model.episodeLikelihoods(
                        probes.windows(),
                        probes.heads(),
                        probes.placeOfRow(),
                        codeOfEpisode.length);
        int changed = assignment.draw(likelihood, epoch, codeOfEpisode);
        int reset = model.config().resetDeadCodes() ? resetDead(likelihood) : 0;
        fitMotions();
        return changed + reset;
    }

    /** Gives a code without episodes the one that its own code explains worst. */
    private int resetDead(double[][] likelihood) {
        float[] z = model.recognise(probes.windows(), MemoModel.Output.Z);
        float[] means = probes.means(z, model.config().codeSize());
        int reset = 0;
        for (int mode = 0; mode < model.modes(); mode++) {
            int dead = mode;
            if (Arrays.stream(codeOfEpisode).noneMatch(code -> code == dead)) {
                int worst = worstFitted(likelihood);
                codeOfEpisode[worst] = dead;
                CodeAssignment.moveCode(model, dead, means, worst);
                reset++;
            }
        }
        return reset;
    }

    /** The episode that its own code explains worst, among those whose code has others too. */
    private int worstFitted(double[][] likelihood) {
        int[] members = new int[model.modes()];
        Arrays.stream(codeOfEpisode).forEach(mode -> members[mode]++);
        int worst = -1;
        for (int e = 0; e < codeOfEpisode.length; e++) {
            int own = codeOfEpisode[e];
            if (members[own] > 1
                    && (worst < 0
                            || likelihood[e][own] < likelihood[worst][codeOfEpisode[worst]])) {
                worst = e;
            }
        }
        // There is one: with no more modes than episodes, a code without any means one with two.
        return worst;
    }

    @Override
    public int[] codeOfEpisode() {
        return codeOfEpisode;
    }

    @Override
    public int[] codesOfProbes() {
        return Arrays.stream(probes.placeOfRow()).map(place -> codeOfEpisode[place]).toArray();
    }
}
