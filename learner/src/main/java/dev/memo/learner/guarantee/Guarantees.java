package dev.memo.learner.guarantee;

import dev.memo.base.InputException;
import dev.memo.base.TensorFile;
import dev.memo.learner.checkpoint.ConfigJson;
import dev.memo.learner.checkpoint.RunFolder;
import java.util.List;
import java.util.Optional;

/**
 * What is guaranteed of a run's modes. It stands in the metadata of the checkpoint that it is
 * about: training that goes on replaces both.
 *
 * @param scenario the world's name
 * @param world the scenario as JSON text: in no other does any of it hold
 * @param layouts the seed of the first calibration layout; the others follow it
 * @param episodes of each mode's calibration
 * @param confidence of every bound by itself
 * @param costLimit of an episode
 * @param modes in their order
 */
public record Guarantees(
        String scenario,
        String world,
        long layouts,
        int episodes,
        double confidence,
        double costLimit,
        List<Guarantee> modes) {
    /** Where metadata of checkpoints and exported policies have it, as JSON. */
    public static final String KEY = "guarantees";

    public Guarantees {
        modes = List.copyOf(modes);
    }

    /** Puts it into a run's checkpoint, whose tensors stay as they are. */
    public void write(RunFolder folder) {
        TensorFile checkpoint = folder.readCheckpoint();
        TensorFile with = new TensorFile(checkpoint.metadata(), checkpoint.tensors());
        with.metadata().put(KEY, ConfigJson.of(this).toString());
        with.write(folder.checkpoint());
    }

    /**
     * What a run's checkpoint guarantees; empty if nobody has calibrated it.
     *
     * @throws InputException if there is no checkpoint, or what it says is not readable
     */
    public static Optional<Guarantees> read(RunFolder folder) {
        String json = folder.readCheckpoint().metadata().get(KEY);
        try {
            return Optional.ofNullable(json).map(text -> ConfigJson.read(text, Guarantees.class));
        } catch (InputException e) {
            throw new InputException(
                    "%s: %s: %s".formatted(folder.checkpoint(), KEY, e.getMessage()), e);
        }
    }
}
