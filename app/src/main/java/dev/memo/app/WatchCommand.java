package dev.memo.app;

import dev.memo.app.watch.LiveShow;
import dev.memo.app.watch.Playback;
import dev.memo.app.watch.Watch;
import dev.memo.base.ThreadTeam;
import dev.memo.kernels.Device;
import dev.memo.learner.rollout.Recognition;
import dev.memo.render.scene.View;
import dev.memo.sim.env.PointGoalEnv;
import dev.memo.sim.recording.Recording;
import dev.memo.sim.scenario.Scenario;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Opens the window. */
@Command(
        name = "watch",
        description =
                "Opens a window in which a run, an expert or recordings move in real time; keys"
                        + " choose the mode.",
        footerHeading = "%nExample:%n",
        footer = "  memo watch RUN")
final class WatchCommand implements Runnable {
    private static final PictureOptions.Size USUAL = new PictureOptions.Size(1280, 720);

    private static final int WORLDS = 64;

    @Mixin private CommonOptions common;
    @Mixin private PictureOptions pictures;

    @Parameters(
            paramLabel = "RUN|EXPERT|RECORDING",
            description =
                    "The folder of a run; experts by name, with commas between them; a recording,"
                            + " or a folder of them.")
    private String what;

    @Option(
            names = "--scenario",
            paramLabel = "SCENARIO",
            description = "A scenario file, or the name of one; default what the run learned in.")
    private String scenario;

    @Option(
            names = "--mode",
            paramLabel = "M",
            description = "Who is chosen first, counted from 0; default 0.")
    private Integer mode;

    @Option(
            names = "--worlds",
            paramLabel = "N",
            converter = CommonOptions.AtLeastOne.class,
            description = "Worlds of the mosaic; default 64.")
    private Integer worlds;

    @Override
    public void run() {
        common.refuse("--resume", common.resume(), "a window shows what happens now");
        Path path = Path.of(what);
        if (what.endsWith(RecordingFiles.ENDING) || RecordingFiles.areIn(path)) {
            common.refuse("--scenario", scenario != null, "recordings have their own");
            String why = "what was recorded is done";
            common.refuse("--mode", mode != null, why);
            common.refuse("--worlds", worlds != null, why);
            common.refuse("--seed", common.givenSeed().isPresent(), why);
            watch(RecordingFiles.read(List.of(path)));
            return;
        }
        if (!Actors.areNamed(what)) {
            throw common.wrong(what + ": must be a recording, " + Actors.rule());
        }
        try (ThreadTeam team = new ThreadTeam(common.threads());
                Device device = common.device(team)) {
            Actors actors = Actors.of(what, team, device);
            Scenario world = scenario == null ? actors.scenario() : Scenario.load(scenario);
            watch(actors, world, team);
        }
    }

    private void watch(List<Recording> recordings) {
        Playback playback = new Playback(Playback.clips(recordings));
        String title = String.valueOf(Path.of(what).getFileName());
        View view = recordings.size() == 1 ? View.ARENA : View.MODES;
        watch(new Watch.Cast(title, List.of(), playback, playback, Optional.empty()), 0, view);
    }

    private void watch(Actors actors, Scenario world, ThreadTeam team) {
        List<String> names = actors.names();
        int first = mode == null ? 0 : mode;
        if (first < 0 || first >= names.size()) {
            throw common.wrong(
                    "--mode %d: there are 0 to %d: %s"
                            .formatted(first, names.size() - 1, String.join(", ", names)));
        }
        int[] all = IntStream.range(0, names.size()).toArray();
        int[] withHand = IntStream.range(-1, names.size()).toArray();
        int[] one =
                IntStream.generate(() -> first).limit(worlds == null ? WORLDS : worlds).toArray();
        try (LiveShow crowd = show(actors, world, team, one, false);
                LiveShow modes = show(actors, world, team, all, true);
                LiveShow driven = show(actors, world, team, withHand, true)) {
            String title = String.valueOf(Path.of(what).getFileName());
            watch(
                    new Watch.Cast(title, names, crowd, modes, Optional.of(driven)),
                    first,
                    View.ARENA);
        }
    }

    private LiveShow show(
            Actors actors, Scenario world, ThreadTeam team, int[] modes, boolean oneSeed) {
        // Distances are shown beside one world, which is one of the crowd.
        int watched = Math.min(LiveShow.MOST_RECOGNISED, modes.length);
        Recognition recognition =
                oneSeed
                        ? Recognition.NONE
                        : actors.recognition(PointGoalEnv.specOf(world), watched);
        return new LiveShow(
                world,
                team,
                actors.policy(0),
                recognition,
                actors.names(),
                modes,
                oneSeed,
                common.seed());
    }

    private void watch(Watch.Cast cast, int first, View otherwise) {
        Path out = common.out(Path.of(""));
        if (!Files.isDirectory(out.toAbsolutePath())) {
            throw common.wrong(
                    "--out " + out + ": must be a folder, for the pictures that S saves");
        }
        PictureOptions.Size size = pictures.size(USUAL);
        Watch.Start start =
                new Watch.Start(
                        pictures.view(otherwise), first, pictures.speed(), pictures.theme(), out);
        new Watch(cast, start, common::figures)
                .run(size.width(), size.height(), common.progress()::stopRequested);
    }
}
