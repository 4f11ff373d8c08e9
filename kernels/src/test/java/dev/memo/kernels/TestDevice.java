package dev.memo.kernels;

import dev.memo.base.ThreadTeam;
import dev.memo.kernels.jvm.JvmDevice;
import java.util.ServiceLoader;

/**
 * The device that tests are about: the JVM device, or the one that the property memo.test.device
 * names. The same tests hold all devices to their contract.
 */
public final class TestDevice {
    private static final String NAME = System.getProperty("memo.test.device", "jvm");

    private TestDevice() {}

    /** Opens it. */
    public static Device open(ThreadTeam team) {
        return open(team, false);
    }

    /** Opens it, so that it checks numerics if asked. */
    public static Device open(ThreadTeam team, boolean checkNumerics) {
        if (isJvm()) {
            return new JvmDevice(team, checkNumerics);
        }
        for (DeviceProvider provider : ServiceLoader.load(DeviceProvider.class)) {
            if (NAME.startsWith(provider.kind())) {
                return provider.open(NAME, checkNumerics);
            }
        }
        throw new IllegalStateException("no device " + NAME + " in this build");
    }

    /** Whether it is the JVM device, which plans in microseconds; others compile for seconds. */
    static boolean isJvm() {
        return NAME.equals("jvm");
    }
}
