package dev.memo.app;

import dev.memo.app.report.Finding;
import dev.memo.app.report.People;
import dev.memo.app.report.Steerings;
import dev.memo.app.report.Steerings.Way;
import dev.memo.app.report.Switches;
import dev.memo.base.Progress;
import dev.memo.learner.control.ControlReport;
import dev.memo.learner.evaluation.Behaviour;
import dev.memo.learner.guarantee.Confidence;
import dev.memo.learner.guarantee.EpisodeRanges;
import dev.memo.learner.guarantee.Terms;
import dev.memo.learner.preference.Questions;
import dev.memo.sim.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What commands find out about a run of MEMO with their defaults, kept in its folder for the
 * report. Only simulated people are fewer here, and judge by how rollouts look.
 *
 * @param laboratory where it is found out
 * @param run whose modes they are, in the world that it learned in
 */
record Survey(Laboratory laboratory, LearnedRun run) {
    private static final int LAYOUTS = 100;
    private static final int SWITCH_AT = 100;
    private static final int CALIBRATION_EPISODES = 200;
    private static final double CONFIDENCE = 0.95;

    /** Simulated people for each mode and rate of wrong answers. */
    private static final int PEOPLE = 200;

    /** How long the rollouts are that people see, in steps: 4 s. */
    private static final int SEEN_STEPS = (int) Math.round(4 / Scenario.STEP_SECONDS);

    /**
     * Finds out everything.
     *
     * @throws java.util.concurrent.CancellationException if a person asks to stop
     */
    void make() {
        parts().forEach(Runnable::run);
    }

    /** What is found out, one by one, each written as soon as it is known. */
    List<Runnable> parts() {
        return List.of(
                this::cards,
                this::steer,
                this::switches,
                this::calibrate,
                this::control,
                this::generalise,
                this::novelty,
                this::ask);
    }

    private void cards() {
        Finding.CARDS.write(
                run.folder().path(),
                ModeDescriber.describe(
                        laboratory, run.model(), run.dataset(), Optional.of(world())));
    }

    private void steer() {
        List<Way> ways = new ArrayList<>();
        for (SteeringPlan plan : SteeringPlan.all(run.model())) {
            ways.add(plan.drive(run.model(), world(), layouts(), laboratory.team(), progress()));
        }
        Finding.STEERINGS.write(run.folder().path(), new Steerings(world().name(), ways));
    }

    private void switches() {
        Finding.SWITCHES.write(
                run.folder().path(),
                new Switches(
                        world().name(),
                        LAYOUTS,
                        SwitchesCommand.measure(
                                run.actors(),
                                world(),
                                layouts(),
                                SWITCH_AT,
                                laboratory.team(),
                                progress())));
    }

    private void calibrate() {
        Terms terms =
                new Terms(
                        EpisodeRanges.of(world()),
                        new Confidence(CONFIDENCE),
                        CalibrateCommand.COST_LIMIT);
        Calibration calibration =
                new Calibration(
                        laboratory, run.actors(), seed(), world(), terms, CALIBRATION_EPISODES);
        calibration
                .guarantees(Calibration.Matched.of(run, laboratory.device()))
                .write(run.folder());
    }

    private void control() {
        ControlReport.Plans plans =
                new ControlReport.Plans(
                        run.actors().policy(0),
                        run.actors().names(),
                        ControlCommand.DISTANCES,
                        new double[0]);
        Finding.CONTROL.write(
                run.folder().path(),
                ControlReport.of(
                        world(),
                        plans,
                        ControlCommand.EPISODES,
                        ControlCommand.CALIBRATION,
                        seed(),
                        laboratory.team(),
                        progress()));
    }

    private void generalise() {
        Finding.GENERALISATION.write(
                run.folder().path(),
                GeneraliseCommand.measure(laboratory, run, world(), GeneraliseCommand.LAYOUTS));
    }

    private void novelty() {
        Finding.NOVELTY.write(
                run.folder().path(),
                NoveltyCommand.measure(
                        laboratory,
                        run,
                        world(),
                        NoveltyCommand.others(run, world()),
                        NoveltyCommand.EPISODES,
                        Demonstration.NOISE));
    }

    private void ask() {
        Scenario seen = world().withEpisodeSteps(SEEN_STEPS);
        PreferPeople people =
                new PreferPeople(
                        run.model().modes(),
                        Questions.THUMBS,
                        "looks",
                        PreferCommand.looks(run.actors(), seen, seed(), laboratory.team()),
                        PEOPLE,
                        seed());
        Finding.PEOPLE.write(
                run.folder().path(),
                new People(people.rows(people.all(), PreferCommand.SWEPT, progress())));
    }

    private Scenario world() {
        return run.actors().scenario();
    }

    private long[] layouts() {
        return Behaviour.heldOutLayouts(seed(), LAYOUTS);
    }

    private long seed() {
        return run.actors().seed();
    }

    private Progress progress() {
        return laboratory.progress();
    }
}
