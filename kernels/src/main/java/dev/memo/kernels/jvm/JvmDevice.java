package dev.memo.kernels.jvm;

import dev.memo.base.ThreadTeam;
import dev.memo.kernels.Device;
import dev.memo.kernels.Executable;
import dev.memo.kernels.Parameters;
import dev.memo.kernels.Program;
import java.util.List;

/** The default device: SIMD on the cores of this machine. */
public final class JvmDevice implements Device {
    private final ThreadTeam team;
    private final boolean checkNumerics;

    /**
     * A device on a team of threads, which stays the caller's and may serve others between runs.
     *
     * @param checkNumerics whether every run looks for numbers that are not finite; slower
     */
    public JvmDevice(ThreadTeam team, boolean checkNumerics) {
        this.team = team;
        this.checkNumerics = checkNumerics;
    }

    /** A device that does not check numerics. */
    public JvmDevice(ThreadTeam team) {
        this(team, false);
    }

    @Override
    public String name() {
        return "jvm, %d bits, %d threads".formatted(Lanes.SPECIES.vectorBitSize(), team.threads());
    }

    @Override
    public Parameters parameters(long seed, Program... programs) {
        return new JvmParameters(seed, List.of(programs));
    }

    @Override
    public Executable compile(Program program, int maxRows, Parameters parameters) {
        if (maxRows < 1) {
            throw new IllegalArgumentException("maxRows " + maxRows + " must be at least 1");
        }
        if (!(parameters instanceof JvmParameters ours)) {
            throw new IllegalArgumentException("the parameters are of another device");
        }
        Plan plan = new Plan(program, maxRows, ours, checkNumerics);
        return new JvmExecutable(program, maxRows, plan, team, checkNumerics);
    }

    /** Nothing to give back: the team is the caller's. */
    @Override
    public void close() {}
}
