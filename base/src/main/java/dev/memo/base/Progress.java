package dev.memo.base;

/**
 * How long work says how far it is, and learns that a person wants it to stop.
 *
 * <p>Called from one thread. Implementations draw a bar or lines; nothing outside the application
 * prints.
 */
public interface Progress {
    /** Says nothing and never stops. */
    Progress SILENT =
            new Progress() {
                @Override
                public void begin(String task, long total, String unit) {}

                @Override
                public void advance(long amount) {}

                @Override
                public void end() {}

                @Override
                public boolean stopRequested() {
                    return false;
                }
            };

    /**
     * A task begins.
     *
     * @param task what is done, a few words
     * @param total how much there is to do, in units
     * @param unit what is counted, in the plural
     */
    void begin(String task, long total, String unit);

    /** So much more of the task is done. */
    void advance(long amount);

    /**
     * What the work has reached, for a person who watches; shown with the next sign of life.
     *
     * @param text a few words, such as "return 26.4, cost 51"
     */
    default void status(String text) {}

    /** The task is over. */
    void end();

    /** Whether a person asked the work to stop; it saves what it has and returns. */
    boolean stopRequested();
}
