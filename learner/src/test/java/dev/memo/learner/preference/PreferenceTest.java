package dev.memo.learner.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.memo.base.InputException;
import dev.memo.base.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreferenceTest {
    private static final double EXACT = 1e-12;

    private static FlipRates known(double rate) {
        return new FlipRates(List.of(rate));
    }

    private static double[] posterior(int modes, FlipRates flips, List<Told> answers) {
        Preference preference = new Preference(modes, flips);
        answers.forEach(told -> preference.add(told.question, told.yes));
        return preference.posterior();
    }

    private record Told(Question question, boolean yes) {
        static Told thumb(int mode, boolean yes) {
            return new Told(new Question.Thumb(mode), yes);
        }

        static Told pair(int left, int right, boolean yes) {
            return new Told(new Question.Pair(left, right), yes);
        }
    }

    /** Answers as they come, contradictions among them. */
    private static List<Told> some(int modes, int count) {
        RandomStream random = new RandomStream(3, 0, 0, 0);
        List<Told> answers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int[] shown = random.permutation(modes);
            boolean yes = random.below(2) == 0;
            answers.add(
                    random.below(2) == 0
                            ? Told.thumb(shown[0], yes)
                            : Told.pair(shown[0], shown[1], yes));
        }
        return answers;
    }

    @Test
    void withoutAnswersEveryModeIsAsProbable() {
        Preference preference = new Preference(4, FlipRates.UNKNOWN);

        assertThat(preference.posterior())
                .containsExactly(new double[] {.25, .25, .25, .25}, within(EXACT));
        assertThat(preference.flips()).isCloseTo(0.15, within(EXACT));
    }

    @Test
    void ofTwoModesTheOddsAreThoseOfRightAndWrongAnswers() {
        List<Told> answers =
                List.of(Told.pair(0, 1, true), Told.pair(1, 0, false), Told.pair(0, 1, false));

        // Two answers for mode 0, one against: 0.8^2 0.2 to 0.2^2 0.8, which is 4 to 1.
        assertThat(posterior(2, known(0.2), answers))
                .containsExactly(new double[] {0.8, 0.2}, within(EXACT));
    }

    @Test
    void ofThreeModesAThumbAndAPairAreAsByHand() {
        // Yes to mode 2: 0.1, 0.1, 0.9.
        assertThat(posterior(3, known(0.1), List.of(Told.thumb(2, true))))
                .containsExactly(new double[] {0.1 / 1.1, 0.1 / 1.1, 0.9 / 1.1}, within(EXACT));
        // 0 nearer than 1: 0.9, 0.1, and if 2 is wanted as often the one as the other.
        assertThat(posterior(3, known(0.1), List.of(Told.pair(0, 1, true))))
                .containsExactly(new double[] {0.9 / 1.5, 0.1 / 1.5, 0.5 / 1.5}, within(EXACT));
        // Twice: 0.81, 0.01, and (0.81 + 0.01) / 2: who wants 2 says the same again.
        List<Told> twice = List.of(Told.pair(0, 1, true), Told.pair(1, 0, false));
        assertThat(posterior(3, known(0.1), twice))
                .containsExactly(
                        new double[] {0.81 / 1.23, 0.01 / 1.23, 0.41 / 1.23}, within(EXACT));
    }

    @Test
    void theRateOfWrongAnswersIsLearnedTogetherWithTheMode() {
        Preference preference = new Preference(2, new FlipRates(List.of(0.1, 0.3)));
        preference.add(new Question.Thumb(0), true);
        preference.add(new Question.Thumb(0), true);

        // Mode 0: 0.81 and 0.49; mode 1: 0.01 and 0.09.
        assertThat(preference.posterior())
                .containsExactly(new double[] {1.3 / 1.4, 0.1 / 1.4}, within(EXACT));
        assertThat(preference.flips()).isCloseTo((0.82 * 0.1 + 0.58 * 0.3) / 1.4, within(EXACT));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5})
    void isTheSumOverAllOrders(int modes) {
        List<Told> answers = some(modes, 12);
        double[] expected = new double[modes];
        for (double rate : FlipRates.UNKNOWN.rates()) {
            for (List<Integer> order : orders(modes)) {
                double likelihood = 1;
                for (Told told : answers) {
                    boolean right =
                            switch (told.question) {
                                case Question.Thumb(int mode) -> order.getFirst() == mode;
                                case Question.Pair(int left, int other) ->
                                        order.indexOf(left) < order.indexOf(other);
                            };
                    likelihood *= right == told.yes ? 1 - rate : rate;
                }
                expected[order.getFirst()] += likelihood;
            }
        }
        double sum = Arrays.stream(expected).sum();
        for (int mode = 0; mode < modes; mode++) {
            expected[mode] /= sum;
        }

        assertThat(posterior(modes, FlipRates.UNKNOWN, answers))
                .containsExactly(expected, within(EXACT));
    }

    private static List<List<Integer>> orders(int modes) {
        if (modes == 0) {
            return List.of(List.of());
        }
        List<List<Integer>> longer = new ArrayList<>();
        for (List<Integer> order : orders(modes - 1)) {
            for (int place = 0; place < modes; place++) {
                List<Integer> one = new ArrayList<>(order);
                one.add(place, modes - 1);
                longer.add(one);
            }
        }
        return longer;
    }

    @Test
    void theOrderOfAnswersDoesNotMatterToTheBit() {
        List<Told> answers = some(4, 30);
        List<Told> backwards = new ArrayList<>(answers);
        Collections.reverse(backwards);

        assertThat(posterior(4, FlipRates.UNKNOWN, backwards))
                .containsExactly(posterior(4, FlipRates.UNKNOWN, answers));
    }

    @Test
    void otherNumbersOfTheModesGiveTheSameBeliefs() {
        int[] renamed = {2, 0, 3, 1};
        List<Told> answers = some(4, 30);
        List<Told> renamedAnswers =
                answers.stream()
                        .map(
                                told ->
                                        switch (told.question) {
                                            case Question.Thumb(int mode) ->
                                                    Told.thumb(renamed[mode], told.yes);
                                            case Question.Pair(int left, int right) ->
                                                    Told.pair(
                                                            renamed[left],
                                                            renamed[right],
                                                            told.yes);
                                        })
                        .toList();

        double[] beliefs = posterior(4, FlipRates.UNKNOWN, answers);
        double[] ofRenamed = posterior(4, FlipRates.UNKNOWN, renamedAnswers);

        for (int mode = 0; mode < 4; mode++) {
            assertThat(ofRenamed[renamed[mode]]).isCloseTo(beliefs[mode], within(EXACT));
        }
    }

    @Test
    void sidesThatAreExchangedWithTheAnswerSayTheSame() {
        assertThat(posterior(3, FlipRates.UNKNOWN, List.of(Told.pair(2, 0, false))))
                .containsExactly(posterior(3, FlipRates.UNKNOWN, List.of(Told.pair(0, 2, true))));
    }

    @Test
    void thousandsOfAnswersAreStillNumbers() {
        double[] beliefs = posterior(4, FlipRates.UNKNOWN, some(4, 5_000));

        assertThat(Arrays.stream(beliefs).sum()).isCloseTo(1, within(EXACT));
    }

    @Test
    void refusesWhatLeavesNothingToAsk() {
        assertThatThrownBy(() -> new Preference(1, FlipRates.UNKNOWN))
                .isInstanceOf(InputException.class)
                .hasMessage("1 modes: must be from 2 to 14 to ask about");
        assertThatThrownBy(() -> new Question.Pair(1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> known(0.5)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whoCannotBeWrongCannotContradict() {
        List<Told> answers = List.of(Told.thumb(0, true), Told.thumb(1, true));

        assertThatThrownBy(() -> posterior(3, known(0), answers))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("contradict");
    }
}
