package dev.memo.learner.expert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memo.base.InputException;
import dev.memo.base.Progress;
import dev.memo.base.ThreadTeam;
import dev.memo.learner.dataset.Dataset;
import dev.memo.learner.dataset.Episode;
import dev.memo.learner.dataset.ExpertLabels;
import dev.memo.sim.scenario.Scenario;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemonstrationsTest {
    private static final Scenario SHORT = Scenario.load("goal0").withEpisodeSteps(3);

    @TempDir Path folder;

    @Test
    void everyEpisodeHasALayoutAndAnExpert() {
        Demonstrations demonstrations =
                new Demonstrations(SHORT, experts("forward", "spin"), 70, 0.1, 5);
        assertThat(write(demonstrations, "a")).isEqualTo(140);
        Dataset dataset = Dataset.read(folder.resolve("a"));
        assertThat(dataset.scenario()).contains(SHORT.toJson());
        assertThat(dataset.episodes().stream().map(one -> one.seed().orElseThrow()))
                .doesNotHaveDuplicates()
                .hasSize(140);
        ExpertLabels labels = ExpertLabels.read(folder.resolve("a"), dataset).orElseThrow();
        assertThat(labels.names()).containsExactly("forward", "spin");
        assertThat(labels.ofEpisode()[69]).isZero();
        assertThat(labels.ofEpisode()[70]).isEqualTo(1);
    }

    @Test
    void theSeedDecidesEverything() {
        write(new Demonstrations(SHORT, experts("goal"), 2, 0.1, 5), "a");
        write(new Demonstrations(SHORT, experts("goal"), 2, 0.1, 5), "b");
        write(new Demonstrations(SHORT, experts("goal"), 2, 0.1, 6), "c");
        Episode a = Dataset.read(folder.resolve("a")).episodes().getLast();
        Episode b = Dataset.read(folder.resolve("b")).episodes().getLast();
        Episode c = Dataset.read(folder.resolve("c")).episodes().getLast();
        assertThat(b.observations()).isEqualTo(a.observations());
        assertThat(b.actions()).isEqualTo(a.actions());
        assertThat(c.observations()).isNotEqualTo(a.observations());
    }

    @Test
    void refusesWhatCannotBeCollected() {
        assertThatThrownBy(() -> new Demonstrations(SHORT, experts("goal", "x"), 1, 0, 0))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("'x'");
        assertThatThrownBy(() -> new Demonstrations(SHORT, experts(), 1, 0, 0))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("experts");
        assertThatThrownBy(() -> new Demonstrations(SHORT, experts("goal"), 0, 0, 0))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("episodes = 0");
        Scenario goal0 = Scenario.load("goal0");
        assertThatThrownBy(() -> new Demonstrations(goal0, experts("goal", "ram"), 1, 0, 0))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("'goal0'");
    }

    private static List<Expert> experts(String... names) {
        return Arrays.stream(names).map(Expert::scripted).toList();
    }

    private int write(Demonstrations demonstrations, String name) {
        try (ThreadTeam team = new ThreadTeam(2)) {
            return demonstrations.write(folder.resolve(name), team, Progress.SILENT);
        }
    }
}
