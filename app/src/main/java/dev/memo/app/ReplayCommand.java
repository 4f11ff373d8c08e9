package dev.memo.app;

import dev.memo.app.picture.ChartPainter;
import dev.memo.app.picture.Picture;
import dev.memo.app.picture.ScenePainter;
import dev.memo.app.picture.Track;
import dev.memo.app.picture.View;
import dev.memo.base.AtomicFiles;
import dev.memo.base.InputException;
import dev.memo.sim.replay.Comparison;
import dev.memo.sim.replay.Comparison.Part;
import dev.memo.sim.replay.Comparison.Verdict;
import dev.memo.sim.replay.Replay;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Holds the world against a recording from Safety-Gymnasium. */
@Command(
        name = "replay",
        description = "Replays a recording from Safety-Gymnasium: how far is this world from it?",
        footerHeading = "%nExample:%n",
        footer = "  memo replay sim/src/test/resources/golden/motion-circle.json")
final class ReplayCommand implements Runnable {
    /** Distances of the two paths that are told, m, and how. */
    private static final double[] APART = {0.001, 0.01, 0.1};

    private static final String[] APART_WORDS = {"1 mm", "1 cm", "10 cm"};

    /** Less is the recording's rounding, and 0 has no place on a logarithmic axis; m. */
    private static final double LEAST_APART = 1e-8;

    @Mixin private CommonOptions common;

    @Parameters(
            paramLabel = "FILE",
            description = "A recorded motion or episode, observations or lidar scenes.")
    private Path file;

    @Option(
            names = "--plot",
            paramLabel = "PNG",
            description = "Draws the recorded path and the one that is replayed open loop.")
    private Path plot;

    /**
     * What a program learns.
     *
     * @param within whether all that is judged is within its tolerance
     * @param plot where the paths are drawn, null without --plot
     */
    record Figures(
            String file,
            String kind,
            boolean within,
            List<Quantity> quantities,
            List<Replay.CostSteps> costSteps,
            String plot) {}

    /** One comparison; tolerance and used are null where nothing is judged, used also at 0. */
    record Quantity(
            String part,
            String quantity,
            String unit,
            int count,
            double largest,
            double mean,
            Double tolerance,
            Double used,
            String where,
            String verdict) {

        static Quantity of(Comparison comparison) {
            return new Quantity(
                    key(comparison.part()),
                    comparison.quantity(),
                    comparison.unit(),
                    comparison.count(),
                    comparison.largest(),
                    comparison.mean(),
                    orNull(comparison.tolerance()),
                    orNull(comparison.used()),
                    comparison.where(),
                    key(comparison.verdict()));
        }

        private static String key(Enum<?> word) {
            return word.name().toLowerCase(Locale.ROOT);
        }

        private static Double orNull(double value) {
            return Double.isFinite(value) ? value : null;
        }
    }

    @Override
    public void run() {
        common.refuse("--seed", common.givenSeed().isPresent(), "nothing in a replay is random");
        common.refuse("--out", common.out(null) != null, "the picture goes where --plot says");
        common.refuse("--resume", common.resume(), "a replay starts anew");
        Replay replay = Replay.of(file);
        if (plot != null) {
            draw(replay);
        }
        say(replay);
        List<Comparison> failures = replay.failures();
        common.figures(
                new Figures(
                        file.toString(),
                        replay.kind().key(),
                        failures.isEmpty(),
                        replay.comparisons().stream().map(Quantity::of).toList(),
                        replay.costSteps(),
                        plot == null ? null : plot.toString()));
        if (!failures.isEmpty()) {
            throw new InputException(
                    file
                            + ": outside the tolerance: "
                            + failures.stream()
                                    .map(c -> c.quantity() + " " + words(c.part()))
                                    .collect(Collectors.joining("; ")));
        }
    }

