package dev.memo.bench;

import dev.memo.base.RandomStream;
import dev.memo.kernels.Activation;
import dev.memo.kernels.Device;
import dev.memo.kernels.Executable;
import dev.memo.kernels.Node;
import dev.memo.kernels.Optimiser;
import dev.memo.kernels.Parameters;
import dev.memo.kernels.Program;
import dev.memo.kernels.jvm.JvmDevice;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * A network of the size of a policy, 60-256-256-4 with tanh. Per row, forward is 163,840 flops in
 * its products, and a training step 460,800: no gradient by the observations is needed.
 */
public class Mlp extends Throughput {
    /** Of a batch. */
    @Param({"1", "64", "256", "1024", "4096"})
    int rows;

    private Executable forward;
    private Executable training;

    @Setup
    public void compile(Team team) {
        Program.Builder builder = Program.builder("forward");
        builder.output("y", network(builder));
        Program choosing = builder.build();
        builder = Program.builder("training");
        Node loss = network(builder).minus(builder.input("target", 4)).square().mean();
        // One row would soon be learned by heart, and Adam's moments decay to subnormal numbers,
        // which are slow. With a rate of 0 every step does the same work on the same numbers.
        Node rate = builder.constant(0);
        builder.minimise(loss, rate, Optimiser.adam(), builder.parameters());
        Program learning = builder.build();
        Device device = new JvmDevice(team.members());
        Parameters parameters = device.parameters(0, choosing, learning);
        forward = device.compile(choosing, rows, parameters);
        training = device.compile(learning, rows, parameters);
        float[] x = normal(60, 1);
        forward.bind("x", x);
        training.bind("x", x);
        training.bind("target", normal(4, 2));
    }

    private static Node network(Program.Builder builder) {
        Node first = builder.linear("first", builder.input("x", 60), 256, Activation.TANH);
        Node second = builder.linear("second", first, 256, Activation.TANH);
        return builder.linear("last", second, 4, Activation.NONE);
    }

    private float[] normal(int width, int stream) {
        RandomStream random = new RandomStream(0, stream, 0, 0);
        float[] values = new float[rows * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.normal();
        }
        return values;
    }

    @Benchmark
    public void forward(Rows counter) {
        forward.run(rows);
        counter.rows += rows;
    }

    /** Forward, backward and a step of Adam. */
    @Benchmark
    public void train(Rows counter) {
        training.run(rows);
        counter.rows += rows;
    }
}
