package dev.memo.learner.expert;

import dev.memo.base.ThreadTeam;
import dev.memo.learner.rollout.NoisyPolicy;
import dev.memo.learner.rollout.Policy;
import dev.memo.sim.env.EnvSpec;
import java.util.function.Function;

/**
 * Somebody who shows a behaviour, scripted or learned.
 *
 * @param name of the behaviour
 * @param label what a dataset's file of experts calls it: enough to find it again
 * @param policy makes the policy, without noise; one is in use at a time
 */
public record Expert(String name, String label, Function<ThreadTeam, Policy> policy) {
    /**
     * The scripted expert of that name.
     *
     * @throws dev.memo.base.InputException if there is none
     */
    public static Expert scripted(String name) {
        ScriptedExpert.requireKnown(name);
        return new Expert(name, name, team -> ScriptedExpert.named(name, 0, team));
    }

    /** The policy with noise of that deviation on its actions, as {@link NoisyPolicy}. */
    public Policy policy(double noise, ThreadTeam team) {
        return NoisyPolicy.of(policy.apply(team), noise, team);
    }

    /**
     * Refuses environments in which it cannot act.
     *
     * @throws dev.memo.base.InputException saying what it misses
     */
    public void check(EnvSpec spec) {
        try (ThreadTeam alone = new ThreadTeam(1)) {
            policy.apply(alone).begin(spec, new long[0]);
        }
    }
}
