package dev.memo.kernels.jvm;

import dev.memo.base.Tensor;
import dev.memo.base.ThreadTeam;
import dev.memo.kernels.Executable;
import dev.memo.kernels.Leaf;
import dev.memo.kernels.Node;
import dev.memo.kernels.Program;
import java.util.LinkedHashMap;
import java.util.Map;

/** A planned program with its bindings. */
final class JvmExecutable implements Executable {
    /** An input or output that is bound to rows of an array. */
    private record Rowed(String name, boolean input, Buffer buffer) {}

    /** A scalar input: where it stands, and whether it was ever set. */
    private static final class Scalar {
        final String name;
        final float[] data;
        boolean set;

        Scalar(String name, float[] data) {
            this.name = name;
            this.data = data;
        }
    }

    private final Program program;
    private final int maxRows;
    private final Plan plan;
    private final ThreadTeam team;
    private final FiniteCheck check;
    private final Map<String, Rowed> bindings = new LinkedHashMap<>();
    private final Map<String, Scalar> scalars = new LinkedHashMap<>();
    private final Rowed[] rowed;
    private final Scalar[] scalarInputs;
    private final PartsTask updates;
    private int lastRows;

    JvmExecutable(Program program, int maxRows, Plan plan, ThreadTeam team, boolean checkNumerics) {
        this.program = program;
        this.maxRows = maxRows;
        this.plan = plan;
        this.team = team;
        check = checkNumerics ? new FiniteCheck(program, plan) : null;
        for (Node node : program.nodes()) {
            switch (node.operation()) {
                case Leaf.Input(String name, int width) -> {
                    Buffer needed = plan.binding(node);
                    Buffer buffer = needed == null ? new Buffer(null, width) : needed;
                    bindings.put(name, new Rowed(name, true, buffer));
                }
                case Leaf.Scalar(String name) -> {
                    Buffer needed = plan.buffer(node);
                    float[] data = needed == null ? new float[1] : needed.data;
                    scalars.put(name, new Scalar(name, data));
                }
                default -> {}
            }
        }
        program.outputs().forEach(this::addOutput);
        rowed = bindings.values().toArray(Rowed[]::new);
        scalarInputs = scalars.values().toArray(Scalar[]::new);
        float[][] scratch = new float[team.threads()][MatrixProducts.SCRATCH];
        plan.seal(scratch);
        updates = new PartsTask(plan.steps(), scratch);
    }

    private void addOutput(String name, Node node) {
        if (node.shape().batch()) {
            Buffer value = plan.output(node);
            Buffer target = new Buffer(null, value.width);
            bindings.put(name, new Rowed(name, false, target));
            plan.addReader(
                    node,
                    (from, to, _, _) -> {
                        if (target.data != null) {
                            Rows.columns(value, 0, target, 0, value.width, from, to);
                        }
                    });
        }
    }

    @Override
    public Program program() {
        return program;
    }

    @Override
    public int maxRows() {
        return maxRows;
    }

    @Override
    public void bind(String name, float[] data, int offset, int stride) {
        Buffer binding = binding(name);
        if (stride < binding.width || offset < 0) {
            throw new IllegalArgumentException(
                    "%s: %s has rows of %d entries: stride %d or offset %d does not fit"
                            .formatted(program.name(), name, binding.width, stride, offset));
        }
        binding.data = data;
        binding.offset = offset;
        binding.stride = stride;
    }

    @Override
    public void bind(String name, float[] data) {
        bind(name, data, 0, binding(name).width);
    }

    private Buffer binding(String name) {
        Rowed known = bindings.get(name);
        if (known == null) {
            throw unknown("input or output with rows", name, bindings.keySet());
        }
        return known.buffer;
    }

    @Override
    public void set(String scalar, float value) {
        Scalar known = scalars.get(scalar);
        if (known == null) {
            throw unknown("scalar", scalar, scalars.keySet());
        }
        known.data[0] = value;
        known.set = true;
    }

    @Override
    public void run(int rows) {
        if (rows < 1 || rows > maxRows) {
            throw new IllegalArgumentException(
                    "%s: %d rows, must be 1 .. %d".formatted(program.name(), rows, maxRows));
        }
        for (int i = 0; i < rowed.length; i++) {
            requireRows(rowed[i], rows);
        }
        for (int i = 0; i < scalarInputs.length; i++) {
            if (!scalarInputs[i].set) {
                throw new IllegalStateException(
                        program.name() + ": scalar " + scalarInputs[i].name + " was never set");
            }
        }
        for (int i = 0; i < plan.levels().size(); i++) {
            Level level = plan.levels().get(i);
            level.run(team, rows);
            if (check != null) {
                check.values(level.nodes(), rows);
            }
        }
        update();
        lastRows = rows;
    }

    private void update() {
        for (int i = 0; i < plan.steps().size(); i++) {
            plan.steps().get(i).begin();
        }
        updates.run(team, 1);
        if (check != null) {
            check.updates();
        }
    }

    private void requireRows(Rowed rowed, int rows) {
        Buffer buffer = rowed.buffer;
        if (buffer.data == null) {
            if (rowed.input) {
                throw new IllegalStateException(
                        program.name() + ": input " + rowed.name + " was never bound");
            }
            return;
        }
        long end = buffer.offset + (long) (rows - 1) * buffer.stride + buffer.width;
        if (end > buffer.data.length) {
            throw new IllegalStateException(
                    "%s: %s is bound to %d entries, %d rows need %d"
                            .formatted(program.name(), rowed.name, buffer.data.length, rows, end));
        }
    }

    @Override
    public float scalar(String output) {
        Node node = output(output);
        if (node.shape().rank() != 0) {
            throw new IllegalArgumentException(
                    "%s: output %s %s is no scalar"
                            .formatted(program.name(), output, node.shape()));
        }
        return plan.output(node).data[0];
    }

    @Override
    public Tensor.F32 read(String output) {
        Node node = output(output);
        Buffer value = plan.output(node);
        int rows = node.shape().rowsIn(lastRows);
        Buffer copy = new Buffer(new float[rows * value.width], value.width);
        Rows.columns(value, 0, copy, 0, value.width, 0, rows);
        return new Tensor.F32(copy.data, node.shape().extents(lastRows));
    }

    private Node output(String name) {
        Node node = program.outputs().get(name);
        if (node == null) {
            throw unknown("output", name, program.outputs().keySet());
        }
        if (lastRows == 0) {
            throw new IllegalStateException(program.name() + " has not run");
        }
        return node;
    }

    private IllegalArgumentException unknown(String what, String name, Object known) {
        return new IllegalArgumentException(
                "program %s has no %s %s: it has %s".formatted(program.name(), what, name, known));
    }
}
