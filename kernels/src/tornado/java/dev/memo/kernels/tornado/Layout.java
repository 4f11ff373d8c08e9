package dev.memo.kernels.tornado;

import static dev.memo.kernels.tornado.RowKernel.AFFINE;
import static dev.memo.kernels.tornado.RowKernel.LOAD;
import static dev.memo.kernels.tornado.RowKernel.MEAN;
import static dev.memo.kernels.tornado.RowKernel.STORE;
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
import dev.memo.kernels.Optimiser;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A program laid out for a device: a place in memory per value, and the kernels to launch, in their
 * order. An operation joins the first launch of its kind that comes after all it reads, so that the
 * launches are few.
 *
 * <p>Memory begins with the parameters, each followed by its moments if the program minimises it;
 * then come the values, with as many rows as a run may have.
 */
final class Layout {
    /** From so many rows on a sum over rows is split among groups. */
    private static final int SPLIT_ROWS = 256;

    /** At most so many groups sum what one could. */
    private static final int MOST_SPLITS = 64;

    /** A value that is there from the start. */
    private static final int ALWAYS = -1;

    /** What the host writes before every run, at the beginning of the inputs. */
    private static final int SAMPLES = 1;

    private final Program program;
    private final int maxRows;
    private final BitSet needed;
    private final List<Work> works = new ArrayList<>();
    private final BitSet placed = new BitSet();
    private final int[] places;
    private final int[] makers;
    private final int[] readers;
    private final Map<Node, Node> fused = new HashMap<>();
    private final Map<Node, Integer> inputs = new HashMap<>();
    private final Map<String, Integer> outputs = new LinkedHashMap<>();
    private final Map<Integer, float[]> constants = new HashMap<>();
    private final int parameterEntries;
    private final int inputEntries;
    private int outputEntries;
    private long entries;

    Layout(Program program, int maxRows) {
        this.program = program;
        this.maxRows = maxRows;
        needed = program.needed();
        places = new int[program.nodes().size()];
        makers = new int[program.nodes().size()];
        readers = new int[program.nodes().size()];
        Arrays.fill(makers, ALWAYS);
        placeParameters();
        parameterEntries = (int) entries;
        inputEntries = placeInputs();
        countReaders();
        fuse();
        for (Node node : program.nodes()) {
            if (needed.get(node.index())) {
                place(node);
            }
        }
        program.outputs().forEach(this::store);
        Map<Program.Assignment, Integer> values = new LinkedHashMap<>();
        program.assignments().forEach(assignment -> values.put(assignment, before(assignment)));
        addSteps();
        addAssignments(values);
    }

    /** Where a needed node's value stands in memory. */
    int place(Node node, int row) {
        return places[node.index()] + row * node.shape().width();
    }

    /** Whether a node has a value of its own in memory. */
    boolean isPlaced(Node node) {
        return placed.get(node.index());
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

    List<Work> works() {
        return works;
    }

    /** Numbers that stand in memory from the start, by place. */
    Map<Integer, float[]> constants() {
        return constants;
    }

    int memoryEntries() {
        return (int) entries;
    }

    /** Those at the beginning of memory that hold parameters and their moments. */
    int parameterEntries() {
        return parameterEntries;
    }

    int inputEntries() {
        return inputEntries;
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
                places[node.index()] = newPlace(node.shape());
                if (trained.get(node.index())) {
                    newPlace(node.shape());
                    newPlace(node.shape());
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
                requireArray(next);
            }
        }
        return (int) next;
    }

    private int newPlace(Shape shape) {
        return newPlace((long) shape.rowsIn(maxRows) * shape.width());
    }

    private int newPlace(long count) {
        int place = (int) entries;
        entries += count;
        requireArray(entries);
        return place;
    }

    private void requireArray(long count) {
        if (count > Integer.MAX_VALUE / 2) {
            throw new IllegalArgumentException(
                    "program %s has more than %d entries with %d rows: too many for an array"
                            .formatted(program.name(), count, maxRows));
        }
    }

