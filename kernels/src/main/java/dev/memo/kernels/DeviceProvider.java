package dev.memo.kernels;

import java.util.List;
import java.util.Optional;

/**
 * Opens devices of one kind. {@link java.util.ServiceLoader} finds those that a build has beside
 * the JVM device.
 */
public interface DeviceProvider {
    /**
     * A device that is there.
     *
     * @param name that opens it, such as "tornado:0:1"
     * @param description what it is
     */
    record Found(String name, String description) {}

    /** What names of its devices begin with, such as "tornado"; alone it opens the first one. */
    String kind();

    /** What this JVM lacks to have such devices, in words; empty if it lacks nothing. */
    Optional<String> lacks();

    /**
     * The devices that are there.
     *
     * @throws dev.memo.base.InputException saying what is missing, if what drives them does not
     *     start
     */
    List<Found> devices();

    /**
     * Opens a device.
     *
     * @param name the kind, or one that {@link #devices} gives
     * @param checkNumerics whether every run looks for numbers that are not finite; slower
     * @throws dev.memo.base.InputException naming those that are there, if it is not
     */
    Device open(String name, boolean checkNumerics);
}
