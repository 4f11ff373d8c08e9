package dev.memo.app;

import dev.memo.base.InputException;
import dev.memo.kernels.NotFiniteException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.CancellationException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What a person reads when a command line is wrong or a run fails. */
final class Failures {
    static final int FAILED = 1;
    static final int WRONG_COMMAND_LINE = 2;

    private Failures() {}

    /** Names flag, value and rule, and where to read more. */
    static int refused(ParameterException e, String[] args) {
        CommandLine line = e.getCommandLine();
        StringBuilder text = new StringBuilder("memo: ").append(e.getMessage());
        if (e instanceof UnmatchedArgumentException unmatched) {
            List<String> suggestions = unmatched.getSuggestions();
            if (!suggestions.isEmpty()) {
                text.append("; did you mean ").append(String.join(" or ", suggestions)).append('?');
            }
        }
        line.getErr().println(text);
        line.getErr().println("see " + line.getCommandSpec().qualifiedName() + " --help");
        return WRONG_COMMAND_LINE;
    }

    /** Says what went wrong in a line; where in the code only if asked. A stop is no failure. */
    static int failed(Throwable e, PrintWriter err, boolean verbose) {
        if (e instanceof CancellationException) {
            err.println("memo: stopped");
            return Interrupt.EXIT_CODE;
        }
        err.println("memo: " + reason(e, verbose));
        if (verbose) {
            e.printStackTrace(err);
        }
        return FAILED;
    }

    private static String reason(Throwable e, boolean verbose) {
        return switch (e) {
            case InputException _ -> e.getMessage();
            // A device found what it was asked to look for.
            case NotFiniteException _ -> e.getMessage();
            // What a class refuses as it is loaded.
            case ExceptionInInitializerError _ when e.getCause() instanceof InputException ->
                    e.getCause().getMessage();
            case OutOfMemoryError _ -> {
                long mebibytes = Runtime.getRuntime().maxMemory() >> 20;
                yield "the heap of %d MiB is full: give it more, e.g. --heap %dm"
                        .formatted(mebibytes, 2 * mebibytes);
            }
            default -> "an error in MEMO itself: " + e + (verbose ? "" : "; --verbose shows where");
        };
    }
}
