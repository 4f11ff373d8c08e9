package dev.memo.learner.baseline;

import dev.memo.kernels.Device;
import dev.memo.kernels.Executable;
import dev.memo.kernels.Parameters;
import dev.memo.kernels.Program;
import dev.memo.learner.dataset.Transitions;
import dev.memo.learner.evaluation.ModeCodes;
import dev.memo.learner.rollout.GaussianPolicy;
import dev.memo.learner.rollout.LogDeviations;
import dev.memo.learner.rollout.SteeredPolicy;
import dev.memo.learner.rollout.StochasticSteerable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A baseline's policy on a device, and how it tells which mode an episode shows. Letters as in the
 * package's description.
 */
public final class BaselineModel implements StochasticSteerable {
    /** Rows per run of a program. */
    private static final int BLOCK = 4_096;

    /** Episodes per run of the encoder, which keeps W steps of each. */
    private static final int EPISODE_BLOCK = 256;

    private final BaselineNetwork network;
    private final Optional<EpisodeClusters> clusters;
    private final Parameters parameters;
    private final Program training;
    private final Executable acting;
    private final Executable likelihood;
    private final Executable marginal;
    private final Optional<Executable> recognition;

    /**
     * An untrained model.
     *
     * @param clusters that K_MEANS recognises by; empty for the other kinds
     */
    BaselineModel(BaselineNetwork network, Optional<EpisodeClusters> clusters, Device device) {
        this.network = network;
        this.clusters = clusters;
        training = network.training();
        Program choosing = network.acting();
        Program judging = network.likelihood();
        Program summing = network.marginal();
        List<Program> programs = new ArrayList<>(List.of(training, choosing, judging, summing));
        Optional<Program> recognising = Optional.empty();
        if (config().kind() == BaselineConfig.Kind.CATEGORICAL_VAE) {
            recognising = Optional.of(network.recognition());
            programs.add(recognising.get());
        }
        parameters = device.parameters(config().seed(), programs.toArray(Program[]::new));
        acting = device.compile(choosing, BLOCK, parameters);
        likelihood = device.compile(judging, BLOCK, parameters);
        marginal = device.compile(summing, BLOCK, parameters);
        recognition =
                recognising.map(program -> device.compile(program, EPISODE_BLOCK, parameters));
    }

    /** What it was learned with. */
    public BaselineConfig config() {
        return network.config();
    }

    @Override
    public int modes() {
        return network.config().modes();
    }

    Parameters parameters() {
        return parameters;
    }

    Program training() {
        return training;
    }

    /**
     * The mode that each episode shows: the nearest cluster of K_MEANS, the likeliest code of
     * CATEGORICAL_VAE's encoder, else the mode under which all the episode's rows are most likely.
     *
     * @param rows those of an episode follow each other; cut as the configuration says
     * @return a mode for each episode that has rows, in their order
     */
    public int[] episodeModes(Transitions rows) {
        EpisodeRows episodes = EpisodeRows.of(rows);
        return switch (config().kind()) {
            case K_MEANS -> clusters.orElseThrow().nearest(episodes);
            case CATEGORICAL_VAE -> ModeCodes.mostLikely(posteriors(episodes));
            case CLONING, LABELLED, MIXTURE, HARD_EM, SOFT_EM -> {
                int[] places = new int[rows.size()];
                for (int row = 0; row < places.length; row++) {
                    places[row] = episodes.placeOf(row);
                }
                yield ModeCodes.mostLikely(
                        likelihoods(rows.states(), rows.actions(), places, episodes.count()));
            }
        };
    }

    /**
     * The mean log density of each episode's rows in each mode.
     *
     * @param states [N][O]
     * @param actions [N][A]
     * @param places [N] 0 .. episodes - 1; each has a row
     * @return [episodes][K]
     */
    double[][] likelihoods(float[] states, float[] actions, int[] places, int episodes) {
        double[][] means = new double[episodes][modes()];
        int[] counts = new int[episodes];
        for (int place : places) {
            counts[place]++;
        }
        for (int mode = 0; mode < modes(); mode++) {
            float[] densities = logDensities(states, actions, mode);
            for (int i = 0; i < places.length; i++) {
                means[places[i]][mode] += densities[i] / (double) counts[places[i]];
            }
        }
        return means;
    }

    /** What the encoder thinks of each episode: [episodes][K]. */
    private double[][] posteriors(EpisodeRows episodes) {
        int probes = config().probes();
        Transitions rows = episodes.rows();
        float[] observations = episodes.probes(rows.states(), rows.stateSize(), probes);
        float[] actions = episodes.probes(rows.actions(), rows.actionSize(), probes);
        float[] found = new float[episodes.count() * modes()];
        Executable encoder = recognition.orElseThrow();
        for (int from = 0; from < episodes.count(); from += EPISODE_BLOCK) {
            bind(encoder, "observations", observations, from, probes * rows.stateSize());
            bind(encoder, "actions", actions, from, probes * rows.actionSize());
            bind(encoder, "posterior", found, from, modes());
            encoder.run(Math.min(EPISODE_BLOCK, episodes.count() - from));
        }
        double[][] posteriors = new double[episodes.count()][modes()];
        for (int i = 0; i < found.length; i++) {
            posteriors[i / modes()][i % modes()] = found[i];
        }
        return posteriors;
    }

    private static void bind(Executable program, String name, float[] data, int row, int width) {
        program.bind(name, data, row * width, width);
    }

    @Override
    public float[] logDensities(float[] observations, float[] actions, int mode) {
        int count = observations.length / network.observationSize();
        float[] contexts = new float[Math.min(BLOCK, count) * modes()];
        for (int row = 0; row < contexts.length / modes(); row++) {
            contexts[row * modes() + mode] = 1;
        }
        likelihood.bind("context", contexts);
        return logDensities(likelihood, observations, actions);
    }

    /**
     * How likely actions are if nobody chooses a mode: under the mixture of all, with MIXTURE's own
     * weights, and with equal ones for the other kinds.
     *
     * @param observations [N][O]
     * @param actions [N][A]
     * @return [N] log densities, summed over the dimensions of the action, in nats
     */
    public float[] logDensities(float[] observations, float[] actions) {
        return logDensities(marginal, observations, actions);
    }

    private float[] logDensities(Executable program, float[] observations, float[] actions) {
        int count = observations.length / network.observationSize();
        float[] densities = new float[count];
        for (int from = 0; from < count; from += BLOCK) {
            bind(program, "observations", observations, from, network.observationSize());
            bind(program, "actions", actions, from, network.actionSize());
            bind(program, "log_density", densities, from, 1);
            program.run(Math.min(BLOCK, count - from));
        }
        return densities;
    }

    @Override
    public SteeredPolicy steered(int mode, boolean sampled) {
        int size = network.actionSize();
        float[] logDeviations = parameters.get(BaselineNetwork.LOG_DEVIATION).data();
        double[][] deviations = new double[modes()][size];
        float[][] contexts = new float[modes()][modes()];
        for (int k = 0; k < modes(); k++) {
            contexts[k][k] = 1;
            if (sampled) {
                int from = config().hasModeDeviations() ? k * size : 0;
                deviations[k] = LogDeviations.deviations(logDeviations, from, size);
            }
        }
        return new GaussianPolicy(acting, network.observationSize(), deviations, contexts, mode);
    }
}
