package dev.memo.sim.world;

import dev.memo.sim.scenario.Cost;
import dev.memo.sim.scenario.Costs;
import dev.memo.sim.scenario.Scenario;
import java.util.Arrays;

/**
 * {@link World} for a whole block at once: SIMD for what happens in every step, and the world's own
 * rules for the few lanes in which bodies may touch, a cost may arise, a goal was reached or an
 * episode begins. Agrees with {@link ScalarRules} bit for bit.
 */
public final class SimdRules extends BlockRules {
    private final Scenario scenario;
    private final PseudoLidar lidar;
    private final LidarKernel lidarKernel;
    private final Scratch scratch;
    private final Nearness nearness;
    private final Candidates candidates;
    private final int costs;
    private final boolean noisyActions;
    private final boolean noisyObservations;
    private final boolean costsStay;
    private final boolean vasesCost;

    /** Whether a robot within a hazard costs 1, however deep. */
    private final boolean onlyWhether;

    private final int hazardsCost;
    private final double[] laneCosts;

    /** Keeps what means nothing. */
    private double fetched;

    // Lanes of the step whose robot or whose vases the world has moved.
    private long robotMoved;
    private long vasesMoved;

    /** [lane] of the lanes whose physics is the world's: vases touched in the last substep. */
    private final int[] touches = new int[Lanes.COUNT];

    /** [lane] of the lanes whose vases the world has moved: their speed. */
    private final double[] speeds = new double[Lanes.COUNT];

    /** The rules of a scenario. */
    public SimdRules(Scenario scenario) {
        super(scenario);
        this.scenario = scenario;
        lidar = new PseudoLidar(scenario.lidar());
        lidarKernel = new LidarKernel(lidar, sizes);
        scratch = new Scratch(sizes);
        nearness = new Nearness(scenario);
        candidates = new Candidates(scenario);
        costs = scenario.costs().names().size();
        laneCosts = new double[costs];
        noisyActions = scenario.noise().action().max() > 0;
        noisyObservations = scenario.noise().observation().max() > 0;
        vasesCost = scenario.costs().on().stream().anyMatch(cost -> cost != Cost.HAZARDS);
        costsStay = scenario.costs().on().contains(Cost.VASES_DISPLACE);
        hazardsCost = scenario.costs().on().indexOf(Cost.HAZARDS);
        onlyWhether =
                scenario.costs().form() == Costs.Form.INDICATOR && hazardsCost >= 0 && !costsStay;
    }

    @Override
    public void step(
            Block block,
            long active,
            float[] actions,
            int actionOffset,
            float[] rows,
            int rowOffset,
            Outcomes outcomes) {
        Lanes lanes = block.lanes;
        fetched = lanes.fetch();
        act(block, active, actions, actionOffset);
        long crowded = sizes.vases() > 0 ? active & (block.awake() | nearness.toVases(lanes)) : 0;
        robotMoved = 0;
        vasesMoved = 0;
        fetched += block.fetch(crowded);
        moveCrowded(block, crowded);
        JudgeKernel.measure(lanes, scratch.goalDistance);
        SenseKernel.face(lanes, scratch);
        MotionKernel.run(lanes, scratch);
        for (long left = robotMoved; left != 0; left &= left - 1) {
            block.storeRobot(Long.numberOfTrailingZeros(left));
        }
        SenseKernel.face(lanes, scratch);
        SenseKernel.place(lanes, scratch, lidar.bins);
        lidarKernel.locate(lanes, scratch);
        long met = active & JudgeKernel.run(lanes, scratch, scenario.reward(), outcomes);
        judge(block, active, outcomes.costs);
        outcomes.goalsMet = met;
        outcomes.terminated = 0;
        for (long left = met; left != 0; left &= left - 1) {
            int lane = Long.numberOfTrailingZeros(left);
            outcomes.terminated |= moveGoal(block, lane) ? 0 : 1L << lane;
        }
        outcomes.truncated = active & JudgeKernel.count(lanes, scenario.episodeSteps());
        block.ended = outcomes.terminated | outcomes.truncated;
        SenseKernel.sense(lanes, scratch);
        lidarKernel.write(scratch, block.size, rows, rowOffset);
        addNoise(block, active, rows, rowOffset);
        for (long left = met; left != 0; left &= left - 1) {
            observe(block, Long.numberOfTrailingZeros(left), rows, rowOffset);
        }
    }

