package dev.memo.learner.dataset;

import dev.memo.base.InputException;
import dev.memo.sim.env.EnvSpec;
import dev.memo.sim.env.EnvSpec.Slice;
import java.util.List;

/**
 * What stands in the columns of a dataset's arrays.
 *
 * @param observation the named parts of an observation, in order and without gaps
 * @param actionSize numbers per action, A
 * @param costNames names of the costs, C of them; empty if costs were not recorded
 * @param poseNames names of the pose's numbers, P of them; empty if poses were not recorded
 */
public record DatasetSpec(
        List<Slice> observation, int actionSize, List<String> costNames, List<String> poseNames) {

    /** Checks that the parts follow each other. */
    public DatasetSpec {
        observation = List.copyOf(observation);
        costNames = List.copyOf(costNames);
        poseNames = List.copyOf(poseNames);
        int next = 0;
        for (Slice slice : observation) {
            if (slice.offset() != next || slice.length() < 1) {
                throw new IllegalArgumentException(slice + " must begin at column " + next);
            }
            next += slice.length();
        }
        if (next == 0 || actionSize < 1) {
            throw new IllegalArgumentException(
                    "observations of %d and actions of %d numbers: at least one of each"
                            .formatted(next, actionSize));
        }
    }

    /** What episodes of an environment have in their columns. */
    public static DatasetSpec of(EnvSpec spec) {
        return new DatasetSpec(
                spec.observation(), spec.actionSize(), spec.costNames(), spec.poseNames());
    }

    /** Numbers per observation, W. */
    public int observationSize() {
        Slice last = observation.getLast();
        return last.offset() + last.length();
    }

    /** Bytes that a step takes in an {@link Episode}. */
    public long bytesPerStep() {
        int flags = 3; // termination, truncation, goal met
        int doubles = 1 + costNames.size() + poseNames.size();
        return Float.BYTES * (long) (observationSize() + actionSize())
                + Double.BYTES * (long) doubles
                + flags;
    }

    /**
     * The part of that name.
     *
     * @throws InputException if there is none
     */
    public Slice slice(String name) {
        return observation.stream()
                .filter(slice -> slice.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new InputException(
                                        "observation part '%s': this dataset has %s"
                                                .formatted(
                                                        name,
                                                        observation.stream()
                                                                .map(Slice::name)
                                                                .toList())));
    }

    /** The name of an observation's column: its part, and its place in the part. */
    public String columnName(int column) {
        for (Slice slice : observation) {
            if (column < slice.offset() + slice.length()) {
                return slice.name() + "[" + (column - slice.offset()) + "]";
            }
        }
        throw new IndexOutOfBoundsException(column);
    }
}
