package dev.memo.learner.export;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A message of Protocol Buffers being written field by field, each under its number in the format's
 * {@code .proto} file.
 */
final class ProtobufMessage {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

    /** What writes one field. */
    @FunctionalInterface
    private interface Field {
        void writeTo(CodedOutputStream out) throws IOException;
    }

    private ProtobufMessage add(Field field) {
        try {
            field.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes every byte", e);
        }
        return this;
    }

    /** A field of type string. */
    ProtobufMessage text(int field, String value) {
        return add(o -> o.writeString(field, value));
    }

    /** A field of type int32, int64 or an enum. */
    ProtobufMessage integer(int field, long value) {
        return add(o -> o.writeInt64(field, value));
    }

    /** A field of type float. */
    ProtobufMessage float32(int field, float value) {
        return add(o -> o.writeFloat(field, value));
    }

    /** A field of type double. */
    ProtobufMessage float64(int field, double value) {
        return add(o -> o.writeDouble(field, value));
    }

    /** A field of type bytes. */
    ProtobufMessage bytes(int field, byte[] value) {
        return add(o -> o.writeByteArray(field, value));
    }

    /** A field that is a message; what the message gets later is not in it. */
    ProtobufMessage message(int field, ProtobufMessage value) {
        return bytes(field, value.toBytes());
    }

    /** The fields so far. */
    byte[] toBytes() {
        add(CodedOutputStream::flush);
        return bytes.toByteArray();
    }
}
