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
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * A network of the size of a policy, with tanh. Per row, forward of 60-256-256-4 is 163,840 flops
 * in its products and of 60-64-64-4 16,384; a training step is 460,800 and 41,472, as no gradient
 * by the observations is needed.
 */
public class Mlp extends Throughput {
    /** Sizes of the input and of each layer. */
    @Param({"60-64-64-4", "60-256-256-4"})
    String layers;

    /** Of a batch. */
    @Param({"1", "64", "256", "1024", "4096"})
    int rows;

    private int[] sizes;
    private Executable forward;
    private Executable training;

    @Setup
    public void compile(Team team) {
        sizes = Arrays.stream(layers.split("-")).mapToInt(Integer::parseInt).toArray();
        int outputs = sizes[sizes.length - 1];
        Program.Builder builder = Program.builder("forward");
        builder.output("y", network(builder));
        Program choosing = builder.build();
        builder = Program.builder("training");
        Node loss = network(builder).minus(builder.input("target", outputs)).square().mean();
        // One row would soon be learned by heart, and Adam's moments decay to subnormal numbers,
        // which are slow. With a rate of 0 every step does the same work on the same numbers.
        Node rate = builder.constant(0);
        builder.minimise(loss, rate, Optimiser.adam(), builder.parameters());
        Program learning = builder.build();
        Device device = new JvmDevice(team.members());
        Parameters parameters = device.parameters(0, choosing, learning);
        forward = device.compile(choosing, rows, parameters);
        training = device.compile(learning, rows, parameters);
        float[] x = normal(sizes[0], 1);
        forward.bind("x", x);
        training.bind("x", x);
        training.bind("target", normal(outputs, 2));
    }

    private Node network(Program.Builder builder) {
        Node last = builder.input("x", sizes[0]);
        for (int i = 1; i < sizes.length; i++) {
            Activation activation = i < sizes.length - 1 ? Activation.TANH : Activation.NONE;
            last = builder.linear("layer." + i, last, sizes[i], activation);
        }
        return last;
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
