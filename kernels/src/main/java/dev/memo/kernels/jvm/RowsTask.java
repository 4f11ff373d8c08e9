package dev.memo.kernels.jvm;

import dev.memo.base.ThreadTeam;
import java.util.List;

/**
 * Row kernels run one after the other on a few rows at a time, so that what one leaves in the cache
 * the next finds there.
 */
final class RowsTask implements ThreadTeam.Task {
    /** Rows of a chunk: a multiple of 16 and of the tile's 6, enough to reuse packed weights. */
    private static final int CHUNK = 96;

    private final RowKernel[] kernels;
    private final float[][] scratch;
    private int rows;
    private int chunk;

    RowsTask(List<RowKernel> kernels, int threads) {
        scratch = new float[threads][Tiles.SIZE];
        this.kernels = kernels.toArray(RowKernel[]::new);
    }

    void run(ThreadTeam team, int rows) {
        if (kernels.length == 0) {
            return;
        }
        this.rows = rows;
        int share = (rows + team.threads() - 1) / team.threads();
        chunk = Math.min(CHUNK, Lanes.roundUp(share));
        team.run((rows + chunk - 1) / chunk, this);
    }

    @Override
    public void run(int part, int thread) {
        int from = part * chunk;
        int to = Math.min(from + chunk, rows);
        for (RowKernel kernel : kernels) {
            kernel.run(from, to, rows, scratch[thread]);
        }
    }
}
