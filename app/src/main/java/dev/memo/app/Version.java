package dev.memo.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Which MEMO this is. */
final class Version implements IVersionProvider {
    /** The version that the build wrote beside this class, e.g. {@code 0.1.0}. */
    static String number() {
        try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The commit that the launcher found, or {@code unknown} outside a repository. */
    static String commit() {
        return System.getProperty("memo.commit", "unknown");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"memo " + number() + " (commit " + commit() + ")"};
    }
}
