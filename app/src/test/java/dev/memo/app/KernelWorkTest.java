package dev.memo.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.memo.base.ThreadTeam;
import dev.memo.kernels.Device;
import dev.memo.kernels.Executable;
import dev.memo.kernels.Parameters;
import dev.memo.kernels.Program;
import dev.memo.kernels.jvm.JvmDevice;
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
        // Three passes through 60-1000-1000-1000-60 (2.12 M) and 64-256-256-2 (82 k), almost three
        // through 60-30-60-60, and the codebook.
        assertThat((double) KernelWork.flops(KernelWork.MEMO_STEP.program(), 1))
                .isCloseTo(2 * (3 * 2_120_000 + 3 * 82_432 + 19_800), within(5_000.0));
    }

    @ParameterizedTest
    @EnumSource(names = {"MLP_TRAIN", "MEMO_STEP"})
    void trainingLearns(KernelWork work) {
        Program program = work.program();
        try (ThreadTeam team = new ThreadTeam(2);
                Device device = new JvmDevice(team)) {
            Executable step = device.compile(program, ROWS, device.parameters(0, program));
            KernelWork.feed(step, ROWS, 0);
            step.run(ROWS);
            float first = step.scalar("loss");
            for (int i = 0; i < 30; i++) {
                step.run(ROWS);
            }
            assertThat(step.scalar("loss")).isLessThan(0.9f * first);
        }
    }

    @Test
    void theCodebookFindsTheNearestCodes() {
        Program program = KernelWork.CODEBOOK_64.program();
        try (ThreadTeam team = new ThreadTeam(2);
                Device device = new JvmDevice(team)) {
            Parameters parameters = device.parameters(0, program);
            Executable search = device.compile(program, ROWS, parameters);
            KernelWork.feed(search, ROWS, 0);
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
