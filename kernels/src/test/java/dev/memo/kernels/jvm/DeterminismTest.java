package dev.memo.kernels.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memo.base.ThreadTeam;
import dev.memo.kernels.Training;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The promise: the same bytes whatever runs them. */
class DeterminismTest {
    private static int here(int threads) {
        try (ThreadTeam team = new ThreadTeam(threads)) {
            return Training.digest(team);
        }
    }

    private static int forked(String... flags) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--add-modules=jdk.incubator.vector");
        command.addAll(List.of(flags));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(Training.class.getName(), "2"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text).isZero();
        String digest = text.substring(text.lastIndexOf("digest ")).strip();
        return Integer.parseInt(digest.substring("digest ".length()));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void makesTheSameBytesOnAnyNumberOfThreads(int threads) {
        assertThat(here(threads)).isEqualTo(here(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void trainsWideLayersToTheSameBytesOnAnyNumberOfThreads(int threads) {
        try (ThreadTeam one = new ThreadTeam(1);
                ThreadTeam many = new ThreadTeam(threads)) {
            assertThat(Training.digest(many, Training.wideProgram()))
                    .isEqualTo(Training.digest(one, Training.wideProgram()));
        }
    }

    @Test
    void makesTheSameBytesBeforeAndAfterTheJitCompiled() {
        int first = here(1);
        try (ThreadTeam team = new ThreadTeam(1)) {
            for (int i = 0; i < 200; i++) {
                assertThat(Training.digest(team)).isEqualTo(first);
            }
        }
    }

    @Test
    void makesTheSameBytesInterpreted() throws IOException, InterruptedException {
        assertThat(forked("-Xint")).isEqualTo(here(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"128", "256", "512"})
    void makesTheSameBytesWithVectorsOfAnyWidth(String bits)
            throws IOException, InterruptedException {
        assertThat(forked("-Dmemo.vector.bits=" + bits)).isEqualTo(here(1));
    }
}
