package dev.memo.learner.extending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memo.base.Progress;
import dev.memo.base.ThreadTeam;
import dev.memo.kernels.Device;
import dev.memo.kernels.jvm.JvmDevice;
import dev.memo.learner.dataset.Dataset;
import dev.memo.learner.dataset.DatasetSpec;
import dev.memo.learner.dataset.Episode;
import dev.memo.learner.expert.ScriptedExpert;
import dev.memo.learner.rollout.Episodes;
import dev.memo.learner.rollout.Policy;
import dev.memo.learner.rollout.Rollout;
import dev.memo.sim.env.Autoreset;
import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.PointGoalEnv;
import dev.memo.sim.env.VectorEnv;
import dev.memo.sim.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The examples work, and docs/extending.md shows them as they are. */
class ExtendingTest {
    private static final Path ROOT = Path.of("..");
    private static final Scenario SHORT = Scenario.load("goal0").withEpisodeSteps(300);

    /** A code block, and the line before it that names a file and a part of it. */
    private static final Pattern BLOCK =
            Pattern.compile("(?:<!-- (\\S+) (\\w+) -->\\n)?```java\\n(.*?)```", Pattern.DOTALL);

    @Test
    void theDocumentShowsTheExamplesAsTheyAre() throws IOException {
        String text = Files.readString(ROOT.resolve("docs/extending.md"));
        List<MatchResult> blocks = BLOCK.matcher(text).results().toList();
        assertThat(blocks).hasSize(6);
        for (MatchResult block : blocks) {
            assertThat(block.group(1))
                    .as("no source named before:%n%s", block.group(3))
                    .isNotNull();
            assertThat(block.group(3)).isEqualTo(part(block.group(1), block.group(2)));
        }
    }

    private static String part(String file, String name) throws IOException {
        String source = Files.readString(ROOT.resolve(file));
        Pattern part =
                Pattern.compile(
                        "^ *// begin " + name + "\\n(.*?)^ *// end " + name + "$",
                        Pattern.DOTALL | Pattern.MULTILINE);
        List<MatchResult> found = part.matcher(source).results().toList();
        assertThat(found).as("%s in %s", name, file).hasSize(1);
        return found.getFirst().group(1).stripTrailing().stripIndent() + "\n";
    }

    @Test
    void aPolicyOfOnesOwnReachesGoals() {
        assertThat(goalsOf(new LidarPolicy(), SHORT)).isGreaterThan(30);
    }

    @Test
    void aLearnerOfOnesOwnRepeatsAnExpert() {
        try (ThreadTeam team = new ThreadTeam(2);
                Device device = new JvmDevice(team)) {
            // begin cloning
            Episode[] shown =
                    Episodes.collect(
                            SHORT,
                            ScriptedExpert.named("goal", 0.1, team),
                            LongStream.range(100, 120).toArray(),
                            team,
                            Progress.SILENT);
            DatasetSpec spec = DatasetSpec.of(PointGoalEnv.specOf(SHORT));
            Dataset dataset = new Dataset("shown", Optional.empty(), spec, List.of(shown));
            Policy clone = new BehaviourCloning(dataset, device, 300);
            // end cloning
            assertThat(goalsOf(clone, SHORT)).isGreaterThan(30);
        }
    }

    /** On ten layouts together; the scripted expert reaches about 40, random actions none. */
    private static long goalsOf(Policy policy, Scenario scenario) {
        long[] goals = new long[1];
        // begin rollout
        try (ThreadTeam team = new ThreadTeam(2);
                VectorEnv env = new PointGoalEnv(scenario, 10, Autoreset.SAME_STEP, team)) {
            long[] seeds = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
            Rollout.Listener listener =
                    new Rollout.Listener() {
                        @Override
                        public void reset(EnvBatch state) {}

                        @Override
                        public void step(float[] actions, EnvBatch state) {
                            for (boolean met : state.goalsMet) {
                                goals[0] += met ? 1 : 0;
                            }
                        }
                    };
            Rollout.run(env, policy, seeds, 300, Progress.SILENT, listener);
        }
        // end rollout
        return goals[0];
    }
}
