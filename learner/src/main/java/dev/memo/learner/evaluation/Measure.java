package dev.memo.learner.evaluation;

import dev.memo.learner.dataset.DatasetSpec;
import dev.memo.learner.dataset.Episode;
import java.util.Arrays;
import java.util.Locale;

/** What is measured of an episode of the point-robot world. */
public enum Measure {
    /** Sum of rewards. */
    RETURN {
        @Override
        double of(Episode episode, DatasetSpec spec) {
            return Arrays.stream(episode.rewards()).sum();
        }
    },
    /** Sum over steps of the cost "sum". */
    COST {
        @Override
        double of(Episode episode, DatasetSpec spec) {
            int width = spec.costNames().size();
            double sum = 0;
            for (int i = width - 1; i < episode.costs().length; i += width) {
                sum += episode.costs()[i];
            }
            return sum;
        }
    },
    /** Goals reached. */
    GOALS {
        @Override
        double of(Episode episode, DatasetSpec spec) {
            int goals = 0;
            for (boolean met : episode.goalsMet()) {
                goals += met ? 1 : 0;
            }
            return goals;
        }
    },
    /** Length in m of the robot's path. */
    PATH_LENGTH {
        @Override
        double of(Episode episode, DatasetSpec spec) {
            int width = spec.poseNames().size();
            int x = spec.poseNames().indexOf("x");
            int y = spec.poseNames().indexOf("y");
            double[] poses = episode.poses();
            double length = 0;
            for (int i = width; i < poses.length; i += width) {
                length +=
                        Math.hypot(
                                poses[i + x] - poses[i - width + x],
                                poses[i + y] - poses[i - width + y]);
            }
            return length;
        }
    },
    /** Mean over steps of the robot's speed in m/s. */
    MEAN_SPEED {
        @Override
        double of(Episode episode, DatasetSpec spec) {
            int width = spec.poseNames().size();
            int vx = spec.poseNames().indexOf("vx");
            int vy = spec.poseNames().indexOf("vy");
            double[] poses = episode.poses();
            double sum = 0;
            for (int i = width; i < poses.length; i += width) {
                sum += Math.hypot(poses[i + vx], poses[i + vy]);
            }
            return sum / episode.steps();
        }
    };

    /** The measure of an episode. */
    abstract double of(Episode episode, DatasetSpec spec);

    /** As files name it: "path_length". */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
