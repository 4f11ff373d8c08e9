package dev.memo.learner.explanation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memo.base.RandomStream;
import dev.memo.learner.dataset.Episode;
import dev.memo.learner.explanation.Drives.Law;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TraitTest {
    private static final int LAYOUTS = 20;

    private static List<Episode> mode(IntFunction<Law> laws, double closeness) {
        return IntStream.range(0, LAYOUTS)
                .mapToObj(layout -> Drives.episode(laws.apply(layout), layout, closeness))
                .toList();
    }

    /** Costs in some layouts only, so that they vary. */
    private static List<Episode> toGoals(double share, long seed) {
        RandomStream random = new RandomStream(seed, 0, 0, 0);
        return IntStream.range(0, LAYOUTS)
                .mapToObj(
                        layout ->
                                Drives.episode(
                                        Drives.toGoals(),
                                        layout,
                                        random.uniform() < share
                                                ? 0.95
                                                : 0.7 + 0.1 * random.uniform()))
                .toList();
    }

    private static List<List<String>> names(DescribedSegments segments) {
        return Trait.of(segments).stream()
                .map(traits -> traits.stream().map(Trait::name).toList())
                .toList();
    }

    @Test
    void everyMotionHasItsNameAndNoOther() {
        assertThat(
                        names(
                                Drives.described(
                                        List.of(
                                                mode(i -> Drives.straight(i), 0),
                                                mode(i -> Drives.circle(i, i % 2 * 2 - 1), 0.5),
                                                mode(_ -> Drives.toGoals(), 0.5),
                                                mode(_ -> Drives.standing(0), 0),
                                                mode(_ -> Drives.standing(1), 0),
                                                mode(_ -> Drives.zigzag(), 0)))))
                .containsExactly(
                        List.of("drives straight"),
                        List.of("circles"),
                        List.of("drives to goals"),
                        List.of("stands still"),
                        List.of("turns on the spot"),
                        List.of());
    }

    @Test
    void ofTwoThatDriveToGoalsTheOneThatKeepsFurtherFromHazardsKeepsOffThem() {
        List<List<String>> names =
                names(
                        Drives.described(
                                List.of(
                                        toGoals(0.9, 1),
                                        mode(i -> Drives.circle(i, 1), 0),
                                        toGoals(0.1, 2))));
        assertThat(names)
                .containsExactly(
                        List.of("drives to goals"),
                        List.of("circles"),
                        List.of("drives to goals", "keeps off hazards"));
    }

    @Test
    void aDifferenceThatChanceMakesNamesNobody() {
        assertThat(names(Drives.described(List.of(toGoals(0.5, 3), toGoals(0.5, 4)))))
                .containsOnly(List.of("drives to goals"));
    }

    /** Costs in so many of the layouts, and is close to hazards in them. */
    private static List<Episode> costlyIn(int layouts) {
        return IntStream.range(0, LAYOUTS)
                .mapToObj(i -> Drives.episode(Drives.toGoals(), i, i < layouts ? 0.95 : 0.7))
                .toList();
    }

    @Test
    void theMoreModesHaveANameTheClearerADifferenceMustBe() {
        String keeps = "keeps off hazards";
        // k of 20 differ: t is sqrt(19 k / (20 - k)), 2.18 of 4 and 2.52 of 5; the 97.5 % point of
        // one comparison is 2.09, that of two 2.43.
        assertThat(names(Drives.described(List.of(costlyIn(4), costlyIn(0)))).getLast())
                .contains(keeps);
        List<List<String>> four =
                names(Drives.described(List.of(costlyIn(4), costlyIn(0), costlyIn(0))));
        assertThat(four).containsOnly(List.of("drives to goals"));
        List<List<Trait>> five =
                Trait.of(Drives.described(List.of(costlyIn(5), costlyIn(0), costlyIn(0))));
        assertThat(five.getFirst()).hasSize(1);
        assertThat(five.subList(1, 3))
                .allSatisfy(
                        traits -> {
                            assertThat(traits.getLast().name()).isEqualTo(keeps);
                            assertThat(traits.getLast().reason())
                                    .startsWith("pays 250.0 less than mode 0")
                                    .contains("97.5 %: 8.");
                        });
        // Another name is no comparison.
        List<Episode> circles = mode(i -> Drives.circle(i, 1), 0);
        assertThat(names(Drives.described(List.of(costlyIn(4), costlyIn(0), circles))).get(1))
                .contains(keeps);
    }

    @Test
    void namesGoWithTheModesWhateverTheirNumbers() {
        List<Episode> careless = toGoals(0.9, 1);
        List<Episode> careful = toGoals(0.1, 2);
        List<Episode> straight = mode(i -> Drives.straight(i), 0);
        List<List<String>> one = names(Drives.described(List.of(careless, careful, straight)));
        List<List<String>> other = names(Drives.described(List.of(straight, careless, careful)));
        assertThat(other).containsExactly(one.get(2), one.get(0), one.get(1));
    }

    @Test
    void aModeWithoutSegmentsHasNoName() {
        List<List<String>> names =
                names(
                        Drives.described(
                                List.of(List.of(), mode(i -> Drives.straight(i), 0), List.of())));
        assertThat(names).containsExactly(List.of(), List.of("drives straight"), List.of());
    }

    @Test
    void theReasonHoldsTheNumbers() {
        Trait circles =
                Trait.of(Drives.described(List.of(mode(i -> Drives.circle(i, 1), 0))))
                        .getFirst()
                        .getFirst();
        assertThat(circles.reason()).isEqualTo("turns by 57 deg/s, 100 % of it to one side");
    }
}
