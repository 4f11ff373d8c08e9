package dev.memo.sim.world;

import dev.memo.base.InputException;
import dev.memo.base.RandomStream;
import dev.memo.sim.scenario.LayoutRenewal;
import dev.memo.sim.scenario.Scenario;
import java.util.Arrays;

/**
 * The rules of one scenario, for one environment at a time: what a reset, a step and an observation
 * do with a state (Safety Gym engine.py; Safety-Gymnasium's Goal tasks).
 *
 * <p>Holds scratch, so there is one for each thread; nothing in it outlives a call. Random numbers
 * are functions of (seed, purpose, episode), each purpose with its own stream: the goals that
 * follow do not depend on how noisy the actions were.
 */
public final class World {
    // The purposes of random numbers.
    private static final int PARAMETERS = 0;
    private static final int LAYOUT = 1;
    private static final int GOALS = 2;
    private static final int ACTION_NOISE = 3;
    private static final int OBSERVATION_NOISE = 4;

    /** Words of a stream that a normal number takes. */
    private static final int WORDS_PER_NORMAL = 4;

    private final Scenario scenario;
    private final Sizes sizes;
    private final PseudoLidar lidar;
    private final Layout layout;
    private final Contacts contacts;

    /** Every vase of a layout: without a block, nothing is known of what is near. */
    private final Candidates all;

    private final StepCosts costs;

    /** Whether bodies have touched in the last step. */
    private boolean contact;

    private final RandomStream random = new RandomStream(0, 0, 0, 0);

    /** The rules of a scenario. */
    public World(Scenario scenario) {
        this.scenario = scenario;
        sizes = Sizes.of(scenario);
        lidar = new PseudoLidar(scenario.lidar());
        layout = new Layout(scenario, sizes);
        contacts = new Contacts(sizes.vases());
        all = new Candidates(scenario);
        costs = new StepCosts(scenario.costs());
    }

    /**
     * Starts the episode that the state's seed and episode name.
     *
     * @param state modified, except for seed and episode
     * @param parameters modified
     * @throws InputException if the scenario has no room for its objects
     */
    public void reset(State state, Parameters parameters) {
        drawParameters(state, parameters);
        clear(state);
        start(LAYOUT, state, layoutEpisode(state));
        layout.draw(state, parameters, random);
        start(GOALS, state, layoutEpisode(state));
        if (!layout.drawGoal(state, parameters, random)) {
            throw new InputException(
                    "scenario '%s': no room for the goal among what stands in an extent of %s m"
                            .formatted(scenario.name(), parameters.extent));
        }
        state.goalWords = random.position();
        System.arraycopy(state.vaseX, 0, state.vaseHomeX, 0, sizes.vases());
        System.arraycopy(state.vaseY, 0, state.vaseHomeY, 0, sizes.vases());
    }

    /** Draws the parameters of the state's episode: a function of seed and episode alone. */
    public void drawParameters(State state, Parameters parameters) {
        start(PARAMETERS, state, layoutEpisode(state));
        parameters.draw(scenario, random);
    }

    private int layoutEpisode(State state) {
        return scenario.layout() == LayoutRenewal.EACH_SEED ? 0 : state.episode;
    }

    private void start(int purpose, State state, int episode) {
        random.restart(state.seed, purpose, 0, episode);
    }

    private static void clear(State state) {
        state.step = 0;
        state.ended = false;
        state.goals = 0;
        state.episodeReturn = 0;
        state.episodeCost = 0;
        state.vx = 0;
        state.vy = 0;
        state.yawRate = 0;
        state.thrustAction = 0;
        state.yawAction = 0;
        // All slots: a layout may have fewer objects than the one before, and states are saved
        // whole.
        Arrays.fill(state.hazardX, 0);
        Arrays.fill(state.hazardY, 0);
        Arrays.fill(state.vaseX, 0);
        Arrays.fill(state.vaseY, 0);
        Arrays.fill(state.vaseHeading, 0);
        Arrays.fill(state.vaseVx, 0);
        Arrays.fill(state.vaseVy, 0);
        Arrays.fill(state.vaseYawRate, 0);
        Arrays.fill(state.vaseZ, 0);
        Arrays.fill(state.vaseVz, 0);
        Arrays.fill(state.vaseLoad, 0);
        Arrays.fill(state.vaseRocking, 0);
        Arrays.fill(state.vaseTouch, 0);
        Arrays.fill(state.vaseKick, 0);
    }

    /**
     * One step of 0.02 s: action, ten substeps of physics, reward, costs, goal.
     *
     * @param state modified
     * @param thrust clipped to [-1, 1]
     * @param yaw clipped to [-1, 1]
     * @param outcome modified
     */
    public void step(
            State state, Parameters parameters, double thrust, double yaw, Outcome outcome) {
        double before = goalDistance(state);
        act(state, parameters, thrust, yaw);
        all.takeAll(parameters.vases);
        int touches = move(state, parameters, all);
        outcome.contact = contact;
        judge(state, parameters, before, touches, outcome);
    }

    /**
     * The physics of a step.
     *
     * @param state modified
     * @param candidates the vases that can move within it
     * @return how many vases the robot touches in the last substep
     */
    int move(State state, Parameters parameters, Candidates candidates) {
        PointRobot.face(state);
        contact = false;
        int touches = 0;
        for (int substep = 0; substep < PointRobot.SUBSTEPS; substep++) {
            PointRobot.accelerate(state, parameters);
            touches = accelerateVases(state, candidates);
            contact |= contacts.apply(state, candidates);
            PointRobot.advance(state);
            advanceVases(state, candidates);
        }
        return touches;
    }

