package dev.memo.learner.preference;

import dev.memo.base.RandomStream;

/**
 * Chooses what to ask next by draws from the posterior, so that a mode is asked about as often as
 * it may be the wanted one.
 *
 * <p>Sources: Thompson, On the likelihood that one unknown probability exceeds another (Biometrika
 * 1933); two different draws for a pair as Wu and Liu, Double Thompson sampling for dueling bandits
 * (NIPS 2016), and Russo, Simple Bayesian algorithms for best-arm identification (Operations
 * Research 2020), do.
 */
public enum Questions {
    /** Shows one mode: yes or no. */
    THUMBS {
        @Override
        public Question next(double[] posterior, RandomStream random) {
            return new Question.Thumb(draw(posterior, NONE, random));
        }
    },
    /**
     * Shows two modes: left or right. A coin chooses the sides, else they would tell the likelier.
     */
    PAIRS {
        @Override
        public Question next(double[] posterior, RandomStream random) {
            int one = draw(posterior, NONE, random);
            int other = draw(posterior, one, random);
            return random.below(2) == 0
                    ? new Question.Pair(one, other)
                    : new Question.Pair(other, one);
        }
    };

    private static final int NONE = -1;

    /**
     * The next question.
     *
     * @param posterior [K] how probable it is that each mode is the wanted one; K at least 2
     */
    public abstract Question next(double[] posterior, RandomStream random);

    /** A mode, drawn as often as it is probable among all but one. */
    private static int draw(double[] posterior, int without, RandomStream random) {
        double sum = 0;
        for (int mode = 0; mode < posterior.length; mode++) {
            sum += mode == without ? 0 : posterior[mode];
        }
        double rest = random.uniform() * sum;
        int drawn = NONE;
        for (int mode = 0; mode < posterior.length; mode++) {
            // Where all others are impossible, the last of them is drawn.
            if (mode != without && (posterior[mode] > 0 || drawn == NONE)) {
                drawn = mode;
                rest -= posterior[mode];
                if (rest < 0) {
                    break;
                }
            }
        }
        return drawn;
    }
}
