package dev.memo.sim.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class VaseTest {
    private final State state = new State(new Sizes(0, 1, 16));

    private void substep() {
        Vase.accelerate(state, 0);
        Vase.advance(state, 0);
    }

    @Test
    void slidesAndSpinsNearlyAsRecorded() {
        for (JsonNode slide : Golden.read("vases").get("slides")) {
            double speed = slide.get("speed").asDouble();
            double direction = slide.get("direction").asDouble();
            double spin = slide.get("spin").asDouble();
            state.vaseX[0] = 0;
            state.vaseY[0] = 0;
            state.vaseHeading[0] = 0;
            state.vaseVx[0] = speed * Math.cos(direction);
            state.vaseVy[0] = speed * Math.sin(direction);
            state.vaseYawRate[0] = spin;
            int velocitySteps = 0;
            for (int step = 0; step < 150; step++) {
                for (int i = 0; i < PointRobot.SUBSTEPS; i++) {
                    substep();
                }
                velocitySteps += Vase.visibleSpeed(state, 0) >= Vase.MOVING ? 1 : 0;
            }
            String what = "%s m/s, %s rad, %s rad/s".formatted(speed, direction, spin);
            double distance = slide.get("distance").asDouble();
            double turned = slide.get("turned").asDouble();
            assertThat(Math.hypot(state.vaseX[0], state.vaseY[0]))
                    .as(what)
                    .isCloseTo(distance, within(0.12 * distance + 1e-4));
            assertThat(state.vaseHeading[0])
                    .as(what)
                    .isCloseTo(turned, within(0.18 * Math.abs(turned) + 1e-3));
            assertThat(velocitySteps)
                    .as(what)
                    .isCloseTo(slide.get("velocity_steps").asInt(), within(2));
        }
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
