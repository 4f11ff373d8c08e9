package dev.memo.app;

import dev.memo.base.InputException;
import dev.memo.kernels.Activation;
import dev.memo.kernels.Device;
import dev.memo.kernels.Executable;
import dev.memo.kernels.Node;
import dev.memo.kernels.Parameters;
import dev.memo.kernels.Program;
import dev.memo.learner.rollout.Policy;
import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.EnvSpec;
import java.util.Arrays;

/**
 * A policy of nobody's, to measure what a network in the loop costs: layers with tanh and random
 * weights, whose last layer gives the mean and the log deviation of each number of an action. All
 * of it is computed; the action is the mean.
 */
final class NetworkPolicy implements Policy {
    /** Rows per run of the program. */
    private static final int BLOCK = 4_096;

    private final int[] sizes;
    private final Device device;
    private Executable acting;
    private int envs;
    private int stride;

    private NetworkPolicy(int[] sizes, Device device) {
        this.sizes = sizes;
        this.device = device;
    }

    /** Whether that is a list of sizes, such as {@code 60-64-64-4}. */
    static boolean describes(String text) {
        return text.matches("[1-9]\\d{0,4}(-[1-9]\\d{0,4})+");
    }

    /** A network of such sizes: of its input, of each layer. */
    static NetworkPolicy of(String text, Device device) {
        int[] sizes = Arrays.stream(text.split("-")).mapToInt(Integer::parseInt).toArray();
        return new NetworkPolicy(sizes, device);
    }

    @Override
    public void begin(EnvSpec spec, long[] seeds) {
        int inputs = sizes[0];
        int outputs = sizes[sizes.length - 1];
        if (inputs != spec.observationSize() || outputs != 2 * spec.actionSize()) {
            throw new InputException(
                    "a network from %d to %d: scenario '%s' needs one from %d to %d"
                            .formatted(
                                    inputs,
                                    outputs,
                                    spec.name(),
                                    spec.observationSize(),
                                    2 * spec.actionSize()));
        }
        envs = seeds.length;
        stride = spec.observationStride();
        Program.Builder b = Program.builder("network");
        Node last = b.input("observations", inputs);
        for (int i = 1; i < sizes.length; i++) {
            Activation activation = i < sizes.length - 1 ? Activation.TANH : Activation.NONE;
            last = b.linear("layer." + i, last, sizes[i], activation);
        }
        b.output("mean", last.slice(0, spec.actionSize()));
        b.output("log_deviation", last.slice(spec.actionSize(), outputs));
        Program program = b.build();
        Parameters parameters = device.parameters(0, program);
        acting = device.compile(program, Math.min(envs, BLOCK), parameters);
    }

    @Override
    public void act(EnvBatch state, float[] actions) {
        int size = actions.length / envs;
        for (int from = 0; from < envs; from += BLOCK) {
            acting.bind("observations", state.observations, from * stride, stride);
            acting.bind("mean", actions, from * size, size);
            acting.run(Math.min(BLOCK, envs - from));
        }
    }
}
