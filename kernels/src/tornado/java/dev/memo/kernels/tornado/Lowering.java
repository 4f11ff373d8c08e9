package dev.memo.kernels.tornado;

import static dev.memo.kernels.tornado.RowKernel.AFFINE;
import static dev.memo.kernels.tornado.RowKernel.COPY;
import static dev.memo.kernels.tornado.RowKernel.LOAD;
import static dev.memo.kernels.tornado.RowKernel.MEAN;
import static dev.memo.kernels.tornado.RowKernel.SUM;

import dev.memo.kernels.Affine;
import dev.memo.kernels.ArgMin;
import dev.memo.kernels.Binary;
import dev.memo.kernels.CategoricalProjection;
import dev.memo.kernels.Clamp;
import dev.memo.kernels.ClampSlope;
import dev.memo.kernels.Concat;
import dev.memo.kernels.DistanceCodeSlope;
import dev.memo.kernels.DistanceRowSlope;
import dev.memo.kernels.Draw;
import dev.memo.kernels.Function;
import dev.memo.kernels.FunctionSlope;
import dev.memo.kernels.GlobalNorm;
import dev.memo.kernels.Leaf;
import dev.memo.kernels.Linear;
import dev.memo.kernels.Node;
import dev.memo.kernels.OneHot;
import dev.memo.kernels.Place;
import dev.memo.kernels.Product;
import dev.memo.kernels.Program;
import dev.memo.kernels.Reduce;
import dev.memo.kernels.Regroup;
import dev.memo.kernels.RowMax;
import dev.memo.kernels.Shape;
import dev.memo.kernels.Slice;
import dev.memo.kernels.Softmax;
import dev.memo.kernels.Spread;
import dev.memo.kernels.SquaredDistances;
import dev.memo.kernels.StopGradient;
import dev.memo.kernels.TransposedProduct;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** Which launches and instructions do which operation. */
final class Lowering {
    private final Program program;
    private final Memory memory;
    private final Schedule schedule;
    private final SumLowering sums;
    private final Map<Node, Integer> inputs;
    private final Map<Node, Node> fused = new HashMap<>();

    /**
     * @param inputs where inputs and scalars stand in what the host writes
     * @param keepsAll whether every value is written
     */
    Lowering(
            Program program,
            Memory memory,
            Schedule schedule,
            Map<Node, Integer> inputs,
            boolean keepsAll) {
        this.program = program;
        this.memory = memory;
        this.schedule = schedule;
        this.inputs = inputs;
        sums = new SumLowering(memory, schedule);
        if (!keepsAll) {
            fuse(program.needed());
        }
    }

    /** A product that only a slope reads is multiplied by it before it is written. */
    private void fuse(BitSet needed) {
        int[] readers = program.readers();
        for (Node node : program.nodes()) {
            if (needed.get(node.index()) && node.operation() instanceof FunctionSlope) {
                Node dy = node.inputs().getFirst();
                Node point = node.inputs().getLast();
                boolean alone = dy.operation() instanceof Product && readers[dy.index()] == 1;
                if (alone && point.index() < dy.index()) {
                    fused.put(dy, node);
                }
            }
        }
    }

    private static Node in(Node node, int input) {
        return node.inputs().get(input);
    }

    /** Adds what computes a node, whose inputs are there. */
    void add(Node node) {
        switch (node.operation()) {
            case Leaf leaf -> leaf(leaf, node);
            case StopGradient _, Regroup _ -> alias(node, in(node, 0));
            case Linear(var activation) -> {
                int bias = node.inputs().size() == 3 ? memory.at(in(node, 2)) : -1;
                int function = activation.function().map(RowKernel::code).orElse(-1);
                int depth = in(node, 0).shape().width();
                multiply(node, node, depth, 1, bias, 0, function, -1, 0);
            }
            case SquaredDistances _ -> {
                int depth = in(node, 0).shape().width();
                multiply(node, node, depth, 1, -1, 1, -1, -1, 0);
            }
            case Product _ -> {
                Node slope = fused.get(node);
                int width = node.shape().width();
                if (slope == null) {
                    multiply(node, node, 1, width, -1, 0, -1, -1, 0);
                } else {
                    Function function = ((FunctionSlope) slope.operation()).function();
                    int point = memory.at(in(slope, 1));
                    int code = RowKernel.code(function);
                    multiply(node, slope, 1, width, -1, 0, -1, code, point);
                }
            }
            case FunctionSlope(Function function) -> {
                if (fused.containsKey(in(node, 0))) {
                    return;
                }
                schedule.add(
                        node,
                        operand(
                                instruction(node, RowKernel.SLOPE + RowKernel.code(function)),
                                node));
            }
            case TransposedProduct _ -> sums.transposed(node);
            case DistanceCodeSlope _ -> sums.codeSlope(node);
            case GlobalNorm _ -> sums.norm(node);
            case Reduce reduce -> reduce(reduce, node);
            case Spread spread -> spread(spread, node);
            case Softmax _ -> softmax(node);
            case Concat _ -> concat(node);
            default -> schedule.add(node, instruction(node));
        }
    }

