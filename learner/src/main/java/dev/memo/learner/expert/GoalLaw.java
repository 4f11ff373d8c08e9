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

    /** The same as an angle: below it the cosine is above. */
    private static final double ALIGN_ANGLE = StrictMath.acos(ALIGN);

    private static final double TURN = 2 * Math.PI;

    /** Tangent of pi / 8, from where the arc tangent is taken as pi / 4 plus a smaller one. */
    private static final double TAN_EIGHTH = 0.4142135623730950488;

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
    public void act(EnvBatch state, int[] steps, int from, int to, float[] actions) {
        if (hazards.isPresent()) {
            for (int env = from; env < to; env++) {
                double error = error(state.poses, env);
                steer(bentAwayFromHazards(hazards.get(), state, env, error), env, actions);
            }
        } else {
            for (int env = from; env < to; env++) {
                steer(error(state.poses, env), env, actions);
            }
        }
    }

    private double error(double[] poses, int env) {
        int at = env * poseSize;
        double dx = poses[at + goalX] - poses[at + x] - LEAD * poses[at + vx];
        double dy = poses[at + goalY] - poses[at + y] - LEAD * poses[at + vy];
        return wrap(atan2(dy, dx) - poses[at + heading]);
    }

    /** The law from its second line on, with angles in place of their cosines. */
    private static void steer(double error, int env, float[] actions) {
        double away = Math.abs(error);
        boolean backwards = away > Math.PI / 2;
        double turn = backwards ? error - Math.copySign(Math.PI, error) : error;
        double still = backwards ? Math.PI - away : away;
        double direction = backwards ? -1 : 1;
        double thrust = still < ALIGN_ANGLE ? direction : 0;
        Law.write(actions, env, thrust, Math.clamp(GAIN * turn, -1, 1));
    }

    /**
     * The direction, relative to the heading, after every lidar bin that sees a hazard has pushed:
     * away from it, and around it on the side where the goal is.
     */
    private double bentAwayFromHazards(
            EnvSpec.Slice lidar, EnvBatch state, int env, double towardsGoal) {
        int at = env * stride + lidar.offset();
        boolean near = false;
        for (int bin = 0; bin < lidar.length(); bin++) {
            near |= state.observations[at + bin] > AVOID_ABOVE;
        }
        if (!near) {
            return towardsGoal;
        }
        double forward = Math.cos(towardsGoal);
        double left = Math.sin(towardsGoal);
        for (int bin = 0; bin < lidar.length(); bin++) {
            double reading = state.observations[at + bin];
            if (reading > AVOID_ABOVE) {
                double bearing = (bin + 0.5) * TURN / lidar.length();
                double push = PUSH * (reading - AVOID_ABOVE) / (1 - AVOID_ABOVE);
                double side = Math.signum(wrap(towardsGoal - bearing));
                forward -= push * (Math.cos(bearing) + side * Math.sin(bearing)) / 2;
                left -= push * (Math.sin(bearing) - side * Math.cos(bearing)) / 2;
            }
        }
        return atan2(left, forward);
    }

    /** In [-pi, pi]. */
    private static double wrap(double angle) {
        return Math.fma(-TURN, Math.rint(angle / TURN), angle);
    }

    /**
     * The angle of (x, y) in [-pi, pi], within 2e-15; 0 for the origin. Without branches and in a
     * fixed order of operations: {@link Math#atan2} takes twice the time of all the rest. Source of
     * the polynomial: fdlibm 5.3 (s_atan.c).
     */
    static double atan2(double y, double x) {
        double ax = Math.abs(x);
        double ay = Math.abs(y);
        double longer = Math.max(ax, ay);
        double shorter = Math.min(ax, ay);
        boolean steep = shorter > TAN_EIGHTH * longer;
        double rise = steep ? shorter - longer : shorter;
        double run = steep ? shorter + longer : longer;
        double slope = run == 0 ? 0 : rise / run;
        double angle = steep ? Math.PI / 4 + atanNearZero(slope) : atanNearZero(slope);
        angle = ay > ax ? Math.PI / 2 - angle : angle;
        angle = x < 0 ? Math.PI - angle : angle;
        return y < 0 ? -angle : angle;
    }

    /** Arc tangent of values up to tan(pi / 8) in size. */
    private static double atanNearZero(double x) {
        double z = x * x;
        double p = 1.62858201153657823623e-02;
        p = Math.fma(p, z, -3.65315727442169155270e-02);
        p = Math.fma(p, z, 4.97687799461593236017e-02);
        p = Math.fma(p, z, -5.83357013379057348645e-02);
        p = Math.fma(p, z, 6.66107313738753120669e-02);
        p = Math.fma(p, z, -7.69187620504482999495e-02);
        p = Math.fma(p, z, 9.09088713343650656196e-02);
        p = Math.fma(p, z, -1.11111104054623557880e-01);
        p = Math.fma(p, z, 1.42857142725034663711e-01);
        p = Math.fma(p, z, -1.99999999998764832476e-01);
        p = Math.fma(p, z, 3.33333333333329318027e-01);
        return Math.fma(-p, z * x, x);
    }
}