    private void countReaders() {
        for (Node node : program.nodes()) {
            if (needed.get(node.index())) {
                node.inputs().forEach(input -> readers[input.index()]++);
            }
        }
        program.outputs().values().forEach(node -> readers[node.index()]++);
        for (Program.Update update : program.updates()) {
            readers[update.gradient().index()]++;
            readers[update.learningRate().index()]++;
        }
        program.assignments().forEach(assignment -> readers[assignment.value().index()]++);
    }

    /** A product that only a slope reads is multiplied by it before it is written. */
    private void fuse() {
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

    private int at(Node node) {
        return places[node.index()];
    }

    private Node in(Node node, int input) {
        return node.inputs().get(input);
    }

    private void place(Node node) {
        switch (node.operation()) {
            case Leaf leaf -> leaf(leaf, node);
            case StopGradient _, Regroup _ -> alias(node, in(node, 0));
            case Linear(var activation) -> {
                int bias = node.inputs().size() == 3 ? at(in(node, 2)) : -1;
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
                    int point = at(in(slope, 1));
                    int code = RowKernel.code(function);
                    multiply(node, slope, 1, width, -1, 0, -1, code, point);
                }
            }
            case FunctionSlope(Function function) -> {
                if (fused.containsKey(in(node, 0))) {
                    return;
                }
                add(
                        node,
                        operand(
                                instruction(node, RowKernel.SLOPE + RowKernel.code(function)),
                                node));
            }
            case TransposedProduct _ -> transposed(node);
            case DistanceCodeSlope _ -> codeSlope(node);
            case GlobalNorm _ -> norm(node);
            case Reduce reduce -> reduce(reduce, node);
            case Spread spread -> spread(spread, node);
            case Softmax _ -> softmax(node);
            case Concat _ -> concat(node);
            default -> add(node, instruction(node));
        }
    }

    /** The operations that are one instruction and need nothing more. */
    private Instruction instruction(Node node) {
        return switch (node.operation()) {
            case Function f -> operand(instruction(node, RowKernel.FUNCTION + RowKernel.code(f)), node);
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
                    instruction(node, AFFINE)
                            .a(at(in(node, 0)) + from, in(node, 0).shape().width(), 1);
            case Place(int offset, int width) -> {
                int part = in(node, 0).shape().width();
                yield new Instruction(AFFINE, node.shape(), part, at(newValue(node)) + offset)
                        .apart(width)
                        .a(at(in(node, 0)), part, 1);
            }
            case DistanceRowSlope _ -> {
                int codes = in(node, 0).shape().width();
                int width = node.shape().width();
                yield instruction(node, RowKernel.DISTANCE_SLOPE)
                        .a(at(in(node, 0)), codes, 0)
                        .b(at(in(node, 1)), width, 1)
                        .c(at(in(node, 2)), 0)
                        .count(codes);
            }
            case CategoricalProjection(double low, double high) ->
                    instruction(node, RowKernel.PROJECT)
                            .a(at(in(node, 0)), node.shape().width(), 0)
                            .b(at(in(node, 1)), 1, 0)
                            .c(at(in(node, 2)), 1)
                            .numbers(low, high);
            case Draw(Draw.Law law, long seed, int stream, int _) ->
                    instruction(
                                    node,
                                    law == Draw.Law.UNIFORM ? RowKernel.UNIFORM : RowKernel.NORMAL)
                            .a(at(in(node, 0)), 0, 0)
                            .numbers(1, Double.NaN)
                            .random(seed, stream);
            default -> throw new IllegalStateException(node + " is no operation on rows");
        };
    }

    /** Gives a node's value a place. */
    private Node newValue(Node node) {
        places[node.index()] = newPlace(node.shape());
        placed.set(node.index());
        return node;
    }

    private Instruction instruction(Node node, int operation) {
        return new Instruction(operation, node.shape(), node.shape().width(), at(newValue(node)));
    }

