package dev.memo.sim.replay;

import dev.memo.sim.env.Scene;
import dev.memo.sim.replay.Comparison.Part;
import dev.memo.sim.replay.CourseReplay.Tolerances;
import dev.memo.sim.scenario.Scenario;
import dev.memo.sim.world.State;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One full episode among hazards and vases. */
final class EpisodeReplay {
    private static final String HAZARDS = "hazards";
    private static final String CONTACT = "vases_contact";

    /** Of a return from 10 to 100 to 7 digits. */
    private static final double RETURN_ROUNDING = 5e-6;

    /** A vase's pose is recorded when it has changed by about 1e-4, m or rad. */
    private static final double CHANGE_TOLERANCE = 1e-4;

    private static final double LEAST_CHANGE = 8e-5;

    private final Course course;
    private final double episodeReturn;
    private final Differences differences = new Differences();
    private final Observations observations;
    private final List<Moment> moments = new ArrayList<>();

    /** The steps that cost, by the scenario's names of costs. */
    private final Map<String, Set<Integer>> costSteps = new LinkedHashMap<>();

    /** The steps in which vases moved or were touched. */
    private final Set<Integer> pushing = new HashSet<>();

    /** A step after which the recording has the observation and all vases. */
    private record Moment(int step, List<Scene.Box> vases, Recorded observation) {}

    private EpisodeReplay(Recorded file) {
        Scenario scenario = Stage.scenario(file.get("about").get("env"));
        Recorded start = file.get("start");
        Scene layout = Stage.layout(start, scenario);
        course = Course.read(file, scenario, layout.hazards(), layout.vases());
        if (!course.scene(0).equals(layout)) {
            throw start.refusal("robot and goal must be those of the states' first row");
        }
        observations = new Observations(file.get("slices"), scenario);
        readMoments(file.get("observations"), layout);
        Recorded totals = file.get("totals");
        episodeReturn = totals.get("return").number();
        requireCount(totals.get("goals"), course.goalSteps());
        readCosts(file.get("costs"), totals);
        if (!layout.vases().isEmpty()) {
            readChanges(file.get("vase_changes"), layout.vases());
            pushing.addAll(costSteps.getOrDefault(CONTACT, Set.of()));
        }
    }

    private void readMoments(Recorded rows, Scene start) {
        rows.requireSome();
        int last = 0;
        for (int i = 0; i < rows.size(); i++) {
            Recorded row = rows.at(i);
            moments.add(
                    new Moment(
                            row.get("step").whole(last, course.length()),
                            Stage.vases(row, course.scenario()),
                            row.get("observation")));
            last = moments.getLast().step();
            if (last == 0 && !moments.getLast().vases().equals(start.vases())) {
                throw row.get("vases").refusal("must be those of $.start at step 0");
            }
        }
    }

    /** The poses of vases that moved, step by step: a step that is listed is excused from much. */
    private void readChanges(Recorded rows, List<Scene.Box> start) {
        List<Scene.Box> vases = new ArrayList<>(start);
        int moment = 0;
        int last = 1;
        for (int i = 0; i < rows.size(); i++) {
            Recorded row = rows.at(i);
            row.requireSize(5);
            int step = row.at(0).whole(last, course.length());
            last = step;
            moment = compareVases(vases, moment, step);
            int vase = row.at(1).whole(0, vases.size() - 1);
            Scene.Box before = vases.get(vase);
            Scene.Box now =
                    new Scene.Box(
                            row.at(2).number(),
                            row.at(3).number(),
                            row.at(4).number(),
                            before.halfSide());
            if (largestChange(before, now) < LEAST_CHANGE) {
                throw row.refusal("must move the vase by %s m or rad".formatted(LEAST_CHANGE));
            }
            vases.set(vase, now);
            pushing.add(step);
        }
        compareVases(vases, moment, course.length() + 1);
    }

    /** Compares the vases with those of the moments before a step; the next moment's number. */
    private int compareVases(List<Scene.Box> vases, int from, int step) {
        int moment = from;
        for (; moment < moments.size() && moments.get(moment).step() < step; moment++) {
            Moment there = moments.get(moment);
            for (int i = 0; i < vases.size(); i++) {
                differences
                        .of(Part.GIVEN_STATES, "vase_changes", "m, rad")
                        .compare(
                                largestChange(vases.get(i), there.vases().get(i)),
                                0,
                                CHANGE_TOLERANCE,
                                CourseReplay.step(there.step()) + ", vase " + i);
            }
        }
        return moment;
    }

