package dev.memo.learner.ppo;

import dev.memo.base.Tensor;
import dev.memo.base.TensorFile;
import dev.memo.kernels.Device;
import dev.memo.kernels.Executable;
import dev.memo.kernels.Parameters;
import dev.memo.kernels.Program;
import dev.memo.learner.export.PolicyExport;
import dev.memo.learner.rollout.GaussianPolicy;
import dev.memo.learner.rollout.SteeredPolicy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What PPO has learned: a policy, with the critic and the moments that belong to it. */
public final class PpoModel {
    /** Rows per run of the acting program. */
    private static final int BLOCK = 4_096;

    private final PpoNetwork network;
    private final Parameters parameters;
    private final Program training;
    private final Program exploring;
    private final Program valuing;
    private final Program acting;
    private final Executable policy;

    PpoModel(PpoNetwork network, Device device) {
        this.network = network;
        training = network.training();
        exploring = network.exploring();
        valuing = network.valuing();
        acting = network.acting();
        parameters =
                device.parameters(network.config().seed(), training, exploring, valuing, acting);
        policy = device.compile(acting, BLOCK, parameters);
    }

    /** What it was learned with. */
    public PpoConfig config() {
        return network.config();
    }

    /**
     * The policy, with one mode. One is in use at a time.
     *
     * @param sampled whether actions are drawn from the policy's distribution or are its means
     */
    public SteeredPolicy policy(boolean sampled) {
        double[] deviations = new double[network.actionSize()];
        if (sampled) {
            float[] logDeviations = parameters.get(PpoNetwork.LOG_DEVIATION).data();
            for (int i = 0; i < deviations.length; i++) {
                deviations[i] = StrictMath.exp(logDeviations[i]);
            }
        }
        return new GaussianPolicy(
                policy, network.observationSize(), new double[][] {deviations}, new float[1][0], 0);
    }

    /** The policy for other tools. */
    public PolicyExport exported() {
        return new PolicyExport(
                "ppo",
                acting,
                parameters,
                parameters.get(PpoNetwork.LOG_DEVIATION).data(),
                Optional.empty());
    }

    /** Takes the networks out of a saved state. */
    void restore(TensorFile saved) {
        Map<String, Tensor> tensors = new LinkedHashMap<>(saved.tensors());
        tensors.keySet().removeIf(name -> !PpoTrainer.isParameter(name));
        parameters.restore(tensors);
    }

    Parameters parameters() {
        return parameters;
    }

    Program training() {
        return training;
    }

    Program exploring() {
        return exploring;
    }

    Program acting() {
        return acting;
    }

    Program valuing() {
        return valuing;
    }
}
