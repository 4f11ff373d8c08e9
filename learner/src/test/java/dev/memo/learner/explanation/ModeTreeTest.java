package dev.memo.learner.explanation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memo.base.RandomStream;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ModeTreeTest {
    private static final int SEGMENTS = 400;
    private static final int MODES = 4;
    private static final List<Descriptor> TWO =
            List.of(
                    new Descriptor("turning_left", "deg/s", "", "more", "less"),
                    new Descriptor("speed", "m/s", "", "more", "less"));

    /** Segment s has mode s % 4; its values are of that mode, with noise. */
    private static DescribedSegments segments(
            IntToDoubleFunction first, IntToDoubleFunction second, double noise) {
        RandomStream random = new RandomStream(5, 0, 0, 0);
        return new DescribedSegments(
                TWO,
                IntStream.range(0, SEGMENTS).map(s -> s % MODES).toArray(),
                IntStream.range(0, SEGMENTS).toArray(),
                IntStream.range(0, SEGMENTS)
                        .mapToObj(
                                s ->
                                        new double[] {
                                            first.applyAsDouble(s % MODES)
                                                    + noise * (random.uniform() - 0.5),
                                            second.applyAsDouble(s % MODES)
                                                    + noise * (random.uniform() - 0.5)
                                        })
                        .toArray(double[][]::new),
                MODES);
    }

    private static final int[] LEARNED = IntStream.range(0, SEGMENTS / 2).toArray();
    private static final int[] ASKED = IntStream.range(SEGMENTS / 2, SEGMENTS).toArray();

    private static int depth(ModeTree tree) {
        return tree.leaf() ? 0 : 1 + Math.max(depth(tree.above()), depth(tree.below()));
    }

    @Test
    void whatCanBeToldApartIsToldApart() {
        DescribedSegments segments = segments(mode -> mode % 2, mode -> mode / 2, 0.5);
        ModeTree tree = ModeTree.learned(segments, LEARNED).orElseThrow();
        ModeTree.Fidelity fidelity = tree.fidelity(segments, ASKED);
        assertThat(depth(tree)).isEqualTo(2);
        assertThat(fidelity.segments()).isEqualTo(200);
        assertThat(fidelity.accuracy().mean()).isEqualTo(1);
        // Clopper-Pearson: 0.025 to the power of 1 / 200.
        assertThat(fidelity.accuracy().low()).isBetween(0.981, 0.982);
        assertThat(fidelity.majority()).isEqualTo(0.25);
    }

    @Test
    void ofNoiseItKnowsNothingAndHasFourQuestionsAtMost() {
        DescribedSegments noise = segments(_ -> 0, _ -> 0, 1);
        ModeTree tree = ModeTree.learned(noise, LEARNED).orElseThrow();
        assertThat(depth(tree)).isEqualTo(ModeTree.DEPTH);
        assertThat(tree.fidelity(noise, ASKED).accuracy().mean()).isBetween(0.15, 0.35);
        assertThat(tree.fidelity(noise, LEARNED).accuracy().mean())
                .as("what it learned by heart")
                .isGreaterThan(0.35);
    }

    @Test
    void noAnswerIsAboutFewerThanFiveSegments() {
        assertThat(leaves(ModeTree.learned(segments(_ -> 0, _ -> 0, 1), LEARNED).orElseThrow()))
                .allSatisfy(
                        leaf ->
                                assertThat(IntStream.of(leaf.counts()).sum())
                                        .isGreaterThanOrEqualTo(5));
    }

    private static List<ModeTree> leaves(ModeTree tree) {
        return tree.leaf()
                ? List.of(tree)
                : IntStream.range(0, 2)
                        .mapToObj(i -> leaves(i == 0 ? tree.below() : tree.above()))
                        .flatMap(List::stream)
                        .toList();
    }

    @Test
    void isPrintedAsItIsAsked() {
        // Two modes, at 0.123456 and 0.223456: the middle is rounded before it is measured.
        DescribedSegments segments = segments(mode -> 0.123456 + mode / 2 * 0.1, _ -> 0, 0);
        ModeTree tree = ModeTree.learned(segments, LEARNED).orElseThrow();
        assertThat(tree.lines())
                .containsExactly(
                        "turning left > 0.173 deg/s?",
                        "  yes: mode 2 (50 of 100)",
                        "  no: mode 0 (50 of 100)");
        assertThat(tree.threshold()).isEqualTo(0.173);
        assertThat(tree.fidelity(segments, ASKED).accuracy().mean()).isEqualTo(0.5);
    }

    @Test
    void oneModeNeedsNoTree() {
        DescribedSegments segments = segments(_ -> 0, _ -> 0, 1);
        assertThat(ModeTree.learned(segments, new int[] {1, 5, 9})).isEmpty();
        assertThat(ModeTree.learned(segments, new int[0])).isEmpty();
    }

    @Test
    void learnsTheSameAgain() {
        DescribedSegments segments = segments(mode -> mode, _ -> 0, 3);
        assertThat(ModeTree.learned(segments, LEARNED).orElseThrow().lines())
                .isEqualTo(ModeTree.learned(segments, LEARNED).orElseThrow().lines());
    }
}
