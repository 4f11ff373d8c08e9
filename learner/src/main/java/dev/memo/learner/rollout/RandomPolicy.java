package dev.memo.learner.rollout;

import dev.memo.base.Philox;
import dev.memo.base.ThreadTeam;
import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.EnvSpec;

/**
 * Every action uniform in [-1, 1). Number i of step t is word t A + i of the environment's random
 * sequence, so that a block of four words serves two steps of two numbers.
 */
public final class RandomPolicy implements Policy {
    private static final int STREAM = 101;
    private static final int WORDS = 4;

    /** Environments that one thread takes at a time: about a microsecond of work. */
    private static final int CHUNK = 512;

    private final ThreadTeam team;
    private final ThreadTeam.Task acting = this::actChunk;
    private int actionSize;
    private long[] seeds = new long[0];

    // [E] The block that each environment is at: words 0 and 1, words 2 and 3.
    private long[] low = new long[0];
    private long[] high = new long[0];

    private long step;
    private float[] actions;

    /** A policy whose numbers do not depend on the team that draws them. */
    public RandomPolicy(ThreadTeam team) {
        this.team = team;
    }

    @Override
    public void begin(EnvSpec spec, long[] seeds) {
        actionSize = spec.actionSize();
        this.seeds = seeds.clone();
        low = new long[seeds.length];
        high = new long[seeds.length];
        step = 0;
    }

    @Override
    public void act(EnvBatch state, float[] actions) {
        this.actions = actions;
        team.run(Math.ceilDiv(seeds.length, CHUNK), acting);
        step++;
    }

    private void actChunk(int chunk, int thread) {
        int from = chunk * CHUNK;
        int to = Math.min(seeds.length, from + CHUNK);
        for (int i = 0; i < actionSize; i++) {
            long position = step * actionSize + i;
            int word = (int) (position % WORDS);
            if (word == 0) {
                int block = (int) (position / WORDS);
                Philox.blocks(block, 0, 0, STREAM, seeds, from, to, low, high);
            }
            long[] half = word < 2 ? low : high;
            int shift = word % 2 * Integer.SIZE;
            for (int env = from; env < to; env++) {
                int bits = (int) (half[env] >>> shift);
                actions[env * actionSize + i] = 2 * Philox.halfOpen(bits) - 1;
            }
        }
    }
}
