package dev.memo.learner.extending;

import dev.memo.kernels.Activation;
import dev.memo.kernels.Device;
import dev.memo.kernels.Executable;
import dev.memo.kernels.Node;
import dev.memo.kernels.Optimiser;
import dev.memo.kernels.Parameters;
import dev.memo.kernels.Program;
import dev.memo.learner.dataset.Dataset;
import dev.memo.learner.dataset.Features;
import dev.memo.learner.dataset.Transitions;
import dev.memo.learner.rollout.Policy;
import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.EnvSpec;
import java.util.List;
import java.util.stream.IntStream;

// begin learner
/** Learns to do what a dataset's episodes do, by least squares on all of it at once. */
final class BehaviourCloning implements Policy {
    private final Executable acting;
    private EnvSpec spec;

    BehaviourCloning(Dataset dataset, Device device, int steps) {
        int[] all = IntStream.range(0, dataset.episodes().size()).toArray();
        Features features = Features.parse("observation");
        Transitions rows =
                Transitions.of(dataset, all, features, List.of(1), Transitions.Respawns.KEEP);

        Program.Builder b = Program.builder("cloning");
        Node gap =
                actor(b, rows.stateSize(), rows.actionSize())
                        .minus(b.input("actions", rows.actionSize()));
        b.minimise(gap.square().mean(), b.constant(3e-3), Optimiser.adam(), b.parameters());
        Program training = b.build();
        Program.Builder a = Program.builder("acting");
        a.output("action", actor(a, rows.stateSize(), rows.actionSize()));
        Program policy = a.build();

        Parameters shared = device.parameters(0, training, policy); // by name
        acting = device.compile(policy, 1_000, shared);
        Executable learning = device.compile(training, rows.size(), shared);
        learning.bind("observations", rows.states());
        learning.bind("actions", rows.actions());
        for (int step = 0; step < steps; step++) {
            learning.run(rows.size());
        }
    }

    private static Node actor(Program.Builder b, int observationSize, int actionSize) {
        Node observations = b.input("observations", observationSize);
        Node hidden = b.linear("actor.0", observations, 64, Activation.TANH);
        return b.linear("actor.1", hidden, actionSize, Activation.NONE);
    }

    @Override
    public void begin(EnvSpec spec, long[] seeds) {
        this.spec = spec;
    }

    @Override
    public void act(EnvBatch state, float[] actions) {
        acting.bind("observations", state.observations, 0, spec.observationStride());
        acting.bind("action", actions);
        acting.run(actions.length / spec.actionSize());
    }
}
// end learner
