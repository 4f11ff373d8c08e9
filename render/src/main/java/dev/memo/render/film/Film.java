package dev.memo.render.film;

import dev.memo.base.AtomicFiles;
import dev.memo.base.InputException;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Takes pictures of one size, one after the other, each shown equally long, and makes one file of
 * them. {@link #finish} makes the file; a film that is closed without it leaves neither a file nor
 * a process. Until then a file of that name stays as it was.
 *
 * <p>The file's ending says what it is:
 *
 * <ul>
 *   <li>{@code .gif} loops for ever and has one palette of 255 colours for all pictures. Delays are
 *       whole hundredths of a second, rounded so that no picture begins more than half a hundredth
 *       early or late. Pictures are kept compressed in memory until the end.
 *   <li>{@code .mp4} is H.264, made by the program ffmpeg. A side that is odd grows by one pixel,
 *       which repeats its neighbour: H.264 with colours at half resolution has even sides.
 *   <li>{@code .png} is one picture.
 * </ul>
 */
public final class Film implements AutoCloseable {
    /** What H.264 takes at most. */
    private static final int LARGEST_SIDE = 16_384;

    /** A delay of a GIF's picture is at most 655.35 s. */
    private static final double LOWEST_RATE = 0.01;

    private static final double HIGHEST_RATE = 1_000;

    /** Browsers show pictures that stand for less than two hundredths of a second for ten. */
    private static final double HIGHEST_GIF_RATE = 50;

    private final int width;
    private final int height;
    private final Encoder encoder;
    private int pictures;
    private boolean open = true;

    private Film(int width, int height, Encoder encoder) {
        this.width = width;
        this.height = height;
        this.encoder = encoder;
    }

    /**
     * Begins a film.
     *
     * @param file ends in .gif, .mp4 or .png, in small or capital letters
     * @param width of every picture in pixels
     * @param height of every picture in pixels
     * @param rate pictures per second, 0.01 to 1,000, and to 50 for a GIF; says nothing for a PNG
     * @throws InputException if the ending is another, a number out of its range, the folder not
     *     there, or ffmpeg needed and absent
     */
    public static Film open(Path file, int width, int height, double rate) {
        return open(file, width, height, rate, "ffmpeg");
    }

    /**
     * The same.
     *
     * @param ffmpeg the command
     */
    static Film open(Path file, int width, int height, double rate, String ffmpeg) {
        String name = file.toString();
        String ending = ending(file);
        requireSize(name, width, height);
        requireRate(name, rate, ending.equals(".gif") ? HIGHEST_GIF_RATE : HIGHEST_RATE);
        requirePlace(file);
        Encoder encoder =
                switch (ending) {
                    case ".gif" -> {
                        Gif gif = new Gif(width, height, rate);
                        yield new InMemory(file, gif::add, gif::bytes);
                    }
                    case ".png" -> {
                        Png png = new Png(width, height);
                        yield new InMemory(file, png::add, png::bytes);
                    }
                    case ".mp4" -> Mp4.start(file, width, height, rate, ffmpeg);
                    default ->
                            throw new InputException(
                                    file + ": a film's name ends in .mp4, .gif or .png");
                };
        return new Film(width, height, encoder);
    }

    /** What a film's name ends in, in small letters from the last dot on; empty without one. */
    public static String ending(Path file) {
        String name = file.toString();
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot).toLowerCase(Locale.ROOT);
    }

    /**
     * A GIF that is no file.
     *
     * @param pictures of one size and type INT_RGB; none of them is kept
     * @param rate pictures per second, 0.01 to 50
     * @throws InputException if the size or the rate is out of range
     */
    public static byte[] gif(Iterable<BufferedImage> pictures, double rate) {
        Iterator<BufferedImage> rest = pictures.iterator();
        if (!rest.hasNext()) {
            throw new IllegalArgumentException("a film needs a picture");
        }
        BufferedImage picture = rest.next();
        int width = picture.getWidth();
        int height = picture.getHeight();
        requireSize("GIF", width, height);
        requireRate("GIF", rate, HIGHEST_GIF_RATE);
        Gif gif = new Gif(width, height, rate);
        gif.add(colors(picture, width, height));
        while (rest.hasNext()) {
            gif.add(colors(rest.next(), width, height));
        }
        return gif.bytes();
    }

    /**
     * The next picture; it is not kept.
     *
     * @param picture of the film's size and of type INT_RGB
     * @throws InputException if ffmpeg failed
     * @throws IllegalStateException if the film is finished or closed, or a PNG has its picture
     */
    public void add(BufferedImage picture) {
        requireOpen();
        encoder.add(colors(picture, width, height));
        pictures++;
    }

    /**
     * Makes the file.
     *
     * @throws InputException if it cannot be written, or ffmpeg failed
     * @throws IllegalStateException if there was no picture, the film is finished or closed, or the
     *     thread was interrupted
     */
    public void finish() {
        requireOpen();
        if (pictures == 0) {
            throw new IllegalStateException("a film needs a picture");
        }
        encoder.finish();
        open = false;
    }

    /** Gives the film up unless it is finished. */
    @Override
    public void close() {
        if (open) {
            open = false;
            encoder.abandon();
        }
    }

    private void requireOpen() {
        if (!open) {
            throw new IllegalStateException("the film is finished or closed");
        }
    }

    private static void requireSize(String name, int width, int height) {
        if (Math.min(width, height) < 1 || Math.max(width, height) > LARGEST_SIDE) {
            throw new InputException(
                    "%s: %d x %d pixels: a side has 1 to %d"
                            .formatted(name, width, height, LARGEST_SIDE));
        }
    }

    private static void requireRate(String name, double rate, double highest) {
        if (!(rate >= LOWEST_RATE && rate <= highest)) {
            throw new InputException(
                    "%s: %s pictures per second: must be %s to %.0f"
                                    .formatted(name, rate, LOWEST_RATE, highest)
                            + (highest == HIGHEST_GIF_RATE ? ", as browsers show no more" : ""));
        }
    }

    /** Better before the work than after it. */
    private static void requirePlace(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || Files.isDirectory(file)) {
            throw new InputException(file + ": is a folder");
        }
        if (!Files.isDirectory(folder)) {
            throw new InputException(file + ": there is no folder " + folder);
        }
        if (!Files.isWritable(folder)) {
            throw new InputException(file + ": the folder cannot be written");
        }
    }

    /** [height * width] numbers 0xRRGGBB of their own. */
    private static int[] colors(BufferedImage picture, int width, int height) {
        if (picture.getType() != BufferedImage.TYPE_INT_RGB
                || picture.getWidth() != width
                || picture.getHeight() != height) {
            throw new IllegalArgumentException(
                    "a picture of %d x %d pixels and type %d in a film of %d x %d and type INT_RGB"
                            .formatted(
                                    picture.getWidth(),
                                    picture.getHeight(),
                                    picture.getType(),
                                    width,
                                    height));
        }
        int[] colors = (int[]) picture.getRaster().getDataElements(0, 0, width, height, null);
        for (int i = 0; i < colors.length; i++) {
            // The highest byte of such a picture means nothing.
            colors[i] &= 0xFFFFFF;
        }
        return colors;
    }

    /** What knows a format. Gets pictures as [height * width] 0xRRGGBB, which it may keep. */
    interface Encoder {
        void add(int[] colors);

        /** Makes the file. Abandoned if this fails. */
        void finish();

        /** Leaves nothing behind. */
        void abandon();
    }

    /** A format that is bytes in memory before it is a file. */
    private record InMemory(Path file, Consumer<int[]> pictures, Supplier<byte[]> bytes)
            implements Encoder {
        @Override
        public void add(int[] colors) {
            pictures.accept(colors);
        }

        @Override
        public void finish() {
            AtomicFiles.write(file, out -> out.write(bytes.get()));
        }

        @Override
        public void abandon() {}
    }
}
