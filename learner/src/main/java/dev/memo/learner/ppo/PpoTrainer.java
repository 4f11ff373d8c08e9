package dev.memo.learner.ppo;

import dev.memo.base.InputException;
import dev.memo.base.Progress;
import dev.memo.base.RandomStream;
import dev.memo.base.Seeds;
import dev.memo.base.Tensor;
import dev.memo.base.TensorFile;
import dev.memo.kernels.Device;
import dev.memo.kernels.Executable;
import dev.memo.learner.metrics.Moments;
import dev.memo.learner.ppo.PpoConfig.MultiplierKind;
import dev.memo.learner.rollout.Experience;
import dev.memo.learner.rollout.Policy;
import dev.memo.learner.rollout.RunningMoments;
import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.EnvSpec;
import dev.memo.sim.env.VectorEnv;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Proximal policy optimisation (Schulman et al. 2017), with a limit on the cost if asked. An
 * iteration lets the policy act for T steps in E environments, estimates advantages and goes over
 * them several times. Its state between iterations is a file of tensors; everything else is a
 * function of configuration and world, so a restored trainer goes on bit for bit.
 *
 * <p>Arrays are [T][E], a step's environments side by side. A minibatch is environments of one step
 * in time: it is read where the environments wrote it, and its rows are of different episodes.
 */
public final class PpoTrainer {
    /** Random stream of the order of minibatches. */
    private static final int STREAM = 2;

    /** Columns of observations that hardly vary are not blown up. */
    private static final double LEAST_DEVIATION = 1e-3;

    private static final String DIVERGENCE = "divergence";
    private static final List<String> LOSSES =
            List.of("policy_loss", "value_loss", DIVERGENCE, "clip_fraction");

    private static final String ITERATION = "iteration";

    // Where things stand in a saved state; the networks' parameters have names of their own.
    private static final String WORLD = "world/";
    private static final String TRAINER = "trainer/";

    private final PpoConfig config;
    private final VectorEnv env;
    private final EnvSpec spec;
    private final PpoModel model;
    private final Executable exploring;
    private final Executable valuing;
    private final Executable step;
    private final Experience experience;
    private final RunningMoments observations;
    private final Multiplier multiplier;
    private final long orderSeed;

    /** What the critic values, in the order of its columns: rewards, and costs with a limit. */
    private final List<Signal> signals;

    private final float[] logDensities;
    private final boolean[] ends;

    /** [T + 1][E][V] as the critic writes them. */
    private final float[] values;

    /** Which environments' episodes ended in a step; their rows follow each other below. */
    private final int[] ended;

    private final float[] finalObservations;
    private final float[] finalValues;

    private int iteration;

    /**
     * Prepares the first iteration.
     *
     * @param env of the configuration's size, with same-step autoreset; the caller closes it
     */
    public PpoTrainer(PpoConfig config, VectorEnv env, Device device) {
        this.config = config;
        this.env = env;
        spec = env.spec();
        PpoNetwork network = new PpoNetwork(config, spec.observationSize(), spec.actionSize());
        model = new PpoModel(network, device);
        int envs = config.envs();
        exploring = device.compile(model.exploring(), envs, model.parameters());
        valuing = device.compile(model.valuing(), envs, model.parameters());
        step = device.compile(model.training(), config.minibatch(), model.parameters());
        experience = new Experience(env, config.horizon());
        observations = new RunningMoments(spec.observationSize());
        multiplier = Multiplier.of(config);
        orderSeed = Seeds.derive(config.seed(), "minibatches");
        Signal reward = new Signal("reward", config);
        signals =
                config.multiplier() == MultiplierKind.NONE
                        ? List.of(reward)
                        : List.of(reward, new Signal("cost", config));
        logDensities = new float[config.horizon() * envs];
        ends = new boolean[config.horizon() * envs];
        values = new float[(config.horizon() + 1) * envs * signals.size()];
        ended = new int[envs];
        finalObservations = new float[envs * spec.observationSize()];
        finalValues = new float[envs * signals.size()];
        long first = Seeds.derive(config.seed(), "training");
        experience.reset(LongStream.range(first, first + envs).toArray());
    }

    /** What has been learned so far. */
    public PpoModel model() {
        return model;
    }

    /** Iterations that are done. */
    public int iteration() {
        return iteration;
    }

    /**
     * Does one iteration.
     *
     * @param progress advances by the steps
     * @return its metrics by name; return, cost and length are means over the episodes that ended
     *     in it, and missing if none did
     */
    public Map<String, Double> iterate(Progress progress) {
        spreadEnds();
        experience.gather(new Explorer(), progress);
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("steps", (iteration + 1.0) * config.stepsPerIteration());
        multiplier.update(readOutcomes(metrics));
        readValues();
        signals.forEach(signal -> signal.estimate(ends));
        if (signals.size() == 2) {
            Advantages.penalise(
                    signals.get(0).advantages, signals.get(1).advantages, multiplier.value());
            metrics.put("multiplier", multiplier.value());
        }
        if (iteration > 0) {
            // The first only tells what observations look like.
            update(metrics);
        }
        followObservations();
        iteration++;
        return metrics;
    }

