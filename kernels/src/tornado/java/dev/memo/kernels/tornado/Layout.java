package dev.memo.kernels.tornado;

import static dev.memo.kernels.tornado.RowKernel.COPY;
import static dev.memo.kernels.tornado.RowKernel.STORE;

import dev.memo.kernels.Leaf;
import dev.memo.kernels.Node;
import dev.memo.kernels.Optimiser;
import dev.memo.kernels.Program;
import dev.memo.kernels.Shape;
import dev.memo.kernels.StopGradient;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A program laid out for a device: a place in memory per value, the kernels to launch in their
 * order, and what goes in and comes out.
 *
 * <p>Memory begins with the parameters, each followed by its moments if the program minimises it;
 * then come the values.
 */
final class Layout {
    /** What the host writes before every run begins with the samples of the run. */
    private static final int SAMPLES = 1;

    /** The samples of a run are written as a float32, which tells so many apart. */
    private static final int MOST_ROWS = 1 << 24;

    private final Program program;
    private final int maxRows;
    private final Memory memory;
    private final Schedule schedule;
    private final Map<Node, Integer> inputs = new HashMap<>();
    private final Map<String, Integer> outputs = new LinkedHashMap<>();
    private final int parameterEntries;
    private final int inputEntries;
    private final int fixedOutputEntries;
    private int outputEntries;

    /**
     * @param keepsAll whether every value is written, whether anything reads it or not
     */
    Layout(Program program, int maxRows, boolean keepsAll) {
        if (maxRows > MOST_ROWS) {
            throw new IllegalArgumentException(
                    "maxRows %d: must be at most %d on this device".formatted(maxRows, MOST_ROWS));
        }
        this.program = program;
        this.maxRows = maxRows;
        memory = new Memory(program, maxRows);
        schedule = new Schedule(program);
        placeParameters();
        parameterEntries = memory.entries();
        inputEntries = placeInputs();
        Lowering lowering = new Lowering(program, memory, schedule, inputs, keepsAll);
        BitSet needed = program.needed();
        for (Node node : program.nodes()) {
            if (needed.get(node.index())) {
                lowering.add(node);
            }
        }
        store(false);
        fixedOutputEntries = outputEntries;
        store(true);
        Map<Program.Assignment, Integer> values = new LinkedHashMap<>();
        program.assignments()
                .forEach(assignment -> values.put(assignment, before(assignment.value())));
        addSteps();
        addAssignments(values);
    }

    /** Where values stand. */
    Memory memory() {
        return memory;
    }

    /** Where a scalar's value or an input's first row stands in the inputs. */
    int input(Node node) {
        return inputs.get(node);
    }

    /** Where an output's value stands in the outputs. */
    int output(String name) {
        return outputs.get(name);
    }

    /** Where the factors of an update stand in the inputs. */
    int factors(int update) {
        return SAMPLES + update * TableKernels.STEP_FACTORS;
    }

    List<Launch> launches() {
        return schedule.launches();
    }

    /** Those at the beginning of memory that hold parameters and their moments. */
    int parameterEntries() {
        return parameterEntries;
    }

    int inputEntries() {
        return inputEntries;
    }

    /** Those at the beginning of the outputs that have a fixed shape. */
    int fixedOutputEntries() {
        return fixedOutputEntries;
    }

    /** At least 1: there are no empty arrays. */
    int outputEntries() {
        return Math.max(1, outputEntries);
    }

    private void placeParameters() {
        BitSet trained = new BitSet();
        program.updates().forEach(update -> trained.set(update.parameter().index()));
        for (Node node : program.nodes()) {
            if (node.operation() instanceof Leaf.Parameter) {
                memory.add(node);
                if (trained.get(node.index())) {
                    memory.add(node.shape());
                    memory.add(node.shape());
                }
            }
        }
    }

    private int placeInputs() {
        long next = factors(program.updates().size());
        for (Node node : program.nodes()) {
            if (node.operation() instanceof Leaf.Scalar) {
                inputs.put(node, (int) next++);
            }
        }
        for (Node node : program.nodes()) {
            if (node.operation() instanceof Leaf.Input) {
                inputs.put(node, (int) next);
                next += (long) maxRows * node.shape().width();
                memory.requireArray(next);
            }
        }
        return (int) next;
    }

