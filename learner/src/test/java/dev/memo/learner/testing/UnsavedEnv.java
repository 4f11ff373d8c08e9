package dev.memo.learner.testing;

import dev.memo.base.TensorFile;
import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.Scene;
import dev.memo.sim.env.VectorEnv;

/** Environments of tests that neither save, fork nor draw them. */
public abstract class UnsavedEnv implements VectorEnv {
    @Override
    public TensorFile save() {
        throw new AssertionError("not part of this test");
    }

    @Override
    public void restore(TensorFile state, EnvBatch out) {
        throw new AssertionError("not part of this test");
    }

    @Override
    public void fork(int env, EnvBatch out) {
        throw new AssertionError("not part of this test");
    }

    @Override
    public Scene scene(int env) {
        throw new AssertionError("not part of this test");
    }

    @Override
    public void close() {}
}
