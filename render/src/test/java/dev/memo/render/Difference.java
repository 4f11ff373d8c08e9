package dev.memo.render;

import java.awt.image.BufferedImage;

/**
 * How far two pictures of one size are apart.
 *
 * @param largest [pixels] the largest difference of a pixel's three colours, 0 to 255
 */
public record Difference(int[] largest) {
    /** Of two pictures of one size. */
    public static Difference of(BufferedImage one, BufferedImage other) {
        if (one.getWidth() != other.getWidth() || one.getHeight() != other.getHeight()) {
            throw new IllegalArgumentException("pictures of different sizes");
        }
        int[] largest = new int[one.getWidth() * one.getHeight()];
        for (int i = 0; i < largest.length; i++) {
            int a = one.getRGB(i % one.getWidth(), i / one.getWidth());
            int b = other.getRGB(i % one.getWidth(), i / one.getWidth());
            for (int shift = 0; shift < 24; shift += 8) {
                int apart = Math.abs((a >>> shift & 0xFF) - (b >>> shift & 0xFF));
                largest[i] = Math.max(largest[i], apart);
            }
        }
        return new Difference(largest);
    }

    /** The share of pixels that differ by more than a threshold. */
    public double share(int threshold) {
        int count = 0;
        for (int apart : largest) {
            count += apart > threshold ? 1 : 0;
        }
        return (double) count / largest.length;
    }

    /** The mean of the pixels' differences. */
    public double mean() {
        long sum = 0;
        for (int apart : largest) {
            sum += apart;
        }
        return (double) sum / largest.length;
    }
}
