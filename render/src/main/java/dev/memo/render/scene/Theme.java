package dev.memo.render.scene;

import dev.memo.render.canvas.Colors;
import java.util.List;

/**
 * Colours after Safety Gym: goals green, hazards blue, vases cyan, the robot red. Green and red,
 * blue and cyan also differ in brightness and shape, for people who see no difference between the
 * hues; modes have the colours of Okabe and Ito (2008), which such people can tell apart.
 *
 * @param ground behind panels
 * @param floor of a world
 * @param grid its lines
 * @param border of the square in which objects are placed
 * @param ink text
 * @param faintInk text that says less
 * @param goal a goal's edge; its disc is the same, see-through
 * @param hazard likewise
 * @param vase a vase
 * @param robot its body
 * @param outline around the robot
 * @param cost what flashes while costs are paid
 * @param modes one colour after the other; then they come again
 */
public record Theme(
        int ground,
        int floor,
        int grid,
        int border,
        int ink,
        int faintInk,
        int goal,
        int hazard,
        int vase,
        int robot,
        int outline,
        int cost,
        List<Integer> modes) {
    private static final int ORANGE = 0xFFE69F00;
    private static final int SKY = 0xFF56B4E9;
    private static final int GREEN = 0xFF009E73;
    private static final int YELLOW = 0xFFF0E442;
    private static final int BLUE = 0xFF0072B2;
    private static final int VERMILION = 0xFFD55E00;
    private static final int PURPLE = 0xFFCC79A7;

    /** For screens in rooms. */
    public static final Theme DARK =
            new Theme(
                    0xFF0E1020,
                    0xFF1A1D36,
                    0xFF262A4A,
                    0xFF5A6090,
                    0xFFFFFFFF,
                    0xFFB4B8D6,
                    0xFF7BE88A,
                    0xFF4D7CFF,
                    0xFF4FE3F0,
                    0xFFE5304A,
                    0xFFFFFFFF,
                    0xFFFF4A3D,
                    List.of(ORANGE, SKY, GREEN, YELLOW, PURPLE, VERMILION, BLUE));

    /** For paper and slides. */
    public static final Theme LIGHT =
            new Theme(
                    0xFFE9EAF0,
                    0xFFFFFFFF,
                    0xFFEDEEF3,
                    0xFF9AA0B8,
                    0xFF14162B,
                    0xFF5B6080,
                    0xFF2FB65A,
                    0xFF2748D8,
                    0xFF18B7CC,
                    0xFFC8102E,
                    0xFF14162B,
                    0xFFFF4A3D,
                    List.of(ORANGE, SKY, GREEN, 0xFFC9B800, PURPLE, VERMILION, BLUE));

    public Theme {
        modes = List.copyOf(modes);
    }

    /** The colour of a mode; from the eighth on colours come again, fainter. */
    public int mode(int mode) {
        int color = modes.get(mode % modes.size());
        return mode < modes.size() ? color : Colors.mix(color, floor, 0.45);
    }
}
