package dev.memo.sim.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.memo.base.RandomStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class VaseTest {
    private final State state = new State(new Sizes(0, 1, 16));

    private void substep() {
        Vase.accelerate(state, 0);
        Vase.advance(state, 0);
    }

    /** Lets the vase go at the origin for 150 steps; returns in how many its motion was seen. */
    private int slide(JsonNode slide) {
        double speed = slide.get("speed").asDouble();
        double direction = slide.get("direction").asDouble();
        state.vaseX[0] = 0;
        state.vaseY[0] = 0;
        state.vaseHeading[0] = slide.path("heading").asDouble(0);
        state.vaseVx[0] = speed * Math.cos(direction);
        state.vaseVy[0] = speed * Math.sin(direction);
        state.vaseYawRate[0] = slide.get("spin").asDouble();
        int velocitySteps = 0;
        for (int step = 0; step < 150; step++) {
            for (int i = 0; i < PointRobot.SUBSTEPS; i++) {
                substep();
            }
            velocitySteps += Vase.visibleSpeed(state, 0) >= Vase.MOVING ? 1 : 0;
        }
        return velocitySteps;
    }

    @Test
    void slidesAndSpinsNearlyAsRecorded() {
        for (JsonNode slide : Golden.read("vases").get("slides")) {
            int velocitySteps = slide(slide);
            double distance = slide.get("distance").asDouble();
            double turned = slide.get("turned").asDouble();
            assertThat(Math.hypot(state.vaseX[0], state.vaseY[0]))
                    .as("distance of %s", slide)
                    .isCloseTo(distance, within(0.09 * distance + 1e-9));
            assertThat(state.vaseHeading[0])
                    .as("turn of %s", slide)
                    .isCloseTo(turned, within(0.08 * Math.abs(turned) + 1e-6));
            assertThat(velocitySteps)
                    .as("velocity steps of %s", slide)
                    .isCloseTo(slide.get("velocity_steps").asInt(), within(2));
        }
    }

    /** The pressures of the corners solve two linear equations, which must not become singular. */
    @Test
    void frictionBrakesAboutAsMuchAsTheWeightPullsInEveryMotion() {
        RandomStream random = new RandomStream(3, 0, 0, 0);
        for (int i = 0; i < 20_000; i++) {
            state.vaseHeading[0] = random.uniform(-Math.PI, Math.PI);
            state.vaseVx[0] = random.normal();
            state.vaseVy[0] = random.normal();
            state.vaseYawRate[0] = 20 * random.normal();
            double vx = state.vaseVx[0];
            double vy = state.vaseVy[0];
            Vase.accelerate(state, 0);
            double change = Math.hypot(state.vaseVx[0] - vx, state.vaseVy[0] - vy);
            assertThat(change).isLessThan(1.5 * PointRobot.GRAVITY * PointRobot.SUBSTEP);
        }
    }

    /** Random ones, to which nothing was fitted: MuJoCo's chatter makes single ones differ more. */
    @Test
    void slidesThatSpinAreAsRecordedOnAverage() {
        double distance = 0;
        double turn = 0;
        double missed = 0;
        double recordedDistance = 0;
        double recordedTurn = 0;
        for (JsonNode slide : Golden.read("vase-slides").get("slides")) {
            slide(slide);
            double x = slide.get("x").asDouble();
            double y = slide.get("y").asDouble();
            distance += Math.hypot(state.vaseX[0], state.vaseY[0]);
            turn += Math.abs(state.vaseHeading[0] - slide.get("heading").asDouble());
            missed += Math.hypot(state.vaseX[0] - x, state.vaseY[0] - y);
            recordedDistance += Math.hypot(x, y);
            recordedTurn += Math.abs(slide.get("turned").asDouble());
        }
        assertThat(distance).isCloseTo(recordedDistance, within(0.02 * recordedDistance));
        assertThat(turn).isCloseTo(recordedTurn, within(0.05 * recordedTurn));
        assertThat(missed).isLessThan(0.09 * recordedDistance);
    }

    @Test
    void standsStillUntilItIsTouched() {
        for (int i = 0; i < 1000; i++) {
            substep();
        }
        assertThat(state.vaseX[0]).isZero();
        assertThat(Vase.visibleSpeed(state, 0)).isZero();
    }

    @Test
    void comesToRestWithNothingLeft() {
        state.vaseVx[0] = 1;
        state.vaseYawRate[0] = 5;
        state.vaseKick[0] = 1;
        substep();
        assertThat(state.vaseVz[0]).isPositive();
        state.vaseKick[0] = 0;
        for (int i = 0; i < 2000; i++) {
            substep();
        }
        assertThat(Vase.isStill(state, 0)).isTrue();
        assertThat(state.vaseZ[0]).isZero();
        assertThat(state.vaseLoad[0]).isZero();
        assertThat(state.vaseRocking[0]).isZero();
    }
}
