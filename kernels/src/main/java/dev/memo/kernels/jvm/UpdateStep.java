package dev.memo.kernels.jvm;

/** A change of one parameter at the end of a run. */
interface UpdateStep extends Parts {
    /** Starts the change, before its first part. */
    void begin();
}
