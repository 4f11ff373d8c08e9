package dev.memo.learner.export;

import dev.memo.base.AtomicFiles;
import dev.memo.base.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import tools.jackson.databind.JsonNode;

/**
 * A folder's event file, which TensorBoard shows while it grows: every finite number of a line is a
 * scalar of its key's name at the line's step. The step is what stands under {@code steps}, else
 * {@code iteration} or {@code epoch}. The wall time is that of the writing.
 *
 * @see <a
 *     href="https://github.com/tensorflow/tensorflow/blob/master/tensorflow/core/util/event.proto">
 *     event.proto</a>, which has the numbers of the fields below, with summary.proto
 */
public final class EventFile {
    private static final String PREFIX = "events.out.tfevents.";
    private static final List<String> STEP_KEYS = List.of("steps", "iteration", "epoch");

    private EventFile() {}

    /**
     * Adds a line's scalars, to the file that is there or to a new one.
     *
     * @throws InputException if it cannot be written
     */
    public static void append(Path folder, JsonNode line) {
        Optional<Path> file = existing(folder).stream().findFirst();
        if (file.isEmpty()) {
            write(folder, List.of(line));
            return;
        }
        try {
            Files.write(file.get(), record(scalars(line)), StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new InputException(file.get() + ": cannot be written: " + e, e);
        }
    }

    /**
     * Replaces the file by one with these lines.
     *
     * @throws InputException if it cannot be written
     */
    public static void rewrite(Path folder, List<JsonNode> lines) {
        for (Path file : existing(folder)) {
            try {
                Files.delete(file);
            } catch (IOException e) {
                throw new InputException(file + ": cannot be deleted: " + e, e);
            }
        }
        write(folder, lines);
    }

    /** Makes the file under a name of its own: TensorBoard keeps reading one that it knows. */
    private static void write(Path folder, List<JsonNode> lines) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new InputException(folder + ": cannot be made: " + e, e);
        }
        Path file = folder.resolve(PREFIX + System.currentTimeMillis() / 1000 + ".memo");
        AtomicFiles.write(
                file,
                out -> {
                    out.write(record(event().text(3, "brain.Event:2")));
                    // A session starts: TensorBoard forgets what it has read of later steps.
                    out.write(record(event().message(7, new ProtobufMessage().integer(1, 1))));
                    for (JsonNode line : lines) {
                        out.write(record(scalars(line)));
                    }
                });
    }

    private static List<Path> existing(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(PREFIX)).toList();
        } catch (IOException e) {
            throw new InputException(folder + ": cannot be read: " + e, e);
        }
    }

    /** Event, with its wall time in seconds. */
    private static ProtobufMessage event() {
        return new ProtobufMessage().float64(1, System.currentTimeMillis() / 1e3);
    }

    /** Event with a Summary of Values. */
    private static ProtobufMessage scalars(JsonNode line) {
        String stepKey = STEP_KEYS.stream().filter(line::has).findFirst().orElse("");
        ProtobufMessage summary = new ProtobufMessage();
        for (Map.Entry<String, JsonNode> entry : line.properties()) {
            double value = entry.getValue().isNumber() ? entry.getValue().asDouble() : Double.NaN;
            if (!entry.getKey().equals(stepKey) && Double.isFinite(value)) {
                summary.message(
                        1, new ProtobufMessage().text(1, entry.getKey()).float32(2, (float) value));
            }
        }
        return event().integer(2, (long) line.path(stepKey).asDouble(0)).message(5, summary);
    }

    /** A TFRecord: length, its checksum, the message, its checksum; all little-endian. */
    private static byte[] record(ProtobufMessage message) {
        byte[] data = message.toBytes();
        ByteBuffer record =
                ByteBuffer.allocate(Long.BYTES + Integer.BYTES + data.length + Integer.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN);
        record.putLong(data.length);
        record.putInt(maskedChecksum(record.array(), Long.BYTES));
        record.put(data);
        record.putInt(maskedChecksum(data, data.length));
        return record.array();
    }

    /** CRC-32C of the first bytes, rotated and shifted as TFRecord wants it. */
    static int maskedChecksum(byte[] data, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(data, 0, length);
        return Integer.rotateRight((int) checksum.getValue(), 15) + 0xa282ead8;
    }
}
