package dev.memo.app.report;

import dev.memo.base.InputException;
import dev.memo.learner.metrics.Interval;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code evaluation.json} says of a PPO run, or of a group of them. Intervals hold 95 % of the
 * mean: over episodes in a run, over seeds in a group.
 *
 * @param version of the file's form
 * @param scenario the world that it acted in, by name
 * @param episodes of each seed and each kind of action
 * @param meanAction by measure, where the policy does what it thinks best
 * @param sampledAction by measure, where it acts as in training
 */
record PpoEvaluation(
        int version,
        String scenario,
        int episodes,
        Map<String, Interval> meanAction,
        Map<String, Interval> sampledAction) {
    static final String RETURN = "return";
    static final String COST = "cost";

    private static final int VERSION = 1;

    /**
     * Reads the file in a run's folder, if it is there.
     *
     * @throws InputException if it is not what this version writes
     */
    static Optional<PpoEvaluation> read(Path folder) {
        Optional<PpoEvaluation> read = RunFiles.evaluation(folder, PpoEvaluation.class);
        if (read.isPresent() && !read.get().isWhole()) {
            throw new InputException(
                    "%s: version %d: must be %d with return and cost of both kinds of action"
                            .formatted(
                                    RunFiles.evaluationFile(folder), read.get().version, VERSION));
        }
        return read;
    }

    private boolean isWhole() {
        return version == VERSION && isWhole(meanAction) && isWhole(sampledAction);
    }

    private static boolean isWhole(Map<String, Interval> measures) {
        return measures != null && measures.get(RETURN) != null && measures.get(COST) != null;
    }
}
