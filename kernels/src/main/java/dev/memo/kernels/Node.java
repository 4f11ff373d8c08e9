package dev.memo.kernels;

import java.util.List;

/**
 * A value of a program: an operation and the nodes it reads. Programs are written as formulas over
 * nodes; every method adds a node to the program being built and refuses shapes that do not fit.
 *
 * <p>In arithmetic one side may be smaller than the other: a scalar, a [width] for every row, a
 * [rows][1] for every column.
 */
public final class Node {
    private final Program.Builder builder;
    private final int index;
    private final Operation operation;
    private final List<Node> inputs;
    private final Shape shape;

    Node(Program.Builder builder, int index, Operation operation, List<Node> inputs, Shape shape) {
        this.builder = builder;
        this.index = index;
        this.operation = operation;
        this.inputs = inputs;
        this.shape = shape;
    }

    /** Its place in {@link Program#nodes}; what a node reads stands before it. */
    public int index() {
        return index;
    }

    /** What it computes. */
    public Operation operation() {
        return operation;
    }

    /** What it reads, in the operation's order. */
    public List<Node> inputs() {
        return inputs;
    }

    /** The shape of its value. */
    public Shape shape() {
        return shape;
    }

    Program.Builder builder() {
        return builder;
    }

    /** A node of the same program; for the derivative rules of operations. */
    Node derived(Operation operation, Node... inputs) {
        return builder.add(operation, List.of(inputs));
    }

    private Node apply(Operation operation, Node... others) {
        Node[] all = new Node[others.length + 1];
        all[0] = this;
        System.arraycopy(others, 0, all, 1, others.length);
        return builder.add(operation, List.of(all));
    }

    /** This + other. */
    public Node plus(Node other) {
        return apply(Binary.PLUS, other);
    }

    /** This + a number. */
    public Node plus(double number) {
        return apply(new Affine(1, number));
    }

    /** This - other. */
    public Node minus(Node other) {
        return apply(Binary.MINUS, other);
    }

    /** This times other, entry by entry. */
    public Node times(Node other) {
        return apply(Binary.TIMES, other);
    }

    /** This times a number. */
    public Node times(double number) {
        return apply(new Affine(number, 0));
    }

    /** This divided by other, entry by entry. */
    public Node over(Node other) {
        return apply(Binary.OVER, other);
    }

    /** The smaller of this and other, entry by entry; where equal, the gradient comes here. */
    public Node min(Node other) {
        return apply(Binary.MIN, other);
    }

    /** The larger of this and other, entry by entry; where equal, the gradient comes here. */
    public Node max(Node other) {
        return apply(Binary.MAX, other);
    }

    /** 1 where this &lt;= other, else 0; no gradient passes. */
    public Node atMost(Node other) {
        return apply(Binary.AT_MOST, other);
    }

    /** -this. */
    public Node negate() {
        return times(-1);
    }

    /** A function of every entry. */
    public Node map(Function function) {
        return apply(function);
    }

    /** exp, entry by entry. */
    public Node exp() {
        return map(Function.EXP);
    }

    /** Natural logarithm, entry by entry. */
    public Node log() {
        return map(Function.LOG);
    }

    /** Square, entry by entry. */
    public Node square() {
        return map(Function.SQUARE);
    }

    /** Square root, entry by entry. */
    public Node sqrt() {
        return map(Function.SQRT);
    }

    /** 1 / this, entry by entry. */
    public Node reciprocal() {
        return map(Function.RECIPROCAL);
    }

    /** Hyperbolic tangent, entry by entry. */
    public Node tanh() {
        return map(Function.TANH);
    }

    /** 1 / (1 + exp(-this)), entry by entry, as (1 + tanh(this / 2)) / 2. */
    public Node sigmoid() {
        return times(0.5).tanh().apply(new Affine(0.5, 0.5));
    }

    /** log(1 + exp(this)), entry by entry. */
    public Node softplus() {
        return map(Function.SOFTPLUS);
    }

    /** Within [low, high]; no gradient passes outside. */
    public Node clamp(double low, double high) {
        return apply(new Clamp(low, high));
    }

    /** activation(this W^T + bias): [rows][K] with W [N][K], bias [N] to [rows][N]. */
    public Node linear(Node weight, Node bias, Activation activation) {
        return apply(new Linear(activation), weight, bias);
    }

    /** this W^T: [rows][K] with W [N][K] to [rows][N]. */
    public Node linear(Node weight) {
        return apply(new Linear(Activation.NONE), weight);
    }

    /** this M: [rows][K] with M [K][N] to [rows][N]; a one-hot row picks a row of M. */
    public Node product(Node matrix) {
        return apply(new Product(), matrix);
    }

