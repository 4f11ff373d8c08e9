package dev.memo.app.report;

import dev.memo.app.picture.Picture;
import dev.memo.learner.evaluation.WorldChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether modes still do what their experts do where the world is another. */
final class GeneralisationSection {
    private GeneralisationSection() {}

    /** Writes nothing where nothing was measured. */
    static void write(Html html, RunFolder run) {
        Finding.GENERALISATION.read(run.folder()).ifPresent(found -> write(html, found));
    }

    private static void write(Html html, Generalisation found) {
        html.section("generalisation", "Other worlds");
        html.element(
                "p",
                ("One thing of the world %s is changed at a time, and each expert and its mode run %d"
                                + " episodes there on the same layouts. The fidelity distance is as"
                                + " under Steering, in the spread that the experts have in that"
                                + " changed world. Lines are the largest over the measures; below"
                                + " the dashed line the mode is no further from its expert than one"
                                + " episode of it is from another. Values below 0.01 are drawn at 0.01."
                                + " Damping is that of driving and of turning. Scripted goal-seekers"
                                + " steer by the true place of the goal, which a mode must see.")
                        .formatted(found.scenario(), found.episodes()));
        html.element("p", kept(found));
        html.open("div", "class", "panels").open("figure");
        Pictures.image(html, found.legend(), "Which line is which mode");
        html.close();
        for (Map.Entry<WorldChange.Kind, Picture> panel : found.panels().entrySet()) {
            html.open("figure");
            String what = Figures.words(panel.getKey().key());
            Pictures.image(
                    html, panel.getValue(), "Largest fidelity distance of every mode over " + what);
            html.close();
        }
        html.close();
        html.open("details").element("summary", "All figures");
        table(html, found);
        html.close().close();
    }

    /** In how many worlds each mode is kept, and in which it is not. */
    private static String kept(Generalisation found) {
        List<String> sentences = new ArrayList<>();
        for (int i = 0; i < found.experts().size(); i++) {
            String expert = found.experts().get(i);
            if (found.modes()[i] < 0) {
                sentences.add("No mode is left for %s.".formatted(Figures.words(expert)));
                continue;
            }
            List<String> off =
                    found.different().stream()
                            .filter(world -> !world.of(expert).kept())
                            .map(
                                    world ->
                                            "%s %s (%s)"
                                                    .formatted(
                                                            Figures.words(world.change()),
                                                            Figures.plain(world.value()),
                                                            Figures.number(
                                                                    world.of(expert).largest())))
                            .toList();
            int all = found.different().size();
            sentences.add(
                    "Mode %d keeps to %s in %d of %d worlds%s."
                            .formatted(
                                    found.modes()[i],
                                    Figures.words(expert),
                                    all - off.size(),
                                    all,
                                    off.isEmpty() ? "" : ", not with " + Figures.list(off)));
        }
        return String.join(" ", sentences);
    }

    private static void table(Html html, Generalisation found) {
        Tables.open(html, "Fidelity distances with the intervals of mode less expert", "");
        List<String> heads = new ArrayList<>(List.of("world, expert and mode"));
        found.measures().forEach(measure -> heads.add(Figures.words(measure)));
        heads.addAll(List.of("steps recognised, mode", "expert"));
        Tables.heads(html, heads);
        for (WorldChange.Kind kind : WorldChange.Kind.values()) {
            html.open("tbody");
            for (Generalisation.World world : found.of(kind)) {
                String title =
                        "%s: %s%s"
                                .formatted(
                                        kind.axis(),
                                        Figures.plain(world.value()),
                                        world.own() ? ", as it is" : "");
                group(html, heads.size(), title);
                if (world.refusal() != null) {
                    html.open("tr")
                            .element(
                                    "td",
                                    "There is no such world. " + world.refusal(),
                                    "colspan",
                                    Integer.toString(heads.size()));
                    html.close();
                }
                for (Generalisation.Outcome one : world.outcomes()) {
                    outcome(html, found.measures(), one);
                }
            }
            html.close();
        }
        Tables.close(html);
    }

    private static void group(Html html, int columns, String title) {
        html.open("tr");
        html.element(
                "th",
                title,
                "scope",
                "rowgroup",
                "colspan",
                Integer.toString(columns),
                "class",
                "group");
        html.close();
    }

    private static void outcome(Html html, List<String> measures, Generalisation.Outcome one) {
        html.open("tr");
        String name = "%s, mode %d".formatted(Figures.words(one.expert()), one.mode());
        html.element("th", name, "scope", "row");
        for (String measure : measures) {
            SteeringSection.distance(
                    html, one.fidelity().get(measure), one.fidelityInterval().get(measure));
        }
        html.element("td", Figures.percent(one.modeNear()), "class", "number");
        html.element("td", Figures.percent(one.expertNear()), "class", "number");
        html.close();
    }
}
