package dev.memo.app.report;

import dev.memo.app.picture.ModeChartPainter;
import dev.memo.app.picture.Picture;
import dev.memo.learner.evaluation.GeneralisationReport;
import dev.memo.learner.evaluation.Measure;
import dev.memo.learner.evaluation.WorldChange;
import dev.memo.learner.metrics.Fidelity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Whether modes do what their experts do in changed worlds.
 *
 * @param scenario name of what is changed
 * @param episodes of each expert and each mode in each world
 * @param measures names, in the order of the tables
 * @param experts names, in the order of the data's labels
 * @param modes for each expert its mode, or -1
 * @param worlds kind of change by kind, values ascending
 */
public record Generalisation(
        String scenario,
        int episodes,
        List<String> measures,
        List<String> experts,
        int[] modes,
        List<World> worlds) {
    /** Of panels in one picture. */
    private static final int COLUMNS = 4;

    /**
     * A changed world.
     *
     * @param change what is otherwise, see {@link WorldChange.Kind}
     * @param value in the unit of the kind
     * @param own whether it is the scenario itself
     * @param refusal why there is no such world, or null
     * @param outcomes of the experts that have a mode
     */
    public record World(
            String change, double value, boolean own, String refusal, List<Outcome> outcomes) {
        /** That of an expert that has a mode, in a world that there is. */
        Outcome of(String expert) {
            return outcomes.stream()
                    .filter(one -> one.expert.equals(expert))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /**
     * A mode beside its expert; by measure. A fidelity is null where it has no scale; its interval
     * is that of the signed difference.
     *
     * @param largest of the fidelities, or null
     * @param kept whether all fidelities are at most 1
     * @param modeNear share of the mode's steps for which its code is the nearest
     * @param expertNear the same of the expert's steps
     */
    public record Outcome(
            String expert,
            int mode,
            Map<String, Double> fidelity,
            Map<String, Double[]> fidelityInterval,
            Double largest,
            boolean kept,
            double modeNear,
            double expertNear) {}

    /** What was found, as the file holds it. */
    public static Generalisation of(GeneralisationReport report) {
        return new Generalisation(
                report.scenario().name(),
                report.layouts(),
                Arrays.stream(Measure.values()).map(Measure::key).toList(),
                report.experts(),
                report.matched(),
                report.worlds().stream().map(world -> world(report, world)).toList());
    }

    private static World world(GeneralisationReport report, GeneralisationReport.World world) {
        return new World(
                world.change().kind().key(),
                world.change().value(),
                world.own(),
                world.refusal().orElse(null),
                world.outcomes().stream().map(one -> outcome(report, one)).toList());
    }

    private static Outcome outcome(GeneralisationReport report, GeneralisationReport.Outcome one) {
        Map<String, Double> fidelity = new LinkedHashMap<>();
        Map<String, Double[]> intervals = new LinkedHashMap<>();
        one.fidelity()
                .forEach(
                        (measure, value) -> {
                            fidelity.put(measure.key(), finite(value.value()));
                            intervals.put(measure.key(), ends(value));
                        });
        return new Outcome(
                report.experts().get(one.expert()),
                report.matched()[one.expert()],
                fidelity,
                intervals,
                finite(one.largest()),
                one.kept(),
                one.modeNear(),
                one.expertNear());
    }

    private static Double[] ends(Fidelity fidelity) {
        return new Double[] {
            finite(fidelity.difference().low()), finite(fidelity.difference().high())
        };
    }

    private static Double finite(double value) {
        return Double.isFinite(value) ? (Double) value : null;
    }

    /** All worlds, but the scenario itself only once: several changes leave it as it is. */
    public List<World> once() {
        World own = worlds.stream().filter(World::own).findFirst().orElseThrow();
        return worlds.stream().filter(world -> world == own || !world.own).toList();
    }

    /** The worlds that there are and that are not the scenario itself. */
    List<World> different() {
        return worlds.stream().filter(world -> !world.own && world.refusal == null).toList();
    }

    /** The worlds of a kind of change. */
    List<World> of(WorldChange.Kind kind) {
        return worlds.stream().filter(world -> world.change.equals(kind.key())).toList();
    }

    /**
     * The kinds of change, each with the largest fidelity of every mode over the changed value.
     * None for a kind of which there is no world.
     */
    Map<WorldChange.Kind, Picture> panels() {
        Map<WorldChange.Kind, Picture> panels = new LinkedHashMap<>();
        for (WorldChange.Kind kind : WorldChange.Kind.values()) {
            List<World> there = of(kind).stream().filter(world -> world.refusal == null).toList();
            if (!there.isEmpty()) {
                panels.put(kind, panel(kind, there));
            }
        }
        return panels;
    }

    private Picture panel(WorldChange.Kind kind, List<World> worlds) {
        List<double[]> lines = new ArrayList<>();
        for (String expert : matched()) {
            lines.add(
                    worlds.stream()
                            .map(world -> world.of(expert).largest())
                            .mapToDouble(largest -> largest == null ? Double.NaN : largest)
                            .toArray());
        }
        return ModeChartPainter.lines(
                Figures.words(kind.key()),
                kind.axis(),
                worlds.stream().mapToDouble(World::value).toArray(),
                matchedModes(),
                lines,
                SteeringSection.CLOSE);
    }

    /** What the panels' lines are. */
    Picture legend() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < experts.size(); i++) {
            if (modes[i] >= 0) {
                names.add("mode %d, held against %s".formatted(modes[i], experts.get(i)));
            }
        }
        return ModeChartPainter.legend("largest fidelity distance", matchedModes(), names);
    }

    /** The experts that have a mode. */
    private List<String> matched() {
        return IntStream.range(0, modes.length)
                .filter(i -> modes[i] >= 0)
                .mapToObj(experts::get)
                .toList();
    }

    private int[] matchedModes() {
        return Arrays.stream(modes).filter(mode -> mode >= 0).toArray();
    }

    /** All panels and the legend in one picture. */
    public Picture picture() {
        List<Picture> all = new ArrayList<>(panels().values());
        all.add(legend());
        return Picture.grid(all, COLUMNS);
    }
}
