package dev.memo.base;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Named tensors and text metadata in one file, in the safetensors format: eight bytes with the
 * header's length, a JSON header, the tensors' little-endian bytes in a row.
 *
 * @param metadata text by name, kept in order
 * @param tensors tensors by name, kept in order
 */
public record TensorFile(Map<String, String> metadata, Map<String, Tensor> tensors) {
    private static final int CHUNK_BYTES = 1 << 20;
    private static final long MAX_HEADER_BYTES = 100_000_000;
    private static final String METADATA = "__metadata__";
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Keeps the order of both maps. */
    public TensorFile {
        metadata = new LinkedHashMap<>(metadata);
        tensors = new LinkedHashMap<>(tensors);
    }

    /**
     * The float32 tensor of that name.
     *
     * @throws InputException if it is missing, of another type or of another shape
     */
    public float[] floats(String name, int... shape) {
        if (!(tensors.get(name) instanceof Tensor.F32 found)) {
            throw new InputException("tensor '" + name + "': a float32 tensor is needed");
        }
        requireShape(name, found.shape(), shape);
        return found.data();
    }

    /** The float64 tensor of that name, as {@link #floats}. */
    public double[] doubles(String name, int... shape) {
        if (!(tensors.get(name) instanceof Tensor.F64 found)) {
            throw new InputException("tensor '" + name + "': a float64 tensor is needed");
        }
        requireShape(name, found.shape(), shape);
        return found.data();
    }

    private static void requireShape(String name, int[] found, int[] wanted) {
        if (!Arrays.equals(found, wanted)) {
            throw new InputException(
                    "tensor '%s' has shape %s: shape %s is needed"
                            .formatted(name, Arrays.toString(found), Arrays.toString(wanted)));
        }
    }

    /** Writes the file atomically; equal contents give equal bytes. */
    public void write(Path file) {
        AtomicFiles.write(file, this::writeTo);
    }

