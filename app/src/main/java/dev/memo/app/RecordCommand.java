package dev.memo.app;

import dev.memo.base.Progress;
import dev.memo.base.ThreadTeam;
import dev.memo.kernels.Device;
import dev.memo.learner.rollout.Recognition;
import dev.memo.sim.recording.Recording;
import dev.memo.sim.scenario.Scenario;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Records episodes. */
@Command(
        name = "record",
        description = "Records episodes of a run's modes, or of experts, as exact replays.",
        footerHeading = "%nExample:%n",
        footer = "  memo record runs/open --episodes 2 --out recordings/open")
final class RecordCommand implements Runnable {
    private static final String ALL = "all";

    @Mixin private CommonOptions common;

    @Parameters(
            paramLabel = "RUN|EXPERTS",
            description = "The folder of a run, or names of experts with commas between them.")
    private String who;

    @Option(
            names = "--scenario",
            paramLabel = "SCENARIO",
            description =
                    "The world to act in; default the one that the run learned in, goal1 for"
                            + " experts.")
    private String scenario;

    @Option(
            names = "--mode",
            paramLabel = "M",
            description = "The mode of a run, or all; default all.")
    private String mode;

    @Option(
            names = "--episodes",
            paramLabel = "N",
            defaultValue = "1",
            converter = CommonOptions.AtLeastOne.class,
            description =
                    "Layouts, the same for all who act: of the seed and those that follow it;"
                            + " default 1.")
    private int episodes;

    @Override
    public void run() {
        common.refuse("--resume", common.resume(), "a recording starts anew");
        Path folder = common.out(null);
        if (folder == null) {
            throw common.wrong("--out: name the folder that the recordings go to");
        }
        if (!Actors.areNamed(who)) {
            throw common.wrong(who + ": must be " + Actors.rule());
        }
        long[] seeds = new long[episodes];
        Arrays.setAll(seeds, i -> common.seed() + i);
        try (ThreadTeam team = new ThreadTeam(common.threads());
                Device device = common.device(team)) {
            Actors actors = Actors.of(who, team, device);
            List<Integer> modes = common.fromFlags(() -> modes(actors));
            Scenario world = scenario == null ? actors.scenario() : Scenario.load(scenario);
            Progress progress = common.progress();
            Recorder recorder = new Recorder(folder, world, seeds, team, progress);
            Recognition recognition = actors.recognition(recorder.spec(), recorder.watched());
            long steps = (long) modes.size() * episodes * world.episodeSteps();
            progress.begin("recording", steps, "env-steps");
            for (int one : modes) {
                String label = actors.names().get(one);
                recorder.record(
                        label.replace(' ', '-'),
                        label,
                        actors.policy(one),
                        recognition,
                        this::report);
            }
            progress.end();
        }
    }

    private List<Integer> modes(Actors actors) {
        if (mode == null || mode.equals(ALL)) {
            return IntStream.range(0, actors.names().size()).boxed().toList();
        }
        if (!mode.matches("\\d{1,9}")) {
            throw common.wrong("--mode %s: must be a mode's number, or all".formatted(mode));
        }
        int one = Integer.parseInt(mode);
        actors.requireMode(one);
        return List.of(one);
    }

    private void report(Path file, Recording recording) {
        double earned = recording.steps().stream().mapToDouble(Recording.Step::reward).sum();
        double cost = recording.steps().stream().mapToDouble(Recording.Step::cost).sum();
        int steps = recording.steps().size();
        common.say(
                "%s: %s, seed %d, %d steps, return %.2f, cost %.2f"
                        .formatted(file, recording.label(), recording.seed(), steps, earned, cost));
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("file", file.toString());
        figures.put("label", recording.label());
        figures.put("seed", recording.seed());
        figures.put("steps", steps);
        figures.put("return", earned);
        figures.put("cost", cost);
        common.figures(figures);
    }
}
