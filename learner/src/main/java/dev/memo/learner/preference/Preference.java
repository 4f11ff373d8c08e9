package dev.memo.learner.preference;

import dev.memo.base.InputException;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What is believed of the mode that a person wants, after some answers.
 *
 * <p>A person has an order of all modes by how near they are to what it wants; the first is the
 * wanted one, w. At first every order is as probable as the others. The person answers rightly with
 * probability 1 - e: yes to the thumb of w, no to that of another mode, and of a pair the mode that
 * comes earlier. So
 *
 * <pre>
 *   p(w | answers) ~ sum over e of p(e) (1 - e)^r(w) e^f(w) sum over orders that begin with w of
 *                      product over a before b of (1 - e)^n(a, b) e^n(b, a)
 * </pre>
 *
 * <p>with r(w) and f(w) the thumbs that are right and wrong if w is wanted, and n(a, b) how often a
 * was nearer than b. These counts are all that is kept, so that the order of answers cannot matter.
 * The sum over orders is one over subsets: what comes after a set of modes does not depend on the
 * order within it (Held and Karp 1962).
 */
public final class Preference {
    /** The sums take 2^K K^2 steps for each rate: with so many modes below a second. */
    public static final int MOST_MODES = 14;

    /** A mode that is so probable is taken for the wanted one. */
    public static final double CERTAIN = 0.95;

    private final FlipRates flips;
    private final int[] yes;
    private final int[] no;
    private final int[][] nearer;

    /**
     * Nothing is known yet.
     *
     * @param modes K, from 2 to {@link #MOST_MODES}
     * @param flips how often the person may answer wrongly
     * @throws InputException if there are fewer modes or more
     */
    public Preference(int modes, FlipRates flips) {
        if (modes < 2 || modes > MOST_MODES) {
            throw new InputException(
                    "%d modes: must be from 2 to %d to ask about".formatted(modes, MOST_MODES));
        }
        this.flips = flips;
        yes = new int[modes];
        no = new int[modes];
        nearer = new int[modes][modes];
    }

    /** K. */
    public int modes() {
        return yes.length;
    }

    /**
     * Takes an answer.
     *
     * @param agreed to a thumb: this is what I want; to a pair: the left one is nearer to it
     */
    public void add(Question question, boolean agreed) {
        switch (question) {
            case Question.Thumb(int mode) -> (agreed ? yes : no)[mode]++;
            case Question.Pair(int left, int right) -> {
                if (agreed) {
                    nearer[left][right]++;
                } else {
                    nearer[right][left]++;
                }
            }
        }
    }

    /** How many answers there are. */
    public int answers() {
        return IntStream.concat(
                        Arrays.stream(nearer).flatMapToInt(Arrays::stream),
                        IntStream.concat(Arrays.stream(yes), Arrays.stream(no)))
                .sum();
    }

    /** [K] how probable it is that each mode is the wanted one; the sum is 1. */
    public double[] posterior() {
        double[] ofModes = new double[modes()];
        for (double[] ofRate : joint()) {
            for (int mode = 0; mode < modes(); mode++) {
                ofModes[mode] += ofRate[mode];
            }
        }
        return ofModes;
    }

    /** The most probable mode, the first of several. */
    public static int best(double[] posterior) {
        return IntStream.range(0, posterior.length)
                .reduce((one, other) -> posterior[other] > posterior[one] ? other : one)
                .orElseThrow();
    }

    /** How often the person answers wrongly, as far as the answers tell: the mean of e. */
    public double flips() {
        double[][] joint = joint();
        double mean = 0;
        for (int i = 0; i < joint.length; i++) {
            mean += flips.rates().get(i) * Arrays.stream(joint[i]).sum();
        }
        return mean;
    }

    /**
     * [rates][K] the posterior of rate and mode together; the sum is 1. An answer against an order
     * is less likely by the odds e / (1 - e) than one that follows it, so the likelihood of an
     * order is (1 - e)^answers odds^(answers against it).
     */
    private double[][] joint() {
        double[][] joint = new double[flips.rates().size()][];
        double[] logs = new double[joint.length];
        for (int i = 0; i < joint.length; i++) {
            double rate = flips.rates().get(i);
            double odds = rate / (1 - rate);
            joint[i] = sumsOverOrders(odds);
            logs[i] =
                    log(Arrays.stream(joint[i]).sum(), 1)
                            + log(1 - rate, answers())
                            + log(odds, leastAgainst());
        }
        // Hundreds of answers have likelihoods below the smallest double: the largest is made 1.
        double largest = Arrays.stream(logs).max().orElseThrow();
        if (largest == Double.NEGATIVE_INFINITY) {
            throw new IllegalStateException("answers contradict each other, yet none can be wrong");
        }
        double[] ofRates = Arrays.stream(logs).map(log -> StrictMath.exp(log - largest)).toArray();
        double sum = Arrays.stream(ofRates).sum();
        for (int i = 0; i < joint.length; i++) {
            double inRow = Arrays.stream(joint[i]).sum();
            double scale = inRow == 0 ? 0 : ofRates[i] / (sum * inRow);
            joint[i] = Arrays.stream(joint[i]).map(one -> one * scale).toArray();
        }
        return joint;
    }

    /** The logarithm of a power; of 0 to the 0th, which is 1, too. */
    private static double log(double base, int power) {
        return power == 0 ? 0 : power * StrictMath.log(base);
    }

    /** So many answers are against an order, whichever it is. */
    private int leastAgainst() {
        int least = leastThumbsAgainst();
        for (int a = 0; a < modes(); a++) {
            for (int b = 0; b < a; b++) {
                least += Math.min(nearer[a][b], nearer[b][a]);
            }
        }
        return least;
    }

    private int leastThumbsAgainst() {
        return IntStream.range(0, modes()).map(this::thumbsAgainst).min().orElseThrow();
    }

    /** How many thumbs are wrong if that mode is wanted. */
    private int thumbsAgainst(int mode) {
        return no[mode] + Arrays.stream(yes).sum() - yes[mode];
    }

    /** [K] over the orders that begin with a mode, odds^(answers against it beyond the least). */
    private double[] sumsOverOrders(double odds) {
        int all = (1 << modes()) - 1;
        double[][] before = before(odds);
        double[] ofSets = new double[all + 1];
        ofSets[0] = 1;
        double[] ofFirst = new double[modes()];
        for (int set = 1; set <= all; set++) {
            for (int first = 0; first < modes(); first++) {
                int rest = set & ~(1 << first);
                if (rest == set) {
                    continue;
                }
                double sum = ofSets[rest];
                for (int b = 0; b < modes(); b++) {
                    sum *= (rest >> b & 1) == 0 ? 1 : before[first][b];
                }
                ofSets[set] += sum;
                // The last set is that of all modes.
                ofFirst[first] = sum;
            }
        }
        int least = leastThumbsAgainst();
        for (int mode = 0; mode < modes(); mode++) {
            ofFirst[mode] *= StrictMath.pow(odds, thumbsAgainst(mode) - least);
        }
        return ofFirst;
    }

    /** [K][K] odds^(answers against one mode coming before another, beyond the least). */
    private double[][] before(double odds) {
        double[][] before = new double[modes()][modes()];
        for (int a = 0; a < modes(); a++) {
            for (int b = 0; b < modes(); b++) {
                int against = nearer[b][a] - Math.min(nearer[a][b], nearer[b][a]);
                before[a][b] = StrictMath.pow(odds, against);
            }
        }
        return before;
    }
}
