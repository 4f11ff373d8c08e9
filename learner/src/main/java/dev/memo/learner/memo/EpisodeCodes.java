package dev.memo.learner.memo;

import dev.memo.base.InputException;
import dev.memo.base.RandomStream;
import dev.memo.learner.clustering.KMeans;
import dev.memo.learner.dataset.Standardisation;
import java.util.Arrays;

/**
 * All rows of a training episode share a code. It starts as the episode's cluster, by mean and
 * deviation of the standardised differences: what it does, and how steadily. Then it is drawn after
 * every epoch, see {@link EpisodeAssignment}.
 */
final class EpisodeCodes implements CodeAssignment {
    private final MemoModel model;
    private final Probes probes;
    private final EpisodeAssignment assignment;
    private final int[] codeOfEpisode;

    /**
     * Every episode has code 0 until the start.
     *
     * @throws InputException if there are more modes than episodes
     */
    EpisodeCodes(MemoModel model, Probes probes) {
        this.model = model;
        this.probes = probes;
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
        float[] standardised = probes.differences().clone();
        new Standardisation(
                        model.parameters().get(MemoNetwork.DIFFERENCE_MEAN).data(),
                        model.parameters().get(MemoNetwork.DIFFERENCE_DEVIATION).data())
                .apply(standardised);
        int differenceSize = model.network().differenceSize();
        float[] descriptors = probes.meansAndDeviations(standardised, differenceSize);
        int width = 2 * differenceSize;
        float[] centres = KMeans.centres(descriptors, width, model.modes(), random);
        for (int e = 0; e < codeOfEpisode.length; e++) {
            codeOfEpisode[e] = KMeans.nearest(descriptors, e, centres, width);
        }
        float[] z = model.recognise(probes.differences(), MemoModel.Output.Z);
        float[] codebook = model.parameters().get(MemoNetwork.CODEBOOK).data();
        probes.meansByCode(z, model.config().codeSize(), codeOfEpisode, codebook);
        model.parameters().set(MemoNetwork.CODEBOOK, codebook);
    }

    @Override
    public int update(int epoch) {
        double[][] likelihood =
                model.episodeLikelihoods(
                        probes.states(),
                        probes.actions(),
                        probes.differences(),
                        probes.placeOfRow(),
                        codeOfEpisode.length);
        int changed = assignment.draw(likelihood, epoch, codeOfEpisode);
        return model.config().resetDeadCodes() ? changed + resetDead(likelihood) : changed;
    }

    /** Gives a code without episodes the one that its own code explains worst. */
    private int resetDead(double[][] likelihood) {
        float[] z = model.recognise(probes.differences(), MemoModel.Output.Z);
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
