package dev.memo.kernels.device;

import dev.memo.kernels.Leaf;
import dev.memo.kernels.Node;
import dev.memo.kernels.Program;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where the caller's rows lie, and the scalars that the caller set; refuses what does not fit. */
public final class Bindings {
    /** Rows of an input or an output. Not bound, {@code data} is null. */
    public static final class Rows {
        /** The node that reads or writes them. */
        public final Node node;

        /** Whose value the caller gives or takes. */
        public final String name;

        /** Entries per row. */
        public final int width;

        /** Row r stands at offset + r * stride. */
        public float[] data;

        /** Where the first row stands. */
        public int offset;

        /** Entries from row to row. */
        public int stride;

        private final boolean input;

        private Rows(Node node, String name, boolean input) {
            this.node = node;
            this.name = name;
            this.input = input;
            width = node.shape().width();
        }
    }

    /** One number that the caller sets. */
    public static final class Scalar {
        /** The node whose value it is. */
        public final Node node;

        private final String name;
        private float value;
        private boolean set;

        private Scalar(Node node, String name) {
            this.node = node;
            this.name = name;
        }

        /** What it was set to. */
        public float value() {
            return value;
        }
    }

    private final Program program;
    private final int maxRows;
    private final Map<String, Rows> rows = new LinkedHashMap<>();
    private final Map<String, Scalar> scalars = new LinkedHashMap<>();
    private final List<Rows> inputs = new ArrayList<>();
    private final List<Rows> outputs = new ArrayList<>();
    private final List<Scalar> allScalars = new ArrayList<>();

    /** Nothing is bound and nothing set. */
    public Bindings(Program program, int maxRows) {
        this.program = program;
        this.maxRows = maxRows;
        for (Node node : program.nodes()) {
            switch (node.operation()) {
                case Leaf.Input(String name, int _) -> add(new Rows(node, name, true), inputs);
                case Leaf.Scalar(String name) -> {
                    Scalar scalar = new Scalar(node, name);
                    scalars.put(name, scalar);
                    allScalars.add(scalar);
                }
                default -> {}
            }
        }
        program.outputs()
                .forEach(
                        (name, node) -> {
                            if (node.shape().batch()) {
                                add(new Rows(node, name, false), outputs);
                            }
                        });
    }

    private void add(Rows added, List<Rows> list) {
        rows.put(added.name, added);
        list.add(added);
    }

    /** In the order of declaration. */
    public List<Rows> inputs() {
        return inputs;
    }

    /** Those with rows, in the order of declaration. */
    public List<Rows> outputs() {
        return outputs;
    }

    /** In the order of declaration. */
    public List<Scalar> scalars() {
        return allScalars;
    }

    /** As {@link dev.memo.kernels.Executable#bind(String, float[], int, int)}. */
    public void bind(String name, float[] data, int offset, int stride) {
        Rows known = known(name);
        if (stride < known.width || offset < 0) {
            throw new IllegalArgumentException(
                    "%s: %s has rows of %d entries: stride %d or offset %d does not fit"
                            .formatted(program.name(), name, known.width, stride, offset));
        }
        known.data = data;
        known.offset = offset;
        known.stride = stride;
    }

    /** As {@link dev.memo.kernels.Executable#bind(String, float[])}. */
    public void bind(String name, float[] data) {
        bind(name, data, 0, known(name).width);
    }

    private Rows known(String name) {
        Rows known = rows.get(name);
        if (known == null) {
            throw unknown("input or output with rows", name, rows.keySet());
        }
        return known;
    }

    /** As {@link dev.memo.kernels.Executable#set}. */
    public void set(String scalar, float value) {
        Scalar known = scalars.get(scalar);
        if (known == null) {
            throw unknown("scalar", scalar, scalars.keySet());
        }
        known.value = value;
        known.set = true;
    }

    /**
     * Checks that a run may have so many rows.
     *
     * @throws IllegalArgumentException if they are too few or too many
     * @throws IllegalStateException if something is not bound, not set or too short
     */
    public void require(int count) {
        if (count < 1 || count > maxRows) {
            throw new IllegalArgumentException(
                    "%s: %d rows, must be 1 .. %d".formatted(program.name(), count, maxRows));
        }
        for (int i = 0; i < inputs.size(); i++) {
            require(inputs.get(i), count);
        }
        for (int i = 0; i < outputs.size(); i++) {
            require(outputs.get(i), count);
        }
        for (int i = 0; i < allScalars.size(); i++) {
            if (!allScalars.get(i).set) {
                throw new IllegalStateException(
                        program.name() + ": scalar " + allScalars.get(i).name + " was never set");
            }
        }
    }

    private void require(Rows bound, int count) {
        if (bound.data == null) {
            if (bound.input) {
                throw new IllegalStateException(
                        program.name() + ": input " + bound.name + " was never bound");
            }
            return;
        }
        long end = bound.offset + (long) (count - 1) * bound.stride + bound.width;
        if (end > bound.data.length) {
            throw new IllegalStateException(
                    "%s: %s is bound to %d entries, %d rows need %d"
                            .formatted(program.name(), bound.name, bound.data.length, count, end));
        }
    }

    /**
     * The node of an output.
     *
     * @param rowsOfLastRun 0 if there was none
     */
    public Node output(String name, int rowsOfLastRun) {
        Node node = program.outputs().get(name);
        if (node == null) {
            throw unknown("output", name, program.outputs().keySet());
        }
        if (rowsOfLastRun == 0) {
            throw new IllegalStateException(program.name() + " has not run");
        }
        return node;
    }

    /** The same of an output that is one number. */
    public Node scalarOutput(String name, int rowsOfLastRun) {
        Node node = output(name, rowsOfLastRun);
        if (node.shape().rank() != 0) {
            throw new IllegalArgumentException(
                    "%s: output %s %s is no scalar".formatted(program.name(), name, node.shape()));
        }
        return node;
    }

    private IllegalArgumentException unknown(String what, String name, Object known) {
        return new IllegalArgumentException(
                "program %s has no %s %s: it has %s".formatted(program.name(), what, name, known));
    }
}
