package dev.memo.app.report;

import dev.memo.app.picture.MotionPainter;
import dev.memo.app.picture.Palette;
import dev.memo.app.picture.ScenePainter;
import dev.memo.app.picture.Track;
import dev.memo.app.picture.TransitionPainter;
import dev.memo.app.picture.View;
import dev.memo.learner.explanation.CodeTransitions;
import dev.memo.learner.explanation.DescribedSegments.Difference;
import dev.memo.learner.explanation.Descriptor;
import dev.memo.learner.explanation.MeanMotion;
import dev.memo.learner.explanation.ModeTree;
import dev.memo.learner.explanation.Trait;
import dev.memo.sim.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** What each mode is: a card for each, the tree that tells them apart, how codes follow. */
final class CardsSection {
    /** A table of more descriptors would tell nobody anything. */
    private static final int MOST_DESCRIPTORS = 16;

    /** In m: what ends less far behind where it began is not said to drive backwards. */
    private static final double BACKWARDS = 0.5;

    /** In m: what is less far ahead is not said to be ahead. */
    private static final double AHEAD = 0.05;

    private CardsSection() {}

    /** Writes nothing where nothing was described. */
    static void write(Html html, RunFolder run) {
        Finding.CARDS.read(run.folder()).ifPresent(cards -> write(html, cards));
    }

    private static void write(Html html, ModeCards cards) {
        html.section("cards", "What each mode is");
        html.element("p", explanation(cards));
        html.open("div", "class", "cards");
        double reach =
                MotionPainter.reach(
                        cards.modes().stream()
                                .map(ModeCards.Card::motion)
                                .filter(Objects::nonNull)
                                .toList());
        for (int mode = 0; mode < cards.modes().size(); mode++) {
            card(html, cards, mode, reach);
        }
        html.close();
        means(html, cards);
        tree(html, cards);
        transitions(html, cards.transitions());
        html.close();
    }

    private static String explanation(ModeCards cards) {
        String source =
                cards.rollouts() > 0
                        ? "What the modes do in %d rollouts each, all on the same layouts that the run did not learn on."
                                .formatted(cards.rollouts())
                        : "What is done in the held-out episodes of the data, by the mode that they belong to.";
        return source
                + " Names follow from these numbers by fixed rules, not from who made the data."
                + " Differences are told where they are large: 0.8 standard deviations or more.";
    }

    private static void card(Html html, ModeCards cards, int mode, double reach) {
        ModeCards.Card card = cards.modes().get(mode);
        html.open("article", "class", "card").open("h3");
        String color = "background: " + Palette.css(Palette.mode(mode));
        html.element("span", "", "class", "swatch disc", "style", color);
        html.text(" mode %d: %s".formatted(mode, card.headline())).close();
        html.open("ul");
        for (Trait trait : card.traits()) {
            html.element("li", trait.name() + ": " + trait.reason());
        }
        html.element(
                "li",
                "%s of the held-out steps, in %s episodes"
                        .formatted(
                                Figures.percent(card.shareOfSteps()),
                                Figures.count(card.episodes())));
        html.close();
        pictures(html, card, mode, reach);
        differences(html, "Compared with all other modes, it", card.fromOthers());
        if (card.mostLike() != null) {
            differences(
                    html,
                    "Compared with mode %d, which is most like it, it".formatted(card.mostLike()),
                    card.fromMostLike());
        }
        html.close();
    }

    private static void differences(Html html, String title, List<Difference> differences) {
        if (differences.isEmpty()) {
            html.element("p", title + " shows no large difference.", "class", "note");
            return;
        }
        html.element("p", title, "class", "note").open("ul");
        for (Difference one : differences) {
            String text =
                    "%s: %s, not %s %s"
                            .formatted(
                                    one.words(),
                                    Figures.significant(one.own()),
                                    Figures.significant(one.other()),
                                    one.descriptor().unit());
            html.element("li", text.strip());
        }
        html.close();
    }

    private static void pictures(Html html, ModeCards.Card card, int mode, double reach) {
        String nearest =
                "nearest to its code: episodes "
                        + Figures.list(
                                card.nearest().stream().map(one -> "" + one.episode()).toList());
        html.open("div", "class", "panels");
        if (card.motion() != null) {
            html.open("figure");
            Pictures.image(
                    html,
                    MotionPainter.paint(reach, mode, card.motion()),
                    "Where mode %d takes the robot in two seconds".formatted(mode));
            html.element(
                            "figcaption",
                            "where it takes the robot, which points up, in %.0f s: thick the mean, thin single ones%s"
                                    .formatted(
                                            MeanMotion.STEPS * Scenario.STEP_SECONDS,
                                            backwards(card.motion())
                                                    ? "; it drives backwards"
                                                    : ""))
                    .close();
        }
        List<Track> tracks = tracks(card);
        if (!tracks.isEmpty()) {
            html.open("figure");
            Pictures.image(
                    html,
                    ScenePainter.paint(View.of(tracks), tracks),
                    "Paths of real episodes of mode %d from above".formatted(mode));
            html.element("figcaption", nearest + "; the bar is the scale").close();
        }
        html.close();
        if (tracks.isEmpty() && !card.nearest().isEmpty()) {
            html.element("p", "In the data " + nearest + ".", "class", "note");
        }
    }

