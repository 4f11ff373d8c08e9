package dev.memo.app.report;

import dev.memo.learner.memo.NoveltyScore;
import java.util.ArrayList;
import java.util.List;

/** Whether new experts are of one of the modes, or of none. */
final class NoveltySection {
    private NoveltySection() {}

    /** Writes nothing where nothing was measured. */
    static void write(Html html, RunFolder run) {
        Finding.NOVELTY.read(run.folder()).ifPresent(found -> write(html, found));
    }

    private static void write(Html html, Novelty found) {
        html.section("novelty", "A behaviour that is none of them");
        html.element(
                "p",
                ("Episodes of experts%s, each held against those of the %d held-out episodes that have"
                                + " the same nearest mode. The AUROC is the probability that an"
                                + " episode of the expert has the larger score than a known one: 1"
                                + " where they are always told apart, 0.5 where they never are,"
                                + " which experts that were learned from should come near to. Beside"
                                + " it stands what share of the expert's episodes pass for known"
                                + " where %s of the known ones do (FPR at 95 %% TPR).")
                        .formatted(
                                found.scenario() == null
                                        ? " in other data"
                                        : " on fresh layouts of %s, with noise of %s on their actions"
                                                .formatted(
                                                        found.scenario(),
                                                        Figures.plain(found.noise())),
                                found.knownEpisodes(),
                                Figures.percent(found.known())));
        html.element(
                "p",
                "Scores: minus the log-likelihood of actions and motion under the nearest mode, by"
                        + " which an expert is taken for a mode or for none; the distance of what the"
                        + " encoder sees to the nearest code; and that to the tenth nearest training"
                        + " episode, by the episodes' means in the space of codes.");
        table(html, found);
        html.close();
    }

    private static void table(Html html, Novelty found) {
        Tables.open(
                html,
                "Known and new experts: AUROC by three scores, with 95 % intervals, and FPR",
                "");
        List<String> heads =
                new ArrayList<>(List.of("expert", "learned from", "nearest mode", "taken for"));
        for (NoveltyScore score : NoveltyScore.values()) {
            heads.add(Figures.words(score.key()));
            heads.add("FPR");
        }
        Tables.heads(html, heads);
        html.open("tbody");
        for (Novelty.OfExpert one : found.experts()) {
            html.open("tr").element("th", Figures.words(one.expert()), "scope", "row");
            Tables.cell(html, one.learned() ? "yes" : "no");
            Tables.cell(
                    html,
                    "%d, in %d of %d"
                            .formatted(one.nearest(), one.modes()[one.nearest()], one.episodes()));
            Tables.cell(html, one.novel() ? "none of them" : "mode " + one.nearest());
            for (NoveltyScore score : NoveltyScore.values()) {
                Novelty.Score detected = one.scores().get(score.key());
                Tables.interval(html, detected.auroc());
                Tables.cell(html, Figures.number(detected.fpr95()));
            }
            html.close();
        }
        html.close();
        Tables.close(html);
    }
}
