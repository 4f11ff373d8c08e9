package dev.memo.kernels.tornado;

import dev.memo.base.Tensor;
import dev.memo.kernels.Executable;
import dev.memo.kernels.Leaf;
import dev.memo.kernels.Node;
import dev.memo.kernels.NotFiniteException;
import dev.memo.kernels.Program;
import dev.memo.kernels.device.Bindings;
import dev.memo.kernels.device.StepFactors;
import dev.memo.kernels.device.Weights;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import uk.ac.manchester.tornado.api.DataRange;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.ImmutableTaskGraph;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * A program as a plan of two task graphs that share the device's memory: one runs the program, the
 * other brings parameters that changed on the host.
 */
final class TornadoExecutable implements Executable {
    private static final int RUN = 0;
    private static final int BRING = 1;
    private static final int LANES = 256;

    /** An update of a parameter, with what it needs of the host. */
    private record Step(Weights weights, StepFactors factors, int place) {}

    private final Program program;
    private final int maxRows;
    private final TornadoParameters parameters;
    private final Layout layout;
    private final Bindings bindings;
    private final boolean checkNumerics;
    private final FloatArray inputs;
    private final FloatArray memory;
    private final FloatArray outputs;
    private final FloatArray brought;
    private final List<Step> steps = new ArrayList<>();
    private final TornadoExecutionPlan plan;
    private final GridScheduler grids;
    private long version;
    private boolean ran;
    private int lastRows;
    private int outputsHere;
    private TornadoExecutionResult result;

