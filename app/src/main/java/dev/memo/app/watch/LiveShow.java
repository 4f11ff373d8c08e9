package dev.memo.app.watch;

import dev.memo.base.ThreadTeam;
import dev.memo.learner.rollout.Recognition;
import dev.memo.learner.rollout.SteeredPolicy;
import dev.memo.render.scene.Shot;
import dev.memo.sim.env.Autoreset;
import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.PointGoalEnv;
import dev.memo.sim.env.VectorEnv;
import dev.memo.sim.recording.Recording;
import dev.memo.sim.scenario.Scenario;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Environments that a policy with modes acts in: many seeds under one mode, or one seed under each
 * of several modes, in step. A person may drive one of the latter.
 */
public final class LiveShow implements Show {
    /** How many of the first worlds are recognised at most: people look at one. */
    public static final int MOST_RECOGNISED = 256;

    private static final float[] NOTHING = {};

    /** Stands among modes for a world that a person drives. */
    public static final int HAND = Shot.NO_MODE;

    private final Scenario scenario;
    private final VectorEnv envs;
    private final EnvBatch batch;
    private final SteeredPolicy policy;
    private final Recognition recognition;
    private final List<String> names;
    private final int[] modes;
    private final boolean oneSeed;
    private final float[] actions;
    private float thrust;
    private float turn;
    private long seed;
    private List<Shot> shots = List.of();

    /**
     * Worlds at the beginning of their first episode.
     *
     * @param policy acts in them; no other may use it meanwhile
     * @param recognition watches them, {@link #MOST_RECOGNISED} of more, or is {@link
     *     Recognition#NONE}
     * @param names of the policy's modes
     * @param modes of the worlds, or {@link #HAND}
     * @param oneSeed whether all worlds have one seed; else they count up from it
     */
    public LiveShow(
            Scenario scenario,
            ThreadTeam team,
            SteeredPolicy policy,
            Recognition recognition,
            List<String> names,
            int[] modes,
            boolean oneSeed,
            long seed) {
        this.scenario = scenario;
        this.policy = policy;
        this.recognition = recognition;
        this.names = List.copyOf(names);
        this.modes = modes.clone();
        this.oneSeed = oneSeed;
        this.seed = seed;
        envs = new PointGoalEnv(scenario, modes.length, Autoreset.SAME_STEP, team);
        batch = new EnvBatch(envs.spec(), modes.length);
        actions = new float[modes.length * envs.spec().actionSize()];
        reset();
    }

    @Override
    public Scenario scenario() {
        return scenario;
    }

    @Override
    public void reset() {
        long[] seeds = new long[modes.length];
        Arrays.setAll(seeds, env -> oneSeed ? seed : seed + env);
        envs.reset(seeds, batch);
        policy.begin(envs.spec(), seeds);
        recognition.reset(batch);
        for (int env = 0; env < modes.length; env++) {
            steer(env);
        }
        shots = IntStream.range(0, modes.length).mapToObj(this::first).toList();
    }

    @Override
    public void move(int seeds) {
        seed += seeds;
        reset();
    }

    @Override
    public void choose(int mode) {
        for (int env = 0; env < modes.length; env++) {
            modes[env] = modes[env] == HAND ? HAND : mode;
            steer(env);
        }
    }

    private void steer(int env) {
        if (modes[env] != HAND) {
            policy.steer(env, modes[env]);
        }
    }

    @Override
    public void drive(float thrust, float turn) {
        this.thrust = thrust;
        this.turn = turn;
    }

    @Override
    public void step() {
        policy.act(batch, actions);
        for (int env = 0; env < modes.length; env++) {
            if (modes[env] == HAND) {
                actions[2 * env] = thrust;
                actions[2 * env + 1] = turn;
            }
        }
        envs.step(actions, batch);
        recognition.step(actions, batch);
        List<Shot> next = new ArrayList<>(modes.length);
        boolean over = false;
        for (int env = 0; env < modes.length; env++) {
            boolean ended = batch.ended(env);
            over |= ended;
            next.add(ended ? first(env) : next(env));
        }
        if (over && oneSeed) {
            // Worlds that are compared begin together.
            move(1);
        } else {
            shots = next;
        }
    }

    private Shot first(int env) {
        return Shot.first(label(env), modes[env], envs.scene(env));
    }

    private Shot next(int env) {
        int costs = envs.spec().costNames().size();
        int size = envs.spec().actionSize();
        boolean hand = modes[env] == HAND;
        Recording.Step step =
                new Recording.Step(
                        Arrays.copyOfRange(actions, size * env, size * (env + 1)),
                        hand ? new float[0] : policy.context(env).clone(),
                        distances(env),
                        batch.rewards[env],
                        batch.costs[(env + 1) * costs - 1]);
        return shots.get(env).next(label(env), modes[env], step, envs.scene(env));
    }

    private float[] distances(int env) {
        return env < MOST_RECOGNISED ? recognition.distances(env).clone() : NOTHING;
    }

    private String label(int env) {
        return modes[env] == HAND ? "you" : names.get(modes[env]);
    }

    @Override
    public List<Shot> shots() {
        return shots;
    }

    @Override
    public void close() {
        envs.close();
    }
}
