package dev.memo.kernels;

import java.util.Arrays;
import java.util.List;

/**
 * The Bellman target of a categorical value distribution, put back onto its atoms (Bellemare et al.
 * 2017, equation 7): with atoms z[0] = low .. z[M-1] = high spaced by D and y[r][m] = reward[r] +
 * discount[r] z[m] clipped to [low, high], target[r][i] = sum over m of p[r][m] max(0, 1 - |y[r][m]
 * - z[i]| / D). Probabilities p [R][M], reward and discount [R][1], target [R][M]; no gradient.
 */
public record CategoricalProjection(double low, double high) implements Operation {
    public CategoricalProjection {
        if (!(low < high)) {
            throw new IllegalArgumentException("atoms from " + low + " to " + high + ": none");
        }
    }

    @Override
    public String label() {
        return "categorical projection";
    }

    @Override
    public Shape shape(List<Shape> inputs) {
        Shape p = inputs.get(0);
        Shape perRow = new Shape(2, p.batch(), p.height(), 1);
        boolean rows = inputs.get(1).equals(perRow) && inputs.get(2).equals(perRow);
        if (p.rank() != 2 || p.width() < 2 || !rows) {
            throw Operation.mismatch(
                    label(),
                    inputs,
                    "probabilities [rows][M], M >= 2, need reward and discount [rows][1]");
        }
        return p;
    }

    @Override
    public void evaluate(List<Matrix> inputs, Matrix out) {
        Matrix p = inputs.get(0);
        double spacing = (high - low) / (p.width() - 1);
        for (int r = 0; r < p.height(); r++) {
            for (int m = 0; m < p.width(); m++) {
                double moved =
                        inputs.get(1).at(r, 0) + inputs.get(2).at(r, 0) * (low + m * spacing);
                double y = Math.clamp(moved, low, high);
                for (int i = 0; i < p.width(); i++) {
                    double distance = Math.abs(y - (low + i * spacing)) / spacing;
                    out.add(r, i, p.at(r, m) * Math.max(0, 1 - distance));
                }
            }
        }
    }

    @Override
    public List<Node> gradients(Node y, Node dy) {
        return Arrays.asList(null, null, null);
    }
}
