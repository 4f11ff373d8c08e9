package dev.memo.kernels.jvm;

import dev.memo.kernels.Affine;
import dev.memo.kernels.Binary;
import dev.memo.kernels.Concat;
import dev.memo.kernels.Function;
import dev.memo.kernels.FunctionSlope;
import dev.memo.kernels.Leaf;
import dev.memo.kernels.Linear;
import dev.memo.kernels.Node;
import dev.memo.kernels.Place;
import dev.memo.kernels.Program;
import dev.memo.kernels.Regroup;
import dev.memo.kernels.Shape;
import dev.memo.kernels.Slice;
import dev.memo.kernels.SquaredDistances;
import dev.memo.kernels.StopGradient;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A program laid out for this device: a buffer per value and a kernel per operation, in levels. A
 * level ends where a sum over rows must be complete before its readers can start.
 */
final class Plan {
    private final Program program;
    private final int maxRows;
    private final JvmParameters parameters;
    private final BitSet needed;
    private final Buffer[] buffers;
    private final Buffer[] bindings;
    private final Buffer[] outputs;
    private final int[] readable;
    private final int[] readers;
    private final boolean keepsAll;
    private final Lowering lowering;
    private final List<Level> levels = new ArrayList<>();
    private final List<UpdateStep> steps = new ArrayList<>();

    /**
     * @param keepsAll whether every value can be read after a run; else most lie where one lay that
     *     nobody reads any more
     */
    Plan(Program program, int maxRows, JvmParameters parameters, boolean keepsAll) {
        this.keepsAll = keepsAll;
        this.program = program;
        this.maxRows = maxRows;
        this.parameters = parameters;
        needed = program.needed();
        buffers = new Buffer[program.nodes().size()];
        bindings = new Buffer[program.nodes().size()];
        outputs = new Buffer[program.nodes().size()];
        readable = new int[program.nodes().size()];
        readers = program.readers();
        lowering = new Lowering(buffers, bindings, parameters, maxRows);
        BitSet staged = stagedInputs();
        for (Node node : program.nodes()) {
            if (needed.get(node.index())) {
                allocate(node, staged.get(node.index()));
                place(node);
            }
        }
        program.outputs().values().forEach(this::addOutput);
        program.updates().forEach(this::addStep);
        program.assignments().forEach(this::addAssignment);
    }

    List<Level> levels() {
        return levels;
    }

    List<UpdateStep> steps() {
        return steps;
    }

    /**
     * Ends the planning: no more readers.
     *
     * @param scratch of each thread, {@link MatrixProducts#SCRATCH}
     */
    void seal(float[][] scratch) {
        levels.forEach(level -> level.seal(scratch));
    }

    /** Where a node's value lies; null for a node that nothing needs. */
    Buffer buffer(Node node) {
        return buffers[node.index()];
    }

    /** Where an output's value lies until the next run. */
    Buffer output(Node node) {
        return outputs[node.index()];
    }

    /** Where an input's rows are read; null for an input that nothing needs. */
    Buffer binding(Node input) {
        return bindings[input.index()];
    }

    /** Adds a kernel that runs with the rows of a node, after it. */
    void addReader(Node node, RowKernel kernel) {
        levels.get(readable[node.index()]).addRows(node.shape().height(), kernel);
    }

    /**
     * Inputs that are copied into a buffer of their own, because a kernel runs over them in whole
     * vectors, or because they are outputs and must outlast the run. The others are read where the
     * caller has them.
     */
    private BitSet stagedInputs() {
        BitSet staged = new BitSet();
        program.outputs().values().forEach(node -> staged.set(node.index()));
        for (Node node : program.nodes()) {
            boolean row =
                    node.operation() instanceof Linear
                            || node.operation() instanceof SquaredDistances
                            || node.operation() instanceof Concat
                            || node.operation() instanceof Slice;
            if (!row && needed.get(node.index())) {
                node.inputs().forEach(input -> staged.set(input.index()));
            }
        }
        return staged;
    }

    private void allocate(Node node, boolean staged) {
        int width = node.shape().width();
        buffers[node.index()] =
                switch (node.operation()) {
                    case Leaf.Input _ -> {
                        Buffer binding = new Buffer(null, width);
                        bindings[node.index()] = binding;
                        yield staged ? newBuffer(node) : binding;
                    }
                    case Leaf.Parameter leaf -> new Buffer(parameters.weights(leaf).data(), width);
                    case StopGradient _ -> buffers[node.inputs().getFirst().index()];
                    case Regroup _ ->
                            new Buffer(buffers[node.inputs().getFirst().index()].data, width);
                    default ->
                            worksInPlace(node)
                                    ? buffers[node.inputs().getFirst().index()]
                                    : newBuffer(node);
                };
    }

