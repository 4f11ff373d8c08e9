package dev.memo.kernels.jvm;

import static dev.memo.kernels.jvm.Lanes.LENGTH;
import static dev.memo.kernels.jvm.Lanes.SPECIES;

import dev.memo.kernels.Binary;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * y = a op b over n entries, where a or b may be one number for all of them. a and b are not
 * modified, y is and may be a or b. n is any number: rows of any width lie side by side.
 */
final class Arithmetic {
    private Arithmetic() {}

    /** Both have n entries. */
    static void apply(
            Binary operation, float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
        switch (operation) {
            case PLUS -> plus(a, ao, b, bo, y, yo, n);
            case MINUS -> minus(a, ao, b, bo, y, yo, n);
            case TIMES -> times(a, ao, b, bo, y, yo, n);
            case OVER -> over(a, ao, b, bo, y, yo, n);
            case MIN -> min(a, ao, b, bo, y, yo, n);
            case MAX -> max(a, ao, b, bo, y, yo, n);
            case AT_MOST -> atMost(a, ao, b, bo, y, yo, n);
        }
    }

    /** a is one number. */
    static void applyTo(Binary operation, float a, float[] b, int bo, float[] y, int yo, int n) {
        switch (operation) {
            case PLUS -> plus(b, bo, a, y, yo, n);
            case MINUS -> minus(a, b, bo, y, yo, n);
            case TIMES -> times(b, bo, a, y, yo, n);
            case OVER -> over(a, b, bo, y, yo, n);
            case MIN -> min(b, bo, a, y, yo, n);
            case MAX -> max(b, bo, a, y, yo, n);
            case AT_MOST -> atMost(a, b, bo, y, yo, n);
        }
    }

    /** b is one number. */
    static void applyWith(Binary operation, float[] a, int ao, float b, float[] y, int yo, int n) {
        switch (operation) {
            case PLUS -> plus(a, ao, b, y, yo, n);
            case MINUS -> minus(a, ao, b, y, yo, n);
            case TIMES -> times(a, ao, b, y, yo, n);
            case OVER -> over(a, ao, b, y, yo, n);
            case MIN -> min(a, ao, b, y, yo, n);
            case MAX -> max(a, ao, b, y, yo, n);
            case AT_MOST -> atMost(a, ao, b, y, yo, n);
        }
    }

    private static void plus(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            vector(a, ao + i).add(vector(b, bo + i)).intoArray(y, yo + i);
        }
        for (; i < n; i++) {
            y[yo + i] = a[ao + i] + b[bo + i];
        }
    }

    private static void plus(float[] a, int ao, float b, float[] y, int yo, int n) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            vector(a, ao + i).add(b).intoArray(y, yo + i);
        }
        for (; i < n; i++) {
            y[yo + i] = a[ao + i] + b;
        }
    }

    private static void minus(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            vector(a, ao + i).sub(vector(b, bo + i)).intoArray(y, yo + i);
        }
        for (; i < n; i++) {
            y[yo + i] = a[ao + i] - b[bo + i];
        }
    }

    private static void minus(float[] a, int ao, float b, float[] y, int yo, int n) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            vector(a, ao + i).sub(b).intoArray(y, yo + i);
        }
        for (; i < n; i++) {
            y[yo + i] = a[ao + i] - b;
        }
    }

    private static void times(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            vector(a, ao + i).mul(vector(b, bo + i)).intoArray(y, yo + i);
        }
        for (; i < n; i++) {
            y[yo + i] = a[ao + i] * b[bo + i];
        }
    }

    private static void times(float[] a, int ao, float b, float[] y, int yo, int n) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            vector(a, ao + i).mul(b).intoArray(y, yo + i);
        }
        for (; i < n; i++) {
            y[yo + i] = a[ao + i] * b;
        }
    }

    private static void over(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            vector(a, ao + i).div(vector(b, bo + i)).intoArray(y, yo + i);
        }
        for (; i < n; i++) {
            y[yo + i] = a[ao + i] / b[bo + i];
        }
    }

    private static void over(float[] a, int ao, float b, float[] y, int yo, int n) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            vector(a, ao + i).div(b).intoArray(y, yo + i);
        }
        for (; i < n; i++) {
            y[yo + i] = a[ao + i] / b;
        }
    }

    private static void minus(float a, float[] b, int bo, float[] y, int yo, int n) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector.broadcast(SPECIES, a).sub(vector(b, bo + i)).intoArray(y, yo + i);
        }
        for (; i < n; i++) {
            y[yo + i] = a - b[bo + i];
        }
    }

    private static void over(float a, float[] b, int bo, float[] y, int yo, int n) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector.broadcast(SPECIES, a).div(vector(b, bo + i)).intoArray(y, yo + i);
        }
        for (; i < n; i++) {
            y[yo + i] = a / b[bo + i];
        }
    }

    private static void min(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            vector(a, ao + i).min(vector(b, bo + i)).intoArray(y, yo + i);
        }
        for (; i < n; i++) {
            y[yo + i] = Math.min(a[ao + i], b[bo + i]);
        }
    }

    private static void min(float[] a, int ao, float b, float[] y, int yo, int n) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            vector(a, ao + i).min(b).intoArray(y, yo + i);
        }
        for (; i < n; i++) {
            y[yo + i] = Math.min(a[ao + i], b);
        }
    }

    private static void max(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            vector(a, ao + i).max(vector(b, bo + i)).intoArray(y, yo + i);
        }
        for (; i < n; i++) {
            y[yo + i] = Math.max(a[ao + i], b[bo + i]);
        }
    }

    private static void max(float[] a, int ao, float b, float[] y, int yo, int n) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            vector(a, ao + i).max(b).intoArray(y, yo + i);
        }
        for (; i < n; i++) {
            y[yo + i] = Math.max(a[ao + i], b);
        }
    }

    private static void atMost(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            one(vector(a, ao + i).compare(VectorOperators.LE, vector(b, bo + i)))
                    .intoArray(y, yo + i);
        }
        for (; i < n; i++) {
            y[yo + i] = a[ao + i] <= b[bo + i] ? 1 : 0;
        }
    }

    private static void atMost(float[] a, int ao, float b, float[] y, int yo, int n) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            one(vector(a, ao + i).compare(VectorOperators.LE, b)).intoArray(y, yo + i);
        }
        for (; i < n; i++) {
            y[yo + i] = a[ao + i] <= b ? 1 : 0;
        }
    }

    private static void atMost(float a, float[] b, int bo, float[] y, int yo, int n) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            one(vector(b, bo + i).compare(VectorOperators.GE, a)).intoArray(y, yo + i);
        }
        for (; i < n; i++) {
            y[yo + i] = a <= b[bo + i] ? 1 : 0;
        }
    }

    private static FloatVector one(VectorMask<Float> where) {
        return FloatVector.zero(SPECIES).blend(1, where);
    }

    private static FloatVector vector(float[] array, int offset) {
        return FloatVector.fromArray(SPECIES, array, offset);
    }
}
