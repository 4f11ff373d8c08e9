package dev.memo.learner.preference;

import dev.memo.base.Progress;
import dev.memo.base.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * How the search went with simulated people. It ends for each of them as soon as a mode is {@link
 * Preference#CERTAIN}; that they go on to answer tells what is believed after any number of
 * answers.
 *
 * @param answers [people] after how many the search ended; one more than were given where it did
 *     not
 * @param right by how many people it ended with the wanted mode
 * @param believed [limit] by how many people the wanted mode was the most probable one, after one
 *     answer and on
 */
public record Trials(int[] answers, int right, int[] believed) {
    private static final int QUESTIONS = 1;
    private static final int PEOPLE = 2;

    /**
     * Whom to ask what.
     *
     * @param modes K
     * @param wanted w
     * @param flips e, how often a person answers wrongly; the search does not know it
     * @param taste how people judge
     * @param questions what it is asked
     * @param people how many, at least one
     * @param limit how many answers each gives, at least one
     */
    public record Plan(
            int modes,
            int wanted,
            double flips,
            Taste taste,
            Questions questions,
            int people,
            int limit) {}

    /**
     * Asks people.
     *
     * @param seed of people and questions
     * @param progress advances by people
     * @throws CancellationException if a person asks to stop
     */
    public static Trials of(Plan plan, long seed, Progress progress) {
        int[] answers = new int[plan.people];
        int[] believed = new int[plan.limit];
        int right = 0;
        Arrays.fill(answers, plan.limit + 1);
        for (int i = 0; i < plan.people; i++) {
            if (progress.stopRequested()) {
                throw new CancellationException("stopped while asking simulated people");
            }
            RandomStream ofPerson = new RandomStream(seed, PEOPLE, i, 0);
            Predicate<Question> person = plan.taste.person(plan.wanted, ofPerson);
            RandomStream random = new RandomStream(seed, QUESTIONS, i, 0);
            Preference preference = new Preference(plan.modes, FlipRates.UNKNOWN);
            double[] posterior = preference.posterior();
            for (int given = 1; given <= plan.limit; given++) {
                Question question = plan.questions.next(posterior, random);
                boolean flipped = ofPerson.uniform() < plan.flips;
                preference.add(question, person.test(question) != flipped);
                posterior = preference.posterior();
                int best = Preference.best(posterior);
                believed[given - 1] += best == plan.wanted ? 1 : 0;
                if (answers[i] > plan.limit && posterior[best] >= Preference.CERTAIN) {
                    answers[i] = given;
                    right += best == plan.wanted ? 1 : 0;
                }
            }
            progress.advance(1);
        }
        return new Trials(answers, right, believed);
    }

    /** Several as one. */
    public static Trials together(List<Trials> several) {
        int[] believed = new int[several.getFirst().believed.length];
        for (Trials one : several) {
            Arrays.setAll(believed, i -> believed[i] + one.believed[i]);
        }
        return new Trials(
                several.stream().flatMapToInt(one -> Arrays.stream(one.answers)).toArray(),
                several.stream().mapToInt(Trials::right).sum(),
                believed);
    }

    /** The share of people whose search ended with the wanted mode. */
    public double rightShare() {
        return (double) right / answers.length;
    }

    /**
     * The least number of answers after which the search has ended for a share of the people; empty
     * if it had not.
     *
     * @param share above 0, up to 1
     */
    public OptionalInt quantile(double share) {
        int[] sorted = Arrays.stream(answers).sorted().toArray();
        int answer = sorted[(int) Math.ceil(share * sorted.length) - 1];
        return answer > believed.length ? OptionalInt.empty() : OptionalInt.of(answer);
    }

    /**
     * The number of answers from which on the wanted mode is the most probable one for at least a
     * share of the people; empty if it is not after all answers.
     */
    public OptionalInt answersUntil(double share) {
        OptionalInt last =
                IntStream.range(0, believed.length)
                        .map(i -> believed.length - i)
                        .filter(given -> believed[given - 1] < share * answers.length)
                        .findFirst();
        int first = last.orElse(0) + 1;
        return first > believed.length ? OptionalInt.empty() : OptionalInt.of(first);
    }
}
