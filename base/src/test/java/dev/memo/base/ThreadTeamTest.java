package dev.memo.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThreadTeamTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void doesEveryChunkOnceInEveryRound(int threads) {
        try (ThreadTeam team = new ThreadTeam(threads)) {
            AtomicIntegerArray done = new AtomicIntegerArray(13);
            for (int round = 0; round < 2_000; round++) {
                team.run(13, (chunk, _) -> done.incrementAndGet(chunk));
            }
            for (int chunk = 0; chunk < 13; chunk++) {
                assertThat(done.get(chunk)).isEqualTo(2_000);
            }
        }
    }

    @Test
    void givesAChunkToTheSameThreadEveryTime() {
        try (ThreadTeam team = new ThreadTeam(3)) {
            int[] first = threadsOfChunks(team);
            assertThat(first).isSorted().contains(0, 1, 2);
            for (int round = 0; round < 50; round++) {
                assertThat(threadsOfChunks(team)).isEqualTo(first);
            }
        }
    }

    @Test
    void throwsWhatAChunkThrewAndWorksOn() {
        try (ThreadTeam team = new ThreadTeam(2)) {
            assertThatThrownBy(
                            () ->
                                    team.run(
                                            4,
                                            (chunk, _) -> {
                                                if (chunk == 3) {
                                                    throw new IllegalStateException("chunk 3");
                                                }
                                            }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("chunk 3");
            assertThat(threadsOfChunks(team)).contains(0, 1);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 4", "2, 1", "2, 4"})
    @Timeout(20)
    void refusesATaskThatRunsAnotherAndWorksOn(int threads, int chunks) {
        try (ThreadTeam team = new ThreadTeam(threads)) {
            assertThatThrownBy(() -> team.run(chunks, (_, _) -> team.run(chunks, (_, _) -> {})))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("a task may not run another");
            assertThat(threadsOfChunks(team)).contains(0, threads - 1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    @Timeout(20)
    void refusesToRunAfterItWasClosed(int threads) {
        ThreadTeam team = new ThreadTeam(threads);
        team.close();
        assertThatThrownBy(() -> team.run(4, (_, _) -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("team is closed");
    }

    @Test
    void refusesATeamOfNobody() {
        assertThatThrownBy(() -> new ThreadTeam(0))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("threads = 0");
    }

    private static int[] threadsOfChunks(ThreadTeam team) {
        int[] threads = new int[9];
        Arrays.fill(threads, -1);
        team.run(9, (chunk, thread) -> threads[chunk] = thread);
        return threads;
    }
}
