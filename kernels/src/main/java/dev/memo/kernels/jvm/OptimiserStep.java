package dev.memo.kernels.jvm;

import static dev.memo.kernels.jvm.Lanes.LENGTH;
import static dev.memo.kernels.jvm.Lanes.SPECIES;

import dev.memo.kernels.Optimiser;
import dev.memo.kernels.Optimiser.AdaBelief;
import dev.memo.kernels.Optimiser.Adam;
import dev.memo.kernels.device.StepFactors;
import dev.memo.kernels.device.Weights;
import jdk.incubator.vector.FloatVector;

/** One optimiser step on one parameter; {@link Optimiser} has the formulas. A part is a block. */
final class OptimiserStep implements UpdateStep {
    private static final int BLOCK = 16_384;

    private final Weights parameter;
    private final float[] gradient;
    private final float[] learningRate;
    private final float[] norm;
    private final Optimiser optimiser;
    private final StepFactors factors;

    private float scale;
    private float keep;
    private float step;
    private float root;
    private boolean momentOnly;

    /**
     * @param gradient of the parameter's shape, padded
     * @param learningRate one number
     * @param norm one number, or null if nothing is clipped
     */
    OptimiserStep(
            Weights parameter,
            float[] gradient,
            float[] learningRate,
            float[] norm,
            Optimiser optimiser) {
        this.parameter = parameter;
        this.gradient = gradient;
        this.learningRate = learningRate;
        this.norm = norm;
        this.optimiser = optimiser;
        factors = new StepFactors(optimiser.rule());
    }

    @Override
    public int count(int rows) {
        return (parameter.size() + BLOCK - 1) / BLOCK;
    }

    /** Works out the numbers that all parts of this step share. */
    @Override
    public void begin() {
        boolean clip = norm != null && norm[0] > optimiser.maxNorm();
        scale = clip ? (float) (optimiser.maxNorm() / norm[0]) : 1;
        keep = (float) (1 - optimiser.weightDecay());
        factors.at(parameter.nextStep());
        root = (float) factors.root();
        momentOnly = factors.momentOnly();
        step = (float) -(learningRate[0] * factors.rate());
    }

    @Override
    public void run(int part, int rows, float[] scratch) {
        int from = part * BLOCK;
        int n = Lanes.roundUp(Math.min(BLOCK, parameter.size() - from));
        switch (optimiser.rule()) {
            case Adam _ ->
                    adam(
                            parameter.data(),
                            parameter.first(),
                            parameter.second(),
                            gradient,
                            from,
                            n);
            case AdaBelief _ ->
                    adaBelief(
                            parameter.data(),
                            parameter.first(),
                            parameter.second(),
                            gradient,
                            from,
                            n);
        }
    }

    private void adam(float[] p, float[] m, float[] v, float[] g, int from, int n) {
        float share1 = (float) (1 - optimiser.rule().beta1());
        float beta2 = (float) optimiser.rule().beta2();
        float share2 = (float) (1 - optimiser.rule().beta2());
        float epsilon = (float) optimiser.rule().epsilon();
        for (int i = from; i < from + n; i += LENGTH) {
            FloatVector slope = vector(g, i).mul(scale);
            FloatVector first = vector(m, i);
            first = slope.sub(first).fma(constant(share1), first);
            FloatVector second = slope.mul(slope).fma(constant(share2), vector(v, i).mul(beta2));
            FloatVector deviation = second.sqrt().fma(constant(root), constant(epsilon));
            FloatVector move = first.div(deviation);
            first.intoArray(m, i);
            second.intoArray(v, i);
            move.fma(constant(step), vector(p, i).mul(keep)).intoArray(p, i);
        }
    }

    private void adaBelief(float[] p, float[] m, float[] v, float[] g, int from, int n) {
        float share1 = (float) (1 - optimiser.rule().beta1());
        float beta2 = (float) optimiser.rule().beta2();
        float share2 = (float) (1 - optimiser.rule().beta2());
        float epsilon = (float) optimiser.rule().epsilon();
        for (int i = from; i < from + n; i += LENGTH) {
            FloatVector slope = vector(g, i).mul(scale);
            FloatVector first = vector(m, i);
            first = slope.sub(first).fma(constant(share1), first);
            FloatVector surprise = slope.sub(first);
            FloatVector second =
                    surprise.mul(surprise)
                            .fma(constant(share2), vector(v, i).mul(beta2))
                            .add(epsilon);
            FloatVector deviation = second.sqrt().fma(constant(root), constant(epsilon));
            FloatVector move = momentOnly ? first : first.div(deviation);
            first.intoArray(m, i);
            second.intoArray(v, i);
            move.fma(constant(step), vector(p, i).mul(keep)).intoArray(p, i);
        }
    }

    private static FloatVector vector(float[] array, int offset) {
        return FloatVector.fromArray(SPECIES, array, offset);
    }

    private static FloatVector constant(float value) {
        return FloatVector.broadcast(SPECIES, value);
    }
}