    /**
     * Lays the program out and compiles its kernels.
     *
     * @param id different for every executable of a JVM
     */
    TornadoExecutable(
            Program program,
            int maxRows,
            TornadoParameters parameters,
            TornadoDevice device,
            boolean checkNumerics,
            int id) {
        this.program = program;
        this.maxRows = maxRows;
        this.parameters = parameters;
        this.checkNumerics = checkNumerics;
        layout = new Layout(program, maxRows, checkNumerics);
        bindings = new Bindings(program, maxRows);
        inputs = new FloatArray(layout.inputEntries());
        memory = new FloatArray(layout.memory().entries());
        outputs = new FloatArray(layout.outputEntries());
        brought = new FloatArray(Math.max(1, layout.parameterEntries()));
        memory.init(0);
        layout.memory()
                .constants()
                .forEach((place, numbers) -> write(numbers, numbers.length, memory, place));
        for (int i = 0; i < program.updates().size(); i++) {
            Program.Update update = program.updates().get(i);
            Weights weights = weights(update.parameter());
            StepFactors factors = new StepFactors(update.optimiser().rule());
            steps.add(new Step(weights, factors, layout.factors(i)));
        }
        String name = program.name().replaceAll("\\W", "_") + id;
        grids = new GridScheduler();
        plan = new TornadoExecutionPlan(runGraph(name), bringGraph(name + "_bring", name));
        plan.withDevice(device);
        plan.withGridScheduler(grids);
        try {
            plan.withPreCompilation();
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "program %s: TornadoVM could not compile its kernels: %s"
                            .formatted(program.name(), e.getMessage()),
                    e);
        }
    }

    private ImmutableTaskGraph runGraph(String name) {
        KernelContext context = new KernelContext();
        TaskGraph graph =
                new TaskGraph(name)
                        .transferToDevice(DataTransferMode.FIRST_EXECUTION, memory, outputs)
                        .transferToDevice(DataTransferMode.EVERY_EXECUTION, inputs);
        Launch.Arrays arrays = new Launch.Arrays(context, inputs, memory, outputs);
        for (int i = 0; i < layout.launches().size(); i++) {
            Launch launch = layout.launches().get(i);
            String task = launch.getClass().getSimpleName().toLowerCase(Locale.ROOT) + i;
            launch.addTo(graph, task, arrays);
            grids.addWorkerGrid(name + "." + task, launch.grid(maxRows));
        }
        return graph.persistOnDevice(memory)
                .transferToHost(DataTransferMode.UNDER_DEMAND, memory, outputs)
                .snapshot();
    }

    private ImmutableTaskGraph bringGraph(String name, String from) {
        KernelContext context = new KernelContext();
        WorkerGrid grid = new WorkerGrid1D(Math.ceilDiv(brought.getSize(), LANES) * LANES);
        grid.setLocalWork(LANES, 1, 1);
        grids.addWorkerGrid(name + ".copy", grid);
        return new TaskGraph(name)
                .consumeFromDevice(from, memory)
                .transferToDevice(DataTransferMode.EVERY_EXECUTION, brought)
                .task(
                        "copy",
                        TableKernels::copy,
                        context,
                        brought,
                        memory,
                        layout.parameterEntries())
                .persistOnDevice(memory)
                .snapshot();
    }

    private Weights weights(Node parameter) {
        return parameters.weights((Leaf.Parameter) parameter.operation());
    }

    private static void write(float[] from, int count, FloatArray to, int place) {
        MemorySegment.copy(
                from,
                0,
                to.getSegment(),
                ValueLayout.JAVA_FLOAT,
                (long) place * Float.BYTES,
                count);
    }

    private static void read(FloatArray from, int place, float[] to, int offset, int count) {
        MemorySegment.copy(
                from.getSegment(),
                ValueLayout.JAVA_FLOAT,
                (long) place * Float.BYTES,
                to,
                offset,
                count);
    }

    @Override
    public Program program() {
        return program;
    }

    @Override
    public int maxRows() {
        return maxRows;
    }

    @Override
    public void bind(String name, float[] data, int offset, int stride) {
        bindings.bind(name, data, offset, stride);
    }

    @Override
    public void bind(String name, float[] data) {
        bindings.bind(name, data);
    }

    @Override
    public void set(String scalar, float value) {
        bindings.set(scalar, value);
    }

    @Override
    public void run(int rows) {
        bindings.require(rows);
        bringParameters();
        writeInputs(rows);
        result = plan.withGraph(RUN).withGridScheduler(grids).execute();
        ran = true;
        lastRows = rows;
        outputsHere = 0;
        if (!program.updates().isEmpty() || !program.assignments().isEmpty()) {
            parameters.changedBy(this);
        }
        writeOutputs(rows);
        if (checkNumerics) {
            checkFinite(rows);
        }
    }

    /** Before the first run parameters go with the rest of the memory, later by themselves. */
    private void bringParameters() {
        long newest = parameters.versionFor(this);
        if (newest == version) {
            return;
        }
        FloatArray target = ran ? brought : memory;
        eachParameter(
                (weights, place) -> {
                    int size = weights.size();
                    write(weights.data(), size, target, place);
                    if (minimised(weights)) {
                        write(weights.first(), size, target, place + size);
                        write(weights.second(), size, target, place + 2 * size);
                    }
                });
        if (ran) {
            plan.withGraph(BRING).withGridScheduler(grids).execute();
        }
        version = newest;
    }

    /** Takes the parameters of this program back to the host. */
    void takeParameters(long version) {
        int count = layout.parameterEntries();
        result.transferToHost(new DataRange(memory).withOffset(0).withSize(count));
        eachParameter(
                (weights, place) -> {
                    int size = weights.size();
                    read(memory, place, weights.data(), 0, size);
                    if (minimised(weights)) {
                        read(memory, place + size, weights.first(), 0, size);
                        read(memory, place + 2 * size, weights.second(), 0, size);
                    }
                });
        this.version = version;
    }

    private boolean minimised(Weights weights) {
        return steps.stream().anyMatch(step -> step.weights == weights);
    }

    private interface Visitor {
        void visit(Weights weights, int place);
    }

    private void eachParameter(Visitor visitor) {
        for (Node node : program.nodes()) {
            if (node.operation() instanceof Leaf.Parameter) {
                visitor.visit(weights(node), layout.memory().at(node));
            }
        }
    }

    private void writeInputs(int rows) {
        inputs.set(0, rows);
        for (Step step : steps) {
            step.factors.at(step.weights.nextStep());
            inputs.set(step.place + TableKernels.RATE, (float) step.factors.rate());
            inputs.set(step.place + TableKernels.ROOT_FACTOR, (float) step.factors.root());
            float momentOnly = step.factors.momentOnly() ? 1 : 0;
            inputs.set(step.place + TableKernels.MOMENT_ONLY, momentOnly);
        }
        for (Bindings.Scalar scalar : bindings.scalars()) {
            inputs.set(layout.input(scalar.node), scalar.value());
        }
        for (Bindings.Rows bound : bindings.inputs()) {
            int place = layout.input(bound.node);
            for (int r = 0; r < rows; r++) {
                MemorySegment.copy(
                        bound.data,
                        bound.offset + r * bound.stride,
                        inputs.getSegment(),
                        ValueLayout.JAVA_FLOAT,
                        (long) (place + r * bound.width) * Float.BYTES,
                        bound.width);
            }
        }
    }

    private void writeOutputs(int rows) {
        for (Bindings.Rows bound : bindings.outputs()) {
            if (bound.data != null) {
                bringOutputs(layout.outputEntries());
                int place = layout.output(bound.name);
                for (int r = 0; r < rows; r++) {
                    int offset = bound.offset + r * bound.stride;
                    read(outputs, place + r * bound.width, bound.data, offset, bound.width);
                }
            }
        }
    }

    /** Brings at least so many of the outputs, unless they are here. */
    private void bringOutputs(int count) {
        if (outputsHere < count) {
            result.transferToHost(new DataRange(outputs).withOffset(0).withSize(count));
            outputsHere = count;
        }
    }

    /** As they are after the run: parameters are those that it changed. */
    private void checkFinite(int rows) {
        result.transferToHost(memory);
        for (Node node : program.nodes()) {
            boolean parameter = node.operation() instanceof Leaf.Parameter;
            if (layout.memory().holds(node) && !parameter) {
                checkFinite(node + " is", node, node.shape().rowsIn(rows));
            }
        }
        for (Program.Update update : program.updates()) {
            checkUpdate(update.parameter());
        }
        for (Program.Assignment assignment : program.assignments()) {
            checkUpdate(assignment.parameter());
        }
    }

    private void checkUpdate(Node parameter) {
        int height = parameter.shape().height();
        checkFinite("the update of " + parameter + " made", parameter, height);
    }

    private void checkFinite(String what, Node node, int height) {
        int width = node.shape().width();
        for (int i = 0; i < height * width; i++) {
            float entry = memory.get(layout.memory().at(node) + i);
            if (!Float.isFinite(entry)) {
                throw new NotFiniteException(program, what, entry, i / width, i % width);
            }
        }
    }

    @Override
    public float scalar(String output) {
        bindings.scalarOutput(output, lastRows);
        bringOutputs(layout.fixedOutputEntries());
        return outputs.get(layout.output(output));
    }

    @Override
    public Tensor.F32 read(String output) {
        Node node = bindings.output(output, lastRows);
        boolean rows = node.shape().batch();
        bringOutputs(rows ? layout.outputEntries() : layout.fixedOutputEntries());
        float[] copy = new float[node.shape().rowsIn(lastRows) * node.shape().width()];
        read(outputs, layout.output(output), copy, 0, copy.length);
        return new Tensor.F32(copy, node.shape().extents(lastRows));
    }

    void close() {
        try {
            plan.freeDeviceMemory();
            plan.close();
        } catch (TornadoExecutionPlanException e) {
            throw new IllegalStateException(program.name() + ": " + e.getMessage(), e);
        }
    }
}
