package dev.memo.sim.env;

import dev.memo.base.RandomStream;

/** Chooses the actions of one environment after the other, for tests. */
@FunctionalInterface
interface Driver {
    /**
     * Writes an environment's action.
     *
     * @param batch what the environments show, not modified
     * @param actions [E][2], modified in the environment's row
     */
    void act(EnvSpec spec, EnvBatch batch, int env, float[] actions);

    /** Writes the actions of all. */
    default void actInAll(EnvSpec spec, EnvBatch batch, float[] actions) {
        for (int env = 0; env < batch.rewards.length; env++) {
            act(spec, batch, env, actions);
        }
    }

    /** One that drives to the goal, one that rams vases, one that acts at random, or all mixed. */
    static Driver named(String policy) {
        return switch (policy) {
            case "goal" -> steeringTo("goal_lidar");
            case "ram" -> steeringTo("vases_lidar");
            case "random" -> {
                RandomStream random = new RandomStream(5, 0, 0, 0);
                yield (_, _, env, actions) -> {
                    actions[2 * env] = (float) random.uniform(-1.5, 1.5);
                    actions[2 * env + 1] = (float) random.uniform(-1.5, 1.5);
                };
            }
            case "mixed" -> {
                Driver[] all = {named("ram"), named("goal"), named("random")};
                yield (spec, batch, env, actions) ->
                        all[env % all.length].act(spec, batch, env, actions);
            }
            default -> throw new IllegalArgumentException(policy);
        };
    }

    /** Turns to the sector that reads most, and drives when it lies ahead. */
    private static Driver steeringTo(String lidar) {
        return (spec, batch, env, actions) -> {
            EnvSpec.Slice slice = spec.slice(lidar);
            int at = env * spec.observationStride() + slice.offset();
            int best = 0;
            for (int bin = 1; bin < slice.length(); bin++) {
                best = batch.observations[at + bin] > batch.observations[at + best] ? bin : best;
            }
            double bearing = 2 * Math.PI * (best + 0.5) / slice.length();
            double error = Math.IEEEremainder(bearing, 2 * Math.PI);
            actions[2 * env] = Math.abs(error) < 1 ? 1 : 0;
            actions[2 * env + 1] = (float) Math.clamp(error, -1, 1);
        };
    }
}