    /** All environments would end their episodes at once; a few start anew in each iteration. */
    private void spreadEnds() {
        int groups = spec.episodeSteps() / config.horizon();
        if (iteration < 1 || iteration >= groups) {
            return;
        }
        boolean[] mask = new boolean[config.envs()];
        for (int env = iteration; env < mask.length; env += groups) {
            mask[env] = true;
            for (Signal signal : signals) {
                signal.restart(env);
            }
        }
        experience.reset(mask);
    }

    /** The policy that acts to learn, and writes down what the update needs. */
    private final class Explorer implements Policy {
        private int t;

        @Override
        public void begin(EnvSpec spec, long[] seeds) {
            throw new UnsupportedOperationException("it goes on where the last iteration ended");
        }

        @Override
        public void act(EnvBatch state, float[] actions) {
            int envs = config.envs();
            exploring.set("step", (float) ((long) iteration * config.horizon() + t));
            exploring.bind("observations", state.observations, 0, spec.observationStride());
            exploring.bind("action", actions);
            exploring.bind("log_density", logDensities, t * envs, 1);
            exploring.bind("values", values, t * envs * signals.size(), signals.size());
            exploring.run(envs);
            t++;
        }
    }

    /** What the steps gave; what an episode of full length costs now. */
    private double readOutcomes(Map<String, Double> metrics) {
        int envs = config.envs();
        int costs = spec.costNames().size();
        double[] sums = new double[costs];
        Moments returns = new Moments();
        Moments episodeCosts = new Moments();
        Moments lengths = new Moments();
        for (int t = 0; t < config.horizon(); t++) {
            EnvBatch state = experience.state(t + 1);
            for (int i = 0; i < envs; i++) {
                int at = t * envs + i;
                ends[at] = state.ended(i);
                signals.getFirst().amounts[at] = (float) state.rewards[i];
                if (signals.size() == 2) {
                    signals.getLast().amounts[at] = (float) state.costs[(i + 1) * costs - 1];
                }
                for (int cost = 0; cost < costs; cost++) {
                    sums[cost] += state.costs[i * costs + cost];
                }
                if (ends[at]) {
                    returns.add(state.episodeReturns[i]);
                    episodeCosts.add(state.episodeCosts[i]);
                    lengths.add(state.episodeLengths[i]);
                }
            }
        }
        if (returns.count() > 0) {
            metrics.put("return", returns.mean());
            metrics.put("cost", episodeCosts.mean());
            metrics.put("length", lengths.mean());
        }
        // The episodes that ended were mostly driven by older policies.
        double perEpisode = (double) spec.episodeSteps() / ends.length;
        for (int cost = 0; cost < costs; cost++) {
            metrics.put("cost_" + spec.costNames().get(cost), sums[cost] * perEpisode);
        }
        return sums[costs - 1] * perEpisode;
    }

    private void readValues() {
        int envs = config.envs();
        int width = signals.size();
        EnvBatch last = experience.state(config.horizon());
        valuing.bind("observations", last.observations, 0, spec.observationStride());
        valuing.bind("values", values, config.horizon() * envs * width, width);
        valuing.run(envs);
        for (int column = 0; column < width; column++) {
            Signal signal = signals.get(column);
            for (int at = 0; at < ends.length; at++) {
                signal.values[at] = values[at * width + column];
                signal.nextValues[at] = values[(at + envs) * width + column];
            }
        }
        for (int t = 0; t < config.horizon(); t++) {
            readFinalValues(t);
        }
    }

    /** An episode that was cut is worth what its final observation is, not the next one's first. */
    private void readFinalValues(int t) {
        EnvBatch state = experience.state(t + 1);
        int size = spec.observationSize();
        int count = 0;
        for (int env = 0; env < ended.length; env++) {
            if (state.ended(env)) {
                int from = env * spec.observationStride();
                System.arraycopy(
                        state.finalObservations, from, finalObservations, count * size, size);
                ended[count++] = env;
            }
        }
        if (count == 0) {
            return;
        }
        valuing.bind("observations", finalObservations);
        valuing.bind("values", finalValues);
        valuing.run(count);
        for (int i = 0; i < count; i++) {
            for (int column = 0; column < signals.size(); column++) {
                // Nothing comes after an end in the task, even where the limit was met as well.
                signals.get(column).nextValues[t * config.envs() + ended[i]] =
                        state.terminated[ended[i]] ? 0 : finalValues[i * signals.size() + column];
            }
        }
    }

