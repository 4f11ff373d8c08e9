package dev.memo.sim.scenario;

import java.util.Locale;

/** When the layout is drawn: quantities, places, headings. */
public enum LayoutRenewal {
    /** Every episode has a layout of its own; the default, as in Safety-Gymnasium. */
    EACH_EPISODE,
    /**
     * Every seed has a layout of its own, and all its episodes start with it and draw the goals
     * that follow from the same random numbers.
     */
    EACH_SEED;

    /** Its name in scenario files, e.g. {@code each-seed}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
