package dev.memo.kernels.tornado;

import dev.memo.kernels.Program;
import dev.memo.kernels.device.HostParameters;
import java.util.List;

/**
 * Parameters of which the newest values are on the host or in the memory of one executable. They
 * move when another one runs, or when they are asked for.
 */
final class TornadoParameters extends HostParameters {
    private TornadoExecutable newest;
    private long version = 1;

    TornadoParameters(long seed, List<Program> programs) {
        super(seed, programs, float[]::new);
    }

    /** An executable's memory has newer ones now. */
    void changedBy(TornadoExecutable executable) {
        newest = executable;
    }

    /** The version that an executable must have to run; the host has it unless it has itself. */
    long versionFor(TornadoExecutable executable) {
        if (newest != executable) {
            bring();
        }
        return version;
    }

    @Override
    protected void bring() {
        if (newest != null) {
            version++;
            newest.takeParameters(version);
            newest = null;
        }
    }

    @Override
    protected void changed() {
        version++;
    }
}
