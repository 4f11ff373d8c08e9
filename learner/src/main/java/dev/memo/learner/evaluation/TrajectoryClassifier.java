package dev.memo.learner.evaluation;

import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.dtree.impurity.GiniIndex;
import org.tribuo.classification.ensemble.VotingCombiner;
import org.tribuo.common.tree.RandomForestTrainer;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * Tells by an episode's features who acted. A random forest: it needs no scale of the features and
 * learns from few episodes.
 *
 * <p>Source: Breiman, Random forests (Machine Learning 2001), as Tribuo has it.
 */
final class TrajectoryClassifier {
    private static final int TREES = 200;

    /** Deeper than a tree over some hundred episodes grows. */
    private static final int MOST_DEPTH = 12;

    private static final LabelFactory LABELS = new LabelFactory();

    /**
     * Tribuo tells of every tree; kept here, since loggers that nobody holds forget their level.
     */
    private static final Logger TRIBUO = Logger.getLogger("org.tribuo");

    static {
        TRIBUO.setLevel(Level.WARNING);
    }

    private final Model<Label> forest;

    private TrajectoryClassifier(Model<Label> forest) {
        this.forest = forest;
    }

    /**
     * Learns from episodes; the same for the same seed.
     *
     * @param episodes their features, of the same names
     * @param classes of each episode; at least two different ones
     */
    static TrajectoryClassifier trained(
            List<Map<String, Double>> episodes, int[] classes, long seed) {
        MutableDataset<Label> data =
                new MutableDataset<>(new SimpleDataSourceProvenance("rollouts", LABELS), LABELS);
        for (int i = 0; i < classes.length; i++) {
            data.add(example(new Label(Integer.toString(classes[i])), episodes.get(i)));
        }
        // A split looks at the square root of the number of features: Breiman's choice.
        float shareOfFeatures = (float) (1 / Math.sqrt(episodes.getFirst().size()));
        CARTClassificationTrainer tree =
                new CARTClassificationTrainer(
                        MOST_DEPTH, 1, 0, shareOfFeatures, new GiniIndex(), seed);
        return new TrajectoryClassifier(
                new RandomForestTrainer<>(tree, new VotingCombiner(), TREES, seed).train(data));
    }

    /** The class that most trees vote for. */
    int classOf(Map<String, Double> episode) {
        Example<Label> example = example(LabelFactory.UNKNOWN_LABEL, episode);
        return Integer.parseInt(forest.predict(example).getOutput().getLabel());
    }

    private static Example<Label> example(Label label, Map<String, Double> features) {
        ArrayExample<Label> example = new ArrayExample<>(label);
        features.forEach(example::add);
        return example;
    }
}
