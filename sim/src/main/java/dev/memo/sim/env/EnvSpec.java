package dev.memo.sim.env;

import java.util.List;

/**
 * What the arrays of a vector environment hold: everything a learner needs to know before the first
 * step.
 *
 * @param name the scenario's name
 * @param observation the named parts of an observation, in order and without gaps
 * @param observationStride S: floats from one environment's observation to the next one's
 * @param actionSize A: numbers of an action, each in [-1, 1]
 * @param costNames C names of costs; the last is "sum"
 * @param poseNames P names of pose features, in SI units and the world's frame
 * @param episodeSteps steps after which an episode is truncated
 */
public record EnvSpec(
        String name,
        List<Slice> observation,
        int observationStride,
        int actionSize,
        List<String> costNames,
        List<String> poseNames,
        int episodeSteps) {

    /** Copies the lists and checks that the slices follow each other. */
    public EnvSpec {
        observation = List.copyOf(observation);
        costNames = List.copyOf(costNames);
        poseNames = List.copyOf(poseNames);
        int end = 0;
        for (Slice slice : observation) {
            if (slice.offset != end || slice.length < 1) {
                throw new IllegalArgumentException(slice + " does not start at " + end);
            }
            end += slice.length;
        }
        if (observationStride < end) {
            throw new IllegalArgumentException(
                    "stride " + observationStride + " is below the observation's size " + end);
        }
    }

    /**
     * A named part of an observation.
     *
     * @param name as in Safety-Gymnasium, for example "goal_lidar"
     * @param offset index of its first number
     * @param length how many numbers
     */
    public record Slice(String name, int offset, int length) {}

    /** O: numbers of an observation. */
    public int observationSize() {
        Slice last = observation.getLast();
        return last.offset + last.length;
    }

    /**
     * The part of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Slice slice(String name) {
        for (Slice slice : observation) {
            if (slice.name.equals(name)) {
                return slice;
            }
        }
        throw new IllegalArgumentException("no slice '" + name + "' among " + observation);
    }
}
