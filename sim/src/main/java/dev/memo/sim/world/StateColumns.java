package dev.memo.sim.world;

import dev.memo.base.InputException;
import dev.memo.base.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The fields of many states side by side: a tensor per field, a row per state. One method of the
 * state names each field once, for both directions.
 */
public final class StateColumns {
    private final Map<String, Tensor> tensors;
    private final int rows;
    private boolean reading;
    private int row;

    /** Empty columns for so many states. */
    public StateColumns(int rows) {
        this(rows, new LinkedHashMap<>());
    }

    /** Columns that hold so many states already. */
    public StateColumns(int rows, Map<String, Tensor> tensors) {
        this.tensors = tensors;
        this.rows = rows;
    }

    /** float64 tensors of shape [rows] or [rows, n] and int64 tensors of shape [rows]. */
    public Map<String, Tensor> tensors() {
        return tensors;
    }

    /** Writes a state. */
    public void write(int row, State state) {
        this.row = row;
        reading = false;
        state.exchange(this);
    }

    /**
     * Reads a state.
     *
     * @throws InputException if a field is missing or has another shape
     */
    public void read(int row, State state) {
        this.row = row;
        reading = true;
        state.exchange(this);
    }

    double exchange(String name, double value) {
        if (reading) {
            return doubles(name, rows)[row];
        }
        doublesToWrite(name, rows)[row] = value;
        return value;
    }

    long exchange(String name, long value) {
        if (reading) {
            return longs(name)[row];
        }
        Tensor.I64 tensor =
                (Tensor.I64)
                        tensors.computeIfAbsent(name, _ -> new Tensor.I64(new long[rows], rows));
        tensor.data()[row] = value;
        return value;
    }

    void exchange(String name, double[] values) {
        int n = values.length;
        if (reading) {
            System.arraycopy(doubles(name, rows, n), row * n, values, 0, n);
        } else {
            System.arraycopy(values, 0, doublesToWrite(name, rows, n), row * n, n);
        }
    }

    private double[] doublesToWrite(String name, int... shape) {
        Tensor tensor =
                tensors.computeIfAbsent(
                        name, _ -> new Tensor.F64(new double[(int) Tensor.count(shape)], shape));
        return ((Tensor.F64) tensor).data();
    }

    private double[] doubles(String name, int... shape) {
        if (tensors.get(name) instanceof Tensor.F64(double[] data, int[] found)
                && Arrays.equals(found, shape)) {
            return data;
        }
        throw refusal(name, "float64", shape);
    }

    private long[] longs(String name) {
        if (tensors.get(name) instanceof Tensor.I64(long[] data, int[] found)
                && found.length == 1
                && found[0] == rows) {
            return data;
        }
        throw refusal(name, "int64", rows);
    }

    private static InputException refusal(String name, String type, int... shape) {
        return new InputException(
                "saved state: tensor '%s': needs type %s and shape %s"
                        .formatted(name, type, Arrays.toString(shape)));
    }
}
