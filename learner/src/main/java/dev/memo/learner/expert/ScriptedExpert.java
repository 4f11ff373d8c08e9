package dev.memo.learner.expert;

import dev.memo.base.InputException;
import dev.memo.base.ThreadTeam;
import dev.memo.learner.rollout.NoisyPolicy;
import dev.memo.learner.rollout.Policy;
import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.EnvSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * An expert with a law of its own. The constant ones and their combinations are those of
 * feloundou/memo; "forward" has thrust -1, so the robot drives backwards, its box trailing.
 * "three-turn" drives three steps, then turns for one; "six-turn" does the same things as often in
 * another order. "ram" is no behaviour to learn from: it is there to make contacts.
 */
public final class ScriptedExpert implements Policy {
    /** Environments that one thread takes at a time: a few microseconds of the goal's law. */
    private static final int CHUNK = 256;

    private static final Law FORWARD = Law.constant(-1, 0);
    private static final Law LEFT = Law.constant(0, 1);
    private static final Map<String, Function<EnvSpec, Law>> LAWS = laws();

    private final Function<EnvSpec, Law> lawFor;
    private final ThreadTeam team;
    private final ThreadTeam.Task acting = this::actChunk;
    private Law law;
    private int[] steps = new int[0];

    // What the threads work on during a call.
    private EnvBatch state;
    private float[] actions;

    private ScriptedExpert(Function<EnvSpec, Law> lawFor, ThreadTeam team) {
        this.lawFor = lawFor;
        this.team = team;
    }

    /**
     * The expert of that name.
     *
     * @param noise standard deviation of the noise added to both actions, as {@link NoisyPolicy}
     * @param team does the work; what is done does not depend on its threads
     * @throws InputException if there is none of that name, or the noise is no deviation
     */
    public static Policy named(String name, double noise, ThreadTeam team) {
        requireKnown(name);
        return NoisyPolicy.of(new ScriptedExpert(LAWS.get(name), team), noise, team);
    }

    static void requireKnown(String name) {
        if (!LAWS.containsKey(name)) {
            throw new InputException(
                    "expert '%s': must be one of %s".formatted(name, String.join(", ", names())));
        }
    }

    /** The names of all. */
    public static List<String> names() {
        return List.copyOf(LAWS.keySet());
    }

    private static Map<String, Function<EnvSpec, Law>> laws() {
        Map<String, Function<EnvSpec, Law>> laws = new LinkedHashMap<>();
        laws.put("goal", spec -> new GoalLaw(spec, false));
        laws.put("goal-safe", spec -> new GoalLaw(spec, true));
        laws.put("forward", _ -> FORWARD);
        laws.put("circle", _ -> Law.constant(-1, 0.25));
        laws.put("spin", _ -> Law.constant(0, -1));
        laws.put("left", _ -> LEFT);
        laws.put("square", _ -> Law.alternating(FORWARD, 75, LEFT, 25));
        laws.put("back-forth", _ -> Law.alternating(FORWARD, 50, LEFT, 50));
        laws.put("three-turn", _ -> Law.alternating(FORWARD, 3, LEFT, 1));
        laws.put("six-turn", _ -> Law.alternating(FORWARD, 6, LEFT, 2));
        laws.put("ram", RamLaw::new);
        return laws;
    }

    /**
     * {@inheritDoc}
     *
     * @throws InputException if the environments do not show what the expert looks at
     */
    @Override
    public void begin(EnvSpec spec, long[] seeds) {
        law = lawFor.apply(spec);
        steps = new int[seeds.length];
    }

    @Override
    public void act(EnvBatch state, float[] actions) {
        this.state = state;
        this.actions = actions;
        team.run(Math.ceilDiv(steps.length, CHUNK), acting);
    }

    private void actChunk(int chunk, int thread) {
        int from = chunk * CHUNK;
        int to = Math.min(steps.length, from + CHUNK);
        for (int env = from; env < to; env++) {
            steps[env] = state.ended(env) ? 0 : steps[env];
        }
        law.act(state, steps, from, to, actions);
        for (int env = from; env < to; env++) {
            steps[env]++;
        }
    }
}
