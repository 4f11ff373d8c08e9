package dev.memo.app;

import dev.memo.app.watch.Pacer;
import dev.memo.base.InputException;
import dev.memo.render.scene.Theme;
import dev.memo.render.scene.View;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The flags of commands that show worlds. */
final class PictureOptions {
    /** Film codes and OpenGL have limits about there. */
    private static final int LONGEST_SIDE = 16_384;

    private static final int SHORTEST_SIDE = 16;

    @Option(
            names = "--view",
            paramLabel = "VIEW",
            converter = ViewName.class,
            description =
                    "arena: one world, all of it; follow: around its robot; mosaic: many worlds;"
                            + " modes: one seed under every mode, side by side.")
    private View view;

    @Option(
            names = "--size",
            paramLabel = "WxH",
            converter = SizeText.class,
            description = "Width and height, such as 1280x720, the default.")
    private Size size;

    @Option(
            names = "--theme",
            paramLabel = "THEME",
            defaultValue = "dark",
            converter = ThemeName.class,
            description = "dark or light; default dark.")
    private Theme theme;

    @Option(
            names = "--speed",
            paramLabel = "X",
            converter = SpeedNumber.class,
            description = "Seconds that pass in the worlds per second, 1/16 to 64; default 1.")
    private Double speed;

    /** Width and height. */
    record Size(int width, int height) {}

    View view(View otherwise) {
        return Optional.ofNullable(view).orElse(otherwise);
    }

    Size size(Size otherwise) {
        return Optional.ofNullable(size).orElse(otherwise);
    }

    Theme theme() {
        return theme;
    }

    double speed() {
        return speed == null ? 1 : speed;
    }

    /** Whether the person gave one. */
    boolean hasSpeed() {
        return speed != null;
    }

    static final class ViewName implements ITypeConverter<View> {
        @Override
        public View convert(String value) {
            try {
                return View.named(value);
            } catch (InputException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    static final class SizeText implements ITypeConverter<Size> {
        private static final Pattern TEXT = Pattern.compile("(\\d{2,5})x(\\d{2,5})");

        @Override
        public Size convert(String value) {
            Matcher text = TEXT.matcher(value);
            if (text.matches()) {
                int width = Integer.parseInt(text.group(1));
                int height = Integer.parseInt(text.group(2));
                if (Math.min(width, height) >= SHORTEST_SIDE
                        && Math.max(width, height) <= LONGEST_SIDE) {
                    return new Size(width, height);
                }
            }
            throw new TypeConversionException(
                    "%s: must be width and height in pixels from %d to %d, such as 1280x720"
                            .formatted(value, SHORTEST_SIDE, LONGEST_SIDE));
        }
    }

    static final class ThemeName implements ITypeConverter<Theme> {
        @Override
        public Theme convert(String value) {
            return switch (value) {
                case "dark" -> Theme.DARK;
                case "light" -> Theme.LIGHT;
                default -> throw new TypeConversionException(value + ": must be dark or light");
            };
        }
    }

    static final class SpeedNumber implements ITypeConverter<Double> {
        @Override
        public Double convert(String value) {
            return within(value, Pacer.SLOWEST, Pacer.FASTEST);
        }
    }

    static final class ScaleNumber implements ITypeConverter<Double> {
        @Override
        public Double convert(String value) {
            return within(value, 0.25, 8);
        }
    }

    /** A time or a rate. */
    static final class Positive implements ITypeConverter<Double> {
        @Override
        public Double convert(String value) {
            return within(value, 1e-3, 1e6);
        }
    }

    private static double within(String value, double least, double most) {
        try {
            double number = Double.parseDouble(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Refused below, like a number that is too small.
        }
        throw new TypeConversionException(
                "%s: must be a number from %s to %s".formatted(value, least, most));
    }
}
