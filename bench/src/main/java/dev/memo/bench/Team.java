package dev.memo.bench;

import dev.memo.base.ThreadTeam;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The threads that do the work. JMH itself calls every benchmark from one thread. */
@State(Scope.Benchmark)
public class Team {
    /** How many, or "all": one per core. */
    @Param({"1", "all"})
    String threads;

    private ThreadTeam members;

    @Setup
    public void start() {
        int count =
                threads.equals("all")
                        ? Runtime.getRuntime().availableProcessors()
                        : Integer.parseInt(threads);
        members = new ThreadTeam(count);
    }

    @TearDown
    public void close() {
        members.close();
    }

    /** The team itself. */
    public ThreadTeam members() {
        return members;
    }
}
