package dev.memo.render.film;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * An animated GIF that loops for ever. Its palette is of all pictures, so they are kept until the
 * last one is there: of each the rectangle that differs from the picture before, compressed. Only
 * that rectangle is written, and what did not change in it is transparent, which compresses well.
 */
final class Gif {
    /** One of the 256 indexes means transparent. */
    private static final int COLORS = 255;

    private static final String FORMAT = "javax_imageio_gif_image_1.0";

    private final int width;
    private final int height;
    private final double rate;
    private final ColorCounts counts = new ColorCounts();
    private final List<Change> changes = new ArrayList<>();

    /** [height * width] the last picture; null before the first. */
    private int[] shown;

    /** A rectangle of a picture and its colours, compressed. */
    private record Change(Rectangle place, byte[] colors) {}

    Gif(int width, int height, double rate) {
        this.width = width;
        this.height = height;
        this.rate = rate;
    }

    void add(int[] colors) {
        counts.add(colors);
        Rectangle place = shown == null ? new Rectangle(width, height) : changed(shown, colors);
        changes.add(new Change(place, compressed(colors, place)));
        shown = colors;
    }

    /** The smallest rectangle with all differences; one pixel if there is none. */
    private Rectangle changed(int[] before, int[] after) {
        int left = width;
        int right = 0;
        int top = height;
        int bottom = 0;
        for (int y = 0; y < height; y++) {
            int row = y * width;
            int first = Arrays.mismatch(before, row, row + width, after, row, row + width);
            if (first >= 0) {
                int last = width - 1;
                while (before[row + last] == after[row + last]) {
                    last--;
                }
                left = Math.min(left, first);
                right = Math.max(right, last + 1);
                top = Math.min(top, y);
                bottom = y + 1;
            }
        }
        return bottom == 0
                ? new Rectangle(1, 1)
                : new Rectangle(left, top, right - left, bottom - top);
    }

    private byte[] compressed(int[] colors, Rectangle place) {
        ByteBuffer bytes = ByteBuffer.allocate(place.width * place.height * Integer.BYTES);
        for (int y = place.y; y < place.y + place.height; y++) {
            bytes.slice((y - place.y) * place.width * Integer.BYTES, place.width * Integer.BYTES)
                    .asIntBuffer()
                    .put(colors, y * width + place.x, place.width);
        }
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(compressed, deflater)) {
            out.write(bytes.array());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
        return compressed.toByteArray();
    }

    /** The file. */
    byte[] bytes() {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            write(writer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private void write(ImageWriter writer) throws IOException {
        Palette palette = Palette.of(counts, COLORS);
        IndexColorModel model = palette.colorModel();
        // Of what is seen, pixel by pixel; transparent shows none of the palette's colours.
        byte[] seen = new byte[width * height];
        Arrays.fill(seen, (byte) palette.size());
        // The writer takes the first image's size and palette for all.
        writer.prepareWriteSequence(null);
        for (int i = 0; i < changes.size(); i++) {
            Change change = changes.get(i);
            BufferedImage image = image(change, palette, model, seen);
            IIOMetadata metadata =
                    writer.getDefaultImageMetadata(
                            ImageTypeSpecifier.createFromRenderedImage(image), null);
            metadata.mergeTree(FORMAT, description(change.place, delay(i), palette.size(), i == 0));
            writer.writeToSequence(new IIOImage(image, null, metadata), null);
        }
        writer.endWriteSequence();
    }

    /** Hundredths of a second from one picture's beginning, rounded, to the next one's. */
    private int delay(int picture) {
        return (int) (Math.round((picture + 1) * 100 / rate) - Math.round(picture * 100 / rate));
    }

    /** A change as indexes of the palette, or transparent where they are seen already. */
    private BufferedImage image(Change change, Palette palette, IndexColorModel model, byte[] seen)
            throws IOException {
        Rectangle place = change.place;
        ByteBuffer colors;
        try (InflaterInputStream in =
                new InflaterInputStream(new ByteArrayInputStream(change.colors))) {
            colors = ByteBuffer.wrap(in.readAllBytes());
        }
        byte[] indexes = new byte[place.width * place.height];
        for (int i = 0; i < indexes.length; i++) {
            int at = (place.y + i / place.width) * width + place.x + i % place.width;
            byte index = (byte) palette.index(colors.getInt());
            indexes[i] = index == seen[at] ? (byte) palette.size() : index;
            seen[at] = index;
        }
        BufferedImage image =
                new BufferedImage(
                        place.width, place.height, BufferedImage.TYPE_BYTE_INDEXED, model);
        image.getRaster().setDataElements(0, 0, place.width, place.height, indexes);
        return image;
    }

    private static IIOMetadataNode description(
            Rectangle place, int delay, int transparent, boolean first) {
        IIOMetadataNode root = new IIOMetadataNode(FORMAT);
        IIOMetadataNode descriptor = new IIOMetadataNode("ImageDescriptor");
        descriptor.setAttribute("imageLeftPosition", Integer.toString(place.x));
        descriptor.setAttribute("imageTopPosition", Integer.toString(place.y));
        descriptor.setAttribute("imageWidth", Integer.toString(place.width));
        descriptor.setAttribute("imageHeight", Integer.toString(place.height));
        descriptor.setAttribute("interlaceFlag", "FALSE");
        root.appendChild(descriptor);
        IIOMetadataNode control = new IIOMetadataNode("GraphicControlExtension");
        control.setAttribute("disposalMethod", "doNotDispose");
        control.setAttribute("userInputFlag", "FALSE");
        control.setAttribute("transparentColorFlag", "TRUE");
        control.setAttribute("delayTime", Integer.toString(delay));
        control.setAttribute("transparentColorIndex", Integer.toString(transparent));
        root.appendChild(control);
        if (first) {
            root.appendChild(loop());
        }
        return root;
    }

    /** Netscape's extension, which all browsers follow: again and again. */
    private static IIOMetadataNode loop() {
        IIOMetadataNode extension = new IIOMetadataNode("ApplicationExtension");
        extension.setAttribute("applicationID", "NETSCAPE");
        extension.setAttribute("authenticationCode", "2.0");
        // Block 1, and how often: 0 is for ever.
        extension.setUserObject(new byte[] {1, 0, 0});
        IIOMetadataNode extensions = new IIOMetadataNode("ApplicationExtensions");
        extensions.appendChild(extension);
        return extensions;
    }
}
