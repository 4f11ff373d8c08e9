package dev.memo.app;

import dev.memo.app.report.Finding;
import dev.memo.app.report.People;
import dev.memo.base.InputException;
import dev.memo.base.Progress;
import dev.memo.base.Seeds;
import dev.memo.base.ThreadTeam;
import dev.memo.kernels.Device;
import dev.memo.learner.checkpoint.RunFolder;
import dev.memo.learner.evaluation.Behaviour;
import dev.memo.learner.preference.Looks;
import dev.memo.learner.preference.Preference;
import dev.memo.learner.preference.Questions;
import dev.memo.learner.preference.Taste;
import dev.memo.sim.scenario.Scenario;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds the mode that a person wants. */
@Command(
        name = "prefer",
        description = "Finds the mode of a run that a person wants, by asking about pictures.",
        footerHeading = "%nExample:%n",
        footer = "  memo prefer RUN")
final class PreferCommand implements Runnable {
    private static final String ALL = "all";
    private static final String LAYOUTS = "preference layouts";

    /** Layouts that simulated people see rollouts on. */
    private static final int SEEN = 200;

    /** Rates of wrong answers that are tried with all modes. */
    static final List<Double> SWEPT = List.of(0.0, 0.1, 0.2, 0.3);

    private static final double USUAL_SECONDS = 4;
    private static final double USUAL_FLIPS = 0.2;
    private static final int USUAL_PEOPLE = 1_000;

    @Mixin private CommonOptions common;

    @Parameters(paramLabel = "RUN", description = "The folder of a run with several modes.")
    private Path run;

    @Option(
            names = "--answers",
            paramLabel = "KIND",
            defaultValue = "thumbs",
            description =
                    "thumbs: is this picture what you want; pairs: which of two is nearer to it;"
                            + " default thumbs.")
    private Questions questions;