    /** Whether it ends behind where it began and is nowhere ahead of that, as a turn would be. */
    private static boolean backwards(MeanMotion motion) {
        for (float ahead : motion.x()) {
            if (ahead > AHEAD) {
                return false;
            }
        }
        return motion.x()[motion.x().length - 1] < -BACKWARDS;
    }

    private static List<Track> tracks(ModeCards.Card card) {
        return card.nearest().stream()
                .filter(one -> one.start() != null)
                .map(one -> new Track(one.start(), one.goals(), wide(one.x()), wide(one.y())))
                .toList();
    }

    private static double[] wide(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }

    private static void means(Html html, ModeCards cards) {
        List<Descriptor> descriptors = cards.descriptors();
        if (descriptors.size() > MOST_DESCRIPTORS) {
            return;
        }
        Tables.open(html, "Means of all that is compared", "");
        List<String> heads = new ArrayList<>(List.of(""));
        heads.addAll(ConfusionSection.modes(cards.modes().size()));
        Tables.heads(html, heads);
        html.open("tbody");
        for (int f = 0; f < descriptors.size(); f++) {
            Descriptor descriptor = descriptors.get(f);
            String unit = descriptor.unit().isEmpty() ? "" : ", " + descriptor.unit();
            html.open("tr").open("th", "scope", "row");
            html.text(descriptor.words() + unit);
            html.element("div", descriptor.meaning(), "class", "note").close();
            for (ModeCards.Card card : cards.modes()) {
                html.element(
                        "td",
                        card.means() == null ? "–" : Figures.number(card.means()[f]),
                        "class",
                        "number");
            }
            html.close();
        }
        html.close();
        Tables.close(html);
    }

    private static void tree(Html html, ModeCards cards) {
        html.element("h3", "A tree that tells the modes apart");
        if (cards.tree() == null) {
            html.element("p", "There is none: fewer than two modes can be compared.");
            return;
        }
        html.open("ul", "class", "tree").open("li");
        branch(html, cards.tree(), "");
        html.close().close();
        html.element(
                "p",
                cards.fidelityText()
                        + " Counts in the tree are what it learned from. A segment is the steps of an"
                        + " episode that belong to one mode: all where whole episodes have a mode.");
    }

    /** A question and what follows, or an answer. */
    private static void branch(Html html, ModeTree tree, String when) {
        if (tree.leaf()) {
            html.text(when);
            String color = "background: " + Palette.css(Palette.mode(tree.mode()));
            html.element("span", "", "class", "swatch disc", "style", color);
            html.text(" " + tree.answer());
            return;
        }
        String threshold =
                "%s %s".formatted(Figures.significant(tree.threshold()), tree.descriptor().unit());
        html.text("%s%s > %s?".formatted(when, tree.descriptor().words(), threshold.strip()));
        html.open("ul");
        html.open("li");
        branch(html, tree.above(), "yes: ");
        html.close().open("li");
        branch(html, tree.below(), "no: ");
        html.close().close();
    }

    private static void transitions(Html html, CodeTransitions transitions) {
        html.element("h3", "From code to code");
        html.element(
                "p",
                "How the code that is nearest to a held-out step changes to the next step. Discs are"
                        + " as large as a code's share of the steps; beside them how many steps in a"
                        + " row it stays. Arrows say where changes go, those of 5 % or more.");
        html.open("div", "class", "pair").open("div", "class", "panels");
        html.open("figure");
        Pictures.image(html, TransitionPainter.paint(transitions), "Changes from code to code");
        html.close().close();
        Tables.open(html, "Probability of the next step's code", "");
        int codes = transitions.share().length;
        List<String> heads = new ArrayList<>(List.of("from"));
        for (int to = 0; to < codes; to++) {
            heads.add("to " + to);
        }
        heads.add("stays, steps");
        Tables.heads(html, heads);
        html.open("tbody");
        for (int from = 0; from < codes; from++) {
            html.open("tr").element("th", "code " + from, "scope", "row");
            for (double probability : transitions.probabilities()[from]) {
                html.element(
                        "td", String.format(Locale.ROOT, "%.4f", probability), "class", "number");
            }
            html.element("td", Figures.number(transitions.dwell()[from]), "class", "number")
                    .close();
        }
        html.close();
        Tables.close(html);
        html.close();
    }
}
