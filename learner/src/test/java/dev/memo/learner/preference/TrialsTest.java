package dev.memo.learner.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.memo.base.Progress;
import dev.memo.base.RandomStream;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TrialsTest {
    private static Trials trials(int modes, double flips, Questions questions, Taste taste) {
        return Trials.of(
                new Trials.Plan(modes, 1, flips, taste, questions, 300, 60), 7, Progress.SILENT);
    }

    @ParameterizedTest
    @CsvSource({"THUMBS, ORDER", "PAIRS, ORDER", "PAIRS, COIN"})
    void findsTheRightOneOfFourModesIn15AnswersAtTheMedianDespite20PercentFlips(
            Questions questions, String people) {
        Trials trials =
                trials(
                        4,
                        0.2,
                        questions,
                        people.equals("COIN") ? Taste.indifferent() : Taste.ordered(4));

        assertThat(trials.quantile(0.5).orElseThrow()).isLessThanOrEqualTo(15);
        // Some of the 300 have not ended at 60 answers.
        assertThat(trials.rightShare()).isGreaterThan(0.9);
    }

    /** A mode without a no is asked about until it has one: no mode is asked about twice. */
    @ParameterizedTest
    @EnumSource(Questions.class)
    void whoIsNeverWrongIsAskedAtMostOnceLessThanThereAreModes(Questions questions) {
        for (int person = 0; person < 100; person++) {
            Predicate<Question> one =
                    Taste.ordered(5).person(person % 5, new RandomStream(1, 0, person, 0));
            RandomStream random = new RandomStream(2, 0, person, 0);
            Preference preference = new Preference(5, new FlipRates(List.of(0.0)));
            while (preference.posterior()[person % 5] < 1 - 1e-12) {
                Question question = questions.next(preference.posterior(), random);
                preference.add(question, one.test(question));
                assertThat(preference.answers()).isLessThanOrEqualTo(4);
            }
        }
    }

    @Test
    void whoIsNeverWrongIsFoundWithCertaintyThoughTheSearchDoesNotKnowIt() {
        Trials trials = trials(4, 0, Questions.PAIRS, Taste.ordered(4));

        assertThat(trials.rightShare()).isEqualTo(1);
        assertThat(trials.quantile(1).orElseThrow()).isLessThanOrEqualTo(20);
    }

    @Test
    void isTheSameForTheSameSeed() {
        Trials one = trials(3, 0.2, Questions.PAIRS, Taste.indifferent());
        Trials again = trials(3, 0.2, Questions.PAIRS, Taste.indifferent());

        assertThat(again.answers()).containsExactly(one.answers());
        assertThat(again.believed()).containsExactly(one.believed());
    }

    @Test
    void quantilesAndSharesAreAsByHand() {
        Trials trials = new Trials(new int[] {3, 2, 6, 5}, 2, new int[] {1, 4, 3, 4, 4});

        assertThat(trials.rightShare()).isEqualTo(0.5);
        assertThat(trials.quantile(0.5)).hasValue(3);
        assertThat(trials.quantile(0.75)).hasValue(5);
        assertThat(trials.quantile(1)).isEmpty();
        // After two answers all were right, but not after three.
        assertThat(trials.answersUntil(1)).hasValue(4);
        assertThat(trials.answersUntil(0.75)).hasValue(2);
        assertThat(new Trials(new int[] {2}, 0, new int[] {0}).answersUntil(0.5)).isEmpty();
        assertThat(Trials.together(List.of(trials, trials)).rightShare())
                .isCloseTo(0.5, within(1e-12));
    }

    @Test
    void whoSeesRolloutsTakesModesForWhatTheyLookLike() {
        // One feature. Mode 2 looks like mode 0 on the second of two layouts.
        double[][][] features = {{{0}, {0.2}}, {{4}, {4.2}}, {{8}, {1}}};
        Predicate<Question> wantsMode0 =
                new Looks(features).person(0, new RandomStream(4, 0, 0, 0));
        int left = 0;
        for (int i = 0; i < 1_000; i++) {
            assertThat(wantsMode0.test(new Question.Thumb(0))).isTrue();
            assertThat(wantsMode0.test(new Question.Thumb(1))).isFalse();
            left += wantsMode0.test(new Question.Pair(2, 1)) ? 1 : 0;
        }

        // On one of two layouts; a standard deviation is 16.
        assertThat(left).isBetween(430, 570);
    }

    @Test
    void sidesDoNotTellWhichModeIsTheLikelier() {
        RandomStream random = new RandomStream(5, 0, 0, 0);
        double[] posterior = {0.9, 0.05, 0.05};
        int left = 0;
        for (int i = 0; i < 1_000; i++) {
            Question.Pair pair = (Question.Pair) Questions.PAIRS.next(posterior, random);
            left += pair.left() == 0 ? 1 : 0;
        }

        // Mode 0 is in nearly every pair; 0.5 on the left has a standard deviation of 16.
        assertThat(left).isBetween(430, 570);
    }

    @Test
    void questionsAreDrawnFromThePosterior() {
        RandomStream random = new RandomStream(6, 0, 0, 0);
        double[] posterior = {0.5, 0, 0.5};
        for (int i = 0; i < 200; i++) {
            assertThat(Questions.THUMBS.next(posterior, random))
                    .isNotEqualTo(new Question.Thumb(1));
            Question.Pair pair = (Question.Pair) Questions.PAIRS.next(posterior, random);
            assertThat(pair.left() + pair.right()).isEqualTo(2);
        }
        // Where one mode is certain there still are two to show.
        assertThat(Questions.PAIRS.next(new double[] {0, 1, 0}, random)).isNotNull();
    }
}