    private void act(Block block, long active, float[] actions, int offset) {
        Lanes lanes = block.lanes;
        for (int lane = 0; lane < block.size; lane++) {
            lanes.thrustAction[lane] = actions[offset + ACTION * lane];
            lanes.yawAction[lane] = actions[offset + ACTION * lane + 1];
        }
        MotionKernel.clipActions(lanes);
        if (noisyActions) {
            for (long left = active; left != 0; left &= left - 1) {
                int lane = Long.numberOfTrailingZeros(left);
                State state = block.load(lane);
                Parameters parameters = block.parameters(lane);
                world.act(state, parameters, state.thrustAction, state.yawAction);
                lanes.thrustAction[lane] = state.thrustAction;
                lanes.yawAction[lane] = state.yawAction;
            }
        }
    }

    /**
     * Moves what may touch another, or moves by itself.
     *
     * @param crowded lanes to look at
     */
    private void moveCrowded(Block block, long crowded) {
        for (long left = crowded; left != 0; left &= left - 1) {
            int lane = Long.numberOfTrailingZeros(left);
            long bit = left & -left;
            if (!candidates.find(block, lane)) {
                continue;
            }
            State state = block.state(lane);
            if (candidates.robotMeets || candidates.count > 1) {
                touches[lane] = world.move(state, block.parameters(lane), candidates);
                robotMoved |= bit;
                block.contactSteps += world.contact() ? 1 : 0;
            } else {
                touches[lane] = world.moveLoneVase(state, candidates);
            }
            vasesMoved |= bit;
            speeds[lane] = StepCosts.speed(state, candidates);
            for (int k = 0; k < candidates.count; k++) {
                block.storeVase(lane, candidates.vases[k]);
            }
        }
    }

    /** Costs arise only where a hazard is near or where vases move, or have moved. */
    private void judge(Block block, long active, double[] stepCosts) {
        Lanes lanes = block.lanes;
        long movedCost = vasesCost ? vasesMoved : 0;
        long costly = active & (movedCost | Nearness.toHazards(lanes, scratch, 0));
        if (costsStay) {
            costly = active;
        }
        Arrays.fill(stepCosts, 0);
        if (onlyWhether) {
            // How deep within does not matter: most lanes are done without their states.
            long within = costly & ~movedCost & Nearness.toHazards(lanes, scratch, Nearness.SURELY);
            for (long left = within; left != 0; left &= left - 1) {
                int lane = Long.numberOfTrailingZeros(left);
                stepCosts[lane * costs + hazardsCost] = 1;
                stepCosts[lane * costs + costs - 1] = 1;
                lanes.episodeCost[lane] += 1;
            }
            costly &= ~within;
        }
        for (long left = costly; left != 0; left &= left - 1) {
            int lane = Long.numberOfTrailingZeros(left);
            boolean moved = (vasesMoved >>> lane & 1) != 0;
            int touched = moved ? touches[lane] : 0;
            double speed = moved ? speeds[lane] : 0;
            world.judgeCosts(block.load(lane), block.parameters(lane), touched, speed, laneCosts);
            System.arraycopy(laneCosts, 0, stepCosts, lane * costs, costs);
            lanes.episodeCost[lane] += laneCosts[costs - 1];
        }
    }

    /** False if no place is left. */
    private boolean moveGoal(Block block, int lane) {
        boolean found = world.moveGoal(block.load(lane), block.parameters(lane));
        block.storeGoal(lane);
        return found;
    }

    private void addNoise(Block block, long active, float[] rows, int offset) {
        if (noisyObservations) {
            for (long left = active; left != 0; left &= left - 1) {
                int lane = Long.numberOfTrailingZeros(left);
                int at = offset + lane * sizes.observation();
                world.addNoise(block.load(lane), block.parameters(lane), rows, at);
            }
        }
    }
}
