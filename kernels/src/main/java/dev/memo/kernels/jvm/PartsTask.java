package dev.memo.kernels.jvm;

import dev.memo.base.ThreadTeam;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Works that do not depend on each other. Their parts differ in size, so each thread takes the next
 * one when it has done its last.
 */
final class PartsTask implements ThreadTeam.Task {
    private final Parts[] works;
    private final float[][] scratch;

    /** Where each work's parts begin in the numbering of all parts; then their number. */
    private final int[] first;

    private final AtomicInteger next = new AtomicInteger();
    private int rows;

    PartsTask(List<? extends Parts> works, float[][] scratch) {
        this.works = works.toArray(Parts[]::new);
        this.scratch = scratch;
        first = new int[works.size() + 1];
    }

    void run(ThreadTeam team, int rows) {
        this.rows = rows;
        for (int i = 0; i < works.length; i++) {
            first[i + 1] = first[i] + works[i].count(rows);
        }
        int parts = first[works.length];
        if (parts == 0) {
            return;
        }
        next.setPlain(0);
        team.run(Math.min(team.threads(), parts), this);
        for (int i = 0; i < works.length; i++) {
            if (first[i + 1] > first[i]) {
                works[i].finish(rows);
            }
        }
    }

    @Override
    public void run(int share, int thread) {
        int work = 0;
        int parts = first[works.length];
        for (int part = next.getAndIncrement(); part < parts; part = next.getAndIncrement()) {
            while (first[work + 1] <= part) {
                work++;
            }
            works[work].run(part - first[work], rows, scratch[thread]);
        }
    }
}
