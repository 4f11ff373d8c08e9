package dev.memo.learner.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.memo.base.Progress;
import dev.memo.base.ThreadTeam;
import dev.memo.learner.expert.ScriptedExpert;
import dev.memo.learner.testing.Stopping;
import dev.memo.sim.scenario.Scenario;
import java.util.concurrent.CancellationException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EpisodeTotalsTest {
    private static final Scenario SHORT = Scenario.load("goal1").withEpisodeSteps(60);

    /** More than a batch. */
    private static final long[] SEEDS = LongStream.range(70, 70 + 600).toArray();

    private static EpisodeTotals collect(int threads, Progress progress) {
        try (ThreadTeam team = new ThreadTeam(threads)) {
            return EpisodeTotals.of(
                    SHORT, ScriptedExpert.named("goal", 0, team), SEEDS, team, progress);
        }
    }

    @Test
    void areTheSumsOfTheEpisodesOfTheseLayouts() {
        EpisodeTotals totals = collect(2, Progress.SILENT);
        try (ThreadTeam team = new ThreadTeam(2)) {
            Behaviour behaviour =
                    Behaviour.of(
                            SHORT,
                            ScriptedExpert.named("goal", 0, team),
                            SEEDS,
                            team,
                            Progress.SILENT);
            assertThat(totals.returns())
                    .containsExactly(behaviour.of(Measure.RETURN), within(1e-9));
            assertThat(totals.costs()).containsExactly(behaviour.of(Measure.COST), within(1e-9));
        }
        assertThat(totals.costs())
                .contains(0)
                .satisfies(costs -> assertThat(costs.length).isEqualTo(600));
    }

    @Test
    void doNotDependOnTheThreads() {
        assertThat(collect(1, Progress.SILENT).returns())
                .isEqualTo(collect(2, Progress.SILENT).returns());
    }

    @Test
    void endWhenAPersonStopsThem() {
        Progress stopped = new Stopping(0);
        assertThatThrownBy(() -> collect(2, stopped))
                .isInstanceOf(CancellationException.class)
                .hasMessage("stopped while running episodes");
    }
}
