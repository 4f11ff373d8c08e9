package dev.memo.sim.scenario;

import dev.memo.sim.json.JsonText;
import java.util.List;

/** Scenarios from JSON text: keys, types and defaults. The records hold the rules for values. */
final class ScenarioReader {
    private ScenarioReader() {}

    static Scenario read(String json) {
        return scenario(new Fields("$", JsonText.parse(json, "a scenario")));
    }

    private static Scenario scenario(Fields fields) {
        Hazards hazards = hazards(fields);
        Scenario scenario =
                new Scenario(
                        fields.text("name"),
                        fields.text("description"),
                        fields.quantity("extent"),
                        fields.whole("episode_steps", 1000),
                        fields.word("layout", LayoutRenewal.EACH_EPISODE, LayoutRenewal::key),
                        robot(fields.object("robot")),
                        goal(fields.object("goal")),
                        hazards,
                        vases(fields),
                        costs(fields.object("costs"), hazards),
                        reward(fields.object("reward")),
                        lidar(fields.object("lidar")),
                        noise(fields.object("noise")));
        fields.end();
        return scenario;
    }

    private static Robot robot(Fields fields) {
        Robot robot =
                new Robot(
                        fields.quantity("keepout", 0.4),
                        fields.word("yaw", Robot.Yaw.AS_SHIPPED, Robot.Yaw::key),
                        fields.quantity("thrust", 1),
                        fields.quantity("damping", 1),
                        fields.pose("start"));
        fields.end();
        return robot;
    }

    private static Goal goal(Fields fields) {
        Goal goal =
                new Goal(
                        fields.quantity("radius", 0.3),
                        fields.quantity("keepout", 0.305),
                        fields.positions("positions"));
        fields.end();
        return goal;
    }

    private static Hazards hazards(Fields parent) {
        boolean any = parent.has("hazards");
        Fields fields = parent.object("hazards");
        List<Position> positions = fields.positions("positions");
        Hazards hazards =
                new Hazards(
                        count(fields, any, positions.size()),
                        fields.quantity("radius", 0.2),
                        fields.quantity("keepout", 0.18),
                        positions);
        fields.end();
        return hazards;
    }

    private static Vases vases(Fields parent) {
        boolean any = parent.has("vases");
        Fields fields = parent.object("vases");
        List<Pose> poses = fields.poses("poses");
        Vases vases =
                new Vases(
                        count(fields, any, poses.size()), fields.quantity("keepout", 0.15), poses);
        fields.end();
        return vases;
    }

    /** Needed where objects are asked for and not given their places. */
    private static Quantity count(Fields fields, boolean any, int places) {
        return any && places == 0 ? fields.quantity("count") : fields.quantity("count", places);
    }

    private static Costs costs(Fields fields, Hazards hazards) {
        List<Cost> absent = hazards.count().max() > 0 ? List.of(Cost.HAZARDS) : List.of();
        Costs costs =
                new Costs(
                        fields.words("on", absent, Cost.class, Cost::key),
                        fields.word("form", Costs.Form.INDICATOR, Costs.Form::key));
        fields.end();
        return costs;
    }

    private static Reward reward(Fields fields) {
        Reward reward =
                new Reward(
                        fields.number("distance", 1),
                        fields.number("goal", 1),
                        fields.number("clip", 10));
        fields.end();
        return reward;
    }

    private static Lidar lidar(Fields fields) {
        Lidar lidar =
                new Lidar(
                        fields.whole("bins", 16),
                        fields.number("range", 3),
                        fields.truth("alias", true));
        fields.end();
        return lidar;
    }

    private static Noise noise(Fields fields) {
        Noise noise = new Noise(fields.quantity("action", 0), fields.quantity("observation", 0));
        fields.end();
        return noise;
    }
}
