package dev.memo.learner.guarantee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.memo.base.InputException;
import dev.memo.base.Tensor;
import dev.memo.base.TensorFile;
import dev.memo.learner.checkpoint.RunFolder;
import dev.memo.learner.evaluation.EpisodeTotals;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class GuaranteesTest {
    private static final Terms TERMS =
            new Terms(
                    new EpisodeRanges(new Range(-10, 30), new Range(0, 100)),
                    new Confidence(0.9),
                    8);

    @TempDir private Path temp;
    private RunFolder folder;

    @BeforeEach
    void makeARun() {
        folder = RunFolder.create(temp.resolve("run"));
        folder.writeConfig(JsonMapper.shared().createObjectNode());
        Map<String, Tensor> tensors = Map.of("a", new Tensor.F32(new float[] {1, -0f, 3e-40f}, 3));
        new TensorFile(Map.of("epoch", "3"), tensors).write(folder.checkpoint());
    }

    /** Returns about a mean, costs from 0 to 10. */
    private static EpisodeTotals draw(SplittableRandom random, int count, double mean) {
        double[] returns = random.doubles(count).map(u -> mean + 4 * u - 2).toArray();
        return new EpisodeTotals(returns, random.doubles(count).map(u -> 10 * u).toArray());
    }

    private static Guarantee guarantee() {
        return Guarantee.of("mode 0", draw(new SplittableRandom(1), 100, 5), TERMS);
    }

    @Test
    void aGuaranteeHasTheBoundsOfItsEpisodes() {
        EpisodeTotals totals = draw(new SplittableRandom(1), 100, 5);
        Guarantee guarantee = guarantee();
        Range returns = TERMS.ranges().returns();
        Range costs = TERMS.ranges().costs();
        Confidence confidence = TERMS.confidence();
        Guarantee.Mean ofReturn = guarantee.episodeReturn();
        assertThat(ofReturn.betting())
                .isEqualTo(MeanBound.BETTING.lower(totals.returns(), returns, confidence))
                .isBetween(4.0, ofReturn.measured());
        assertThat(ofReturn.empiricalBernstein())
                .isEqualTo(
                        MeanBound.EMPIRICAL_BERNSTEIN.lower(totals.returns(), returns, confidence));
        // Rank 10 of 100 from below, 91 from above.
        assertThat(ofReturn.oneEpisode())
                .isEqualTo(Arrays.stream(totals.returns()).sorted().toArray()[9]);
        Guarantee.Mean ofCost = guarantee.episodeCost();
        assertThat(ofCost.betting())
                .isEqualTo(MeanBound.BETTING.upper(totals.costs(), costs, confidence))
                .isGreaterThan(ofCost.measured());
        assertThat(ofCost.oneEpisode())
                .isEqualTo(Arrays.stream(totals.costs()).sorted().toArray()[90]);
        int over = (int) Arrays.stream(totals.costs()).filter(cost -> cost > 8).count();
        assertThat(guarantee.overLimit().measured()).isCloseTo(over / 100.0, within(1e-12));
        assertThat(guarantee.overLimit().clopperPearson())
                .isEqualTo(RateBound.upper(over, 100, confidence));
    }

    @Test
    void aCheckpointKeepsItsTensorsAndReadsBackWhatWasWritten() {
        assertThat(Guarantees.read(folder)).isEmpty();
        TensorFile before = folder.readCheckpoint();
        Equivalence test =
                Equivalence.of(new double[] {1, 2}, new double[] {1, 3}, 2, TERMS.confidence());
        Guarantee one = guarantee().with(List.of(new Guarantee.AsExpert("goal", "return", test)));
        Guarantees written = new Guarantees("open", "{}", 7, 100, 0.9, 8, List.of(one));
        written.write(folder);
        written.write(folder);
        assertThat(Guarantees.read(folder)).contains(written);
        TensorFile after = folder.readCheckpoint();
        assertThat(after.metadata()).containsEntry("epoch", "3").hasSize(2);
        assertThat(after.floats("a", 3)).isEqualTo(before.floats("a", 3));
    }

    @Test
    void refusesACheckpointWhoseGuaranteesAreNotReadable() {
        TensorFile file = folder.readCheckpoint();
        for (String wrong : new String[] {"{", "{}", "{\"scenario\": 1}"}) {
            file.metadata().put(Guarantees.KEY, wrong);
            file.write(folder.checkpoint());
            assertThatThrownBy(() -> Guarantees.read(folder))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining(folder.checkpoint() + ": guarantees: ");
        }
    }

    @Test
    void refusesTermsAndEpisodesThatGuaranteeNothing() {
        assertThatThrownBy(() -> Guarantee.of("", draw(new SplittableRandom(1), 8, 5), TERMS))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("8 episodes");
        for (double limit : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> new Terms(TERMS.ranges(), TERMS.confidence(), limit))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("cost limit " + limit);
        }
    }

    @Test
    void coverageIsNominalAndSeesATruthThatIsAnother() {
        int episodes = 40;
        SplittableRandom random = new SplittableRandom(3);
        EpisodeTotals drawn = draw(random, 400 * (episodes + 1), 5);
        List<Coverage> coverage = Coverage.of(drawn, episodes, draw(random, 100_000, 5), TERMS);
        assertThat(coverage).hasSize(7);
        assertThat(coverage)
                .allSatisfy(
                        one -> {
                            assertThat(one.repeats()).isEqualTo(400);
                            assertThat(one.held()).as(one.bound()).isGreaterThan(0.87);
                            assertThat(one.width()).as(one.bound()).isPositive();
                        });
        // Of one episode: ranks 37 of 41.
        assertThat(coverage.get(5).held()).isCloseTo(37 / 41.0, within(0.05));
        assertThat(coverage.get(6).held()).isCloseTo(37 / 41.0, within(0.05));
        // Returns that are less by 5 than those that were calibrated on.
        List<Coverage> other = Coverage.of(drawn, episodes, draw(random, 100_000, 0), TERMS);
        assertThat(other.getFirst().held()).isZero();
        assertThat(other.getFirst().width()).isNegative();
    }
}
