package dev.memo.kernels.tornado;

import dev.memo.kernels.Node;
import java.util.ArrayList;
import java.util.List;

/** Sums over rows, laid out: those of many rows are split among groups and added up after. */
final class SumLowering {
    /** From so many rows on a sum over rows is split among groups. */
    private static final int SPLIT_ROWS = 256;

    /** At most so many groups sum what one could. */
    private static final int MOST_SPLITS = 64;

    private final Memory memory;
    private final Schedule schedule;

    SumLowering(Memory memory, Schedule schedule) {
        this.memory = memory;
        this.schedule = schedule;
    }

    /** The fields of a sum over the rows of a value. */
    private int[] fields(Node x, int term, boolean flat, int splits, int out) {
        int[] fields = new int[TableKernels.SUM_FIELDS];
        fields[TableKernels.SOURCE] = memory.at(x);
        fields[TableKernels.WIDTH] = x.shape().width();
        fields[TableKernels.FIXED_ROWS] = Schedule.fixedRows(x.shape());
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

    private static int columnBlocks(int width) {
        return (width + TableKernels.COLUMNS - 1) / TableKernels.COLUMNS;
    }

    private int splits(long rows) {
        return Math.clamp(rows / SPLIT_ROWS, 1, MOST_SPLITS);
    }

    /** Adds up rows, or all entries if flat. */
    void sum(Node node, Node x, int term, boolean flat, double scale, boolean bySamples) {
        int width = flat ? TableKernels.COLUMNS : x.shape().width();
        long rows = (long) memory.rowsIn(x.shape()) * x.shape().width() / width;
        int splits = splits(rows);
        int out = splits == 1 ? memory.at(node) : memory.add((long) splits * width);
        int[] all = fields(x, term, flat, splits, out);
        int[] last = splits == 1 ? all : sumOfSplits(out, splits, width, memory.at(node));
        last[TableKernels.ACROSS] = flat ? 1 : 0;
        last[TableKernels.BY_SAMPLES] = bySamples ? 1 : 0;
        int maker = schedule.after(node);
        if (splits > 1) {
            maker = schedule.addSum(maker, all, columnBlocks(width) * splits, 1) + 1;
        }
        schedule.made(node, schedule.addSum(maker, last, columnBlocks(width), scale));
    }

    /** Adds {@link dev.memo.kernels.DistanceCodeSlope}. */
    void codeSlope(Node node) {
        Node dy = node.inputs().get(0);
        Node x = node.inputs().get(1);
        int width = x.shape().width();
        int codes = dy.shape().width();
        memory.add(node);
        int splits = splits(memory.rowsIn(x.shape()));
        int maker = schedule.after(node);
        int last = maker;
        for (int c = 0; c < codes; c++) {
            int target = memory.at(node) + c * width;
            int out = splits == 1 ? target : memory.add((long) splits * width);
            int[] fields = fields(x, TableKernels.WEIGHTED, false, splits, out);
            fields[TableKernels.WEIGHT] = memory.at(dy) + c;
            fields[TableKernels.WEIGHT_WIDTH] = codes;
            fields[TableKernels.CODE] = memory.at(node.inputs().get(2)) + c * width;
            int parts = columnBlocks(width) * splits;
            last = schedule.addSum(maker, fields, parts, splits == 1 ? -2 : 1);
            if (splits > 1) {
                int[] rest = sumOfSplits(out, splits, width, target);
                last = schedule.addSum(last + 1, rest, columnBlocks(width), -2);
            }
        }
        schedule.made(node, last);
    }

    /** Adds {@link dev.memo.kernels.GlobalNorm}. */
    void norm(Node node) {
        memory.add(node);
        List<Integer> splits = new ArrayList<>();
        for (Node tensor : node.inputs()) {
            long rows = (long) tensor.shape().height() * tensor.shape().width();
            splits.add(splits(rows / TableKernels.COLUMNS));
        }
        int all = splits.stream().mapToInt(Integer::intValue).sum();
        int width = TableKernels.COLUMNS;
        int partial = memory.add((long) all * width);
        int maker = schedule.after(node);
        int out = partial;
        int first = maker;
        for (int i = 0; i < splits.size(); i++) {
            int count = splits.get(i);
            int[] fields = fields(node.inputs().get(i), TableKernels.SQUARE, true, count, out);
            first = schedule.addSum(maker, fields, count, 1);
            out += count * width;
        }
        int[] last = sumOfSplits(partial, all, width, memory.at(node));
        last[TableKernels.ACROSS] = 1;
        last[TableKernels.ROOT] = 1;
        schedule.made(node, schedule.addSum(first + 1, last, 1, 1));
    }

    /** Adds {@link dev.memo.kernels.TransposedProduct}. */
    void transposed(Node node) {
        Node a = node.inputs().get(0);
        Node b = node.inputs().get(1);
        int height = node.shape().height();
        int width = node.shape().width();
        int tiles =
                Math.ceilDiv(height, MatrixKernels.TILE) * Math.ceilDiv(width, MatrixKernels.TILE);
        int splits = Math.min(splits(memory.rowsIn(a.shape())), Math.max(1, MOST_SPLITS / tiles));
        memory.add(node);
        int out = splits == 1 ? memory.at(node) : memory.add((long) splits * height * width);
        int[] fields = new int[MatrixKernels.TRANSPOSED_FIELDS];
        fields[MatrixKernels.FIXED_ROWS] = Schedule.fixedRows(a.shape());
        fields[MatrixKernels.PER_SAMPLE] = a.shape().height();
        fields[MatrixKernels.A] = memory.at(a);
        fields[MatrixKernels.HEIGHT] = height;
        fields[MatrixKernels.B] = memory.at(b);
        fields[MatrixKernels.WIDTH] = width;
        fields[MatrixKernels.SUM] = out;
        fields[MatrixKernels.SPLITS] = splits;
        schedule.made(node, schedule.append(new Launch.Transposed(fields)));
        if (splits > 1) {
            int[] rest = sumOfSplits(out, splits, height * width, memory.at(node));
            schedule.made(
                    node, schedule.addSum(schedule.end(), rest, columnBlocks(height * width), 1));
        }
    }
}
