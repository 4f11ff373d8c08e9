package dev.memo.learner.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What stands in a folder's only event file.
 *
 * @param version of the first event
 * @param scalars "tag@step value" of each scalar, in order
 * @param wallTimes of all events, in seconds
 */
public record EventRecords(String version, List<String> scalars, List<Double> wallTimes) {

    /** The file itself; there must be one. */
    public static Path file(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.getFirst();
        }
    }

    /** Reads it, and checks every checksum. */
    public static EventRecords read(Path folder) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file(folder)));
        in.order(ByteOrder.LITTLE_ENDIAN);
        List<String> versions = new ArrayList<>();
        List<String> scalars = new ArrayList<>();
        List<Double> wallTimes = new ArrayList<>();
        while (in.hasRemaining()) {
            byte[] length = bytes(in, Long.BYTES);
            assertThat(in.getInt()).isEqualTo(EventFile.maskedChecksum(length, length.length));
            byte[] data =
                    bytes(
                            in,
                            (int) ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong());
            assertThat(in.getInt()).isEqualTo(EventFile.maskedChecksum(data, data.length));
            Map<Integer, List<Object>> event = fields(data);
            wallTimes.add(Double.longBitsToDouble((long) event.get(1).getFirst()));
            event.getOrDefault(3, List.of()).forEach(text -> versions.add(text((byte[]) text)));
            for (Object summary : event.getOrDefault(5, List.of())) {
                Object step = event.get(2).getFirst();
                for (Object value : fields((byte[]) summary).getOrDefault(1, List.of())) {
                    Map<Integer, List<Object>> scalar = fields((byte[]) value);
                    scalars.add(
                            "%s@%s %s"
                                    .formatted(
                                            text((byte[]) scalar.get(1).getFirst()),
                                            step,
                                            Float.intBitsToFloat((int) scalar.get(2).getFirst())));
                }
            }
        }
        assertThat(versions).hasSize(1);
        return new EventRecords(versions.getFirst(), scalars, wallTimes);
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(ByteBuffer in, int count) {
        byte[] bytes = new byte[count];
        in.get(bytes);
        return bytes;
    }

    /** A message's fields by number, as their wire types have them. */
    static Map<Integer, List<Object>> fields(byte[] message) throws IOException {
        Map<Integer, List<Object>> fields = new TreeMap<>();
        CodedInputStream in = CodedInputStream.newInstance(message);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            Object value =
                    switch (WireFormat.getTagWireType(tag)) {
                        case WireFormat.WIRETYPE_VARINT -> in.readInt64();
                        case WireFormat.WIRETYPE_FIXED64 -> in.readFixed64();
                        case WireFormat.WIRETYPE_FIXED32 -> in.readFixed32();
                        default -> in.readByteArray();
                    };
            fields.computeIfAbsent(WireFormat.getTagFieldNumber(tag), _ -> new ArrayList<>())
                    .add(value);
        }
        return fields;
    }
}
