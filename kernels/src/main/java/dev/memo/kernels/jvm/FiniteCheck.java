package dev.memo.kernels.jvm;

import dev.memo.kernels.Node;
import dev.memo.kernels.NotFiniteException;
import dev.memo.kernels.Program;
import java.util.List;

/** Looks for numbers that are not finite, and names the operation that made the first one. */
final class FiniteCheck {
    private final Program program;
    private final Plan plan;

    FiniteCheck(Program program, Plan plan) {
        this.program = program;
        this.plan = plan;
    }

    /** Checks values whose inputs were checked before, in the program's order. */
    void values(List<Node> nodes, int rows) {
        for (Node node : nodes) {
            Buffer value = plan.buffer(node);
            check(node + " is", value, node.shape().rowsIn(rows));
        }
    }

    /** Checks the parameters that were changed. */
    void updates() {
        for (Program.Update update : program.updates()) {
            update(update.parameter());
        }
        for (Program.Assignment assignment : program.assignments()) {
            update(assignment.parameter());
        }
    }

    private void update(Node parameter) {
        check(
                "the update of " + parameter + " made",
                plan.buffer(parameter),
                parameter.shape().height());
    }

    private void check(String what, Buffer value, int rows) {
        for (int r = 0; r < rows; r++) {
            for (int j = 0; j < value.width; j++) {
                float entry = value.data[value.at(r) + j];
                if (!Float.isFinite(entry)) {
                    throw new NotFiniteException(program, what, entry, r, j);
                }
            }
        }
    }
}
