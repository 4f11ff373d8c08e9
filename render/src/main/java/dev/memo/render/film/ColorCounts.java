package dev.memo.render.film;

import java.util.stream.IntStream;

/** How often colours 0xRRGGBB occur. */
final class ColorCounts {
    /** Colours of a page, which is there once one of them occurs. */
    private static final int PAGE = 1 << 9;

    private final long[][] pages = new long[(1 << 24) / PAGE][];

    /** Counts every number of an array. */
    void add(int[] colors) {
        for (int from = 0; from < colors.length; ) {
            int to = from + 1;
            while (to < colors.length && colors[to] == colors[from]) {
                to++;
            }
            add(colors[from], to - from);
            from = to;
        }
    }

    private void add(int color, int times) {
        int page = color / PAGE;
        if (pages[page] == null) {
            pages[page] = new long[PAGE];
        }
        pages[page][color % PAGE] += times;
    }

    /** Of a colour that occurs, or shares a page with one. */
    long count(int color) {
        return pages[color / PAGE][color % PAGE];
    }

    /** Those that occur, ascending. */
    int[] colors() {
        return IntStream.range(0, pages.length)
                .filter(page -> pages[page] != null)
                .flatMap(page -> IntStream.range(page * PAGE, (page + 1) * PAGE))
                .filter(color -> count(color) > 0)
                .toArray();
    }
}
