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

    /** Numbers from low to high, both included, equally spaced. */
    record Range(double low, double high, int count) implements Leaf {
        public Range {
            if (!(low < high) || count < 2) {
                throw new IllegalArgumentException(
                        "range of "
                                + count
                                + " numbers from "
                                + low
                                + " to "
                                + high
                                + ": no range");
            }
        }

        /** One of the numbers, from 0. */
        public double at(int index) {
            return low + (high - low) * index / (count - 1);
        }

        @Override
        public String label() {
            return "range " + low + " .. " + high;
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return Shape.of(count);
        }

        @Override
        public void evaluate(List<Matrix> inputs, Matrix out) {
            Arrays.setAll(out.data(), this::at);
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
