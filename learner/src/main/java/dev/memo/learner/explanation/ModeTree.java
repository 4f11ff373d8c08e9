package dev.memo.learner.explanation;

import dev.memo.learner.guarantee.Confidence;
import dev.memo.learner.guarantee.RateBound;
import dev.memo.learner.metrics.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.dtree.impurity.GiniIndex;
import org.tribuo.common.tree.Node;
import org.tribuo.common.tree.SplitNode;
import org.tribuo.common.tree.TreeModel;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * A small decision tree that predicts the mode of a segment from its descriptors. Thresholds have
 * three digits, so that the tree that is printed is the one that is measured.
 *
 * <p>Source: Breiman et al., Classification and regression trees (1984), as Tribuo has it; trees as
 * explanations of what another model does: Craven and Shavlik 1995, who call the agreement of the
 * two fidelity.
 *
 * @param descriptor that is asked about; null in a leaf
 * @param threshold that it is held against; null in a leaf
 * @param below where it is not above the threshold; null in a leaf
 * @param above where it is; null in a leaf
 * @param counts [K] training segments that come here, by mode
 */
public record ModeTree(
        Descriptor descriptor, Double threshold, ModeTree below, ModeTree above, int[] counts) {
    /** Questions from the root to a leaf, at most. */
    public static final int DEPTH = 4;

    /** A leaf with fewer training segments than this would be about single ones. */
    private static final int LEAST = 5;

    private static final LabelFactory LABELS = new LabelFactory();

    /** Kept here, since loggers that nobody holds forget their level. */
    private static final Logger TRIBUO = Logger.getLogger("org.tribuo");

    static {
        TRIBUO.setLevel(Level.WARNING);
    }

    /**
     * How often a tree names the mode of segments that it did not learn from.
     *
     * @param segments how many
     * @param accuracy the share that it named, with the exact 95 % interval for independent
     *     segments (Clopper, Pearson 1934). Those of one episode or one layout are not, so that the
     *     share can be less certain than the interval says
     * @param majority the share that the most frequent mode of the training segments would be right
     *     for
     */
    public record Fidelity(int segments, Interval accuracy, double majority) {}

    /**
     * Learns from segments; empty if they are all of one mode.
     *
     * @param training which of the segments
     */
    public static Optional<ModeTree> learned(DescribedSegments segments, int[] training) {
        if (Arrays.stream(training).map(s -> segments.modes()[s]).distinct().count() < 2) {
            return Optional.empty();
        }
        MutableDataset<Label> data =
                new MutableDataset<>(new SimpleDataSourceProvenance("segments", LABELS), LABELS);
        for (int s : training) {
            data.add(example(segments, s));
        }
        CARTClassificationTrainer trainer =
                new CARTClassificationTrainer(DEPTH, LEAST, 0, 1, new GiniIndex(), 0);
        TreeModel<Label> tree = trainer.train(data);
        return Optional.of(grown(tree, tree.getRoot(), segments, training));
    }

    private static Example<Label> example(DescribedSegments segments, int s) {
        ArrayExample<Label> example =
                new ArrayExample<>(new Label(Integer.toString(segments.modes()[s])));
        for (int f = 0; f < segments.descriptors().size(); f++) {
            example.add(segments.descriptors().get(f).name(), segments.values()[s][f]);
        }
        return example;
    }

    /** A node of Tribuo's tree and what is below it, with the segments that come there. */
    private static ModeTree grown(
            TreeModel<Label> tree, Node<Label> node, DescribedSegments segments, int[] here) {
        int[] counts = new int[segments.count()];
        for (int s : here) {
            counts[segments.modes()[s]]++;
        }
        ModeTree leaf = new ModeTree(null, null, null, null, counts);
        if (!(node instanceof SplitNode<Label> split)) {
            return leaf;
        }
        String name = tree.getFeatureIDMap().get(split.getFeatureID()).getName();
        int f = segments.descriptors().stream().map(Descriptor::name).toList().indexOf(name);
        double threshold = Descriptor.rounded(split.splitValue()).doubleValue();
        int[] low = Arrays.stream(here).filter(s -> segments.values()[s][f] <= threshold).toArray();
        int[] high = Arrays.stream(here).filter(s -> segments.values()[s][f] > threshold).toArray();
        if (Math.min(low.length, high.length) < LEAST) {
            return leaf;
        }
        ModeTree below = grown(tree, split.getLessThanOrEqual(), segments, low);
        ModeTree above = grown(tree, split.getGreaterThan(), segments, high);
        return below.leaf() && above.leaf() && below.mode() == above.mode()
                ? leaf
                : new ModeTree(segments.descriptors().get(f), threshold, below, above, counts);
    }

    /** Whether nothing is asked here. */
    public boolean leaf() {
        return descriptor == null;
    }

    /** The mode of most training segments here, the lowest of equally many. */
    public int mode() {
        return IntStream.range(0, counts.length)
                .boxed()
                .max((a, b) -> counts[a] != counts[b] ? counts[a] - counts[b] : b - a)
                .orElseThrow();
    }

    /** The mode of a segment by its values [F]. */
    int predict(List<Descriptor> descriptors, double[] values) {
        if (leaf()) {
            return mode();
        }
        boolean high = values[descriptors.indexOf(descriptor)] > threshold;
        return (high ? above : below).predict(descriptors, values);
    }

    /** How often the tree names the mode of some segments, at least one, as if independent. */
    public Fidelity fidelity(DescribedSegments segments, int[] asked) {
        int right = 0;
        int most = 0;
        for (int s : asked) {
            int mode = segments.modes()[s];
            right += predict(segments.descriptors(), segments.values()[s]) == mode ? 1 : 0;
            most += mode() == mode ? 1 : 0;
        }
        Confidence eachSide = new Confidence(0.975);
        return new Fidelity(
                asked.length,
                new Interval(
                        (double) right / asked.length,
                        RateBound.lower(right, asked.length, eachSide),
                        RateBound.upper(right, asked.length, eachSide)),
                (double) most / asked.length);
    }

    /** As people read it: a line for each question and each leaf, indented by the questions. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        addLines(lines, "", "");
        return lines;
    }

    private void addLines(List<String> lines, String indent, String when) {
        if (leaf()) {
            lines.add(indent + when + answer());
            return;
        }
        lines.add(indent + when + question());
        above.addLines(lines, indent + "  ", "yes: ");
        below.addLines(lines, indent + "  ", "no: ");
    }

    /** "turning > 20.5 deg/s?". */
    public String question() {
        return "%s > %s?".formatted(descriptor.words(), descriptor.text(threshold));
    }

    /** "mode 2 (50 of 51)". */
    public String answer() {
        return String.format(
                Locale.ROOT,
                "mode %d (%d of %d)",
                mode(),
                counts[mode()],
                Arrays.stream(counts).sum());
    }
}
