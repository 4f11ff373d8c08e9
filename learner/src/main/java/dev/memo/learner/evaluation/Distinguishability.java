package dev.memo.learner.evaluation;

import dev.memo.learner.metrics.ConfusionTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Whether one who knows the experts takes each mode for the expert that it is matched with: a
 * classifier learns from rollouts of the experts, on layouts of its own, who acted, and is asked
 * about other rollouts of the experts and those of the modes.
 *
 * @param trainingEpisodes of each expert, from which the classifier learned
 * @param ofExperts rows: who acted, columns: the expert whom the classifier named
 * @param ofModes rows: modes, columns: the expert whom the classifier named
 * @param matched for each expert its mode, or -1
 */
public record Distinguishability(
        int trainingEpisodes, ConfusionTable ofExperts, ConfusionTable ofModes, int[] matched) {

    /**
     * Trains the classifier and asks it.
     *
     * @param training what each expert did on the classifier's layouts; at least two experts
     * @param ofExperts what each did on others
     * @param ofModes what each mode did
     * @param matched for each expert its mode, or -1
     * @param seed of the classifier
     */
    static Distinguishability of(
            List<Behaviour> training,
            List<Behaviour> ofExperts,
            List<Behaviour> ofModes,
            int[] matched,
            long seed) {
        int each = training.getFirst().features().size();
        List<Map<String, Double>> episodes = new ArrayList<>();
        training.forEach(one -> episodes.addAll(one.features()));
        int[] experts = IntStream.range(0, episodes.size()).map(i -> i / each).toArray();
        TrajectoryClassifier classifier = TrajectoryClassifier.trained(episodes, experts, seed);
        return new Distinguishability(
                each,
                asked(classifier, ofExperts, training.size()),
                asked(classifier, ofModes, training.size()),
                matched);
    }

    private static ConfusionTable asked(
            TrajectoryClassifier classifier, List<Behaviour> actors, int experts) {
        long[][] counts = new long[actors.size()][experts];
        for (int actor = 0; actor < counts.length; actor++) {
            for (Map<String, Double> episode : actors.get(actor).features()) {
                counts[actor][classifier.classOf(episode)]++;
            }
        }
        return new ConfusionTable(counts);
    }

    /** The share of the experts' rollouts whose expert the classifier named. */
    public double experts() {
        return accuracy(ofExperts, IntStream.range(0, matched.length).toArray());
    }

    /**
     * The share of the rollouts of experts' modes for which the classifier named the expert. An
     * expert without a mode has none right; modes that no expert is matched with are left out.
     */
    public double modes() {
        return accuracy(ofModes, matched);
    }

    /** How the modes' share compares with the experts': 1 where modes are as distinct. */
    public double ratio() {
        return modes() / experts();
    }

    /** The modes that no expert is matched with. */
    public int[] unmatched() {
        return IntStream.range(0, ofModes.counts().length)
                .filter(mode -> Arrays.stream(matched).noneMatch(match -> match == mode))
                .toArray();
    }

    /**
     * The share that lies where it belongs.
     *
     * @param rowOfExpert for each expert the row of who should be taken for it, or -1
     */
    private static double accuracy(ConfusionTable table, int[] rowOfExpert) {
        long right = 0;
        long all = 0;
        for (int expert = 0; expert < rowOfExpert.length; expert++) {
            if (rowOfExpert[expert] >= 0) {
                right += table.counts()[rowOfExpert[expert]][expert];
            }
            all += Arrays.stream(table.counts()[Math.max(0, rowOfExpert[expert])]).sum();
        }
        return (double) right / all;
    }
}
