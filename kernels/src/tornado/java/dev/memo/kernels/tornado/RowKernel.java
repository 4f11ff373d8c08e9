package dev.memo.kernels.tornado;

import dev.memo.kernels.Binary;
import dev.memo.kernels.Function;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Runs a list of instructions on rows. A group of {@link #LANES} work items takes {@link #SAMPLES}
 * samples through all of them; after each it waits, so that an instruction may read any entry of
 * its own samples that one before it wrote. So a chain of small operations is one launch, and its
 * values stay in the nearest cache.
 *
 * <p>{@code code[0]} is the number of instructions, {@code code[1]} the fixed number of rows or 0
 * for the samples of the run; then {@link #FIELDS} fields per instruction. {@code numbers} holds
 * two per instruction, p and q below.
 */
final class RowKernel {
    /** Samples of a group. */
    static final int SAMPLES = 16;

    /** Launch items of a group. */
    static final int LANES = 128;

    static final int HEADER = 2;

    /** Fields of an instruction: entry [row][column] of the result, and of the operands a, b, c. */
    static final int FIELDS = 18;

    static final int OPERATION = 0;
    static final int WIDTH = 1;
    static final int PER_SAMPLE = 2;
    static final int OUT = 3;
    static final int OUT_ROW = 4;
    static final int A = 5;
    static final int A_ROW = 6;
    static final int A_COLUMN = 7;
    static final int A_GROUP = 8;
    static final int B = 9;
    static final int B_ROW = 10;
    static final int B_COLUMN = 11;
    static final int C = 12;
    static final int C_ROW = 13;
    static final int COUNT = 14;
    static final int SEED_LOW = 15;
    static final int SEED_HIGH = 16;
    static final int STREAM = 17;

    /** p a + q. */
    static final int AFFINE = 0;

    /** a from the inputs. */
    static final int LOAD = 1;

    /** a, written to the outputs. */
    static final int STORE = 2;

    /** p a, divided by the samples of the run. */
    static final int MEAN = 3;

    /** a within p .. q. */
    static final int CLAMP = 4;

    /** a where b is within p .. q, else 0. */
    static final int CLAMP_SLOPE = 5;

    /** 1 where a is the column, else 0. */
    static final int ONE_HOT = 6;

    /** p times the sum of COUNT entries of a from row to row; that of a group for columns. */
    static final int SUM = 7;

    /** The largest of COUNT entries of a. */
    static final int MAX = 8;

    /** Which of COUNT entries of a is the smallest. */
    static final int ARG_MIN = 9;

    /** 2 times the sum over COUNT codes c of a[row][c] (b[row][column] - code[c][column]). */
    static final int DISTANCE_SLOPE = 10;

    /** The C51 projection of probabilities a with rewards b and discounts c on p .. q. */
    static final int PROJECT = 11;

    /** Random numbers with a as step; q where that is none. */
    static final int UNIFORM = 12;

    static final int NORMAL = 13;

    /** a, bit for bit. */
    static final int COPY = 14;

    /** {@link Binary} by its ordinal. */
    static final int BINARY = 16;

    /** {@link Function} by its ordinal. */
    static final int FUNCTION = 32;

    /** a times the slope of a {@link Function} at b. */
    static final int SLOPE = 48;

    private static final int TANH = 0;
    private static final int RELU = 1;
    private static final int ELU = 2;
    private static final int EXP = 3;
    private static final int LOG = 4;
    private static final int SQUARE = 5;
    private static final int SQRT = 6;
    private static final int RECIPROCAL = 7;
    private static final int SOFTPLUS = 8;

    private static final int STEPS = 1 << 24;
    private static final int ROUNDS = 10;
    private static final int WORDS = 4;
    private static final float TWO_PI = 6.2831853f;

    private RowKernel() {}

    /** The instruction for an operation of two operands. */
    static int code(Binary binary) {
        return BINARY + binary.ordinal();
    }

    /** The number by which {@link #function} and {@link #slope} know a function. */
    static int code(Function function) {
        return switch (function) {
            case TANH -> TANH;
            case RELU -> RELU;
            case ELU -> ELU;
            case EXP -> EXP;
            case LOG -> LOG;
            case SQUARE -> SQUARE;
            case SQRT -> SQRT;
            case RECIPROCAL -> RECIPROCAL;
            case SOFTPLUS -> SOFTPLUS;
        };
    }

    /**
     * The kernel.
     *
     * @param inputs [0] holds the samples of the run
     * @param memory modified
     * @param outputs modified
     */
    static void run(
            KernelContext context,
            FloatArray inputs,
            FloatArray memory,
            FloatArray outputs,
            IntArray code,
            FloatArray numbers) {
        int lane = context.localIdx;
        int samples = (int) inputs.get(0);
        int all = code.get(1) > 0 ? code.get(1) : samples;
        int first = context.groupIdx * SAMPLES;
        int count = Math.min(SAMPLES, all - first);
        int instructions = code.get(0);
        for (int i = 0; i < instructions; i++) {
            int at = HEADER + i * FIELDS;
            int operation = code.get(at + OPERATION);
            int width = code.get(at + WIDTH);
            int perSample = code.get(at + PER_SAMPLE);
            int out = code.get(at + OUT);
            int outRow = code.get(at + OUT_ROW);
            int entries = count * perSample * width;
            float p = numbers.get(2 * i);
            float q = numbers.get(2 * i + 1);
            for (int e = lane; e < entries; e += LANES) {
                int row = first * perSample + e / width;
                int column = e % width;
                int a =
                        code.get(at + A)
                                + row / code.get(at + A_GROUP) * code.get(at + A_ROW)
                                + column * code.get(at + A_COLUMN);
                int b =
                        code.get(at + B)
                                + row * code.get(at + B_ROW)
                                + column * code.get(at + B_COLUMN);
                int c = code.get(at + C) + row * code.get(at + C_ROW);
                float value = 0;
                if (operation == LOAD) {
                    value = inputs.get(a);
                } else if (operation == AFFINE) {
                    value = memory.get(a) * p + q;
                } else if (operation == STORE || operation == COPY) {
                    value = memory.get(a);
                } else if (operation == MEAN) {
                    value = memory.get(a) * p / samples;
                } else if (operation == CLAMP) {
                    value = clamp(memory.get(a), p, q);
                } else if (operation == CLAMP_SLOPE) {
                    float point = memory.get(b);
                    value = point >= p && point <= q ? memory.get(a) : 0;
                } else if (operation == ONE_HOT) {
                    value = memory.get(a) == column ? 1 : 0;
                } else if (operation >= SLOPE) {
                    value = memory.get(a) * slope(operation - SLOPE, memory.get(b));
                } else if (operation >= FUNCTION) {
                    value = function(operation - FUNCTION, memory.get(a));
                } else if (operation >= BINARY) {
                    value = binary(operation - BINARY, memory.get(a), memory.get(b));
                } else if (operation == DISTANCE_SLOPE) {
                    value = distanceSlope(memory, a, b, c + column, code.get(at + COUNT), width);
                } else if (operation == PROJECT) {
                    float reward = memory.get(b);
                    float discount = memory.get(c);
                    value = project(memory, a, reward, discount, p, q, column, width);
                } else if (operation == UNIFORM) {
                    value =
                            isStep(memory.get(a))
                                    ? uniform(memory.get(a), row, column, code, at)
                                    : q;
                } else if (operation == NORMAL) {
                    value =
                            isStep(memory.get(a))
                                    ? normal(memory.get(a), row, column, code, at)
                                    : q;
                } else {
                    value = p * gathered(operation, memory, a, b, code.get(at + COUNT));
                }
                if (operation == STORE) {
                    outputs.set(out + row * outRow + column, value);
                } else {
                    memory.set(out + row * outRow + column, value);
                }
            }
            context.globalBarrier();
        }
    }

    /** NaN stays. */
    private static float clamp(float x, float low, float high) {
        return x < low ? low : x > high ? high : x;
    }

    /** {@link Binary#of}; NaN stays. */
    private static float binary(int operation, float a, float b) {
        float value = a + b;
        if (operation == 1) {
            value = a - b;
        } else if (operation == 2) {
            value = a * b;
        } else if (operation == 3) {
            value = a / b;
        } else if (operation == 4) {
            value = a != a || a < b ? a : b;
        } else if (operation == 5) {
            value = a != a || a > b ? a : b;
        } else if (operation == 6) {
            value = a <= b ? 1 : 0;
        }
        return value;
    }

    /** {@link Function#of}. */
    static float function(int function, float x) {
        float y = x;
        if (function == TANH) {
            y = TornadoMath.tanh(x);
        } else if (function == RELU) {
            y = x <= 0 ? 0 : x;
        } else if (function == ELU) {
            // exp(x) - 1 without the difference.
            y = x > 0 ? x : TornadoMath.tanh(0.5f * x) * (TornadoMath.exp(x) + 1);
        } else if (function == EXP) {
            y = TornadoMath.exp(x);
        } else if (function == LOG) {
            y = TornadoMath.log(x);
        } else if (function == SQUARE) {
            y = x * x;
        } else if (function == SQRT) {
            y = TornadoMath.sqrt(x);
        } else if (function == RECIPROCAL) {
            y = 1 / x;
        } else if (function == SOFTPLUS) {
            y = (x > 0 ? x : 0) + log1p(TornadoMath.exp(-TornadoMath.abs(x)));
        }
        return y;
    }

    /** log(1 + t) = 2 artanh(s), s = t / (2 + t), by its series, for t in 0 .. 1. */
    private static float log1p(float t) {
        float s = t / (2 + t);
        float square = s * s;
        float series = 2f / 13 + square * (2f / 15);
        series = 2f / 11 + square * series;
        series = 2f / 9 + square * series;
        series = 2f / 7 + square * series;
        series = 2f / 5 + square * series;
        series = 2f / 3 + square * series;
        return s + s + s * square * series;
    }

    /** {@link Function#slope}. */
    static float slope(int function, float x) {
        float slope = 1;
        if (function == TANH) {
            slope = 1 - x * x;
        } else if (function == RELU) {
            slope = x > 0 ? 1 : 0;
        } else if (function == ELU) {
            slope = x > 0 ? 1 : x + 1;
        } else if (function == EXP) {
            slope = x;
        } else if (function == LOG) {
            slope = 1 / x;
        } else if (function == SQUARE) {
            slope = 2 * x;
        } else if (function == SQRT) {
            slope = 0.5f / x;
        } else if (function == RECIPROCAL) {
            slope = -x * x;
        } else if (function == SOFTPLUS) {
            slope = 1 / (1 + TornadoMath.exp(-x));
        }
        return slope;
    }

    /**
     * The sum, the largest or the place of the smallest of some entries that stand a step apart.
     */
    private static float gathered(int operation, FloatArray memory, int a, int step, int count) {
        float first = memory.get(a);
        float result = operation == ARG_MIN ? 0 : first;
        float best = first;
        for (int j = 1; j < count; j++) {
            float entry = memory.get(a + j * step);
            if (operation == SUM) {
                result += entry;
            } else if (operation == MAX) {
                result = binary(5, result, entry);
            } else if (entry < best) {
                best = entry;
                result = j;
            }
        }
        return result;
    }

    private static float distanceSlope(
            FloatArray memory, int a, int b, int codes, int count, int width) {
        float point = memory.get(b);
        float sum = 0;
        for (int c = 0; c < count; c++) {
            sum += memory.get(a + c) * (point - memory.get(codes + c * width));
        }
        return 2 * sum;
    }

    /**
     * What of the moved probabilities falls to one atom: less the farther away they land. In
     * float64, because places are small differences of large numbers.
     */
    private static float project(
            FloatArray memory,
            int a,
            float reward,
            float discount,
            float low,
            float high,
            int atom,
            int atoms) {
        double gap = ((double) high - low) / (atoms - 1);
        float sum = 0;
        for (int j = 0; j < atoms; j++) {
            double moved = reward + discount * (low + gap * j);
            moved = moved < low ? low : moved > high ? high : moved;
            double away = (moved - low) / gap - atom;
            away = away < 0 ? -away : away;
            // NaN falls through, and shows.
            sum += away >= 1 ? 0 : memory.get(a + j) * (float) (1 - away);
        }
        return sum;
    }

    private static float uniform(float step, int row, int column, IntArray code, int at) {
        return halfOpen(word(step, row, column, code, at));
    }

    /** Box and Muller (1958), the cosine for even columns and the sine for odd ones. */
    private static float normal(float step, int row, int column, IntArray code, int at) {
        int even = column - column % 2;
        float open = open(word(step, row, even, code, at));
        float angle = TWO_PI * halfOpen(word(step, row, even + 1, code, at));
        float turned = column == even ? TornadoMath.cos(angle) : TornadoMath.sin(angle);
        return TornadoMath.sqrt(-2 * TornadoMath.log(open)) * turned;
    }

    private static boolean isStep(float step) {
        return step >= 0 && step < STEPS && step == TornadoMath.floor(step);
    }

    /** {@link dev.memo.base.Philox#halfOpen}. */
    private static float halfOpen(int word) {
        return (word >> 8 & 0xFFFFFF) * 0x1p-24f;
    }

    /** {@link dev.memo.base.Philox#open}. */
    private static float open(int word) {
        return ((word >> 9 & 0x7FFFFF) + 0.5f) * 0x1p-23f;
    }

    /** Word {@code column} of a row, as {@link dev.memo.base.Philox#block}. */
    private static int word(float step, int row, int column, IntArray code, int at) {
        int c0 = column / WORDS;
        int c1 = (int) step;
        int c2 = row;
        int c3 = code.get(at + STREAM);
        int k0 = code.get(at + SEED_LOW);
        int k1 = code.get(at + SEED_HIGH);
        for (int round = 0; round < ROUNDS; round++) {
            long product0 = 0xD2511F53L * (c0 & 0xFFFFFFFFL);
            long product1 = 0xCD9E8D57L * (c2 & 0xFFFFFFFFL);
            c0 = (int) (product1 >> 32 & 0xFFFFFFFFL) ^ c1 ^ k0;
            c1 = (int) product1;
            c2 = (int) (product0 >> 32 & 0xFFFFFFFFL) ^ c3 ^ k1;
            c3 = (int) product0;
            k0 += 0x9E3779B9;
            k1 += 0xBB67AE85;
        }
        int which = column % WORDS;
        return which == 0 ? c0 : which == 1 ? c1 : which == 2 ? c2 : c3;
    }
}
