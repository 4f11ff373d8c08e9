package dev.memo.base;

/**
 * A sequence of random numbers that is a function of (seed, stream, lane, episode) and of how many
 * words were drawn. Its whole state is that count, so it is saved and restored as one number.
 *
 * <p>Streams keep purposes apart (layout, goals, noise); lanes keep environments, batches or rows
 * apart; episodes restart a stream without repeating it.
 */
public final class RandomStream {
    private static final int WORDS = 4;

    private final int[] block = new int[WORDS];
    private long seed;
    private int stream;
    private int lane;
    private int episode;
    private long position;
    private long blockIndex = -1;

    /** The sequence of these four numbers, at its start. */
    public RandomStream(long seed, int stream, int lane, int episode) {
        restart(seed, stream, lane, episode);
    }

    /** Becomes the sequence of these four numbers, at its start. */
    public void restart(long seed, int stream, int lane, int episode) {
        this.seed = seed;
        this.stream = stream;
        this.lane = lane;
        this.episode = episode;
        position = 0;
        blockIndex = -1;
    }

    /** How many words were drawn. */
    public long position() {
        return position;
    }

    /** Goes to where {@code position} words have been drawn. */
    public void seek(long position) {
        this.position = position;
    }

    /** The next 32 bits. */
    public int word() {
        long index = position / WORDS;
        if (index != blockIndex) {
            // Words 0 and 1 of the counter: block and episode; a sequence has 2^34 words.
            Philox.block((int) index, episode, lane, stream, seed, block, 0);
            blockIndex = index;
        }
        return block[(int) (position++ % WORDS)];
    }

    /** Uniform in [0, 1) with 53 bits: two words. */
    public double uniform() {
        long high = word() >>> 6;
        long low = word() >>> 5;
        return (high << 27 | low) * 0x1p-53;
    }

    /** Uniform in [from, to). */
    public double uniform(double from, double to) {
        return from + (to - from) * uniform();
    }

    /** A whole number in 0 .. bound - 1, by the multiply-shift map (bias below bound / 2^32). */
    public int below(int bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("bound " + bound + " must be positive");
        }
        return (int) ((word() & 0xFFFFFFFFL) * bound >>> 32);
    }

    /** Standard normal by Box-Muller: four words, the sine half is not used. */
    public double normal() {
        double u1 = uniform();
        double u2 = uniform();
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - u1));
        return radius * StrictMath.cos(2 * Math.PI * u2);
    }

    /** A random order of 0 .. n - 1 (Fisher and Yates). */
    public int[] permutation(int n) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = below(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
