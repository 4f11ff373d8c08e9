package dev.memo.sim.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.memo.sim.scenario.Robot.Yaw;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class PointRobotTest {
    private static final String[] SENSORS = {
        "accelerometer_x",
        "accelerometer_y",
        "accelerometer_z",
        "velocimeter_x",
        "velocimeter_y",
        "",
        "",
        "",
        "yaw_rate",
        "magnetometer_x",
        "magnetometer_y",
        ""
    };

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

    private void placeAtStart(JsonNode states) {
        state.x = states.get("x").get(0).asDouble();
        state.y = states.get("y").get(0).asDouble();
        state.heading = states.get("heading").get(0).asDouble();
    }

    private void act(JsonNode actions, int step) {
        JsonNode action = actions.get(0).isArray() ? actions.get(step) : actions;
        step(action.get(0).asDouble(), action.get(1).asDouble(), Yaw.AS_SHIPPED);
    }

    private void assertState(JsonNode states, int step, double tolerance) {
        assertThat(state.x).isCloseTo(states.get("x").get(step).asDouble(), within(tolerance));
        assertThat(state.y).isCloseTo(states.get("y").get(step).asDouble(), within(tolerance));
        double heading = Math.IEEEremainder(state.heading, 2 * Math.PI);
        assertThat(heading)
                .isCloseTo(states.get("heading").get(step).asDouble(), within(tolerance));
        assertThat(state.vx).isCloseTo(states.get("vx").get(step).asDouble(), within(tolerance));
        assertThat(state.vy).isCloseTo(states.get("vy").get(step).asDouble(), within(tolerance));
        float[] sensed = new float[Sizes.SENSORS];
        PointRobot.face(state);
        PointRobot.sense(state, parameters, sensed, 0);
        for (int i = 0; i < SENSORS.length; i++) {
            JsonNode recorded = states.path(SENSORS[i]).path(step);
            // float32 and seven recorded digits of readings up to 15.
            assertThat((double) sensed[i])
                    .as("sensor %d", i)
                    .isCloseTo(recorded.asDouble(0), within(tolerance));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "backward",
                "circle",
                "coast",
                "forward",
                "left",
                "random-held",
                "random",
                "slow"
            })
    void movesAsRecordedWithinTheSpreadOfStarts(String name) {
        JsonNode golden = Golden.read("motion-" + name);
        JsonNode states = golden.get("states");
        JsonNode replicas = golden.get("replicas");
        placeAtStart(states);
        double cos = Math.cos(state.heading);
        double sin = Math.sin(state.heading);
        double startX = state.x;
        double startY = state.y;
        double startHeading = state.heading;
        int step = 0;
        for (int i = 0; i < replicas.get("steps").size(); i++) {
            while (step < replicas.get("steps").get(i).asInt()) {
                act(golden.get("actions"), step++);
                if (step == 1) {
                    assertState(states, 1, 1e-5);
                }
            }
            double dx = state.x - startX;
            double dy = state.y - startY;
            assertWithinSpread(replicas.get("forward"), i, cos * dx + sin * dy);
            assertWithinSpread(replicas.get("left"), i, cos * dy - sin * dx);
            assertWithinSpread(replicas.get("turned"), i, state.heading - startHeading);
        }
    }

    private static void assertWithinSpread(JsonNode replicas, int i, double value) {
        double sd = replicas.get("sd").get(i).asDouble();
        assertThat(value).isCloseTo(replicas.get("mean").get(i).asDouble(), within(4 * sd + 1e-4));
    }

    @Test
    void turnsOnTheSpotExactlyAsRecorded() {
        JsonNode golden = Golden.read("motion-left");
        JsonNode states = golden.get("states");
        placeAtStart(states);
        for (int step = 1; step <= 300; step++) {
            act(golden.get("actions"), step - 1);
            assertState(states, step, 1e-5);
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
