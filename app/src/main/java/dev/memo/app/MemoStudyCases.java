package dev.memo.app;

import dev.memo.app.MemoStudy.Case;
import dev.memo.app.MemoStudy.Data;
import dev.memo.app.MemoStudy.Learner;
import dev.memo.learner.baseline.BaselineConfig;
import dev.memo.learner.baseline.BaselineConfig.Kind;
import dev.memo.learner.checkpoint.ConfigJson;
import dev.memo.learner.memo.MemoConfig;
import dev.memo.learner.memo.MemoConfig.Assignment;
import dev.memo.learner.memo.MemoConfig.Codebook;
import dev.memo.learner.memo.MemoConfig.Context;
import dev.memo.learner.memo.MemoConfig.Encoder;
import dev.memo.learner.memo.MemoConfig.Loss;
import dev.memo.learner.memo.MemoConfig.Steering;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The cases of a study.
 *
 * @param seeds of what is compared with the posts, and of what has to separate experts
 * @param ablationSeeds of every upgrade and baseline, and of the original on other experts
 * @param episodes of each expert
 * @param steps of an episode
 * @param epochs of what has to separate experts, on large batches
 * @param ablationEpochs of every upgrade and baseline
 * @param originalEpochs of the original
 * @param mostEpochs of the original with four codes and seed 0: the posts show one run
 */
