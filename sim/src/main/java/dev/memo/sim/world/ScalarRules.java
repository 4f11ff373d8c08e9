package dev.memo.sim.world;

import dev.memo.sim.scenario.Scenario;

/**
 * The reference: {@link World} for one environment after the other. Slow and plain; {@link
 * SimdRules} must agree with it bit for bit.
 */
public final class ScalarRules extends BlockRules {
    private final Outcome outcome;

    /** The rules of a scenario. */
    public ScalarRules(Scenario scenario) {
        super(scenario);
        outcome = new Outcome(scenario.costs().names().size());
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
        block.ended = 0;
        outcomes.goalsMet = 0;
        outcomes.terminated = 0;
        outcomes.truncated = 0;
        int costs = outcome.costs.length;
        for (int lane = 0; lane < block.size; lane++) {
            long bit = 1L << lane;
            if ((active & bit) != 0) {
                int at = actionOffset + ACTION * lane;
                State state = block.load(lane);
                Parameters parameters = block.parameters(lane);
                world.step(state, parameters, actions[at], actions[at + 1], outcome);
                block.store(lane);
                outcomes.rewards[lane] = outcome.reward;
                System.arraycopy(outcome.costs, 0, outcomes.costs, lane * costs, costs);
                outcomes.goalsMet |= outcome.goalMet ? bit : 0;
                outcomes.terminated |= outcome.terminated ? bit : 0;
                outcomes.truncated |= outcome.truncated ? bit : 0;
                block.contactSteps += outcome.contact ? 1 : 0;
                observe(block, lane, rows, rowOffset);
            }
        }
    }
}
