package dev.memo.sim.scenario;

import dev.memo.base.InputException;
import dev.memo.sim.json.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A task of the point-robot world, as a scenario file states it. Where a file is silent, the
 * defaults are those of Safety-Gymnasium's Goal tasks. The constructors of all parts refuse what
 * breaks a rule with an {@link InputException} that names the JSON path, the value and the rule.
 *
 * <p>For each layout the quantities are drawn in the order of the components, depth first.
 *
 * @param name letters, digits, - and _
 * @param description one sentence for people
 * @param extent half the edge in m of the square in which objects are placed, at most 1000; there
 *     are no walls
 * @param episodeSteps steps after which an episode is truncated; default 1000
 * @param layout when layouts are drawn; default each episode
 * @param robot the robot
 * @param goal the goal
 * @param hazards the hazards; default none
 * @param vases the vases; default none
 * @param costs which costs count
 * @param reward what a step earns
 * @param lidar how objects are observed
 * @param noise noise on actions and observations
 */
public record Scenario(
        String name,
        String description,
        Quantity extent,
        int episodeSteps,
        LayoutRenewal layout,
        Robot robot,
        Goal goal,
        Hazards hazards,
        Vases vases,
        Costs costs,
        Reward reward,
        Lidar lidar,
        Noise noise) {
    /** Length of a step in s (Safety Gym: ten substeps of 2 ms). */
    public static final double STEP_SECONDS = 0.02;

    /** m: beyond, a place in float32, which the lidar sees, is off by more than 0.03 mm. */
    private static final double MOST_EXTENT = 1000;

    private static final List<String> NAMES = List.of("goal0", "goal1", "goal2", "open", "crowded");

    public Scenario {
        Rules.require(
                name.matches("[A-Za-z0-9_-]+"), "$.name", name, "must be letters, digits, - or _");
        Rules.require(!description.isBlank(), "$.description", description, "must not be blank");
        Rules.positive("$.extent", extent);
        Rules.atMost("$.extent", extent, MOST_EXTENT);
        Rules.require(episodeSteps > 0, "$.episode_steps", episodeSteps, "must be above 0");
        for (Cost cost : costs.on()) {
            Quantity count = cost == Cost.HAZARDS ? hazards.count() : vases.count();
            Rules.require(count.max() > 0, "$.costs.on", cost.key(), "nothing can cause this cost");
        }
        new Room(extent, robot, goal, hazards, vases).check();
    }

    /** The names of the scenarios that come with MEMO. */
    public static List<String> names() {
        return NAMES;
    }

    /**
     * Reads a scenario: a file if the argument ends in .json, else one that comes with MEMO.
     *
     * @throws InputException if there is none, or naming the file, the JSON path, the value and the
     *     rule that it breaks
     */
    public static Scenario load(String nameOrFile) {
        return parse(
                nameOrFile.endsWith(".json")
                        ? JsonText.readFile(nameOrFile, "a scenario", 1)
                        : readOwn(nameOrFile),
                nameOrFile);
    }

    /**
     * Reads a scenario from JSON text, such as {@link #toJson} gives.
     *
     * @param source where the text stood, for errors
     * @throws InputException naming source, JSON path, value and rule
     */
    public static Scenario parse(String json, String source) {
        try {
            return ScenarioReader.read(json);
        } catch (InputException e) {
            throw new InputException(source + ": " + e.getMessage(), e);
        }
    }

    private static String readOwn(String name) {
        if (!NAMES.contains(name)) {
            throw new InputException(
                    "scenario '%s': must be one of %s, or a file that ends in .json"
                            .formatted(name, String.join(", ", NAMES)));
        }
        String resource = "/scenarios/" + name + ".json";
        try (InputStream in = Scenario.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(resource + " is on the class path", e);
        }
    }

    /** Canonical JSON text, with every key: equal scenarios give equal text, and it reads back. */
    public String toJson() {
        return ScenarioWriter.write(this);
    }

    /** What it means, in sentences for people. */
    public List<String> describe() {
        return ScenarioDescription.of(this);
    }

    /** The largest share of the arena's area that the keepout discs of a layout can take. */
    double share() {
        return new Room(extent, robot, goal, hazards, vases).share();
    }

    /** The same with another length of episodes. */
    public Scenario withEpisodeSteps(int steps) {
        return new Scenario(
                name,
                description,
                extent,
                steps,
                layout,
                robot,
                goal,
                hazards,
                vases,
                costs,
                reward,
                lidar,
                noise);
    }

    /**
     * The same with another quantity in one place.
     *
     * @param place keys as in a file with dots between them, such as "hazards.count"
     * @throws InputException naming scenario, JSON path, value and rule
     */
    public Scenario with(String place, Quantity quantity) {
        return parse(ScenarioWriter.write(this, place, quantity), name);
    }

    /** The most hazards that a layout can have. */
    public int maxHazards() {
        return (int) hazards.count().max();
    }

    /** The most vases that a layout can have. */
    public int maxVases() {
        return (int) vases.count().max();
    }
}
