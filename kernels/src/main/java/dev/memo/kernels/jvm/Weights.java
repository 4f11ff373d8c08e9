package dev.memo.kernels.jvm;

import dev.memo.kernels.Leaf;

/** One parameter with the state of its optimiser. */
final class Weights implements Variable {
    private final Leaf.Parameter parameter;
    private final int size;
    private final float[] data;
    private float[] first;
    private float[] second;
    private long steps;
    private long version;

    Weights(Leaf.Parameter parameter, long seed) {
        this.parameter = parameter;
        size = parameter.shape().height() * parameter.shape().width();
        float[] values = new float[size];
        parameter.initialiser().fill(seed, parameter.name(), values);
        data = Lanes.padded(size);
        set(values);
    }

    /** Makes room for the moments. */
    void train() {
        if (first == null) {
            first = Lanes.padded(size);
            second = Lanes.padded(size);
        }
    }

    Leaf.Parameter parameter() {
        return parameter;
    }

    int size() {
        return size;
    }

    @Override
    public float[] data() {
        return data;
    }

    /** The first moment, or null if no program minimises this. */
    float[] first() {
        return first;
    }

    /** The second moment, or null. */
    float[] second() {
        return second;
    }

    long steps() {
        return steps;
    }

    void steps(long steps) {
        this.steps = steps;
    }

    /** Counts a change that is being made to {@link #data}. */
    void change() {
        version++;
    }

    /** The number of the step that is being made, from 1. */
    long nextStep() {
        version++;
        return ++steps;
    }

    @Override
    public long version() {
        return version;
    }

    void set(float[] values) {
        System.arraycopy(values, 0, data, 0, size);
        version++;
    }
}
