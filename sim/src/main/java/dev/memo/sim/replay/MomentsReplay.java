package dev.memo.sim.replay;

import dev.memo.sim.scenario.Scenario;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Single moments at rest: layouts right after reset, and objects placed around the robot. */
final class MomentsReplay {
    private final Map<Scenario, Stage> stages = new HashMap<>();
    private final Differences differences = new Differences();

    private MomentsReplay() {}

    /** Layouts of several tasks, each with its own slices. */
    static Replay layouts(Recorded file) {
        MomentsReplay replay = new MomentsReplay();
        Recorded layouts = file.get("layouts");
        for (int i = 0; i < layouts.size(); i++) {
            Recorded layout = layouts.at(i);
            Recorded env = layout.get("env");
            Recorded slices = file.get("slices").get(env.text());
            replay.compare(layout, Stage.scenario(env), slices, "layout " + i);
        }
        return replay.result(Replay.Kind.OBSERVATIONS, layouts);
    }

    /** Scenes of one task. */
    static Replay lidar(Recorded file) {
        MomentsReplay replay = new MomentsReplay();
        Scenario scenario = Stage.scenario(file.get("about").get("env"));
        Recorded cases = file.get("cases");
        for (int i = 0; i < cases.size(); i++) {
            replay.compare(cases.at(i), scenario, file.get("slices"), "case " + i);
        }
        return replay.result(Replay.Kind.LIDAR, cases);
    }

    private void compare(Recorded moment, Scenario scenario, Recorded slices, String where) {
        Stage stage = stages.computeIfAbsent(scenario, Stage::new);
        stage.place(Stage.layout(moment, scenario));
        new Observations(slices, scenario)
                .compare(
                        stage.observe(),
                        moment.get("observation"),
                        differences,
                        Observations.TOLERANCE,
                        false,
                        where);
    }

    private Replay result(Replay.Kind kind, Recorded moments) {
        moments.requireSome();
        return Replay.of(kind, differences, List.of(), null);
    }
}
