package dev.memo.learner.dataset;

import dev.memo.base.InputException;
import dev.memo.sim.env.EnvSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** In what terms the change over a window of n steps is described. */
public sealed interface Features {

    /**
     * The plain difference s(t+n) - s(t) of observation columns.
     *
     * @param parts names of the observation's parts; empty for all of it
     */
    record Observation(List<String> parts) implements Features {
        /** Keeps the names. */
        public Observation {
            parts = List.copyOf(parts);
        }

        @Override
        public List<String> columns(DatasetSpec spec) {
            return Arrays.stream(indices(spec)).mapToObj(spec::columnName).toList();
        }

        /** The chosen columns of an observation. */
        int[] indices(DatasetSpec spec) {
            List<Integer> indices = new ArrayList<>();
            List<EnvSpec.Slice> slices =
                    parts.isEmpty() ? spec.observation() : parts.stream().map(spec::slice).toList();
            for (EnvSpec.Slice slice : slices) {
                for (int i = 0; i < slice.length(); i++) {
                    indices.add(slice.offset() + i);
                }
            }
            return indices.stream().mapToInt(Integer::intValue).toArray();
        }
    }

    /**
     * The robot's own motion, seen from where it stood at t, so that place and heading in the world
     * do not matter. Five columns:
     *
     * <ul>
     *   <li>{@code forward}, {@code left}: displacement in the frame of the heading at t, metres
     *   <li>{@code sin_turn}, {@code cos_turn_minus_1}: the change of heading, 0 for none
     *   <li>{@code turn_rate}: mean change of heading per step, radians; unlike the two before, it
     *       tells a full turn from none
     * </ul>
     */
    record Pose() implements Features {
        private static final List<String> NEEDED = List.of("x", "y", "heading");
        private static final List<String> COLUMNS =
                List.of("forward", "left", "sin_turn", "cos_turn_minus_1", "turn_rate");

        @Override
        public List<String> columns(DatasetSpec spec) {
            if (!spec.poseNames().containsAll(NEEDED)) {
                throw new InputException(
                        ("--features pose: the dataset has the poses %s and %s are needed: give"
                                        + " --features observation, or parts of it: %s")
                                .formatted(
                                        spec.poseNames(),
                                        NEEDED,
                                        spec.observation().stream()
                                                .map(EnvSpec.Slice::name)
                                                .collect(Collectors.joining(","))));
            }
            return COLUMNS;
        }
    }

    /**
     * The names of a difference's columns, D of them.
     *
     * @throws InputException if the dataset lacks what they are made of
     */
    List<String> columns(DatasetSpec spec);

    /**
     * Reads {@code observation} (all of it), {@code pose}, or names of the observation's parts with
     * commas between them.
     */
    static Features parse(String text) {
        return switch (text) {
            case "observation" -> new Observation(List.of());
            case "pose" -> new Pose();
            default -> new Observation(List.of(text.split(",")));
        };
    }
}
