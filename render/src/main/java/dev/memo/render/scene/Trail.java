package dev.memo.render.scene;

import dev.memo.sim.env.Scene;
import java.util.Arrays;

/**
 * The places of a robot in one episode. One thread adds; others may read what was there when they
 * were handed the {@link Shot} that counts it, because places never change.
 */
public final class Trail {
    private static final int FIRST_ROOM = 256;

    private volatile float[] places = new float[2 * FIRST_ROOM];
    private int count;

    /** The next place. */
    public void add(Scene.Pose robot) {
        float[] room = places;
        if (2 * count == room.length) {
            room = Arrays.copyOf(room, 2 * room.length);
        }
        room[2 * count] = (float) robot.x();
        room[2 * count + 1] = (float) robot.y();
        count++;
        places = room;
    }

    /** m */
    float x(int index) {
        return places[2 * index];
    }

    /** m */
    float y(int index) {
        return places[2 * index + 1];
    }
}
