package dev.memo.kernels.device;

import dev.memo.kernels.Leaf;
import java.util.function.IntFunction;

/** One parameter with the state of its optimiser, on the host. */
public final class Weights {
    private final Leaf.Parameter parameter;
    private final int size;
    private final float[] data;
    private float[] first;
    private float[] second;
    private long steps;
    private long version;

    Weights(Leaf.Parameter parameter, long seed, IntFunction<float[]> arrays) {
        this.parameter = parameter;
        size = parameter.shape().height() * parameter.shape().width();
        float[] values = new float[size];
        parameter.initialiser().fill(seed, parameter.name(), values);
        data = arrays.apply(size);
        set(values);
    }

    /** Makes room for the moments. */
    void train(IntFunction<float[]> arrays) {
        if (first == null) {
            first = arrays.apply(size);
            second = arrays.apply(size);
        }
    }

    /** What it holds. */
    public Leaf.Parameter parameter() {
        return parameter;
    }

    /** Entries. */
    public int size() {
        return size;
    }

    /** The entries, row-major, at the beginning of an array of the device's making. */
    public float[] data() {
        return data;
    }

    /** The first moment, or null if no program minimises this. */
    public float[] first() {
        return first;
    }

    /** The second moment, or null. */
    public float[] second() {
        return second;
    }

    /** Optimiser steps so far. */
    public long steps() {
        return steps;
    }

    void steps(long steps) {
        this.steps = steps;
    }

    /** Counts a change that is being made to {@link #data}. */
    public void change() {
        version++;
    }

    /** The number of the step that is being made, from 1. */
    public long nextStep() {
        version++;
        return ++steps;
    }

    /** Grows with every change. */
    public long version() {
        return version;
    }

    void set(float[] values) {
        System.arraycopy(values, 0, data, 0, size);
        version++;
    }
}
