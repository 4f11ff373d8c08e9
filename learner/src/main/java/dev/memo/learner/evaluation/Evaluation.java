package dev.memo.learner.evaluation;

import dev.memo.base.AtomicFiles;
import dev.memo.learner.metrics.Fidelity;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Everything that is measured of a run, as {@code evaluation.json} holds it; docs/file-formats.md
 * lists the keys.
 *
 * @param scenario the world's name; empty for data of another world
 * @param seed of the run that is evaluated
 * @param heldOutEpisodes episodes that the codes are judged on
 * @param codes codes against experts
 * @param likelihood mean log density of the held-out actions
 * @param oneMoreMode the codes of the same run with one mode more, if there is one
 * @param steering experts against modes; empty where there is no world or nobody is known
 */
public record Evaluation(
        Optional<String> scenario,
        long seed,
        int heldOutEpisodes,
        CodeReport codes,
        Likelihood likelihood,
        Optional<CodeReport> oneMoreMode,
        Optional<SteeringReport> steering) {

    private static final int VERSION = 1;
    private static final List<String> AGREEMENT =
            List.of(
                    "experts",
                    "purity",
                    "purity_episode",
                    "nmi_step",
                    "nmi_episode",
                    "ari_step",
                    "ari_episode",
                    "ari_episode_interval",
                    "confusion_step",
                    "confusion_episode");
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /**
     * Mean log density of held-out actions, in nats per step.
     *
     * @param ownContext given each row's own context, which knows the future; empty where modes are
     *     not recognised from rows
     * @param steeringContext given the mode of the row's episode
     * @param shuffledContext given the modes of the episodes in a random order: the mean over all
     *     orders
     * @param bounds what cloning without modes and with labels reaches
     */
    public record Likelihood(
            OptionalDouble ownContext,
            double steeringContext,
            double shuffledContext,
            LikelihoodBounds bounds) {

        /** What the right mode is worth: 0 where the policy does not heed it. */
        public double contextUse() {
            return steeringContext - shuffledContext;
        }

        /** What steering loses against the context that knows the future. */
        public OptionalDouble steeringGap() {
            return ownContext.isPresent()
                    ? OptionalDouble.of(ownContext.getAsDouble() - steeringContext)
                    : OptionalDouble.empty();
        }

        /**
         * How far steering comes from the floor, 0, to the ceiling, 1; empty where one of them is
         * not known, or labels bring nothing.
         */
        public OptionalDouble fraction() {
            if (bounds.floor().isEmpty() || bounds.ceiling().isEmpty()) {
                return OptionalDouble.empty();
            }
            double floor = bounds.floor().getAsDouble();
            double height = bounds.ceiling().getAsDouble() - floor;
            return height > 0
                    ? OptionalDouble.of((steeringContext - floor) / height)
                    : OptionalDouble.empty();
        }
    }

    /** Writes the file. */
    public void write(Path file) {
        AtomicFiles.writeText(file, JSON.writeValueAsString(toJson()) + "\n");
    }

    /** All of it. */
    public ObjectNode toJson() {
        ObjectNode json = JSON.createObjectNode();
        json.put("version", VERSION);
        json.put("scenario", scenario.orElse(null));
        json.put("seed", seed);
        json.put("held_out_episodes", heldOutEpisodes);
        json.set("codes", codes(codes));
        ObjectNode likelihoods = json.putObject("likelihood");
        likelihoods.set("own_context", number(likelihood.ownContext));
        likelihoods.put("steering_context", likelihood.steeringContext);
        likelihoods.put("shuffled_context", likelihood.shuffledContext);
        likelihoods.set("floor", number(likelihood.bounds.floor()));
        likelihoods.set("ceiling", number(likelihood.bounds.ceiling()));
        likelihoods.set("fraction", number(likelihood.fraction()));
        likelihoods.put("context_use", likelihood.contextUse());
        likelihoods.set("steering_gap", number(likelihood.steeringGap()));
        json.putNull("one_more_mode");
        oneMoreMode.ifPresent(more -> json.set("one_more_mode", codes(more)));
        json.putNull("steering");
        steering.ifPresent(report -> json.set("steering", steering(report)));
        return json;
    }

    /** The line that commands end with under {@code --json}. */
    public ObjectNode summary() {
        ObjectNode json = JSON.createObjectNode();
        codes.agreement()
                .ifPresent(
                        agreement -> {
                            json.put("purity", agreement.perStep().purity());
                            json.put("purity_episode", agreement.perEpisode().purity());
                            json.put("nmi_step", agreement.perStep().nmi());
                            json.put("nmi_episode", agreement.perEpisode().nmi());
                            json.put("ari_step", agreement.perStep().ari());
                            json.put("ari_episode", agreement.perEpisode().ari());
                        });
        oneMoreMode
                .flatMap(CodeReport::agreement)
                .ifPresent(more -> json.put("ari_episode_one_more_mode", more.perEpisode().ari()));
        json.put("perplexity", codes.perplexity());
        ObjectNode likelihoods = json.putObject("likelihood");
        likelihoods.set("own", number(likelihood.ownContext));
        likelihoods.put("steering", likelihood.steeringContext);
        likelihoods.put("shuffled", likelihood.shuffledContext);
        likelihoods.set("floor", number(likelihood.bounds.floor()));
        likelihoods.set("ceiling", number(likelihood.bounds.ceiling()));
        likelihoods.set("fraction", number(likelihood.fraction()));
        json.put("context_use", likelihood.contextUse());
        steering.flatMap(SteeringReport::distinguishability)
                .ifPresent(
                        one ->
                                json.putObject("distinguishability")
                                        .put("experts", one.experts())
                                        .put("modes", one.modes()));
        ArrayNode experts = json.putArray("experts");
        steering.ifPresent(
                report -> {
                    for (int i = 0; i < report.experts().size(); i++) {
                        ObjectNode expert = experts.addObject();
                        expert.put("expert", report.experts().get(i));
                        expert.put("mode", report.matched()[i]);
                        expert.set("fidelity", fidelity(report.fidelity(i, false)));
                    }
                });
        return json;
    }

    private static ObjectNode codes(CodeReport report) {
        ObjectNode json = JSON.createObjectNode();
        json.put("modes", report.modes());
        json.put("perplexity", report.perplexity());
        ArrayNode usage = json.putArray("usage");
        for (double share : report.usage()) {
            usage.add(share);
        }
        // Readers want every key: null where nobody knows who acted.
        AGREEMENT.forEach(json::putNull);
        report.agreement().ifPresent(agreement -> put(json, agreement));
        return json;
    }

    private static void put(ObjectNode json, CodeReport.Agreement agreement) {
        ArrayNode names = json.putArray("experts");
        agreement.labels().names().forEach(names::add);
        json.put("purity", agreement.perStep().purity());
        json.put("purity_episode", agreement.perEpisode().purity());
        json.put("nmi_step", agreement.perStep().nmi());
        json.put("nmi_episode", agreement.perEpisode().nmi());
        json.put("ari_step", agreement.perStep().ari());
        json.put("ari_episode", agreement.perEpisode().ari());
        json.putArray("ari_episode_interval").add(agreement.low()).add(agreement.high());
        json.set("confusion_step", JSON.valueToTree(agreement.perStep().counts()));
        json.set("confusion_episode", JSON.valueToTree(agreement.perEpisode().counts()));
    }

    private static ObjectNode steering(SteeringReport report) {
        ObjectNode json = JSON.createObjectNode();
        json.put("episodes", report.episodes());
        json.put("steps", report.steps());
        ArrayNode measures = json.putArray("measures");
        for (Measure measure : Measure.values()) {
            measures.add(measure.key());
        }
        ArrayNode experts = json.putArray("experts");
        for (int i = 0; i < report.experts().size(); i++) {
            ObjectNode expert = experts.addObject();
            expert.put("expert", report.experts().get(i));
            expert.set("expert_stats", report.ofExperts().get(i).toJson());
            int mode = report.matched()[i];
            expert.put("mode", mode);
            expert.set("mode_stats", statsOf(report.ofModes(), mode));
            expert.set("mode_stats_sampled", statsOf(report.ofModesSampled(), mode));
            expert.set("fidelity", fidelity(report.fidelity(i, false)));
            expert.set("fidelity_interval", intervals(report.fidelity(i, false)));
            expert.set("fidelity_sampled", fidelity(report.fidelity(i, true)));
        }
        ArrayNode modes = json.putArray("modes");
        for (int mode = 0; mode < report.ofModes().size(); mode++) {
            ObjectNode one = modes.addObject();
            one.put("mode", mode);
            one.set("stats", report.ofModes().get(mode).toJson());
        }
        json.putNull("distinguishability");
        report.distinguishability()
                .ifPresent(one -> json.set("distinguishability", distinguishability(one)));
        return json;
    }

    private static ObjectNode distinguishability(Distinguishability report) {
        ObjectNode json = JSON.createObjectNode();
        json.put("training_episodes", report.trainingEpisodes());
        json.put("experts", report.experts());
        json.put("modes", report.modes());
        json.set("ratio", number(report.ratio()));
        json.set("unmatched_modes", JSON.valueToTree(report.unmatched()));
        json.set("confusion_experts", JSON.valueToTree(report.ofExperts().counts()));
        json.set("confusion_modes", JSON.valueToTree(report.ofModes().counts()));
        return json;
    }

    /** Nothing for an expert that is left without a mode. */
    private static ObjectNode statsOf(List<Behaviour> modes, int mode) {
        return mode < 0 ? JSON.createObjectNode() : modes.get(mode).toJson();
    }

    /** Numbers; null where experts agree to the last digit and the mode does not. */
    private static ObjectNode fidelity(Map<Measure, Fidelity> fidelity) {
        ObjectNode json = JSON.createObjectNode();
        fidelity.forEach((measure, one) -> json.set(measure.key(), number(one.value())));
        return json;
    }

    /** The 95 % interval over layouts of (mode - expert) / scale, whose size the fidelity is. */
    private static ObjectNode intervals(Map<Measure, Fidelity> fidelity) {
        ObjectNode json = JSON.createObjectNode();
        fidelity.forEach(
                (measure, one) ->
                        json.putArray(measure.key())
                                .add(number(one.difference().low()))
                                .add(number(one.difference().high())));
        return json;
    }

    private static JsonNode number(OptionalDouble value) {
        return number(value.orElse(Double.NaN));
    }

    private static JsonNode number(double value) {
        return Double.isFinite(value)
                ? JSON.getNodeFactory().numberNode(value)
                : JSON.getNodeFactory().nullNode();
    }
}
