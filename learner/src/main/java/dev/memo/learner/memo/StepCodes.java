package dev.memo.learner.memo;

import dev.memo.base.RandomStream;
import dev.memo.learner.clustering.KMeans;
import java.util.Arrays;

/**
 * Every row takes the nearest code, inside the training program; here codes start as centres of
 * clusters of rows, and dead ones are moved.
 */
final class StepCodes implements CodeAssignment {
    private final MemoModel model;
    private final Probes probes;

    StepCodes(MemoModel model, Probes probes) {
        this.model = model;
        this.probes = probes;
    }

    @Override
    public void start(RandomStream random) {
        MemoConfig config = model.config();
        float[] z = model.recognise(probes.windows(), MemoModel.Output.Z);
        float[] centres = KMeans.centres(z, config.codeSize(), config.modes(), random);
        model.parameters().set(MemoNetwork.CODEBOOK, centres);
    }

    /** Moves codes that no probe is nearest to onto the probe that is farthest from its own. */
    @Override
    public int update(int epoch) {
        if (!model.config().resetDeadCodes()) {
            return 0;
        }
        float[] z = model.recognise(probes.windows(), MemoModel.Output.Z);
        float[] distances = model.recognise(probes.windows(), MemoModel.Output.DISTANCES);
        int modes = model.modes();
        int[] codes = MemoModel.nearest(distances, modes);
        int moved = 0;
        for (int mode = 0; mode < modes; mode++) {
            int dead = mode;
            if (Arrays.stream(codes).noneMatch(code -> code == dead)) {
                int farthest = 0;
                for (int i = 1; i < codes.length; i++) {
                    if (distances[i * modes + codes[i]]
                            > distances[farthest * modes + codes[farthest]]) {
                        farthest = i;
                    }
                }
                CodeAssignment.moveCode(model, dead, z, farthest);
                codes[farthest] = dead;
                distances[farthest * modes + dead] = 0;
                moved++;
            }
        }
        return moved;
    }

    @Override
    public int[] codeOfEpisode() {
        return new int[0];
    }

    @Override
    public int[] codesOfProbes() {
        return model.codes(probes.windows());
    }
}
