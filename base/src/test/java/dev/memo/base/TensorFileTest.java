package dev.memo.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TensorFileTest {
    @TempDir Path folder;

    @Test
    void readsBackEveryTypeAndTheMetadata() {
        float[] large = new float[600_000];
        for (int i = 0; i < large.length; i++) {
            large[i] = i * 0.5f;
        }
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("large", new Tensor.F32(large, 300_000, 2));
        tensors.put("doubles", new Tensor.F64(new double[] {Math.PI, -0.0}, 2));
        tensors.put("ints", new Tensor.I32(new int[] {Integer.MIN_VALUE, 7}, 1, 2));
        tensors.put("longs", new Tensor.I64(new long[] {Long.MAX_VALUE}));
        tensors.put("bytes", new Tensor.U8(new byte[] {1, 0, -1}, 3));
        tensors.put("none", new Tensor.F32(new float[0], 0, 60));
        Path file = folder.resolve("all.safetensors");
        new TensorFile(Map.of("about", "ä \"quoted\" text"), tensors).write(file);

        TensorFile read = TensorFile.read(file);
        assertThat(read.metadata()).containsEntry("about", "ä \"quoted\" text");
        assertThat(read.tensors().keySet()).containsExactlyElementsOf(tensors.keySet());
        assertThat(read.floats("large", 300_000, 2)).isEqualTo(large);
        assertThat(read.doubles("doubles", 2)).containsExactly(Math.PI, -0.0);
        assertThat(((Tensor.I32) read.tensors().get("ints")).data())
                .containsExactly(Integer.MIN_VALUE, 7);
        assertThat(((Tensor.I64) read.tensors().get("longs")).data())
                .containsExactly(Long.MAX_VALUE);
        assertThat(((Tensor.U8) read.tensors().get("bytes")).data()).containsExactly(1, 0, -1);
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void layoutIsTheFormats() throws IOException {
        Path file = folder.resolve("one.safetensors");
        new TensorFile(Map.of(), Map.of("x", new Tensor.F32(new float[] {1, 2}, 2))).write(file);
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int headerLength = (int) bytes.getLong();
        String header = new String(bytes.array(), Long.BYTES, headerLength, StandardCharsets.UTF_8);
        assertThat(headerLength % 8).isZero();
        assertThat(header.strip())
                .isEqualTo(
                        "{\"__metadata__\":{},\"x\":{\"dtype\":\"F32\",\"shape\":[2],"
                                + "\"data_offsets\":[0,8]}}");
        assertThat(bytes.getFloat(Long.BYTES + headerLength + 4)).isEqualTo(2f);
    }

    @Test
    void saysWhatIsWrongWithAFile() throws IOException {
        Path file = folder.resolve("bad.safetensors");
        assertRefused(file, "no such file");
        Files.writeString(file, "hello, this is not it");
        assertRefused(file, "not a safetensors file, or truncated");
        new TensorFile(Map.of(), Map.of("x", new Tensor.F32(new float[100], 100))).write(file);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 8));
        assertRefused(file, "truncated");
        assertRefused(folder, "not a readable safetensors file");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[1, 2] | no JSON object",
                "{'x': {'dtype': 'F32', 'shape': [65536, 65536], 'data_offsets': [0, 8]}} | too many",
                "{'x': {'dtype': 'F32', 'shape': [-1], 'data_offsets': [8, 4]}} | extent",
                "{'x': {'dtype': 'F32', 'shape': ['a'], 'data_offsets': [0, 8]}} | extent",
                "{'x': {'dtype': 'F32', 'shape': [2], 'data_offsets': [-8, 0]}} | disagree",
                "{'x': {'dtype': 'F32', 'shape': [2], 'data_offsets': [8, 0]}} | disagree",
                "{'x': {'dtype': 'F32', 'shape': [2]}} | disagree",
                "{'x': {'dtype': 'F32', 'shape': [2], 'data_offsets': [8, 16]}} | truncated",
                "{'x': {'dtype': 'F99', 'shape': [2], 'data_offsets': [0, 8]}} | F99",
                "{'x': {'dtype': 'F32', 'shape': [1], 'data_offsets': [0, 4]}} | 4 bytes follow",
            })
    void refusesAHeaderThatTheFormatDoesNotAllow(String header, String rule) throws IOException {
        byte[] json = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + json.length + 8);
        bytes.order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).put(json);
        Path file = folder.resolve("header.safetensors");
        Files.write(file, bytes.array());
        assertRefused(file, rule);
    }

    @Test
    void namesTheTensorWhoseShapeIsAnother() {
        TensorFile file = new TensorFile(Map.of(), Map.of("w", new Tensor.F32(new float[6], 2, 3)));
        assertThatThrownBy(() -> file.floats("w", 3, 2))
                .isInstanceOf(InputException.class)
                .hasMessage("tensor 'w' has shape [2, 3]: shape [3, 2] is needed");
        assertThatThrownBy(() -> file.doubles("w", 2, 3)).hasMessageContaining("float64");
        assertThatThrownBy(() -> new Tensor.F32(new float[5], 2, 3))
                .hasMessageContaining("does not hold 5");
    }

    @Test
    void leavesTheOldFileWhenWritingTheNewOneFails() throws IOException {
        Path file = folder.resolve("kept.txt");
        AtomicFiles.writeText(file, "old");
        assertThatThrownBy(
                        () ->
                                AtomicFiles.write(
                                        file,
                                        out -> {
                                            out.write('n');
                                            throw new IOException("disk full");
                                        }))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("kept.txt")
                .hasMessageContaining("disk full");
        assertThat(file).hasContent("old");
        assertThatThrownBy(
                        () ->
                                AtomicFiles.write(
                                        file,
                                        _ -> {
                                            throw new IllegalStateException("no content");
                                        }))
                .hasMessage("no content");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
        assertThatThrownBy(() -> AtomicFiles.writeText(folder.resolve("no/where.txt"), "x"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("where.txt");
    }

    private static void assertRefused(Path file, String rule) {
        assertThatThrownBy(() -> TensorFile.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(rule);
    }
}
