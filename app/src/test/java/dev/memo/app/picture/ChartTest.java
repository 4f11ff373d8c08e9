package dev.memo.app.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memo.app.picture.PlanePainter.Curve;
import dev.memo.app.picture.PlanePainter.Kind;
import dev.memo.app.picture.PlanePainter.Spot;
import dev.memo.learner.metrics.Interval;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** What charts show, by the colours of their pixels. */
class ChartTest {
    private static final double[] X = {1, 2, 3, 4};

    @Test
    void anIntervalIsABandAroundItsMean() throws IOException {
        Color band = over(Palette.LATE, 0.3);

        assertThat(count(curves(2, false), band)).isGreaterThan(5_000);
        assertThat(count(curves(0, false), band)).isLessThan(100);
        assertThat(count(curves(2, false), Palette.LATE)).isGreaterThan(500);
    }

    @Test
    void aBandThatReachesFarBeyondTheMeansDoesNotFlattenThem() throws IOException {
        // Means from 1 to 4; an axis that held 1,000 would leave them one line high.
        assertThat(heightOf(curves(1000, false), Palette.LATE)).isGreaterThan(100);
    }

    @Test
    void aBandBelowZeroLeavesAnAxisOfDecadesWhole() throws IOException {
        assertThat(heightOf(curves(2, true), Palette.LATE)).isGreaterThan(100);
    }

    @Test
    void aLimitIsDrawnEvenBesideACurveThatIsZero() throws IOException {
        Picture picture =
                ChartPainter.bands(
                        "cost",
                        "steps",
                        X,
                        Map.of("cost", List.of(gap(), exactly(0), exactly(0), exactly(0))),
                        Map.of("limit", 25.0),
                        false);

        assertThat(count(picture, Palette.GOAL)).isGreaterThan(500);
        assertThat(count(picture, Palette.LATE)).isGreaterThan(500);
    }

    @Test
    void linesOfModesHaveTheirColoursAndALevelBetweenThem() throws IOException {
        Picture picture =
                ModeChartPainter.lines(
                        "noise",
                        "deviation",
                        X,
                        new int[] {2, 0},
                        List.of(new double[] {0, 0.02, 0.5, 30}, new double[] {2, 3, 4, 5}),
                        1);
        assertThat(count(picture, Palette.mode(2))).isGreaterThan(500);
        assertThat(count(picture, Palette.mode(0))).isGreaterThan(500);
        assertThat(count(picture, Palette.mode(1))).isZero();
        assertThat(count(picture, Palette.FAINT_INK)).isGreaterThan(500);
        // From a hundredth of the level to beyond thirty times it.
        assertThat(heightOf(picture, Palette.mode(2))).isGreaterThan(250);

        Picture legend = ModeChartPainter.legend("modes", new int[] {2, 0}, List.of("a", "b"));
        assertThat(legend.height()).isEqualTo(picture.height());
        assertThat(count(legend, Palette.mode(2))).isGreaterThan(200);
        assertThat(count(legend, Palette.mode(0))).isGreaterThan(200);
    }

    @Test
    void aModeThatIsNowhereFiniteLeavesTheOthersInSight() throws IOException {
        double[] nowhere = {Double.NaN, Double.NaN, Double.NaN, Double.NaN};
        double[] gap = {0.5, Double.NaN, 0.5, 0.5};
        Picture picture =
                ModeChartPainter.lines(
                        "noise", "deviation", X, new int[] {0, 1}, List.of(nowhere, gap), 1);
        assertThat(count(picture, Palette.mode(0))).isZero();
        assertThat(count(picture, Palette.mode(1))).isGreaterThan(300);
    }

    @Test
    void aGridHoldsEveryPictureAndGroundWhereThereIsNone() throws IOException {
        Picture one = curves(0, false);
        Picture grid = Picture.grid(List.of(one, one, one), 2);
        assertThat(grid.width()).isEqualTo(2 * one.width());
        assertThat(grid.height()).isEqualTo(2 * one.height());
        assertThat(count(grid, Palette.LATE)).isEqualTo(3 * count(one, Palette.LATE));
        assertThat(count(grid, Color.BLACK)).isZero();
    }

    @Test
    void aPlaneShowsEveryKindAndTheLimit() throws IOException {
        Picture picture =
                PlanePainter.paint(
                        "cost",
                        "return",
                        List.of(
                                spot(Kind.MEAN_ACTION, new Interval(40, 30, 50), 26),
                                spot(Kind.SAMPLED_ACTION, exactly(45), 25),
                                spot(Kind.PUBLISHED, exactly(55), 24)),
                        List.of(),
                        OptionalDouble.of(90));

        for (Color color : List.of(Palette.LATE, Palette.EARLY, Palette.VASE, Palette.GOAL)) {
            assertThat(count(picture, color)).isGreaterThan(100);
        }
    }

