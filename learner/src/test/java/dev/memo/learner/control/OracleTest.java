package dev.memo.learner.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.memo.base.RandomStream;
import dev.memo.learner.evaluation.EpisodeTotals;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OracleTest {
    private static final int MODES = 3;
    private static final int LAYOUTS = 5;
    private static final int CHOICES = 243;

    private static List<EpisodeTotals> modes(RandomStream random) {
        return Stream.generate(() -> new EpisodeTotals(draw(random, -9, 9), draw(random, 0, 12)))
                .limit(MODES)
                .toList();
    }

    private static double[] draw(RandomStream random, double from, double to) {
        return IntStream.range(0, LAYOUTS)
                .mapToDouble(_ -> Math.rint(random.uniform(from, to)))
                .toArray();
    }

    /** The mode of a layout in one of all choices of whole modes. */
    private static int mode(int choice, int layout) {
        return choice / (int) StrictMath.pow(MODES, layout) % MODES;
    }

    private static double sum(List<EpisodeTotals> modes, int choice, boolean ofReturns) {
        double sum = 0;
        for (int layout = 0; layout < LAYOUTS; layout++) {
            EpisodeTotals mode = modes.get(mode(choice, layout));
            sum += (ofReturns ? mode.returns() : mode.costs())[layout];
        }
        return sum;
    }

    /** The best of all choices of whole modes; minus infinity if none keeps the budget. */
    private static double whole(List<EpisodeTotals> modes, double budget) {
        return IntStream.range(0, CHOICES)
                .filter(choice -> sum(modes, choice, false) <= budget)
                .mapToDouble(choice -> sum(modes, choice, true))
                .max()
                .orElse(Double.NEGATIVE_INFINITY);
    }

    /**
     * The best of whole choices and of those in which one layout has two modes in part that spend
     * the budget: a basic solution of the linear program is one of these.
     */
    private static double inPart(List<EpisodeTotals> modes, double budget) {
        double best = whole(modes, budget);
        for (int choice = 0; choice < CHOICES; choice++) {
            double cost = sum(modes, choice, false);
            for (int layout = 0; layout < LAYOUTS && cost <= budget; layout++) {
                EpisodeTotals from = modes.get(mode(choice, layout));
                for (EpisodeTotals to : modes) {
                    double dearer = to.costs()[layout] - from.costs()[layout];
                    if (cost + dearer > budget) {
                        double gain = to.returns()[layout] - from.returns()[layout];
                        double share = (budget - cost) / dearer;
                        best = Math.max(best, sum(modes, choice, true) + share * gain);
                    }
                }
            }
        }
        return best;
    }

    @Test
    void earnsWhatAllChoicesAfterAnotherSayIsTheMost() {
        RandomStream random = new RandomStream(11, 0, 0, 0);
        int kept = 0;
        for (int i = 0; i < 200; i++) {
            List<EpisodeTotals> modes = modes(random);
            double budget = Math.rint(random.uniform(2, 50));
            Optional<EpisodeTotals> oracle = Oracle.of(modes, budget / LAYOUTS);
            double whole = whole(modes, budget);
            assertThat(oracle.isPresent()).isEqualTo(whole > Double.NEGATIVE_INFINITY);
            if (oracle.isEmpty()) {
                continue;
            }
            kept++;
            double earned = Arrays.stream(oracle.get().returns()).sum();
            assertThat(earned).isCloseTo(inPart(modes, budget), within(1e-9));
            // One layout at most is better than whole modes allow.
            assertThat(earned).isBetween(whole - 1e-9, whole + 18);
            assertThat(Arrays.stream(oracle.get().costs()).sum())
                    .isLessThanOrEqualTo(budget + 1e-9);
        }
        assertThat(kept).isGreaterThan(100);
    }

    @Test
    void choosesTheBestModeOfEachLayoutWhereNothingBinds() {
        List<EpisodeTotals> modes =
                List.of(
                        new EpisodeTotals(new double[] {1, 5}, new double[] {0, 9}),
                        new EpisodeTotals(new double[] {2, 4}, new double[] {3, 0}));
        EpisodeTotals oracle = Oracle.of(modes, 100).orElseThrow();
        assertThat(oracle.returns()).containsExactly(2, 5);
        assertThat(oracle.costs()).containsExactly(3, 9);
    }

    @Test
    void keepsALimitThatOnlyTheCheapestModesKeep() {
        List<EpisodeTotals> modes =
                List.of(
                        new EpisodeTotals(new double[] {1, 5}, new double[] {0, 9}),
                        new EpisodeTotals(new double[] {2, 4}, new double[] {3, 1}));
        EpisodeTotals oracle = Oracle.of(modes, 0.5).orElseThrow();
        assertThat(oracle.returns()).containsExactly(1, 4);
        assertThat(Oracle.of(modes, 0.49)).isEmpty();
    }
}