    @Option(
            names = "--scenario",
            paramLabel = "SCENARIO",
            description = "A scenario file, or the name of one; default what the run learned in.")
    private String scenario;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            converter = PictureOptions.Positive.class,
            description = "Length of what is shown, in seconds of the worlds; default 4.")
    private Double seconds;

    @Option(
            names = "--simulate",
            paramLabel = "MODE|all",
            description =
                    "Asks simulated people who want this mode, or each of them, and tells how many"
                            + " answers it takes.")
    private String simulate;

    @Option(
            names = "--flips",
            paramLabel = "P",
            split = ",",
            description =
                    "How often simulated people answer wrongly, from 0 to 0.5; default 0.2, for all"
                            + " modes 0,0.1,0.2,0.3.")
    private List<Double> flips;

    @Option(
            names = "--people",
            paramLabel = "KIND",
            description =
                    "How simulated people judge: order: each has an order of all modes; coin: modes"
                            + " that they do not want are the same to them; looks: by features of"
                            + " the rollouts that they see; default order.")
    private Kind kind;

    @Option(
            names = "--repeats",
            paramLabel = "N",
            converter = CommonOptions.AtLeastOne.class,
            description = "Simulated people for each mode and rate; default 1000.")
    private Integer repeats;

    /** Kinds of simulated people. */
    enum Kind {
        ORDER,
        COIN,
        LOOKS
    }

    @Override
    public void run() {
        RunFolder.open(run);
        try (ThreadTeam team = new ThreadTeam(common.threads());
                Device device = common.device(team)) {
            Actors actors = Actors.ofRun(run, team, device);
            int modes = actors.names().size();
            if (modes < 2 || modes > Preference.MOST_MODES) {
                throw new InputException(
                        "%s: has %d mode%s: must have 2 to %d to ask about"
                                .formatted(
                                        run, modes, modes == 1 ? "" : "s", Preference.MOST_MODES));
            }
            if (simulate == null) {
                common.refuse("--flips", flips != null, "only simulated people have a rate");
                common.refuse("--people", kind != null, "only simulated people have a kind");
                common.refuse("--repeats", repeats != null, "only simulated people are many");
                ask(actors, world(actors), team);
            } else {
                common.refuse("--resume", common.resume(), "simulated people are asked anew");
                common.refuse("--out", common.out(null) != null, "a table goes to standard output");
                boolean blind = kind != Kind.LOOKS;
                common.refuse("--seconds", blind && seconds != null, "these people see nothing");
                common.refuse("--scenario", blind && scenario != null, "these people see nothing");
                simulate(actors, team);
            }
        }
    }

    /** Where what is shown happens, with episodes as long as that. */
    private Scenario world(Actors actors) {
        Scenario world = scenario == null ? actors.scenario() : Scenario.load(scenario);
        double length = seconds == null ? USUAL_SECONDS : seconds;
        int steps = (int) Math.round(length / Scenario.STEP_SECONDS);
        if (steps < 1 || steps > world.episodeSteps()) {
            throw common.wrong(
                    "--seconds %s: must be from one step, %s, to an episode, %s"
                            .formatted(
                                    length,
                                    Scenario.STEP_SECONDS,
                                    world.episodeSteps() * Scenario.STEP_SECONDS));
        }
        return world.withEpisodeSteps(steps);
    }

    private void simulate(Actors actors, ThreadTeam team) {
        int modes = actors.names().size();
        Kind judging = kind == null ? Kind.ORDER : kind;
        PreferPeople people =
                new PreferPeople(
                        modes,
                        questions,
                        judging.name().toLowerCase(Locale.ROOT),
                        switch (judging) {
                            case ORDER -> Taste.ordered(modes);
                            case COIN -> Taste.indifferent();
                            case LOOKS -> looks(actors, world(actors), common.seed(actors), team);
                        },
                        repeats == null ? USUAL_PEOPLE : repeats,
                        common.seed(actors));
        List<Integer> wanted = simulate.equals(ALL) ? people.all() : List.of(wanted(modes));
        List<Double> rates = rates();
        common.say(PreferPeople.head());
        List<People.Row> rows = people.rows(wanted, rates, common.progress());
        rows.forEach(row -> common.say(PreferPeople.text(row)));
        rows.forEach(common::figures);
        if (simulate.equals(ALL) && scenario == null) {
            Finding.PEOPLE.write(run, new People(rows));
            common.say("For the report: " + Finding.PEOPLE.file(run));
        }
    }

    /** People who see rollouts of every mode. */
    static Looks looks(Actors actors, Scenario world, long seed, ThreadTeam team) {
        long[] seeds = Behaviour.layouts(seed, LAYOUTS, SEEN);
        double[][][] features = new double[actors.names().size()][][];
        for (int mode = 0; mode < features.length; mode++) {
            features[mode] =
                    Behaviour.of(world, actors.policy(mode), seeds, team, Progress.SILENT)
                            .features()
                            .stream()
                            .map(one -> one.values().stream().mapToDouble(f -> f).toArray())
                            .toArray(double[][]::new);
        }
        return new Looks(features);
    }

    private int wanted(int modes) {
        if (simulate.matches("\\d{1,9}") && Integer.parseInt(simulate) < modes) {
            return Integer.parseInt(simulate);
        }
        throw common.wrong(
                "--simulate %s: must be a mode from 0 to %d, or all"
                        .formatted(simulate, modes - 1));
    }

    private List<Double> rates() {
        if (flips == null) {
            return simulate.equals(ALL) ? SWEPT : List.of(USUAL_FLIPS);
        }
        for (double rate : flips) {
            if (!(rate >= 0 && rate <= 0.5)) {
                throw common.wrong("--flips %s: must be from 0 to 0.5".formatted(rate));
            }
        }
        return flips;
    }

    private void ask(Actors actors, Scenario world, ThreadTeam team) {
        Path folder = common.out(run.resolve("preference"));
        int modes = actors.names().size();
        PreferAnswers answers =
                common.resume()
                        ? PreferAnswers.resumed(folder, run, modes)
                        : PreferAnswers.begun(folder, run, modes);
        long layouts = Seeds.derive(common.seed(), LAYOUTS);
        PreferPictures pictures = new PreferPictures(actors, world, layouts, folder, team);
        new PreferDialog(common, run, questions, answers, pictures).ask();
    }
}
