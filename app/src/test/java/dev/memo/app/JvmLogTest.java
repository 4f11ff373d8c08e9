package dev.memo.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JvmLogTest {
    private static final int STANDARD_ERROR = 2;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(bytes, true);

    @TempDir Path folder;

    @Test
    void showsTheLogAndRemovesIt() throws IOException {
        String expected = "WARNING: Using incubator modules: jdk.incubator.vector\n";
        Path file = Files.writeString(folder.resolve("jvm.log"), expected + "WARNING: a module\n");
        // Standard error onto itself changes nothing for the test's JVM.
        JvmLog log = JvmLog.open(file.toString(), STANDARD_ERROR);
        log.show(err);
        log.delete();
        assertThat(bytes.toString()).isEqualTo("WARNING: a module\n");
        assertThat(file).doesNotExist();
    }

    @Test
    void refusesADescriptorThatIsNotOpen() {
        assertThat(catchThrowable(() -> JvmLog.open(folder.resolve("log").toString(), 987)))
                .hasMessageContaining("descriptor 987");
    }

    @Test
    void saysNothingWhereNothingWasLedAway() {
        JvmLog log = JvmLog.open(null, 0);
        log.show(err);
        log.delete();
        assertThat(bytes.size()).isZero();
    }
}
