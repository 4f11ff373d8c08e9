package dev.memo.learner.memo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.memo.base.InputException;
import dev.memo.base.Progress;
import dev.memo.base.ThreadTeam;
import dev.memo.kernels.jvm.JvmDevice;
import dev.memo.learner.dataset.Dataset;
import dev.memo.learner.dataset.Episode;
import dev.memo.learner.expert.ScriptedExpert;
import dev.memo.learner.rollout.Episodes;
import dev.memo.learner.testing.ForwardAndCircle;
import dev.memo.sim.scenario.Scenario;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NoveltyDetectorTest {
    private static final int EACH = 60;

    private final ThreadTeam team = new ThreadTeam(2);
    private final JvmDevice device = new JvmDevice(team);
    private final Dataset dataset = ForwardAndCircle.dataset(EACH);

    @AfterEach
    void closeTeam() {
        device.close();
        team.close();
    }

    private MemoModel trained(Object... changes) {
        MemoTrainer trainer = new MemoTrainer(TinyData.config(changes), dataset, device);
        trainer.trainEpoch();
        trainer.trainEpoch();
        return trainer.model();
    }

    /** Episodes as the dataset's, on other layouts. */
    private Dataset fresh(String expert, int count) {
        long[] seeds = LongStream.range(1_000, 1_000 + count).toArray();
        Episode[] episodes =
                Episodes.collect(
                        ForwardAndCircle.SCENARIO,
                        ScriptedExpert.named(expert, 0.1, team),
                        seeds,
                        team,
                        Progress.SILENT);
        return new Dataset(expert, Optional.empty(), dataset.spec(), List.of(episodes));
    }

    private Dataset heldOut(MemoModel model) {
        List<Episode> known =
                Arrays.stream(MemoTrainer.split(model.config(), dataset).heldOut())
                        .mapToObj(dataset.episodes()::get)
                        .toList();
        return new Dataset("held out", Optional.empty(), dataset.spec(), known);
    }

    @ParameterizedTest
    @EnumSource(MemoConfig.Assignment.class)
    void whatIsKnownCannotBeToldFromItself(MemoConfig.Assignment assignment) {
        MemoModel model = trained("assignment", assignment);
        NoveltyDetector detector = new NoveltyDetector(model, dataset);
        NoveltyDetector.Novelty found = detector.of(heldOut(model));
        assertThat(detector.knownEpisodes()).isEqualTo(2 * EACH / 5);
        assertThat(IntStream.of(found.modes()).sum()).isEqualTo(detector.knownEpisodes());
        assertThat(found.near()[0] + found.near()[1]).isEqualTo(1, within(1e-9));
        found.detections()
                .values()
                .forEach(
                        one -> {
                            assertThat(one.auroc().mean()).isEqualTo(0.5, within(1e-12));
                            assertThat(one.missed()).isBetween(0.95, 1.0);
                        });
    }

    @Test
    void knownExpertsOnFreshLayoutsAreKnownAndOthersAreNot() {
        NoveltyDetector detector = new NoveltyDetector(trained(), dataset);
        int[] nearest = new int[2];
        for (int i = 0; i < 2; i++) {
            NoveltyDetector.Novelty known =
                    detector.of(fresh(List.of("forward", "circle").get(i), 60));
            NoveltyDetector.Detection likelihood = known.detections().get(NoveltyScore.LIKELIHOOD);
            assertThat(likelihood.auroc().low()).isLessThan(0.5);
            assertThat(likelihood.auroc().high()).isGreaterThan(0.5);
            assertThat(likelihood.missed()).isGreaterThan(0.8);
            nearest[i] = known.modes()[0] > known.modes()[1] ? 0 : 1;
            assertThat(known.modes()[nearest[i]]).isEqualTo(60);
        }
        assertThat(nearest[0]).isNotEqualTo(nearest[1]);
        for (String expert : List.of("spin", "left", "goal")) {
            NoveltyDetector.Detection likelihood =
                    detector.of(fresh(expert, 60)).detections().get(NoveltyScore.LIKELIHOOD);
            assertThat(likelihood.auroc().low()).as(expert).isGreaterThan(0.8);
            assertThat(likelihood.missed()).as(expert).isLessThan(0.2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyScoreIsHeldAgainstEpisodesOfTheSameMode(NoveltyScore score) {
        // It has learned so little that distances that are not squared put episodes in another
        // order.
        MemoModel model = trained("iterations", 3);
        Dataset known = heldOut(model);
        List<Episode> episodes = new ArrayList<>();
        // The first two are known, so that no score tells all apart.
        for (String expert : List.of("forward", "circle", "goal")) {
            episodes.addAll(fresh(expert, 30).episodes());
        }
        Dataset novel = new Dataset("novel", Optional.empty(), dataset.spec(), episodes);
        double area = area(new NoveltyDetector(model, dataset), score, novel);
        assertThat(area).isBetween(0.2, 0.95);
        assertThat(area).isEqualTo(overPairs(model, dataset, score, known, novel), within(1e-12));
    }

    @Test
    void aModeThatNobodyHasIsHeldAgainstAll() {
        MemoModel model = trained();
        Dataset circles = fresh("circle", 40);
        int[] heldOut = MemoTrainer.split(model.config(), circles).heldOut();
        List<Episode> known = Arrays.stream(heldOut).mapToObj(circles.episodes()::get).toList();
        Dataset novel = fresh("forward", 20);
        assertThat(area(new NoveltyDetector(model, circles), NoveltyScore.LIKELIHOOD, novel))
                .isEqualTo(
                        overPairs(
                                model,
                                circles,
                                NoveltyScore.LIKELIHOOD,
                                new Dataset("known", Optional.empty(), circles.spec(), known),
                                novel),
                        within(1e-12));
    }

    private static double area(NoveltyDetector detector, NoveltyScore score, Dataset novel) {
        return detector.of(novel).detections().get(score).auroc().mean();
    }

    /** The definition, pair by pair. */
    private static double overPairs(
            MemoModel model, Dataset learned, NoveltyScore score, Dataset known, Dataset novel) {
        double[] ofKnown = scores(model, learned, score, known);
        double[] ofNovel = scores(model, learned, score, novel);
        int[] modesOfKnown = modes(model, known);
        int[] modesOfNovel = modes(model, novel);
        double sum = 0;
        for (int e = 0; e < ofNovel.length; e++) {
            int mode = modesOfNovel[e];
            boolean alone = Arrays.stream(modesOfKnown).noneMatch(one -> one == mode);
            double above = 0;
            int all = 0;
            for (int other = 0; other < ofKnown.length; other++) {
                if (alone || modesOfKnown[other] == mode) {
                    all++;
                    above += ofNovel[e] > ofKnown[other] ? 1 : 0;
                    above += ofNovel[e] == ofKnown[other] ? 0.5 : 0;
                }
            }
            sum += above / all;
        }
        return sum / ofNovel.length;
    }

    /** The definitions of the scores, episode by episode. */
    private static double[] scores(
            MemoModel model, Dataset learned, NoveltyScore score, Dataset data) {
        int[] all = IntStream.range(0, data.episodes().size()).toArray();
        return switch (score) {
            case LIKELIHOOD -> {
                double[][] likelihoods = likelihoods(model, data);
                int[] modes = modes(model, data);
                yield Arrays.stream(all).mapToDouble(e -> -likelihoods[e][modes[e]]).toArray();
            }
            case CODE_DISTANCE ->
                    Arrays.stream(all).mapToDouble(e -> codeDistance(model, data, e)).toArray();
            case NEIGHBOURS -> {
                int[] training = MemoTrainer.split(model.config(), learned).training();
                double[][] trained =
                        Arrays.stream(training)
                                .mapToObj(e -> meanZ(model, learned, e))
                                .toArray(double[][]::new);
                yield Arrays.stream(all)
                        .mapToDouble(e -> tenthNearest(meanZ(model, data, e), trained))
                        .toArray();
            }
        };
    }

    /** [windows][Z] of one episode. */
    private static double[][] zs(MemoModel model, Dataset data, int episode) {
        Windows windows = MemoTrainer.windows(model.config(), data, new int[] {episode});
        float[] z = model.recognise(windows, MemoModel.Output.Z);
        double[][] rows = new double[windows.size()][z.length / windows.size()];
        for (int i = 0; i < z.length; i++) {
            rows[i / rows[0].length][i % rows[0].length] = z[i];
        }
        return rows;
    }

    private static double codeDistance(MemoModel model, Dataset data, int episode) {
        float[] codes = model.parameters().get(MemoNetwork.CODEBOOK).data();
        double sum = 0;
        double[][] zs = zs(model, data, episode);
        for (double[] z : zs) {
            double least = Double.POSITIVE_INFINITY;
            for (int from = 0; from < codes.length; from += z.length) {
                double[] code = new double[z.length];
                for (int i = 0; i < code.length; i++) {
                    code[i] = codes[from + i];
                }
                least = Math.min(least, square(z, code));
            }
            sum += least;
        }
        return sum / zs.length;
    }

    private static double[] meanZ(MemoModel model, Dataset data, int episode) {
        double[][] zs = zs(model, data, episode);
        double[] mean = new double[zs[0].length];
        Arrays.setAll(mean, i -> Arrays.stream(zs).mapToDouble(z -> z[i]).average().orElseThrow());
        return mean;
    }

    private static double tenthNearest(double[] z, double[][] trained) {
        double[] squares = Arrays.stream(trained).mapToDouble(one -> square(z, one)).toArray();
        Arrays.sort(squares);
        return Math.sqrt(squares[9]);
    }

    /** The square of a distance. */
    private static double square(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return sum;
    }

    private static Windows windows(MemoModel model, Dataset data) {
        int[] all = IntStream.range(0, data.episodes().size()).toArray();
        return MemoTrainer.windows(model.config(), data, all);
    }

    private static double[][] likelihoods(MemoModel model, Dataset data) {
        Windows windows = windows(model, data);
        return model.episodeLikelihoods(
                windows, windows.heads(), windows.episodes(), data.episodes().size());
    }

    private static int[] modes(MemoModel model, Dataset data) {
        Windows windows = windows(model, data);
        return MemoEvaluation.codesOfEpisodes(
                model, windows, windows.episodes(), model.codes(windows), likelihoods(model, data));
    }

    @Test
    void threadsDoNotChangeABit() {
        MemoModel model = trained();
        Map<NoveltyScore, NoveltyDetector.Detection> two =
                new NoveltyDetector(model, dataset).of(fresh("goal", 20)).detections();
        try (ThreadTeam alone = new ThreadTeam(1);
                JvmDevice slow = new JvmDevice(alone)) {
            MemoTrainer trainer = new MemoTrainer(model.config(), dataset, slow);
            trainer.trainEpoch();
            trainer.trainEpoch();
            assertThat(
                            new NoveltyDetector(trainer.model(), dataset)
                                    .of(fresh("goal", 20))
                                    .detections())
                    .isEqualTo(two);
        }
    }

    @Test
    void refusesOtherColumnsAndEpisodesThatAreTooShort() {
        NoveltyDetector detector = new NoveltyDetector(trained(), dataset);
        Dataset foreign = TinyData.foreign("pendulum-v0");
        assertThatThrownBy(() -> detector.of(foreign))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("pendulum-v0: has other columns than the data");
        Scenario shorter = ForwardAndCircle.SCENARIO.withEpisodeSteps(5);
        Episode[] five =
                Episodes.collect(
                        shorter,
                        ScriptedExpert.named("spin", 0, team),
                        new long[] {1},
                        team,
                        Progress.SILENT);
        Dataset tooShort = new Dataset("short", Optional.empty(), dataset.spec(), List.of(five));
        assertThatThrownBy(() -> detector.of(tooShort))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("has 5 steps");
    }
}
