package dev.memo.sim.recording;

import dev.memo.base.InputException;
import dev.memo.base.Tensor;
import dev.memo.base.TensorFile;
import dev.memo.sim.env.Scene;
import dev.memo.sim.recording.Recording.Step;
import dev.memo.sim.scenario.Scenario;
import dev.memo.sim.scenario.Vases;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Recordings as tensors. T steps, A numbers of an action, C of a context, K distances, H hazards, V
 * vases.
 *
 * <p>Any change of the layout raises {@link #VERSION}; docs/file-formats.md describes it.
 */
final class RecordingFile {
    private static final String FORMAT = "memo-recording";
    private static final String VERSION = "2";

    /** Numbers of a pose (x, y, heading) and of a disc (x, y, radius). */
    private static final int TRIPLE = 3;

    private RecordingFile() {}

    static TensorFile of(Recording recording) {
        List<Scene> scenes = recording.scenes();
        List<Step> steps = recording.steps();
        Scene first = scenes.getFirst();
        int vases = first.vases().size();

        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("format", FORMAT);
        metadata.put("version", VERSION);
        metadata.put("label", recording.label());
        metadata.put("seed", Long.toString(recording.seed()));
        metadata.put("scenario", recording.scenario().toJson());
        metadata.put("step_seconds", Double.toString(Scenario.STEP_SECONDS));

        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("extent", new Tensor.F64(new double[] {first.extent()}));
        tensors.put("hazards", discs(first.hazards()));
        tensors.put("goals", discs(scenes.stream().map(Scene::goal).toList()));
        tensors.put("robot", robot(scenes));
        tensors.put("vases", vases(scenes, vases));
        tensors.put("actions", rows(steps.stream().map(Step::action).toList()));
        tensors.put("contexts", rows(steps.stream().map(Step::context).toList()));
        tensors.put("distances", rows(steps.stream().map(Step::distances).toList()));
        tensors.put("rewards", column(steps.stream().mapToDouble(Step::reward).toArray()));
        tensors.put("costs", column(steps.stream().mapToDouble(Step::cost).toArray()));
        return new TensorFile(metadata, tensors);
    }

    private static Tensor discs(List<Scene.Disc> discs) {
        double[] numbers = new double[TRIPLE * discs.size()];
        for (int i = 0; i < discs.size(); i++) {
            Scene.Disc disc = discs.get(i);
            put(numbers, i, disc.x(), disc.y(), disc.radius());
        }
        return new Tensor.F64(numbers, discs.size(), TRIPLE);
    }

    private static Tensor robot(List<Scene> scenes) {
        double[] numbers = new double[TRIPLE * scenes.size()];
        for (int t = 0; t < scenes.size(); t++) {
            Scene.Pose robot = scenes.get(t).robot();
            put(numbers, t, robot.x(), robot.y(), robot.heading());
        }
        return new Tensor.F64(numbers, scenes.size(), TRIPLE);
    }

    private static Tensor vases(List<Scene> scenes, int vases) {
        double[] numbers = new double[TRIPLE * vases * scenes.size()];
        for (int t = 0; t < scenes.size(); t++) {
            for (int i = 0; i < vases; i++) {
                Scene.Box vase = scenes.get(t).vases().get(i);
                put(numbers, t * vases + i, vase.x(), vase.y(), vase.heading());
            }
        }
        return new Tensor.F64(numbers, scenes.size(), vases, TRIPLE);
    }

    private static void put(double[] numbers, int row, double a, double b, double c) {
        numbers[TRIPLE * row] = a;
        numbers[TRIPLE * row + 1] = b;
        numbers[TRIPLE * row + 2] = c;
    }

    private static Tensor rows(List<float[]> rows) {
        int width = rows.isEmpty() ? 0 : rows.getFirst().length;
        float[] numbers = new float[width * rows.size()];
        for (int t = 0; t < rows.size(); t++) {
            System.arraycopy(rows.get(t), 0, numbers, t * width, width);
        }
        return new Tensor.F32(numbers, rows.size(), width);
    }

    private static Tensor column(double[] numbers) {
        return new Tensor.F64(numbers, numbers.length);
    }

    static Recording read(Path file) {
        TensorFile tensors = TensorFile.read(file);
        try {
            return recording(tensors);
        } catch (InputException e) {
            throw new InputException(file + ": " + e.getMessage(), e);
        }
    }

    private static Recording recording(TensorFile file) {
        if (!FORMAT.equals(file.metadata().get("format"))) {
            throw new InputException("not a recording: metadata 'format' must be " + FORMAT);
        }
        String version = text(file, "version");
        if (!VERSION.equals(version)) {
            throw new InputException(
                    "version %s: only version %s can be read".formatted(version, VERSION));
        }
        Scenario scenario = Scenario.parse(text(file, "scenario"), "scenario");
        List<Step> steps = steps(file);
        List<Scene> scenes = scenes(file, steps.size() + 1);
        return new Recording(scenario, text(file, "label"), seed(file), scenes, steps);
    }

    private static long seed(TensorFile file) {
        String text = text(file, "seed");
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new InputException("metadata 'seed' " + text + ": must be a whole number", e);
        }
    }

    private static String text(TensorFile file, String name) {
        String text = file.metadata().get(name);
        if (text == null) {
            throw new InputException("metadata '" + name + "' is missing");
        }
        return text;
    }

    private static List<Scene> scenes(TensorFile file, int count) {
        int vases = extent(file, "vases", 3, 1);
        double extent = file.doubles("extent")[0];
        List<Scene.Disc> hazards = discs(file, "hazards", extent(file, "hazards", 2, 0));
        List<Scene.Disc> goals = discs(file, "goals", count);
        double[] robot = file.doubles("robot", count, TRIPLE);
        double[] boxes = file.doubles("vases", count, vases, TRIPLE);
        List<Scene> scenes = new ArrayList<>();
        for (int t = 0; t < count; t++) {
            Scene.Pose pose =
                    new Scene.Pose(robot[TRIPLE * t], robot[TRIPLE * t + 1], robot[TRIPLE * t + 2]);
            List<Scene.Box> standing = new ArrayList<>();
            for (int at = TRIPLE * vases * t; at < TRIPLE * vases * (t + 1); at += TRIPLE) {
                standing.add(
                        new Scene.Box(boxes[at], boxes[at + 1], boxes[at + 2], Vases.HALF_SIDE));
            }
            scenes.add(new Scene(extent, pose, goals.get(t), hazards, standing));
        }
        return scenes;
    }

    private static List<Scene.Disc> discs(TensorFile file, String name, int count) {
        double[] numbers = file.doubles(name, count, TRIPLE);
        List<Scene.Disc> discs = new ArrayList<>();
        for (int at = 0; at < numbers.length; at += TRIPLE) {
            discs.add(new Scene.Disc(numbers[at], numbers[at + 1], numbers[at + 2]));
        }
        return discs;
    }

    private static List<Step> steps(TensorFile file) {
        int count = extent(file, "actions", 2, 0);
        int actionSize = extent(file, "actions", 2, 1);
        int contextSize = extent(file, "contexts", 2, 1);
        int codes = extent(file, "distances", 2, 1);
        float[] actions = file.floats("actions", count, actionSize);
        float[] contexts = file.floats("contexts", count, contextSize);
        float[] distances = file.floats("distances", count, codes);
        double[] rewards = file.doubles("rewards", count);
        double[] costs = file.doubles("costs", count);
        List<Step> steps = new ArrayList<>();
        for (int t = 0; t < count; t++) {
            steps.add(
                    new Step(
                            row(actions, t, actionSize),
                            row(contexts, t, contextSize),
                            row(distances, t, codes),
                            rewards[t],
                            costs[t]));
        }
        return steps;
    }

    private static float[] row(float[] rows, int row, int width) {
        return Arrays.copyOfRange(rows, row * width, (row + 1) * width);
    }

    /** One extent of a tensor that must be there with that many dimensions. */
    private static int extent(TensorFile file, String name, int dimensions, int dimension) {
        Tensor tensor = file.tensors().get(name);
        if (tensor == null || tensor.shape().length != dimensions) {
            throw new InputException(
                    "tensor '%s': one of %d dimensions is needed".formatted(name, dimensions));
        }
        return tensor.shape()[dimension];
    }
}