    /** this^T other, summed over rows: [rows][N] with [rows][K] to [N][K]. */
    public Node transposedProduct(Node other) {
        return apply(new TransposedProduct(), other);
    }

    /** Squared distances of rows to codes: [rows][D] with [C][D] to [rows][C]. */
    public Node squaredDistances(Node codes) {
        return apply(new SquaredDistances(), codes);
    }

    /** The column of each row's smallest entry, the lowest of equal ones, as [rows][1]. */
    public Node argMin() {
        return apply(new ArgMin());
    }

    /** Indices [rows][1] as one-hot rows [rows][size]. */
    public Node oneHot(int size) {
        return apply(new OneHot(size));
    }

    /** Each row as probabilities. */
    public Node softmax() {
        return apply(new Softmax());
    }

    /** Each row's log(sum of exp(this)), [rows][1]; the row's largest entry is taken out first. */
    public Node logSumExp() {
        Node max = rowMax().stopGradient();
        return minus(max).exp().rowSum().log().plus(max);
    }

    /** log(softmax(this)), without the division of small numbers. */
    public Node logSoftmax() {
        Node below = minus(rowMax().stopGradient());
        return below.minus(below.exp().rowSum().log());
    }

    /** Each row normalised: (h - mean) / sqrt(var + 1e-5) gain + bias, var the biased variance. */
    public Node layerNorm(Node gain, Node bias) {
        Node centred = minus(rowMean());
        Node deviation = centred.square().rowMean().plus(LAYER_NORM_EPSILON).sqrt();
        return centred.over(deviation).times(gain).plus(bias);
    }

    /** Columns side by side. */
    public Node concat(Node... others) {
        return apply(new Concat(), others);
    }

    /** Columns from (inclusive) to (exclusive). */
    public Node slice(int from, int to) {
        return apply(new Slice(from, to));
    }

    /**
     * Each row cut into rows: [rows][T D] to [rows x T][D], the T rows of a sample one after the
     * other (the steps of a window, the actions sampled in a state).
     */
    public Node split(int parts) {
        return apply(new Regroup(shape.height() * parts));
    }

    /** The rows of each sample side by side: [rows x T][D] to [rows][T D]. */
    public Node join() {
        return apply(new Regroup(1));
    }

    /** The same row for each of a sample's rows: [rows][D] to [rows x T][D]. */
    public Node repeat(int times) {
        Shape repeated = Shape.rows(times, shape.width());
        return apply(new Spread(repeated, Reduce.Over.GROUPS, false));
    }

    /** The sum over the rows of each sample: [rows x T][D] to [rows][D]. */
    public Node groupSum() {
        return apply(new Reduce(Reduce.Over.GROUPS, false));
    }

    /** The mean over the rows of each sample: [rows x T][D] to [rows][D]. */
    public Node groupMean() {
        return apply(new Reduce(Reduce.Over.GROUPS, true));
    }

    /** The sum of all entries, a scalar. */
    public Node sum() {
        return apply(new Reduce(Reduce.Over.ENTRIES, false));
    }

    /** The mean of all entries, a scalar. */
    public Node mean() {
        return apply(new Reduce(Reduce.Over.ENTRIES, true));
    }

    /** Each row's sum, [rows][1]. */
    public Node rowSum() {
        return apply(new Reduce(Reduce.Over.COLUMNS, false));
    }

    /** Each row's mean, [rows][1]. */
    public Node rowMean() {
        return apply(new Reduce(Reduce.Over.COLUMNS, true));
    }

    /** Each row's largest entry, [rows][1]. */
    public Node rowMax() {
        return apply(new RowMax());
    }

    /** Each column's sum, [width]. */
    public Node columnSum() {
        return apply(new Reduce(Reduce.Over.ROWS, false));
    }

    /** Each column's mean, [width]. */
    public Node columnMean() {
        return apply(new Reduce(Reduce.Over.ROWS, true));
    }

    /** The same value, through which no gradient passes. */
    public Node stopGradient() {
        return apply(new StopGradient());
    }

    /**
     * The value of {@code quantised}, but its gradient comes here: this + sg(quantised - this) (van
     * den Oord et al. 2017).
     */
    public Node straightThrough(Node quantised) {
        return plus(quantised.minus(this).stopGradient());
    }

    /** PyTorch's default. */
    private static final double LAYER_NORM_EPSILON = 1e-5;

    /** "#7 linear [rows][64]", for messages. */
    @Override
    public String toString() {
        return "#" + index + " " + operation.label() + " " + shape;
    }
}
