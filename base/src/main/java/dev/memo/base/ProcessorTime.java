package dev.memo.base;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** What this process has cost: it stays true where other processes share the processors. */
public final class ProcessorTime {
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private ProcessorTime() {}

    /** Seconds that the threads of this process have computed so far, all together. */
    public static double seconds() {
        return SYSTEM.getProcessCpuTime() / 1e9;
    }
}
