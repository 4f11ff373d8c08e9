package dev.memo.kernels;

import java.util.Arrays;
import java.util.List;

/** A value that comes from outside the program. */
public sealed interface Leaf extends Operation {
    @Override
    default void evaluate(List<Matrix> inputs, Matrix out) {
        throw new IllegalStateException(label() + " comes from outside");
    }

    @Override
    default List<Node> gradients(Node y, Node dy) {
        return List.of();
    }

    /** [rows][width], read from an array that the caller binds. */
    record Input(String name, int width) implements Leaf {
        @Override
        public String label() {
            return "input " + name;
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return Shape.rows(width);
        }
    }

    /** One number that the caller sets before a run. */
    record Scalar(String name) implements Leaf {
        @Override
        public String label() {
            return "scalar " + name;
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return Shape.SCALAR;
        }
    }

    /** One number that never changes. */
    record Constant(double value) implements Leaf {
        @Override
        public String label() {
            return "constant " + value;
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return Shape.SCALAR;
        }

        @Override
        public void evaluate(List<Matrix> inputs, Matrix out) {
            Arrays.fill(out.data(), value);
        }
    }

    /** A tensor that lives on the device and is shared by programs under its name. */
    record Parameter(String name, Initialiser initialiser, Shape shape) implements Leaf {
        @Override
        public String label() {
            return "parameter " + name;
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return shape;
        }
    }
}