    private static double largestChange(Scene.Box a, Scene.Box b) {
        return Math.max(
                Math.max(Math.abs(a.x() - b.x()), Math.abs(a.y() - b.y())),
                Math.abs(a.heading() - b.heading()));
    }

    private void readCosts(Recorded costs, Recorded totals) {
        for (String name : course.scenario().costs().names()) {
            String cost = "cost_" + name;
            costSteps.put(name, Course.steps(costs.get(cost), course.length()));
            requireCount(totals.get(cost), costSteps.get(name));
        }
    }

    private static void requireCount(Recorded total, Set<Integer> steps) {
        if (total.number() != steps.size()) {
            throw total.refusal("must be the number of steps that are listed, " + steps.size());
        }
    }

    static Replay replay(Recorded file) {
        return new EpisodeReplay(file).replay();
    }

    private Replay replay() {
        CourseReplay replay = new CourseReplay(course, differences);
        compareObservations();
        replay.judge(this::compareJudgement);
        replay.stepFromEach(pushing);
        double[] costs = new double[costSteps.size()];
        Replay.Paths paths =
                replay.openLoop(
                        (t, stage) -> {
                            replay.compareRobot(stage.state, t, Part.OPEN_LOOP, Tolerances.NONE);
                            compareVases(stage.state, t);
                            for (int i = 0; i < costs.length; i++) {
                                costs[i] += stage.outcome.costs[i];
                            }
                        });
        List<Replay.CostSteps> totals = new ArrayList<>();
        costSteps.forEach(
                (cost, steps) ->
                        totals.add(
                                new Replay.CostSteps(
                                        "cost_" + cost, steps.size(), (int) costs[totals.size()])));
        return Replay.of(Replay.Kind.EPISODE, differences, totals, paths);
    }

    private void compareObservations() {
        Stage stage = new Stage(course.scenario());
        stage.place(course.scene(0));
        // Where the task does not cost contacts, a vase that moves stands for one.
        Set<Integer> touching = costSteps.getOrDefault(CONTACT, pushing);
        for (Moment moment : moments) {
            course.place(moment.step(), stage);
            stage.placeVases(moment.vases());
            observations.compare(
                    stage.observe(),
                    moment.observation(),
                    differences,
                    Observations.sideways(moment.step()),
                    touching.contains(moment.step()),
                    CourseReplay.step(moment.step()));
        }
    }

    private void compareJudgement(int t, Stage stage) {
        compareCosts(t, stage);
        if (t == course.length()) {
            // The way between two goals counts only by its ends, which are rounded.
            double tolerance =
                    CourseReplay.REWARD_TOLERANCE * (course.goalSteps().size() + 1)
                            + RETURN_ROUNDING;
            differences
                    .of(Part.GIVEN_STATES, "return", "")
                    .compare(stage.state.episodeReturn, episodeReturn, tolerance, "all steps");
        }
    }

    /**
     * The costs of vases need their velocities, which are not recorded: the sum takes them as they
     * were.
     */
    private void compareCosts(int t, Stage stage) {
        List<String> names = course.scenario().costs().names();
        boolean any = false;
        for (int i = 0; i < names.size() - 1; i++) {
            boolean recorded = costSteps.get(names.get(i)).contains(t);
            if (names.get(i).equals(HAZARDS)) {
                boolean costs = stage.outcome.costs[i] > 0;
                compareCost(names.get(i), costs, recorded, t);
                any |= costs;
            } else {
                any |= recorded;
            }
        }
        compareCost(names.getLast(), any, costSteps.get(names.getLast()).contains(t), t);
    }

    private void compareCost(String name, boolean replayed, boolean recorded, int t) {
        differences
                .of(Part.GIVEN_STATES, "cost_" + name, "")
                .compareTruth(replayed, recorded, CourseReplay.step(t));
    }

    private void compareVases(State state, int t) {
        for (Moment moment : moments) {
            for (int i = 0; moment.step() == t && i < moment.vases().size(); i++) {
                double dx = state.vaseX[i] - moment.vases().get(i).x();
                double dy = state.vaseY[i] - moment.vases().get(i).y();
                differences
                        .of(Part.OPEN_LOOP, "vases", "m")
                        .compare(
                                Math.hypot(dx, dy),
                                0,
                                Tally.NOT_JUDGED,
                                CourseReplay.step(t) + ", vase " + i);
            }
        }
    }
}
