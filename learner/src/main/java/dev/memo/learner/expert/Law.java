package dev.memo.learner.expert;

import dev.memo.sim.env.EnvBatch;

/**
 * What a scripted expert does, as a function of what an environment shows. Threads call it side by
 * side, for different environments.
 */
@FunctionalInterface
interface Law {
    /**
     * Writes the actions of some environments: thrust and yaw, both in [-1, 1].
     *
     * @param state the environments, not modified
     * @param steps [E] steps since their episodes began, not modified
     * @param from the first of them
     * @param to one past the last
     * @param actions [E][2], modified in these rows
     */
    void act(EnvBatch state, int[] steps, int from, int to, float[] actions);

    /** The same action at every step. */
    static Law constant(double thrust, double yaw) {
        return (_, _, from, to, actions) -> {
            for (int env = from; env < to; env++) {
                write(actions, env, thrust, yaw);
            }
        };
    }

    /** One law for so many steps, then another for so many, over and over. */
    static Law alternating(Law first, int firstSteps, Law second, int secondSteps) {
        return (state, steps, from, to, actions) -> {
            for (int env = from; env < to; env++) {
                boolean early = steps[env] % (firstSteps + secondSteps) < firstSteps;
                (early ? first : second).act(state, steps, env, env + 1, actions);
            }
        };
    }

    /** Writes thrust and yaw of one environment. */
    static void write(float[] actions, int env, double thrust, double yaw) {
        actions[2 * env] = (float) thrust;
        actions[2 * env + 1] = (float) yaw;
    }
}
