package dev.memo.app;

import dev.memo.app.report.Finding;
import dev.memo.app.report.ModeCards;
import dev.memo.base.ThreadTeam;
import dev.memo.kernels.Device;
import dev.memo.learner.explanation.DescribedSegments.Difference;
import dev.memo.learner.explanation.Trait;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Says what each mode of a run is. */
@Command(
        name = "cards",
        description =
                "Says what each mode of a run is: what it does, how it differs from the others, a"
                        + " small tree that tells them apart.",
        footerHeading = "%nExample:%n",
        footer = "  memo cards RUN")
final class CardsCommand implements Runnable {
    @Mixin private CommonOptions common;

    @Parameters(paramLabel = "RUN", description = "The run's folder; cards.json goes into it.")
    private Path run;

    @Override
    public void run() {
        common.refuse(
                "--seed", common.givenSeed().isPresent(), "layouts follow the run's own seed");
        common.refuse("--out", common.out(null) != null, "cards go into the run's folder");
        common.refuse("--resume", common.resume(), "cards are made anew");
        try (ThreadTeam team = new ThreadTeam(common.threads());
                Device device = common.device(team)) {
            Laboratory laboratory = new Laboratory(team, device, common.progress());
            LearnedRun learned = LearnedRun.open(run, device);
            ModeCards cards =
                    ModeDescriber.describe(
                            laboratory, learned.model(), learned.dataset(), learned.world());
            Finding.CARDS.write(run, cards);
            for (int mode = 0; mode < cards.modes().size(); mode++) {
                say(mode, cards.modes().get(mode));
            }
            sayTree(cards);
            sayTransitions(cards);
            common.say("All of it is in " + Finding.CARDS.file(run));
            common.figures(cards);
        }
    }

    private void say(int mode, ModeCards.Card card) {
        common.say("mode %d: %s".formatted(mode, card.headline()));
        for (Trait trait : card.traits()) {
            common.say("  %s: %s".formatted(trait.name(), trait.reason()));
        }
        common.say(
                "  %.0f %% of the held-out steps, in %d episodes%s"
                        .formatted(
                                100 * card.shareOfSteps(),
                                card.episodes(),
                                card.nearest().isEmpty()
                                        ? ""
                                        : "; nearest to its code: "
                                                + card.nearest().stream()
                                                        .map(one -> "" + one.episode())
                                                        .collect(Collectors.joining(", "))));
        if (!card.fromOthers().isEmpty()) {
            common.say("  from the others: " + texts(card.fromOthers()));
        }
        if (card.mostLike() != null) {
            common.say(
                    "  from mode %d, which is most like it: %s"
                            .formatted(card.mostLike(), texts(card.fromMostLike())));
        }
    }

    private static String texts(List<Difference> differences) {
        return differences.isEmpty()
                ? "no large difference"
                : differences.stream().map(Difference::text).collect(Collectors.joining("; "));
    }

    private void sayTree(ModeCards cards) {
        if (cards.tree() == null) {
            common.say("no tree: fewer than two modes can be compared");
            return;
        }
        common.say("a tree that tells the modes apart:");
        cards.tree().lines().forEach(line -> common.say("  " + line));
        common.say("  " + cards.fidelityText());
    }

    private void sayTransitions(ModeCards cards) {
        common.say("the nearest code from step to step:");
        double[][] next = cards.transitions().probabilities();
        for (int from = 0; from < next.length; from++) {
            StringBuilder row = new StringBuilder();
            for (double share : next[from]) {
                row.append("  %.4f".formatted(share));
            }
            common.say(
                    "  from %d%s   stays %.1f steps"
                            .formatted(from, row, cards.transitions().dwell()[from]));
        }
    }
}
