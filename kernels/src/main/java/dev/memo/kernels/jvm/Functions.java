package dev.memo.kernels.jvm;

import static dev.memo.kernels.jvm.Lanes.LENGTH;
import static dev.memo.kernels.jvm.Lanes.SPECIES;

import dev.memo.kernels.Function;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Functions of single entries and their slopes. All kernels run over n entries, a multiple of 16;
 * x, dy and p (the point of the slope) are not modified, y and dx are and may be the same array.
 */
final class Functions {
    private Functions() {}

    /** dx = dy f'(p). */
    @FunctionalInterface
    interface Slope {
        void apply(float[] dy, int dyo, float[] p, int po, float[] dx, int dxo, int n);
    }

    /**
     * The kernel for y = f(x), where y may be x. Every function has a lambda of its own: at a call
     * that they shared, C2 would inline two of them into one method, and there it may stop keeping
     * vectors in registers.
     */
    static RowKernel value(Function function, Buffer x, Buffer y) {
        return switch (function) {
            case TANH ->
                    (from, to, _, _) ->
                            tanh(x.data, x.at(from), y.data, y.at(from), y.flat(from, to));
            case RELU ->
                    (from, to, _, _) ->
                            relu(x.data, x.at(from), y.data, y.at(from), y.flat(from, to));
            case ELU ->
                    (from, to, _, _) ->
                            elu(x.data, x.at(from), y.data, y.at(from), y.flat(from, to));
            case EXP ->
                    (from, to, _, _) ->
                            exp(x.data, x.at(from), y.data, y.at(from), y.flat(from, to));
            case LOG ->
                    (from, to, _, _) ->
                            log(x.data, x.at(from), y.data, y.at(from), y.flat(from, to));
            case SQUARE ->
                    (from, to, _, _) ->
                            square(x.data, x.at(from), y.data, y.at(from), y.flat(from, to));
            case SQRT ->
                    (from, to, _, _) ->
                            sqrt(x.data, x.at(from), y.data, y.at(from), y.flat(from, to));
            case RECIPROCAL ->
                    (from, to, _, _) ->
                            reciprocal(x.data, x.at(from), y.data, y.at(from), y.flat(from, to));
            case SOFTPLUS ->
                    (from, to, _, _) ->
                            softplus(x.data, x.at(from), y.data, y.at(from), y.flat(from, to));
        };
    }

    /** The kernel of a function's slope. */
    static Slope slope(Function function) {
        return switch (function) {
            case TANH -> Functions::tanhSlope;
            case RELU -> Functions::reluSlope;
            case ELU -> Functions::eluSlope;
            case EXP -> Functions::expSlope;
            case LOG -> Functions::logSlope;
            case SQUARE -> Functions::squareSlope;
            case SQRT -> Functions::sqrtSlope;
            case RECIPROCAL -> Functions::reciprocalSlope;
            case SOFTPLUS -> Functions::softplusSlope;
        };
    }

