package dev.memo.kernels.tornado;

import dev.memo.kernels.Device;
import dev.memo.kernels.Executable;
import dev.memo.kernels.Parameters;
import dev.memo.kernels.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A device that TornadoVM drives. */
final class TornadoDevice implements Device {
    private static final AtomicInteger EXECUTABLES = new AtomicInteger();

    private final uk.ac.manchester.tornado.api.common.TornadoDevice device;
    private final String name;
    private final boolean checkNumerics;
    private final List<TornadoExecutable> executables = new ArrayList<>();

    TornadoDevice(
            uk.ac.manchester.tornado.api.common.TornadoDevice device,
            String name,
            boolean checkNumerics) {
        this.device = device;
        this.name = name;
        this.checkNumerics = checkNumerics;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Parameters parameters(long seed, Program... programs) {
        return new TornadoParameters(seed, List.of(programs));
    }

    @Override
    public Executable compile(Program program, int maxRows, Parameters parameters) {
        if (maxRows < 1) {
            throw new IllegalArgumentException("maxRows " + maxRows + " must be at least 1");
        }
        if (!(parameters instanceof TornadoParameters ours)) {
            throw new IllegalArgumentException("the parameters are of another device");
        }
        int id = EXECUTABLES.incrementAndGet();
        TornadoExecutable executable =
                new TornadoExecutable(program, maxRows, ours, device, checkNumerics, id);
        executables.add(executable);
        return executable;
    }

    @Override
    public void close() {
        RuntimeException first = null;
        for (TornadoExecutable executable : executables) {
            try {
                executable.close();
            } catch (RuntimeException e) {
                first = first == null ? e : first;
            }
        }
        executables.clear();
        if (first != null) {
            throw first;
        }
    }
}
