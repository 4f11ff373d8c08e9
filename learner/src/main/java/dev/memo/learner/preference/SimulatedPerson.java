package dev.memo.learner.preference;

import dev.memo.base.RandomStream;

/**
 * A person who wants one mode and answers wrongly at times. What it answers depends on which modes
 * are shown, not on how they look: that rollouts look alike is one reason to be wrong.
 */
public final class SimulatedPerson {
    /** What the person thinks of two modes that it does not want. */
    public enum Others {
        /** One is nearer to the wanted one, always the same: what {@link Preference} believes. */
        ORDER,
        /** Neither is nearer: a coin decides, which {@link Preference} takes for wrong answers. */
        COIN
    }

    private final int wanted;
    private final double flips;
    private final Others others;
    private final int modes;
    private final RandomStream random;
    private int[] order;

    /**
     * A person.
     *
     * @param modes K
     * @param wanted w
     * @param flips e, how often it answers wrongly
     * @param random what it is wrong by
     */
    public SimulatedPerson(
            int modes, int wanted, double flips, Others others, RandomStream random) {
        this.modes = modes;
        this.wanted = wanted;
        this.flips = flips;
        this.others = others;
        this.random = random;
        order = random.permutation(modes);
    }

    /** Whether it says yes. */
    public boolean answer(Question question) {
        boolean rightly = question.answer(wanted).orElseGet(() -> nearer(question));
        if (others == Others.COIN) {
            order = random.permutation(modes);
        }
        return rightly != random.uniform() < flips;
    }

    /** Of two modes that the person does not want. */
    private boolean nearer(Question question) {
        return question instanceof Question.Pair(int left, int right) && order[left] < order[right];
    }
}
