package dev.memo.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What figures were measured on. */
final class Machine {
    private static final Path CPUS = Path.of("/proc/cpuinfo");

    private Machine() {}

    /** The processor's name, with family and model where Linux tells them: clouds shorten names. */
    static String cpu() {
        try {
            String cpus = Files.readString(CPUS);
            Optional<String> name = value(cpus, "model name");
            if (name.isPresent()) {
                return "%s, family %s, model %s"
                        .formatted(
                                name.get(),
                                value(cpus, "cpu family").orElse("?"),
                                value(cpus, "model").orElse("?"));
            }
        } catch (IOException _) {
            // Not Linux: the architecture is what is left.
        }
        return System.getProperty("os.arch");
    }

    private static Optional<String> value(String cpus, String key) {
        return cpus.lines()
                .filter(line -> line.matches(key + "\\s*:.*"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst();
    }
}
