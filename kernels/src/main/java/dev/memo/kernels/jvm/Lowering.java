package dev.memo.kernels.jvm;

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
import java.util.List;

/** Which kernel does which operation. */
final class Lowering {
    private final Buffer[] buffers;
    private final Buffer[] bindings;
    private final JvmParameters parameters;
    private final int maxRows;

    /**
     * @param buffers by a node's index, filled before its operation is asked for
     * @param bindings by an input's index
     */
    Lowering(Buffer[] buffers, Buffer[] bindings, JvmParameters parameters, int maxRows) {
        this.buffers = buffers;
        this.bindings = bindings;
        this.parameters = parameters;
        this.maxRows = maxRows;
    }

    private Buffer in(Node node, int input) {
        return buffers[node.inputs().get(input).index()];
    }

    private Buffer out(Node node) {
        return buffers[node.index()];
    }

    /** The work of an operation that adds up rows; null for others. */
    Parts sum(Node node) {
        Buffer y = out(node);
        if (node.operation() instanceof GlobalNorm) {
            return new Sums.Norm(
                    node.inputs().stream().map(input -> out(input).data).toList(),
                    node.inputs().stream().mapToInt(Lowering::size).toArray(),
                    y);
        }
        if (node.inputs().isEmpty()) {
            return null;
        }
        Shape shape = node.inputs().getFirst().shape();
        int fixedRows = shape.batch() ? 0 : shape.height();
        int blocks = Lanes.blocks(shape.rowsIn(maxRows));
        return switch (node.operation()) {
            case Reduce(Reduce.Over over, boolean mean) when over == Reduce.Over.ENTRIES ->
                    new Sums.Entries(
                            in(node, 0), y, mean, fixedRows, new float[blocks * Lanes.VIRTUAL]);
            case Reduce(Reduce.Over over, boolean mean) when over == Reduce.Over.ROWS ->
                    new Sums.Columns(
                            in(node, 0),
                            y,
                            mean,
                            fixedRows,
                            new float[blocks * Lanes.roundUp(shape.width())]);
            case TransposedProduct _ ->
                    new MatrixProducts.Transposed(in(node, 0), in(node, 1), y, fixedRows);
            case DistanceCodeSlope _ ->
                    new Distances.CodeSlope(in(node, 0), in(node, 1), in(node, 2), y, fixedRows);
            default -> null;
        };
    }

    private static int size(Node node) {
        return node.shape().height() * node.shape().width();
    }

    /** The packed matrix that an operation multiplies with; null for others. */
    Packing packing(Node node) {
        return switch (node.operation()) {
            case Linear _ -> {
                Variable bias = node.inputs().size() == 3 ? variable(node.inputs().get(2)) : null;
                yield packing(node, bias, true);
            }
            case SquaredDistances _ -> packing(node, null, true);
            case Product _ -> packing(node, null, false);
            default -> null;
        };
    }

    private Packing packing(Node node, Variable start, boolean transposed) {
        int depth = node.inputs().getFirst().shape().width();
        Variable matrix = variable(node.inputs().get(1));
        return new Packing(matrix, start, transposed, depth, node.shape().width());
    }

    private Variable variable(Node node) {
        return node.operation() instanceof Leaf.Parameter leaf
                ? new Variable.Kept(parameters.weights(leaf))
                : new Variable.Computed(out(node).data);
    }

    /** The kernels of an operation on rows, in their order; none where there is nothing to do. */
    List<RowKernel> kernels(Node node, Packing packing) {
        RowKernel kernel = kernel(node, packing);
        if (kernel == null) {
            return List.of();
        }
        if (node.operation() instanceof Linear(var activation)
                && activation.function().isPresent()) {
            Buffer y = out(node);
            return List.of(kernel, Functions.value(activation.function().get(), y, y));
        }
        return List.of(kernel);
    }

