package dev.memo.render.film;

import dev.memo.base.AtomicFiles;
import dev.memo.base.InputException;
import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * H.264 in MP4, by a process of ffmpeg that gets raw pictures through a pipe and writes beside the
 * file. The process and what it wrote also go when the JVM ends by a signal.
 */
final class Mp4 implements Film.Encoder {
    private static final String INPUT = "-loglevel error -f rawvideo -pixel_format rgb24";

    /** Says which colours it has, as players take a video that does not say for one or another. */
    private static final String OUTPUT =
            "-c:v libx264 -crf 18 -pix_fmt yuv420p -vf scale=out_color_matrix=bt709"
                    + " -colorspace bt709 -color_primaries bt709 -color_trc bt709"
                    + " -movflags +faststart -f mp4 -y";

    /** What is kept of the end of ffmpeg's messages, in characters. */
    private static final int MESSAGE = 4_000;

    private final Path file;
    private final int width;
    private final int height;
    private final Process ffmpeg;
    private final CompletableFuture<String> messages;
    private final Thread hook = new Thread(this::clear, "memo-film-abandoned");

    /** [even height][even width][3] red, green, blue of one picture. */
    private final byte[] bytes;

    private Mp4(Path file, int width, int height, List<String> command) throws IOException {
        this.file = file;
        this.width = width;
        this.height = height;
        bytes = new byte[3 * even(width) * even(height)];
        ffmpeg =
                new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        // Read as it comes: a process whose messages nobody reads stands still.
        messages =
                CompletableFuture.supplyAsync(
                        () -> end(ffmpeg.errorReader()),
                        reading -> Thread.ofPlatform().daemon().name("memo-ffmpeg").start(reading));
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Starts ffmpeg.
     *
     * @param program its name or path
     * @throws InputException if it cannot be started
     */
    static Mp4 start(Path file, int width, int height, double rate, String program) {
        String size = even(width) + "x" + even(height);
        String pictures = BigDecimal.valueOf(rate).toPlainString();
        List<String> command = new ArrayList<>();
        command.add(program);
        command.addAll(List.of(INPUT.split(" ")));
        command.addAll(List.of("-video_size", size, "-framerate", pictures, "-i", "pipe:0"));
        command.addAll(List.of(OUTPUT.split(" ")));
        command.add(AtomicFiles.beside(file).toAbsolutePath().toString());
        try {
            return new Mp4(file, width, height, command);
        } catch (IOException e) {
            throw new InputException(
                    "%s: a video needs ffmpeg, which does not start (%s): install it (Debian:"
                                    .formatted(file, e.getMessage())
                            + " apt-get install ffmpeg), or take .gif or .png",
                    e);
        }
    }

    private static int even(int side) {
        return side + side % 2;
    }

    @Override
    public void add(int[] colors) {
        int to = 0;
        for (int y = 0; y < even(height); y++) {
            int row = Math.min(y, height - 1) * width;
            for (int x = 0; x < even(width); x++) {
                int color = colors[row + Math.min(x, width - 1)];
                bytes[to++] = (byte) (color >>> 16);
                bytes[to++] = (byte) (color >>> 8);
                bytes[to++] = (byte) color;
            }
        }
        try {
            ffmpeg.getOutputStream().write(bytes);
        } catch (IOException e) {
            requireSuccess(e);
        }
    }

    @Override
    public void finish() {
        IOException failure = null;
        try {
            ffmpeg.getOutputStream().close();
        } catch (IOException e) {
            failure = e;
        }
        requireSuccess(failure);
        AtomicFiles.replace(file);
        removeHook();
    }

    /**
     * Waits for ffmpeg's end.
     *
     * @param failure why its end is expected although more was to come, or null
     */
    private void requireSuccess(IOException failure) {
        int status;
        try {
            status = ffmpeg.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(file + ": interrupted before it was whole", e);
        }
        if (status != 0 || failure != null) {
            throw new InputException(
                    "%s: ffmpeg failed with status %d: %s".formatted(file, status, messages.join()),
                    failure);
        }
    }

    @Override
    public void abandon() {
        clear();
        removeHook();
    }

    private void removeHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // The JVM is ending and runs the hook, which finds nothing more to do.
        }
    }

    private void clear() {
        // Not to be ended by an interruption: a process that still writes would leave a file.
        ffmpeg.destroyForcibly().onExit().join();
        try {
            Files.deleteIfExists(AtomicFiles.beside(file));
        } catch (IOException e) {
            throw new InputException(file + ": its part cannot be removed: " + e, e);
        }
    }

    /** The end of what is read until the process ends, or its end closes the pipe. */
    private static String end(Reader messages) {
        StringBuilder text = new StringBuilder();
        char[] some = new char[MESSAGE];
        try (messages) {
            for (int count = messages.read(some); count >= 0; count = messages.read(some)) {
                text.append(some, 0, count);
                text.delete(0, Math.max(0, text.length() - MESSAGE));
            }
        } catch (IOException e) {
            text.append('\n').append(e);
        }
        return text.toString().strip();
    }
}
