package dev.memo.sim.world;

/**
 * Everything that changes in one environment. Fields are public to the package's neighbours because
 * a state has no rule of its own: {@link World} keeps it.
 */
public final class State {
    /** Which sequence of episodes this is. */
    public long seed;

    /** Which episode of it, from 0. */
    public int episode;

    /** Steps done in this episode. */
    public int step;

    /** The episode is over: only a reset may follow. */
    public boolean ended;

    /** Goals reached in this episode. */
    public int goals;

    /** Sum of the episode's rewards so far. */
    public double episodeReturn;

    /** Sum of the episode's costs "sum" so far. */
    public double episodeCost;

    /** Words drawn from the stream of goals. */
    long goalWords;

    // The robot's sphere, whose centre is not the centre of mass: m, rad (not wrapped), m/s, rad/s.
    public double x;
    public double y;
    public double heading;
    public double vx;
    public double vy;
    public double yawRate;

    /** Cosine and sine of the heading, which physics keeps while it works; not saved. */
    double cos;

    double sin;

    /** Thrust of the step before, clipped and with noise; the accelerometer still feels it. */
    public double thrustAction;

    /** Yaw of the step before, as {@link #thrustAction}. */
    public double yawAction;

    public double goalX;
    public double goalY;

    /** [H] */
    public final double[] hazardX;

    /** [H] */
    public final double[] hazardY;

    // Vases, [V] each: m, rad, m/s, rad/s.
    public final double[] vaseX;
    public final double[] vaseY;
    public final double[] vaseHeading;
    final double[] vaseVx;
    final double[] vaseVy;
    final double[] vaseYawRate;

    /** Where they stood at reset. */
    final double[] vaseHomeX;

    final double[] vaseHomeY;

    // What the third dimension does to a vase; see Vase.

    /** Height of the hop, m. */
    final double[] vaseZ;

    /** Its speed upwards, m/s. */
    final double[] vaseVz;

    /** Speed of landing that the floor still has to take up, m/s. */
    final double[] vaseLoad;

    /** Speed of rocking, m/s. */
    final double[] vaseRocking;

    /** For how long the robot's touch still counts, s. */
    final double[] vaseTouch;

    /** Change of velocity by contacts in the substep before, m/s. */
    final double[] vaseKick;

    /** A state of zeros. */
    public State(Sizes sizes) {
        hazardX = new double[sizes.hazards()];
        hazardY = new double[sizes.hazards()];
        int vases = sizes.vases();
        vaseX = new double[vases];
        vaseY = new double[vases];
        vaseHeading = new double[vases];
        vaseVx = new double[vases];
        vaseVy = new double[vases];
        vaseYawRate = new double[vases];
        vaseHomeX = new double[vases];
        vaseHomeY = new double[vases];
        vaseZ = new double[vases];
        vaseVz = new double[vases];
        vaseLoad = new double[vases];
        vaseRocking = new double[vases];
        vaseTouch = new double[vases];
        vaseKick = new double[vases];
    }

    /** As {@link Lanes#fetch}, for robot and vases. */
    double fetch() {
        double sum = x + thrustAction;
        for (int i = 0; i < vaseX.length; i += Block.LINE / Double.BYTES) {
            sum += vaseX[i] + vaseY[i] + vaseHeading[i] + vaseVx[i] + vaseVy[i] + vaseYawRate[i];
            sum += vaseZ[i] + vaseVz[i] + vaseLoad[i] + vaseRocking[i] + vaseTouch[i] + vaseKick[i];
        }
        return sum;
    }

    /** Writes every field to the columns' row, or reads it from there. */
    public void exchange(StateColumns columns) {
        seed = columns.exchange("seed", seed);
        episode = (int) columns.exchange("episode", (long) episode);
        step = (int) columns.exchange("step", (long) step);
        ended = columns.exchange("ended", ended ? 1L : 0L) == 1;
        goals = (int) columns.exchange("goals", (long) goals);
        episodeReturn = columns.exchange("episode_return", episodeReturn);
        episodeCost = columns.exchange("episode_cost", episodeCost);
        goalWords = columns.exchange("goal_words", goalWords);
        x = columns.exchange("x", x);
        y = columns.exchange("y", y);
        heading = columns.exchange("heading", heading);
        vx = columns.exchange("vx", vx);
        vy = columns.exchange("vy", vy);
        yawRate = columns.exchange("yaw_rate", yawRate);
        thrustAction = columns.exchange("thrust_action", thrustAction);
        yawAction = columns.exchange("yaw_action", yawAction);
        goalX = columns.exchange("goal_x", goalX);
        goalY = columns.exchange("goal_y", goalY);
        columns.exchange("hazard_x", hazardX);
        columns.exchange("hazard_y", hazardY);
        columns.exchange("vase_x", vaseX);
        columns.exchange("vase_y", vaseY);
        columns.exchange("vase_heading", vaseHeading);
        columns.exchange("vase_vx", vaseVx);
        columns.exchange("vase_vy", vaseVy);
        columns.exchange("vase_yaw_rate", vaseYawRate);
        columns.exchange("vase_home_x", vaseHomeX);
        columns.exchange("vase_home_y", vaseHomeY);
        columns.exchange("vase_z", vaseZ);
        columns.exchange("vase_vz", vaseVz);
        columns.exchange("vase_load", vaseLoad);
        columns.exchange("vase_rocking", vaseRocking);
        columns.exchange("vase_touch", vaseTouch);
        columns.exchange("vase_kick", vaseKick);
    }
}
