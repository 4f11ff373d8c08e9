package dev.memo.kernels.jvm;

import dev.memo.base.ThreadTeam;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Works that do not depend on each other. Each thread has a share of all parts, the same in every
 * run, so that it finds in its cache what it left there. Parts differ in size: a thread that has
 * done its share goes on with those of others.
 */
final class PartsTask implements ThreadTeam.Task {
    private final Parts[] works;
    private final float[][] scratch;

    /** Where each work's parts begin in the numbering of all parts; then their number. */
    private final int[] first;

    /** The next part of each share. */
    private final AtomicIntegerArray next;

    private int rows;

    PartsTask(List<? extends Parts> works, float[][] scratch) {
        this.works = works.toArray(Parts[]::new);
        this.scratch = scratch;
        first = new int[works.size() + 1];
        next = new AtomicIntegerArray(scratch.length);
    }

    void run(ThreadTeam team, int rows) {
        this.rows = rows;
        for (int i = 0; i < works.length; i++) {
            first[i + 1] = first[i] + works[i].count(rows);
        }
        int shares = Math.min(scratch.length, first[works.length]);
        if (shares == 0) {
            return;
        }
        for (int share = 0; share < shares; share++) {
            next.setPlain(share, start(share, shares));
        }
        team.run(shares, this);
        for (int i = 0; i < works.length; i++) {
            if (first[i + 1] > first[i]) {
                works[i].finish(rows);
            }
        }
    }

    private int start(int share, int shares) {
        return (int) ((long) first[works.length] * share / shares);
    }

    @Override
    public void run(int own, int thread) {
        int shares = Math.min(scratch.length, first[works.length]);
        for (int i = 0; i < shares; i++) {
            int share = (own + i) % shares;
            runShare(share, start(share + 1, shares), scratch[thread]);
        }
    }

    private void runShare(int share, int end, float[] scratch) {
        int work = 0;
        for (int part = next.getAndIncrement(share);
                part < end;
                part = next.getAndIncrement(share)) {
            while (first[work + 1] <= part) {
                work++;
            }
            works[work].run(part - first[work], rows, scratch);
        }
    }
}
