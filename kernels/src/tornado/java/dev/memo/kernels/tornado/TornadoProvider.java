package dev.memo.kernels.tornado;

import dev.memo.base.InputException;
import dev.memo.kernels.Device;
import dev.memo.kernels.DeviceProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import uk.ac.manchester.tornado.api.TornadoBackend;
import uk.ac.manchester.tornado.api.TornadoRuntime;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/** The devices of this JVM's TornadoVM: tornado:BACKEND:DEVICE, both counted from 0. */
public final class TornadoProvider implements DeviceProvider {
    /** What TornadoVM's argument file sets. */
    private static final String STARTED_WITH = "tornado.load.api.implementation";

    static {
        // Read when TornadoVM starts. A kernel that cannot be compiled must not run in Java
        // instead.
        System.setProperty("tornado.recover.bailout", "False");
        // Room for the commands of a graph of many tasks; the default ends at a few dozen.
        System.setProperty("tornado.tvm.maxbytecodesize", "65536");
    }

    @Override
    public String kind() {
        return "tornado";
    }

    @Override
    public Optional<String> lacks() {
        return lacking();
    }

    private static Optional<String> lacking() {
        return System.getProperty(STARTED_WITH) == null
                ? Optional.of("this JVM was started without $TORNADOVM_HOME/tornado-argfile")
                : Optional.empty();
    }

    @Override
    public List<Found> devices() {
        return entries().stream().map(Entry::found).toList();
    }

    @Override
    public Device open(String name, boolean checkNumerics) {
        List<Entry> entries = entries();
        for (Entry entry : entries) {
            if (name.equals(kind()) || name.equals(entry.found.name())) {
                String described = entry.found.name() + ", " + entry.found.description();
                return new TornadoDevice(entry.device, described, checkNumerics);
            }
        }
        throw new InputException(
                "device %s: must be one of %s"
                        .formatted(
                                name,
                                entries.stream()
                                        .map(entry -> entry.found.name())
                                        .collect(Collectors.joining(", "))));
    }

    private record Entry(Found found, uk.ac.manchester.tornado.api.common.TornadoDevice device) {}

    private static List<Entry> entries() {
        lacking()
                .ifPresent(
                        lack -> {
                            throw new InputException("TornadoVM: " + lack);
                        });
        List<Entry> entries = new ArrayList<>();
        try {
            TornadoRuntime runtime = TornadoRuntimeProvider.getTornadoRuntime();
            for (int b = 0; b < runtime.getNumBackends(); b++) {
                TornadoBackend backend = runtime.getBackend(b);
                for (int d = 0; d < backend.getNumDevices(); d++) {
                    var device = backend.getDevice(d);
                    String description =
                            "%s on %s"
                                    .formatted(
                                            device.getTornadoVMBackend(),
                                            device.getPhysicalDevice().getDeviceName());
                    Found found = new Found("tornado:%d:%d".formatted(b, d), description);
                    entries.add(new Entry(found, device));
                }
            }
        } catch (Exception | LinkageError e) {
            // Without a driver the runtime's classes do not initialise.
            throw new InputException("TornadoVM does not start: " + rootOf(e));
        }
        if (entries.isEmpty()) {
            throw new InputException("TornadoVM finds no device");
        }
        return entries;
    }

    private static Throwable rootOf(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
