package dev.memo.learner.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.memo.base.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AurocTest {
    private final RandomStream random = new RandomStream(11, 0, 0, 0);

    private static Interval of(double[] low, double[] high) {
        return Auroc.of(List.of(new Auroc.Stratum(low, high)));
    }

    /** The definition: over all pairs. */
    private static double pairs(double[] low, double[] high) {
        double sum = 0;
        for (double a : low) {
            for (double b : high) {
                sum += b > a ? 1 : b == a ? 0.5 : 0;
            }
        }
        return sum / low.length / high.length;
    }

    private double[] normals(int count, double mean) {
        return DoubleStream.generate(() -> mean + random.normal()).limit(count).toArray();
    }

    /** So many of each rating, from 1 on. */
    private static double[] ratings(int... counts) {
        return IntStream.range(0, counts.length)
                .boxed()
                .flatMapToDouble(i -> DoubleStream.generate(() -> i + 1).limit(counts[i]))
                .toArray();
    }

    @Test
    void readsHanleyAndMcNeilsImagesAsTheyDo() {
        // Hanley and McNeil 1982, table I: 58 normal and 51 abnormal images, rated from 1 to 5.
        Interval area = of(ratings(33, 6, 6, 11, 2), ratings(3, 2, 2, 11, 33));
        assertThat(area.mean()).isEqualTo(0.893, within(0.0005));
        // Their standard error is 0.032; the interval reaches farther down than up.
        assertThat(area.high() - area.low()).isEqualTo(2 * 1.96 * 0.032, within(0.01));
        assertThat(area.mean() - area.low()).isGreaterThan(area.high() - area.mean());
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 3", "1, 7, 2", "40, 23, 4", "60, 60, 1000000"})
    void isTheShareOfPairsInOrderWithTiesCountedHalf(int low, int high, int values) {
        for (int trial = 0; trial < 20; trial++) {
            double[] a = DoubleStream.generate(() -> random.below(values)).limit(low).toArray();
            double[] b = DoubleStream.generate(() -> random.below(values)).limit(high).toArray();
            Interval area = of(a, b);
            assertThat(area.mean()).isEqualTo(pairs(a, b), within(1e-12));
            assertThat(of(b, a).mean()).isEqualTo(1 - area.mean(), within(1e-12));
            assertThat(of(b, a).high()).isEqualTo(1 - area.low(), within(1e-6));
        }
    }

    @Test
    void whatIsAllTiedIsHalf() {
        assertThat(of(new double[] {2, 2, 2}, new double[] {2, 2}).mean()).isEqualTo(0.5);
    }

    @Test
    void infiniteScoresHaveTheirPlace() {
        double far = Double.POSITIVE_INFINITY;
        assertThat(of(new double[] {0, far}, new double[] {1, far}).mean()).isEqualTo(0.625);
    }

    @Test
    void whatIsToldApartEveryTimeStillHasAWidthThatShrinksWithTheCases() {
        Interval few = of(normals(10, 0), normals(10, 100));
        Interval many = of(normals(200, 0), normals(200, 100));
        assertThat(few.mean()).isOne();
        assertThat(few.high()).isOne();
        assertThat(few.low()).isBetween(0.6, 0.9);
        assertThat(many.low()).isBetween(0.98, 1.0).isLessThan(1);
        assertThat(of(normals(10, 100), normals(10, 0)).high()).isBetween(0.1, 0.4);
    }

    @ParameterizedTest
    @CsvSource({"0, 30, 60", "0.5, 100, 100", "1, 60, 20", "2, 60, 100"})
    void theTrueAreaIsInTheIntervalAsOftenAsItShouldBe(double shift, int low, int high) {
        // Of two normals of deviation 1 it is Phi(shift / sqrt 2).
        double truth = NormalDistribution.of(0, 1).cumulativeProbability(shift / Math.sqrt(2));
        int trials = 2_000;
        int held = 0;
        for (int trial = 0; trial < trials; trial++) {
            Interval area = of(normals(low, 0), normals(high, shift));
            held += area.low() <= truth && truth <= area.high() ? 1 : 0;
        }
        // Three standard deviations of the count are 1.5 %; the interval is approximate.
        assertThat((double) held / trials).isBetween(0.93, 0.985);
    }

    @Test
    void strataAreComparedWithinThemselvesOnly() {
        // Within each, one is always above; across them, scores mean nothing.
        double[] low = {0, 1};
        double[] high = {2, 3, 4};
        double[] farLow = {1000, 1001};
        double[] farHigh = {1002};
        List<Auroc.Stratum> strata =
                List.of(new Auroc.Stratum(low, high), new Auroc.Stratum(farLow, farHigh));
        assertThat(Auroc.of(strata).mean()).isOne();
        // A stratum without high cases says nothing.
        Auroc.Stratum silent = new Auroc.Stratum(new double[] {7}, new double[0]);
        assertThat(Auroc.of(List.of(strata.getFirst(), silent)))
                .isEqualTo(Auroc.of(strata.subList(0, 1)));
        // The mean over high cases: 3 of 4 are above all, 1 above none.
        assertThat(
                        Auroc.of(
                                        List.of(
                                                strata.getFirst(),
                                                new Auroc.Stratum(farLow, new double[] {0})))
                                .mean())
                .isEqualTo(0.75);
    }

    @Test
    void theTrueAreaOfUnequalStrataIsInTheIntervalAsOftenAsItShouldBe() {
        NormalDistribution normal = NormalDistribution.of(0, 1);
        // What is compared lies 100 apart: areas of 0.64 and 0.86, of 50 and of 20 high cases.
        double truth =
                (50 * normal.cumulativeProbability(0.5 / Math.sqrt(2))
                                + 20 * normal.cumulativeProbability(1.5 / Math.sqrt(2)))
                        / 70;
        int trials = 2_000;
        int held = 0;
        for (int trial = 0; trial < trials; trial++) {
            Interval area =
                    Auroc.of(
                            List.of(
                                    new Auroc.Stratum(normals(30, 0), normals(50, 0.5)),
                                    new Auroc.Stratum(normals(40, 100), normals(20, 101.5))));
            held += area.low() <= truth && truth <= area.high() ? 1 : 0;
        }
        // As for one stratum; the areas' variances are taken at their mean, which is a little more.
        assertThat((double) held / trials).isBetween(0.93, 0.985);
    }

    @Test
    void oneStratumInTwoPartsHasAWiderInterval() {
        double[] low = normals(40, 0);
        double[] high = normals(40, 1);
        Interval whole = of(low, high);
        Interval parts =
                Auroc.of(
                        List.of(
                                new Auroc.Stratum(Arrays.copyOf(low, 20), Arrays.copyOf(high, 20)),
                                new Auroc.Stratum(
                                        Arrays.copyOfRange(low, 20, 40),
                                        Arrays.copyOfRange(high, 20, 40))));
        assertThat((parts.high() - parts.low()) / (whole.high() - whole.low())).isBetween(0.9, 1.2);
    }

    @Test
    void missedAreThoseBelowTheThresholdThatKeepsTheKnown() {
        double[] known = IntStream.rangeClosed(1, 100).asDoubleStream().toArray();
        List<Auroc.Stratum> strata =
                List.of(
                        new Auroc.Stratum(known, new double[] {95, 95.5, 200, 3}),
                        // Its own threshold: 19 of 20.
                        new Auroc.Stratum(
                                IntStream.rangeClosed(1001, 1020).asDoubleStream().toArray(),
                                new double[] {1019, 1020, 96, 97}));
        assertThat(Auroc.missed(0.95, strata)).isEqualTo((2 + 3) / 8.0);
        assertThat(Auroc.missed(1, strata)).isEqualTo((3 + 4) / 8.0);
    }
}
