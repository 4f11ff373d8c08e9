package dev.memo.bench;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Counts rows of data, so that they are reported per second under the name "rows". */
@AuxCounters
@State(Scope.Thread)
public class Rows {
    /** Since the iteration began. */
    public long rows;
}
