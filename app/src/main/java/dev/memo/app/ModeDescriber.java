package dev.memo.app;

import dev.memo.app.report.ModeCards;
import dev.memo.learner.dataset.Dataset;
import dev.memo.learner.dataset.DatasetSpec;
import dev.memo.learner.dataset.Episode;
import dev.memo.learner.evaluation.Behaviour;
import dev.memo.learner.explanation.CodeTransitions;
import dev.memo.learner.explanation.DescribedSegments;
import dev.memo.learner.explanation.Descriptors;
import dev.memo.learner.explanation.MeanMotion;
import dev.memo.learner.explanation.ModeTree;
import dev.memo.learner.explanation.Segment;
import dev.memo.learner.explanation.Trait;
import dev.memo.learner.memo.HeldOutCodes;
import dev.memo.learner.memo.MemoEvaluation;
import dev.memo.learner.memo.MemoModel;
import dev.memo.learner.metrics.Moments;
import dev.memo.learner.rollout.Episodes;
import dev.memo.sim.env.Autoreset;
import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.PointGoalEnv;
import dev.memo.sim.env.Scene;
import dev.memo.sim.env.VectorEnv;
import dev.memo.sim.scenario.Scenario;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

/**
 * Describes a run's modes. What a mode does is seen in rollouts with mean actions, all modes on the
 * same layouts, so that layouts make no difference between modes; without a world to act in, in the
 * held-out episodes and the modes that they belong to. Who made the data is not looked at.
 */
final class ModeDescriber {
    /** Of each mode. */
    private static final int ROLLOUTS = 100;

    /** Real episodes of each mode. */
    private static final int NEAREST = 3;

    /** Points of a path that is drawn, about. */
    private static final int POINTS = 250;

    private final Laboratory laboratory;
    private final MemoModel model;
    private final Dataset dataset;
    private final HeldOutCodes codes;

    /** Of the held-out rows. */
    private final List<Segment> segments;

    private ModeDescriber(
            Laboratory laboratory, MemoModel model, Dataset dataset, HeldOutCodes codes) {
        this.laboratory = laboratory;
        this.model = model;
        this.dataset = dataset;
        this.codes = codes;
        segments = Segment.of(codes.episodes(), codes.times(), codes.assigned(), model.modes());
    }

    /**
     * Describes the modes.
     *
     * @param dataset that the model learned from, whole
     * @param world to act in; empty for data of another world
     * @throws CancellationException if a person asks to stop
     */
    static ModeCards describe(
            Laboratory laboratory, MemoModel model, Dataset dataset, Optional<Scenario> world) {
        HeldOutCodes codes = new MemoEvaluation(model, dataset, Optional.empty()).heldOutCodes();
        return new ModeDescriber(laboratory, model, dataset, codes).cards(world);
    }

    /**
     * What modes do.
     *
     * @param described their segments
     * @param motions [K]
     */
    private record Acts(DescribedSegments described, List<Optional<MeanMotion>> motions) {}

    private ModeCards cards(Optional<Scenario> world) {
        Acts inData = inData();
        Acts acts = world.map(this::rollouts).orElse(inData);
        DescribedSegments described = acts.described;
        Optional<ModeTree> tree = ModeTree.learned(described, everyOther(described, 0));
        int[] asked = everyOther(described, 1);
        boolean measured = tree.isPresent() && asked.length > 0;
        List<List<Trait>> traits = Trait.of(described);
        List<ModeCards.Card> modes =
                IntStream.range(0, model.modes())
                        .mapToObj(mode -> card(mode, acts, traits.get(mode), world))
                        .toList();
        return new ModeCards(
                world.isPresent() ? ROLLOUTS : 0,
                described.descriptors(),
                modes,
                measured ? tree.get() : null,
                measured ? tree.get().fidelity(described, asked) : null,
                measured && world.isPresent()
                        ? tree.get().fidelity(inData.described, all(inData.described))
                        : null,
                CodeTransitions.of(
                        codes.episodes(), codes.times(), codes.nearest(), model.modes()));
    }

    private static int[] all(DescribedSegments described) {
        return IntStream.range(0, described.modes().length).toArray();
    }

    /** The segments of every other episode, from the first or the second on. */
    private static int[] everyOther(DescribedSegments described, int first) {
        List<Integer> episodes = IntStream.of(described.episodes()).distinct().boxed().toList();
        return Arrays.stream(all(described))
                .filter(s -> episodes.indexOf(described.episodes()[s]) % 2 == first)
                .toArray();
    }

    private Acts inData() {
        Descriptors descriptors = Descriptors.of(dataset.spec());
        List<Optional<MeanMotion>> motions = new ArrayList<>();
        for (int mode = 0; mode < model.modes(); mode++) {
            int one = mode;
            List<Segment> own = segments.stream().filter(s -> s.mode() == one).toList();
            motions.add(
                    MeanMotion.of(dataset.spec(), own, own.stream().map(this::episode).toList()));
        }
        return new Acts(
                new DescribedSegments(
                        descriptors.list(),
                        segments.stream().mapToInt(Segment::mode).toArray(),
                        segments.stream().mapToInt(Segment::episode).toArray(),
                        segments.stream()
                                .map(s -> descriptors.of(episode(s), s.steps()))
                                .toArray(double[][]::new),
                        model.modes()),
                motions);
    }

    private Episode episode(Segment segment) {
        return dataset.episodes().get(segment.episode());
    }

