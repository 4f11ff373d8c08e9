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
    private final List<Assignment> assignments;

    private Program(Builder builder) {
        name = builder.name;
        nodes = List.copyOf(builder.nodes);
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(builder.outputs));
        updates = List.copyOf(builder.updates);
        assignments = List.copyOf(builder.assignments);
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

    /**
     * A new value of one parameter, which it gets after all values of a run are known.
     *
     * @param parameter what changes
     * @param value of its shape
     */
    public record Assignment(Node parameter, Node value) {}

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

    /** The optimiser steps that end a run. */
    public List<Update> updates() {
        return updates;
    }

    /** The assignments that end a run. */
    public List<Assignment> assignments() {
        return assignments;
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

    /** The nodes that outputs and changes need, by index: a device computes no others. */
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
        for (Assignment assignment : assignments) {
            needed.set(assignment.parameter().index());
            needed.set(assignment.value().index());
        }
        for (int i = nodes.size() - 1; i >= 0; i--) {
            if (needed.get(i)) {
                nodes.get(i).inputs().forEach(input -> needed.set(input.index()));
            }
        }
        return needed;
    }

    /** How many operations that are needed, outputs and changes of parameters read each node. */
    public int[] readers() {
        int[] readers = new int[nodes.size()];
        needed().stream()
                .mapToObj(nodes::get)
                .flatMap(node -> node.inputs().stream())
                .forEach(input -> readers[input.index()]++);
        outputs.values().forEach(output -> readers[output.index()]++);
        for (Update update : updates) {
            readers[update.gradient().index()]++;
            readers[update.learningRate().index()]++;
            readers[update.norm().index()]++;
        }
        assignments.forEach(assignment -> readers[assignment.value().index()]++);
        return readers;
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
        private final List<Assignment> assignments = new ArrayList<>();
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

        /** [rows][width], the same number everywhere. */
        public Node constant(double value, int width) {
            Spread everywhere = new Spread(Shape.rows(width), Reduce.Over.ENTRIES, false);
            return add(everywhere, List.of(constant(value)));
        }

        /** [count] numbers from low to high, both included, equally spaced. */
        public Node range(double low, double high, int count) {
            return add(new Leaf.Range(low, high, count), List.of());
        }

        /**
         * Random numbers [rows][width], uniform in [0, 1); {@link Draw} says which.
         *
         * @param step a scalar, a whole number of 0 .. 2^24 - 1: every step has other numbers
         */
        public Node uniforms(int width, long seed, int stream, Node step) {
            return add(new Draw(Draw.Law.UNIFORM, seed, stream, width), List.of(step));
        }

        /**
         * Random numbers [rows][width], standard normal; {@link Draw} says which.
         *
         * @param step a scalar, a whole number of 0 .. 2^24 - 1: every step has other numbers
         */
        public Node normals(int width, long seed, int stream, Node step) {
            return add(new Draw(Draw.Law.NORMAL, seed, stream, width), List.of(step));
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

        /**
         * Makes a value readable after a run; rows can be bound to an array. Rows that were split
         * must be joined first.
         */
        public void output(String name, Node node) {
            requireUnbuilt();
            requireOurs("output " + name, node);
            if (node.shape().batch() && node.shape().height() > 1) {
                throw new IllegalArgumentException(
                        "output " + name + ": " + node + " must be joined to one row per sample");
            }
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
            requireUnchanged("minimise", parameters);
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

        /**
         * Sets a parameter to a value at the end of a run, computed from the values before all
         * changes: a copy to a target network in a program of its own is exact.
         *
         * @param value of the parameter's shape
         */
        public void assign(Node parameter, Node value) {
            requireUnbuilt();
            requireUnchanged("assign", parameter);
            requireOurs("assign", value);
            if (!parameter.shape().equals(value.shape())) {
                throw Operation.mismatch(
                        "assign",
                        List.of(parameter.shape(), value.shape()),
                        "a parameter needs a value of its shape");
            }
            assignments.add(new Assignment(parameter, value));
        }

        /**
         * Lets a parameter follow a value as its exponential moving average: p becomes p + rate
         * (value - p) at the end of a run, with the value before all changes.
         *
         * @param value of the parameter's shape
         * @param rate a scalar
         */
        public void follow(Node parameter, Node value, Node rate) {
            requireScalar("rate", rate);
            assign(parameter, parameter.plus(value.minus(parameter).times(rate)));
        }

        /** All parameters declared so far, in their order. */
        public Node[] parameters() {
            return leaves.values().stream()
                    .filter(node -> node.operation() instanceof Leaf.Parameter)
                    .toArray(Node[]::new);
        }

        /** Ends the writing. */
        public Program build() {
            if (outputs.isEmpty() && updates.isEmpty() && assignments.isEmpty()) {
                throw new IllegalArgumentException("program " + name + " has no outputs");
            }
            built = true;
            return new Program(this);
        }

        List<Node> nodes() {
            return nodes;
        }

        private void requireUnchanged(String what, Node... parameters) {
            Set<Node> changed = new HashSet<>();
            updates.forEach(update -> changed.add(update.parameter()));
            assignments.forEach(assignment -> changed.add(assignment.parameter()));
            for (Node parameter : parameters) {
                requireOurs(what, parameter);
                if (!(parameter.operation() instanceof Leaf.Parameter)) {
                    throw new IllegalArgumentException(parameter + " is not a parameter");
                }
                if (!changed.add(parameter)) {
                    throw new IllegalArgumentException(parameter + " is changed twice");
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
