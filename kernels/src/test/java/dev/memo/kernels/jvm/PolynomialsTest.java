package dev.memo.kernels.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memo.kernels.Function;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class PolynomialsTest {
    private static final int COUNT = 1 << 16;

    /** The largest error over low .. high, in units in the last place of the true value. */
    private static double worst(Function function, double low, double high) {
        return worst(function, low, high, function::of);
    }

    private static double worst(
            Function function, double low, double high, DoubleUnaryOperator truth) {
        float[] x = new float[COUNT];
        for (int i = 0; i < COUNT; i++) {
            x[i] = (float) (low + (high - low) * i / (COUNT - 1));
        }
        float[] y = new float[COUNT];
        apply(function, x, y);
        double worst = 0;
        for (int i = 0; i < COUNT; i++) {
            double exact = truth.applyAsDouble(x[i]);
            worst = Math.max(worst, Math.abs(y[i] - exact) / Math.ulp((float) exact));
        }
        return worst;
    }

    private static void apply(Function function, float[] x, float[] y) {
        Functions.value(function, new Buffer(x, 1), new Buffer(y, 1)).run(0, x.length, 0, null);
    }

    private static float at(Function function, float x) {
        float[] values = new float[Lanes.VIRTUAL];
        Arrays.fill(values, x);
        apply(function, values, values);
        return values[0];
    }

    @Test
    void meetsTheTrueFunctionsToTwoUnitsInTheLastPlace() {
        assertThat(worst(Function.TANH, -10, 10)).isLessThan(2);
        assertThat(worst(Function.TANH, -1e-3, 1e-3)).isLessThan(2);
        assertThat(worst(Function.EXP, -86, 88.7)).isLessThan(2);
        assertThat(worst(Function.EXP, -1, 1)).isLessThan(2);
        assertThat(worst(Function.LOG, 1e-3, 10)).isLessThan(2);
        assertThat(worst(Function.LOG, 1e-38, 1e38)).isLessThan(2);
        assertThat(worst(Function.SOFTPLUS, -80, 80)).isLessThan(4);
    }

    @Test
    void goesOnAtTheEndsAsMathematicsDoes() {
        float infinity = Float.POSITIVE_INFINITY;
        assertThat(at(Function.EXP, 0)).isEqualTo(1);
        assertThat(at(Function.EXP, 89)).isEqualTo(infinity);
        assertThat(at(Function.EXP, infinity)).isEqualTo(infinity);
        assertThat(at(Function.EXP, -infinity)).isZero();
        assertThat(at(Function.LOG, 1)).isZero();
        assertThat(at(Function.LOG, 0)).isEqualTo(-infinity);
        assertThat(at(Function.LOG, infinity)).isEqualTo(infinity);
        assertThat(at(Function.LOG, -1)).isNaN();
        assertThat(at(Function.LOG, 1e-40f)).isEqualTo((float) Math.log(1e-40f));
        assertThat(at(Function.TANH, 0)).isZero();
        assertThat(at(Function.TANH, infinity)).isEqualTo(1);
        assertThat(at(Function.TANH, -infinity)).isEqualTo(-1);
        assertThat(at(Function.SOFTPLUS, 200)).isEqualTo(200);
    }

    @Test
    void passesNaNOn() {
        for (Function function : Function.values()) {
            assertThat(at(function, Float.NaN)).as(function.label()).isNaN();
        }
    }
}
