package dev.memo.app;

import dev.memo.learner.baseline.BaselineConfig;
import dev.memo.learner.memo.MemoConfig;
import java.util.List;

/**
 * What docs/results/memo.md shows: who learns how from whom, and how often.
 *
 * @param cases in the order of the tables
 * @param layouts to steer on
 */
record MemoStudy(List<Case> cases, int layouts) {
    static final String ORIGINAL = "original";
    static final String SEPARATION = "separation";
    static final String SELECTION = "selection";
    static final String ABLATIONS = "ablations";
    static final String BASELINES = "baselines";

    /** Who acts, by the name that stands for what PPO learned in goal1. */
    static final String LEARNED_GOAL = "goal*";

    static final String SCENARIO = "goal1";

    /**
     * Data of some experts.
     *
     * @param name of its folder
     * @param experts who acts; {@link #LEARNED_GOAL} for what PPO learned
     * @param episodes of each
     * @param steps of an episode
     * @param noise on the actions
     */
    record Data(String name, List<String> experts, int episodes, int steps, double noise) {}

    /** What learns: MEMO or something that it is held against. */
    sealed interface Learner {
        /**
         * MEMO.
         *
         * @param epochs after which it is measured; the last is the run's last
         * @param longest of them for all seeds but 0
         */
        record Memo(MemoConfig config, List<Integer> epochs, int longest) implements Learner {}

        /** The number of modes, from 1 to {@code most}. */
        record Selection(MemoConfig config, int most, int seeds) implements Learner {}

        /** A baseline. */
        record Baseline(BaselineConfig config) implements Learner {}
    }

    /**
     * A line of a table.
     *
     * @param section whose table
     * @param name of the line
     * @param clones how those learn that bound the likelihood
     * @param seeds 0 .. seeds - 1
     */
    record Case(
            String section,
            String name,
            Data data,
            Learner learner,
            BaselineConfig clones,
            int seeds) {

        /** The epochs after which it is measured with seed 0. */
        List<Integer> stages() {
            return switch (learner) {
                case Learner.Memo(MemoConfig _, List<Integer> epochs, int _) -> epochs;
                case Learner.Selection(MemoConfig config, int _, int _) -> List.of(config.epochs());
                case Learner.Baseline(BaselineConfig config) -> List.of(config.epochs());
            };
        }

        /** The epochs after which it is measured with a seed. */
        List<Integer> stages(int seed) {
            return seed > 0 && learner instanceof Learner.Memo memo
                    ? stages().stream().filter(epoch -> epoch <= memo.longest()).toList()
                    : stages();
        }
    }

    /** All of it: hours. */
    static MemoStudy full() {
        MemoStudyCases cases = new MemoStudyCases(5, 3, 300, 1_000, 100, 60, 1_000, 5_000);
        return new MemoStudy(cases.of(List.of(2, 3, 4, 5), true), 50);
    }

    /** A few lines of each table: five minutes on 2 cores. */
    static MemoStudy quick() {
        MemoStudyCases cases = new MemoStudyCases(1, 1, 150, 300, 40, 20, 100, 100);
        return new MemoStudy(cases.of(List.of(2, 4), false), 20);
    }
}