    private void writeTo(OutputStream out) throws IOException {
        ObjectNode header = JSON.createObjectNode();
        ObjectNode texts = header.putObject(METADATA);
        metadata.forEach(texts::put);
        long offset = 0;
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            Tensor tensor = entry.getValue();
            ObjectNode description = header.putObject(entry.getKey());
            Type type = Type.of(tensor);
            description.put("dtype", type.name());
            ArrayNode shape = description.putArray("shape");
            Arrays.stream(tensor.shape()).forEach(shape::add);
            ArrayNode offsets = description.putArray("data_offsets");
            offsets.add(offset);
            offset += type.bytes * Tensor.count(tensor.shape());
            offsets.add(offset);
        }
        byte[] json = JSON.writeValueAsBytes(header);
        // The format asks for tensors that start at a multiple of 8.
        int padded = (json.length + 7) / 8 * 8;
        ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        out.write(length.putLong(padded).array());
        out.write(json);
        out.write(" ".repeat(padded - json.length).getBytes(StandardCharsets.US_ASCII));
        WritableByteChannel channel = Channels.newChannel(out);
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (Tensor tensor : tensors.values()) {
            writeData(tensor, chunk, channel);
        }
    }

    private static void writeData(Tensor tensor, ByteBuffer chunk, WritableByteChannel out)
            throws IOException {
        Type type = Type.of(tensor);
        int count = (int) Tensor.count(tensor.shape());
        int step = CHUNK_BYTES / type.bytes;
        for (int from = 0; from < count; from += step) {
            int entries = Math.min(step, count - from);
            chunk.clear().limit(entries * type.bytes);
            switch (tensor) {
                case Tensor.F32(float[] data, _) -> chunk.asFloatBuffer().put(data, from, entries);
                case Tensor.F64(double[] data, _) ->
                        chunk.asDoubleBuffer().put(data, from, entries);
                case Tensor.I32(int[] data, _) -> chunk.asIntBuffer().put(data, from, entries);
                case Tensor.I64(long[] data, _) -> chunk.asLongBuffer().put(data, from, entries);
                case Tensor.U8(byte[] data, _) -> chunk.duplicate().put(data, from, entries);
            }
            out.write(chunk);
        }
    }

    /**
     * Reads a whole file.
     *
     * @throws InputException naming the file, if it is missing, truncated, longer than its tensors
     *     or not in the format
     */
    public static TensorFile read(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long headerLength = readExactly(channel, Long.BYTES).getLong();
            if (headerLength < 2
                    || headerLength > Math.min(MAX_HEADER_BYTES, channel.size() - Long.BYTES)) {
                throw new InputException(file + ": not a safetensors file, or truncated");
            }
            JsonNode header = JSON.readTree(readExactly(channel, (int) headerLength).array());
            if (!header.isObject()) {
                throw new IllegalArgumentException("the header is no JSON object");
            }
            long start = channel.position();
            long end = start;
            Map<String, String> metadata = new LinkedHashMap<>();
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> entry : header.properties()) {
                if (entry.getKey().equals(METADATA)) {
                    entry.getValue()
                            .properties()
                            .forEach(
                                    text ->
                                            metadata.put(
                                                    text.getKey(), text.getValue().asString()));
                } else {
                    tensors.put(entry.getKey(), readTensor(entry.getValue(), channel, start));
                    end = Math.max(end, channel.position());
                }
            }
            if (end != channel.size()) {
                throw new IllegalArgumentException(
                        channel.size() - end + " bytes follow the last tensor");
            }
            return new TensorFile(metadata, tensors);
        } catch (NoSuchFileException e) {
            throw new InputException(file + ": no such file", e);
        } catch (EOFException e) {
            throw new InputException(file + ": truncated: a tensor goes past the file's end", e);
        } catch (IOException | JacksonException | IllegalArgumentException e) {
            throw new InputException(file + ": not a readable safetensors file: " + e, e);
        }
    }

    private static Tensor readTensor(JsonNode description, FileChannel channel, long start)
            throws IOException {
        Type type = Type.valueOf(description.path("dtype").asString());
        int[] shape = shape(description);
        int count = count(shape, description);
        JsonNode offsets = description.path("data_offsets");
        long begin = offsets.path(0).asLong(-1);
        long bytes = (long) type.bytes * count;
        if (offsets.size() != 2 || begin < 0 || offsets.path(1).asLong(-1) - begin != bytes) {
            throw new IllegalArgumentException("shape and offsets disagree: " + description);
        }
        if (channel.size() - start - begin < bytes) {
            throw new EOFException();
        }
        channel.position(start + begin);
        Tensor tensor = type.allocate(count, shape);
        int step = CHUNK_BYTES / type.bytes;
        for (int from = 0; from < count; from += step) {
            int entries = Math.min(step, count - from);
            ByteBuffer chunk = readExactly(channel, entries * type.bytes);
            switch (tensor) {
                case Tensor.F32(float[] data, _) -> chunk.asFloatBuffer().get(data, from, entries);
                case Tensor.F64(double[] data, _) ->
                        chunk.asDoubleBuffer().get(data, from, entries);
                case Tensor.I32(int[] data, _) -> chunk.asIntBuffer().get(data, from, entries);
                case Tensor.I64(long[] data, _) -> chunk.asLongBuffer().get(data, from, entries);
                case Tensor.U8(byte[] data, _) -> chunk.get(data, from, entries);
            }
        }
        return tensor;
    }

    private static int[] shape(JsonNode description) {
        JsonNode extents = description.path("shape");
        int[] shape = new int[extents.size()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = extents.get(i).asInt(-1);
            if (shape[i] < 0) {
                throw new IllegalArgumentException("an extent is not 0 or more: " + description);
            }
        }
        return shape;
    }

    /** The entries of a shape, which must fit in an array. */
    private static int count(int[] shape, JsonNode description) {
        long count = 1;
        for (int extent : shape) {
            count *= extent;
            if (count > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("too many entries: " + description);
            }
        }
        return (int) count;
    }

    private static ByteBuffer readExactly(FileChannel channel, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException();
            }
        }
        return buffer.flip();
    }

    /** The format's names for the types, with their sizes. */
    private enum Type {
        F32(Float.BYTES),
        F64(Double.BYTES),
        I32(Integer.BYTES),
        I64(Long.BYTES),
        U8(Byte.BYTES);

        final int bytes;

        Type(int bytes) {
            this.bytes = bytes;
        }

        static Type of(Tensor tensor) {
            return switch (tensor) {
                case Tensor.F32 _ -> F32;
                case Tensor.F64 _ -> F64;
                case Tensor.I32 _ -> I32;
                case Tensor.I64 _ -> I64;
                case Tensor.U8 _ -> U8;
            };
        }

        Tensor allocate(int count, int[] shape) {
            return switch (this) {
                case F32 -> new Tensor.F32(new float[count], shape);
                case F64 -> new Tensor.F64(new double[count], shape);
                case I32 -> new Tensor.I32(new int[count], shape);
                case I64 -> new Tensor.I64(new long[count], shape);
                case U8 -> new Tensor.U8(new byte[count], shape);
            };
        }
    }
}
