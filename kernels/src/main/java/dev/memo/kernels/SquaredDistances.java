package dev.memo.kernels;

import java.util.List;

/**
 * Squared distances of rows to the codes of a codebook: y[r][c] = sum over d of (x[r][d] -
 * e[c][d])^2 with x [R][D], e [C][D], y [R][C]. Computed from the differences, so never negative
 * and exact far from the origin.
 */
public record SquaredDistances() implements Operation {
    @Override
    public String label() {
        return "squared distances";
    }

    @Override
    public Shape shape(List<Shape> inputs) {
        Shape x = inputs.getFirst();
        Shape codes = inputs.getLast();
        boolean matrices = x.rank() == 2 && codes.rank() == 2 && !codes.batch();
        if (!matrices || x.width() != codes.width()) {
            throw Operation.mismatch(label(), inputs, "[rows][D] needs codes [C][D]");
        }
        return new Shape(2, x.batch(), x.height(), codes.height());
    }

    @Override
    public void evaluate(List<Matrix> inputs, Matrix out) {
        Matrix x = inputs.getFirst();
        Matrix codes = inputs.getLast();
        for (int r = 0; r < out.height(); r++) {
            for (int c = 0; c < out.width(); c++) {
                for (int d = 0; d < x.width(); d++) {
                    double difference = x.at(r, d) - codes.at(c, d);
                    out.add(r, c, difference * difference);
                }
            }
        }
    }

    @Override
    public List<Node> gradients(Node y, Node dy) {
        Node x = y.inputs().getFirst();
        Node codes = y.inputs().getLast();
        return List.of(
                y.derived(new DistanceRowSlope(), dy, x, codes),
                y.derived(new DistanceCodeSlope(), dy, x, codes));
    }
}
