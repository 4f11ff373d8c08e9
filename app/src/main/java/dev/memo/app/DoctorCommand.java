package dev.memo.app;

import com.sun.management.OperatingSystemMXBean;
import dev.memo.base.InputException;
import dev.memo.base.ThreadTeam;
import dev.memo.base.Vectors;
import dev.memo.kernels.Device;
import dev.memo.kernels.DeviceProvider;
import dev.memo.render.gl.EglRenderer;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import jdk.incubator.vector.VectorShape;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What MEMO needs and could use of this machine: what is there, and how to get the rest. */
@Command(
        name = "doctor",
        description =
                "What MEMO finds on this machine, whether it computes what it should, and how to"
                        + " get what is missing.",
        footerHeading = "%nExample:%n",
        footer = "  memo doctor")
final class DoctorCommand implements Runnable {
    private static final String VECTOR_MODULE = "jdk.incubator.vector";
    private static final double GIBIBYTE = 1 << 30;

    @Mixin private CommonOptions common;

    private final List<String> failures = new ArrayList<>();

    /** How something was found. */
    enum State {
        /** It is there and does what it should. */
        WORKS,
        /** This build does without. */
        UNUSED,
        /** MEMO needs it and cannot use it. */
        FAILS
    }

    /**
     * Something that was looked at.
     *
     * @param check what it is
     * @param state works, unused or fails
     * @param found what was found
     * @param remedy how to get what is missing; null where nothing is
     */
    record Figures(String check, String state, String found, String remedy) {}

    @Override
    public void run() {
        common.refuse("--seed", common.givenSeed().isPresent(), "the checks are always the same");
        common.refuse("--out", common.out(null) != null, "what is found is printed; see --json");
        common.refuse("--resume", common.resume(), "the checks start anew");
        works("MEMO", "%s (commit %s)".formatted(Version.number(), Version.commit()));
        works(
                "JDK",
                "%s of %s, in %s"
                        .formatted(Runtime.version(), property("vendor"), property("home")));
        works(
                "system",
                "%s %s, %s"
                        .formatted(
                                System.getProperty("os.name"),
                                System.getProperty("os.version"),
                                System.getProperty("os.arch")));
        works(
                "processor",
                "%s; %d cores"
                        .formatted(Machine.cpu(), Runtime.getRuntime().availableProcessors()));
        works("memory", memory());
        boolean vectors = vectorApi();
        if (vectors) {
            device(Devices.JVM);
        } else {
            fails("device jvm", "not checked: it needs the Vector API", null);
        }
        tornadoVm(System.getenv("TORNADOVM_HOME"));
        openGl();
        if (!failures.isEmpty()) {
            throw new InputException("does not work: " + String.join(", ", failures));
        }
    }

    private static String property(String name) {
        return System.getProperty("java." + name);
    }

    private static String memory() {
        OperatingSystemMXBean machine =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return "%.1f GiB, of which the heap takes at most %.1f GiB"
                .formatted(
                        machine.getTotalMemorySize() / GIBIBYTE,
                        Runtime.getRuntime().maxMemory() / GIBIBYTE);
    }

    private boolean vectorApi() {
        if (ModuleLayer.boot().findModule(VECTOR_MODULE).isEmpty()) {
            fails(
                    "Vector API",
                    "the JVM runs without the module " + VECTOR_MODULE,
                    "Start MEMO by ./memo, or add --add-modules=%s to java"
                            .formatted(VECTOR_MODULE));
            return false;
        }
        works(
                "Vector API",
                "%d bits are used, the JVM prefers %d"
                        .formatted(
                                Vectors.SHAPE.vectorBitSize(),
                                VectorShape.preferredShape().vectorBitSize()));
        return true;
    }

    /** Each device that TornadoVM finds, if this build and this JVM have TornadoVM's. */
    private void tornadoVm(String home) {
        List<DeviceProvider> providers = Devices.providers();
        if (providers.isEmpty()) {
            withoutTornadoVm(
                    home == null
                            ? "TORNADOVM_HOME is not set"
                            : "this build has no device on TornadoVM");
        }
        for (DeviceProvider provider : providers) {
            provider.lacks()
                    .ifPresentOrElse(this::withoutTornadoVm, () -> tornadoVm(home, provider));
        }
    }

    private void withoutTornadoVm(String why) {
        conclude(
                "TornadoVM",
                State.UNUSED,
                why,
                "Not needed: the CPU computes all networks. For a GPU, install TornadoVM, set"
                        + " TORNADOVM_HOME and start MEMO by ./memo (docs/gpu.md)");
    }

    private void tornadoVm(String home, DeviceProvider provider) {
        try {
            List<DeviceProvider.Found> found = provider.devices();
            works("TornadoVM", "%s; devices: %d".formatted(home, found.size()));
            found.forEach(device -> device(device.name()));
        } catch (InputException e) {
            fails("TornadoVM", e.getMessage(), "docs/gpu.md says what it needs");
        }
    }

    /** What draws pictures without a screen. */
    private void openGl() {
        try (EglRenderer renderer = new EglRenderer(16, 16, 1)) {
            works("OpenGL", renderer.description());
        } catch (InputException e) {
            conclude(
                    "OpenGL",
                    State.UNUSED,
                    e.getMessage(),
                    "Not needed: memo render draws by Java2D, only memo watch cannot do without");
        }
    }

    private void device(String place) {
        try (ThreadTeam team = new ThreadTeam(common.threads());
                Device device = common.device(place, team)) {
            DeviceCheck check = DeviceCheck.of(device);
            String name = "device " + place;
            if (check.passed()) {
                works(
                        name,
                        "%s; values, gradients and a step of Adam are within %.0e of float64"
                                .formatted(device.name(), check.difference()));
            } else {
                fails(
                        name,
                        "%s; %s: %.1e from float64, where %.0e is rounding"
                                .formatted(
                                        device.name(),
                                        check.quantity(),
                                        check.difference(),
                                        DeviceCheck.TOLERANCE),
                        "An error in MEMO, the JVM or a driver: try others, and tell us of all");
            }
        } catch (RuntimeException e) {
            fails("device " + place, e.getMessage(), "docs/gpu.md says what a device needs");
        }
    }

    private void works(String check, String found) {
        conclude(check, State.WORKS, found, null);
    }

    private void fails(String check, String found, String remedy) {
        failures.add(check);
        conclude(check, State.FAILS, found, remedy);
    }

    private void conclude(String check, State state, String found, String remedy) {
        String word = state.name().toLowerCase(Locale.ROOT);
        common.say("%-6s  %s: %s".formatted(state == State.FAILS ? "FAILS" : word, check, found));
        if (remedy != null) {
            common.say("        " + remedy);
        }
        common.figures(new Figures(check, word, found, remedy));
    }
}
