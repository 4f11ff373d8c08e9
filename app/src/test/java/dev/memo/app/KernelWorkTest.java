package dev.memo.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.memo.base.ThreadTeam;
import dev.memo.kernels.Device;
import dev.memo.kernels.Executable;
import dev.memo.kernels.Initialiser;
import dev.memo.kernels.Leaf;
import dev.memo.kernels.Matrix;
import dev.memo.kernels.Node;
import dev.memo.kernels.Parameters;
import dev.memo.kernels.Program;
import dev.memo.kernels.jvm.JvmDevice;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is measured is the work that it is called. */
class KernelWorkTest {
    private static final int ROWS = 24;

    @Test
    void flopsAreThoseOfTheMatrixProducts() {
        // 60-256-256-4 forward: 60 256 + 256 256 + 256 4 multiply-adds.
        assertThat(KernelWork.flops(KernelWork.MLP_FORWARD.program(), 3)).isEqualTo(3 * 163_840);
        // As many for the weights' gradients, and without the first layer's for the rows'.
        assertThat(KernelWork.flops(KernelWork.MLP_TRAIN.program(), 3)).isEqualTo(3 * 460_800);
        assertThat(KernelWork.flops(KernelWork.CODEBOOK_512.program(), 3))
                .isEqualTo(3 * 2 * 60 * 512);
        assertThat(KernelWork.flops(KernelWork.PRODUCTS_256.program(), 3))
                .isEqualTo(3 * 2 * 2 * 256 * 256);
        // Three passes through 60-1000-1000-1000-60 (2.12 M) and 64-256-256-2 (82 k), almost three
        // through 60-30-60-60, and the codebook.
        assertThat((double) KernelWork.flops(KernelWork.MEMO_STEP.program(), 1))
                .isCloseTo(2 * (3 * 2_120_000 + 3 * 82_432 + 19_800), within(5_000.0));
        // Forward the policy and two critics, 60-256-256-256-4 and 62-256-256-256-51, and their
        // targets, the critics' for 20 actions; backward as much for rows, but for the first
        // layer's, and for weights.
        long policy = 60 * 256 + 2 * 256 * 256 + 256 * 4;
        long critics = 2 * (62 * 256 + 2 * 256 * 256 + 256 * 51);
        long rowsOfFirst = 60 * 256 + 2 * 62 * 256;
        assertThat(KernelWork.flops(KernelWork.MPO_STEP.program(), 3))
                .isEqualTo(3 * 2 * (4 * policy + (3 + 20) * critics - rowsOfFirst));
    }

    @ParameterizedTest
    @EnumSource(names = {"MLP_TRAIN", "MEMO_STEP"})
    void trainingLearns(KernelWork work) {
        try (ThreadTeam team = new ThreadTeam(2);
                Device device = new JvmDevice(team)) {
            Executable step = work.compile(device, ROWS, 0);
            step.run(ROWS);
            float first = step.scalar("loss");
            for (int i = 0; i < 30; i++) {
                step.run(ROWS);
            }
            assertThat(step.scalar("loss")).isLessThan(0.9f * first);
        }
    }

    @Test
    void mpoLearnsValuesAndMovesThePolicyAwayFromItsTarget() {
        try (ThreadTeam team = new ThreadTeam(2);
                Device device = new JvmDevice(team, true)) {
            Executable step = KernelWork.MPO_STEP.compile(device, ROWS, 0);
            step.run(ROWS);
            float first = step.scalar("critic_loss");
            // Target networks begin as copies.
            assertThat(step.read("kl_mean").data()).containsOnly(0);
            assertThat(step.read("kl_std").data()).containsOnly(0);
            for (int i = 0; i < 60; i++) {
                step.run(ROWS);
            }
            // Its targets are distributions, almost uniform ones at first: 0 is out of reach.
            assertThat(step.scalar("critic_loss")).isLessThan(first - 0.03f);
            for (String kl : List.of("kl_mean", "kl_std")) {
                for (float ofDimension : step.read(kl).data()) {
                    assertThat(ofDimension).as(kl).isPositive().isLessThan(0.1f);
                }
            }
        }
    }

    @Test
    void mpoIsWhatItsOperationsDefine() {
        Program program = KernelWork.MPO_STEP.program();
        int rows = 3;
        try (ThreadTeam team = new ThreadTeam(2);
                Device device = new JvmDevice(team)) {
            // Without copying: policy and target differ.
            Parameters parameters = device.parameters(0, program);
            Executable step = device.compile(program, rows, parameters);
            Map<String, float[]> leaves = new HashMap<>();
            for (Node node : program.nodes()) {
                switch (node.operation()) {
                    case Leaf.Input(String name, int width) -> {
                        float[] values = new float[rows * width];
                        Initialiser.uniform(1).fill(0, name, values);
                        leaves.put(name, values);
                        step.bind(name, values);
                    }
                    case Leaf.Parameter parameter ->
                            leaves.put(parameter.name(), parameters.get(parameter.name()).data());
                    default -> {}
                }
            }
            step.run(rows);
            Map<Node, Matrix> expected = DeviceCheck.plain(program, leaves, rows);
            program.outputs()
                    .forEach(
                            (name, node) -> {
                                float[] found = step.read(name).data();
                                double[] wanted = expected.get(node).data();
                                for (int i = 0; i < wanted.length; i++) {
                                    assertThat((double) found[i])
                                            .as(name)
                                            .isCloseTo(wanted[i], withinPercentage(1e-3));
                                }
                            });
        }
    }

    @Test
    void theCodebookFindsTheNearestCodes() {
        try (ThreadTeam team = new ThreadTeam(2);
                Device device = new JvmDevice(team)) {
            Executable search = KernelWork.CODEBOOK_64.compile(device, ROWS, 0);
            search.run(ROWS);
            float[] distances = search.read("distances").data();
            float[] nearest = search.read("nearest").data();
            assertThat(distances).hasSize(ROWS * 64);
            for (int i = 0; i < ROWS; i++) {
                for (int j = 0; j < 64; j++) {
                    assertThat(distances[i * 64 + j])
                            .isPositive()
                            .isGreaterThanOrEqualTo(distances[i * 64 + (int) nearest[i]]);
                }
            }
        }
    }
}