    private RowKernel kernel(Node node, Packing packing) {
        Buffer y = out(node);
        return switch (node.operation()) {
            case Leaf leaf -> leaf(leaf, node, y);
            case Function f -> Functions.value(f, in(node, 0), y);
            case FunctionSlope(Function f) -> slope(f, in(node, 0), in(node, 1), y);
            case Affine(double scale, double offset) -> {
                Buffer x = in(node, 0);
                yield (from, to, _, _) ->
                        Functions.affine(
                                (float) scale,
                                (float) offset,
                                x.data,
                                x.at(from),
                                y.data,
                                y.at(from),
                                y.flat(from, to));
            }
            case Clamp(double low, double high) -> {
                Buffer x = in(node, 0);
                yield (from, to, _, _) ->
                        Functions.clamp(
                                (float) low,
                                (float) high,
                                x.data,
                                x.at(from),
                                y.data,
                                y.at(from),
                                y.flat(from, to));
            }
            case ClampSlope(double low, double high) ->
                    clampSlope(low, high, in(node, 0), in(node, 1), y);
            case Binary binary -> {
                Shape a = node.inputs().getFirst().shape();
                Shape b = node.inputs().getLast().shape();
                yield Broadcast.kernel(binary, a, in(node, 0), b, in(node, 1), y);
            }
            case Linear _, Product _ -> product(false, in(node, 0), packing, y);
            case SquaredDistances _ -> product(true, in(node, 0), packing, y);
            case DistanceRowSlope _ -> {
                Buffer dy = in(node, 0);
                Buffer x = in(node, 1);
                Buffer codes = in(node, 2);
                yield (from, to, _, _) -> Distances.rowSlope(dy, x, codes, y, from, to);
            }
            case ArgMin _ -> {
                Buffer x = in(node, 0);
                yield (from, to, _, _) -> Rows.argMin(x, y, from, to);
            }
            case OneHot _ -> {
                Buffer x = in(node, 0);
                yield (from, to, _, _) -> Rows.oneHot(x, y, from, to);
            }
            case Softmax _ -> softmax(in(node, 0), y);
            case RowMax _ -> {
                Buffer x = in(node, 0);
                yield (from, to, _, _) -> Rows.max(x, y, from, to);
            }
            case CategoricalProjection(double low, double high) -> {
                Buffer p = in(node, 0);
                Buffer reward = in(node, 1);
                Buffer discount = in(node, 2);
                yield (from, to, _, _) ->
                        Projection.project(p, reward, discount, low, high, y, from, to);
            }
            case Draw draw -> Draws.kernel(draw, in(node, 0), y, maxRows);
            case Concat _ -> concat(node, y);
            case Slice(int first, int last) -> {
                Buffer x = in(node, 0);
                yield (from, to, _, _) -> Rows.columns(x, first, y, 0, last - first, from, to);
            }
            case Place(int offset, int _) -> {
                Buffer x = in(node, 0);
                yield (from, to, _, _) -> Rows.columns(x, 0, y, offset, x.width, from, to);
            }
            case Reduce(Reduce.Over over, boolean mean) when over == Reduce.Over.GROUPS -> {
                Buffer x = in(node, 0);
                int group = node.inputs().getFirst().shape().height();
                yield (from, to, _, _) -> Groups.sums(group, mean, x, y, from, to);
            }
            case Reduce(Reduce.Over _, boolean mean) -> {
                Buffer x = in(node, 0);
                float share = mean ? 1f / x.width : 1;
                yield (from, to, _, _) -> Rows.sums(share, x, y, from, to);
            }
            case Spread spread -> spread(spread, node, y);
            case StopGradient _, Regroup _ -> null;
            case TransposedProduct _, DistanceCodeSlope _, GlobalNorm _ ->
                    throw new IllegalStateException(node + " is a sum over rows");
        };
    }

    private RowKernel leaf(Leaf leaf, Node node, Buffer y) {
        Buffer binding = bindings[node.index()];
        if (binding != null && binding != y) {
            return (from, to, _, _) -> Rows.columns(binding, 0, y, 0, y.width, from, to);
        }
        if (leaf instanceof Leaf.Constant(double value)) {
            y.data[0] = (float) value;
        }
        if (leaf instanceof Leaf.Range range) {
            for (int i = 0; i < range.count(); i++) {
                y.data[i] = (float) range.at(i);
            }
        }
        return null;
    }

    private static RowKernel slope(Function f, Buffer dy, Buffer point, Buffer dx) {
        Functions.Slope kernel = Functions.slope(f);
        return (from, to, _, _) ->
                kernel.apply(
                        dy.data,
                        dy.at(from),
                        point.data,
                        point.at(from),
                        dx.data,
                        dx.at(from),
                        dx.flat(from, to));
    }

    private static RowKernel clampSlope(double low, double high, Buffer dy, Buffer x, Buffer dx) {
        return (from, to, _, _) ->
                Functions.clampSlope(
                        (float) low,
                        (float) high,
                        dy.data,
                        dy.at(from),
                        x.data,
                        x.at(from),
                        dx.data,
                        dx.at(from),
                        dx.flat(from, to));
    }

    private static RowKernel product(boolean distances, Buffer x, Packing packing, Buffer y) {
        return (from, to, _, scratch) ->
                MatrixProducts.rows(distances, x, packing, y, from, to, scratch);
    }

    /**
     * Three passes, called so that C2 inlines none into another: inside a larger method it may stop
     * keeping the vectors of exp in registers.
     */
    private static RowKernel softmax(Buffer x, Buffer y) {
        RowKernel[] passes = {
            (from, to, _, _) -> Rows.belowMax(x, y, from, to),
            (from, to, _, _) ->
                    Functions.exp(y.data, y.at(from), y.data, y.at(from), y.flat(from, to)),
            (from, to, _, _) -> Rows.shares(y, from, to)
        };
        return (from, to, rows, scratch) -> {
            for (RowKernel pass : passes) {
                pass.run(from, to, rows, scratch);
            }
        };
    }

    private RowKernel concat(Node node, Buffer y) {
        Buffer[] parts = new Buffer[node.inputs().size()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = in(node, i);
        }
        return (from, to, _, _) -> {
            int offset = 0;
            for (Buffer x : parts) {
                Rows.columns(x, 0, y, offset, x.width, from, to);
                offset += x.width;
            }
        };
    }

    private RowKernel spread(Spread spread, Node node, Buffer y) {
        Buffer x = in(node, 0);
        boolean mean = spread.mean();
        return switch (spread.over()) {
            case COLUMNS -> {
                float share = mean ? 1f / y.width : 1;
                yield (from, to, _, _) -> Rows.spreadColumn(share, x, y, from, to);
            }
            case GROUPS -> {
                int group = node.shape().height();
                yield (from, to, _, _) -> Groups.repeat(group, mean, x, y, from, to);
            }
            case ROWS ->
                    (from, to, rows, _) -> Rows.spreadRow(mean ? 1f / rows : 1, x, y, from, to);
            case ENTRIES ->
                    (from, to, rows, _) -> {
                        float share = mean ? 1 / ((float) rows * y.width) : 1;
                        Rows.fill(share * x.data[0], y, from, to);
                    };
        };
    }
}
