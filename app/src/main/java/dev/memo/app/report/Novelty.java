package dev.memo.app.report;

import dev.memo.learner.memo.NoveltyDetector;
import dev.memo.learner.memo.NoveltyScore;
import dev.memo.learner.metrics.Interval;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which mode is the nearest to a new expert's episodes, and whether they are of none.
 *
 * @param scenario name of the world in which experts acted; null of data
 * @param noise standard deviation of the noise on their actions; null of data
 * @param knownEpisodes held-out episodes that new ones are held against
 * @param known what share of these is to pass for known
 * @param experts those whom the run learned from, on fresh layouts, and then new ones; of data
 *     those who acted in them
 */
public record Novelty(
        String scenario, Double noise, int knownEpisodes, double known, List<OfExpert> experts) {
    /**
     * The episodes of an expert.
     *
     * @param learned whether the run learned from it
     * @param episodes that are long enough to be recognised
     * @param nearest the mode that is the nearest to most episodes, the first of equals
     * @param novel whether most of its episodes do not pass for known, by what training assigns by
     * @param modes [K] how many of them each mode is the nearest of
     * @param near [K] share of their steps to which each code is the nearest
     * @param scores how well each score tells them from held-out episodes of their modes
     */
    public record OfExpert(
            String expert,
            boolean learned,
            int episodes,
            int nearest,
            boolean novel,
            int[] modes,
            double[] near,
            Map<String, Score> scores) {
        /** What was found of an expert. */
        public static OfExpert of(String expert, boolean learned, NoveltyDetector.Novelty found) {
            Map<String, Score> scores = new LinkedHashMap<>();
            found.detections()
                    .forEach(
                            (score, one) ->
                                    scores.put(score.key(), new Score(one.auroc(), one.missed())));
            int episodes = 0;
            int nearest = 0;
            for (int mode = 0; mode < found.modes().length; mode++) {
                episodes += found.modes()[mode];
                nearest = found.modes()[mode] > found.modes()[nearest] ? mode : nearest;
            }
            return new OfExpert(
                    expert,
                    learned,
                    episodes,
                    nearest,
                    scores.get(NoveltyScore.LIKELIHOOD.key()).fpr95() < 0.5,
                    found.modes(),
                    found.near(),
                    scores);
        }
    }

    /**
     * How well a score tells new episodes from known ones.
     *
     * @param auroc area under the receiver operating characteristic, 95 % interval
     * @param fpr95 share of the new episodes that pass for known where 95 % of the known ones do
     */
    public record Score(Interval auroc, double fpr95) {}

    /** What was found of experts that acted in a world. */
    public static Novelty of(
            String scenario, double noise, int knownEpisodes, List<OfExpert> experts) {
        return new Novelty(scenario, noise, knownEpisodes, NoveltyDetector.KNOWN, experts);
    }

    /** What was found of data. */
    public static Novelty of(int knownEpisodes, List<OfExpert> experts) {
        return new Novelty(null, null, knownEpisodes, NoveltyDetector.KNOWN, experts);
    }
}
