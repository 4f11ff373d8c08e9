package dev.memo.learner.testing;

import dev.memo.kernels.Device;
import dev.memo.kernels.DeviceProvider;
import java.util.ServiceLoader;

/** The device that the property memo.test.device names, beside the JVM's. */
public final class OtherDevice {
    private OtherDevice() {}

    /** Opens it. */
    public static Device open() {
        String name = System.getProperty("memo.test.device");
        for (DeviceProvider provider : ServiceLoader.load(DeviceProvider.class)) {
            if (name.startsWith(provider.kind())) {
                return provider.open(name, false);
            }
        }
        throw new IllegalStateException("no device " + name + " in this build");
    }
}
