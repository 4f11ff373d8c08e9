package dev.memo.kernels;

/** A device that checks numerics found a number that is not finite. */
public final class NotFiniteException extends ArithmeticException {
    private static final long serialVersionUID = 1;

    /**
     * Names what made the first such number, and where it stands.
     *
     * @param what made it, such as "#2 log [rows][2] is"
     */
    public NotFiniteException(Program program, String what, float number, int row, int column) {
        super(
                "program %s: %s %s at row %d, column %d"
                        .formatted(program.name(), what, number, row, column));
    }
}
