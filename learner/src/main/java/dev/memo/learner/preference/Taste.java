package dev.memo.learner.preference;

import dev.memo.base.RandomStream;
import java.util.function.Predicate;

/** How simulated people judge what they are shown, before any of their answers is flipped. */
public interface Taste {
    /**
     * What one of these people says to questions.
     *
     * @param wanted w
     * @param random what differs between people, and between answers of one
     */
    Predicate<Question> person(int wanted, RandomStream random);

    /**
     * People with an order of all modes, drawn once for each, that begins with the wanted one: what
     * {@link Preference} believes.
     *
     * @param modes K
     */
    static Taste ordered(int modes) {
        return (wanted, random) -> {
            int[] order = random.permutation(modes);
            return question -> question.answer(wanted).orElseGet(() -> first(question, order));
        };
    }

    /**
     * People to whom all modes are the same but the wanted one. Between two others a coin decides,
     * which {@link Preference} takes for wrong answers.
     */
    static Taste indifferent() {
        return (wanted, random) ->
                question -> question.answer(wanted).orElseGet(() -> random.below(2) == 0);
    }

    /** Whether the left one of a pair comes before the right one. */
    private static boolean first(Question question, int[] places) {
        return question instanceof Question.Pair(int left, int right)
                && places[left] < places[right];
    }
}
