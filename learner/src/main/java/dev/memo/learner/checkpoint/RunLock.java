package dev.memo.learner.checkpoint;

import dev.memo.base.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Held by who learns into a run's folder, so that nobody else does: their lines would be mixed. It
 * ends with the process that holds it, however that ends. Where the file system has no locks it
 * keeps nobody out.
 */
public final class RunLock implements AutoCloseable {
    private static final String FILE = ".lock";

    private final FileChannel channel;

    private RunLock(FileChannel channel) {
        this.channel = channel;
    }

    /** See {@link RunFolder#lock}. */
    static RunLock of(Path folder) {
        Path file = folder.resolve(FILE);
        FileChannel channel;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new InputException(file + ": cannot be written: " + e, e);
        }
        RunLock lock = new RunLock(channel);
        if (lock.isTaken()) {
            lock.close();
            throw new InputException(
                    folder + ": is being learned by another process: wait for it, or stop it");
        }
        return lock;
    }

    private boolean isTaken() {
        try {
            return channel.tryLock() == null;
        } catch (OverlappingFileLockException _) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
