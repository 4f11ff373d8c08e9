package dev.memo.learner.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memo.base.Progress;
import dev.memo.base.ThreadTeam;
import dev.memo.learner.dataset.ExpertLabels;
import dev.memo.learner.expert.Expert;
import dev.memo.learner.expert.ScriptedExpert;
import dev.memo.learner.rollout.Policy;
import dev.memo.learner.rollout.Steerable;
import dev.memo.learner.rollout.SteeredPolicy;
import dev.memo.learner.rollout.SwitchedPolicy;
import dev.memo.learner.testing.Stopping;
import dev.memo.sim.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EvaluationTest {
    private static final Scenario SHORT = Scenario.load("goal1").withEpisodeSteps(20);
    private static final long[] LAYOUTS = {11, 12, 13};
    private static final Evaluation.Likelihood LIKELIHOOD =
            new Evaluation.Likelihood(OptionalDouble.of(1), 0.5, -2, LikelihoodBounds.NONE);
    private static final String[] CODE_KEYS = {
        "modes",
        "perplexity",
        "usage",
        "experts",
        "purity",
        "purity_episode",
        "nmi_step",
        "nmi_episode",
        "ari_step",
        "ari_episode",
        "ari_episode_interval",
        "confusion_step",
        "confusion_episode"
    };

    /** Modes that are experts: mode 0 spins, mode 1 drives; sampled ones are noisy. */
    private record Modes(int modes, ThreadTeam team) implements Steerable {
        @Override
        public SteeredPolicy steered(int mode, boolean sampled) {
            List<Policy> policies =
                    IntStream.range(0, modes)
                            .mapToObj(k -> k == 0 ? "spin" : "forward")
                            .map(name -> ScriptedExpert.named(name, sampled ? 0.2 : 0, team))
                            .toList();
            return new SwitchedPolicy(policies, mode);
        }
    }

    private static SteeringReport steer(int modes, long[][] agreement) {
        try (ThreadTeam team = new ThreadTeam(2)) {
            return SteeringReport.of(
                    SHORT,
                    new Modes(modes, team),
                    List.of(Expert.scripted("forward"), Expert.scripted("spin")),
                    agreement,
                    5,
                    3,
                    team,
                    Progress.SILENT);
        }
    }

    private static CodeReport codes(boolean known) {
        ExpertLabels labels = new ExpertLabels(List.of("forward", "spin"), new int[] {0, 1});
        return CodeReport.of(
                new int[] {1, 1, 0, 0},
                new int[] {0, 0, 1, 1},
                new int[] {1, 0},
                2,
                known ? Optional.of(labels) : Optional.empty(),
                1);
    }

    @Test
    void matchesEachExpertWithTheModeThatItsEpisodesHave() {
        SteeringReport report = steer(2, new long[][] {{1, 9}, {8, 2}});
        assertThat(report.matched()).containsExactly(1, 0);
        for (Measure measure : Measure.values()) {
            assertThat(report.fidelity(0, false).get(measure).value()).isZero();
            assertThat(report.fidelity(1, false).get(measure).value()).isZero();
        }
        // One that spins instead of driving is far off by path length.
        SteeringReport swapped = steer(2, new long[][] {{9, 1}, {2, 8}});
        assertThat(swapped.fidelity(0, false).get(Measure.PATH_LENGTH).value()).isGreaterThan(5);
        assertThat(report.fidelity(0, true).get(Measure.PATH_LENGTH).value()).isPositive();
    }

    @Test
    void anExpertWithoutAModeHasNoFidelity() {
        SteeringReport report = steer(1, new long[][] {{2}, {8}});
        assertThat(report.matched()).containsExactly(-1, 0);
        assertThat(report.fidelity(0, false)).isEmpty();
        assertThat(report.fidelity(1, false)).hasSize(Measure.values().length);
    }

    @Test
    void stopsWhenAsked() {
        Progress impatient = new Stopping(0);
        try (ThreadTeam team = new ThreadTeam(1)) {
            Policy spin = ScriptedExpert.named("spin", 0, team);
            assertThatThrownBy(() -> Behaviour.of(SHORT, spin, LAYOUTS, team, impatient))
                    .isInstanceOf(CancellationException.class);
        }
    }

    @Test
    void writesEveryKeyThatReadersAskFor(@TempDir Path folder) throws IOException {
        Evaluation evaluation =
                new Evaluation(
                        Optional.of("goal1"),
                        5,
                        2,
                        codes(true),
                        LIKELIHOOD,
                        Optional.of(codes(true)),
                        Optional.of(steer(2, new long[][] {{0, 1}, {1, 0}})));
        evaluation.write(folder.resolve("evaluation.json"));
        JsonNode json =
                JsonMapper.shared().readTree(Files.readString(folder.resolve("evaluation.json")));
        assertThat(json.propertyNames())
                .containsExactlyInAnyOrder(
                        "version",
                        "scenario",
                        "seed",
                        "held_out_episodes",
                        "codes",
                        "likelihood",
                        "one_more_mode",
                        "steering");
        assertThat(json.path("version").asInt()).isEqualTo(1);
        assertThat(json.path("codes").propertyNames()).containsExactlyInAnyOrder(CODE_KEYS);
        assertThat(json.at("/codes/confusion_episode/0/1").asInt()).isEqualTo(1);
        assertThat(json.at("/codes/ari_episode_interval").size()).isEqualTo(2);
        assertThat(json.path("one_more_mode").propertyNames()).contains("modes", "ari_episode");
        assertThat(json.path("likelihood").propertyNames())
                .containsExactlyInAnyOrder(
                        "own_context",
                        "steering_context",
                        "shuffled_context",
                        "floor",
                        "ceiling",
                        "fraction",
                        "context_use",
                        "steering_gap");
        assertThat(json.at("/likelihood/floor").isNull()).isTrue();
        assertThat(json.at("/likelihood/context_use").asDouble()).isEqualTo(2.5);
        assertThat(json.path("steering").propertyNames())
                .containsExactlyInAnyOrder(
                        "episodes", "steps", "measures", "experts", "modes", "distinguishability");
        assertThat(json.at("/steering/steps").asInt()).isEqualTo(20);
        JsonNode match = json.at("/steering/experts/0");
        assertThat(match.propertyNames())
                .containsExactlyInAnyOrder(
                        "expert",
                        "mode",
                        "expert_stats",
                        "mode_stats",
                        "mode_stats_sampled",
                        "fidelity",
                        "fidelity_interval",
                        "fidelity_sampled");
        assertThat(match.path("mode").asInt()).isEqualTo(1);
        assertThat(match.at("/expert_stats/path_length").propertyNames())
                .containsExactlyInAnyOrder("mean", "sd", "low", "high");
        assertThat(match.path("fidelity").propertyNames())
                .containsExactly("return", "cost", "goals", "path_length", "mean_speed");
        assertThat(json.at("/steering/modes/1").propertyNames())
                .containsExactlyInAnyOrder("mode", "stats");
        assertThat(json.at("/steering/distinguishability").propertyNames())
                .containsExactlyInAnyOrder(
                        "training_episodes",
                        "experts",
                        "modes",
                        "ratio",
                        "unmatched_modes",
                        "confusion_experts",
                        "confusion_modes");
        assertThat(json.at("/steering/distinguishability/confusion_modes/0/1").asInt())
                .isEqualTo(3);
    }

    @Test
    void whatIsNotKnownIsNullButNotMissing() {
        JsonNode json =
                new Evaluation(
                                Optional.empty(),
                                5,
                                2,
                                codes(false),
                                LIKELIHOOD,
                                Optional.of(codes(false)),
                                Optional.empty())
                        .toJson();
        assertThat(json.path("scenario").isNull()).isTrue();
        assertThat(json.path("steering").isNull()).isTrue();
        for (String codes : List.of("codes", "one_more_mode")) {
            assertThat(json.path(codes).propertyNames()).containsExactlyInAnyOrder(CODE_KEYS);
            assertThat(json.path(codes).path("experts").isNull()).isTrue();
            assertThat(json.path(codes).path("ari_episode").isNull()).isTrue();
        }
    }

    @Test
    void anExpertWithoutAModeIsWrittenWithEmptyTables() {
        Evaluation evaluation =
                new Evaluation(
                        Optional.of("goal1"),
                        5,
                        2,
                        codes(true),
                        LIKELIHOOD,
                        Optional.empty(),
                        Optional.of(steer(1, new long[][] {{2}, {8}})));
        JsonNode match = evaluation.toJson().at("/steering/experts/0");
        assertThat(match.path("mode").asInt()).isEqualTo(-1);
        for (String key : List.of("mode_stats", "mode_stats_sampled", "fidelity")) {
            assertThat(match.path(key).isObject()).as(key).isTrue();
            assertThat(match.path(key).isEmpty()).as(key).isTrue();
        }
        assertThat(evaluation.summary().at("/experts/0/fidelity").isEmpty()).isTrue();
    }

    @Test
    void theSummaryHasWhatTheDemonstrationPrints() {
        JsonNode json =
                new Evaluation(
                                Optional.of("goal1"),
                                5,
                                2,
                                codes(true),
                                LIKELIHOOD,
                                Optional.of(codes(true)),
                                Optional.of(steer(2, new long[][] {{0, 1}, {1, 0}})))
                        .summary();
        assertThat(json.propertyNames())
                .containsExactlyInAnyOrder(
                        "purity",
                        "purity_episode",
                        "nmi_step",
                        "nmi_episode",
                        "ari_step",
                        "ari_episode",
                        "ari_episode_one_more_mode",
                        "perplexity",
                        "likelihood",
                        "context_use",
                        "distinguishability",
                        "experts");
        assertThat(json.path("likelihood").propertyNames())
                .containsExactly("own", "steering", "shuffled", "floor", "ceiling", "fraction");
        assertThat(json.at("/distinguishability/experts").asDouble()).isEqualTo(1);
        assertThat(json.at("/distinguishability/modes").asDouble()).isEqualTo(1);
        assertThat(json.path("ari_episode").asDouble()).isEqualTo(1);
        assertThat(json.at("/experts/1/expert").asString()).isEqualTo("spin");
        assertThat(json.at("/experts/1/mode").asInt()).isZero();
        assertThat(json.at("/experts/1/fidelity/return").asDouble()).isZero();
    }
}
