package dev.memo.sim.scenario;

/**
 * What a step earns: {@code distance} per metre that the robot came nearer to the goal, and {@code
 * goal} for reaching it; then clipped (Safety-Gymnasium, goal task).
 *
 * @param distance weight in 1/m; default 1
 * @param goal bonus for reaching the goal; default 1
 * @param clip the reward of a step stays within plus and minus this; default 10
 */
public record Reward(double distance, double goal, double clip) {
    public Reward {
        Rules.finite("$.reward.distance", distance);
        Rules.finite("$.reward.goal", goal);
        Rules.positive("$.reward.clip", clip);
    }
}