    /** Stores the outputs that have rows, or those that have a fixed shape. */
    private void store(boolean rows) {
        program.outputs()
                .forEach(
                        (name, node) -> {
                            if (node.shape().batch() == rows) {
                                store(name, node);
                            }
                        });
    }

    private void store(String name, Node node) {
        Shape shape = node.shape();
        int rows = Schedule.fixedRows(shape);
        outputs.put(name, outputEntries);
        Instruction copy = new Instruction(STORE, shape, shape.width(), outputEntries);
        long size = (long) memory.rowsIn(shape) * shape.width();
        memory.requireArray(outputEntries + size);
        outputEntries += (int) size;
        schedule.addOnRows(
                schedule.readableOnRows(node, rows),
                rows,
                copy.a(memory.at(node), shape.width(), 1));
    }

    /** Where a value stands once all values are known, whatever parameters are changed then. */
    private int before(Node value) {
        Node root = value;
        while (root.operation() instanceof StopGradient) {
            root = root.inputs().getFirst();
        }
        if (!(root.operation() instanceof Leaf.Parameter)) {
            return memory.at(value);
        }
        Shape shape = value.shape();
        int copy = memory.add(shape);
        schedule.addOnRows(
                0,
                Schedule.fixedRows(shape),
                new Instruction(COPY, shape, shape.width(), copy)
                        .a(memory.at(value), shape.width(), 1));
        return copy;
    }

    private void addSteps() {
        if (program.updates().isEmpty()) {
            return;
        }
        Launch.Steps steps = new Launch.Steps();
        for (int i = 0; i < program.updates().size(); i++) {
            Program.Update update = program.updates().get(i);
            Optimiser optimiser = update.optimiser();
            boolean clips = optimiser.maxNorm() < Double.POSITIVE_INFINITY;
            Shape shape = update.parameter().shape();
            int size = shape.height() * shape.width();
            int[] fields = new int[TableKernels.STEP_FIELDS];
            fields[TableKernels.PARAMETER] = memory.at(update.parameter());
            fields[TableKernels.FIRST] = memory.at(update.parameter()) + size;
            fields[TableKernels.SECOND] = memory.at(update.parameter()) + 2 * size;
            fields[TableKernels.GRADIENT] = memory.at(update.gradient());
            fields[TableKernels.SIZE] = size;
            fields[TableKernels.LEARNING_RATE] = before(update.learningRate());
            fields[TableKernels.NORM] = clips ? memory.at(update.norm()) : -1;
            fields[TableKernels.FACTORS] = factors(i);
            fields[TableKernels.BELIEF] = optimiser.rule() instanceof Optimiser.AdaBelief ? 1 : 0;
            float[] numbers = new float[TableKernels.STEP_NUMBERS];
            numbers[TableKernels.SHARE_1] = (float) (1 - optimiser.rule().beta1());
            numbers[TableKernels.BETA_2] = (float) optimiser.rule().beta2();
            numbers[TableKernels.SHARE_2] = (float) (1 - optimiser.rule().beta2());
            numbers[TableKernels.EPSILON] = (float) optimiser.rule().epsilon();
            numbers[TableKernels.KEEP] = (float) (1 - optimiser.weightDecay());
            numbers[TableKernels.MAX_NORM] = (float) optimiser.maxNorm();
            steps.add(fields, Math.ceilDiv(size, TableKernels.ENTRIES), numbers);
        }
        schedule.append(steps);
    }

    private void addAssignments(Map<Program.Assignment, Integer> values) {
        int from = schedule.end();
        values.forEach(
                (assignment, place) -> {
                    Shape shape = assignment.parameter().shape();
                    schedule.addOnRows(
                            from,
                            Schedule.fixedRows(shape),
                            new Instruction(
                                            COPY,
                                            shape,
                                            shape.width(),
                                            memory.at(assignment.parameter()))
                                    .a(place, shape.width(), 1));
                });
    }
}
