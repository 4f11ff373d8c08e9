package dev.memo.learner.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.memo.base.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PrincipalPlaneTest {
    /** Six rows of three, and what NumPy's eigh says of their covariance. */
    private static final float[] ROWS = {
        1, 2, 0.5f, 2, 1, -1, 4, 3, 0, 3, 6, 2, 0, 1, 1.5f, 5, 5, -0.5f
    };

    @Test
    void agreesWithNumpy() {
        PrincipalPlane plane = PrincipalPlane.of(ROWS, 3);
        assertThat(plane.mean()).containsExactly(new double[] {2.5, 3, 0.41666667}, within(1e-8));
        assertThat(plane.shares())
                .containsExactly(new double[] {0.73428266, 0.25262454}, within(1e-8));
        assertThat(plane.axes()[0])
                .containsExactly(new double[] {0.64910204, 0.76069313, -0.00353607}, within(1e-8));
        assertThat(plane.axes()[1])
                .containsExactly(new double[] {-0.50779793, 0.43675745, 0.74255249}, within(1e-8));
        assertThat(Arrays.copyOf(plane.places(ROWS), 4))
                .containsExactly(
                        new float[] {-1.734641f, 0.386819f, -1.840928f, -1.671565f}, within(1e-5f));
    }

    @Test
    void aMatrixWithEigenvaluesFarApartIsDiagonalised() {
        double[][] hilbert = new double[3][3];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                hilbert[i][j] = 1.0 / (i + j + 1);
            }
        }
        PrincipalPlane.diagonalise(hilbert);
        double[] values = {hilbert[0][0], hilbert[1][1], hilbert[2][2]};
        Arrays.sort(values);
        assertThat(values)
                .containsExactly(new double[] {0.00268734, 0.12232707, 1.40831893}, within(1e-8));
    }

    @Test
    void manyColumnsGiveAxesThatAreOrthonormal() {
        RandomStream random = new RandomStream(3, 0, 0, 0);
        float[] rows = new float[300 * 60];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (float) (random.normal() * (i % 60 == 7 ? 3 : i % 60 == 40 ? 2 : 0.5));
        }
        PrincipalPlane plane = PrincipalPlane.of(rows, 60);
        assertThat(dot(plane.axes()[0], plane.axes()[0])).isCloseTo(1, within(1e-12));
        assertThat(dot(plane.axes()[0], plane.axes()[1])).isCloseTo(0, within(1e-12));
        assertThat(plane.axes()[0][7]).isGreaterThan(0.9);
        assertThat(plane.axes()[1][40]).isGreaterThan(0.9);
    }

    @Test
    void oneColumnAndColumnsThatDoNotVaryHaveAPlaneToo() {
        PrincipalPlane line = PrincipalPlane.of(new float[] {1, 3}, 1);
        assertThat(line.places(new float[] {1, 3})).containsExactly(-1, 0, 1, 0);
        assertThat(line.shares()).containsExactly(1, 0);
        PrincipalPlane point = PrincipalPlane.of(new float[] {4, 5, 4, 5}, 2);
        assertThat(point.shares()).containsExactly(0, 0);
        assertThat(point.places(new float[] {4, 5})).containsExactly(0, 0);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
