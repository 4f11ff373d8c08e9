package dev.memo.learner.rollout;

import dev.memo.sim.env.EnvBatch;

/** What is made of behaviour while it happens: for each environment numbers after every step. */
public interface Recognition extends Rollout.Listener {
    /** Recognises nothing. */
    Recognition NONE =
            new Recognition() {
                private static final float[] EMPTY = {};

                @Override
                public int size() {
                    return 0;
                }

                @Override
                public float[] distances(int env) {
                    return EMPTY;
                }

                @Override
                public void reset(EnvBatch state) {}

                @Override
                public void step(float[] actions, EnvBatch state) {}
            };

    /** K, how many codes behaviour is held against; 0 if nothing recognises. */
    int size();

    /**
     * How far what an environment's episode did last is from each code. In the step that ends an
     * episode it is what that episode did.
     *
     * @param env one of those that are watched
     * @return [K], not to be modified; NaN until the episode is long enough
     * @throws IllegalArgumentException if the environment is not watched
     */
    float[] distances(int env);

    /** The first of the nearest codes; -1 where that is not known yet. */
    default int nearest(int env) {
        float[] distances = distances(env);
        if (distances.length == 0 || Float.isNaN(distances[0])) {
            return -1;
        }
        int nearest = 0;
        for (int code = 1; code < distances.length; code++) {
            nearest = distances[code] < distances[nearest] ? code : nearest;
        }
        return nearest;
    }
}