    /** The operations that are one instruction and need nothing more. */
    private Instruction instruction(Node node) {
        return switch (node.operation()) {
            case Function f ->
                    operand(instruction(node, RowKernel.FUNCTION + RowKernel.code(f)), node);
            case Affine(double scale, double offset) ->
                    operand(instruction(node, AFFINE), node).numbers(scale, offset);
            case Clamp(double low, double high) ->
                    operand(instruction(node, RowKernel.CLAMP), node).numbers(low, high);
            case ClampSlope(double low, double high) ->
                    operand(instruction(node, RowKernel.CLAMP_SLOPE), node).numbers(low, high);
            case Binary binary -> operand(instruction(node, RowKernel.code(binary)), node);
            case OneHot _ -> operand(instruction(node, RowKernel.ONE_HOT), node);
            case ArgMin _ -> gather(node, RowKernel.ARG_MIN);
            case RowMax _ -> gather(node, RowKernel.MAX);
            case Slice(int from, int _) ->
                    instruction(node, COPY)
                            .a(memory.at(in(node, 0)) + from, in(node, 0).shape().width(), 1);
            case Place(int offset, int width) -> {
                int part = in(node, 0).shape().width();
                yield new Instruction(COPY, node.shape(), part, memory.add(node) + offset)
                        .apart(width)
                        .a(memory.at(in(node, 0)), part, 1);
            }
            case DistanceRowSlope _ -> {
                int codes = in(node, 0).shape().width();
                int width = node.shape().width();
                yield instruction(node, RowKernel.DISTANCE_SLOPE)
                        .a(memory.at(in(node, 0)), codes, 0)
                        .b(memory.at(in(node, 1)), width, 1)
                        .c(memory.at(in(node, 2)), 0)
                        .count(codes);
            }
            case CategoricalProjection(double low, double high) ->
                    instruction(node, RowKernel.PROJECT)
                            .a(memory.at(in(node, 0)), node.shape().width(), 0)
                            .b(memory.at(in(node, 1)), 1, 0)
                            .c(memory.at(in(node, 2)), 1)
                            .numbers(low, high);
            case Draw(Draw.Law law, long seed, int stream, int _) ->
                    instruction(
                                    node,
                                    law == Draw.Law.UNIFORM ? RowKernel.UNIFORM : RowKernel.NORMAL)
                            .a(memory.at(in(node, 0)), 0, 0)
                            .numbers(1, Double.NaN)
                            .random(seed, stream);
            default -> throw new IllegalStateException(node + " is no operation on rows");
        };
    }

    private Instruction instruction(Node node, int operation) {
        return new Instruction(operation, node.shape(), node.shape().width(), memory.add(node));
    }

    /** Both operands, each standing for what it is spread over. */
    private Instruction operand(Instruction instruction, Node node) {
        Node a = in(node, 0);
        instruction.a(memory.at(a), rowStep(a), columnStep(a, node));
        if (node.inputs().size() > 1) {
            Node b = in(node, 1);
            instruction.b(memory.at(b), rowStep(b), columnStep(b, node));
        }
        return instruction;
    }

    private static int rowStep(Node operand) {
        return operand.shape().rank() == 2 ? operand.shape().width() : 0;
    }

    private static int columnStep(Node operand, Node result) {
        return operand.shape().width() == 1 && result.shape().width() > 1 ? 0 : 1;
    }

    private Instruction gather(Node node, int operation) {
        int width = in(node, 0).shape().width();
        return instruction(node, operation)
                .a(memory.at(in(node, 0)), width, 0)
                .step(1)
                .count(width);
    }

    private void leaf(Leaf leaf, Node node) {
        switch (leaf) {
            case Leaf.Input(String _, int width) ->
                    schedule.add(node, instruction(node, LOAD).a(inputs.get(node), width, 1));
            case Leaf.Scalar _ ->
                    schedule.add(node, instruction(node, LOAD).a(inputs.get(node), 0, 0));
            case Leaf.Constant(double value) -> memory.add(node, (float) value);
            case Leaf.Range range -> {
                float[] numbers = new float[range.count()];
                for (int i = 0; i < numbers.length; i++) {
                    numbers[i] = (float) range.at(i);
                }
                memory.add(node, numbers);
            }
            case Leaf.Parameter _ -> {}
        }
    }

    private void alias(Node node, Node of) {
        memory.alias(node, of);
        schedule.alias(node, of);
    }

