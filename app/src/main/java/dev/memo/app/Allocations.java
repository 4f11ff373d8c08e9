package dev.memo.app;

import com.sun.management.ThreadMXBean;
import dev.memo.base.ThreadTeam;
import java.lang.management.ManagementFactory;

/** What the threads of a team allocate on the heap, the caller's among them. */
final class Allocations {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final long[] threads;

    Allocations(ThreadTeam team) {
        threads = new long[team.threads()];
        // As many chunks as threads: each does its own.
        team.run(threads.length, (chunk, _) -> threads[chunk] = Thread.currentThread().threadId());
    }

    /** Bytes since the threads began. */
    long bytes() {
        long bytes = 0;
        for (long thread : threads) {
            bytes += THREADS.getThreadAllocatedBytes(thread);
        }
        return bytes;
    }
}
