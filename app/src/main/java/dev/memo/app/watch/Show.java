package dev.memo.app.watch;

import dev.memo.render.scene.Shot;
import dev.memo.sim.scenario.Scenario;
import java.util.List;

/** Worlds under way, stepped together. One thread at a time calls it. */
public interface Show extends AutoCloseable {
    /** Of all worlds. */
    Scenario scenario();

    /** One step of all worlds. */
    void step();

    /** All worlds as the last step left them; the list never changes. */
    List<Shot> shots();

    /** Starts anew. */
    void reset();

    /** Starts anew with seeds that are so many further on, where there are any. */
    void move(int seeds);

    /** Chooses who acts in all worlds from the next step on, where that can be chosen. */
    void choose(int mode);

    /**
     * What a person does from the next step on in the world that a person drives, if there is one.
     *
     * @param thrust -1 to 1
     * @param turn -1 to 1, to the left
     */
    void drive(float thrust, float turn);

    @Override
    void close();
}
