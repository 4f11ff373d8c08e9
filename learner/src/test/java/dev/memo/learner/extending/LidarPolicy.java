package dev.memo.learner.extending;

import dev.memo.learner.rollout.Policy;
import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.EnvSpec;

// begin policy
/** Turns to where the goal lidar reads most, and drives when that is ahead. */
final class LidarPolicy implements Policy {
    private EnvSpec spec;

    @Override
    public void begin(EnvSpec spec, long[] seeds) {
        this.spec = spec;
    }

    @Override
    public void act(EnvBatch state, float[] actions) {
        EnvSpec.Slice lidar = spec.slice("goal_lidar");
        for (int env = 0; env < actions.length / spec.actionSize(); env++) {
            int first = env * spec.observationStride() + lidar.offset();
            int most = 0;
            for (int bin = 1; bin < lidar.length(); bin++) {
                if (state.observations[first + bin] > state.observations[first + most]) {
                    most = bin;
                }
            }
            double bearing = (most + 0.5) / lidar.length() * 2 * Math.PI; // from ahead, to the left
            actions[2 * env] = Math.cos(bearing) > 0.9 ? 1 : 0; // thrust
            actions[2 * env + 1] = (float) Math.clamp(3 * Math.sin(bearing), -1, 1); // yaw
        }
    }
}
// end policy
