package dev.memo.app;

import dev.memo.base.Progress;
import dev.memo.base.Tensor;
import dev.memo.base.TensorFile;
import dev.memo.base.ThreadTeam;
import dev.memo.learner.rollout.Policy;
import dev.memo.sim.env.Autoreset;
import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.PointGoalEnv;
import dev.memo.sim.scenario.Scenario;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.LongStream;

/**
 * Steps environments by SIMD and by the reference, which steps one after the other without, side by
 * side with the same actions, and compares every bit that they write.
 *
 * @param scenario the world
 * @param first seed of the first episode; the others' follow
 * @param episodes how many
 */
record ReferenceComparison(Scenario scenario, long first, int episodes) {
    // Environments that step together: a whole block for each thread, and one that is not.
    private static final int BLOCK = 64;
    private static final int REST = 8;

    /**
     * What was compared.
     *
     * @param steps of single environments
     * @param contactSteps in how many of them the reference's bodies touched
     * @param difference the first that was found, after which nothing more was compared
     */
    record Result(long steps, long contactSteps, Optional<String> difference) {}

    /**
     * Compares; the progress, which has begun, advances by a step of single environments.
     *
     * @throws CancellationException if a person stopped it
     */
    Result run(Policy policy, ThreadTeam team, Progress progress) {
        Result sum = new Result(0, 0, Optional.empty());
        int batch = BLOCK * team.threads() + REST;
        for (int done = 0; done < episodes && sum.difference.isEmpty(); done += batch) {
            int end = Math.min(episodes, done + batch);
            long[] seeds = LongStream.range(first + done, first + end).toArray();
            Result result = compare(seeds, policy, team, progress);
            sum =
                    new Result(
                            sum.steps + result.steps,
                            sum.contactSteps + result.contactSteps,
                            result.difference);
        }
        return sum;
    }

    private Result compare(long[] seeds, Policy policy, ThreadTeam team, Progress progress) {
        int envs = seeds.length;
        Autoreset autoreset = Autoreset.SAME_STEP;
        try (PointGoalEnv fast = new PointGoalEnv(scenario, envs, autoreset, team);
                PointGoalEnv plain = PointGoalEnv.reference(scenario, envs, autoreset, team)) {
            EnvBatch found = new EnvBatch(fast.spec(), envs);
            EnvBatch wanted = new EnvBatch(fast.spec(), envs);
            float[] actions = new float[envs * fast.spec().actionSize()];
            fast.reset(seeds, found);
            plain.reset(seeds, wanted);
            policy.begin(fast.spec(), seeds);
            Optional<String> difference = difference(found, wanted, seeds);
            int steps = 0;
            while (steps < scenario.episodeSteps() && difference.isEmpty()) {
                if (progress.stopRequested()) {
                    throw new CancellationException("stopped while verifying");
                }
                policy.act(found, actions);
                fast.step(actions, found);
                plain.step(actions, wanted);
                steps++;
                difference = difference(found, wanted, seeds);
                progress.advance(envs);
            }
            if (difference.isEmpty()) {
                difference = difference(fast.save(), plain.save(), seeds);
            }
            if (difference.isEmpty() && fast.contactSteps() != plain.contactSteps()) {
                difference =
                        Optional.of(
                                "numbers of steps with contacts from seed %d on"
                                        .formatted(seeds[0]));
            }
            int after = steps;
            return new Result(
                    (long) steps * envs,
                    plain.contactSteps(),
                    difference.map(what -> what + " after " + after + " steps"));
        }
    }

    /** The first array that differs, and where. */
    static Optional<String> difference(EnvBatch found, EnvBatch wanted, long[] seeds) {
        return difference(arrays(found), arrays(wanted), seeds);
    }

    /** The first tensor that differs, and where. */
    static Optional<String> difference(TensorFile found, TensorFile wanted, long[] seeds) {
        return difference(arrays(found), arrays(wanted), seeds);
    }

    private static Map<String, Object> arrays(EnvBatch batch) {
        Map<String, Object> arrays = new LinkedHashMap<>();
        arrays.put("observations", batch.observations);
        arrays.put("final observations", batch.finalObservations);
        arrays.put("rewards", batch.rewards);
        arrays.put("costs", batch.costs);
        arrays.put("terminated", batch.terminated);
        arrays.put("truncated", batch.truncated);
        arrays.put("goals met", batch.goalsMet);
        arrays.put("poses", batch.poses);
        arrays.put("final poses", batch.finalPoses);
        arrays.put("episode returns", batch.episodeReturns);
        arrays.put("episode costs", batch.episodeCosts);
        arrays.put("episode lengths", batch.episodeLengths);
        return arrays;
    }

    private static Map<String, Object> arrays(TensorFile state) {
        Map<String, Object> arrays = new LinkedHashMap<>();
        state.tensors()
                .forEach(
                        (name, tensor) ->
                                arrays.put(
                                        "saved " + name,
                                        switch (tensor) {
                                            case Tensor.F32(float[] data, _) -> data;
                                            case Tensor.F64(double[] data, _) -> data;
                                            case Tensor.I32(int[] data, _) -> data;
                                            case Tensor.I64(long[] data, _) -> data;
                                            case Tensor.U8(byte[] data, _) -> data;
                                        }));
        return arrays;
    }

    private static Optional<String> difference(
            Map<String, Object> found, Map<String, Object> wanted, long[] seeds) {
        for (Map.Entry<String, Object> entry : wanted.entrySet()) {
            Object array = entry.getValue();
            int at = mismatch(array, found.get(entry.getKey()));
            if (at >= 0) {
                int env = (int) ((long) at * seeds.length / Array.getLength(array));
                return Optional.of("%s of seed %d".formatted(entry.getKey(), seeds[env]));
            }
        }
        return Optional.empty();
    }

    /** Where two arrays of one type differ in a bit, or -1. */
    private static int mismatch(Object a, Object b) {
        return switch (a) {
            case float[] floats -> Arrays.mismatch(floats, (float[]) b);
            case double[] doubles -> Arrays.mismatch(doubles, (double[]) b);
            case int[] ints -> Arrays.mismatch(ints, (int[]) b);
            case long[] longs -> Arrays.mismatch(longs, (long[]) b);
            case byte[] bytes -> Arrays.mismatch(bytes, (byte[]) b);
            case boolean[] flags -> Arrays.mismatch(flags, (boolean[]) b);
            default -> throw new IllegalArgumentException(a.getClass() + " is not compared");
        };
    }
}