    /** y = tanh x. */
    private static void tanh(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += LENGTH) {
            FloatVector v = vector(x, xo + i);
            Polynomials.tanh(v).intoArray(y, yo + i);
        }
    }

    /** dx = dy (1 - y^2). */
    private static void tanhSlope(
            float[] dy, int dyo, float[] p, int po, float[] dx, int dxo, int n) {
        for (int i = 0; i < n; i += LENGTH) {
            FloatVector d = vector(dy, dyo + i);
            FloatVector point = vector(p, po + i);
            d.mul(point.mul(point).neg().add(1)).intoArray(dx, dxo + i);
        }
    }

    /** y = max(x, 0). */
    private static void relu(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += LENGTH) {
            FloatVector v = vector(x, xo + i);
            v.blend(0, v.compare(VectorOperators.LE, 0)).intoArray(y, yo + i);
        }
    }

    /** dx = dy where y &gt; 0, else 0. */
    private static void reluSlope(
            float[] dy, int dyo, float[] p, int po, float[] dx, int dxo, int n) {
        for (int i = 0; i < n; i += LENGTH) {
            FloatVector d = vector(dy, dyo + i);
            FloatVector point = vector(p, po + i);
            d.blend(0, point.compare(VectorOperators.LE, 0)).intoArray(dx, dxo + i);
        }
    }

    /** y = x where x &gt; 0, else exp(x) - 1. */
    private static void elu(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += LENGTH) {
            FloatVector v = vector(x, xo + i);
            Polynomials.exp(v)
                    .sub(1)
                    .blend(v, v.compare(VectorOperators.GT, 0))
                    .intoArray(y, yo + i);
        }
    }

    /** dx = dy where y &gt; 0, else dy (y + 1). */
    private static void eluSlope(
            float[] dy, int dyo, float[] p, int po, float[] dx, int dxo, int n) {
        for (int i = 0; i < n; i += LENGTH) {
            FloatVector d = vector(dy, dyo + i);
            FloatVector point = vector(p, po + i);
            d.mul(point.add(1))
                    .blend(d, point.compare(VectorOperators.GT, 0))
                    .intoArray(dx, dxo + i);
        }
    }

    /** y = exp x. */
    static void exp(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += LENGTH) {
            FloatVector v = vector(x, xo + i);
            Polynomials.exp(v).intoArray(y, yo + i);
        }
    }

    /** dx = dy y. */
    private static void expSlope(
            float[] dy, int dyo, float[] p, int po, float[] dx, int dxo, int n) {
        for (int i = 0; i < n; i += LENGTH) {
            FloatVector d = vector(dy, dyo + i);
            FloatVector point = vector(p, po + i);
            d.mul(point).intoArray(dx, dxo + i);
        }
    }

    /** y = log x. */
    private static void log(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += LENGTH) {
            FloatVector v = vector(x, xo + i);
            Polynomials.log(v).intoArray(y, yo + i);
        }
    }

    /** dx = dy / x. */
    private static void logSlope(
            float[] dy, int dyo, float[] p, int po, float[] dx, int dxo, int n) {
        for (int i = 0; i < n; i += LENGTH) {
            FloatVector d = vector(dy, dyo + i);
            FloatVector point = vector(p, po + i);
            d.div(point).intoArray(dx, dxo + i);
        }
    }

    /** y = x^2. */
    private static void square(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += LENGTH) {
            FloatVector v = vector(x, xo + i);
            v.mul(v).intoArray(y, yo + i);
        }
    }

    /** dx = 2 dy x. */
    private static void squareSlope(
            float[] dy, int dyo, float[] p, int po, float[] dx, int dxo, int n) {
        for (int i = 0; i < n; i += LENGTH) {
            FloatVector d = vector(dy, dyo + i);
            FloatVector point = vector(p, po + i);
            d.mul(point).mul(2).intoArray(dx, dxo + i);
        }
    }

    /** y = sqrt x. */
    private static void sqrt(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += LENGTH) {
            FloatVector v = vector(x, xo + i);
            v.sqrt().intoArray(y, yo + i);
        }
    }

    /** dx = dy / (2 y). */
    private static void sqrtSlope(
            float[] dy, int dyo, float[] p, int po, float[] dx, int dxo, int n) {
        for (int i = 0; i < n; i += LENGTH) {
            FloatVector d = vector(dy, dyo + i);
            FloatVector point = vector(p, po + i);
            d.mul(0.5f).div(point).intoArray(dx, dxo + i);
        }
    }

    /** y = 1 / x. */
    private static void reciprocal(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += LENGTH) {
            FloatVector v = vector(x, xo + i);
            FloatVector.broadcast(SPECIES, 1).div(v).intoArray(y, yo + i);
        }
    }

    /** dx = -dy y^2. */
    private static void reciprocalSlope(
            float[] dy, int dyo, float[] p, int po, float[] dx, int dxo, int n) {
        for (int i = 0; i < n; i += LENGTH) {
            FloatVector d = vector(dy, dyo + i);
            FloatVector point = vector(p, po + i);
            d.mul(point).mul(point).neg().intoArray(dx, dxo + i);
        }
    }

    /** y = log(1 + exp x) = log(1 + exp(-|x|)) + max(x, 0). */
    private static void softplus(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += LENGTH) {
            FloatVector v = vector(x, xo + i);
            Polynomials.log1p(Polynomials.expBelow(v.abs().neg()))
                    .add(v.blend(0, v.compare(VectorOperators.LE, 0)))
                    .intoArray(y, yo + i);
        }
    }

    /** dx = dy / (1 + exp(-x)). */
    private static void softplusSlope(
            float[] dy, int dyo, float[] p, int po, float[] dx, int dxo, int n) {
        for (int i = 0; i < n; i += LENGTH) {
            FloatVector d = vector(dy, dyo + i);
            FloatVector point = vector(p, po + i);
            d.div(Polynomials.exp(point.neg()).add(1)).intoArray(dx, dxo + i);
        }
    }

    /** y = scale x + offset. */
    static void affine(float scale, float offset, float[] x, int xo, float[] y, int yo, int n) {
        FloatVector shift = FloatVector.broadcast(SPECIES, offset);
        for (int i = 0; i < n; i += LENGTH) {
            vector(x, xo + i)
                    .fma(FloatVector.broadcast(SPECIES, scale), shift)
                    .intoArray(y, yo + i);
        }
    }

    /** y = x within [low, high]; NaN stays. */
    static void clamp(float low, float high, float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += LENGTH) {
            Polynomials.within(vector(x, xo + i), low, high).intoArray(y, yo + i);
        }
    }

    /** dx = dy where low &lt;= x &lt;= high, else 0. */
    static void clampSlope(
            float low,
            float high,
            float[] dy,
            int dyo,
            float[] x,
            int xo,
            float[] dx,
            int dxo,
            int n) {
        for (int i = 0; i < n; i += LENGTH) {
            FloatVector point = vector(x, xo + i);
            var outside =
                    point.compare(VectorOperators.LT, low)
                            .or(point.compare(VectorOperators.GT, high));
            vector(dy, dyo + i).blend(0, outside).intoArray(dx, dxo + i);
        }
    }

    private static FloatVector vector(float[] array, int offset) {
        return FloatVector.fromArray(SPECIES, array, offset);
    }
}
