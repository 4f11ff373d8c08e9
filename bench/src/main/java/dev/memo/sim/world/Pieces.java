package dev.memo.sim.world;

import dev.memo.base.RandomStream;
import dev.memo.bench.Envs;
import dev.memo.bench.Team;
import dev.memo.bench.Throughput;
import dev.memo.sim.scenario.Scenario;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * What a step of free motion consists of, piece by piece, on blocks that take turns as in a step of
 * the whole batch. 128 environments stay in a core's first two caches; 65,536 come from memory.
 *
 * <p>It stands in the world's package because the kernels are not public: on the class path, a
 * package may come from two jars.
 */
public class Pieces extends Throughput {
    /** Environments of an invocation: enough that handing it to the team does not count. */
    private static final int WORK = 1 << 18;

    /** Layouts take a hundred times as long. */
    private static final int RESETS = 1 << 12;

    /** Random steps before the first measurement. */
    private static final int STEPS = 100;

    private static final int ACTION = 2;

    /** The task. */
    @Param("goal1")
    String scenario;

    /** In all blocks together. */
    @Param({"128", "4096", "65536"})
    int envs;

    private Scenario world;
    private Sizes sizes;
    private int bins;
    private Block[] blocks;
    private Tools[] tools;

    /** [E][S] */
    private float[] rows;

    /** [E][POSE] */
    private double[] poses;

    /** What one thread works with. */
    private static final class Tools {
        final SimdRules rules;
        final Scratch scratch;
        final LidarKernel lidar;
        final Nearness nearness;
        final Outcomes outcomes;

        /** Keeps what nothing needs, or the compiler would leave out the work. */
        double kept;

        Tools(Scenario world, Sizes sizes) {
            rules = new SimdRules(world);
            scratch = new Scratch(sizes);
            lidar = new LidarKernel(new PseudoLidar(world.lidar()), sizes);
            nearness = new Nearness(world);
            outcomes = new Outcomes(world.costs().names().size());
        }
    }

    /** A piece of a step, for one block. */
    @FunctionalInterface
    private interface Piece {
        void run(Block block, int index, Tools tools);
    }

    @Setup
    public void start(Team team) {
        world = Scenario.load(scenario);
        sizes = Sizes.of(world);
        bins = world.lidar().bins();
        blocks = Block.of(world, envs, Math.min(Block.MOST, envs));
        tools = new Tools[team.members().threads()];
        Arrays.setAll(tools, _ -> new Tools(world, sizes));
        rows = new float[envs * sizes.observation()];
        poses = new double[envs * Block.POSE];
        team.members().run(blocks.length, (index, thread) -> move(index, tools[thread]));
    }

    private void move(int index, Tools tools) {
        Block block = blocks[index];
        for (int lane = 0; lane < block.size; lane++) {
            State state = block.state(lane);
            state.seed = (long) index * Block.MOST + lane;
            state.episode = -1;
            tools.rules.startNext(block, lane);
        }
        float[] actions = new float[Block.MOST * ACTION];
        RandomStream random = new RandomStream(index, 0, 0, 0);
        for (int step = 0; step < STEPS; step++) {
            for (int i = 0; i < actions.length; i++) {
                actions[i] = (float) random.uniform(-1, 1);
            }
            int at = index * Block.MOST * sizes.observation();
            tools.rules.step(block, block.all(), actions, 0, rows, at, tools.outcomes);
        }
        SenseKernel.place(block.lanes, tools.scratch, bins);
        tools.lidar.locate(block.lanes, tools.scratch);
    }

    /** Every thread takes its own blocks, one after the other and over again. */
    private void run(Team team, Envs counter, int work, Piece piece) {
        int passes = Math.max(1, work / envs);
        int threads = tools.length;
        team.members()
                .run(
                        threads,
                        (_, thread) -> {
                            int end = blocks.length * (thread + 1) / threads;
                            for (int pass = 0; pass < passes; pass++) {
                                for (int i = blocks.length * thread / threads; i < end; i++) {
                                    piece.run(blocks[i], i, tools[thread]);
                                }
                            }
                        });
        counter.envs += (long) passes * envs;
    }

    /** Reads what a step needs of a block, and does nothing with it. */
    @Benchmark
    public void fetch(Team team, Envs counter) {
        run(team, counter, WORK, (block, _, tools) -> tools.kept += block.lanes.fetch());
    }

    /** The heading's cosine and sine, and ten substeps. */
    @Benchmark
    public void motion(Team team, Envs counter) {
        run(
                team,
                counter,
                WORK,
                (block, _, tools) -> {
                    SenseKernel.face(block.lanes, tools.scratch);
                    MotionKernel.run(block.lanes, tools.scratch);
                });
    }

    /** The heading's cosine and sine, sensors, and the pose as the lidar takes it. */
    @Benchmark
    public void sensors(Team team, Envs counter) {
        run(
                team,
                counter,
                WORK,
                (block, _, tools) -> {
                    SenseKernel.face(block.lanes, tools.scratch);
                    SenseKernel.place(block.lanes, tools.scratch, bins);
                    SenseKernel.sense(block.lanes, tools.scratch);
                });
    }

    /** Where the lidar sees each object. */
    @Benchmark
    public void locate(Team team, Envs counter) {
        run(
                team,
                counter,
                WORK,
                (block, _, tools) -> tools.lidar.locate(block.lanes, tools.scratch));
    }

    /** Whole rows of observations. */
    @Benchmark
    public void write(Team team, Envs counter) {
        int stride = Block.MOST * sizes.observation();
        run(
                team,
                counter,
                WORK,
                (block, i, tools) ->
                        tools.lidar.write(tools.scratch, block.size, rows, i * stride));
    }

    /**
     * Rewards, goals and ends of episodes, and which lanes may pay or touch a vase. Costs
     * themselves arise in few lanes, from their states.
     */
    @Benchmark
    public void judge(Team team, Envs counter) {
        run(
                team,
                counter,
                WORK,
                (block, _, tools) -> {
                    Lanes lanes = block.lanes;
                    Scratch scratch = tools.scratch;
                    JudgeKernel.measure(lanes, scratch.goalDistance);
                    tools.kept +=
                            tools.nearness.toVases(lanes)
                                    ^ Nearness.toHazards(lanes, scratch, 0)
                                    ^ Nearness.toHazards(lanes, scratch, Nearness.SURELY)
                                    ^ JudgeKernel.run(
                                            lanes, scratch, world.reward(), tools.outcomes)
                                    ^ JudgeKernel.count(lanes, world.episodeSteps());
                });
    }

    /** Poses for experiments. */
    @Benchmark
    public void poses(Team team, Envs counter) {
        run(
                team,
                counter,
                WORK,
                (block, i, _) -> {
                    for (int lane = 0; lane < block.size; lane++) {
                        block.writePose(lane, poses, i * Block.MOST * Block.POSE);
                    }
                });
    }

    /** A new layout each time. */
    @Benchmark
    public void reset(Team team, Envs counter) {
        run(
                team,
                counter,
                RESETS,
                (block, _, tools) -> {
                    for (int lane = 0; lane < block.size; lane++) {
                        tools.rules.startNext(block, lane);
                    }
                });
    }
}
