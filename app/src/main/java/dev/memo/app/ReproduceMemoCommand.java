package dev.memo.app;

import dev.memo.base.Folders;
import dev.memo.base.InputException;
import dev.memo.base.ThreadTeam;
import dev.memo.kernels.Device;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** The grid of docs/results/memo.md. */
@Command(
        name = "memo",
        description = {
            "Learns what docs/results/memo.md shows and writes its page: the figures of the posts"
                    + " again, what MEMO makes of the same experts, every upgrade's worth, and"
                    + " baselines.",
            "The whole grid takes hours; it can be stopped and goes on with --resume."
        },
        footerHeading = "%nExample:%n",
        footer = "  memo reproduce memo --quick")
final class ReproduceMemoCommand implements Runnable {
    private static final long PPO_STEPS = 10_000_000;
    private static final long QUICK_PPO_STEPS = 1_500_000;

    @Mixin private CommonOptions common;

    @Option(
            names = "--quick",
            description =
                    "A few lines of each table, learned for a short time: five minutes on 2 cores.")
    private boolean quick;

    @Override
    public void run() {
        common.refuse("--seed", common.givenSeed().isPresent(), "the grid has seeds of its own");
        Path out = common.out(Path.of("runs", quick ? "reproduce-memo-quick" : "reproduce-memo"));
        if (!common.resume()) {
            Folders.createEmpty(out, "choose another --out, or go on with --resume");
        } else if (!Files.isDirectory(out)) {
            throw new InputException(out + ": not there, so there is nothing to go on with");
        }
        MemoStudy study = quick ? MemoStudy.quick() : MemoStudy.full();
        String command = "./memo reproduce memo" + (quick ? " --quick" : "");
        try (ThreadTeam team = new ThreadTeam(common.threads());
                Device device = common.device(team)) {
            Laboratory laboratory = new Laboratory(team, device, common.progress());
            MemoStudyRun run =
                    new MemoStudyRun(
                            study,
                            out,
                            laboratory,
                            quick ? QUICK_PPO_STEPS : PPO_STEPS,
                            command,
                            this::report);
            boolean done = run.run();
            Path page = MemoResults.write(study, command, out);
            common.say(
                    done
                            ? "The page is " + page
                            : "Stopped; what is done is in %s. Go on with: %s --resume --out %s"
                                    .formatted(
                                            page, command, CommonOptions.quoted(out.toString())));
        }
    }

    private void report(JsonNode row) {
        common.figures(row);
        if (row.has("modes")) {
            common.say(
                    "%s: %s: %d modes are worth having"
                            .formatted(
                                    row.path("section").asString(),
                                    row.path("case").asString(),
                                    row.path("modes").asInt()));
            return;
        }
        common.say(
                "%s: %s, seed %d, epoch %d: ARI %.2f per episode, %.2f per step"
                        .formatted(
                                row.path("section").asString(),
                                row.path("case").asString(),
                                row.path("seed").asInt(),
                                row.path("epoch").asInt(),
                                row.path("ari_episode").asDouble(),
                                row.path("ari_step").asDouble()));
    }
}