    /**
     * The part of {@link #move} that concerns one vase out of the robot's and all others' reach.
     *
     * @return how many vases count as touched in the last substep
     */
    int moveLoneVase(State state, Candidates candidates) {
        contact = false;
        int touches = 0;
        for (int substep = 0; substep < PointRobot.SUBSTEPS; substep++) {
            touches = accelerateVases(state, candidates);
            state.vaseKick[candidates.vases[0]] = 0;
            advanceVases(state, candidates);
        }
        return touches;
    }

    private static int accelerateVases(State state, Candidates candidates) {
        int touches = 0;
        for (int k = 0; k < candidates.count; k++) {
            int i = candidates.vases[k];
            Vase.accelerate(state, i);
            touches += Vase.touches(state, i) ? 1 : 0;
        }
        return touches;
    }

    private static void advanceVases(State state, Candidates candidates) {
        for (int k = 0; k < candidates.count; k++) {
            Vase.advance(state, candidates.vases[k]);
        }
    }

    /**
     * What the physics of a step has earned and cost, and whether the episode goes on.
     *
     * @param state as the physics left it; goal and counts of the episode modified
     * @param before distance to the goal before the step, m
     * @param touches how many vases the robot touched in the last substep
     * @param outcome modified
     */
    public void judge(
            State state, Parameters parameters, double before, int touches, Outcome outcome) {
        double after = goalDistance(state);
        all.takeAll(parameters.vases);
        double speed = StepCosts.speed(state, all);
        judgeCosts(state, parameters, touches, speed, outcome.costs);
        outcome.goalMet = after <= parameters.goalRadius;
        outcome.terminated = outcome.goalMet && !moveGoal(state, parameters);
        double reward =
                scenario.reward().distance() * (before - after)
                        + (outcome.goalMet ? scenario.reward().goal() : 0);
        double limit = scenario.reward().clip();
        outcome.reward = Math.clamp(reward, -limit, limit);
        state.step++;
        outcome.truncated = state.step >= scenario.episodeSteps();
        state.episodeReturn += outcome.reward;
        state.episodeCost += outcome.costs[outcome.costs.length - 1];
        state.ended = outcome.terminated || outcome.truncated;
    }

    /** Whether bodies touched in the last {@link #move}. */
    boolean contact() {
        return contact;
    }

    /** What the physics of a step has cost; arguments as of {@link StepCosts#evaluate}. */
    void judgeCosts(State state, Parameters parameters, int touches, double speed, double[] costs) {
        this.costs.evaluate(state, parameters, touches, speed, costs);
    }

    /** Sets the actions of a step: clipped, with noise. */
    void act(State state, Parameters parameters, double thrust, double yaw) {
        thrust = Math.clamp(thrust, -1.0, 1.0);
        yaw = Math.clamp(yaw, -1.0, 1.0);
        if (parameters.actionNoise > 0) {
            start(ACTION_NOISE, state, state.episode);
            random.seek(2L * WORDS_PER_NORMAL * state.step);
            // The actuators clip what noise adds.
            thrust = Math.clamp(thrust + parameters.actionNoise * random.normal(), -1.0, 1.0);
            yaw = Math.clamp(yaw + parameters.actionNoise * random.normal(), -1.0, 1.0);
        }
        state.thrustAction = thrust;
        state.yawAction = yaw;
    }

    /** Moves a goal that was reached; false if no place is left. */
    boolean moveGoal(State state, Parameters parameters) {
        state.goals++;
        start(GOALS, state, layoutEpisode(state));
        random.seek(state.goalWords);
        boolean found = layout.drawGoal(state, parameters, random);
        state.goalWords = random.position();
        return found;
    }

    static double goalDistance(State state) {
        return distance(state.goalX - state.x, state.goalY - state.y);
    }

    static double distance(double dx, double dy) {
        return Math.sqrt(dx * dx + dy * dy);
    }

    /**
     * Writes what the robot observes: sensors, then the lidars of goal, hazards and vases, each of
     * the latter two only if the scenario can have such objects.
     *
     * @param row modified at offset .. offset + {@link Sizes#observation} - 1
     */
    public void observe(State state, Parameters parameters, float[] row, int offset) {
        PointRobot.face(state);
        PointRobot.sense(state, parameters, row, offset);
        int at = offset + Sizes.SENSORS;
        Arrays.fill(row, at, offset + sizes.observation(), 0);
        readLidars(state, parameters.hazards, parameters.vases, row, at);
        addNoise(state, parameters, row, offset);
    }

    /**
     * What the lidars read of the state's poses, without noise.
     *
     * @param hazards how many there are
     * @param vases how many there are
     * @param row modified from {@code at} on, zero before
     */
    public void readLidars(State state, int hazards, int vases, float[] row, int at) {
        lidar.add(state, state.goalX, state.goalY, row, at);
        int next = at + (sizes.hazards() > 0 ? sizes.lidarBins() : 0);
        for (int i = 0; i < hazards; i++) {
            lidar.add(state, state.hazardX[i], state.hazardY[i], row, next);
        }
        next += sizes.lidarBins();
        for (int i = 0; i < vases; i++) {
            lidar.add(state, state.vaseX[i], state.vaseY[i], row, next);
        }
    }

    /** Noise of the step's number, so that observing twice reads the same. */
    void addNoise(State state, Parameters parameters, float[] row, int offset) {
        if (parameters.observationNoise > 0) {
            int size = sizes.observation();
            start(OBSERVATION_NOISE, state, state.episode);
            random.seek((long) size * WORDS_PER_NORMAL * state.step);
            for (int i = offset; i < offset + size; i++) {
                row[i] += (float) (parameters.observationNoise * random.normal());
            }
        }
    }
}
