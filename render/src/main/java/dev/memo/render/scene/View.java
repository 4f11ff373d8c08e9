package dev.memo.render.scene;

import dev.memo.base.InputException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a screen shows. */
public enum View {
    /** One world, all of it. */
    ARENA,
    /** One world, around its robot. */
    FOLLOW,
    /** Many worlds. */
    MOSAIC,
    /** One seed under every mode, side by side and in step. */
    MODES;

    /** The next one, after the last the first. */
    public View next() {
        return values()[(ordinal() + 1) % values().length];
    }

    /** Whether it shows one world alone. */
    public boolean single() {
        return this == ARENA || this == FOLLOW;
    }

    /**
     * By its name in lower case.
     *
     * @throws InputException if there is none of that name
     */
    public static View named(String name) {
        return Arrays.stream(values())
                .filter(view -> view.toString().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new InputException(
                                        "view '%s': must be one of %s"
                                                .formatted(
                                                        name,
                                                        Arrays.stream(values())
                                                                .map(View::toString)
                                                                .collect(
                                                                        Collectors.joining(
                                                                                ", ")))));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
