package dev.memo.kernels.jvm;

import dev.memo.kernels.Program;
import dev.memo.kernels.device.HostParameters;
import java.util.List;

/** Parameters that are where this device computes, padded as its kernels need them. */
final class JvmParameters extends HostParameters {
    JvmParameters(long seed, List<Program> programs) {
        super(seed, programs, Lanes::padded);
    }
}
