package dev.memo.render.film;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memo.base.InputException;
import dev.memo.render.Difference;
import dev.memo.render.canvas.ImageRenderer;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/** Animations as ImageIO reads them back. */
class GifTest {
    private static final int WIDTH = 61;
    private static final int HEIGHT = 47;

    @TempDir Path folder;

    /**
     * A picture as it was written.
     *
     * @param description ImageIO's metadata
     * @param shown what is seen when it is laid over those before
     */
    private record Frame(Element description, BufferedImage shown) {
        Rectangle place() {
            Element place = part("ImageDescriptor");
            return new Rectangle(
                    number(place, "imageLeftPosition"),
                    number(place, "imageTopPosition"),
                    number(place, "imageWidth"),
                    number(place, "imageHeight"));
        }

        int delay() {
            return number(part("GraphicControlExtension"), "delayTime");
        }

        Element part(String name) {
            return (Element) description.getElementsByTagName(name).item(0);
        }

        private static int number(Element element, String attribute) {
            return Integer.parseInt(element.getAttribute(attribute));
        }
    }

    private static List<Frame> read(byte[] gif) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        List<Frame> frames = new ArrayList<>();
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(gif))) {
            reader.setInput(in);
            BufferedImage shown = null;
            for (int i = 0; i < reader.getNumImages(true); i++) {
                BufferedImage image = reader.read(i);
                Frame frame =
                        new Frame(
                                (Element)
                                        reader.getImageMetadata(i)
                                                .getAsTree("javax_imageio_gif_image_1.0"),
                                new BufferedImage(
                                        reader.getWidth(0),
                                        reader.getHeight(0),
                                        BufferedImage.TYPE_INT_RGB));
                if (shown != null) {
                    shown.copyData(frame.shown.getRaster());
                }
                Rectangle place = frame.place();
                frame.shown.createGraphics().drawImage(image, place.x, place.y, null);
                shown = frame.shown;
                frames.add(frame);
            }
        } finally {
            reader.dispose();
        }
        return frames;
    }

    private static BufferedImage plain(int color) {
        BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            picture.setRGB(i % WIDTH, i / WIDTH, color);
        }
        return picture;
    }

    /** Discs with smooth edges on a dark ground, some of which move. */
    private static List<BufferedImage> moving(int count) {
        ImageRenderer renderer = new ImageRenderer(WIDTH, HEIGHT, 1);
        return IntStream.range(0, count)
                .mapToObj(
                        i ->
                                renderer.render(
                                        canvas -> {
                                            canvas.rectangle(0, 0, WIDTH, HEIGHT, 0xFF20233A);
                                            canvas.disc(15, 15, 9, 0x804060FF, 2, 0xFF4060FF);
                                            canvas.disc(20 + i, 25, 8, 0xFFD7263D);
                                            canvas.disc(50 - i, 30, 6, 0x8040C060);
                                        }))
                .toList();
    }

    private static void assertExact(List<Frame> frames, List<BufferedImage> pictures) {
        assertThat(frames).hasSameSizeAs(pictures);
        for (int i = 0; i < frames.size(); i++) {
            assertThat(Difference.of(frames.get(i).shown, pictures.get(i)).share(0)).isZero();
        }
    }

    @Test
    void hasThePicturesOnePerFrameAndLoopsForEver() throws IOException {
        List<BufferedImage> pictures = moving(7);
        List<Frame> frames = read(Film.gif(pictures, 30));
        assertThat(frames).hasSize(7);
        assertThat(frames.getFirst().place()).isEqualTo(new Rectangle(WIDTH, HEIGHT));
        IIOMetadataNode loop = (IIOMetadataNode) frames.getFirst().part("ApplicationExtension");
        assertThat(loop.getAttribute("applicationID")).isEqualTo("NETSCAPE");
        assertThat(loop.getAttribute("authenticationCode")).isEqualTo("2.0");
        assertThat((byte[]) loop.getUserObject()).containsExactly(1, 0, 0);
    }

    @Test
    void delaysAreRoundedSoThatTheirSumIsTrue() throws IOException {
        List<Frame> frames = read(Film.gif(moving(7), 30));
        // Pictures begin at 0, 3 1/3, 6 2/3, 10, ... hundredths of a second.
        assertThat(frames).extracting(Frame::delay).containsExactly(3, 4, 3, 3, 4, 3, 3);
        assertThat(read(Film.gif(moving(2), 50))).extracting(Frame::delay).containsExactly(2, 2);
        assertThat(read(Film.gif(moving(2), 0.01)))
                .extracting(Frame::delay)
                .containsExactly(10_000, 10_000);
    }

    @Test
    void showsEveryPictureNearlyAsItWas() throws IOException {
        List<BufferedImage> pictures = moving(20);
        List<Frame> frames = read(Film.gif(pictures, 20));
        for (int i = 0; i < frames.size(); i++) {
            Difference difference = Difference.of(frames.get(i).shown, pictures.get(i));
            assertThat(difference.share(12)).isZero();
            assertThat(difference.mean()).isLessThan(0.1);
        }
    }

    @Test
    void as255ColorsFitTheyStayExact() throws IOException {
        BufferedImage first = plain(0);
        BufferedImage second = plain(0);
        // With black; neighbours that a coarser table would mix up.
        for (int i = 0; i < 254; i++) {
            (i < 128 ? first : second).setRGB(i % WIDTH, i / WIDTH, 0x808000 + i);
        }
        List<BufferedImage> pictures = List.of(first, second, first);
        assertExact(read(Film.gif(pictures, 10)), pictures);
    }

    @Test
    void manyColorsBecomeNearOnes() throws IOException {
        BufferedImage picture = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 4096; i++) {
            picture.setRGB(
                    i % 64, i / 64, (i >> 8) * 0x110000 | (i >> 4 & 15) * 0x1100 | i % 16 * 17);
        }
        Frame frame = read(Film.gif(List.of(picture), 10)).getFirst();
        Difference difference = Difference.of(frame.shown, picture);
        // 255 colours on a cube of side 255 are about 40 apart.
        assertThat(difference.share(60)).isZero();
        assertThat(difference.mean()).isLessThan(25);
    }

    @Test
    void aColorThatComesLateIsRight() throws IOException {
        List<BufferedImage> pictures = new ArrayList<>(moving(10));
        pictures.add(plain(0xFFE066));
        Frame last = read(Film.gif(pictures, 10)).getLast();
        assertThat(Difference.of(last.shown, pictures.getLast()).share(0)).isZero();
    }

    @Test
    void onlyWhatChangedIsWritten() throws IOException {
        BufferedImage dot = plain(0x20233A);
        dot.setRGB(40, 30, 0xFFFFFF);
        BufferedImage corners = plain(0x20233A);
        corners.setRGB(0, 0, 0xFFFFFF);
        corners.setRGB(WIDTH - 1, HEIGHT - 1, 0xFFFFFF);
        List<BufferedImage> pictures =
                List.of(plain(0x20233A), plain(0x20233A), dot, dot, plain(0x20233A), corners);
        List<Frame> frames = read(Film.gif(pictures, 10));
        assertExact(frames, pictures);
        assertThat(frames)
                .extracting(Frame::place)
                .containsExactly(
                        new Rectangle(WIDTH, HEIGHT),
                        new Rectangle(1, 1),
                        new Rectangle(40, 30, 1, 1),
                        new Rectangle(1, 1),
                        new Rectangle(40, 30, 1, 1),
                        new Rectangle(WIDTH, HEIGHT));
    }

    @Test
    void allPicturesShareOnePalette() throws IOException {
        assertThat(read(Film.gif(moving(5), 10)))
                .allSatisfy(frame -> assertThat(frame.part("LocalColorTable")).isNull());
    }

    @Test
    void equalPicturesGiveEqualBytesInMemoryAndInAFile() throws IOException {
        byte[] bytes = Film.gif(moving(5), 10);
        assertThat(Film.gif(moving(5), 10)).isEqualTo(bytes);
        Path file = folder.resolve("moving.GIF");
        try (Film film = Film.open(file, WIDTH, HEIGHT, 10)) {
            moving(5).forEach(film::add);
            film.finish();
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
        assertThat(folder).isDirectoryContaining(path -> path.equals(file));
    }

    @Test
    void theHighestByteOfAPictureMeansNothing() throws IOException {
        BufferedImage picture = plain(0);
        int[] row = new int[WIDTH];
        Arrays.fill(row, 0xFF4060FF);
        picture.getRaster().setDataElements(0, 5, WIDTH, 1, row);
        BufferedImage expected = plain(0);
        expected.setRGB(0, 5, WIDTH, 1, row, 0, WIDTH);
        assertExact(read(Film.gif(List.of(picture), 10)), List.of(expected));
    }

    @Test
    void refusesWhatBrowsersDoNotShow() {
        assertThatThrownBy(() -> Film.gif(moving(1), 60))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "GIF: 60.0 pictures per second: must be 0.01 to 50, as browsers show no"
                                + " more");
        assertThatThrownBy(() -> Film.open(folder.resolve("a.gif"), 8, 8, 60))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("must be 0.01 to 50");
    }

    @Test
    void refusesNoPictureAndPicturesOfSeveralSizes() {
        assertThatThrownBy(() -> Film.gif(List.of(), 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a film needs a picture");
        BufferedImage small = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
        assertThatThrownBy(() -> Film.gif(List.of(plain(0), small), 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("8 x 8");
    }
}
