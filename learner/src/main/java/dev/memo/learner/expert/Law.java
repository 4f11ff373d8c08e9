package dev.memo.learner.expert;

import dev.memo.sim.env.EnvBatch;

/** What a scripted expert does, as a function of what one environment shows. */
@FunctionalInterface
interface Law {
    /**
     * Writes one action: thrust and yaw, both in [-1, 1].
     *
     * @param state the environments, not modified
     * @param env which of them
     * @param step steps since its episode began
     * @param actions modified at {@code 2 env} and {@code 2 env + 1}
     */
    void act(EnvBatch state, int env, int step, float[] actions);

    /** The same action at every step. */
    static Law constant(double thrust, double yaw) {
        return (_, env, _, actions) -> write(actions, env, thrust, yaw);
    }

    /** One action for so many steps, then another for so many, over and over. */
    static Law alternating(Law first, int firstSteps, Law second, int secondSteps) {
        return (state, env, step, actions) -> {
            Law now = step % (firstSteps + secondSteps) < firstSteps ? first : second;
            now.act(state, env, step, actions);
        };
    }

    /** Writes thrust and yaw of one environment. */
    static void write(float[] actions, int env, double thrust, double yaw) {
        actions[2 * env] = (float) thrust;
        actions[2 * env + 1] = (float) yaw;
    }
}