    private void update(Map<String, Double> metrics) {
        double share = (double) iteration / config.iterations();
        double rate = 1 - (1 - config.lastRate()) * share;
        step.set("policy_rate", (float) (config.policyRate() * rate));
        step.set("critic_rate", (float) (config.criticRate() * rate));
        double[] sums = new double[LOSSES.size()];
        double divergence = 0;
        int epoch = 0;
        while (epoch < config.epochs() && divergence <= config.targetKl()) {
            double[] losses = updateEpoch(epoch);
            for (int i = 0; i < sums.length; i++) {
                sums[i] += losses[i];
            }
            divergence = losses[LOSSES.indexOf(DIVERGENCE)];
            epoch++;
        }
        for (int i = 0; i < sums.length; i++) {
            metrics.put(LOSSES.get(i), sums[i] / epoch);
        }
        metrics.put("entropy", (double) step.scalar("entropy"));
        metrics.put("epochs", (double) epoch);
    }

    /** Goes over all steps once; the means of the losses. */
    private double[] updateEpoch(int epoch) {
        int perStep = config.envs() / config.minibatch();
        int minibatches = config.horizon() * perStep;
        double[] means = new double[LOSSES.size()];
        RandomStream random = new RandomStream(orderSeed, STREAM, epoch, iteration);
        for (int minibatch : random.permutation(minibatches)) {
            bind(minibatch / perStep, minibatch % perStep * config.minibatch());
            step.run(config.minibatch());
            for (int i = 0; i < means.length; i++) {
                means[i] += step.scalar(LOSSES.get(i)) / minibatches;
            }
        }
        if (!Double.isFinite(means[0] + means[1])) {
            throw new InputException(
                    "iteration %d: the loss is not finite: try smaller rates than --policy-rate %s and --critic-rate %s"
                            .formatted(iteration, config.policyRate(), config.criticRate()));
        }
        return means;
    }

    /** Points the gradient step to some environments of one step. */
    private void bind(int t, int env) {
        int at = t * config.envs() + env;
        int stride = spec.observationStride();
        int actionSize = spec.actionSize();
        step.bind("observations", experience.state(t).observations, env * stride, stride);
        step.bind("actions", experience.actions(t), env * actionSize, actionSize);
        step.bind("old_log_density", logDensities, at, 1);
        step.bind("advantage", signals.getFirst().advantages, at, 1);
        step.bind("returns", signals.getFirst().returns, at, 1);
        if (signals.size() == 2) {
            step.bind("cost_returns", signals.getLast().returns, at, 1);
        }
    }

    /** From now on networks see observations by the moments of all that were gathered so far. */
    private void followObservations() {
        for (int t = 0; t < config.horizon(); t++) {
            observations.add(
                    experience.state(t).observations, config.envs(), spec.observationStride());
        }
        model.parameters().set(PpoNetwork.OBSERVATION_MEAN, observations.mean());
        model.parameters()
                .set(PpoNetwork.OBSERVATION_DEVIATION, observations.deviation(LEAST_DEVIATION));
    }

    /** Everything that the next iteration depends on. */
    public TensorFile save() {
        Map<String, Tensor> own = new LinkedHashMap<>();
        own.put("observations", observations.snapshot());
        own.put("multiplier", multiplier.snapshot());
        signals.forEach(signal -> signal.save(own));
        TensorFile world = env.save();
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(ITERATION, Integer.toString(iteration));
        world.metadata().forEach((key, value) -> metadata.put(WORLD + key, value));
        Map<String, Tensor> tensors = new LinkedHashMap<>(model.parameters().snapshot());
        own.forEach((key, tensor) -> tensors.put(TRAINER + key, tensor));
        world.tensors().forEach((key, tensor) -> tensors.put(WORLD + key, tensor));
        return new TensorFile(metadata, tensors);
    }

    /**
     * Goes on from a saved state.
     *
     * @throws InputException if it is of another configuration or world
     */
    public void restore(TensorFile saved) {
        model.restore(saved);
        experience.restore(
                new TensorFile(under(WORLD, saved.metadata()), under(WORLD, saved.tensors())));
        TensorFile own = new TensorFile(Map.of(), under(TRAINER, saved.tensors()));
        observations.restore(own, "observations");
        multiplier.restore(own, "multiplier");
        signals.forEach(signal -> signal.restore(own));
        iteration = Integer.parseInt(saved.metadata().get(ITERATION));
    }

    private static <T> Map<String, T> under(String prefix, Map<String, T> all) {
        Map<String, T> found = new LinkedHashMap<>();
        all.forEach(
                (key, value) -> {
                    if (key.startsWith(prefix)) {
                        found.put(key.substring(prefix.length()), value);
                    }
                });
        return found;
    }

    /** Whether a tensor of a saved state is one of the networks'. */
    static boolean isParameter(String tensor) {
        return !tensor.startsWith(WORLD) && !tensor.startsWith(TRAINER);
    }
}
