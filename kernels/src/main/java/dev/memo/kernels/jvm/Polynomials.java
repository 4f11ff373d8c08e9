package dev.memo.kernels.jvm;

import static dev.memo.kernels.jvm.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * exp, log and tanh as polynomials with a fixed order of operations: the same bits on every machine
 * with IEEE arithmetic. NaN gives NaN.
 *
 * <p>Source of exp and log: Cephes (expf.c, logf.c); within 2 units in the last place. tanh is
 * within 2.6 units, 9e-8: its polynomial is a minimax fit to (exp(2 r) - 1) / r whose first
 * coefficient is held at 2, so that tanh x is x near 0.
 */
final class Polynomials {
    private static final float LOG2_E = 1.44269504f;

    /** ln 2 in two parts; the first has few bits, so that n times it is exact. */
    private static final float LN2_HIGH = 0.693359375f;

    private static final float LN2_LOW = -2.12194440e-4f;

    /** ln 2 in one part, to 2e-9: enough for a small n. */
    private static final float LN2 = 0.693147181f;

    /** Above, exp is infinite. */
    private static final float EXP_HIGH = 88.72283f;

    /**
     * Below, exp is 0, where float32 could go on: to -87.34 with normal numbers, then with
     * subnormal ones. There the factor 2^(n-1) of {@link #expWithin} is no normal number.
     */
    private static final float EXP_LOW = -86.6f;

    private static final float INFINITY = Float.POSITIVE_INFINITY;

    private static final int EXPONENT_BITS = 23;
    private static final int MANTISSA = (1 << EXPONENT_BITS) - 1;
    private static final int SIGN = 1 << 31;

    /**
     * 1.5 times 2^23, and the exponents' bias: adding it rounds to a whole number n, and leaves the
     * exponent of 2^n in the low bits.
     */
    private static final float ROUND = 12582912f + 127;

    /** sqrt(1/2) as bits: mantissas from here to sqrt(2) make the smallest polynomial. */
    private static final int SQRT_HALF_BITS = 0x3F3504F3;

    private static final float SMALLEST_NORMAL = Float.MIN_NORMAL;
    private static final int SUBNORMAL_SHIFT = 25;

    /** Above, tanh is 1 to float32. */
    private static final float TANH_LIMIT = 10;

    private Polynomials() {}

    static FloatVector within(FloatVector x, float low, float high) {
        VectorMask<Float> below = x.compare(VectorOperators.LT, low);
        VectorMask<Float> above = x.compare(VectorOperators.GT, high);
        return x.blend(low, below).blend(high, above);
    }

    /** exp(x). */
    static FloatVector exp(FloatVector x) {
        return expWithin(within(x, EXP_LOW, EXP_HIGH))
                .blend(0, x.compare(VectorOperators.LT, EXP_LOW))
                .blend(INFINITY, x.compare(VectorOperators.GT, EXP_HIGH));
    }

    /** exp(x) for x &lt;= 0 that may end at exp(-86.6) instead of 0. */
    static FloatVector expBelow(FloatVector x) {
        return expWithin(x.blend(EXP_LOW, x.compare(VectorOperators.LT, EXP_LOW)));
    }

    /** exp(x) = 2^n exp(r), r within +-ln 2 / 2, for x from EXP_LOW to EXP_HIGH. */
    private static FloatVector expWithin(FloatVector x) {
        // 2^(n-1), then doubled: 2^n itself overflows at the upper end.
        FloatVector shifted = x.fma(constant(LOG2_E), constant(ROUND - 1));
        FloatVector n = shifted.sub(ROUND - 1);
        FloatVector r = n.fma(constant(-LN2_HIGH), x);
        r = n.fma(constant(-LN2_LOW), r);
        FloatVector p = r.fma(constant(1.9875691500E-4f), constant(1.3981999507E-3f));
        p = p.fma(r, constant(8.3334519073E-3f));
        p = p.fma(r, constant(4.1665795894E-2f));
        p = p.fma(r, constant(1.6666665459E-1f));
        p = p.fma(r, constant(5.0000001201E-1f));
        p = p.fma(r.mul(r), r).add(1);
        return p.mul(power(shifted)).mul(2);
    }

