package dev.memo.render.scene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memo.sim.env.Scene;
import dev.memo.sim.recording.Recording;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ShotTest {
    private static final Scene.Disc GOAL = new Scene.Disc(1, 1, 0.3);
    private static final Scene.Disc NEXT_GOAL = new Scene.Disc(-1, 0, 0.3);

    private static Scene scene(double x, double heading, Scene.Disc goal) {
        return new Scene(
                2,
                new Scene.Pose(x, 0, heading),
                goal,
                List.of(new Scene.Disc(0, 1, 0.2)),
                List.of(new Scene.Box(2 * x, 1, heading / 2, 0.1)));
    }

    private static Recording.Step step(double reward, double cost) {
        return new Recording.Step(new float[2], new float[0], new float[0], reward, cost);
    }

    @Test
    void standsBetweenItsScenes() {
        Shot shot =
                Shot.first("goal", 0, scene(1, 0, GOAL))
                        .next("goal", 0, step(0, 0), scene(2, 1, GOAL));
        Scene quarter = shot.at(0.25);
        assertThat(quarter.robot()).isEqualTo(new Scene.Pose(1.25, 0, 0.25));
        assertThat(quarter.vases().getFirst()).isEqualTo(new Scene.Box(2.5, 1, 0.125, 0.1));
        assertThat(shot.at(0)).isEqualTo(shot.before());
        assertThat(shot.at(1)).isSameAs(shot.after());
    }

    @Test
    void aGoalThatIsReachedStaysUntilTheStepIsOver() {
        Shot shot =
                Shot.first("goal", 0, scene(1, 0, GOAL))
                        .next("goal", 0, step(1, 0), scene(2, 1, NEXT_GOAL));
        assertThat(shot.at(0.9).goal()).isEqualTo(GOAL);
        assertThat(shot.at(1).goal()).isEqualTo(NEXT_GOAL);
        assertThat(shot.goals()).isEqualTo(1);
    }

    @Test
    void sumsWhatTheEpisodeEarned() {
        Shot shot =
                Shot.first("goal", 0, scene(0, 0, GOAL))
                        .next("goal", 0, step(0.5, 0), scene(1, 0, GOAL))
                        .next("goal", 0, step(0.25, 2), scene(2, 0, GOAL));
        assertThat(shot.episodeReturn()).isEqualTo(0.75, Offset.offset(0.0));
        assertThat(shot.episodeCost()).isEqualTo(2);
        assertThat(shot.costs()).isTrue();
        assertThat(shot.trail().x(2)).isEqualTo(2);
    }

    @Test
    void aTrailKeepsItsPlacesAsItGrows() {
        Trail trail = new Trail();
        for (int i = 0; i < 1_000; i++) {
            trail.add(new Scene.Pose(i, -i, 0));
        }
        for (int i = 0; i < 1_000; i++) {
            assertThat(trail.x(i)).isEqualTo(i);
            assertThat(trail.y(i)).isEqualTo(-i);
        }
    }
}
