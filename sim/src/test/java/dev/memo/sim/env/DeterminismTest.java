package dev.memo.sim.env;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memo.base.ThreadTeam;
import dev.memo.sim.scenario.Scenario;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The promise: the same bytes whatever steps the environments. */
class DeterminismTest {
    /** Where robots touch vases and reach goals within a few steps. */
    private static final String NARROW = "src/test/resources/scenarios/narrow.json";

    private static final Stepping STEPPING = new Stepping(List.of("goal2", NARROW), 300, 100, 210);

    /** What it makes. Whoever changes the world on purpose records this anew. */
    private static final String DIGEST = "e51b42a0";

    /** So little that an interpreter does it in a few seconds. */
    private static final Stepping SHORT = new Stepping(List.of(NARROW), 30, 20, 50);

    /** As {@link #DIGEST}. */
    private static final String SHORT_DIGEST = "8bc8fef4";

    private static Stepping.Trace here(Stepping stepping, int threads, Stepping.Making making) {
        try (ThreadTeam team = new ThreadTeam(threads)) {
            return stepping.run(making, team);
        }
    }

    private static String forked(Stepping stepping, String... flags)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--add-modules=jdk.incubator.vector");
        command.addAll(List.of(flags));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(Stepping.class.getName(), "2"));
        command.addAll(stepping.arguments());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text).isZero();
        String digest = text.substring(text.lastIndexOf("digest ")).strip();
        return digest.substring("digest ".length());
    }

    @Test
    void contactsGoalsAndEndsOfEpisodesAreAmongThem() {
        Stepping.Trace all = here(STEPPING, 2, PointGoalEnv::new);
        assertThat(all.contactSteps()).isGreaterThan(3_000);
        assertThat(all.goals()).isGreaterThan(300);
        assertThat(all.ended()).isGreaterThanOrEqualTo(2 * 2 * STEPPING.envs());
        Stepping.Trace few = here(SHORT, 2, PointGoalEnv::new);
        assertThat(few.contactSteps()).isGreaterThan(30);
        assertThat(few.goals()).isGreaterThan(5);
        assertThat(few.ended()).isGreaterThanOrEqualTo(2 * SHORT.envs());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void makesTheRecordedBytesOnAnyNumberOfThreads(int threads) {
        assertThat(here(STEPPING, threads, PointGoalEnv::new).digest()).isEqualTo(DIGEST);
        assertThat(here(SHORT, threads, PointGoalEnv::new).digest()).isEqualTo(SHORT_DIGEST);
    }

    @Test
    void makesTheRecordedBytesWithoutSimd() {
        assertThat(here(STEPPING, 2, PointGoalEnv::reference).digest()).isEqualTo(DIGEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"128", "256", "512"})
    void makesTheRecordedBytesWithVectorsOfAnyWidth(String bits)
            throws IOException, InterruptedException {
        assertThat(forked(STEPPING, "-Dmemo.vector.bits=" + bits)).isEqualTo(DIGEST);
    }

    @Test
    void makesTheRecordedBytesInterpreted() throws IOException, InterruptedException {
        assertThat(forked(SHORT, "-Xint")).isEqualTo(SHORT_DIGEST);
    }

    @Test
    void anEnvironmentAloneIsTheSameAsAmongThousands() {
        int envs = 4096;
        int chosen = 17;
        int seed = 300;
        Scenario scenario = Scenario.load("goal2").withEpisodeSteps(100);
        Driver driver = Driver.named("ram");
        try (ThreadTeam team = new ThreadTeam(2);
                PointGoalEnv many = new PointGoalEnv(scenario, envs, Autoreset.SAME_STEP, team);
                PointGoalEnv alone = new PointGoalEnv(scenario, 1, Autoreset.SAME_STEP, team)) {
            EnvBatch all = new EnvBatch(many.spec(), envs);
            EnvBatch one = new EnvBatch(alone.spec(), 1);
            float[] actions = new float[2 * envs];
            float[] action = new float[2];
            many.reset(seed, all);
            alone.reset(seed + chosen, one);
            for (int step = 0; step < 150; step++) {
                VectorEnvContract.assertSameRow(one, 0, all, chosen, 1);
                driver.actInAll(many.spec(), all, actions);
                driver.actInAll(alone.spec(), one, action);
                many.step(actions, all);
                alone.step(action, one);
            }
            VectorEnvContract.assertSameRow(one, 0, all, chosen, 1);
            assertThat(alone.contactSteps()).isPositive();
        }
    }
}