    /** 2^n of a number that {@link #ROUND} was added to. */
    private static FloatVector power(FloatVector shifted) {
        return shifted.reinterpretAsInts()
                .lanewise(VectorOperators.LSHL, EXPONENT_BITS)
                .reinterpretAsFloats();
    }

    /** log(x) = e ln 2 + log(m), m within sqrt(1/2) .. sqrt(2). */
    static FloatVector log(FloatVector x) {
        VectorMask<Float> subnormal = x.compare(VectorOperators.LT, SMALLEST_NORMAL);
        FloatVector normal = x.blend(x.mul(1 << SUBNORMAL_SHIFT), subnormal);
        IntVector bits = normal.reinterpretAsInts().sub(SQRT_HALF_BITS);
        FloatVector e =
                ((FloatVector)
                                bits.lanewise(VectorOperators.ASHR, EXPONENT_BITS)
                                        .convert(VectorOperators.I2F, 0))
                        .sub(constant(0).blend(SUBNORMAL_SHIFT, subnormal));
        FloatVector r = bits.and(MANTISSA).add(SQRT_HALF_BITS).reinterpretAsFloats().sub(1);
        FloatVector square = r.mul(r);
        FloatVector p = r.fma(constant(7.0376836292E-2f), constant(-1.1514610310E-1f));
        p = p.fma(r, constant(1.1676998740E-1f));
        p = p.fma(r, constant(-1.2420140846E-1f));
        p = p.fma(r, constant(1.4249322787E-1f));
        p = p.fma(r, constant(-1.6668057665E-1f));
        p = p.fma(r, constant(2.0000714765E-1f));
        p = p.fma(r, constant(-2.4999993993E-1f));
        p = p.fma(r, constant(3.3333331174E-1f));
        FloatVector y = p.mul(r).mul(square);
        y = e.fma(constant(LN2_LOW), y);
        y = square.fma(constant(-0.5f), y);
        return e.fma(constant(LN2_HIGH), r.add(y))
                .blend(INFINITY, x.compare(VectorOperators.EQ, INFINITY))
                .blend(-INFINITY, x.compare(VectorOperators.EQ, 0))
                .blend(Float.NaN, x.compare(VectorOperators.LT, 0))
                .blend(x, x.compare(VectorOperators.NE, x));
    }

    /** log(1 + t) = 2 artanh(s), s = t / (2 + t), by its series, for t in 0 .. 1. */
    static FloatVector log1p(FloatVector t) {
        FloatVector s = t.div(t.add(2));
        FloatVector square = s.mul(s);
        FloatVector p = square.fma(constant(2f / 15), constant(2f / 13));
        p = p.fma(square, constant(2f / 11));
        p = p.fma(square, constant(2f / 9));
        p = p.fma(square, constant(2f / 7));
        p = p.fma(square, constant(2f / 5));
        p = p.fma(square, constant(2f / 3));
        return p.mul(square).fma(s, s.add(s));
    }

    /**
     * tanh(x) = e / (e + 2) with the sign of x, e = exp(2 |x|) - 1 = 2^n (exp(2 r) - 1) + 2^n - 1,
     * r within +-ln 2 / 4. Near 0, n is 0 and e keeps its last bits.
     */
    static FloatVector tanh(FloatVector x) {
        FloatVector size = x.abs();
        size = size.blend(TANH_LIMIT, size.compare(VectorOperators.GT, TANH_LIMIT));
        FloatVector shifted = size.fma(constant(2 * LOG2_E), constant(ROUND));
        FloatVector n = shifted.sub(ROUND);
        FloatVector r = n.fma(constant(-LN2 / 2), size);
        FloatVector p = r.fma(constant(8.88481055e-2f), constant(2.67729508e-1f));
        p = p.fma(r, constant(6.66675211e-1f));
        p = p.fma(r, constant(1.33332347f));
        p = p.fma(r, constant(2));
        p = p.fma(r.mul(r), r.add(r));
        FloatVector power = power(shifted);
        FloatVector e = p.fma(power, power.sub(1));
        IntVector sign = x.reinterpretAsInts().and(SIGN);
        return e.div(e.add(2)).reinterpretAsInts().or(sign).reinterpretAsFloats();
    }

    private static FloatVector constant(float value) {
        return FloatVector.broadcast(SPECIES, value);
    }
}
