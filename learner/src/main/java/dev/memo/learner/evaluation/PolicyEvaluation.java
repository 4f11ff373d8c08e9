package dev.memo.learner.evaluation;

import dev.memo.base.Progress;
import dev.memo.base.ThreadTeam;
import dev.memo.learner.rollout.Policy;
import dev.memo.sim.scenario.Scenario;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a policy that learned by itself does on layouts that it did not learn on, as {@code
 * evaluation.json} holds it.
 *
 * @param meanAction with the means of its distribution as actions
 * @param sampledAction with actions drawn from it
 */
public record PolicyEvaluation(Behaviour meanAction, Behaviour sampledAction) {
    /** How the file calls the two ways to act. */
    public static final List<String> ACTIONS = List.of("mean_action", "sampled_action");

    private static final int VERSION = 1;

    /**
     * Runs the policy both ways.
     *
     * @param mean acts with the means of its distribution
     * @param sampled draws its actions
     * @param seeds of the layouts, one episode each
     * @throws java.util.concurrent.CancellationException if a person asks to stop
     */
    public static PolicyEvaluation of(
            Scenario scenario,
            Policy mean,
            Policy sampled,
            long[] seeds,
            ThreadTeam team,
            Progress progress) {
        progress.begin("evaluating", 2L * seeds.length * scenario.episodeSteps(), "steps");
        PolicyEvaluation evaluation =
                new PolicyEvaluation(
                        Behaviour.of(scenario, mean, seeds, team, progress),
                        Behaviour.of(scenario, sampled, seeds, team, progress));
        progress.end();
        return evaluation;
    }

    /**
     * The file's contents.
     *
     * @param learner whose policy it is
     * @param runSeed of its run
     */
    public ObjectNode toJson(String learner, Scenario scenario, long runSeed) {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("version", VERSION);
        json.put("learner", learner);
        json.put("scenario", scenario.name());
        json.put("seed", runSeed);
        json.put("episodes", meanAction.of(Measure.RETURN).length);
        json.set(ACTIONS.getFirst(), meanAction.toJson());
        json.set(ACTIONS.getLast(), sampledAction.toJson());
        return json;
    }
}