record MemoStudyCases(
        int seeds,
        int ablationSeeds,
        int episodes,
        int steps,
        int epochs,
        int ablationEpochs,
        int originalEpochs,
        int mostEpochs) {

    /** As the author collected: long episodes, no noise. */
    private static final int ORIGINAL_EPISODES = 100;

    private static final int ORIGINAL_STEPS = 1_000;
    private static final double NOISE = 0.3;
    private static final double LESS_NOISE = 0.1;

    /** Policies that are told apart by what they do need their last tenths of a nat. */
    private static final int LARGE_BATCH = 512;

    /**
     * The cases, in the order of the tables.
     *
     * @param modes of the original on two experts
     * @param all or a few of each table
     */
    List<Case> of(List<Integer> modes, boolean all) {
        List<Case> cases = new ArrayList<>();
        cases.add(separation(data("goal-forward", "goal", "forward")));
        cases.add(separation(data("goal-goal-safe", "goal", "goal-safe")));
        Data four = data("four", "goal", "goal-safe", "forward", "circle");
        if (all) {
            Data circleForward = data("circle-forward", "circle", "forward");
            Data five = data("five", "goal", "goal-safe", "forward", "circle", "square");
            Data spin = data("five-spin", "goal", "goal-safe", "forward", "circle", "spin");
            cases.add(separation(circleForward));
            cases.add(separation(four));
            cases.add(separation(five));
            cases.add(separation(spin));
            cases.add(separation(lessNoise(circleForward)));
            cases.add(separation(lessNoise(spin)));
            cases.add(selection(four));
            cases.add(selection(five));
        }
        ablations(all).forEach((name, changes) -> cases.add(ablation(name, four, changes)));
        List<Kind> kinds = all ? List.of(Kind.values()) : List.of(Kind.K_MEANS);
        kinds.forEach(kind -> cases.add(baseline(kind, four)));
        cases.addAll(original(modes, all));
        return cases;
    }

    private List<Case> original(List<Integer> modes, boolean all) {
        List<Case> cases = new ArrayList<>();
        Data goalForward = original("goal-forward", MemoStudy.LEARNED_GOAL, "forward");
        for (int step : List.of(1, 5)) {
            for (int k : modes) {
                int last = k == 4 ? mostEpochs : originalEpochs;
                cases.add(original(goalForward, k, step, last, seeds));
            }
        }
        if (all) {
            Data circleForward = original("circle-forward", "circle", "forward");
            Data four = original("four", MemoStudy.LEARNED_GOAL, "forward", "circle", "square");
            Data five =
                    original("five", MemoStudy.LEARNED_GOAL, "forward", "circle", "square", "spin");
            for (Data data : List.of(circleForward, four, five)) {
                int experts = data.experts().size();
                cases.add(original(data, experts, 5, originalEpochs, ablationSeeds));
                cases.add(original(data, experts + 1, 5, originalEpochs, ablationSeeds));
            }
        }
        return cases;
    }

    private static Data original(String name, String... experts) {
        return new Data("original-" + name, List.of(experts), ORIGINAL_EPISODES, ORIGINAL_STEPS, 0);
    }

    private Data data(String name, String... experts) {
        return new Data(name, List.of(experts), episodes, steps, NOISE);
    }

    private static Data lessNoise(Data data) {
        return new Data(
                data.name() + "-less-noise",
                data.experts(),
                data.episodes(),
                data.steps(),
                LESS_NOISE);
    }

    private Case original(Data data, int modes, int step, int last, int seeds) {
        MemoConfig config =
                ConfigJson.with(
                        MemoConfig.ORIGINAL,
                        Map.of("modes", modes, "step", List.of(step), "epochs", last));
        List<Integer> epochs = new ArrayList<>();
        if (modes == 4) {
            epochs.add(1);
        }
        if (last > originalEpochs) {
            epochs.add(originalEpochs);
        }
        epochs.add(last);
        String name =
                "%s, k = %d, step %d"
                        .formatted(data.name().substring("original-".length()), modes, step);
        return new Case(
                MemoStudy.ORIGINAL,
                name,
                data,
                new Learner.Memo(config, epochs, originalEpochs),
                clones(ablationEpochs, BaselineConfig.DEFAULT.batch()),
                seeds);
    }

    private static MemoConfig own(Data data, int epochs, Map<String, ?> changes) {
        Map<String, Object> all = new HashMap<>(changes);
        all.put("modes", data.experts().size());
        all.put("epochs", epochs);
        return ConfigJson.with(MemoConfig.DEFAULT, all);
    }

    private static BaselineConfig clones(int epochs, int batch) {
        return ConfigJson.with(BaselineConfig.DEFAULT, Map.of("epochs", epochs, "batch", batch));
    }

    private Case separation(Data data) {
        MemoConfig config = own(data, epochs, Map.of("batch", LARGE_BATCH));
        return new Case(
                MemoStudy.SEPARATION,
                data.name(),
                data,
                new Learner.Memo(config, List.of(epochs), epochs),
                clones(epochs, LARGE_BATCH),
                seeds);
    }

    private Case selection(Data data) {
        MemoConfig config = own(data, ablationEpochs, Map.of());
        int most = data.experts().size() + 2;
        return new Case(
                MemoStudy.SELECTION,
                data.name(),
                data,
                new Learner.Selection(config, most, 3),
                clones(ablationEpochs, BaselineConfig.DEFAULT.batch()),
                1);
    }

    private Case ablation(String name, Data data, Map<String, ?> changes) {
        MemoConfig config = own(data, ablationEpochs, changes);
        return new Case(
                MemoStudy.ABLATIONS,
                name,
                data,
                new Learner.Memo(config, List.of(ablationEpochs), ablationEpochs),
                clones(ablationEpochs, BaselineConfig.DEFAULT.batch()),
                ablationSeeds);
    }

    private Case baseline(Kind kind, Data data) {
        BaselineConfig config =
                ConfigJson.with(
                        BaselineConfig.DEFAULT,
                        Map.of(
                                "kind",
                                kind,
                                "modes",
                                kind == Kind.CLONING ? 1 : data.experts().size(),
                                "epochs",
                                ablationEpochs));
        String name = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return new Case(
                MemoStudy.BASELINES,
                name,
                data,
                new Learner.Baseline(config),
                clones(ablationEpochs, BaselineConfig.DEFAULT.batch()),
                ablationSeeds);
    }

    /** What each line of the ablations changes in MEMO's default. */
    private static Map<String, Map<String, ?>> ablations(boolean all) {
        Map<String, Map<String, ?>> changes = new LinkedHashMap<>();
        changes.put("MEMO's default", Map.of());
        changes.put("every row its own code", Map.of("assignment", Assignment.STEP));
        changes.put("no recognition loss", Map.of("recognition", 0));
        if (!all) {
            return changes;
        }
        changes.put("no k-means start", Map.of("k_means_start", false));
        changes.put("dead codes stay", Map.of("reset_dead_codes", false));
        changes.put("own distances in half of the rows", Map.of("replacement", 0.5));
        changes.put("own distances in all rows", Map.of("replacement", 0));
        changes.put(
                "the same, steered by centroids",
                Map.of("replacement", 0, "steering", Steering.CENTROID));
        changes.put(
                "the same, steered by cluster means",
                Map.of("replacement", 0, "steering", Steering.CLUSTER_MEAN));
        changes.put(
                "the same, naught-hot with calibrated b",
                Map.of("replacement", 0, "steering", Steering.CALIBRATED));
        changes.put("raw differences", Map.of("features", "observation"));
        changes.put("one step", Map.of("step", List.of(1)));
        changes.put("steps 1, 5 and 25", Map.of("step", List.of(1, 5, 25)));
        changes.put("not standardised", Map.of("standardise", false));
        changes.put("GRU on 8 rows", sequence(Encoder.GRU));
        changes.put("attention on 8 rows", sequence(Encoder.ATTENTION));
        changes.put("averaged codebook", Map.of("codebook", Codebook.AVERAGE));
        changes.put("usage entropy", Map.of("usage_entropy", 0.1));
        changes.put("4 residual codes", Map.of("residual_codes", 4));
        changes.put(
                "half own distances, squared",
                Map.of("context", Context.SQUARED, "replacement", 0.5));
        changes.put(
                "half own distances, euclidean",
                Map.of("context", Context.EUCLIDEAN, "replacement", 0.5));
        changes.put(
                "half own distances, softmax",
                Map.of("context", Context.SOFTMAX, "replacement", 0.5));
        changes.put("loss author", Map.of("loss", Loss.AUTHOR));
        changes.put("loss log-product", Map.of("loss", Loss.LOG_PRODUCT));
        return changes;
    }

    private static Map<String, ?> sequence(Encoder encoder) {
        return Map.of("encoder", encoder, "window", 8, "stride", 3, "step", List.of(5));
    }
}
