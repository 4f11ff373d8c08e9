package dev.memo.learner.dataset;

import dev.memo.base.InputException;
import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.lang.reflect.Array;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/** Reads one dataset in Minari's HDF5 format, written by {@link DatasetWriter} or by others. */
final class MinariReader {
    static final String GOAL_MET = "goal_met";
    static final String POSE = "pose";
    private static final String COST_PREFIX = "cost_";

    private final Path file;
    private final MinariMetadata metadata;

    private MinariReader(Path folder) {
        file = folder.resolve(MinariMetadata.DATA_FILE);
        metadata = MinariMetadata.read(folder);
    }

    /** Reads the dataset in a folder. */
    static Dataset read(Path folder) {
        return new MinariReader(folder).read();
    }

    private Dataset read() {
        if (!Files.isRegularFile(file)) {
            throw new InputException(file + ": no such file");
        }
        try (HdfFile hdf = new HdfFile(file)) {
            long end = hdf.getHdfBackingStorage().getSuperblock().getEndOfFileAddress();
            if (hdf.size() < end) {
                throw new InputException(
                        "%s: truncated: has %d of %d bytes".formatted(file, hdf.size(), end));
            }
            DatasetSpec spec = metadata.spec(costNames(hdf));
            List<Episode> episodes = new ArrayList<>();
            for (int e = 0; e < metadata.episodes(); e++) {
                episodes.add(episode(hdf, "episode_" + e, spec));
            }
            return new Dataset(metadata.id(), metadata.scenario(), spec, episodes);
        } catch (InputException e) {
            throw e;
        } catch (RuntimeException e) {
            // A damaged file shows in jHDF as anything from HdfException to BufferUnderflow.
            throw new InputException(file + ": truncated or not a readable HDF5 file: " + e, e);
        }
    }

    /** The infos of the first episode that are costs by their name, as Safety-Gymnasium's are. */
    private static List<String> costNames(HdfFile hdf) {
        if (!(find(hdf, "episode_0/infos") instanceof Group infos)) {
            return List.of();
        }
        return infos.getChildren().keySet().stream()
                .filter(name -> name.equals("cost") || name.startsWith(COST_PREFIX))
                .map(name -> name.equals("cost") ? name : name.substring(COST_PREFIX.length()))
                .toList();
    }

    /** The name of the info that holds a cost. */
    static String costInfo(String cost) {
        return cost.equals("cost") ? cost : COST_PREFIX + cost;
    }

    private Episode episode(HdfFile hdf, String name, DatasetSpec spec) {
        if (!(find(hdf, name) instanceof Group group)) {
            throw new InputException(
                    "%s: %s is missing, of %d episodes".formatted(file, name, metadata.episodes()));
        }
        int steps = Math.toIntExact(array(group, "rewards").getDimensionsAsLong()[0]);
        if (steps == 0) {
            throw new InputException(place(group, "rewards") + ": no steps");
        }
        Episode episode =
                new Episode(
                        seed(group),
                        floats(group, "observations", metadata.observation(), steps + 1),
                        floats(group, "actions", metadata.action(), steps),
                        doubles(group, "rewards", steps, 1),
                        booleans(group, "terminations", steps),
                        booleans(group, "truncations", steps),
                        costs(group, spec.costNames(), steps),
                        goalsMet(group, steps),
                        poses(group, spec.poseNames().size(), steps));
        episode.requireFinite(file + ": " + name, spec);
        return episode;
    }

    /** The seed may be missing, or None as text. */
    private static OptionalLong seed(Group group) {
        Attribute seed = group.getAttribute("seed");
        return seed != null && seed.getData() instanceof Number number
                ? OptionalLong.of(number.longValue())
                : OptionalLong.empty();
    }

