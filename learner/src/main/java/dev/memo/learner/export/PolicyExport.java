package dev.memo.learner.export;

import dev.memo.base.AtomicFiles;
import dev.memo.base.Tensor;
import dev.memo.base.TensorFile;
import dev.memo.kernels.Leaf;
import dev.memo.kernels.Parameters;
import dev.memo.kernels.Program;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.json.JsonMapper;

/**
 * A policy on its way to other tools: a Gaussian whose mean a program computes. Observations go in
 * as the world gives them; their normalisation is part of the program.
 *
 * @param learner who learned it
 * @param program inputs observations [N][O], and context [N][K] if it has modes; output mean [N][A]
 * @param parameters that have the program's
 * @param logDeviation [A] of actions about their mean
 * @param steering [K][K] row m is the context that stands for mode m; empty without modes
 */
public record PolicyExport(
        String learner,
        Program program,
        Parameters parameters,
        float[] logDeviation,
        Optional<Tensor.F32> steering) {
    private static final String OBSERVATIONS = "observations";
    private static final String CONTEXT = "context";
    private static final String LOG_DEVIATION = "log_deviation";
    private static final String STEERING = "steering";

    /** O. */
    public int observationSize() {
        return program.nodes().stream()
                .filter(node -> node.operation() instanceof Leaf.Input)
                .filter(node -> ((Leaf.Input) node.operation()).name().equals(OBSERVATIONS))
                .mapToInt(node -> node.shape().width())
                .findFirst()
                .orElseThrow();
    }

    /** A. */
    public int actionSize() {
        return logDeviation.length;
    }

    /** K, or 0 without modes. */
    public int modes() {
        return steering.map(table -> table.shape()[0]).orElse(0);
    }

    /**
     * Writes an ONNX model with the program's inputs and outputs. Properties as in {@link
     * #writeSafetensors}, with log_deviation [A] and, unless a mode is given, steering [K][K] as
     * JSON.
     *
     * @param mode whose context is put in, so that observations are the only input
     * @param version of the producer
     * @param origin what more is known of it, by name: metadata as it stands
     */
    public void writeOnnx(Path file, OptionalInt mode, String version, Map<String, String> origin) {
        Map<String, String> properties = metadata(mode, origin);
        properties.put(LOG_DEVIATION, JsonMapper.shared().writeValueAsString(logDeviation));
        Map<String, float[]> fixed = new LinkedHashMap<>();
        if (mode.isPresent()) {
            fixed.put(CONTEXT, context(mode.getAsInt()));
        } else if (steering.isPresent()) {
            float[][] rows = new float[modes()][];
            Arrays.setAll(rows, this::context);
            properties.put(STEERING, JsonMapper.shared().writeValueAsString(rows));
        }
        byte[] model = OnnxModel.of(program, parameters, fixed, version, properties);
        AtomicFiles.write(file, out -> out.write(model));
    }

    /**
     * Writes the program's parameters by name, log_deviation [A], and of a policy with modes
     * steering [K][K], and context [K] if a mode is given. Metadata: format, learner,
     * observation_size, action_size, what is known of the origin, mode if given, producer.
     *
     * @param mode whose context is added
     * @param version of the producer
     * @param origin what more is known of it, by name: metadata as it stands
     */
    public void writeSafetensors(
            Path file, OptionalInt mode, String version, Map<String, String> origin) {
        Map<String, String> metadata = metadata(mode, origin);
        metadata.put("producer", "memo " + version);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Leaf.Parameter parameter : program.parameters()) {
            tensors.put(parameter.name(), parameters.get(parameter.name()));
        }
        tensors.put(LOG_DEVIATION, new Tensor.F32(logDeviation, actionSize()));
        steering.ifPresent(table -> tensors.put(STEERING, table));
        mode.ifPresent(m -> tensors.put(CONTEXT, new Tensor.F32(context(m), modes())));
        new TensorFile(metadata, tensors).write(file);
    }

    private Map<String, String> metadata(OptionalInt mode, Map<String, String> origin) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("format", "memo-policy-1");
        metadata.put("learner", learner);
        metadata.put("observation_size", Integer.toString(observationSize()));
        metadata.put("action_size", Integer.toString(actionSize()));
        metadata.putAll(origin);
        mode.ifPresent(m -> metadata.put("mode", Integer.toString(m)));
        return metadata;
    }

    /** [K] of a mode. */
    private float[] context(int mode) {
        return Arrays.copyOfRange(
                steering.orElseThrow().data(), mode * modes(), (mode + 1) * modes());
    }
}