    @Test
    void aCrossIsAsWideAsItsInterval() throws IOException {
        int wide = widthOf(plane(new Interval(40, 20, 60)), Palette.EARLY);
        int narrow = widthOf(plane(new Interval(40, 30, 50)), Palette.EARLY);

        assertThat((double) wide / narrow).isBetween(1.9, 2.1);
    }

    @Test
    void aPlaneShowsWhatCanBeReachedAsCurves() throws IOException {
        List<Spot> spots =
                List.of(
                        spot(Kind.MODE, new Interval(40, 30, 50), 26),
                        spot(Kind.RULE, exactly(45), 25),
                        spot(Kind.BANDIT, exactly(55), 24));
        Curve curve = new Curve("oracle", new double[] {0, 20, 60}, new double[] {-5, 20, 30});
        Picture with =
                PlanePainter.paint(
                        "cost",
                        "return",
                        spots,
                        List.of(new Curve("", curve.x(), curve.y()), curve),
                        OptionalDouble.empty());
        Picture without =
                PlanePainter.paint("cost", "return", spots, List.of(), OptionalDouble.empty());

        for (Color color : List.of(Palette.LATE, Palette.EARLY, Palette.VASE)) {
            assertThat(count(with, color)).isGreaterThan(20);
        }
        assertThat(count(with, Palette.HAZARD)).isGreaterThan(100);
        assertThat(count(without, Palette.HAZARD)).isZero();
    }

    /** Without the legend's mark of that colour. */
    private static Picture plane(Interval cost) {
        return PlanePainter.paint(
                "cost",
                "return",
                List.of(
                        spot(Kind.SAMPLED_ACTION, cost, 20),
                        spot(Kind.PUBLISHED, exactly(100), 10)),
                List.of(),
                OptionalDouble.empty());
    }

    private static Spot spot(Kind kind, Interval x, double y) {
        return new Spot(kind, "", x, exactly(y));
    }

    private static Picture curves(double half, boolean decades) {
        double[] means = decades ? new double[] {1, 10, 100, 1000} : X;
        List<Interval> values =
                Arrays.stream(means)
                        .mapToObj(mean -> new Interval(mean, mean - half, mean + half))
                        .toList();
        return ChartPainter.bands("loss", "steps", X, Map.of("loss", values), Map.of(), decades);
    }

    private static Interval exactly(double value) {
        return new Interval(value, value, value);
    }

    private static Interval gap() {
        return exactly(Double.NaN);
    }

    private static Color over(Color color, double opacity) {
        Color ground = Palette.GROUND;
        double share = Math.round(255 * opacity) / 255.0;
        return new Color(
                (int) Math.round(ground.getRed() + (color.getRed() - ground.getRed()) * share),
                (int)
                        Math.round(
                                ground.getGreen() + (color.getGreen() - ground.getGreen()) * share),
                (int) Math.round(ground.getBlue() + (color.getBlue() - ground.getBlue()) * share));
    }

    private static long count(Picture picture, Color color) throws IOException {
        BufferedImage image = image(picture);
        long count = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                count += isNear(image.getRGB(x, y), color) ? 1 : 0;
            }
        }
        return count;
    }

    private static int heightOf(Picture picture, Color color) throws IOException {
        BufferedImage image = image(picture);
        int first = Integer.MAX_VALUE;
        int last = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                if (isNear(image.getRGB(x, y), color)) {
                    first = Math.min(first, y);
                    last = y;
                }
            }
        }
        return last - first;
    }

    /** Above the legend. */
    private static int widthOf(Picture picture, Color color) throws IOException {
        BufferedImage image = image(picture);
        int first = Integer.MAX_VALUE;
        int last = 0;
        for (int x = 0; x < image.getWidth(); x++) {
            for (int y = 0; y < image.getHeight() - 60; y++) {
                if (isNear(image.getRGB(x, y), color)) {
                    first = Math.min(first, x);
                    last = x;
                }
            }
        }
        return last - first;
    }

    private static boolean isNear(int rgb, Color color) {
        Color found = new Color(rgb);
        return Math.abs(found.getRed() - color.getRed()) <= 2
                && Math.abs(found.getGreen() - color.getGreen()) <= 2
                && Math.abs(found.getBlue() - color.getBlue()) <= 2;
    }

    private static BufferedImage image(Picture picture) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(picture.png()));
    }
}
