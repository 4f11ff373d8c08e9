package dev.memo.app;

import dev.memo.base.InputException;
import dev.memo.kernels.Device;
import dev.memo.learner.checkpoint.RunFolder;
import dev.memo.learner.dataset.ExpertLabels;
import dev.memo.learner.expert.Expert;
import dev.memo.learner.expert.ScriptedExpert;
import dev.memo.learner.ppo.PpoModel;
import dev.memo.learner.ppo.PpoRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Experts as a command line and a dataset name them: NAME, or NAME=RUN for one that learned. */
final class Experts {
    private Experts() {}

    /**
     * The expert of that description.
     *
     * @throws InputException if there is none, or the run is not one of PPO
     */
    static Expert named(String text, Device device) {
        int sign = text.indexOf('=');
        if (sign < 0) {
            return Expert.scripted(text);
        }
        String name = text.substring(0, sign);
        if (!name.matches("[\\w-]+")) {
            throw new InputException(
                    "expert '%s': NAME=RUN needs a name of letters, digits, - and _"
                            .formatted(text));
        }
        Path run = Path.of(text.substring(sign + 1)).toAbsolutePath().normalize();
        RunFolder folder = RunFolder.open(run);
        PpoRunConfig.readOne(folder);
        PpoModel model = PpoRun.load(folder, device);
        return new Expert(name, name + "=" + run, _ -> model.policy(false));
    }

    /** Those who made a dataset; none if one of them is unknown here, or its run is gone. */
    static List<Expert> of(ExpertLabels labels, Device device) {
        List<Expert> experts = new ArrayList<>();
        for (String label : labels.labels()) {
            if (!canAct(label)) {
                return List.of();
            }
            experts.add(named(label, device));
        }
        return experts;
    }

    private static boolean canAct(String label) {
        int sign = label.indexOf('=');
        return sign < 0
                ? ScriptedExpert.names().contains(label)
                : RunFolder.isOne(Path.of(label.substring(sign + 1)));
    }
}
