package dev.memo.sim.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.memo.base.RandomStream;
import dev.memo.sim.scenario.Robot.Yaw;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ContactsTest {
    /** One ram of a vase at the origin: 100 steps of thrust, 100 of coasting. */
    private static final class Ram {
        final State state = new State(new Sizes(0, 1, 16));
        final Parameters parameters = new Parameters();
        final Candidates candidates = Candidates.all(1);
        final Contacts contacts = new Contacts(1);
        int contactSteps;
        int velocitySteps;
        double topSpeed;
        final double vaseHeading;

        Ram(boolean front, double speed, double thrust, double offset, double vaseHeading) {
            RobotDynamics.compute(1, 1, Yaw.AS_SHIPPED, parameters.dynamics);
            this.vaseHeading = vaseHeading;
            state.vaseHeading[0] = vaseHeading;
            state.x = -0.6;
            state.y = -offset;
            state.heading = front ? 0 : Math.PI;
            state.vx = speed;
            for (int step = 0; step < 200; step++) {
                state.thrustAction = step < 100 ? thrust : 0;
                step();
            }
        }

        private void step() {
            boolean touches = false;
            PointRobot.face(state);
            for (int i = 0; i < PointRobot.SUBSTEPS; i++) {
                PointRobot.accelerate(state, parameters);
                Vase.accelerate(state, 0);
                touches = Vase.touches(state, 0);
                contacts.apply(state, candidates);
                PointRobot.advance(state);
                Vase.advance(state, 0);
            }
            contactSteps += touches ? 1 : 0;
            velocitySteps += Vase.visibleSpeed(state, 0) >= Vase.MOVING ? 1 : 0;
            topSpeed = Math.max(topSpeed, Math.hypot(state.vaseVx[0], state.vaseVy[0]));
        }
    }

    /** Means over the rams of one group that touched. */
    private static final class Means {
        private int hits;
        private double displacement;
        private double contactSteps;
        private double velocitySteps;
        private double topSpeed;
        private double turn;

        void add(Ram ram) {
            hits++;
            displacement += Math.hypot(ram.state.vaseX[0], ram.state.vaseY[0]);
            contactSteps += ram.contactSteps;
            velocitySteps += ram.velocitySteps;
            topSpeed += ram.topSpeed;
            turn += Math.abs(ram.state.vaseHeading[0] - ram.vaseHeading);
        }

        void assertNear(String group, JsonNode golden) {
            JsonNode recorded = golden.get("summary");
            assertThat(hits).as(group).isEqualTo(recorded.get("hits").asInt());
            assertMean(group, recorded, "displacement", displacement, 0.12);
            assertMean(group, recorded, "contact_steps", contactSteps, 0.07);
            assertMean(group, recorded, "velocity_steps", velocitySteps, 0.16);
            assertMean(group, recorded, "vase_top_speed", topSpeed, 0.14);
            double recordedTurn = 0;
            for (JsonNode trial : golden.get("trials")) {
                recordedTurn += Math.abs(trial.get(7).asDouble());
            }
            assertThat(turn).as(group).isCloseTo(recordedTurn, within(0.24 * recordedTurn));
        }

        private void assertMean(
                String group, JsonNode recorded, String measure, double sum, double share) {
            double mean = recorded.get(measure).get("mean").asDouble();
            assertThat(sum / hits)
                    .as("%s: %s", group, measure)
                    .isCloseTo(mean, within(share * mean));
        }
    }

    /**
     * Contacts are chaotic, so single rams differ; what a learner meets are the means. How far they
     * may be off is what docs/environment.md says.
     */
    @Test
    void ramsMoveVasesAsRecordedOnAverage() {
        JsonNode groups = Golden.read("vases").get("groups");
        for (Map.Entry<String, JsonNode> group : groups.properties()) {
            String name = group.getKey();
            boolean front = name.startsWith("front");
            double speed = name.contains("1.5") ? 1.5 : 0.75;
            double thrust = name.endsWith("on") ? 1 : name.endsWith("half") ? 0.025 : 0;
            Means means = new Means();
            for (JsonNode trial : group.getValue().get("trials")) {
                double offset = trial.get(0).asDouble();
                double heading = trial.get(1).asDouble();
                Ram ram = new Ram(front, speed, front ? thrust : -thrust, offset, heading);
                if (ram.velocitySteps > 0) {
                    means.add(ram);
                }
            }
            means.assertNear(name, group.getValue());
        }
    }

    @Test
    void bodiesApartChangeNothing() {
        State state = crowd(new RandomStream(1, 0, 0, 0), 3);
        state.vaseX[0] = 5;
        state.vaseX[1] = 6;
        state.vaseX[2] = 7;
        state.vx = 1.25;
        assertThat(new Contacts(3).apply(state, Candidates.all(3))).isFalse();
        assertThat(state.vx).isEqualTo(1.25);
        assertThat(state.vaseKick).containsOnly(0);
    }

    @Test
    void momentumIsKept() {
        for (int trial = 0; trial < 200; trial++) {
            State state = crowd(new RandomStream(trial, 0, 0, 0), 6);
            double[] before = momentum(state);
            new Contacts(6).apply(state, Candidates.all(6));
            double[] after = momentum(state);
            for (int i = 0; i < 3; i++) {
                assertThat(after[i]).isCloseTo(before[i], within(2e-6 * PointRobot.MASS));
            }
        }
    }

    /** Along x, along y, and angular about the origin. */
    private static double[] momentum(State state) {
        double sin = Math.sin(state.heading);
        double cos = Math.cos(state.heading);
        double ahead = PointRobot.COM_AHEAD;
        double px = PointRobot.MASS * (state.vx - ahead * sin * state.yawRate);
        double py = PointRobot.MASS * (state.vy + ahead * cos * state.yawRate);
        double aboutCom = (PointRobot.INERTIA - PointRobot.MASS * ahead * ahead) * state.yawRate;
        double angular = aboutCom + (state.x + ahead * cos) * py - (state.y + ahead * sin) * px;
        for (int i = 0; i < state.vaseX.length; i++) {
            double vx = Vase.MASS * state.vaseVx[i];
            double vy = Vase.MASS * state.vaseVy[i];
            px += vx;
            py += vy;
            angular +=
                    Vase.INERTIA * state.vaseYawRate[i] + state.vaseX[i] * vy - state.vaseY[i] * vx;
        }
        return new double[] {px, py, angular};
    }

    /** The robot and up to ten vases, of which in most heaps several touch. */
    @Test
    void velocitiesChangeAsByTheEnginesOwnStep() {
        Contacts contacts = new Contacts(10);
        int severalTouched = 0;
        for (int trial = 0; trial < 3000; trial++) {
            int vases = 1 + trial % 10;
            State mine = crowd(new RandomStream(trial, 0, 0, 0), vases);
            State engines = crowd(new RandomStream(trial, 0, 0, 0), vases);
            contacts.apply(mine, Candidates.all(vases));
            EngineStep.apply(engines);
            assertAlike(mine, engines);
            severalTouched += Arrays.stream(mine.vaseKick).filter(d -> d > 0).count() > 2 ? 1 : 0;
        }
        assertThat(severalTouched).isGreaterThan(1000);
    }

    /** Rows of vases at rest, in random order, which pass a blow of the robot on. */
    @Test
    void aChainOfVasesAtRestMovesAsByTheEnginesOwnStep() {
        int vases = 6;
        Contacts contacts = new Contacts(vases);
        for (int trial = 0; trial < 500; trial++) {
            State mine = chain(new RandomStream(trial, 0, 0, 0), vases);
            State engines = chain(new RandomStream(trial, 0, 0, 0), vases);
            assertThat(contacts.apply(mine, Candidates.all(vases))).isTrue();
            EngineStep.apply(engines);
            assertAlike(mine, engines);
            assertThat(mine.vaseKick).doesNotContain(0);
        }
    }

    private static State chain(RandomStream random, int vases) {
        State state = new State(new Sizes(0, vases, 16));
        state.vx = random.uniform(0.5, 1.5);
        state.x = -0.24;
        int first = (int) random.uniform(0, vases);
        int stride = random.uniform(0, 1) < 0.5 ? 1 : 5;
        for (int i = 0; i < vases; i++) {
            int vase = (first + i * stride) % vases;
            state.vaseX[vase] = 0.199 * i;
            state.vaseY[vase] = random.uniform(-0.05, 0.05);
            state.vaseHeading[vase] = random.uniform(-0.002, 0.002);
        }
        return state;
    }

    @Test
    void noHistoryChangesABit() {
        Contacts used = new Contacts(10);
        for (int trial = 0; trial < 300; trial++) {
            int vases = 1 + trial % 10;
            assertAlike(used, new Contacts(vases), trial, vases);
        }
    }

    @Test
    void lookingAtAllBodiesChangesNoBit() {
        Contacts all = new Contacts(10, 100);
        Contacts near = new Contacts(10);
        for (int trial = 0; trial < 300; trial++) {
            assertAlike(all, near, trial, 1 + trial % 10);
        }
    }

    private static void assertAlike(Contacts one, Contacts other, int seed, int vases) {
        State mine = crowd(new RandomStream(seed, 0, 0, 0), vases);
        State others = crowd(new RandomStream(seed, 0, 0, 0), vases);
        boolean touch = one.apply(mine, Candidates.all(vases));
        assertThat(other.apply(others, Candidates.all(vases))).isEqualTo(touch);
        assertAlike(mine, others);
    }

    private static void assertAlike(State mine, State others) {
        assertThat(mine.vx).isEqualTo(others.vx);
        assertThat(mine.vy).isEqualTo(others.vy);
        assertThat(mine.yawRate).isEqualTo(others.yawRate);
        assertThat(mine.vaseVx).containsExactly(others.vaseVx);
        assertThat(mine.vaseVy).containsExactly(others.vaseVy);
        assertThat(mine.vaseYawRate).containsExactly(others.vaseYawRate);
        assertThat(mine.vaseKick).containsExactly(others.vaseKick);
        assertThat(mine.vaseTouch).containsExactly(others.vaseTouch);
    }

    @Test
    void allocatesNothingOnceWarm() {
        int vases = 10;
        Contacts contacts = new Contacts(vases);
        Candidates candidates = Candidates.all(vases);
        State[] heaps = new State[50];
        Arrays.setAll(heaps, i -> crowd(new RandomStream(i, 0, 0, 0), vases));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        applyAll(contacts, heaps, candidates);
        long before = threads.getCurrentThreadAllocatedBytes();
        int touched = 0;
        for (int repetition = 0; repetition < 20; repetition++) {
            touched += applyAll(contacts, heaps, candidates);
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(touched).isGreaterThan(900);
        // The counter itself may allocate a little; one contact would be hundreds of bytes.
        assertThat(allocated).isLessThan(touched);
    }

    private static int applyAll(Contacts contacts, State[] heaps, Candidates candidates) {
        int touched = 0;
        for (State heap : heaps) {
            touched += contacts.apply(heap, candidates) ? 1 : 0;
        }
        return touched;
    }

    @Test
    void vasesAtRestThatTouchAreNoContact() {
        State state = new State(new Sizes(0, 2, 16));
        state.x = -1;
        state.vaseX[1] = 0.199;
        assertThat(new Contacts(2).apply(state, Candidates.all(2))).isFalse();
        state.vaseYawRate[1] = 1;
        assertThat(new Contacts(2).apply(state, Candidates.all(2))).isTrue();
    }

    @Test
    void aVasePushedIntoAnotherPassesTheBlowOn() {
        State state = new State(new Sizes(0, 2, 16));
        state.x = -1;
        state.vaseVx[0] = 1;
        state.vaseX[1] = 0.2;
        new Contacts(2).apply(state, Candidates.all(2));
        assertThat(state.vaseVx[1]).isCloseTo((1 + 0.54) / 2, within(1e-3));
        assertThat(state.vaseTouch).containsOnly(0);
    }

    /** Robot and vases in a heap, all moving. */
    private static State crowd(RandomStream random, int vases) {
        State state = new State(new Sizes(0, vases, 16));
        state.heading = random.uniform(-20, 20);
        state.vx = random.uniform(-1.5, 1.5);
        state.vy = random.uniform(-1.5, 1.5);
        state.yawRate = random.uniform(-3, 3);
        for (int i = 0; i < vases; i++) {
            state.vaseX[i] = random.uniform(-0.4, 0.4);
            state.vaseY[i] = random.uniform(-0.4, 0.4);
            state.vaseHeading[i] = random.uniform(-20, 20);
            state.vaseVx[i] = random.uniform(-1, 1);
            state.vaseVy[i] = random.uniform(-1, 1);
            state.vaseYawRate[i] = random.uniform(-5, 5);
        }
        return state;
    }
}
