package dev.memo.sim.scenario;

import java.util.List;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Scenarios as JSON text in one canonical form: every key, in the order of the components. */
final class ScenarioWriter {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final DefaultPrettyPrinter LINES =
            new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));

    private ScenarioWriter() {}

    static String write(Scenario scenario) {
        return text(tree(scenario));
    }

    /** The same with another quantity in one place, given as its keys with dots between them. */
    static String write(Scenario scenario, String place, Quantity quantity) {
        ObjectNode root = tree(scenario);
        ObjectNode holder = root;
        String[] keys = place.split("\\.");
        for (int i = 0; i < keys.length - 1; i++) {
            holder = holder.withObjectProperty(keys[i]);
        }
        put(holder, keys[keys.length - 1], quantity);
        return text(root);
    }

    private static String text(ObjectNode root) {
        return JSON.writer().with(LINES).writeValueAsString(root) + "\n";
    }

    private static ObjectNode tree(Scenario scenario) {
        ObjectNode root = JSON.createObjectNode();
        root.put("name", scenario.name());
        root.put("description", scenario.description());
        put(root, "extent", scenario.extent());
        root.put("episode_steps", scenario.episodeSteps());
        root.put("layout", scenario.layout().key());
        robot(root.putObject("robot"), scenario.robot());
        goal(root.putObject("goal"), scenario.goal());
        hazards(root.putObject("hazards"), scenario.hazards());
        vases(root.putObject("vases"), scenario.vases());
        costs(root.putObject("costs"), scenario.costs());
        reward(root.putObject("reward"), scenario.reward());
        lidar(root.putObject("lidar"), scenario.lidar());
        noise(root.putObject("noise"), scenario.noise());
        return root;
    }

    private static void robot(ObjectNode node, Robot robot) {
        put(node, "keepout", robot.keepout());
        node.put("yaw", robot.yaw().key());
        put(node, "thrust", robot.thrust());
        put(node, "damping", robot.damping());
        robot.start().ifPresent(start -> pose(node.putArray("start"), start));
    }

    private static void goal(ObjectNode node, Goal goal) {
        put(node, "radius", goal.radius());
        put(node, "keepout", goal.keepout());
        positions(node, goal.positions());
    }

    private static void hazards(ObjectNode node, Hazards hazards) {
        put(node, "count", hazards.count());
        put(node, "radius", hazards.radius());
        put(node, "keepout", hazards.keepout());
        positions(node, hazards.positions());
    }

    private static void vases(ObjectNode node, Vases vases) {
        put(node, "count", vases.count());
        put(node, "keepout", vases.keepout());
        if (!vases.poses().isEmpty()) {
            ArrayNode poses = node.putArray("poses");
            vases.poses().forEach(pose -> pose(poses.addArray(), pose));
        }
    }

    private static void costs(ObjectNode node, Costs costs) {
        ArrayNode on = node.putArray("on");
        costs.on().forEach(cost -> on.add(cost.key()));
        node.put("form", costs.form().key());
    }

    private static void reward(ObjectNode node, Reward reward) {
        put(node, "distance", reward.distance());
        put(node, "goal", reward.goal());
        put(node, "clip", reward.clip());
    }

    private static void lidar(ObjectNode node, Lidar lidar) {
        node.put("bins", lidar.bins());
        put(node, "range", lidar.range());
        node.put("alias", lidar.alias());
    }

    private static void noise(ObjectNode node, Noise noise) {
        put(node, "action", noise.action());
        put(node, "observation", noise.observation());
    }

    private static void positions(ObjectNode node, List<Position> positions) {
        if (!positions.isEmpty()) {
            ArrayNode list = node.putArray("positions");
            positions.forEach(p -> add(add(list.addArray(), p.x()), p.y()));
        }
    }

    private static void pose(ArrayNode node, Pose pose) {
        add(add(add(node, pose.x()), pose.y()), pose.heading());
    }

    private static void put(ObjectNode node, String key, Quantity quantity) {
        switch (quantity) {
            case Quantity.Fixed(double value) -> put(node, key, value);
            case Quantity.Range(double min, double max) -> {
                ObjectNode range = node.putObject(key);
                put(range, "min", min);
                put(range, "max", max);
            }
            case Quantity.Choice(List<Double> values) -> {
                ArrayNode choices = node.putObject(key).putArray("choices");
                values.forEach(value -> add(choices, value));
            }
        }
    }

    private static void put(ObjectNode node, String key, double value) {
        if (Numbers.isInt(value)) {
            node.put(key, (int) value);
        } else {
            node.put(key, value);
        }
    }

    private static ArrayNode add(ArrayNode node, double value) {
        return Numbers.isInt(value) ? node.add((int) value) : node.add(value);
    }
}