    /** Joins the boxes of a space side by side: [rows][sum of widths]. */
    private float[] floats(Group group, String name, List<MinariSpace.Box> boxes, int rows) {
        int width = boxes.stream().mapToInt(MinariSpace.Box::width).sum();
        float[] joined = new float[Math.multiplyExact(rows, width)];
        int offset = 0;
        for (MinariSpace.Box box : boxes) {
            String path = box.path().isEmpty() ? name : name + "/" + box.path();
            Object numbers = rows(group, path, rows, box.width());
            if (!(numbers instanceof float[] || numbers instanceof double[])) {
                throw new InputException(
                        "%s: numbers of type %s: must be float32 or float64"
                                .formatted(
                                        place(group, path),
                                        numbers.getClass().getComponentType().getSimpleName()));
            }
            for (int i = 0; i < rows * box.width(); i++) {
                int target = i / box.width() * width + offset + i % box.width();
                joined[target] = (float) Array.getDouble(numbers, i);
            }
            offset += box.width();
        }
        return joined;
    }

    private double[] doubles(Group group, String path, int rows, int width) {
        Object numbers = rows(group, path, rows, width);
        double[] doubles = new double[rows * width];
        Arrays.setAll(doubles, i -> Array.getDouble(numbers, i));
        return doubles;
    }

    /** Truth values: numbers, or the enumeration of h5py, which jHDF reads as texts. */
    private boolean[] booleans(Group group, String path, int rows) {
        Object values = rows(group, path, rows, 1);
        boolean[] booleans = new boolean[rows];
        for (int i = 0; i < rows; i++) {
            booleans[i] =
                    values instanceof String[] names
                            ? names[i].equals("TRUE")
                            : Array.getDouble(values, i) != 0;
        }
        return booleans;
    }

    private double[] costs(Group group, List<String> names, int steps) {
        double[] costs = new double[steps * names.size()];
        for (int c = 0; c < names.size(); c++) {
            String path = "infos/" + costInfo(names.get(c));
            int skipped = infosOfReset(group, path, steps);
            double[] column = doubles(group, path, steps + skipped, 1);
            for (int t = 0; t < steps; t++) {
                costs[t * names.size() + c] = column[t + skipped];
            }
        }
        return costs;
    }

    private boolean[] goalsMet(Group group, int steps) {
        String path = "infos/" + GOAL_MET;
        if (find(group, path) == null) {
            return new boolean[0];
        }
        int skipped = infosOfReset(group, path, steps);
        return Arrays.copyOfRange(booleans(group, path, steps + skipped), skipped, steps + skipped);
    }

    private double[] poses(Group group, int width, int steps) {
        return width == 0 ? new double[0] : doubles(group, "infos/" + POSE, steps + 1, width);
    }

    /** Minari's collector keeps the infos of the reset as row 0; others may leave them out. */
    private int infosOfReset(Group group, String path, int steps) {
        return array(group, path).getDimensionsAsLong()[0] == steps + 1 ? 1 : 0;
    }

    /** The numbers of an array that must be [rows][width], as a flat Java array. */
    private Object rows(Group group, String path, int rows, int width) {
        io.jhdf.api.Dataset array = array(group, path);
        long[] shape = array.getDimensionsAsLong();
        if (shape[0] != rows || array.getSize() != (long) rows * width) {
            throw new InputException(
                    "%s: shape %s: must be %d rows of %d, as rewards has %d rows"
                            .formatted(
                                    place(group, path),
                                    Arrays.toString(shape),
                                    rows,
                                    width,
                                    array(group, "rewards").getDimensionsAsLong()[0]));
        }
        return array.getDataFlat();
    }

    private io.jhdf.api.Dataset array(Group group, String path) {
        if (find(group, path) instanceof io.jhdf.api.Dataset array && !array.isScalar()) {
            return array;
        }
        throw new InputException(place(group, path) + ": missing, or not an array");
    }

    private String place(Group group, String path) {
        return file + ": " + group.getName() + "/" + path;
    }

    /** The node at a path of names with slashes between them, or null. */
    private static Node find(Group group, String path) {
        Node node = group;
        for (String name : path.split("/")) {
            node = node instanceof Group parent ? parent.getChild(name) : null;
        }
        return node;
    }
}
