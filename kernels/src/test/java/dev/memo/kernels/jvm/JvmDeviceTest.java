package dev.memo.kernels.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.memo.base.ThreadTeam;
import dev.memo.kernels.Device;
import dev.memo.kernels.Executable;
import dev.memo.kernels.Program;
import dev.memo.kernels.Training;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the JVM device promises beyond what every device must do. */
class JvmDeviceTest {
    private final ThreadTeam team = new ThreadTeam(2);
    private final Device device = new JvmDevice(team);

    @AfterEach
    void closeTeam() {
        team.close();
    }

    @Test
    void allocatesNothingAfterWarmUp() {
        Program program = Training.program();
        Executable executable =
                device.compile(program, Training.maxRows(), device.parameters(1, program));
        Training.feed(executable);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int runs = 200;
        long least = Long.MAX_VALUE;
        // The JIT decides when the last box is gone; on a busy machine it takes its time.
        long deadline = System.nanoTime() + 180_000_000_000L;
        while (least >= runs && System.nanoTime() < deadline) {
            long before = threads.getTotalThreadAllocatedBytes();
            for (int i = 0; i < runs; i++) {
                executable.set("learning_rate", 1e-4f);
                executable.run(Training.maxRows() - i % 40);
            }
            least = Math.min(least, threads.getTotalThreadAllocatedBytes() - before);
        }
        assertThat(least / runs).isZero();
    }
}
