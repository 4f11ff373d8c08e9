package dev.memo.kernels.jvm;

import dev.memo.kernels.device.Weights;

/** A parameter takes a value of its shape. A part is a block. */
final class AssignmentStep implements UpdateStep {
    private static final int BLOCK = 16_384;

    private final Weights parameter;
    private final float[] value;

    /**
     * @param value of the parameter's shape, not modified
     */
    AssignmentStep(Weights parameter, float[] value) {
        this.parameter = parameter;
        this.value = value;
    }

    @Override
    public void begin() {
        parameter.change();
    }

    @Override
    public int count(int rows) {
        return (parameter.size() + BLOCK - 1) / BLOCK;
    }

    @Override
    public void run(int part, int rows, float[] scratch) {
        int from = part * BLOCK;
        int n = Math.min(BLOCK, parameter.size() - from);
        System.arraycopy(value, from, parameter.data(), from, n);
    }
}
