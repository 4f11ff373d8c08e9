package dev.memo.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memo.base.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ScenarioTest {
    private static final Path SHIPPED = Path.of("../scenarios");

    @TempDir private Path folder;

    @Test
    void namesTheFilesOfTheScenariosFolder() throws IOException {
        try (Stream<Path> files = Files.list(SHIPPED)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            Scenario.names().stream().map(name -> name + ".json").toList());
        }
    }

    @ParameterizedTest
    @MethodSource("dev.memo.sim.scenario.Scenario#names")
    void readsEveryShippedScenarioByNameAndByFile(String name) {
        Scenario scenario = Scenario.load(name);
        assertThat(scenario.name()).isEqualTo(name);
        assertThat(Scenario.load(SHIPPED.resolve(name + ".json").toString())).isEqualTo(scenario);
        assertThat(scenario.share()).isLessThan(0.5);
        assertThat(scenario.describe()).hasSize(11).noneMatch(String::isBlank);
    }

    @ParameterizedTest
    @MethodSource("dev.memo.sim.scenario.Scenario#names")
    void writesCanonicalTextThatReadsBackEqual(String name) {
        Scenario scenario = Scenario.load(name);
        Scenario back = Scenario.parse(scenario.toJson(), "back");
        assertThat(back).isEqualTo(scenario);
        assertThat(back.toJson()).isEqualTo(scenario.toJson());
    }

    /** The numbers of Safety Gym's suite.py and engine.py for the Goal tasks. */
    @ParameterizedTest
    @CsvSource({"goal0, 1, 0, 0", "goal1, 1.5, 8, 1", "goal2, 2, 10, 10"})
    void hasTheNumbersOfSafetyGymnasium(String name, double extent, int hazards, int vases) {
        Scenario scenario = Scenario.load(name);
        assertThat(scenario.extent()).isEqualTo(Quantity.of(extent));
        assertThat(scenario.episodeSteps()).isEqualTo(1000);
        assertThat(scenario.layout()).isEqualTo(LayoutRenewal.EACH_EPISODE);
        assertThat(scenario.robot().keepout()).isEqualTo(Quantity.of(0.4));
        assertThat(scenario.robot().yaw()).isEqualTo(Robot.Yaw.AS_SHIPPED);
        assertThat(scenario.goal())
                .isEqualTo(new Goal(Quantity.of(0.3), Quantity.of(0.305), List.of()));
        assertThat(scenario.hazards())
                .isEqualTo(
                        new Hazards(
                                Quantity.of(hazards),
                                Quantity.of(0.2),
                                Quantity.of(0.18),
                                List.of()));
        assertThat(scenario.vases())
                .isEqualTo(new Vases(Quantity.of(vases), Quantity.of(0.15), List.of()));
        assertThat(scenario.reward()).isEqualTo(new Reward(1, 1, 10));
        assertThat(scenario.lidar()).isEqualTo(new Lidar(16, 3, true));
        assertThat(scenario.noise()).isEqualTo(new Noise(Quantity.of(0), Quantity.of(0)));
        assertThat(scenario.costs().form()).isEqualTo(Costs.Form.INDICATOR);
    }

    @Test
    void countsTheCostsOfSafetyGymnasium() {
        assertThat(Scenario.load("goal0").costs().names()).containsExactly("sum");
        assertThat(Scenario.load("goal1").costs().names()).containsExactly("hazards", "sum");
        assertThat(Scenario.load("goal2").costs().names())
                .containsExactly("hazards", "vases_contact", "vases_velocity", "sum");
    }

    @Test
    void keepsEveryKeyThroughCanonicalText() {
        String json =
                """
                {"name": "all", "description": "Every key.", "extent": {"choices": [2, 2.5]},
                 "episode_steps": 300, "layout": "each-seed",
                 "robot": {"keepout": 0.35, "yaw": "ideal", "thrust": {"min": 0.5, "max": 1.5},
                           "damping": 0, "start": [0, -1, 1.5]},
                 "goal": {"radius": 0.25, "keepout": 0.5, "positions": [[1, 1], [-1, -0.0]]},
                 "hazards": {"radius": 0.1, "keepout": 0.2, "positions": [[0, 1]]},
                 "vases": {"keepout": 0.2, "poses": [[1, 0, 0.5], [1.5, 0, 0]]},
                 "costs": {"on": ["vases_displace", "hazards"], "form": "raw"},
                 "reward": {"distance": 2, "goal": 5, "clip": 1e300},
                 "lidar": {"bins": 8, "range": 4.5, "alias": false},
                 "noise": {"action": 0.1, "observation": {"min": 0, "max": 0.2}}}
                """;
        Scenario scenario = Scenario.parse(json, "all.json");
        assertThat(scenario.maxHazards()).isEqualTo(1);
        assertThat(scenario.maxVases()).isEqualTo(2);
        assertThat(scenario.costs().names()).containsExactly("hazards", "vases_displace", "sum");
        assertThat(scenario.robot().start()).contains(new Pose(0, -1, 1.5));
        assertThat(scenario.toJson().replaceAll("\\s", ""))
                .isEqualTo(
                        json.replaceAll("\\s", "")
                                .replace("{\"radius\":0.1", "{\"count\":1,\"radius\":0.1")
                                .replace("{\"keepout\":0.2", "{\"count\":2,\"keepout\":0.2")
                                .replace(
                                        "\"vases_displace\",\"hazards\"",
                                        "\"hazards\",\"vases_displace\"")
                                .replace("1e300", "1.0E300"));
        assertThat(Scenario.parse(scenario.toJson(), "back")).isEqualTo(scenario);
    }

    @Test
    void readsEveryScenarioOfTheDocumentation() throws IOException {
        String page = Files.readString(Path.of("../docs/scenarios.md"));
        List<String> blocks =
                Pattern.compile("```json\n(.*?)```", Pattern.DOTALL)
                        .matcher(page)
                        .results()
                        .map(block -> block.group(1))
                        .toList();
        assertThat(blocks).hasSize(4);
        blocks.forEach(json -> Scenario.parse(json, "docs/scenarios.md"));
    }

    @Test
    void documentsEveryKeyWithItsDefault() throws IOException {
        // Columns: key, type, unit, default, meaning.
        Map<String, String> documented =
                Files.readAllLines(Path.of("../docs/scenarios.md")).stream()
                        .map(line -> line.replace("`", "").split(" *\\| *"))
                        .filter(cells -> cells.length == 6)
                        .collect(Collectors.toMap(cells -> cells[1], cells -> cells[4]));
        JsonNode smallest = JsonMapper.shared().readTree(Scenario.load("goal0").toJson());
        defaults("", smallest)
                .forEach(
                        (key, value) -> {
                            assertThat(documented).containsKey(key);
                            assertThat(documented.get(key))
                                    .as(key)
                                    .satisfiesAnyOf(
                                            text -> assertThat(text).startsWith("required"),
                                            text -> assertThat(text).isEqualTo(value),
                                            _ -> assertThat(key).isEqualTo("costs.on"));
                        });
    }

    private static Map<String, String> defaults(String prefix, JsonNode object) {
        Map<String, String> defaults = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String key = prefix + field.getKey();
            if (field.getValue().isObject()) {
                defaults.putAll(defaults(key + ".", field.getValue()));
            } else {
                defaults.put(key, field.getValue().asString(""));
            }
        }
        return defaults;
    }

    /** Keys of a scenario that else has a name, a description and an extent of 1.5 m; the error. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"hazard\": 1 | $.hazard: 1: unknown key; known here are costs, description, e",
                "\"hazards\": {\"count\": 1, \"size\": 2} | $.hazards.size: 2: unknown key; known",
                "\"extent\": {\"min\": 1, \"max\": 2, \"mid\": 1} | $.extent.mid: 1: unknown key",
                "\"hazards\": {\"radius\": 0.1} | $.hazards.count: missing: this key is required",
                "\"vases\": {} | $.vases.count: missing: this key is required",
                "\"extent\": {\"min\": 1} | $.extent.max: missing: this key is required",
                "\"extent\": null | $.extent: null: must be a number, {",
                "\"extent\": \"wide\" | $.extent: \"wide\": must be a number, {",
                "\"extent\": {\"min\": \"a\", \"max\": 1} | $.extent.min: \"a\": must be a number",
                "\"extent\": {\"choices\": 3} | $.extent.choices: 3: must be a list",
                "\"extent\": {\"choices\": [1, true]} | $.extent.choices[1]: true: must be a num",
                "\"extent\": {\"choices\": []} | $.extent: {\"choices\":[]}: must have at least",
                "\"extent\": {\"min\": 2, \"max\": 1} | $.extent: {\"min\":2,\"max\":1}: min must",
                "\"extent\": 0 | $.extent: 0: must be above 0",
                "\"extent\": -1.5 | $.extent: -1.5: must be above 0",
                "\"extent\": 1000.5 | $.extent: 1000.5: must be at most 1000",
                "\"extent\": {\"min\": 1, \"max\": 1e6} | $.extent: 1 to 1000000: must be at most",
                "\"extent\": NaN | $.extent: \"NaN\": must be a finite number",
                "\"extent\": Infinity | $.extent: \"Infinity\": must be a finite number",
                "\"extent\": 1e999 | finite number",
                "\"extent\": -1e999 | finite number",
                "\"episode_steps\": 0 | $.episode_steps: 0: must be above 0",
                "\"episode_steps\": 2.5 | $.episode_steps: 2.5: must be a whole number",
                "\"episode_steps\": 1e12 | whole number",
                "\"name\": 3 | $.name: 3: must be text",
                "\"name\": \"a b\" | $.name: a b: must be letters, digits, - or _",
                "\"description\": \" \" | $.description:  : must not be blank",
                "\"layout\": \"never\" | $.layout: \"never\": must be one of each-episode, each-s",
                "\"robot\": [] | $.robot: []: must be an object",
                "\"robot\": {\"yaw\": \"ideel\"} | $.robot.yaw: \"ideel\": must be one of as-ship",
                "\"robot\": {\"keepout\": -0.1} | $.robot.keepout: -0.1: must be 0 or more",
                "\"robot\": {\"thrust\": 0} | $.robot.thrust: 0: must be above 0",
                "\"robot\": {\"thrust\": 1e300} | $.robot.thrust: 1.0E300: must be at most 100",
                "\"robot\": {\"damping\": 101} | $.robot.damping: 101: must be at most 100",
                "\"robot\": {\"start\": [0, 0, 1e9]} | $.robot.start: [0, 0, 1.0E9]: the heading",
                "\"vases\": {\"poses\": [[1, 1, -1001]]} | $.vases.poses[0]: [1, 1, -1001]: the h",
                "\"robot\": {\"damping\": -1} | $.robot.damping: -1: must be 0 or more",
                "\"robot\": {\"start\": [1, 2]} | $.robot.start: [1,2]: must be [x, y, heading]",
                "\"robot\": {\"start\": [0, 2, 0]} | $.robot.start: [0, 2]: must be within the e",
                "\"goal\": {\"radius\": 0} | $.goal.radius: 0: must be above 0",
                "\"goal\": {\"radius\": 0.8} | $.goal.keepout: 0.305: with the robot's it must e",
                "\"goal\": {\"keepout\": -1} | $.goal.keepout: -1: must be 0 or more",
                "\"goal\": {\"positions\": []} | $.goal.positions: []: must list at least one",
                "\"goal\": {\"positions\": [[0, 0]]} | $.goal.positions[0]: [0, 0]: the next",
                "\"goal\": {\"positions\": [[0, 0], [1]]} | $.goal.positions[1]: [1]: must be [x",
                "\"hazards\": {\"count\": -3} | $.hazards.count: -3: must be from 0 to 1000",
                "\"hazards\": {\"count\": 1e9} | $.hazards.count: 1.0E9: must be from 0 to 1000",
                "\"hazards\": {\"count\": 2.5} | $.hazards.count: 2.5: must be a whole number",
                "\"hazards\": {\"count\": {\"min\": 1, \"max\": 2.5}} | $.hazards.count: 1 to 2.5",
                "\"hazards\": {\"count\": 1, \"radius\": -0.2} | $.hazards.radius: -0.2: must be",
                "\"hazards\": {\"count\": 1, \"radius\": 1e20} | $.hazards.radius: 1.0E20: must be",
                "\"hazards\": {\"count\": 1, \"keepout\": -1} | $.hazards.keepout: -1: must be 0",
                "\"hazards\": {\"count\": 2, \"positions\": [[0, 0]]} | $.hazards.count: 2: must",
                "\"hazards\": {\"positions\": [[0, -1.6]]} | $.hazards.positions[0]: [0, -1.6]",
                "\"goal\": {\"positions\": [[0, 0], [1, 1]], \"radius\": 0.8} | $.goal.keepout",
                "\"goal\": {\"positions\": [[0, 0], [1, 1]]}, \"robot\": {\"start\": [0.3, 0, 0]} | $.robot.start: [0.3, 0]: must be more than the radius, 0.3",
                "\"vases\": {\"poses\": [[1, 1, 0]]}, \"robot\": {\"keepout\": 0.1} | $.vases.k",
                "\"vases\": {\"count\": 1, \"keepout\": 0.1} | $.vases.keepout: 0.1: must be 0.1",
                "\"vases\": {\"count\": 1}, \"robot\": {\"keepout\": 0.1} | $.vases.keepout: 0.15",
                "\"vases\": {\"poses\": [[0, 0, 0], [0.2, 0, 0]]} | $.vases.poses[1]: [0.2, 0]:",
                "\"vases\": {\"poses\": [[0.2, 0, 0]]}, \"robot\": {\"start\": [0, 0, 0]} | star",
                "\"costs\": {\"on\": \"hazards\"} | $.costs.on: \"hazards\": must be a list",
                "\"costs\": {\"on\": [\"pillars\"]} | $.costs.on[0]: \"pillars\": must be one of",
                "\"costs\": {\"on\": [\"hazards\"]} | $.costs.on: hazards: nothing can cause",
                "\"costs\": {\"form\": \"half\"} | $.costs.form: \"half\": must be one of indicat",
                "\"reward\": {\"clip\": 0} | $.reward.clip: 0.0: must be above 0",
                "\"reward\": {\"goal\": \"1\"} | $.reward.goal: \"1\": must be a number",
                "\"lidar\": {\"bins\": 0} | $.lidar.bins: 0: must be from 1 to 360",
                "\"lidar\": {\"range\": -3} | $.lidar.range: -3: must be from 0.001 to 1000000",
                "\"lidar\": {\"range\": 1e-9} | $.lidar.range: 1.0E-9: must be from 0.001 to 1",
                "\"lidar\": {\"range\": 1e30} | $.lidar.range: 1.0E30: must be from 0.001 to 10",
                "\"lidar\": {\"alias\": 1} | $.lidar.alias: 1: must be true or false",
                "\"noise\": {\"action\": -1} | $.noise.action: -1: must be 0 or more",
                "\"noise\": {\"action\": 1e9} | $.noise.action: 1.0E9: must be at most 100",
                "\"noise\": {\"observation\": 1e300} | $.noise.observation: 1.0E300: must be at",
                "\"noise\": {\"observation\": -1} | $.noise.observation: -1: must be 0 or more",
            })
    void refusesWhatBreaksARule(String keys, String error) {
        assertThatThrownBy(() -> Scenario.parse(scenarioWith(keys), "my.json"))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("my.json: $")
                .hasMessageContaining(error);
    }

    @Test
    void asksNothingOfKeepoutsBetweenFixedPlaces() {
        String fixed =
                """
                "robot": {"start": [0, 0, 0], "keepout": 0.1}, "vases": {"poses": [[1, 1, 0]]},
                "goal": {"positions": [[0.31, 0], [-1, 0]], "keepout": 0}
                """;
        assertThat(Scenario.parse(scenarioWith(fixed), "my.json").maxVases()).isEqualTo(1);
    }

    private static String scenarioWith(String keys) {
        StringBuilder json = new StringBuilder("{").append(keys);
        List.of("\"name\": \"my\"", "\"description\": \"Mine.\"", "\"extent\": 1.5").stream()
                .filter(key -> !keys.startsWith(key.substring(0, key.indexOf(':'))))
                .forEach(key -> json.append(", ").append(key));
        return json.append("}").toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "description", "extent"})
    void refusesAMissingKey(String key) {
        String json = scenarioWith("\"layout\": \"each-seed\"").replace(key, "_" + key);
        assertThatThrownBy(() -> Scenario.parse(json, "my.json"))
                .isInstanceOf(InputException.class)
                .hasMessage("my.json: $." + key + ": missing: this key is required");
    }

    @Test
    void refusesAnImpossibleCrowdAtItsLargest() {
        String crowd = "\"hazards\": {\"count\": {\"choices\": [3, %d]}}";
        // The arena has 9 m2; 0.18 m of keepout take 0.1018 m2, robot and goal 0.7949 m2.
        assertThat(Scenario.parse(scenarioWith(crowd.formatted(80)), "my.json").share())
                .isBetween(0.99, 1.0);
        assertThatThrownBy(() -> Scenario.parse(scenarioWith(crowd.formatted(81)), "my.json"))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "my.json: $.hazards.count: 3 or 81: impossible crowd: the keepout discs"
                                + " can take 9.0 m2 of an arena of 9.0 m2");
        assertThatThrownBy(
                        () ->
                                Scenario.parse(
                                        scenarioWith("\"robot\": {\"keepout\": 1.6}"), "my.json"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("$.robot.keepout: 1.6: a keepout must not exceed the extent");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " \n",
                "{",
                "[]",
                "3",
                "null",
                "nonsense",
                "{} {}",
                "{\"name\": NaN}",
                "[[[[[[",
                "{\"extent\": 1, \"extent\": 2}",
                "{\"robot\": {\"yaw\": 1, \"yaw\": 2}}",
                "{\"name\": \"\u0000\"}",
                "// no\n{}",
                "{'name': 1}",
                "{\"extent\": 01}",
                "{\"extent\": 1e99999999999}"
            })
    void refusesWhatIsNotAScenario(String json) throws IOException {
        Path file = Files.writeString(folder.resolve("my.json"), json);
        assertThatThrownBy(() -> Scenario.load(file.toString()))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(file + ": ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'name': 'a', } | line 1, column 15: not JSON: Unexpected character ('}'): was",
                "{'name': 'a' | line 1, column 13: not JSON: Unexpected end-of-input: expected",
                "{'name': 1} {} | line 1, column 13: not JSON: Trailing token",
                "{'name': 1, 'name': 2} | line 1, column 19: not JSON: Duplicate Object property",
            },
            quoteCharacter = '`')
    void saysWhereTheTextStopsBeingJson(String text, String error) {
        assertThatThrownBy(() -> Scenario.parse(text.replace('\'', '"'), "my.json"))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("my.json: " + error)
                .hasMessageNotContaining("REDACTED");
    }

    @Test
    void refusesDepthsAndNumbersBeyondJacksonsLimits() {
        for (String value : List.of("[".repeat(100_000), "9".repeat(500), "9".repeat(5000))) {
            assertThatThrownBy(() -> Scenario.parse("{\"extent\": " + value + "}", "my.json"))
                    .isInstanceOf(InputException.class)
                    .hasMessageStartingWith("my.json: ")
                    .hasMessageNotContainingAny("9".repeat(200));
        }
    }

    @Test
    void refusesWhatIsNoReadableFile() throws IOException {
        Path named = Files.createDirectory(folder.resolve("folder.json"));
        refuses(named, "is a folder");
        refuses(folder.resolve("none.json"), "no such file");
        refuses(Files.write(folder.resolve("latin.json"), new byte[] {(byte) 0xE9}), "UTF-8");
        refuses(Files.write(folder.resolve("long.json"), new byte[1 << 21]), "at most 1 MiB");
        assertThatThrownBy(() -> Scenario.load("\0.json"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("cannot be read");
    }

    private static void refuses(Path file, String rule) {
        assertThatThrownBy(() -> Scenario.load(file.toString()))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(rule);
    }

    @Test
    void withAnotherQuantityEverythingElseStays() {
        for (String name : Scenario.names()) {
            Scenario scenario = Scenario.load(name);
            Scenario strong = scenario.with("robot.thrust", Quantity.of(2.5));
            assertThat(strong.robot().thrust()).isEqualTo(Quantity.of(2.5));
            assertThat(strong).isNotEqualTo(scenario);
            assertThat(strong.with("robot.thrust", scenario.robot().thrust())).isEqualTo(scenario);
            Quantity range = new Quantity.Range(3, 4);
            assertThat(scenario.with("extent", range).extent()).isEqualTo(range);
        }
    }

    @Test
    void withAQuantityThatBreaksARuleSaysWhichAsAFileWould() {
        Scenario scenario = Scenario.load("goal1");
        assertThatThrownBy(() -> scenario.with("hazards.count", Quantity.of(1.5)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("goal1: $.hazards.count: 1.5");
        assertThatThrownBy(() -> scenario.with("robot.torque", Quantity.of(1)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("goal1: $.robot.torque: 1: unknown key");
        assertThatThrownBy(() -> scenario.with("walls.count", Quantity.of(1)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("goal1: $.walls");
    }

    @Test
    void refusesANameThatDoesNotComeWithMemo() {
        assertThatThrownBy(() -> Scenario.load("goal9"))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "scenario 'goal9': must be one of goal0, goal1, goal2, open, crowded,"
                                + " or a file that ends in .json");
    }
}
