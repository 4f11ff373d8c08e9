package dev.memo.learner.expert;

import dev.memo.base.InputException;
import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.EnvSpec;
import java.util.Optional;

/**
 * Drives to the goal, forwards or backwards, whichever needs less turning. The robot coasts on for
 * about {@code LEAD} times its velocity, so the law aims from where it would come to rest:
 *
 * <pre>
 *   d = goal - position - LEAD velocity,   error = angle(d) - heading, wrapped to (-pi, pi]
 *   if cos(error) &lt; 0: error += pi, wrapped, direction = -1, else direction = 1
 *   yaw = clip(GAIN error, -1, 1),   thrust = direction if cos(error) &gt; ALIGN, else 0
 * </pre>
 *
 * The safe one bends d away from hazards that its lidar sees near by.
 */
final class GoalLaw implements Law {
    /** How long the robot is taken to coast, in s. */
    private static final double LEAD = 0.4;

    /** Yaw action per radian of error. */
    private static final double GAIN = 3;

    /** It drives only when the cosine of the error exceeds this. */
    private static final double ALIGN = 0.7;

    /** Lidar reading above which a hazard is avoided: 0.8 m of the usual range of 3 m. */
    private static final double AVOID_ABOVE = 1 - 0.8 / 3;

    /** Weight of a hazard's push against the unit pull of the goal. */
    private static final double PUSH = 4;

    private final int stride;
    private final int poseSize;
    private final Optional<EnvSpec.Slice> hazards;
    private final int x;
    private final int y;
    private final int heading;
    private final int vx;
    private final int vy;
    private final int goalX;
    private final int goalY;

    GoalLaw(EnvSpec spec, boolean avoidsHazards) {
        stride = spec.observationStride();
        poseSize = spec.poseNames().size();
        hazards =
                spec.observation().stream()
                        .filter(slice -> avoidsHazards && slice.name().equals("hazards_lidar"))
                        .findFirst();
        x = pose(spec, "x");
        y = pose(spec, "y");
        heading = pose(spec, "heading");
        vx = pose(spec, "vx");
        vy = pose(spec, "vy");
        goalX = pose(spec, "goal_x");
        goalY = pose(spec, "goal_y");
    }

    private static int pose(EnvSpec spec, String name) {
        int index = spec.poseNames().indexOf(name);
        if (index < 0) {
            throw new InputException(
                    "environment '%s': the goal experts need the pose feature '%s'"
                            .formatted(spec.name(), name));
        }
        return index;
    }

    @Override
    public void act(EnvBatch state, int env, int step, float[] actions) {
        double[] poses = state.poses;
        int at = env * poseSize;
        double dx = poses[at + goalX] - poses[at + x] - LEAD * poses[at + vx];
        double dy = poses[at + goalY] - poses[at + y] - LEAD * poses[at + vy];
        double error = wrap(Math.atan2(dy, dx) - poses[at + heading]);
        if (hazards.isPresent()) {
            error = bentAwayFromHazards(hazards.get(), state, env, error);
        }
        double direction = 1;
        if (Math.cos(error) < 0) {
            error = wrap(error + Math.PI);
            direction = -1;
        }
        double yaw = Math.clamp(GAIN * error, -1, 1);
        Law.write(actions, env, Math.cos(error) > ALIGN ? direction : 0, yaw);
    }

    /**
     * The direction, relative to the heading, after every lidar bin that sees a hazard has pushed:
     * away from it, and around it on the side where the goal is.
     */
    private double bentAwayFromHazards(
            EnvSpec.Slice lidar, EnvBatch state, int env, double towardsGoal) {
        int at = env * stride + lidar.offset();
        double forward = Math.cos(towardsGoal);
        double left = Math.sin(towardsGoal);
        for (int bin = 0; bin < lidar.length(); bin++) {
            double reading = state.observations[at + bin];
            if (reading > AVOID_ABOVE) {
                double bearing = (bin + 0.5) * 2 * Math.PI / lidar.length();
                double push = PUSH * (reading - AVOID_ABOVE) / (1 - AVOID_ABOVE);
                double side = Math.signum(wrap(towardsGoal - bearing));
                forward -= push * (Math.cos(bearing) + side * Math.sin(bearing)) / 2;
                left -= push * (Math.sin(bearing) - side * Math.cos(bearing)) / 2;
            }
        }
        return Math.atan2(left, forward);
    }

    private static double wrap(double angle) {
        return Math.IEEEremainder(angle, 2 * Math.PI);
    }
}
