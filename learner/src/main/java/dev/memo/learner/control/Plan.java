package dev.memo.learner.control;

import dev.memo.base.InputException;
import dev.memo.learner.rollout.ScheduledPolicy;
import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.EnvSpec;
import dev.memo.sim.scenario.Lidar;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Who acts in an episode: a mode, and another one while a hazard is near. The robot sees that by
 * its lidar, whose largest reading r says that the nearest hazard's centre is (1 - r) range away.
 *
 * @param mode acts while no hazard is near
 * @param near acts while one is; the same mode if nobody switches
 * @param distance in m up to which a hazard is near, at most the lidar's range
 */
public record Plan(int mode, int near, double distance) {
    private static final String LIDAR = "hazards_lidar";

    /** One mode throughout. */
    static Plan always(int mode) {
        return new Plan(mode, mode, 0);
    }

    /**
     * Each mode throughout, then for each distance all pairs of modes, near hazards the second. In
     * a world without hazards only the former.
     *
     * @param modes K
     * @throws InputException if a distance is beyond what the lidar sees
     */
    static List<Plan> all(int modes, double[] distances, EnvSpec spec, Lidar lidar) {
        List<Plan> plans = new ArrayList<>();
        IntStream.range(0, modes).forEach(mode -> plans.add(always(mode)));
        if (spec.observation().stream().noneMatch(slice -> slice.name().equals(LIDAR))) {
            return plans;
        }
        for (double distance : distances) {
            if (distance > lidar.range()) {
                throw new InputException(
                        "near %s m: must be at most %s m, the range of the lidar in scenario '%s'"
                                .formatted(distance, lidar.range(), spec.name()));
            }
            for (int mode = 0; mode < modes; mode++) {
                for (int near = 0; near < modes; near++) {
                    if (near != mode) {
                        plans.add(new Plan(mode, near, distance));
                    }
                }
            }
        }
        return plans;
    }

    /** What a policy follows that is steered by the plan. */
    ScheduledPolicy.Schedule schedule(EnvSpec spec, Lidar lidar) {
        if (mode == near) {
            return (_, _, _) -> mode;
        }
        EnvSpec.Slice hazards = spec.slice(LIDAR);
        int stride = spec.observationStride();
        float threshold = (float) (1 - distance / lidar.range());
        return (env, _, state) ->
                sees(state, env * stride + hazards.offset(), hazards.length(), threshold)
                        ? near
                        : mode;
    }

    private static boolean sees(EnvBatch state, int from, int bins, float threshold) {
        for (int i = from; i < from + bins; i++) {
            if (state.observations[i] > threshold) {
                return true;
            }
        }
        return false;
    }

    /**
     * For people: {@code mode 2, near hazards (0.4 m) mode 1}.
     *
     * @param names [K] of the modes
     */
    String text(List<String> names) {
        return mode == near
                ? names.get(mode)
                : "%s, near hazards (%s m) %s"
                        .formatted(names.get(mode), distance, names.get(near));
    }
}
