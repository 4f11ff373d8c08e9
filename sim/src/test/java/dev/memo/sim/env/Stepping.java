package dev.memo.sim.env;

import dev.memo.base.Tensor;
import dev.memo.base.TensorFile;
import dev.memo.base.ThreadTeam;
import dev.memo.sim.scenario.Scenario;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * Environments among vases that are stepped to and beyond the ends of episodes, for tests of
 * determinism; run as a main class it prints the digest of all that they made, so that another JVM
 * can be compared.
 *
 * @param scenarios names or files; every one is stepped
 * @param envs of each scenario
 * @param episodeSteps steps of an episode
 * @param steps of each environment
 */
record Stepping(List<String> scenarios, int envs, int episodeSteps, int steps) {
    private static final int SEED = 300;

    /** Makes a batch of environments. */
    @FunctionalInterface
    interface Making {
        PointGoalEnv make(Scenario scenario, int envs, Autoreset autoreset, ThreadTeam team);
    }

    /**
     * What was made.
     *
     * @param digest CRC-32 of observations, rewards and costs of every step and of the states at
     *     last
     * @param contactSteps steps of single environments in which bodies touched
     * @param goals that were reached
     * @param ended episodes
     */
    record Trace(String digest, long contactSteps, int goals, int ended) {}

    /** Arguments: threads, and those of {@link #arguments}. */
    public static void main(String[] arguments) {
        int[] numbers = Arrays.stream(arguments, 0, 4).mapToInt(Integer::parseInt).toArray();
        List<String> scenarios = List.of(arguments).subList(4, arguments.length);
        try (ThreadTeam team = new ThreadTeam(numbers[0])) {
            Stepping stepping = new Stepping(scenarios, numbers[1], numbers[2], numbers[3]);
            // The only way for a forked JVM to answer.
            System.out.println("digest " + stepping.run(PointGoalEnv::new, team).digest);
        }
    }

    /** Itself, as arguments of the main class. */
    List<String> arguments() {
        Stream<String> numbers = Stream.of(envs, episodeSteps, steps).map(String::valueOf);
        return Stream.concat(numbers, scenarios.stream()).toList();
    }

    Trace run(Making making, ThreadTeam team) {
        CRC32 crc = new CRC32();
        long contactSteps = 0;
        int goals = 0;
        int ended = 0;
        for (String name : scenarios) {
            Scenario scenario = Scenario.load(name).withEpisodeSteps(episodeSteps);
            Driver driver = Driver.named("mixed");
            float[] actions = new float[2 * envs];
            try (PointGoalEnv env = making.make(scenario, envs, Autoreset.SAME_STEP, team)) {
                EnvBatch batch = new EnvBatch(env.spec(), envs);
                env.reset(SEED, batch);
                for (int step = 0; step < steps; step++) {
                    driver.actInAll(env.spec(), batch, actions);
                    env.step(actions, batch);
                    update(crc, batch.observations);
                    update(crc, batch.rewards);
                    update(crc, batch.costs);
                    for (int i = 0; i < envs; i++) {
                        goals += batch.goalsMet[i] ? 1 : 0;
                        ended += batch.ended(i) ? 1 : 0;
                    }
                }
                update(crc, env.save());
                contactSteps += env.contactSteps();
            }
        }
        return new Trace("%08x".formatted(crc.getValue()), contactSteps, goals, ended);
    }

    private static void update(CRC32 crc, TensorFile state) {
        state.tensors()
                .forEach(
                        (_, tensor) -> {
                            switch (tensor) {
                                case Tensor.F32(float[] data, _) -> update(crc, data);
                                case Tensor.F64(double[] data, _) -> update(crc, data);
                                case Tensor.I32(int[] data, _) -> update(crc, data);
                                case Tensor.I64(long[] data, _) -> update(crc, data);
                                case Tensor.U8(byte[] data, _) -> crc.update(data);
                            }
                        });
    }

    private static void update(CRC32 crc, float[] data) {
        ByteBuffer bytes = ByteBuffer.allocate(data.length * Float.BYTES);
        bytes.asFloatBuffer().put(data);
        crc.update(bytes);
    }

    private static void update(CRC32 crc, double[] data) {
        ByteBuffer bytes = ByteBuffer.allocate(data.length * Double.BYTES);
        bytes.asDoubleBuffer().put(data);
        crc.update(bytes);
    }

    private static void update(CRC32 crc, int[] data) {
        ByteBuffer bytes = ByteBuffer.allocate(data.length * Integer.BYTES);
        bytes.asIntBuffer().put(data);
        crc.update(bytes);
    }

    private static void update(CRC32 crc, long[] data) {
        ByteBuffer bytes = ByteBuffer.allocate(data.length * Long.BYTES);
        bytes.asLongBuffer().put(data);
        crc.update(bytes);
    }
}
