package dev.memo.render.film;

import java.awt.image.IndexColorModel;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Few colours 0xRRGGBB that stand for many.
 *
 * <p>The colours that occur are cut into boxes: again and again the box with the largest squared
 * distance of its pixels from their mean is cut at that mean, across the channel that varies most
 * (after Wan, Prusinkiewicz and Wong, "Variance-based color image quantization for frame buffer
 * display", 1990, who search for the best cut). The most frequent colour of a box goes into the
 * palette, so that flat colours stay what they are. Pictures of no more colours than the palette
 * has stay exact.
 */
final class Palette {
    private static final int[] CHANNELS = {16, 8, 0};

    private final int[] colors;

    /** [colour / 512][colour % 512] the index in the palette plus 1, or 0 until it is asked for. */
    private final byte[][] indexes = new byte[1 << 15][];

    private Palette(int[] colors) {
        this.colors = colors;
    }

    /**
     * Chooses colours.
     *
     * @param size how many at most, up to 255
     */
    static Palette of(ColorCounts counts, int size) {
        int[] occurring = counts.colors();
        PriorityQueue<Box> boxes =
                new PriorityQueue<>(
                        Comparator.comparingDouble(Box::error)
                                .reversed()
                                .thenComparingInt(Box::from));
        boxes.add(Box.of(occurring, counts, 0, occurring.length));
        while (boxes.size() < size && boxes.peek().error() > 0) {
            Box box = boxes.poll();
            int middle = box.cut(occurring);
            boxes.add(Box.of(occurring, counts, box.from, middle));
            boxes.add(Box.of(occurring, counts, middle, box.to));
        }
        return new Palette(boxes.stream().mapToInt(Box::mostFrequent).sorted().toArray());
    }

    /** How many colours there are; indexes are 0 to size - 1. */
    int size() {
        return colors.length;
    }

    /** For images of one byte a pixel; the index after the last colour is transparent. */
    IndexColorModel colorModel() {
        byte[][] channels = new byte[CHANNELS.length][size() + 1];
        for (int channel = 0; channel < CHANNELS.length; channel++) {
            for (int i = 0; i < size(); i++) {
                channels[channel][i] = (byte) value(colors[i], CHANNELS[channel]);
            }
        }
        return new IndexColorModel(
                Byte.SIZE, size() + 1, channels[0], channels[1], channels[2], size());
    }

    /** Of the nearest colour. */
    int index(int color) {
        byte[] page = indexes[color >>> 9];
        if (page == null) {
            page = new byte[1 << 9];
            indexes[color >>> 9] = page;
        }
        int at = color & (1 << 9) - 1;
        if (page[at] == 0) {
            page[at] = (byte) (nearest(color) + 1);
        }
        return (page[at] & 0xFF) - 1;
    }

    private int nearest(int color) {
        int nearest = 0;
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < colors.length; i++) {
            int distance = 0;
            for (int channel : CHANNELS) {
                int apart = value(color, channel) - value(colors[i], channel);
                distance += apart * apart;
            }
            if (distance < least) {
                least = distance;
                nearest = i;
            }
        }
        return nearest;
    }

    private static int value(int color, int channel) {
        return color >>> channel & 0xFF;
    }

    /**
     * Some of the colours that occur.
     *
     * @param from the first's place
     * @param to the place after the last
     * @param mostFrequent of them
     * @param channel that varies most
     * @param mean of that channel, rounded down
     * @param error the sum over pixels of the squared distance from their mean; 0 for one colour
     */
    private record Box(int from, int to, int mostFrequent, int channel, int mean, double error) {
        static Box of(int[] colors, ColorCounts counts, int from, int to) {
            int mostFrequent = colors[from];
            long pixels = 0;
            for (int i = from; i < to; i++) {
                long count = counts.count(colors[i]);
                pixels += count;
                long most = counts.count(mostFrequent);
                if (count > most || count == most && colors[i] < mostFrequent) {
                    mostFrequent = colors[i];
                }
            }
            int widest = 0;
            int meanOfWidest = 0;
            double largest = -1;
            double error = 0;
            for (int channel : CHANNELS) {
                long sum = 0;
                for (int i = from; i < to; i++) {
                    sum += counts.count(colors[i]) * value(colors[i], channel);
                }
                double mean = (double) sum / pixels;
                double squares = 0;
                for (int i = from; i < to; i++) {
                    double apart = value(colors[i], channel) - mean;
                    squares += counts.count(colors[i]) * apart * apart;
                }
                error += squares;
                if (squares > largest) {
                    largest = squares;
                    widest = channel;
                    meanOfWidest = (int) (sum / pixels);
                }
            }
            return new Box(from, to, mostFrequent, widest, meanOfWidest, error);
        }

        /** Moves the colours up to the mean to the front; returns the place after them. */
        int cut(int[] colors) {
            int middle = from;
            for (int i = from; i < to; i++) {
                if (value(colors[i], channel) <= mean) {
                    int color = colors[i];
                    colors[i] = colors[middle];
                    colors[middle++] = color;
                }
            }
            return middle;
        }
    }
}
