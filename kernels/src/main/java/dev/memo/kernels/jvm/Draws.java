package dev.memo.kernels.jvm;

import static dev.memo.kernels.jvm.Lanes.LENGTH;
import static dev.memo.kernels.jvm.Lanes.SPECIES;
import static dev.memo.kernels.jvm.Lanes.VIRTUAL;

import dev.memo.base.Philox;
import dev.memo.kernels.Draw;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** Random numbers from counters; {@link Draw} says which. */
final class Draws {
    private static final int WORDS = 4;

    /** 1.5 times 2^23: adding it rounds to a whole number, which then stands in the low bits. */
    private static final float ROUND = 12582912f;

    private static final float TWO_PI = 6.2831853f;

    private static final int SIGN_SHIFT = 30;

    private Draws() {}

    /**
     * The kernel of a draw.
     *
     * @param step one number, not modified
     * @param y [R][width], modified
     */
    static RowKernel kernel(Draw draw, Buffer step, Buffer y, int maxRows) {
        // A block of words for every 16 rows: where a chunk of rows begins, its block is no
        // other's.
        int[] words = new int[WORDS * (maxRows / VIRTUAL + 1)];
        return (from, to, _, scratch) -> {
            int block = WORDS * (from / VIRTUAL);
            if (!Draw.isStep(step.data[0])) {
                Arrays.fill(y.data, y.at(from), y.at(to), Float.NaN);
            } else if (draw.law() == Draw.Law.UNIFORM) {
                uniforms(draw, (int) step.data[0], words, block, y, from, to);
            } else {
                normals(draw, (int) step.data[0], words, block, scratch, y, from, to);
            }
        };
    }

    /** Rows from .. to - 1 of y are uniform; words at block .. are modified. */
    private static void uniforms(
            Draw draw, int step, int[] words, int block, Buffer y, int from, int to) {
        for (int r = from; r < to; r++) {
            for (int j = 0; j < y.width; j++) {
                if (j % WORDS == 0) {
                    Philox.block(j / WORDS, step, r, draw.stream(), draw.seed(), words, block);
                }
                y.data[y.at(r) + j] = Philox.halfOpen(words[block + j % WORDS]);
            }
        }
    }

    /** Rows from .. to - 1 of y are normal, 16 pairs at a time; words and pairs are modified. */
    private static void normals(
            Draw draw,
            int step,
            int[] words,
            int block,
            float[] pairs,
            Buffer y,
            int from,
            int to) {
        int rowPairs = (y.width + 1) / 2;
        int count = (to - from) * rowPairs;
        for (int first = 0; first < count; first += VIRTUAL) {
            int n = Math.min(VIRTUAL, count - first);
            for (int i = 0; i < n; i++) {
                int r = from + (first + i) / rowPairs;
                int pair = (first + i) % rowPairs;
                if (pair % 2 == 0) {
                    Philox.block(pair / 2, step, r, draw.stream(), draw.seed(), words, block);
                }
                int word = block + pair % 2 * 2;
                pairs[i] = Philox.open(words[word]);
                pairs[VIRTUAL + i] = Philox.halfOpen(words[word + 1]);
            }
            radii(pairs);
            turn(pairs);
            for (int i = 0; i < n; i++) {
                int column = (first + i) % rowPairs * 2;
                int out = y.at(from + (first + i) / rowPairs) + column;
                y.data[out] = pairs[i];
                if (column + 1 < y.width) {
                    y.data[out + 1] = pairs[VIRTUAL + i];
                }
            }
        }
    }

    /** The 16 uniforms at 0 become radii: v becomes sqrt(-2 log v). */
    static void radii(float[] pairs) {
        for (int i = 0; i < VIRTUAL; i += LENGTH) {
            FloatVector v = FloatVector.fromArray(SPECIES, pairs, i);
            Polynomials.log(v).mul(-2).sqrt().intoArray(pairs, i);
        }
    }

    /**
     * The 16 radii q at 0 and uniforms u at 16 become q cos(2 pi u) and q sin(2 pi u). u is a
     * number of quarter turns and the rest of at most an eighth turn, which is exact; sine and
     * cosine of the rest are Cephes's (sinf.c).
     */
    static void turn(float[] pairs) {
        for (int i = 0; i < VIRTUAL; i += LENGTH) {
            FloatVector radius = FloatVector.fromArray(SPECIES, pairs, i);
            FloatVector u = FloatVector.fromArray(SPECIES, pairs, VIRTUAL + i);
            FloatVector shifted = u.fma(constant(4), constant(ROUND));
            FloatVector x = shifted.sub(ROUND).fma(constant(-0.25f), u).mul(TWO_PI);
            FloatVector square = x.mul(x);
            FloatVector p = square.fma(constant(-1.9515295891E-4f), constant(8.3321608736E-3f));
            p = p.fma(square, constant(-1.6666654611E-1f));
            IntVector sine = p.mul(square).fma(x, x).reinterpretAsInts();
            p = square.fma(constant(2.443315711809948E-5f), constant(-1.388731625493765E-3f));
            p = p.fma(square, constant(4.166664568298827E-2f));
            FloatVector near = square.fma(constant(-0.5f), constant(1));
            IntVector cosine = p.mul(square).fma(square, near).reinterpretAsInts();
            // A quarter turn swaps the two; which one changes its sign, the quarters' number says.
            IntVector quarters = shifted.reinterpretAsInts();
            VectorMask<Integer> odd = quarters.and(1).compare(VectorOperators.EQ, 1);
            IntVector sign = quarters.add(1).and(2).lanewise(VectorOperators.LSHL, SIGN_SHIFT);
            cosine.blend(sine, odd)
                    .lanewise(VectorOperators.XOR, sign)
                    .reinterpretAsFloats()
                    .mul(radius)
                    .intoArray(pairs, i);
            sign = quarters.and(2).lanewise(VectorOperators.LSHL, SIGN_SHIFT);
            sine.blend(cosine, odd)
                    .lanewise(VectorOperators.XOR, sign)
                    .reinterpretAsFloats()
                    .mul(radius)
                    .intoArray(pairs, VIRTUAL + i);
        }
    }

    private static FloatVector constant(float value) {
        return FloatVector.broadcast(SPECIES, value);
    }
}
