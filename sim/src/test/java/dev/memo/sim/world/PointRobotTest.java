package dev.memo.sim.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.memo.sim.scenario.Robot.Yaw;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class PointRobotTest {
    private final State state = new State(new Sizes(0, 0, 16));
    private final Parameters parameters = new Parameters();

    private void step(double thrust, double yaw, Yaw servo) {
        step(thrust, yaw, servo, 1, 1);
    }

    private void step(double thrust, double yaw, Yaw servo, double strength, double damping) {
        RobotDynamics.compute(strength, damping, servo, parameters.dynamics);
        state.thrustAction = thrust;
        state.yawAction = yaw;
        PointRobot.face(state);
        for (int i = 0; i < PointRobot.SUBSTEPS; i++) {
            PointRobot.accelerate(state, parameters);
            PointRobot.advance(state);
        }
    }

    @Test
    void answersConstantActionsAsRecorded() {
        for (JsonNode response : Golden.read("responses").get("responses")) {
            double thrust = response.get("action").get(0).asDouble();
            double yaw = response.get("action").get(1).asDouble();
            resetTo(0.7);
            for (int step = 0; step < 100; step++) {
                step(thrust, yaw, Yaw.AS_SHIPPED);
            }
            double from = state.heading;
            double gyro = 0;
            double speed = 0;
            for (int step = 0; step < 500; step++) {
                step(thrust, yaw, Yaw.AS_SHIPPED);
                gyro += state.yawRate / 500;
                speed += Math.hypot(state.vx, state.vy) / 500;
            }
            double yawRate = (state.heading - from) / 10;
            double recorded = response.get("mean_yaw_rate").asDouble();
            assertThat(yawRate)
                    .as(response.toString())
                    .isCloseTo(recorded, within(Math.max(0.005, 0.01 * Math.abs(recorded))));
            assertThat(speed)
                    .as(response.toString())
                    .isCloseTo(response.get("mean_speed").asDouble(), within(0.01));
            if (Math.abs(yaw) > 0.05) {
                // Below, rounding decides the sign of the reading; 3 standard errors of chatter.
                assertThat(gyro)
                        .as(response.toString())
                        .isCloseTo(response.get("gyro_mean").asDouble(), within(0.06));
            }
        }
    }

    private void resetTo(double heading) {
        state.heading = heading;
        state.vx = 0;
        state.vy = 0;
        state.yawRate = 0;
    }

    @ParameterizedTest
    @CsvSource({
        "0.05, 0.158",
        "0.1, 0.316",
        "0.25, 0.789",
        "-0.5, -1.579",
        "0.9, 2.842",
        "1, 2.998"
    })
    void idealServoSettlesAtItsLawWithoutChatter(double yaw, double rate) {
        for (int step = 0; step < 50; step++) {
            step(0, yaw, Yaw.IDEAL);
        }
        double before = state.heading;
        step(0, yaw, Yaw.IDEAL);
        assertThat((state.heading - before) / 0.02).isCloseTo(rate, within(1e-3));
        assertThat(state.yawRate).isCloseTo(rate, within(1e-3));
    }

    @Test
    void thrustAndDampingScaleTheTopSpeed() {
        for (int step = 0; step < 1000; step++) {
            step(1, 0, Yaw.IDEAL, 1.2, 0.8);
        }
        assertThat(Math.hypot(state.vx, state.vy)).isCloseTo(1.5 * 1.2 / 0.8, within(1e-3));
    }

    @Test
    void thrustSaturatesAtAnActionOfOneTwentieth() {
        step(1, 0, Yaw.IDEAL);
        double full = state.vx;
        resetTo(0);
        step(0.05, 0, Yaw.IDEAL);
        assertThat(state.vx).isEqualTo(full).isCloseTo(0.0566, within(1e-4));
    }
}
