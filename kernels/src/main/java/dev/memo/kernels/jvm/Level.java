package dev.memo.kernels.jvm;

import dev.memo.base.ThreadTeam;
import dev.memo.kernels.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * What can be computed without waiting for a sum over rows. In this order: fixed values, packings
 * of fixed matrices, rows of the batch, sums over rows.
 */
final class Level {
    /** A kernel for a fixed value, with its number of rows. */
    private record Fixed(RowKernel kernel, int height) {}

    /** A sum over a batch whose samples have several rows. */
    private record SumOfSplit(int perSample, Parts sum) implements Parts {
        @Override
        public int count(int rows) {
            return sum.count(rows * perSample);
        }

        @Override
        public void run(int part, int rows, float[] scratch) {
            sum.run(part, rows * perSample, scratch);
        }

        @Override
        public void finish(int rows) {
            sum.finish(rows * perSample);
        }
    }

    private final List<Node> nodes = new ArrayList<>();
    private final List<Fixed> fixed = new ArrayList<>();
    private final List<Packing> packings = new ArrayList<>();
    private final List<RowKernel> rowKernels = new ArrayList<>();
    private final List<Parts> sums = new ArrayList<>();
    private int mostPerSample = 1;
    private float[] scratch;
    private PartsTask packingTask;
    private RowsTask rowsTask;
    private PartsTask sumsTask;

    void addNode(Node node) {
        nodes.add(node);
    }

    void addFixed(RowKernel kernel, int height) {
        fixed.add(new Fixed(kernel, height));
    }

    void addPacking(Packing packing) {
        packings.add(packing);
    }

    /** A kernel for a batch with so many rows per sample. */
    void addRows(int perSample, RowKernel kernel) {
        mostPerSample = Math.max(mostPerSample, perSample);
        rowKernels.add(
                perSample == 1
                        ? kernel
                        : (from, to, rows, scratch) ->
                                kernel.run(
                                        from * perSample,
                                        to * perSample,
                                        rows * perSample,
                                        scratch));
    }

    /** A sum over a batch with so many rows per sample. */
    void addSum(int perSample, Parts sum) {
        sums.add(perSample == 1 ? sum : new SumOfSplit(perSample, sum));
    }

    /**
     * Ends the planning.
     *
     * @param scratch of each thread, {@link MatrixProducts#SCRATCH}
     */
    void seal(float[][] scratch) {
        this.scratch = scratch[0];
        packingTask = new PartsTask(packings, scratch);
        boolean wide = packings.stream().anyMatch(Packing::isWide);
        rowsTask = new RowsTask(rowKernels, mostPerSample, wide, scratch);
        sumsTask = new PartsTask(sums, scratch);
    }

    /** The nodes whose values it computes, in the program's order. */
    List<Node> nodes() {
        return nodes;
    }

    void run(ThreadTeam team, int rows) {
        for (int i = 0; i < fixed.size(); i++) {
            Fixed value = fixed.get(i);
            value.kernel.run(0, value.height, value.height, scratch);
        }
        packingTask.run(team, rows);
        rowsTask.run(team, rows);
        sumsTask.run(team, rows);
    }
}
