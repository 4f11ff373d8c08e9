package dev.memo.render.canvas;

/** Arithmetic on colours 0xAARRGGBB. */
public final class Colors {
    private Colors() {}

    /** The same colour, so opaque: 0 to 1. */
    public static int withAlpha(int color, double opacity) {
        return (int) Math.round(255 * opacity) << 24 | color & 0xFFFFFF;
    }

    /** Opaque, from the first colour (0) to the second (1); their alpha does not count. */
    public static int mix(int from, int to, double share) {
        return 0xFF << 24
                | between(from, to, share, 16)
                | between(from, to, share, 8)
                | between(from, to, share, 0);
    }

    private static int between(int from, int to, double share, int shift) {
        int a = from >>> shift & 0xFF;
        int b = to >>> shift & 0xFF;
        return (int) Math.round(a + (b - a) * share) << shift;
    }
}
