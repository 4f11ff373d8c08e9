package dev.memo.kernels;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Reverse-mode differentiation: from a node backwards, every operation on a path to a target adds
 * the nodes of its derivative.
 */
final class Derivation {
    private final Program.Builder builder;
    private final Node of;
    private final List<Node> targets;
    private final BitSet towardsTargets;
    private final Node[] gradients;

    Derivation(Program.Builder builder, Node of, List<Node> targets) {
        this.builder = builder;
        this.of = of;
        this.targets = targets;
        towardsTargets = towardsTargets();
        gradients = new Node[of.index() + 1];
        derive();
    }

    /** Whether any gradient arrives at a node. */
    boolean reaches(Node target) {
        return target.index() <= of.index() && gradients[target.index()] != null;
    }

    /** One node per target. */
    List<Node> gradients() {
        List<Node> result = new ArrayList<>();
        for (Node target : targets) {
            result.add(
                    reaches(target)
                            ? gradients[target.index()]
                            : everywhere(target.shape(), builder.constant(0)));
        }
        return result;
    }

    private void derive() {
        gradients[of.index()] = everywhere(of.shape(), builder.constant(1));
        for (int i = of.index(); i >= 0; i--) {
            Node node = builder.nodes().get(i);
            if (gradients[i] != null && towardsTargets.get(i) && !node.inputs().isEmpty()) {
                passOn(node, node.operation().gradients(node, gradients[i]));
            }
        }
    }

    private void passOn(Node node, List<Node> slopes) {
        for (int k = 0; k < slopes.size(); k++) {
            int input = node.inputs().get(k).index();
            Node slope = slopes.get(k);
            if (slope != null && towardsTargets.get(input)) {
                Node before = gradients[input];
                gradients[input] = before == null ? slope : before.plus(slope);
            }
        }
    }

    /** The nodes that are a target or read one, directly or not. */
    private BitSet towardsTargets() {
        BitSet result = new BitSet();
        targets.forEach(target -> result.set(target.index()));
        for (int i = 0; i <= of.index(); i++) {
            for (Node input : builder.nodes().get(i).inputs()) {
                if (result.get(input.index())) {
                    result.set(i);
                }
            }
        }
        return result;
    }

    private Node everywhere(Shape shape, Node value) {
        return shape.rank() == 0
                ? value
                : value.derived(new Spread(shape, Reduce.Over.ENTRIES, false), value);
    }
}