    private void concat(Node node) {
        memory.add(node);
        int offset = memory.at(node);
        int width = node.shape().width();
        for (Node part : node.inputs()) {
            int columns = part.shape().width();
            schedule.add(
                    node,
                    new Instruction(COPY, node.shape(), columns, offset)
                            .apart(width)
                            .a(memory.at(part), columns, 1));
            offset += columns;
        }
    }

    private void softmax(Node node) {
        Node x = in(node, 0);
        Shape shape = node.shape();
        int width = shape.width();
        Shape column = new Shape(2, shape.batch(), shape.height(), 1);
        int y = memory.add(node);
        int total = memory.add(column);
        Instruction largest = new Instruction(RowKernel.MAX, shape, 1, total);
        schedule.add(node, largest.a(memory.at(x), width, 0).step(1).count(width));
        Instruction below = new Instruction(RowKernel.code(Binary.MINUS), shape, width, y);
        schedule.add(node, below.a(memory.at(x), width, 1).b(total, 1, 0));
        int exp = RowKernel.FUNCTION + RowKernel.code(Function.EXP);
        schedule.add(node, new Instruction(exp, shape, width, y).a(y, width, 1));
        schedule.add(
                node, new Instruction(SUM, shape, 1, total).a(y, width, 0).step(1).count(width));
        Instruction shares = new Instruction(RowKernel.code(Binary.OVER), shape, width, y);
        schedule.add(node, shares.a(y, width, 1).b(total, 1, 0));
    }

    private void spread(Spread spread, Node node) {
        Node x = in(node, 0);
        Shape shape = node.shape();
        int place = memory.at(x);
        boolean fixed = !shape.batch();
        switch (spread.over()) {
            case COLUMNS ->
                    schedule.add(
                            node,
                            instruction(node, AFFINE)
                                    .a(place, 1, 0)
                                    .numbers(spread.mean() ? 1.0 / shape.width() : 1, 0));
            case GROUPS ->
                    schedule.add(
                            node,
                            instruction(node, AFFINE)
                                    .a(place, shape.width(), 1)
                                    .shared(shape.height())
                                    .numbers(spread.mean() ? 1.0 / shape.height() : 1, 0));
            case ROWS, ENTRIES -> {
                boolean entries = spread.over() == Reduce.Over.ENTRIES;
                double share = 1.0 / shape.height() / (entries ? shape.width() : 1);
                schedule.add(
                        node,
                        instruction(node, spread.mean() && !fixed ? MEAN : AFFINE)
                                .a(place, 0, entries ? 0 : 1)
                                .numbers(spread.mean() ? share : 1, 0));
            }
        }
    }

    private void reduce(Reduce reduce, Node node) {
        Node x = in(node, 0);
        Shape shape = x.shape();
        int width = shape.width();
        boolean mean = reduce.mean();
        switch (reduce.over()) {
            case COLUMNS ->
                    schedule.add(node, gather(node, SUM).numbers(mean ? 1.0 / width : 1, 0));
            case GROUPS -> {
                int group = shape.height();
                schedule.add(
                        node,
                        instruction(node, SUM)
                                .a(memory.at(x), group * width, 1)
                                .step(width)
                                .count(group)
                                .numbers(mean ? 1.0 / group : 1, 0));
            }
            case ROWS -> {
                double scale = mean ? 1.0 / shape.height() : 1;
                memory.add(node);
                sums.sum(node, x, TableKernels.PLAIN, false, scale, mean && shape.batch());
            }
            case ENTRIES -> {
                double scale = mean ? 1.0 / shape.height() / width : 1;
                memory.add(node);
                sums.sum(node, x, TableKernels.PLAIN, true, scale, mean && shape.batch());
            }
        }
    }

    /** Adds a matrix product of node, whose value is that of result. */
    private void multiply(
            Node node,
            Node result,
            int wColumn,
            int wDepth,
            int start,
            int squared,
            int function,
            int slope,
            int point) {
        Node x = in(node, 0);
        memory.add(result);
        int[] fields = new int[MatrixKernels.PRODUCT_FIELDS];
        fields[MatrixKernels.FIXED_ROWS] = Schedule.fixedRows(x.shape());
        fields[MatrixKernels.PER_SAMPLE] = x.shape().height();
        fields[MatrixKernels.X] = memory.at(x);
        fields[MatrixKernels.DEPTH] = x.shape().width();
        fields[MatrixKernels.W] = memory.at(in(node, 1));
        fields[MatrixKernels.W_COLUMN] = wColumn;
        fields[MatrixKernels.W_DEPTH] = wDepth;
        fields[MatrixKernels.START] = start;
        fields[MatrixKernels.Y] = memory.at(result);
        fields[MatrixKernels.COLUMNS] = node.shape().width();
        fields[MatrixKernels.POINT] = point;
        schedule.made(
                result, schedule.append(new Launch.Product(fields, squared, function, slope)));
    }
}
