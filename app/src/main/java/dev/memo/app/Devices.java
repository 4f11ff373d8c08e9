package dev.memo.app;

import dev.memo.base.ThreadTeam;
import dev.memo.kernels.Device;
import dev.memo.kernels.DeviceProvider;
import dev.memo.kernels.jvm.JvmDevice;
import java.util.List;
import java.util.ServiceLoader;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The devices of this build, by the names that {@code --device} takes. */
final class Devices {
    /** The CPU, through the JVM's Vector API. */
    static final String JVM = "jvm";

    private static final String TORNADO = "tornado";

    private Devices() {}

    /** What opens devices beside the JVM's. */
    static List<DeviceProvider> providers() {
        return ServiceLoader.load(DeviceProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    /** Opens a device, which looks for numbers that are not finite if asked. */
    static Device open(String name, ThreadTeam team, boolean checkNumerics) {
        return name.equals(JVM)
                ? new JvmDevice(team, checkNumerics)
                : provider(name).open(name, checkNumerics);
    }

    private static DeviceProvider provider(String name) {
        for (DeviceProvider provider : providers()) {
            if (name.equals(provider.kind()) || name.startsWith(provider.kind() + ":")) {
                return provider;
            }
        }
        throw new TypeConversionException(
                name.split(":")[0].equals(TORNADO)
                        ? name
                                + ": this build has none; install TornadoVM, set TORNADOVM_HOME and"
                                + " start again (docs/gpu.md)"
                        : name + ": must be " + JVM + ", or " + TORNADO + " where TornadoVM is");
    }

    /** A name that some device of this build may have. */
    static final class Name implements ITypeConverter<String> {
        @Override
        public String convert(String value) {
            if (!value.equals(JVM)) {
                provider(value);
            }
            return value;
        }
    }
}
