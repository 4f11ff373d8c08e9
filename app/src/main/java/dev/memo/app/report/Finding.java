package dev.memo.app.report;

import dev.memo.base.AtomicFiles;
import dev.memo.base.InputException;
import dev.memo.learner.control.ControlReport;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a command found out about a run, kept in the run's folder for its report: {@code NAME.json}.
 * The last one that was found is kept.
 *
 * @param name of the file and of the command
 * @param type what the file says
 */
public record Finding<T extends Record>(String name, Class<T> type) {
    /** What {@code memo cards} finds. */
    public static final Finding<ModeCards> CARDS = new Finding<>("cards", ModeCards.class);

    /** What {@code memo switches} finds. */
    public static final Finding<Switches> SWITCHES = new Finding<>("switches", Switches.class);

    /** What {@code memo steer} finds where it is not told how to steer. */
    public static final Finding<Steerings> STEERINGS = new Finding<>("steer", Steerings.class);

    /** What {@code memo control} finds. */
    public static final Finding<ControlReport> CONTROL =
            new Finding<>("control", ControlReport.class);

    /** What {@code memo generalise} finds. */
    public static final Finding<Generalisation> GENERALISATION =
            new Finding<>("generalise", Generalisation.class);

    /** What {@code memo novelty} finds. */
    public static final Finding<Novelty> NOVELTY = new Finding<>("novelty", Novelty.class);

    /** What {@code memo prefer} finds with simulated people. */
    public static final Finding<People> PEOPLE = new Finding<>("prefer", People.class);

    /** Where it is kept. */
    public Path file(Path run) {
        return run.resolve(name + ".json");
    }

    /** Keeps it, with the epoch that the run is at; equal findings give equal bytes. */
    public void write(Path run, T found) {
        AtomicFiles.writeText(file(run), RunFiles.json(new Kept(epoch(run), found)) + "\n");
    }

    /**
     * What is kept of the run as it is. What was found before it learned on is not about it.
     *
     * @throws InputException if the file is not what this version writes
     */
    Optional<T> read(Path run) {
        return RunFiles.found(file(run), type, "what memo " + name + " writes", epoch(run));
    }

    /** How many epochs the run has learned. */
    private static int epoch(Path run) {
        return RunFiles.epochs(run);
    }

    /**
     * The file.
     *
     * @param epoch of the run
     */
    record Kept(int epoch, Record found) {}
}
