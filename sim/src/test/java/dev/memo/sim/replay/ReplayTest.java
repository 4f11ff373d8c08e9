package dev.memo.sim.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memo.base.InputException;
import dev.memo.sim.replay.Comparison.Part;
import dev.memo.sim.replay.Comparison.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The world against recordings from Safety-Gymnasium. */
class ReplayTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    @TempDir Path folder;

    private static Path golden(String name) {
        return GOLDEN.resolve(name + ".json");
    }

    private static Comparison find(Replay replay, Part part, String quantity) {
        return replay.comparisons().stream()
                .filter(c -> c.part() == part && c.quantity().equals(quantity))
                .findFirst()
                .orElseThrow();
    }

    /** Names and counts of what is judged in a part. */
    private static List<String> judged(Replay replay, Part part) {
        return replay.comparisons().stream()
                .filter(c -> c.part() == part && c.verdict() != Verdict.NOT_JUDGED)
                .map(c -> c.quantity() + " " + c.count())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "backward",
                "circle",
                "coast",
                "forward",
                "left",
                "random-held",
                "random",
                "slow"
            })
    void movesAsRecorded(String name) {
        Replay replay = Replay.of(golden("motion-" + name));
        assertThat(replay.kind()).isEqualTo(Replay.Kind.MOTION);
        assertThat(replay.failures()).isEmpty();
        assertThat(judged(replay, Part.GIVEN_STATES))
                .contains("accelerometer_y 301", "velocimeter 602", "reward 300", "goal_met 300");
        assertThat(judged(replay, Part.ONE_STEP))
                .containsExactly("position 600", "heading 300", "velocity 600", "yaw_rate 300");
        assertThat(judged(replay, Part.FIRST_STEP))
                .containsExactly(
                        "position 2",
                        "heading 1",
                        "velocity 2",
                        "yaw_rate 1",
                        "accelerometer 3",
                        "velocimeter 2",
                        "magnetometer 2");
        assertThat(judged(replay, Part.REPLICAS))
                .containsExactly("forward 8", "left 8", "turned 8");
    }

    @Test
    void turnsOnTheSpotExactlyAsRecorded() {
        Replay replay = Replay.of(golden("motion-left"));
        assertThat(judged(replay, Part.OPEN_LOOP))
                .contains("position 600", "heading 300", "yaw_rate 300", "accelerometer 900");
        assertThat(find(replay, Part.OPEN_LOOP, "heading").largest()).isLessThan(1e-5);
    }

    @ParameterizedTest
    @CsvSource({"episode-goal1-0, 928", "episode-goal1-1, 1000", "episode-goal2-0, 846"})
    void seesAndJudgesEpisodesAsRecorded(String name, int undisturbed) {
        Replay replay = Replay.of(golden(name));
        assertThat(replay.kind()).isEqualTo(Replay.Kind.EPISODE);
        assertThat(replay.failures()).isEmpty();
        assertThat(judged(replay, Part.GIVEN_STATES))
                .contains("velocimeter 153", "goal_lidar 816", "hazards_lidar 816")
                .contains("vases_lidar 816", "reward 1000", "goal_met 1000")
                .contains("cost_hazards 1000", "cost_sum 1000", "return 1");
        assertThat(judged(replay, Part.ONE_STEP))
                .contains("heading " + undisturbed, "yaw_rate " + undisturbed);
        assertThat(judged(replay, Part.OPEN_LOOP)).isEmpty();
        assertThat(replay.paths().orElseThrow().replayed()).hasSize(1001);
    }

    /** MuJoCo's accelerometer also feels a vase, ours does not. */
    @Test
    void aTouchedVaseIsFeltLittle() {
        Replay replay = Replay.of(golden("episode-goal2-0"));
        Comparison sideways = find(replay, Part.TOUCHING, "accelerometer_y");
        assertThat(sideways.count()).isEqualTo(2);
        assertThat(sideways.largest()).isBetween(1e-3, 0.04);
        assertThat(find(replay, Part.TOUCHING, "accelerometer_x").largest()).isLessThan(0.04);
        assertThat(find(replay, Part.PUSHING, "heading").count()).isEqualTo(154);
    }

    @Test
    void countsTheStepsThatCost() {
        Replay replay = Replay.of(golden("episode-goal1-1"));
        assertThat(replay.costSteps())
                .extracting(Replay.CostSteps::cost)
                .containsExactly("cost_hazards", "cost_sum");
        Replay.CostSteps hazards = replay.costSteps().getFirst();
        assertThat(hazards.recorded()).isEqualTo(23);
        assertThat(hazards.replayed()).isBetween(15, 31);
    }

    @ParameterizedTest
    @CsvSource({"observations, OBSERVATIONS, 60, 960, 800", "lidar, LIDAR, 35, 560, 560"})
    void seesMomentsAsRecorded(String name, Replay.Kind kind, int moments, int goals, int others) {
        Replay replay = Replay.of(golden(name));
        assertThat(replay.kind()).isEqualTo(kind);
        assertThat(replay.failures()).isEmpty();
        assertThat(replay.paths()).isEmpty();
        assertThat(judged(replay, Part.GIVEN_STATES))
                .containsExactly(
                        "accelerometer_x " + moments,
                        "accelerometer_y " + moments,
                        "accelerometer_z " + moments,
                        "velocimeter " + 3 * moments,
                        "gyro " + 3 * moments,
                        "magnetometer " + 3 * moments,
                        "goal_lidar " + goals,
                        "hazards_lidar " + others,
                        "vases_lidar " + others);
    }

    private Path changed(String name, String pointer, JsonNode value) throws IOException {
        JsonNode root = JsonMapper.shared().readTree(Files.readString(golden(name)));
        int slash = pointer.lastIndexOf('/');
        JsonNode parent = root.at(pointer.substring(0, slash));
        String key = pointer.substring(slash + 1);
        assertThat(root.at(pointer).isMissingNode()).isFalse();
        if (parent instanceof ArrayNode array) {
            array.set(Integer.parseInt(key), value);
        } else {
            ((ObjectNode) parent).set(key, value);
        }
        return Files.writeString(folder.resolve(name + ".json"), root.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "motion-forward | /states/x/150            | GIVEN_STATES reward",
                "motion-forward | /states/y/299            | ONE_STEP position",
                "motion-random  | /states/heading/7        | GIVEN_STATES magnetometer",
                "motion-random  | /states/vx/1             | FIRST_STEP velocity",
                "motion-random  | /states/velocimeter_y/80 | GIVEN_STATES velocimeter",
                "motion-random  | /states/goal_x/80        | GIVEN_STATES goal",
                "motion-circle  | /states/accelerometer_y/9 | GIVEN_STATES accelerometer_y",
                "motion-circle  | /actions/1               | REPLICAS turned",
                "motion-coast   | /rewards/299             | GIVEN_STATES reward",
                "motion-left    | /states/x/250            | OPEN_LOOP position",
                "motion-left    | /replicas/turned/mean/7  | REPLICAS turned",
                "episode-goal1-0 | /rewards/0              | GIVEN_STATES reward",
                "episode-goal1-0 | /totals/return          | GIVEN_STATES return",
                "episode-goal2-0 | /actions/45/1           | ONE_STEP heading",
                "episode-goal1-0 | /states/vy/500          | ONE_STEP velocity",
                "episode-goal1-1 | /states/heading/999     | ONE_STEP heading",
                "episode-goal2-0 | /start/hazards/9/0      | GIVEN_STATES hazards_lidar",
                "episode-goal2-0 | /observations/7/vases/9/0 | GIVEN_STATES vases_lidar",
                "episode-goal2-0 | /vase_changes/211/2    | GIVEN_STATES vase_changes",
                "episode-goal2-0 | /observations/8/observation/8 | GIVEN_STATES gyro",
                "observations   | /layouts/59/robot/2      | GIVEN_STATES magnetometer",
                "observations   | /layouts/3/observation/27 | GIVEN_STATES goal_lidar",
                "lidar          | /cases/30/observation/2  | GIVEN_STATES accelerometer_z"
            })
    void findsAChangedNumber(String name, String pointer, String quantity) throws IOException {
        JsonNode root = JsonMapper.shared().readTree(Files.readString(golden(name)));
        // Most thrusts and many yaws saturate the actuators: less changes nothing.
        double change = pointer.startsWith("/actions") ? 0.1 : 1e-3;
        double value = root.at(pointer).asDouble() + change;
        Replay replay = Replay.of(changed(name, pointer, JsonMapper.shared().valueToTree(value)));
        List<String> failures =
                replay.failures().stream().map(c -> c.part() + " " + c.quantity()).toList();
        assertThat(failures).contains(quantity);
    }

    @ParameterizedTest
    @CsvSource({
        "motion-circle, /goal_met/0, goal_met",
        "episode-goal1-0, /goal_met/3, goal_met",
        "episode-goal1-0, /costs/cost_hazards/0, cost_hazards",
        "episode-goal2-0, /costs/cost_vases_velocity/0, cost_sum"
    })
    void findsAChangedStep(String name, String pointer, String quantity) throws IOException {
        Replay replay = Replay.of(changed(name, pointer, JsonMapper.shared().valueToTree(7)));
        assertThat(replay.failures()).extracting(Comparison::quantity).contains(quantity);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "motion-circle   | /states/x/3     | null  | $.states.x[3]: null: must be a number",
                "motion-circle   | /states/x/3     | NaN   | $.states.x[3]: NaN: must be a finite",
                "motion-circle   | /rewards/3      | 1e999 | $.rewards[3]: Infinity: must be a fin",
                "motion-circle   | /states/y       | [0]   | $.states.y: 1 entries: must have 301",
                "motion-circle   | /states         | 1     | $.states: 1: must be an object",
                "motion-circle   | /actions        | []    | $.actions: 0 entries: must have 300",
                "motion-circle   | /rewards        | []    | $.rewards: []: must have at least one",
                "motion-circle   | /goal_met       | [301] | $.goal_met[0]: 301: must be a whole",
                "motion-circle   | /goal_met       | [1.5] | $.goal_met[0]: 1.5: must be a whole",
                "motion-circle   | /about/env      | 'Ant' | $.about.env: \"Ant\": must be one of",
                "motion-circle   | /about/env      | 3     | $.about.env: 3: must be text",
                "motion-circle   | /replicas/left/sd/1 | -1 | $.replicas.left.sd[1]: -1: must be fr",
                "motion-circle   | /replicas/left/sd/1 | 1e-1 | $.replicas.left.sd[1]: 0.1: must be f",
                "motion-circle   | /replicas/steps | []    | $.replicas.steps: []: must have at le",
                "episode-goal2-0 | /observations  | []    | $.observations: []: must have at le",
                "episode-goal2-0 | /start/hazards  | []    | $.start.hazards: 0 entries: must have",
                "episode-goal2-0 | /start/robot/0  | 0     | $.start: {\"robot\":",
                "episode-goal2-0 | /start/vases/0/0 | 0    | $.observations[0].vases: [[-0.87",
                "episode-goal2-0 | /vase_changes/1/1 | 10  | $.vase_changes[1][1]: 10: must be a wh",
                "episode-goal2-0 | /vase_changes/1 | [140, 9, -0.1257608, -0.9442709, 2.5974] | $.vase_changes[1]: [140,9,-0.1",
                "episode-goal2-0 | /totals/goals   | 8     | $.totals.goals: 8: must be the number",
                "episode-goal2-0 | /totals/cost_sum | 8    | $.totals.cost_sum: 8: must be the nu",
                "episode-goal2-0 | /costs          | {}    | $.costs.cost_hazards: missing: a reco",
                "episode-goal2-0 | /slices         | {}    | $.slices: up to 0: must cover the 60",
                "episode-goal2-0 | /slices/gyro/1  | 10    | $.slices.magnetometer[0]: 9: must be",
                "observations    | /layouts        | []    | $.layouts: []: must have at least one",
                "lidar           | /cases/0/robot  | [1]   | $.cases[0].robot: 1 entries: must ha"
            },
            quoteCharacter = '`')
    void refusesWhatIsNotAsRecorded(String name, String pointer, String value, String error)
            throws IOException {
        JsonNode marker = JsonMapper.shared().valueToTree("marker");
        Path file = changed(name, pointer, marker);
        String json = value.replace('\'', '"');
        Files.writeString(file, Files.readString(file).replace("\"marker\"", json));
        assertThatThrownBy(() -> Replay.of(file))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(file + ": " + error);
    }

    @ParameterizedTest
    @CsvSource({
        "vases, ContactsTest and VaseTest of sim",
        "responses, PointRobotTest of sim",
        "layouts, LayoutTest of sim"
    })
    void saysWhoComparesStatistics(String name, String test) {
        assertThatThrownBy(() -> Replay.of(golden(name)))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(golden(name) + ": $: the key ")
                .hasMessageContaining("cannot be replayed")
                .hasMessageEndingWith("compared by " + test);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | $: {}: is no recording: observations have the key layouts",
                "[] | $: []: is no recording",
                "{\"cases\": | line 1, column 10: not JSON: ",
                "{\"cases\": {}, \"slices\": {}} | $.about: missing: a recording"
            },
            quoteCharacter = '`')
    void refusesWhatIsNoRecording(String json, String error) throws IOException {
        Path file = Files.writeString(folder.resolve("mine.json"), json);
        assertThatThrownBy(() -> Replay.of(file))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(file + ": " + error);
    }

    @Test
    void refusesWhatIsNoFile() {
        assertThatThrownBy(() -> Replay.of(folder))
                .isInstanceOf(InputException.class)
                .hasMessage(folder + ": is a folder, not the file of a recording");
    }
}
