package dev.memo.base;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files that are either whole or not there: written beside, synced, renamed once. */
public final class AtomicFiles {
    private static final int BUFFER_BYTES = 1 << 16;

    private AtomicFiles() {}

    /** What fills a file. */
    @FunctionalInterface
    public interface Content {
        /** Writes the file's bytes; the stream is buffered and closed by the caller. */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes {@code file}, replacing one that is there only when all bytes are on disk.
     *
     * @throws InputException if the folder cannot be written
     */
    public static void write(Path file, Content content) {
        Path beside = beside(file);
        try {
            try (FileChannel channel =
                    FileChannel.open(
                            beside,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.TRUNCATE_EXISTING)) {
                OutputStream out =
                        new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
                content.writeTo(out);
                out.flush();
                channel.force(true);
            }
            moveInto(beside, file);
        } catch (IOException e) {
            InputException failure = new InputException(file + ": cannot be written: " + e, e);
            delete(beside, failure);
            throw failure;
        } catch (RuntimeException | Error e) {
            delete(beside, e);
            throw e;
        }
    }

    /** Where a file stands until it is whole. */
    public static Path beside(Path file) {
        return file.resolveSibling(file.getFileName() + ".part");
    }

    /**
     * Puts what another program wrote {@link #beside} a file in the file's place, when all bytes
     * are on disk.
     *
     * @throws InputException if there is nothing, or the folder cannot be written
     */
    public static void replace(Path file) {
        Path beside = beside(file);
        try {
            try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            moveInto(beside, file);
        } catch (IOException e) {
            InputException failure = new InputException(file + ": cannot be written: " + e, e);
            delete(beside, failure);
            throw failure;
        }
    }

    /** Leaves no part of a file behind; that the first failure is told matters more. */
    private static void delete(Path beside, Throwable failure) {
        try {
            Files.deleteIfExists(beside);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** Writes text as UTF-8. */
    public static void writeText(Path file, String text) {
        write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Renames, then syncs the folder, so that the new name survives a crash. */
    private static void moveInto(Path beside, Path file) throws IOException {
        Files.move(
                beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Path folder = file.toAbsolutePath().getParent();
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}
