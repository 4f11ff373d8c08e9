package dev.memo.bench;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Counts environments that a piece of work was done for, reported per second as "envs". */
@AuxCounters
@State(Scope.Thread)
public class Envs {
    /** Since the iteration began. */
    public long envs;
}
