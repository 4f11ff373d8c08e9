package dev.memo.render.scene;

import java.util.List;

/**
 * What stands beside the worlds.
 *
 * @param title what is shown
 * @param choices names of what digits choose, from 0 on; empty where nothing can be chosen
 * @param chosen the choice in force; {@link Shot#NO_MODE} for none
 * @param state how time goes: {@code paused}, {@code x4}
 * @param hint what can be pressed
 * @param help lines of the help, in pairs of key and meaning; empty while it is not shown
 */
public record Hud(
        String title,
        List<String> choices,
        int chosen,
        String state,
        String hint,
        List<List<String>> help) {
    public Hud {
        choices = List.copyOf(choices);
        help = List.copyOf(help);
    }

    /** Of pictures that nobody steers. */
    public static Hud titled(String title) {
        return new Hud(title, List.of(), Shot.NO_MODE, "", "", List.of());
    }
}
