package dev.memo.kernels;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An immutable graph of operations over float32 tensors: inputs, parameters, what is computed from
 * them, and the updates of parameters that end a run. All shapes are known but for the number of
 * rows, which every run chooses.
 */
public final class Program {
    private final String name;
    private final List<Node> nodes;
    private final Map<String, Node> outputs;
    private final List<Update> updates;

    private Program(Builder builder) {
        name = builder.name;
        nodes = List.copyOf(builder.nodes);
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(builder.outputs));
        updates = List.copyOf(builder.updates);
    }

    /**
     * One optimiser step on one parameter, done after all values of a run are known.
     *
     * @param parameter what changes
     * @param gradient of the loss by it, of its shape
     * @param learningRate a scalar
     * @param norm the norm over all gradients of the same loss, a scalar
     */
    public record Update(
            Node parameter, Node gradient, Node learningRate, Node norm, Optimiser optimiser) {}

    /** Starts a program. */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /** What messages call it. */
    public String name() {
        return name;
    }

    /** All nodes; what a node reads stands before it. */
    public List<Node> nodes() {
        return nodes;
    }

    /** What can be read after a run, by name, in the order of declaration. */
    public Map<String, Node> outputs() {
        return outputs;
    }

    /** The updates that end a run. */
    public List<Update> updates() {
        return updates;
    }

    /** The parameters that it reads or updates, in the order of declaration. */
    public List<Leaf.Parameter> parameters() {
        List<Leaf.Parameter> parameters = new ArrayList<>();
        for (Node node : nodes) {
            if (node.operation() instanceof Leaf.Parameter parameter) {
                parameters.add(parameter);
            }
        }
        return parameters;
    }

    /** The nodes that outputs and updates need, by index: a device computes no others. */
    public BitSet needed() {
        BitSet needed = new BitSet();
        outputs.values().forEach(node -> needed.set(node.index()));
        for (Update update : updates) {
            needed.set(update.parameter().index());
            needed.set(update.gradient().index());
            needed.set(update.learningRate().index());
            if (update.optimiser().maxNorm() < Double.POSITIVE_INFINITY) {
                needed.set(update.norm().index());
            }
        }
        for (int i = nodes.size() - 1; i >= 0; i--) {
            if (needed.get(i)) {
                nodes.get(i).inputs().forEach(input -> needed.set(input.index()));
            }
        }
        return needed;
    }

    /**
     * A program being written. Inputs, scalars, parameters and outputs all have different names.
     * After {@link #build} it accepts nothing more.
     */
    public static final class Builder {
        private final String name;
        private final List<Node> nodes = new ArrayList<>();
        private final Map<String, Node> leaves = new LinkedHashMap<>();
        private final Map<String, Node> outputs = new LinkedHashMap<>();
        private final List<Update> updates = new ArrayList<>();
        private boolean built;

        private Builder(String name) {
            this.name = name;
        }

        Node add(Operation operation, List<Node> inputs) {
            requireUnbuilt();
            for (Node input : inputs) {
                requireOurs(operation.label(), input);
            }
            Shape shape = operation.shape(inputs.stream().map(Node::shape).toList());
            Node node = new Node(this, nodes.size(), operation, inputs, shape);
            nodes.add(node);
            return node;
        }

        private void requireUnbuilt() {
            if (built) {
                throw new IllegalStateException("program " + name + " is built");
            }
        }

        private void requireOurs(String what, Node node) {
            if (node.builder() != this) {
                throw new IllegalArgumentException(what + ": " + node + " is of another program");
            }
        }

        private Node leaf(String name, Leaf leaf) {
            requireNew(name);
            Node node = add(leaf, List.of());
            leaves.put(name, node);
            return node;
        }

        private void requireNew(String name) {
            if (leaves.containsKey(name) || outputs.containsKey(name)) {
                throw new IllegalArgumentException(
                        "program " + this.name + " has two things named " + name);
            }
        }

        /** [rows][width], read from an array that the caller binds. */
        public Node input(String name, int width) {
            return leaf(name, new Leaf.Input(name, width));
        }

        /** One number that the caller sets before a run. */
        public Node scalar(String name) {
            return leaf(name, new Leaf.Scalar(name));
        }

        /** One number that never changes. */
        public Node constant(double value) {
            return add(new Leaf.Constant(value), List.of());
        }

        /** A tensor that lives on the device; shape as in {@link Shape#of}. */
        public Node parameter(String name, Initialiser initialiser, int... shape) {
            return leaf(name, new Leaf.Parameter(name, initialiser, Shape.of(shape)));
        }

        /**
         * A linear layer with parameters of its own, NAME.weight [units][K] and NAME.bias [units],
         * started as PyTorch's nn.Linear.
         *
         * @param x [rows][K]
         */
        public Node linear(String name, Node x, int units, Activation activation) {
            int inputs = x.shape().width();
            Initialiser start = Initialiser.fanIn(inputs);
            Node weight = parameter(name + ".weight", start, units, inputs);
            Node bias = parameter(name + ".bias", start, units);
            return x.linear(weight, bias, activation);
        }

        /** Makes a value readable after a run; rows can be bound to an array. */
        public void output(String name, Node node) {
            requireUnbuilt();
            requireOurs("output " + name, node);
            requireNew(name);
            outputs.put(name, node);
        }

        /**
         * The derivative of the sum of a node's entries by each target.
         *
         * @param of usually a scalar
         * @param targets any nodes; the gradient of one is the sum over all paths from it
         * @return a node per target, of its shape; zeros where no path leads
         */
        public List<Node> gradients(Node of, Node... targets) {
            requireUnbuilt();
            requireOurs("gradients", of);
            for (Node target : targets) {
                requireOurs("gradients", target);
            }
            return new Derivation(this, of, List.of(targets)).gradients();
        }

        /**
         * Adds one optimiser step that makes a loss smaller. All steps of a program happen at the
         * end of a run, on gradients of the values before them.
         *
         * @param loss a scalar
         * @param learningRate a scalar; one that {@link #scalar} made may change between runs
         * @return the norm over all gradients before clipping, to be an output if wanted
         */
        public Node minimise(
                Node loss, Node learningRate, Optimiser optimiser, Node... parameters) {
            requireUnbuilt();
            requireScalar("loss", loss);
            requireScalar("learning rate", learningRate);
            requireMinimisable(parameters);
            Derivation derivation = new Derivation(this, loss, List.of(parameters));
            for (Node parameter : parameters) {
                if (!derivation.reaches(parameter)) {
                    throw new IllegalArgumentException(
                            "the loss " + loss + " has no gradient by " + parameter);
                }
            }
            List<Node> gradients = derivation.gradients();
            Node norm = add(new GlobalNorm(), gradients);
            for (int i = 0; i < parameters.length; i++) {
                updates.add(
                        new Update(parameters[i], gradients.get(i), learningRate, norm, optimiser));
            }
            return norm;
        }

        /** All parameters declared so far, in their order. */
        public Node[] parameters() {
            return leaves.values().stream()
                    .filter(node -> node.operation() instanceof Leaf.Parameter)
                    .toArray(Node[]::new);
        }

        /** Ends the writing. */
        public Program build() {
            if (outputs.isEmpty() && updates.isEmpty()) {
                throw new IllegalArgumentException("program " + name + " has no outputs");
            }
            built = true;
            return new Program(this);
        }

        List<Node> nodes() {
            return nodes;
        }

        private void requireMinimisable(Node[] parameters) {
            Set<Node> minimised = new HashSet<>();
            updates.forEach(update -> minimised.add(update.parameter()));
            for (Node parameter : parameters) {
                requireOurs("minimise", parameter);
                if (!(parameter.operation() instanceof Leaf.Parameter)) {
                    throw new IllegalArgumentException(parameter + " is not a parameter");
                }
                if (!minimised.add(parameter)) {
                    throw new IllegalArgumentException(parameter + " is minimised twice");
                }
            }
        }

        private void requireScalar(String what, Node node) {
            requireOurs(what, node);
            if (node.shape().rank() != 0) {
                throw new IllegalArgumentException("the " + what + " " + node + " is no scalar");
            }
        }
    }
}