    private void draw(Replay replay) {
        Replay.Paths paths =
                replay.paths()
                        .orElseThrow(
                                () ->
                                        common.wrong(
                                                "--plot: %s has single moments and no path"
                                                        .formatted(file)));
        Track recorded = Track.of(paths.recorded());
        Track replayed = Track.of(paths.replayed());
        Picture world =
                ScenePainter.paintOver(
                        View.of(List.of(recorded, replayed)),
                        "recorded",
                        recorded,
                        "replayed",
                        replayed);
        byte[] png = world.above(distances(paths)).png();
        AtomicFiles.write(plot, out -> out.write(png));
    }

    private static Picture distances(Replay.Paths paths) {
        double[] step = new double[paths.recorded().size()];
        double[] apart = new double[step.length];
        for (int t = 0; t < step.length; t++) {
            step[t] = t;
            apart[t] = Math.max(LEAST_APART, paths.apart(t));
        }
        return ChartPainter.lines(
                "distance of the two paths, m", "step", step, Map.of("distance", apart));
    }

    private void say(Replay replay) {
        common.say(replay.kind().key() + ": " + file);
        Part part = null;
        for (Comparison comparison : replay.comparisons()) {
            if (comparison.part() != part) {
                part = comparison.part();
                common.say("");
                common.say(words(part));
                common.say(
                        "  %-24s %7s %9s %9s %11s %6s  %-20s %s"
                                .formatted(
                                        "quantity",
                                        "numbers",
                                        "largest",
                                        "mean",
                                        "tolerance",
                                        "used",
                                        "where",
                                        "verdict"));
            }
            common.say(line(comparison));
        }
        common.say("");
        replay.paths().ifPresent(this::sayApart);
        for (Replay.CostSteps steps : replay.costSteps()) {
            common.say(
                    "open loop, %s in %d steps; recorded %d"
                            .formatted(steps.cost(), steps.replayed(), steps.recorded()));
        }
        if (plot != null) {
            common.say("Both paths are drawn in " + plot);
        }
    }

    private static String line(Comparison comparison) {
        String unit = comparison.unit().isEmpty() ? "" : " (" + comparison.unit() + ")";
        String verdict =
                switch (comparison.verdict()) {
                    case WITHIN -> "within";
                    case OUTSIDE -> "OUTSIDE";
                    case NOT_JUDGED -> "not judged";
                };
        return "  %-24s %7d %9s %9s %11s %6s  %-20s %s"
                .formatted(
                        comparison.quantity() + unit,
                        comparison.count(),
                        number(comparison.largest()),
                        number(comparison.mean()),
                        tolerance(comparison),
                        used(comparison),
                        comparison.largest() == 0 ? "" : comparison.where(),
                        verdict);
    }

    private static String tolerance(Comparison comparison) {
        if (comparison.verdict() == Verdict.NOT_JUDGED) {
            return "";
        }
        if (comparison.part() == Part.REPLICAS) {
            return "4 sd + 1e-4";
        }
        return comparison.tolerance() == 0 ? "exact" : number(comparison.tolerance());
    }

    private static String number(double value) {
        return value == 0 ? "0" : "%.1e".formatted(value);
    }

    private static String used(Comparison comparison) {
        boolean share = Double.isFinite(comparison.used()) && comparison.tolerance() > 0;
        return share ? "%.0f %%".formatted(100 * comparison.used()) : "";
    }

    private void sayApart(Replay.Paths paths) {
        int steps = paths.recorded().size() - 1;
        int step = 0;
        for (int i = 0; i < APART.length; i++) {
            while (step <= steps && paths.apart(step) < APART[i]) {
                step++;
            }
            common.say(
                    "open loop, the paths are %s apart %s"
                            .formatted(
                                    APART_WORDS[i],
                                    step <= steps ? "at step " + step : "at no step"));
        }
    }

    private static String words(Part part) {
        return switch (part) {
            case GIVEN_STATES -> "given the recorded states";
            case TOUCHING -> "given the recorded states, while the robot touches a vase";
            case ONE_STEP -> "one step from each recorded state";
            case PUSHING -> "one step from each recorded state, where vases moved";
            case FIRST_STEP -> "open loop, the first step";
            case REPLICAS -> "open loop, against the mean of recorded runs from other starts";
            case OPEN_LOOP -> "open loop, every step";
        };
    }
}
