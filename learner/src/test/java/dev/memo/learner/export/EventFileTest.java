package dev.memo.learner.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EventFileTest {
    @TempDir Path temp;

    private static JsonNode line(String json) {
        return JsonMapper.shared().readTree(json);
    }

    /** CRC-32C's check value is e3069283; rotated by 15 bits 2507c60d; the sum as TensorBoard's. */
    @Test
    void masksTheChecksum() {
        byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
        assertThat(EventFile.maskedChecksum(digits, digits.length)).isEqualTo(0xc78ab0e5);
    }

    /** Every file that TensorFlow writes begins so: 24 bytes, their length's checksum, a double. */
    @Test
    void beginsAsTensorFlowsFilesDo() throws IOException {
        Path folder = temp.resolve("tensorboard");
        EventFile.append(folder, line("{\"epoch\":1,\"loss\":0.5}"));
        byte[] start = HexFormat.of().parseHex("1800000000000000a37f4b2209");
        assertThat(Files.readAllBytes(EventRecords.file(folder))).startsWith(start);
        assertThat(EventRecords.file(folder).getFileName().toString())
                .matches("events\\.out\\.tfevents\\.\\d{10}\\.memo");
        assertThat(EventRecords.read(folder).version()).isEqualTo("brain.Event:2");
    }

    @Test
    void everyFiniteNumberOfALineIsAScalarAtItsStep() throws IOException {
        double before = System.currentTimeMillis() / 1e3;
        EventFile.append(temp, line("{\"iteration\":2,\"steps\":8192.0,\"return\":1.5}"));
        EventFile.append(temp, line("{\"iteration\":3,\"seconds\":0.25,\"note\":\"none\"}"));
        EventFile.append(temp, line("{\"epoch\":4,\"loss\":\"NaN\",\"nll\":-2,\"rate\":null}"));
        EventFile.append(temp, line("{\"epoch\":4}"));
        EventRecords records = EventRecords.read(temp);
        assertThat(records.scalars())
                .containsExactly(
                        "iteration@8192 2.0", "return@8192 1.5", "seconds@3 0.25", "nll@4 -2.0");
        // Those of the lines, after the version and the session's start.
        assertThat(records.wallTimes())
                .hasSize(6)
                .allSatisfy(
                        time ->
                                assertThat(time)
                                        .isBetween(before, System.currentTimeMillis() / 1e3));
    }

    /** A number in memory is the same as the one read back from its line. */
    @Test
    void whatIsNotFiniteIsLeftOut() throws IOException {
        EventFile.append(
                temp, JsonMapper.shared().createObjectNode().put("epoch", 1).put("x", Double.NaN));
        assertThat(EventRecords.read(temp).scalars()).isEmpty();
    }

    @Test
    void rewritingLeavesOnlyTheLinesGiven() throws IOException {
        EventFile.append(temp, line("{\"epoch\":1,\"loss\":3}"));
        EventFile.append(temp, line("{\"epoch\":2,\"loss\":2}"));
        EventFile.rewrite(temp, List.of(line("{\"epoch\":1,\"loss\":3}")));
        EventFile.append(temp, line("{\"epoch\":2,\"loss\":1}"));
        assertThat(EventRecords.read(temp).scalars()).containsExactly("loss@1 3.0", "loss@2 1.0");
    }
}
