package dev.memo.app;

import dev.memo.base.InputException;
import dev.memo.base.ThreadTeam;
import dev.memo.kernels.Device;
import dev.memo.learner.checkpoint.ConfigJson;
import dev.memo.learner.checkpoint.RunFolder;
import dev.memo.learner.export.PolicyExport;
import dev.memo.learner.guarantee.Guarantees;
import dev.memo.learner.memo.MemoRun;
import dev.memo.learner.ppo.PpoRun;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a run's policy for other tools. */
@Command(
        name = "export",
        description = "Writes what a run learned for other tools, with its normalisation.",
        footerHeading = "%nExample:%n",
        footer = "  memo export runs/goal --format onnx")
final class ExportCommand implements Runnable {
    @Mixin private CommonOptions common;

    @Parameters(
            paramLabel = "RUN",
            description =
                    "The run's folder; policy.onnx or policy.safetensors goes into it unless --out"
                            + " names a file.")
    private Path run;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "onnx",
            description = "onnx or safetensors; default onnx.")
    private Format format;

    @Option(
            names = "--mode",
            paramLabel = "M",
            description =
                    "The mode that a MEMO run is steered to for good; without it the context is an"
                            + " input.")
    private Integer mode;

    enum Format {
        ONNX,
        SAFETENSORS
    }

    /**
     * What was written.
     *
     * @param policy the file
     * @param modes of the run, 0 where there are none
     * @param mode the one that it is steered to, null where its context is an input or it has none
     */
    record Figures(
            String policy,
            String learner,
            int observationSize,
            int actionSize,
            int modes,
            Integer mode) {}

    @Override
    public void run() {
        common.refuse("--seed", common.givenSeed().isPresent(), "nothing in a policy is random");
        common.refuse("--resume", common.resume(), "a policy is written anew");
        RunFolder folder = RunFolder.open(run);
        String learner = RunConfig.learner(folder);
        try (ThreadTeam team = new ThreadTeam(common.threads());
                Device device = common.device(team)) {
            switch (learner) {
                case RunConfig.MEMO ->
                        write(
                                MemoRun.load(folder, device).exported(),
                                RunConfig.read(folder).scenarioOfData());
                case PpoRunConfig.PPO -> {
                    String scenario = PpoRunConfig.readOne(folder).scenario().toJson();
                    write(PpoRun.load(folder, device).exported(), Optional.of(scenario));
                }
                default ->
                        throw new InputException(
                                "%s: learner \"%s\": must be \"%s\" or \"%s\""
                                        .formatted(run, learner, RunConfig.MEMO, PpoRunConfig.PPO));
            }
        }
    }

    private void write(PolicyExport policy, Optional<String> scenario) {
        if (mode != null && (mode < 0 || mode >= policy.modes())) {
            throw common.wrong(
                    policy.modes() == 0
                            ? "--mode %d: a %s run has no modes".formatted(mode, policy.learner())
                            : "--mode %d: the run has modes 0 to %d"
                                    .formatted(mode, policy.modes() - 1));
        }
        Map<String, String> origin = new LinkedHashMap<>();
        scenario.ifPresent(json -> origin.put("scenario", json));
        Guarantees.read(RunFolder.open(run))
                .ifPresent(known -> origin.put(Guarantees.KEY, ConfigJson.of(known).toString()));
        OptionalInt steered = mode == null ? OptionalInt.empty() : OptionalInt.of(mode);
        String name = format.toString().toLowerCase(Locale.ROOT);
        Path file = common.out(run.resolve("policy." + name));
        switch (format) {
            case ONNX -> policy.writeOnnx(file, steered, Version.number(), origin);
            case SAFETENSORS -> policy.writeSafetensors(file, steered, Version.number(), origin);
        }
        common.say("The policy is " + file);
        common.figures(
                new Figures(
                        file.toString(),
                        policy.learner(),
                        policy.observationSize(),
                        policy.actionSize(),
                        policy.modes(),
                        mode));
    }
}
