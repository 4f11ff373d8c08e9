package dev.memo.learner.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memo.base.InputException;
import dev.memo.base.Progress;
import dev.memo.base.ThreadTeam;
import dev.memo.learner.dataset.DatasetSpec;
import dev.memo.learner.dataset.Episode;
import dev.memo.learner.evaluation.GeneralisationReport.Outcome;
import dev.memo.learner.evaluation.GeneralisationReport.Recogniser;
import dev.memo.learner.evaluation.GeneralisationReport.World;
import dev.memo.learner.expert.Expert;
import dev.memo.learner.expert.ScriptedExpert;
import dev.memo.learner.metrics.Fidelity;
import dev.memo.learner.rollout.NoisyPolicy;
import dev.memo.learner.rollout.Policy;
import dev.memo.learner.rollout.Steerable;
import dev.memo.learner.rollout.SteeredPolicy;
import dev.memo.learner.rollout.SwitchedPolicy;
import dev.memo.learner.testing.Stopping;
import dev.memo.sim.scenario.Scenario;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GeneralisationReportTest {
    private static final Scenario WORLD = Scenario.load("open").withEpisodeSteps(60);
    private static final List<String> EXPERTS = List.of("goal", "circle");
    private static final int LAYOUTS = 12;

    /** Half of the steps of everybody are near each of two codes. */
    private static final Recogniser HALVES = (_, _) -> new double[] {0.5, 0.5};

    private final ThreadTeam team = new ThreadTeam(2);

    @AfterEach
    void closeTeam() {
        team.close();
    }

    /** Somebody whose modes are the experts themselves, but for noise on their actions. */
    private record Oracle(double noise, ThreadTeam team) implements Steerable {
        @Override
        public int modes() {
            return EXPERTS.size();
        }

        @Override
        public SteeredPolicy steered(int mode, boolean sampled) {
            List<Policy> policies =
                    EXPERTS.stream()
                            .map(name -> ScriptedExpert.named(name, 0, team))
                            .map(policy -> NoisyPolicy.of(policy, noise, team))
                            .toList();
            return new SwitchedPolicy(policies, mode);
        }
    }

    private static GeneralisationReport report(
            Scenario world, double noise, int[] matched, Recogniser recogniser, ThreadTeam team) {
        return GeneralisationReport.of(
                world,
                new Oracle(noise, team),
                recogniser,
                EXPERTS.stream().map(Expert::scripted).toList(),
                matched,
                7,
                LAYOUTS,
                team,
                Progress.SILENT);
    }

    @Test
    void expertsAgainstThemselvesAreKeptInEveryWorld() {
        GeneralisationReport report = report(WORLD, 0, new int[] {0, 1}, HALVES, team);
        assertThat(report.worlds()).hasSize(WorldChange.all().size());
        for (World world : report.worlds()) {
            assertThat(world.refusal()).isEmpty();
            assertThat(world.outcomes()).hasSize(2);
            // The same layouts and the same noise: to the last bit.
            assertThat(world.outcomes())
                    .as(world.change().toString())
                    .allMatch(one -> one.largest() == 0 && one.kept());
        }
    }

    @Test
    void expertsAgainstEachOtherAreKeptInNone() {
        GeneralisationReport report = report(WORLD, 0, new int[] {1, 0}, HALVES, team);
        assertThat(report.worlds())
                .allSatisfy(world -> assertThat(world.outcomes()).noneMatch(Outcome::kept));
    }

    @Test
    void aLittleNoiseOnTheModesIsSeenAndIsNotMuch() {
        GeneralisationReport report = report(WORLD, 0.1, new int[] {0, 1}, HALVES, team);
        for (World world : report.worlds()) {
            for (Outcome one : world.outcomes()) {
                assertThat(one.largest()).as(world.change().toString()).isPositive();
                assertThat(one.fidelity().get(Measure.RETURN).value()).isLessThan(0.5);
            }
        }
    }

    @Test
    void everyKindHasTheScenarioItselfOnceAndItIsMeasuredOnce() {
        GeneralisationReport report = report(WORLD, 0.1, new int[] {0, 1}, HALVES, team);
        List<World> own = report.worlds().stream().filter(World::own).toList();
        assertThat(own.stream().map(world -> world.change().kind()))
                .containsExactly(WorldChange.Kind.values());
        assertThat(own.stream().map(World::outcomes).distinct()).hasSize(1);
        // Other layouts give other figures.
        assertThat(
                        report.worlds().stream()
                                .filter(world -> world.change().kind() == WorldChange.Kind.LAYOUTS)
                                .map(World::outcomes)
                                .distinct())
                .hasSize(5);
    }

    @Test
    void theUnitIsTheExpertsSpreadInTheChangedWorld() {
        GeneralisationReport report = report(WORLD, 0.1, new int[] {0, 1}, HALVES, team);
        World noisy =
                report.worlds().stream()
                        .filter(
                                world ->
                                        world.change()
                                                .equals(
                                                        new WorldChange(
                                                                WorldChange.Kind.ACTION_NOISE,
                                                                0.4)))
                        .findFirst()
                        .orElseThrow();
        long[] seeds = Behaviour.layouts(7, "generalisation 1", LAYOUTS);
        Scenario there = noisy.change().of(WORLD);
        List<Behaviour> experts =
                EXPERTS.stream()
                        .map(name -> ScriptedExpert.named(name, 0, team))
                        .map(p -> Behaviour.of(there, p, seeds, team, Progress.SILENT))
                        .toList();
        Behaviour mode =
                Behaviour.of(
                        there,
                        new Oracle(0.1, team).steered(1, false),
                        seeds,
                        team,
                        Progress.SILENT);
        double range = Fidelity.range(experts.stream().map(one -> one.of(Measure.RETURN)).toList());
        assertThat(noisy.outcomes().get(1).fidelity().get(Measure.RETURN))
                .isEqualTo(
                        Fidelity.of(
                                mode.of(Measure.RETURN), experts.get(1).of(Measure.RETURN), range));
    }

    @Test
    void theRecogniserSeesWhatModesAndExpertsDid() {
        // Near code 0 where nobody turned, as far as the last pose tells.
        Recogniser turning =
                (spec, episodes) -> {
                    double still = episodes.stream().filter(one -> still(spec, one)).count();
                    return new double[] {still / episodes.size(), 1 - still / episodes.size()};
                };
        GeneralisationReport report = report(WORLD, 0, new int[] {0, 1}, turning, team);
        for (World world : report.worlds()) {
            for (Outcome one : world.outcomes()) {
                assertThat(one.modeNear()).isEqualTo(one.expertNear());
            }
            assertThat(world.outcomes().get(1).modeNear()).isGreaterThan(0.8);
        }
    }

    private static boolean still(DatasetSpec spec, Episode episode) {
        int at = episode.poses().length - spec.poseNames().size();
        return Math.abs(episode.poses()[at + spec.poseNames().indexOf("yaw_rate")]) < 0.01;
    }

    @Test
    void anExpertWithoutAModeStillSetsTheRange() {
        GeneralisationReport both = report(WORLD, 0.1, new int[] {0, 1}, HALVES, team);
        GeneralisationReport one = report(WORLD, 0.1, new int[] {0, -1}, HALVES, team);
        for (int i = 0; i < both.worlds().size(); i++) {
            assertThat(one.worlds().get(i).outcomes())
                    .containsExactly(both.worlds().get(i).outcomes().getFirst());
        }
    }

    @Test
    void aWorldThatCannotBeIsSaidNotToBe() {
        Scenario fixed =
                Scenario.parse(
                        """
                        {"name": "tight", "description": "Hardly room.", "extent": 1,
                         "episode_steps": 20, "hazards": {"positions": [[0.8, 0.8]]}}
                        """,
                        "test");
        GeneralisationReport report = report(fixed, 0, new int[] {0, 1}, HALVES, team);
        for (World world : report.worlds()) {
            boolean impossible =
                    world.change().kind() == WorldChange.Kind.HAZARDS
                            || world.change()
                                    .equals(new WorldChange(WorldChange.Kind.EXTENT, 0.75));
            assertThat(world.refusal().isPresent()).isEqualTo(impossible);
            assertThat(world.outcomes()).hasSize(impossible ? 0 : 2);
        }
    }

    @Test
    void aScenarioInWhichTheyCannotActIsRefused() {
        Recogniser never =
                (_, _) -> {
                    throw new InputException("other columns");
                };
        assertThatThrownBy(() -> report(WORLD, 0, new int[] {0, 1}, never, team))
                .isInstanceOf(InputException.class)
                .hasMessage("other columns");
    }

    @Test
    void threadsDoNotChangeABit() {
        GeneralisationReport two = report(WORLD, 0.1, new int[] {0, 1}, HALVES, team);
        try (ThreadTeam alone = new ThreadTeam(1)) {
            GeneralisationReport one = report(WORLD, 0.1, new int[] {0, 1}, HALVES, alone);
            assertThat(one.worlds()).isEqualTo(two.worlds());
        }
    }

    @Test
    void stopsWhenAPersonAsks() {
        assertThatThrownBy(
                        () ->
                                GeneralisationReport.of(
                                        WORLD,
                                        new Oracle(0, team),
                                        HALVES,
                                        EXPERTS.stream().map(Expert::scripted).toList(),
                                        new int[] {0, 1},
                                        7,
                                        LAYOUTS,
                                        team,
                                        new Stopping(3_000)))
                .isInstanceOf(CancellationException.class);
    }
}
