package dev.memo.kernels.jvm;

import dev.memo.base.ThreadTeam;
import java.util.List;

/** Works that do not depend on each other, all their parts dealt out at once. */
final class PartsTask implements ThreadTeam.Task {
    private final Parts[] works;

    /** Where each work's parts begin in the numbering of all parts; then their number. */
    private final int[] first;

    private int rows;

    PartsTask(List<? extends Parts> works) {
        this.works = works.toArray(Parts[]::new);
        first = new int[works.size() + 1];
    }

    void run(ThreadTeam team, int rows) {
        this.rows = rows;
        for (int i = 0; i < works.length; i++) {
            first[i + 1] = first[i] + works[i].count(rows);
        }
        if (first[works.length] == 0) {
            return;
        }
        team.run(first[works.length], this);
        for (int i = 0; i < works.length; i++) {
            if (first[i + 1] > first[i]) {
                works[i].finish(rows);
            }
        }
    }

    @Override
    public void run(int part, int thread) {
        int work = 0;
        while (first[work + 1] <= part) {
            work++;
        }
        works[work].run(part - first[work], rows);
    }
}
