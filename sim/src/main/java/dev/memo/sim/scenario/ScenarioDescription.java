package dev.memo.sim.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a scenario means, in sentences for people. */
final class ScenarioDescription {
    private ScenarioDescription() {}

    static List<String> of(Scenario scenario) {
        List<String> sentences = new ArrayList<>();
        sentences.add(scenario.name() + ": " + scenario.description());
        sentences.add(
                "Episodes of %d steps, %s s; a new layout for each %s."
                        .formatted(
                                scenario.episodeSteps(),
                                Numbers.text(scenario.episodeSteps() * Scenario.STEP_SECONDS),
                                switch (scenario.layout()) {
                                    case EACH_EPISODE -> "episode";
                                    case EACH_SEED -> "seed";
                                }));
        sentences.add(
                "The arena reaches %s m from its middle, without walls; keepouts take up to %d %%."
                        .formatted(scenario.extent(), Math.round(100 * scenario.share())));
        sentences.add(robot(scenario.robot()));
        sentences.add(goal(scenario.goal()));
        sentences.add(hazards(scenario.hazards()));
        sentences.add(vases(scenario.vases()));
        sentences.add(costs(scenario.costs()));
        sentences.add(reward(scenario.reward()));
        sentences.add(lidar(scenario));
        sentences.add(noise(scenario.noise()));
        return List.copyOf(sentences);
    }

    private static String robot(Robot robot) {
        return "The robot starts %s; its yaw servo %s; thrust times %s, damping times %s."
                .formatted(
                        robot.start()
                                .map(start -> "at " + start)
                                .orElse("anywhere, keeping " + robot.keepout() + " m to itself"),
                        switch (robot.yaw()) {
                            case AS_SHIPPED -> "chatters as in Safety Gym";
                            case IDEAL -> "is ideal";
                        },
                        robot.thrust(),
                        robot.damping());
    }

    private static String goal(Goal goal) {
        return "The goal has a radius of %s m; once reached it moves %s."
                .formatted(
                        goal.radius(),
                        goal.positions().isEmpty()
                                ? "anywhere, keeping " + goal.keepout() + " m to itself"
                                : "to the next of " + goal.positions());
    }

    private static String hazards(Hazards hazards) {
        if (hazards.count().max() == 0) {
            return "There are no hazards.";
        }
        return "Hazards: %s, with a radius of %s m, %s."
                .formatted(
                        hazards.count(),
                        hazards.radius(),
                        hazards.positions().isEmpty()
                                ? "anywhere, keeping " + hazards.keepout() + " m to themselves"
                                : "at " + hazards.positions());
    }

    private static String vases(Vases vases) {
        if (vases.count().max() == 0) {
            return "There are no vases.";
        }
        return "Vases: %s, %s."
                .formatted(
                        vases.count(),
                        vases.poses().isEmpty()
                                ? "anywhere, keeping " + vases.keepout() + " m to themselves"
                                : "at " + vases.poses());
    }

    private static String costs(Costs costs) {
        if (costs.on().isEmpty()) {
            return "Nothing costs.";
        }
        return "A step costs %s for: %s."
                .formatted(
                        switch (costs.form()) {
                            case INDICATOR -> "1";
                            case RAW -> "by amount";
                        },
                        costs.on().stream()
                                .map(
                                        cost ->
                                                switch (cost) {
                                                    case HAZARDS -> "being in a hazard";
                                                    case VASES_CONTACT -> "touching a vase";
                                                    case VASES_DISPLACE -> "a displaced vase";
                                                    case VASES_VELOCITY -> "a moving vase";
                                                })
                                .collect(Collectors.joining(", ")));
    }

    private static String reward(Reward reward) {
        return "A step earns %s per metre nearer to the goal and %s for reaching it, within +-%s."
                .formatted(
                        Numbers.text(reward.distance()),
                        Numbers.text(reward.goal()),
                        Numbers.text(reward.clip()));
    }

    private static String lidar(Scenario scenario) {
        List<String> classes = new ArrayList<>(List.of("goal"));
        if (scenario.maxHazards() > 0) {
            classes.add("hazards");
        }
        if (scenario.maxVases() > 0) {
            classes.add("vases");
        }
        Lidar lidar = scenario.lidar();
        return "Lidar of %d bins%s up to %s m for: %s."
                .formatted(
                        lidar.bins(),
                        lidar.alias() ? ", aliased," : "",
                        Numbers.text(lidar.range()),
                        String.join(", ", classes));
    }

    private static String noise(Noise noise) {
        return noise.action().max() == 0 && noise.observation().max() == 0
                ? "Without noise."
                : "Gaussian noise of %s on actions and %s on observations."
                        .formatted(noise.action(), noise.observation());
    }
}
