package dev.memo.kernels.tornado;

import dev.memo.kernels.DistanceRowSlope;
import dev.memo.kernels.Node;
import dev.memo.kernels.Program;
import dev.memo.kernels.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The launches of a program in their order. An operation joins the first launch of its kind that
 * comes after all it reads, so that the launches are few.
 */
final class Schedule {
    /** A value that is there from the start. */
    private static final int ALWAYS = -1;

    private final List<Launch> launches = new ArrayList<>();
    private final int[] makers;

    Schedule(Program program) {
        makers = new int[program.nodes().size()];
        Arrays.fill(makers, ALWAYS);
    }

    List<Launch> launches() {
        return launches;
    }

    /** The index that the next work gets that joins none. */
    int end() {
        return launches.size();
    }

    /** A node's value is there after a work. */
    void made(Node node, int work) {
        makers[node.index()] = work;
    }

    /** A node's value is there when another one's is. */
    void alias(Node node, Node of) {
        makers[node.index()] = makers[of.index()];
    }

    /** Adds a work behind all others. */
    int append(Launch launch) {
        launches.add(launch);
        return launches.size() - 1;
    }

    /** The first work that may read all inputs of a node, whatever kind it is. */
    int after(Node node) {
        int after = 0;
        for (Node input : node.inputs()) {
            after = Math.max(after, makers[input.index()] + 1);
        }
        return after;
    }

    /** Adds a sum to the first such work from an index on. */
    int addSum(int from, int[] fields, int parts, double scale) {
        for (int i = from; i < launches.size(); i++) {
            if (launches.get(i) instanceof Launch.Sums sums) {
                sums.add(fields, parts, (float) scale);
                return i;
            }
        }
        Launch.Sums sums = new Launch.Sums();
        sums.add(fields, parts, (float) scale);
        return append(sums);
    }

    /** Adds an instruction to the first work on the same rows that may read all it reads. */
    void add(Node node, Instruction instruction) {
        int from = Math.max(0, makers[node.index()]);
        for (Node input : node.inputs()) {
            // The slope of distances reads all codes for every row.
            boolean all =
                    node.operation() instanceof DistanceRowSlope
                            && input == node.inputs().getLast();
            int readable =
                    all
                            ? makers[input.index()] + 1
                            : readableOnRows(input, fixedRows(node.shape()));
            from = Math.max(from, readable);
        }
        makers[node.index()] = addOnRows(from, fixedRows(node.shape()), instruction);
    }

    /** A work on the same rows may read what it has made itself; others must wait for its end. */
    int readableOnRows(Node input, int rows) {
        int maker = makers[input.index()];
        boolean same =
                maker >= 0
                        && fixedRows(input.shape()) == rows
                        && launches.get(maker) instanceof Launch.OnRows;
        return same ? maker : maker + 1;
    }

    /**
     * Adds an instruction to the first work on the same rows from an index on.
     *
     * @param rows fixed ones, or 0 for the samples of the run
     */
    int addOnRows(int from, int rows, Instruction instruction) {
        for (int i = from; i < launches.size(); i++) {
            if (launches.get(i) instanceof Launch.OnRows onRows && onRows.fixedRows() == rows) {
                onRows.add(instruction);
                return i;
            }
        }
        Launch.OnRows onRows = new Launch.OnRows(rows);
        onRows.add(instruction);
        return append(onRows);
    }

    /** The rows of a fixed shape; 0 for those of the run. */
    static int fixedRows(Shape shape) {
        return shape.batch() ? 0 : shape.height();
    }
}