    /** Both operands, each standing for what it is spread over. */
    private Instruction operand(Instruction instruction, Node node) {
        Node a = in(node, 0);
        instruction.a(at(a), rowStep(a), columnStep(a, node));
        if (node.inputs().size() > 1) {
            Node b = in(node, 1);
            instruction.b(at(b), rowStep(b), columnStep(b, node));
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
        return instruction(node, operation).a(at(in(node, 0)), width, 0).step(1).count(width);
    }

    private void leaf(Leaf leaf, Node node) {
        switch (leaf) {
            case Leaf.Input(String _, int width) ->
                    add(node, instruction(node, LOAD).a(inputs.get(node), width, 1));
            case Leaf.Scalar _ -> add(node, instruction(node, LOAD).a(inputs.get(node), 0, 0));
            case Leaf.Constant(double value) ->
                    constants.put(at(newValue(node)), new float[] {(float) value});
            case Leaf.Range range -> {
                float[] numbers = new float[range.count()];
                for (int i = 0; i < numbers.length; i++) {
                    numbers[i] = (float) range.at(i);
                }
                constants.put(at(newValue(node)), numbers);
            }
            case Leaf.Parameter _ -> {}
        }
    }

    private void alias(Node node, Node of) {
        places[node.index()] = at(of);
        makers[node.index()] = makers[of.index()];
    }

    private void concat(Node node) {
        newValue(node);
        int offset = at(node);
        int width = node.shape().width();
        for (Node part : node.inputs()) {
            int columns = part.shape().width();
            add(
                    node,
                    new Instruction(AFFINE, node.shape(), columns, offset)
                            .apart(width)
                            .a(at(part), columns, 1));
            offset += columns;
        }
    }

    private void softmax(Node node) {
        Node x = in(node, 0);
        Shape shape = node.shape();
        int width = shape.width();
        Shape column = new Shape(2, shape.batch(), shape.height(), 1);
        int y = at(newValue(node));
        int total = newPlace(column);
        Instruction largest = new Instruction(RowKernel.MAX, shape, 1, total);
        add(node, largest.a(at(x), width, 0).step(1).count(width));
        Instruction below = new Instruction(RowKernel.code(Binary.MINUS), shape, width, y);
        add(node, below.a(at(x), width, 1).b(total, 1, 0));
        int exp = RowKernel.FUNCTION + RowKernel.code(Function.EXP);
        add(node, new Instruction(exp, shape, width, y).a(y, width, 1));
        add(node, new Instruction(SUM, shape, 1, total).a(y, width, 0).step(1).count(width));
        Instruction shares = new Instruction(RowKernel.code(Binary.OVER), shape, width, y);
        add(node, shares.a(y, width, 1).b(total, 1, 0));
    }

    private void spread(Spread spread, Node node) {
        Node x = in(node, 0);
        Shape shape = node.shape();
        int place = at(x);
        boolean fixed = !shape.batch();
        switch (spread.over()) {
            case COLUMNS ->
                    add(
                            node,
                            instruction(node, AFFINE)
                                    .a(place, 1, 0)
                                    .numbers(spread.mean() ? 1.0 / shape.width() : 1, 0));
            case GROUPS ->
                    add(
                            node,
                            instruction(node, AFFINE)
                                    .a(place, shape.width(), 1)
                                    .shared(shape.height())
                                    .numbers(spread.mean() ? 1.0 / shape.height() : 1, 0));
            case ROWS, ENTRIES -> {
                boolean entries = spread.over() == Reduce.Over.ENTRIES;
                double share = 1.0 / shape.height() / (entries ? shape.width() : 1);
                add(
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
                    add(node, gather(node, SUM).numbers(mean ? 1.0 / width : 1, 0));
            case GROUPS -> {
                int group = shape.height();
                add(
                        node,
                        instruction(node, SUM)
                                .a(at(x), group * width, 1)
                                .step(width)
                                .count(group)
                                .numbers(mean ? 1.0 / group : 1, 0));
            }
            case ROWS -> {
                double scale = mean ? 1.0 / shape.height() : 1;
                newValue(node);
                sum(node, x, TableKernels.PLAIN, false, scale, mean && shape.batch());
            }
            case ENTRIES -> {
                double scale = mean ? 1.0 / shape.height() / width : 1;
                newValue(node);
                sum(node, x, TableKernels.PLAIN, true, scale, mean && shape.batch());
            }
        }
    }

    /** The fields of a sum over the rows of a value. */
    private int[] sum(Node x, int term, boolean flat, int splits, int out) {
        int[] fields = new int[TableKernels.SUM_FIELDS];
        fields[TableKernels.SOURCE] = at(x);
        fields[TableKernels.WIDTH] = x.shape().width();
        fields[TableKernels.FIXED_ROWS] = fixedRows(x.shape());
        fields[TableKernels.PER_SAMPLE] = x.shape().height();
        fields[TableKernels.SPLITS] = splits;
        fields[TableKernels.OUT] = out;
        fields[TableKernels.TERM] = term;
        fields[TableKernels.FLAT] = flat ? 1 : 0;
        return fields;
    }

    /** The fields of the sum over so many rows that splits have left. */
    private static int[] sumOfSplits(int source, int splits, int width, int out) {
        int[] fields = new int[TableKernels.SUM_FIELDS];
        fields[TableKernels.SOURCE] = source;
        fields[TableKernels.WIDTH] = width;
        fields[TableKernels.FIXED_ROWS] = splits;
        fields[TableKernels.SPLITS] = 1;
        fields[TableKernels.OUT] = out;
        return fields;
    }

    private static int fixedRows(Shape shape) {
        return shape.batch() ? 0 : shape.height();
    }

    private static int columnBlocks(int width) {
        return (width + TableKernels.COLUMNS - 1) / TableKernels.COLUMNS;
    }

    private int splits(long rows) {
        return Math.clamp(rows / SPLIT_ROWS, 1, MOST_SPLITS);
    }

    /** Adds up rows, or all entries if flat. */
    private void sum(Node node, Node x, int term, boolean flat, double scale, boolean bySamples) {
        int width = flat ? TableKernels.COLUMNS : x.shape().width();
        long rows = (long) x.shape().rowsIn(maxRows) * x.shape().width() / width;
        int splits = splits(rows);
        int out = splits == 1 ? at(node) : newPlace((long) splits * width);
        int[] all = sum(x, term, flat, splits, out);
        int[] last = splits == 1 ? all : sumOfSplits(out, splits, width, at(node));
        last[TableKernels.ACROSS] = flat ? 1 : 0;
        last[TableKernels.BY_SAMPLES] = bySamples ? 1 : 0;
        int maker = after(node);
        if (splits > 1) {
            maker = addSum(maker, all, columnBlocks(width) * splits, 1) + 1;
        }
        makers[node.index()] = addSum(maker, last, columnBlocks(width), scale);
    }

    private void codeSlope(Node node) {
        Node dy = in(node, 0);
        Node x = in(node, 1);
        int width = x.shape().width();
        int codes = dy.shape().width();
        newValue(node);
        int splits = splits(x.shape().rowsIn(maxRows));
        int maker = after(node);
        int last = maker;
        for (int c = 0; c < codes; c++) {
            int target = at(node) + c * width;
            int out = splits == 1 ? target : newPlace((long) splits * width);
            int[] fields = sum(x, TableKernels.WEIGHTED, false, splits, out);
            fields[TableKernels.WEIGHT] = at(dy) + c;
            fields[TableKernels.WEIGHT_WIDTH] = codes;
            fields[TableKernels.CODE] = at(in(node, 2)) + c * width;
            int parts = columnBlocks(width) * splits;
            last = addSum(maker, fields, parts, splits == 1 ? -2 : 1);
            if (splits > 1) {
                int[] rest = sumOfSplits(out, splits, width, target);
                last = addSum(last + 1, rest, columnBlocks(width), -2);
            }
        }
        makers[node.index()] = last;
    }

    private void norm(Node node) {
        newValue(node);
        List<Integer> splits = new ArrayList<>();
        for (Node tensor : node.inputs()) {
            long rows = (long) tensor.shape().height() * tensor.shape().width();
            splits.add(splits(rows / TableKernels.COLUMNS));
        }
        int all = splits.stream().mapToInt(Integer::intValue).sum();
        int width = TableKernels.COLUMNS;
        int partial = newPlace((long) all * width);
        int maker = after(node);
        int out = partial;
        int first = maker;
        for (int i = 0; i < splits.size(); i++) {
            int count = splits.get(i);
            int[] fields = sum(in(node, i), TableKernels.SQUARE, true, count, out);
            first = addSum(maker, fields, count, 1);
            out += count * width;
        }
        int[] last = sumOfSplits(partial, all, width, at(node));
        last[TableKernels.ACROSS] = 1;
        last[TableKernels.ROOT] = 1;
        makers[node.index()] = addSum(first + 1, last, 1, 1);
    }

    private void transposed(Node node) {
        Node a = in(node, 0);
        Node b = in(node, 1);
        int height = node.shape().height();
        int width = node.shape().width();
        int tiles = Math.ceilDiv(height, MatrixKernels.TILE) * Math.ceilDiv(width, MatrixKernels.TILE);
        int splits = Math.min(splits(a.shape().rowsIn(maxRows)), Math.max(1, MOST_SPLITS / tiles));
        newValue(node);
        int out = splits == 1 ? at(node) : newPlace((long) splits * height * width);
        int[] fields = new int[MatrixKernels.TRANSPOSED_FIELDS];
        fields[MatrixKernels.FIXED_ROWS] = fixedRows(a.shape());
        fields[MatrixKernels.PER_SAMPLE] = a.shape().height();
        fields[MatrixKernels.A] = at(a);
        fields[MatrixKernels.HEIGHT] = height;
        fields[MatrixKernels.B] = at(b);
        fields[MatrixKernels.WIDTH] = width;
        fields[MatrixKernels.SUM] = out;
        fields[MatrixKernels.SPLITS] = splits;
        makers[node.index()] = append(new Work.Transposed(fields));
        if (splits > 1) {
            int[] rest = sumOfSplits(out, splits, height * width, at(node));
            makers[node.index()] =
                    addSum(works.size(), rest, columnBlocks(height * width), 1);
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
        newValue(result);
        int[] fields = new int[MatrixKernels.PRODUCT_FIELDS];
        fields[MatrixKernels.FIXED_ROWS] = fixedRows(x.shape());
        fields[MatrixKernels.PER_SAMPLE] = x.shape().height();
        fields[MatrixKernels.X] = at(x);
        fields[MatrixKernels.DEPTH] = x.shape().width();
        fields[MatrixKernels.W] = at(in(node, 1));
        fields[MatrixKernels.W_COLUMN] = wColumn;
        fields[MatrixKernels.W_DEPTH] = wDepth;
        fields[MatrixKernels.START] = start;
        fields[MatrixKernels.Y] = at(result);
        fields[MatrixKernels.COLUMNS] = node.shape().width();
        fields[MatrixKernels.POINT] = point;
        makers[result.index()] = append(new Work.Product(fields, squared, function, slope));
    }

    private int append(Work work) {
        works.add(work);
        return works.size() - 1;
    }

    /** The first work that may read all inputs of a node, whatever kind it is. */
    private int after(Node node) {
        int after = 0;
        for (Node input : node.inputs()) {
            after = Math.max(after, makers[input.index()] + 1);
        }
        return after;
    }

    /** Adds a sum to the first such work from an index on. */
    private int addSum(int from, int[] fields, int parts, double scale) {
        for (int i = from; i < works.size(); i++) {
            if (works.get(i) instanceof Work.Sums sums) {
                sums.add(fields, parts, (float) scale);
                return i;
            }
        }
        Work.Sums sums = new Work.Sums();
        sums.add(fields, parts, (float) scale);
        return append(sums);
    }

    /** Adds an instruction to the first work on the same rows that may read all it reads. */
    private void add(Node node, Instruction instruction) {
        int from = Math.max(0, makers[node.index()]);
        for (Node input : node.inputs()) {
            from = Math.max(from, readableOnRows(input, fixedRows(node.shape())));
        }
        makers[node.index()] = addOnRows(from, fixedRows(node.shape()), instruction);
    }

    /** A work on the same rows may read what it has made itself; others must wait for its end. */
    private int readableOnRows(Node input, int rows) {
        int maker = makers[input.index()];
        boolean same =
                maker >= 0
                        && fixedRows(input.shape()) == rows
                        && works.get(maker) instanceof Work.OnRows;
        return same ? maker : maker + 1;
    }

    private int addOnRows(int from, int rows, Instruction instruction) {
        for (int i = from; i < works.size(); i++) {
            if (works.get(i) instanceof Work.OnRows onRows && onRows.fixedRows() == rows) {
                onRows.add(instruction);
                return i;
            }
        }
        Work.OnRows onRows = new Work.OnRows(rows);
        onRows.add(instruction);
        return append(onRows);
    }

    private void store(String name, Node node) {
        Shape shape = node.shape();
        int rows = fixedRows(shape);
        outputs.put(name, outputEntries);
        Instruction copy = new Instruction(STORE, shape, shape.width(), outputEntries);
        long size = (long) shape.rowsIn(maxRows) * shape.width();
        requireArray(outputEntries + size);
        outputEntries += (int) size;
        addOnRows(
                Math.max(0, readableOnRows(node, rows)),
                rows,
                copy.a(at(node), shape.width(), 1));
    }

    /** Where an assigned value stands once all values are known, whatever is changed then. */
    private int before(Program.Assignment assignment) {
        Node value = assignment.value();
        Node root = value;
        while (root.operation() instanceof StopGradient) {
            root = root.inputs().getFirst();
        }
        if (!(root.operation() instanceof Leaf.Parameter)) {
            return at(value);
        }
        Shape shape = value.shape();
        int copy = newPlace(shape);
        addOnRows(
                0,
                fixedRows(shape),
                new Instruction(AFFINE, shape, shape.width(), copy)
                        .a(at(value), shape.width(), 1));
        return copy;
    }

    private void addSteps() {
        if (program.updates().isEmpty()) {
            return;
        }
        Work.Steps steps = new Work.Steps();
        for (int i = 0; i < program.updates().size(); i++) {
            Program.Update update = program.updates().get(i);
            Optimiser optimiser = update.optimiser();
            boolean clips = optimiser.maxNorm() < Double.POSITIVE_INFINITY;
            Shape shape = update.parameter().shape();
            int size = shape.height() * shape.width();
            int[] fields = new int[TableKernels.STEP_FIELDS];
            fields[TableKernels.PARAMETER] = at(update.parameter());
            fields[TableKernels.FIRST] = at(update.parameter()) + size;
            fields[TableKernels.SECOND] = at(update.parameter()) + 2 * size;
            fields[TableKernels.GRADIENT] = at(update.gradient());
            fields[TableKernels.SIZE] = size;
            fields[TableKernels.LEARNING_RATE] = at(update.learningRate());
            fields[TableKernels.NORM] = clips ? at(update.norm()) : -1;
            fields[TableKernels.FACTORS] = factors(i);
            fields[TableKernels.BELIEF] =
                    optimiser.rule() instanceof Optimiser.AdaBelief ? 1 : 0;
            float[] numbers = new float[TableKernels.STEP_NUMBERS];
            numbers[TableKernels.SHARE_1] = (float) (1 - optimiser.rule().beta1());
            numbers[TableKernels.BETA_2] = (float) optimiser.rule().beta2();
            numbers[TableKernels.SHARE_2] = (float) (1 - optimiser.rule().beta2());
            numbers[TableKernels.EPSILON] = (float) optimiser.rule().epsilon();
            numbers[TableKernels.KEEP] = (float) (1 - optimiser.weightDecay());
            numbers[TableKernels.MAX_NORM] = (float) optimiser.maxNorm();
            steps.add(fields, Math.ceilDiv(size, TableKernels.ENTRIES), numbers);
        }
        append(steps);
    }

    private void addAssignments(Map<Program.Assignment, Integer> values) {
        int from = works.size();
        values.forEach(
                (assignment, place) -> {
                    Shape shape = assignment.parameter().shape();
                    addOnRows(
                            from,
                            fixedRows(shape),
                            new Instruction(
                                            AFFINE,
                                            shape,
                                            shape.width(),
                                            at(assignment.parameter()))
                                    .a(place, shape.width(), 1));
                });
    }
}
