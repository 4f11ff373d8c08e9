package dev.memo.sim.env;

/**
 * The arrays that a vector environment writes, owned by the caller and used again for every step.
 * Rows of different environments never share an entry.
 */
public final class EnvBatch {
    /** [E][S] what the next action is to be chosen from. */
    public final float[] observations;

    /** [E][S] the last observation of the episode, in rows whose episode this step ended. */
    public final float[] finalObservations;

    /** [E] */
    public final double[] rewards;

    /** [E][C] in the order of {@link EnvSpec#costNames()}. */
    public final double[] costs;

    /** [E] the episode ended in the task: nothing more could have come. */
    public final boolean[] terminated;

    /** [E] the episode was cut by the step limit: more could have come. */
    public final boolean[] truncated;

    /** [E] this step reached a goal. */
    public final boolean[] goalsMet;

    /** [E][P] of the moment of {@link #observations}; for experiments, not for policies. */
    public final double[] poses;

    /** [E][P] of the moment of {@link #finalObservations}. */
    public final double[] finalPoses;

    /** [E] sum of rewards of the episode that this step ended, else 0. */
    public final double[] episodeReturns;

    /** [E] sum over steps of the cost "sum" of the episode that this step ended, else 0. */
    public final double[] episodeCosts;

    /** [E] steps of the episode that this step ended, else 0. */
    public final int[] episodeLengths;

    private final EnvSpec spec;
    private final int envs;

    /** Arrays of zeros for so many environments. */
    public EnvBatch(EnvSpec spec, int envs) {
        this.spec = spec;
        this.envs = envs;
        observations = new float[envs * spec.observationStride()];
        finalObservations = new float[envs * spec.observationStride()];
        rewards = new double[envs];
        costs = new double[envs * spec.costNames().size()];
        terminated = new boolean[envs];
        truncated = new boolean[envs];
        goalsMet = new boolean[envs];
        poses = new double[envs * spec.poseNames().size()];
        finalPoses = new double[envs * spec.poseNames().size()];
        episodeReturns = new double[envs];
        episodeCosts = new double[envs];
        episodeLengths = new int[envs];
    }

    /**
     * What every vector environment asks of a batch before it changes anything.
     *
     * @throws IllegalArgumentException if the arrays are of another spec or number of environments
     */
    public void requireFor(EnvSpec spec, int envs) {
        if (envs != this.envs || !spec.equals(this.spec)) {
            throw new IllegalArgumentException(
                    "the batch is for %d environments of %s, not for %d of %s"
                            .formatted(this.envs, this.spec, envs, spec));
        }
    }

    /** Whether the step ended the environment's episode, by termination or truncation. */
    public boolean ended(int env) {
        return terminated[env] || truncated[env];
    }
}
