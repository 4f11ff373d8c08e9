package dev.memo.sim.world;

import dev.memo.bench.Envs;
import dev.memo.bench.Team;
import dev.memo.bench.Throughput;
import dev.memo.sim.scenario.Scenario;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/**
 * Steps of physics in which bodies touch or slide, from states in which robots of goal1 came to ram
 * its vase. Every step begins where the sample was taken; {@link #restore} is what going back
 * costs. {@link Pieces} says why this is in the world's package.
 */
public class ContactSteps extends Throughput {
    private static final int SAMPLES = 512;

    /** Over the samples in an invocation: enough that handing it to the team does not count. */
    private static final int PASSES = 16;

    /** From one look at the batch to the next, in steps, so that samples are not alike. */
    private static final int APART = 5;

    private static final int ACTION = 2;

    /** Of the yaw action, per radian that the vase is off. */
    private static final double STEERING = 2;

    /** Steps of an approach and of backing off. */
    private static final int ROUND = 64;

    /** How far beside the vase's centre robots aim, at most, m. */
    private static final double ASIDE = 0.15;

    /** The only vase. */
    private static final int VASE = 0;

    private final List<Sample> pushes = new ArrayList<>();
    private final List<Sample> slides = new ArrayList<>();
    private final Candidates vase = Candidates.all(1);
    private World[] worlds;

    /**
     * A state.
     *
     * @param before as it was found
     * @param state modified by steps
     */
    private record Sample(State before, State state, Parameters parameters) {
        void restore() {
            state.x = before.x;
            state.y = before.y;
            state.heading = before.heading;
            state.vx = before.vx;
            state.vy = before.vy;
            state.yawRate = before.yawRate;
            state.vaseX[VASE] = before.vaseX[VASE];
            state.vaseY[VASE] = before.vaseY[VASE];
            state.vaseHeading[VASE] = before.vaseHeading[VASE];
            state.vaseVx[VASE] = before.vaseVx[VASE];
            state.vaseVy[VASE] = before.vaseVy[VASE];
            state.vaseYawRate[VASE] = before.vaseYawRate[VASE];
            state.vaseZ[VASE] = before.vaseZ[VASE];
            state.vaseVz[VASE] = before.vaseVz[VASE];
            state.vaseLoad[VASE] = before.vaseLoad[VASE];
            state.vaseRocking[VASE] = before.vaseRocking[VASE];
            state.vaseTouch[VASE] = before.vaseTouch[VASE];
            state.vaseKick[VASE] = before.vaseKick[VASE];
        }
    }

    @FunctionalInterface
    private interface Physics {
        void run(World world, Sample sample);
    }

    /** Rams until there are enough samples. */
    @Setup
    public void ram(Team team) {
        Scenario scenario = Scenario.load("goal1");
        worlds = new World[team.members().threads()];
        Arrays.setAll(worlds, _ -> new World(scenario));
        World world = new World(scenario);
        Candidates candidates = new Candidates(scenario);
        SimdRules rules = new SimdRules(scenario);
        Block block = Block.of(scenario, Block.MOST, Block.MOST)[0];
        for (int lane = 0; lane < block.size; lane++) {
            block.state(lane).seed = lane;
            block.state(lane).episode = -1;
            rules.startNext(block, lane);
        }
        float[] actions = new float[block.size * ACTION];
        float[] rows = new float[block.size * Sizes.of(scenario).observation()];
        Outcomes outcomes = new Outcomes(scenario.costs().names().size());
        for (int step = 1; pushes.size() < SAMPLES || slides.size() < SAMPLES; step++) {
            for (int lane = 0; lane < block.size; lane++) {
                aim(block.load(lane), lane, actions, ACTION * lane);
                if (step % APART == 0) {
                    look(world, candidates, block, lane, actions);
                }
            }
            rules.step(block, block.all(), actions, 0, rows, 0, outcomes);
            for (long left = block.ended; left != 0; left &= left - 1) {
                rules.startNext(block, Long.numberOfTrailingZeros(left));
            }
        }
    }

    /** Drives at the vase or past its edge, where it slides away alone, and backs off again. */
    private static void aim(State state, int lane, float[] actions, int at) {
        int round = state.step / ROUND;
        double aside = ASIDE * ((7 * round + lane) % Block.MOST * 2.0 / Block.MOST - 1);
        double dx = state.vaseX[VASE] - state.x;
        double dy = state.vaseY[VASE] - state.y;
        double bearing = Math.atan2(dy, dx) + Math.atan2(aside, Math.hypot(dx, dy));
        double off = Math.IEEEremainder(bearing - state.heading, 2 * Math.PI);
        actions[at] = state.step % ROUND < ROUND * 3 / 4 ? 1 : -1;
        actions[at + 1] = (float) Math.clamp(STEERING * off, -1, 1);
    }

    private void look(World world, Candidates candidates, Block block, int lane, float[] actions) {
        if (!candidates.find(block, lane)) {
            return;
        }
        Sample sample = sample(world, block.state(lane));
        sample.before.thrustAction = actions[ACTION * lane];
        sample.before.yawAction = actions[ACTION * lane + 1];
        sample.state.thrustAction = sample.before.thrustAction;
        sample.state.yawAction = sample.before.yawAction;
        if (!candidates.robotMeets) {
            take(sample, slides, !Vase.isStill(sample.state, VASE));
        } else {
            world.move(sample.state, sample.parameters, candidates);
            take(sample, pushes, world.contact());
        }
    }

    private static Sample sample(World world, State found) {
        StateColumns columns = new StateColumns(1);
        columns.write(0, found);
        Sizes sizes = new Sizes(found.hazardX.length, found.vaseX.length, 0);
        Sample sample = new Sample(new State(sizes), new State(sizes), new Parameters());
        columns.read(0, sample.before);
        columns.read(0, sample.state);
        world.drawParameters(sample.state, sample.parameters);
        return sample;
    }

    private static void take(Sample sample, List<Sample> samples, boolean fits) {
        if (fits && samples.size() < SAMPLES) {
            samples.add(sample);
        }
    }

    private void run(Team team, Envs counter, List<Sample> samples, Physics physics) {
        int threads = worlds.length;
        team.members()
                .run(
                        threads,
                        (_, thread) -> {
                            int end = SAMPLES * (thread + 1) / threads;
                            for (int pass = 0; pass < PASSES; pass++) {
                                for (int i = SAMPLES * thread / threads; i < end; i++) {
                                    Sample sample = samples.get(i);
                                    sample.restore();
                                    physics.run(worlds[thread], sample);
                                }
                            }
                        });
        counter.envs += PASSES * SAMPLES;
    }

    /** A robot and a vase that touch in at least one of the ten substeps. */
    @Benchmark
    public void push(Team team, Envs counter) {
        run(
                team,
                counter,
                pushes,
                (world, sample) -> world.move(sample.state, sample.parameters, vase));
    }

    /** A vase that slides, out of the robot's reach. */
    @Benchmark
    public void slide(Team team, Envs counter) {
        run(team, counter, slides, (world, sample) -> world.moveLoneVase(sample.state, vase));
    }

    /** Nothing but going back. */
    @Benchmark
    public void restore(Team team, Envs counter) {
        run(team, counter, pushes, (_, _) -> {});
    }
}
