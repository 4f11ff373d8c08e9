package dev.memo.app;

import java.util.Arrays;
import picocli.CommandLine.Command;

/** How fast things are on this machine. */
@Command(
        name = "bench",
        description = "How fast things are on this machine.",
        subcommands = {BenchSimCommand.class, BenchKernelsCommand.class, BenchRenderCommand.class})
final class BenchCommand {

    static void refuseWhatMeansNothing(CommonOptions common) {
        common.refuse("--resume", common.resume(), "a measurement starts anew");
        common.refuse("--out", common.out(null) != null, "figures are printed; see --json");
    }

    static void requireSeconds(CommonOptions common, String flag, double seconds) {
        if (!(seconds >= 0 && seconds < Double.POSITIVE_INFINITY)) {
            throw common.wrong(flag + " " + seconds + ": must be seconds from 0 on");
        }
    }

    /** The middle one of some values, or the mean of the two in the middle. */
    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
