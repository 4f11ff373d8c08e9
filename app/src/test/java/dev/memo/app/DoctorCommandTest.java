package dev.memo.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Smoke: what a person learns of a machine. */
class DoctorCommandTest {
    @TempDir Path folder;

    private static Map<String, JsonNode> byCheck(String lines) {
        Map<String, JsonNode> checks = new LinkedHashMap<>();
        lines.lines()
                .map(JsonMapper.shared()::readTree)
                .forEach(check -> checks.put(check.path("check").asString(), check));
        return checks;
    }

    /** A JVM without the Vector API, which the one of the tests has. */
    private Invocation withoutVectors(String tornadoVmHome)
            throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder java =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Main.class.getName(),
                                "doctor",
                                "--json")
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        java.environment().put("TORNADOVM_HOME", tornadoVmHome);
        int code = java.start().waitFor();
        return new Invocation(
                code,
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    @Test
    void whereAllWorksTheDeviceIsCheckedAndNothingFails() {
        Invocation memo = Invocation.of("doctor", "--json", "--threads", "2");

        assertThat(memo.code()).as(memo.out() + memo.err()).isZero();
        Map<String, JsonNode> checks = byCheck(memo.out());
        assertThat(checks.keySet())
                .containsExactly(
                        "MEMO",
                        "JDK",
                        "system",
                        "processor",
                        "memory",
                        "Vector API",
                        "device jvm",
                        "TornadoVM",
                        "OpenGL");
        checks.forEach(
                (name, check) ->
                        assertThat(check.path("state").asString())
                                .as(name)
                                .isIn(
                                        switch (name) {
                                            case "TornadoVM" -> List.of("unused");
                                            case "OpenGL" -> List.of("works", "unused");
                                            default -> List.of("works");
                                        }));
        assertThat(checks.get("JDK").path("found").asString())
                .contains(Runtime.version().toString(), System.getProperty("java.home"));
        assertThat(checks.get("Vector API").path("found").asString()).matches("\\d+ bits .*");
        assertThat(checks.get("device jvm").path("found").asString())
                .startsWith("jvm, ")
                .contains("2 threads", "gradients");
    }

    @Test
    void aPersonReadsALinePerCheck() {
        Invocation memo = Invocation.of("doctor");

        assertThat(memo.code()).isZero();
        assertThat(memo.err()).isEmpty();
        assertThat(memo.out().lines())
                .anyMatch(line -> line.startsWith("works   JDK: "))
                .anyMatch(line -> line.startsWith("unused  TornadoVM: "));
    }

    @Test
    void whatIsMissingIsNamedWithItsRemedy() throws IOException, InterruptedException {
        Path nowhere = folder.resolve("nowhere");

        Invocation memo = withoutVectors(nowhere.toString());

        assertThat(memo.code()).as(memo.err()).isEqualTo(1);
        Map<String, JsonNode> checks = byCheck(memo.out());
        assertThat(checks.get("Vector API").path("state").asString()).isEqualTo("fails");
        assertThat(checks.get("Vector API").path("remedy").asString())
                .contains("./memo", "--add-modules=jdk.incubator.vector");
        assertThat(checks.get("device jvm").path("state").asString()).isEqualTo("fails");
        assertThat(checks.get("TornadoVM").path("state").asString()).isEqualTo("unused");
        assertThat(checks.get("TornadoVM").path("remedy").asString())
                .contains("TORNADOVM_HOME", "docs/gpu.md");
        assertThat(memo.err().lines())
                .containsExactly("memo: does not work: Vector API, device jvm");
    }
}
