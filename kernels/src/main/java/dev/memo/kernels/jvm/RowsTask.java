package dev.memo.kernels.jvm;

import dev.memo.base.ThreadTeam;
import java.util.List;

/**
 * Row kernels run one after the other on a few rows at a time, so that what one leaves in the cache
 * the next finds there. Each thread gets one share of the rows, and cuts it into chunks itself: a
 * last chunk that is small costs little, where one chunk more than another thread costs much.
 */
final class RowsTask implements ThreadTeam.Task {
    /** Rows of a chunk: a multiple of 16 and of the tile's 6, enough to reuse packed weights. */
    private static final int CHUNK = 96;

    /** The same where weights do not stay in the cache; the last tile does four rows again. */
    private static final int WIDE_CHUNK = 512;

    /** Samples of a chunk, so that those with the most rows have about so many of them. */
    private final int chunk;

    private final RowKernel[] kernels;
    private final float[][] scratch;
    private int rows;
    private int share;

    /**
     * @param mostPerSample the most rows that a sample has in one of the kernels
     * @param wide whether a kernel reads more weights than the cache keeps beside rows
     * @param scratch of each thread, {@link MatrixProducts#SCRATCH}
     */
    RowsTask(List<RowKernel> kernels, int mostPerSample, boolean wide, float[][] scratch) {
        chunk = Lanes.roundUp(Math.max(1, (wide ? WIDE_CHUNK : CHUNK) / mostPerSample));
        this.scratch = scratch;
        this.kernels = kernels.toArray(RowKernel[]::new);
    }

    void run(ThreadTeam team, int rows) {
        if (kernels.length == 0) {
            return;
        }
        this.rows = rows;
        share = Lanes.roundUp((rows + team.threads() - 1) / team.threads());
        team.run((rows + share - 1) / share, this);
    }

    @Override
    public void run(int part, int thread) {
        int end = Math.min((part + 1) * share, rows);
        for (int from = part * share; from < end; from += chunk) {
            int to = Math.min(from + chunk, end);
            for (RowKernel kernel : kernels) {
                kernel.run(from, to, rows, scratch[thread]);
            }
        }
    }
}
