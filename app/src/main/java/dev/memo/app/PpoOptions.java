package dev.memo.app;

import static dev.memo.learner.ppo.PpoConfig.MultiplierKind.NONE;
import static dev.memo.learner.ppo.PpoConfig.MultiplierKind.PID;

import dev.memo.base.InputException;
import dev.memo.learner.checkpoint.ConfigJson;
import dev.memo.learner.ppo.PpoConfig;
import dev.memo.learner.ppo.PpoConfig.MultiplierKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A flag for every component of {@link PpoConfig} but the seed, and a file of several. */
final class PpoOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "JSON with any of the settings below, named as in the config of a run's"
                            + " config.json; flags come after it.")
    private Path file;

    @Option(
            names = "--cost-limit",
            paramLabel = "C",
            description =
                    "Keep the mean cost of an episode below it; default 25.0 where there is"
                            + " a --multiplier.")
    private Double costLimit;

    @Option(
            names = "--multiplier",
            paramLabel = "KIND",
            description =
                    "How the weight of the cost follows it: pid, softplus, clamped or none;"
                            + " default none, with --cost-limit pid.")
    private MultiplierKind multiplier;

    @Option(
            names = "--steps",
            paramLabel = "N",
            converter = CommonOptions.WholeNumber.class,
            description =
                    "Steps of all environments together, to the next whole iteration;"
                            + " default 10000000.")
    private Long steps;

    @Option(
            names = "--envs",
            paramLabel = "N",
            converter = CommonOptions.AtLeastOne.class,
            description = "Environments that act together; default 512.")
    private Integer envs;

    @Option(
            names = "--horizon",
            paramLabel = "T",
            converter = CommonOptions.AtLeastOne.class,
            description = "Steps of each environment between two updates; default 64.")
    private Integer horizon;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            converter = CommonOptions.AtLeastOne.class,
            description = "How often an update goes over its steps; default 5.")
    private Integer epochs;

    @Option(
            names = "--minibatch",
            paramLabel = "N",
            converter = CommonOptions.AtLeastOne.class,
            description = "Rows per gradient step, which divide --envs; default 512.")
    private Integer minibatch;

    @Option(
            names = "--hidden",
            paramLabel = "N",
            converter = CommonOptions.AtLeastOne.class,
            description = "Width of both hidden layers of policy and critic; default 128.")
    private Integer hidden;

    @Option(
            names = "--discount",
            paramLabel = "G",
            description = "Of rewards and costs; default 0.99.")
    private Double discount;

    @Option(
            names = "--lambda",
            paramLabel = "L",
            description = "Of generalised advantage estimation; default 0.95.")
    private Double lambda;

    @Option(
            names = "--clip",
            paramLabel = "E",
            description = "How far the probability ratio may gain; default 0.2.")
    private Double clip;

    @Option(
            names = "--target-kl",
            paramLabel = "KL",
            description =
                    "An update ends with the epoch that is further from the acting policy;"
                            + " default 0.03.")
    private Double targetKl;

    @Option(
            names = "--entropy",
            paramLabel = "W",
            description = "Weight of the policy's entropy; default 0.01.")
    private Double entropy;

    @Option(
            names = "--policy-rate",
            paramLabel = "LR",
            description = "Learning rate of the policy at the start; default 5.0E-4.")
    private Double policyRate;

    @Option(
            names = "--critic-rate",
            paramLabel = "LR",
            description = "Learning rate of the critic at the start; default 0.001.")
    private Double criticRate;

    @Option(
            names = "--last-rate",
            paramLabel = "SHARE",
            description = "Where both rates end, as a share of their start; default 0.0.")
    private Double lastRate;

    @Option(
            names = "--max-norm",
            paramLabel = "N",
            description = "Limit on the norm of the gradients of each; default 0.5.")
    private Double maxNorm;

    @Option(
            names = "--log-deviation",
            paramLabel = "X",
            description = "The policy's log standard deviation at the start; default -0.5.")
    private Double logDeviation;

    @Option(
            names = "--multiplier-rate",
            paramLabel = "LR",
            description = "Learning rate of the multiplier (softplus, clamped); default 0.05.")
    private Double multiplierRate;

    @Option(
            names = "--proportional-gain",
            paramLabel = "K",
            description = "Of pid, per unit of cost above the limit; default 0.05.")
    private Double proportionalGain;

    @Option(
            names = "--integral-gain",
            paramLabel = "K",
            description = "Of pid, per unit and iteration; default 0.001.")
    private Double integralGain;

    @Option(
            names = "--derivative-gain",
            paramLabel = "K",
            description = "Of pid, per unit that the cost has risen; default 0.02.")
    private Double derivativeGain;

    /**
     * The configuration that file and flags ask for.
     *
     * @param base what holds where neither says anything
     * @param seed the common flag, if given
     * @throws InputException if the file has what is no setting, or a value breaks its rule
     */
    PpoConfig over(PpoConfig base, Optional<Long> seed) {
        Map<String, Object> values = new HashMap<>();
        if (file != null) {
            read(file).properties().forEach(one -> values.put(one.getKey(), one.getValue()));
        }
        put(values, "seed", seed.orElse(null));
        put(values, "steps", steps);
        put(values, "envs", envs);
        put(values, "horizon", horizon);
        put(values, "epochs", epochs);
        put(values, "minibatch", minibatch);
        put(values, "hidden", hidden);
        put(values, "discount", discount);
        put(values, "lambda", lambda);
        put(values, "clip", clip);
        put(values, "target_kl", targetKl);
        put(values, "entropy", entropy);
        put(values, "policy_rate", policyRate);
        put(values, "critic_rate", criticRate);
        put(values, "last_rate", lastRate);
        put(values, "max_norm", maxNorm);
        put(values, "log_deviation", logDeviation);
        put(values, "multiplier", multiplier);
        put(values, "cost_limit", costLimit);
        put(values, "multiplier_rate", multiplierRate);
        put(values, "proportional_gain", proportionalGain);
        put(values, "integral_gain", integralGain);
        put(values, "derivative_gain", derivativeGain);
        boolean limited = values.containsKey("cost_limit");
        if (limited && !values.containsKey("multiplier")) {
            put(values, "multiplier", base.multiplier() == NONE ? PID : base.multiplier());
        }
        PpoConfig config = read(base, values);
        if (limited && config.multiplier() == NONE) {
            throw new InputException(
                    "--cost-limit %s: nothing keeps it with --multiplier none"
                            .formatted(config.costLimit()));
        }
        return config;
    }

    /** A rule that is broken stands with the flag's name, whether a flag or the file broke it. */
    private PpoConfig read(PpoConfig base, Map<String, Object> values) {
        try {
            return ConfigJson.with(base, values);
        } catch (InputException e) {
            throw file == null ? e : new InputException(file + " and flags: " + e.getMessage(), e);
        }
    }

    private static void put(Map<String, Object> values, String key, Object value) {
        if (value != null) {
            values.put(key, value);
        }
    }

    private static ObjectNode read(Path file) {
        try {
            JsonNode json = JsonMapper.shared().readTree(Files.readString(file));
            if (json instanceof ObjectNode object) {
                return object;
            }
            throw new InputException(file + ": must be a JSON object of settings");
        } catch (IOException | JacksonException e) {
            throw new InputException(file + ": not readable: " + e.getMessage(), e);
        }
    }
}
