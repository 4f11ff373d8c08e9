package dev.memo.kernels.device;

import dev.memo.base.InputException;
import dev.memo.base.Tensor;
import dev.memo.kernels.Leaf;
import dev.memo.kernels.Parameters;
import dev.memo.kernels.Program;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** Parameters as arrays on the heap. A device that keeps newer ones brings them here first. */
public class HostParameters implements Parameters {
    private static final String FIRST = "/first_moment";
    private static final String SECOND = "/second_moment";
    private static final String STEPS = "/steps";

    private final Map<String, Weights> weights = new LinkedHashMap<>();

    /**
     * Makes the parameters of some programs, initialised.
     *
     * @param arrays makes an array for so many entries, or longer, of zeros
     * @throws IllegalArgumentException if two programs give one name different shapes
     */
    public HostParameters(long seed, List<Program> programs, IntFunction<float[]> arrays) {
        for (Program program : programs) {
            for (Leaf.Parameter parameter : program.parameters()) {
                Weights known =
                        weights.computeIfAbsent(
                                parameter.name(), _ -> new Weights(parameter, seed, arrays));
                if (!known.parameter().equals(parameter)) {
                    throw new IllegalArgumentException(
                            "program %s has %s, another one %s"
                                    .formatted(program.name(), parameter, known.parameter()));
                }
            }
            for (Program.Update update : program.updates()) {
                weights.get(((Leaf.Parameter) update.parameter().operation()).name()).train(arrays);
            }
        }
    }

    /**
     * The parameter of a program that is being compiled.
     *
     * @throws IllegalArgumentException if these parameters were made without it
     */
    public Weights weights(Leaf.Parameter parameter) {
        Weights known = weights.get(parameter.name());
        if (known == null || !known.parameter().equals(parameter)) {
            throw new IllegalArgumentException(
                    "these parameters were made without " + parameter + ": have " + names());
        }
        return known;
    }

    /** Called before anything is read here or changed from outside. */
    protected void bring() {}

    /** Called after something was changed from outside. */
    protected void changed() {}

    @Override
    public List<String> names() {
        return List.copyOf(weights.keySet());
    }

    @Override
    public Tensor.F32 get(String name) {
        Weights known = named(name);
        bring();
        return tensor(known, known.data());
    }

    @Override
    public void set(String name, float[] values) {
        Weights known = named(name);
        if (values.length != known.size()) {
            throw new IllegalArgumentException(
                    "parameter %s %s does not hold %d values"
                            .formatted(name, known.parameter().shape(), values.length));
        }
        bring();
        known.set(values);
        changed();
    }

    private Weights named(String name) {
        Weights known = weights.get(name);
        if (known == null) {
            throw new IllegalArgumentException("no parameter " + name + " in " + names());
        }
        return known;
    }

    private static Tensor.F32 tensor(Weights weights, float[] data) {
        return new Tensor.F32(
                Arrays.copyOf(data, weights.size()), weights.parameter().shape().extents(0));
    }

    @Override
    public Map<String, Tensor> snapshot() {
        bring();
        Map<String, Tensor> snapshot = new LinkedHashMap<>();
        weights.forEach(
                (name, known) -> {
                    snapshot.put(name, tensor(known, known.data()));
                    if (known.first() != null) {
                        snapshot.put(name + FIRST, tensor(known, known.first()));
                        snapshot.put(name + SECOND, tensor(known, known.second()));
                        snapshot.put(name + STEPS, new Tensor.I64(new long[] {known.steps()}));
                    }
                });
        return snapshot;
    }

    @Override
    public void restore(Map<String, Tensor> snapshot) {
        Map<String, Tensor> expected = snapshot();
        for (String name : snapshot.keySet()) {
            if (!expected.containsKey(name)) {
                throw new InputException(
                        "tensor %s: unknown, must be one of %s".formatted(name, expected.keySet()));
            }
        }
        expected.forEach((name, tensor) -> check(name, snapshot.get(name), tensor));
        weights.forEach((name, known) -> restore(name, known, snapshot));
        changed();
    }

    private static void check(String name, Tensor tensor, Tensor expected) {
        if (tensor == null) {
            throw new InputException("tensor " + name + ": is missing");
        }
        if (tensor.getClass() != expected.getClass()
                || !Arrays.equals(tensor.shape(), expected.shape())) {
            throw new InputException(
                    "tensor %s: is %s, must be %s"
                            .formatted(name, described(tensor), described(expected)));
        }
    }

    private static String described(Tensor tensor) {
        return tensor.getClass().getSimpleName() + " " + Arrays.toString(tensor.shape());
    }

    private static void restore(String name, Weights known, Map<String, Tensor> snapshot) {
        known.set(floats(snapshot.get(name)));
        if (known.first() != null) {
            System.arraycopy(floats(snapshot.get(name + FIRST)), 0, known.first(), 0, known.size());
            System.arraycopy(
                    floats(snapshot.get(name + SECOND)), 0, known.second(), 0, known.size());
            known.steps(((Tensor.I64) snapshot.get(name + STEPS)).data()[0]);
        }
    }

    private static float[] floats(Tensor tensor) {
        return ((Tensor.F32) tensor).data();
    }
}
