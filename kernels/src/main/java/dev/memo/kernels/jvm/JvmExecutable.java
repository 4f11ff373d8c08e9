package dev.memo.kernels.jvm;

import dev.memo.base.Tensor;
import dev.memo.base.ThreadTeam;
import dev.memo.kernels.Executable;
import dev.memo.kernels.Node;
import dev.memo.kernels.Program;
import dev.memo.kernels.device.Bindings;
import java.util.ArrayList;
import java.util.List;

/** A planned program with its bindings. */
final class JvmExecutable implements Executable {
    /** Rows that are bound, and where kernels look for them. */
    private record Bound(Bindings.Rows rows, Buffer buffer) {
        void follow() {
            buffer.data = rows.data;
            buffer.offset = rows.offset;
            buffer.stride = rows.stride;
        }
    }

    /** A scalar input, and where kernels look for it. */
    private record Given(Bindings.Scalar scalar, float[] data) {}

    private final Program program;
    private final int maxRows;
    private final Plan plan;
    private final ThreadTeam team;
    private final FiniteCheck check;
    private final Bindings bindings;
    private final List<Bound> bound = new ArrayList<>();
    private final List<Given> given = new ArrayList<>();
    private final PartsTask updates;
    private int lastRows;

    JvmExecutable(Program program, int maxRows, Plan plan, ThreadTeam team, boolean checkNumerics) {
        this.program = program;
        this.maxRows = maxRows;
        this.plan = plan;
        this.team = team;
        check = checkNumerics ? new FiniteCheck(program, plan) : null;
        bindings = new Bindings(program, maxRows);
        for (Bindings.Rows rows : bindings.inputs()) {
            Buffer needed = plan.binding(rows.node);
            if (needed != null) {
                bound.add(new Bound(rows, needed));
            }
        }
        for (Bindings.Scalar scalar : bindings.scalars()) {
            Buffer needed = plan.buffer(scalar.node);
            if (needed != null) {
                given.add(new Given(scalar, needed.data));
            }
        }
        bindings.outputs().forEach(this::addOutput);
        float[][] scratch = new float[team.threads()][MatrixProducts.SCRATCH];
        plan.seal(scratch);
        updates = new PartsTask(plan.steps(), scratch);
    }

    private void addOutput(Bindings.Rows rows) {
        Buffer value = plan.output(rows.node);
        Buffer target = new Buffer(null, value.width);
        bound.add(new Bound(rows, target));
        plan.addReader(
                rows.node,
                (from, to, _, _) -> {
                    if (target.data != null) {
                        Rows.columns(value, 0, target, 0, value.width, from, to);
                    }
                });
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
        bindings.bind(name, data, offset, stride);
    }

    @Override
    public void bind(String name, float[] data) {
        bindings.bind(name, data);
    }

    @Override
    public void set(String scalar, float value) {
        bindings.set(scalar, value);
    }

    @Override
    public void run(int rows) {
        bindings.require(rows);
        for (int i = 0; i < bound.size(); i++) {
            bound.get(i).follow();
        }
        for (int i = 0; i < given.size(); i++) {
            given.get(i).data[0] = given.get(i).scalar.value();
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

    @Override
    public float scalar(String output) {
        return plan.output(bindings.scalarOutput(output, lastRows)).data[0];
    }

    @Override
    public Tensor.F32 read(String output) {
        Node node = bindings.output(output, lastRows);
        Buffer value = plan.output(node);
        int rows = node.shape().rowsIn(lastRows);
        Buffer copy = new Buffer(new float[rows * value.width], value.width);
        Rows.columns(value, 0, copy, 0, value.width, 0, rows);
        return new Tensor.F32(copy.data, node.shape().extents(lastRows));
    }
}