    private Acts rollouts(Scenario world) {
        DatasetSpec spec = DatasetSpec.of(PointGoalEnv.specOf(world));
        Descriptors descriptors = Descriptors.of(spec);
        long[] layouts = Behaviour.layouts(model.config().seed(), "mode cards", ROLLOUTS);
        int all = model.modes() * ROLLOUTS;
        double[][] values = new double[all][];
        List<Optional<MeanMotion>> motions = new ArrayList<>();
        laboratory
                .progress()
                .begin("describing modes", (long) all * world.episodeSteps(), "env-steps");
        for (int mode = 0; mode < model.modes(); mode++) {
            List<Episode> episodes = episodes(world, mode, layouts);
            List<Segment> whole = new ArrayList<>();
            for (int i = 0; i < ROLLOUTS; i++) {
                int[] steps = IntStream.range(0, episodes.get(i).steps()).toArray();
                whole.add(new Segment(i, mode, steps));
                values[mode * ROLLOUTS + i] = descriptors.of(episodes.get(i), steps);
            }
            motions.add(MeanMotion.of(spec, whole, episodes));
        }
        laboratory.progress().end();
        return new Acts(
                new DescribedSegments(
                        descriptors.list(),
                        IntStream.range(0, all).map(s -> s / ROLLOUTS).toArray(),
                        IntStream.range(0, all).map(s -> s % ROLLOUTS).toArray(),
                        values,
                        model.modes()),
                motions);
    }

    private List<Episode> episodes(Scenario world, int mode, long[] layouts) {
        Episode[] episodes =
                Episodes.collect(
                        world,
                        model.steered(mode, false),
                        layouts,
                        laboratory.team(),
                        laboratory.progress());
        if (laboratory.progress().stopRequested()) {
            throw new CancellationException("stopped while describing modes");
        }
        return List.of(episodes);
    }

    private ModeCards.Card card(int mode, Acts acts, List<Trait> traits, Optional<Scenario> world) {
        DescribedSegments described = acts.described;
        boolean known = described.has(mode);
        OptionalInt like = known ? described.mostLike(mode) : OptionalInt.empty();
        long rows = Arrays.stream(codes.assigned()).filter(one -> one == mode).count();
        return ModeCards.Card.of(
                traits,
                (double) rows / codes.size(),
                (int) segments.stream().filter(s -> s.mode() == mode).count(),
                known ? described.means(mode) : null,
                known ? described.fromOthers(mode) : List.of(),
                like.isPresent() ? like.getAsInt() : null,
                like.isPresent() ? described.from(mode, like.getAsInt()) : List.of(),
                acts.motions.get(mode).orElse(null),
                nearest(mode, world));
    }

    /** The held-out episodes whose steps in the mode are, on average, nearest to its code. */
    private List<ModeCards.RealEpisode> nearest(int mode, Optional<Scenario> world) {
        Moments[] distances = new Moments[dataset.episodes().size()];
        for (int row = 0; row < codes.size(); row++) {
            if (codes.assigned()[row] == mode) {
                int episode = codes.episodes()[row];
                distances[episode] =
                        distances[episode] == null ? new Moments() : distances[episode];
                distances[episode].add(codes.distances()[row]);
            }
        }
        return segments.stream()
                .filter(s -> s.mode() == mode)
                .map(Segment::episode)
                .sorted(Comparator.comparingDouble(episode -> distances[episode].mean()))
                .limit(NEAREST)
                .map(episode -> real(episode, distances[episode].mean(), world))
                .toList();
    }

    private ModeCards.RealEpisode real(int number, double distance, Optional<Scenario> world) {
        Episode episode = dataset.episodes().get(number);
        Optional<Scene> start = world.flatMap(scenario -> start(scenario, episode));
        if (start.isEmpty()) {
            return new ModeCards.RealEpisode(number, distance, null, null, null, null);
        }
        int stride = Math.ceilDiv(episode.steps(), POINTS);
        int[] moments = IntStream.iterate(0, t -> t <= episode.steps(), t -> t + stride).toArray();
        return new ModeCards.RealEpisode(
                number,
                distance,
                start.get(),
                goals(episode, start.get().goal().radius()),
                path(episode, "x", moments),
                path(episode, "y", moments));
    }

    /** The layout that an episode's seed gives; empty if the episode does not begin there. */
    private Optional<Scene> start(Scenario world, Episode episode) {
        if (episode.seed().isEmpty() || dataset.spec().poseNames().isEmpty()) {
            return Optional.empty();
        }
        try (VectorEnv env = new PointGoalEnv(world, 1, Autoreset.DISABLED, laboratory.team())) {
            EnvBatch state = new EnvBatch(env.spec(), 1);
            env.reset(new long[] {episode.seed().getAsLong()}, state);
            return Arrays.equals(
                            state.poses,
                            Arrays.copyOf(episode.poses(), dataset.spec().poseNames().size()))
                    ? Optional.of(env.scene(0))
                    : Optional.empty();
        }
    }

    private List<Scene.Disc> goals(Episode episode, double radius) {
        int[] moments = IntStream.rangeClosed(0, episode.steps()).toArray();
        double[] x = pose(episode, "goal_x", moments);
        double[] y = pose(episode, "goal_y", moments);
        Set<Scene.Disc> goals = new LinkedHashSet<>();
        for (int t : moments) {
            goals.add(new Scene.Disc(x[t], y[t], radius));
        }
        return List.copyOf(goals);
    }

    private float[] path(Episode episode, String name, int[] moments) {
        double[] exact = pose(episode, name, moments);
        float[] path = new float[exact.length];
        for (int i = 0; i < path.length; i++) {
            path[i] = MeanMotion.toMillimetre(exact[i]);
        }
        return path;
    }

    private double[] pose(Episode episode, String name, int[] moments) {
        int width = dataset.spec().poseNames().size();
        int column = dataset.spec().poseNames().indexOf(name);
        return Arrays.stream(moments)
                .mapToDouble(t -> episode.poses()[t * width + column])
                .toArray();
    }
}