    /** Whether an operation on single entries may write where its first input lies. */
    private boolean worksInPlace(Node node) {
        boolean entries =
                node.operation() instanceof Function
                        || node.operation() instanceof FunctionSlope
                        || node.operation() instanceof Affine
                        || node.operation() instanceof Binary;
        if (keepsAll || !entries || !node.shape().batch()) {
            return false;
        }
        Node input = node.inputs().getFirst();
        boolean own =
                !(input.operation() instanceof Leaf)
                        && !(input.operation() instanceof StopGradient)
                        && !(input.operation() instanceof Regroup)
                        // Writes its columns only: the zeros beside them must stay.
                        && !(input.operation() instanceof Place);
        return own && readers[input.index()] == 1 && input.shape().equals(node.shape());
    }

    private Buffer newBuffer(Node node) {
        Shape shape = node.shape();
        long entries = (long) shape.rowsIn(maxRows) * shape.width();
        if (entries > Integer.MAX_VALUE / 2) {
            throw new IllegalArgumentException(
                    "program %s: %s has %d entries with %d rows: too many for an array"
                            .formatted(program.name(), node, entries, maxRows));
        }
        return new Buffer(Lanes.padded((int) entries), shape.width());
    }

    private int level(Node node) {
        int level = 0;
        for (Node input : node.inputs()) {
            level = Math.max(level, readable[input.index()]);
        }
        return level;
    }

    private void place(Node node) {
        int level = level(node);
        while (levels.size() <= level) {
            levels.add(new Level());
        }
        Level here = levels.get(level);
        here.addNode(node);
        Parts sum = lowering.sum(node);
        readable[node.index()] = sum == null ? level : level + 1;
        if (sum != null) {
            Shape summed = node.inputs().getFirst().shape();
            here.addSum(summed.batch() ? summed.height() : 1, sum);
            return;
        }
        Packing packing = lowering.packing(node);
        List<RowKernel> kernels = lowering.kernels(node, packing);
        if (node.shape().batch()) {
            if (packing != null) {
                here.addPacking(packing);
            }
            kernels.forEach(kernel -> here.addRows(node.shape().height(), kernel));
        } else {
            if (packing != null) {
                here.addFixed((_, _, _, scratch) -> pack(packing, scratch), 0);
            }
            kernels.forEach(kernel -> here.addFixed(kernel, node.shape().height()));
        }
    }

    private void addOutput(Node node) {
        outputs[node.index()] = before(node);
    }

    /** A value as it was before all changes: a parameter is copied. */
    private Buffer before(Node node) {
        Buffer value = buffer(node);
        if (!isParameter(node)) {
            return value;
        }
        Buffer copy = newBuffer(node);
        levels.get(readable[node.index()])
                .addFixed(
                        (from, to, _, _) -> Rows.columns(value, 0, copy, 0, copy.width, from, to),
                        node.shape().height());
        return copy;
    }

    private static boolean isParameter(Node node) {
        return switch (node.operation()) {
            case Leaf.Parameter _ -> true;
            case StopGradient _ -> isParameter(node.inputs().getFirst());
            default -> false;
        };
    }

    private static void pack(Packing packing, float[] scratch) {
        int parts = packing.count(0);
        for (int part = 0; part < parts; part++) {
            packing.run(part, 0, scratch);
        }
        packing.finish(0);
    }

    private void addStep(Program.Update update) {
        Leaf.Parameter parameter = (Leaf.Parameter) update.parameter().operation();
        boolean clips = update.optimiser().maxNorm() < Double.POSITIVE_INFINITY;
        steps.add(
                new OptimiserStep(
                        parameters.weights(parameter),
                        buffer(update.gradient()).data,
                        buffer(update.learningRate()).data,
                        clips ? buffer(update.norm()).data : null,
                        update.optimiser()));
    }

    private void addAssignment(Program.Assignment assignment) {
        Leaf.Parameter parameter = (Leaf.Parameter) assignment.parameter().operation();
        Buffer value = before(assignment.value());
        steps.add(new AssignmentStep(parameters.weights(parameter), value.data));
    }
}
