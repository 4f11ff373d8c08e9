package dev.memo.base;

/**
 * Input that breaks a rule: a file, a flag or an argument from outside.
 *
 * <p>The message is for the person who gave the input. It names where the value stood (the file,
 * and the place in it), the value, and the rule that it breaks, in that order.
 */
public final class InputException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** An error whose message already names place, value and rule. */
    public InputException(String message) {
        super(message);
    }

    /** The same, with what was caught. */
    public InputException(String message, Throwable cause) {
        super(message, cause);
    }
}
