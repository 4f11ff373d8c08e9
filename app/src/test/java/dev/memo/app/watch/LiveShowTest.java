package dev.memo.app.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memo.base.ThreadTeam;
import dev.memo.learner.expert.ScriptedExpert;
import dev.memo.learner.rollout.Recognition;
import dev.memo.learner.rollout.SwitchedPolicy;
import dev.memo.render.scene.Shot;
import dev.memo.sim.env.Scene;
import dev.memo.sim.scenario.Scenario;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveShowTest {
    private static final List<String> EXPERTS = List.of("goal", "circle");

    private final ThreadTeam team = new ThreadTeam(2);

    @AfterEach
    void closeTeam() {
        team.close();
    }

    private LiveShow show(int steps, boolean oneSeed, int... modes) {
        SwitchedPolicy policy =
                new SwitchedPolicy(
                        EXPERTS.stream().map(name -> ScriptedExpert.named(name, 0, team)).toList(),
                        0);
        Scenario world = Scenario.load("goal1").withEpisodeSteps(steps);
        return new LiveShow(world, team, policy, Recognition.NONE, EXPERTS, modes, oneSeed, 5);
    }

    private static List<Scene> scenes(LiveShow show) {
        return show.shots().stream().map(Shot::after).toList();
    }

    @Test
    void modesOfOneSeedBeginAlikeAndPart() {
        try (LiveShow show = show(1_000, true, 0, 1)) {
            assertThat(scenes(show).get(0)).isEqualTo(scenes(show).get(1));
            for (int step = 0; step < 50; step++) {
                show.step();
            }
            assertThat(scenes(show).get(0).robot()).isNotEqualTo(scenes(show).get(1).robot());
            assertThat(scenes(show).get(0).hazards()).isEqualTo(scenes(show).get(1).hazards());
            assertThat(show.shots()).extracting(Shot::label).isEqualTo(EXPERTS);
        }
    }

    @Test
    void worldsThatAreComparedBeginTheirNextEpisodeTogetherOnAnotherLayout() {
        try (LiveShow show = show(10, true, 0, 1)) {
            List<Scene> first = scenes(show);
            for (int step = 0; step < 10; step++) {
                show.step();
            }
            assertThat(show.shots()).extracting(Shot::step).containsExactly(0, 0);
            assertThat(scenes(show).get(0))
                    .isEqualTo(scenes(show).get(1))
                    .isNotEqualTo(first.get(0));
        }
    }

    @Test
    void whoActsCanBeChosenWhileItRuns() {
        try (LiveShow show = show(1_000, false, 0, 0);
                LiveShow other = show(1_000, false, 1, 1)) {
            show.choose(1);
            for (int step = 0; step < 30; step++) {
                show.step();
                other.step();
            }
            assertThat(scenes(show)).isEqualTo(scenes(other));
            assertThat(show.shots()).extracting(Shot::label).containsOnly("circle");
        }
    }

    @Test
    void aPersonDrivesOneWorldAndNoOther() {
        try (LiveShow show = show(1_000, true, LiveShow.HAND, 0);
                LiveShow alone = show(1_000, true, 0, 0)) {
            Scene.Pose start = scenes(show).get(0).robot();
            for (int step = 0; step < 20; step++) {
                show.step();
                alone.step();
            }
            assertThat(scenes(show).get(0).robot().x()).isEqualTo(start.x());
            show.drive(1, 0);
            for (int step = 0; step < 20; step++) {
                show.step();
                alone.step();
            }
            assertThat(scenes(show).get(0).robot().x()).isNotEqualTo(start.x());
            assertThat(scenes(show).get(1)).isEqualTo(scenes(alone).get(1));
            assertThat(show.shots().get(0).label()).isEqualTo("you");
        }
    }

    @Test
    void numbersAreSumsOfTheEpisode() {
        try (LiveShow show = show(1_000, false, 0)) {
            double sum = 0;
            double cost = 0;
            for (int step = 0; step < 300; step++) {
                show.step();
                Shot shot = show.shots().getFirst();
                sum += shot.last().orElseThrow().reward();
                cost += shot.last().orElseThrow().cost();
                assertThat(shot.step()).isEqualTo(step + 1);
            }
            Shot shot = show.shots().getFirst();
            assertThat(shot.episodeReturn()).isEqualTo(sum);
            assertThat(shot.episodeCost()).isEqualTo(cost);
            assertThat(shot.goals()).isPositive();
        }
    }
}
