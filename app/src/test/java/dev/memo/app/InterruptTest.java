package dev.memo.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Signals end the JVM that gets them, so they are sent to another one. */
class InterruptTest {
    private static final int SECONDS = 20;

    @Test
    void theFirstLetsTheWorkSaveAndEnd() throws Exception {
        Process work = start("saves");
        BufferedReader out = work.inputReader();
        assertThat(out.readLine()).isEqualTo("working");

        signal(work, "-INT");

        assertThat(out.readLine()).isEqualTo("saved");
        assertThat(work.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(work.exitValue()).isEqualTo(Interrupt.EXIT_CODE);
    }

    @Test
    void theSecondEndsAtOnce() throws Exception {
        Process work = start("never");
        assertThat(work.inputReader().readLine()).isEqualTo("working");

        signal(work, "-TERM");
        assertThat(work.errorReader().readLine()).contains("stopping");
        assertThat(work.isAlive()).isTrue();
        signal(work, "-INT");

        assertThat(work.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(work.exitValue()).isEqualTo(Interrupt.EXIT_CODE);
    }

    private static Process start(String how) throws IOException {
        String java = ProcessHandle.current().info().command().orElseThrow();
        return new ProcessBuilder(
                        java,
                        "-Xmx64m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Work.class.getName(),
                        how)
                .start();
    }

    private static void signal(Process process, String name) throws Exception {
        String pid = Long.toString(process.pid());
        assertThat(new ProcessBuilder("kill", name, pid).start().waitFor()).isZero();
    }

    /** Works until asked to stop; "never" hears it and works on. */
    static final class Work {
        private Work() {}

        public static void main(String[] args) throws InterruptedException {
            Interrupt interrupt = new Interrupt(System.err, () -> {});
            interrupt.install();
            System.out.println("working");
            while (args[0].equals("never") || !interrupt.requested()) {
                Thread.sleep(5);
            }
            System.out.println("saved");
            System.exit(Interrupt.EXIT_CODE);
        }
    }
}
