package dev.memo.render;

import dev.memo.base.InputException;
import dev.memo.render.gl.EglRenderer;
import org.junit.jupiter.api.Assumptions;

/** OpenGL without a screen, for tests that are skipped on machines without. */
public final class OpenGl {
    private OpenGl() {}

    /** A renderer, or the end of the test with the reason. */
    public static EglRenderer renderer(int width, int height, double density) {
        try {
            return new EglRenderer(width, height, density);
        } catch (InputException e) {
            return Assumptions.abort(e.getMessage());
        }
    }
}
