package dev.memo.learner.dataset;

import dev.memo.base.InputException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Episodes in memory, all that a learner gets to see. Who acted in them is not part of it: see
 * {@link ExpertLabels}.
 *
 * @param id the dataset's name
 * @param scenario the world's scenario as JSON text; empty for data that were made elsewhere
 * @param spec what stands in the columns
 * @param episodes at least one
 */
public record Dataset(
        String id, Optional<String> scenario, DatasetSpec spec, List<Episode> episodes) {

    /** Checks that there is an episode and that every one has the specification's columns. */
    public Dataset {
        episodes = List.copyOf(episodes);
        if (episodes.isEmpty()) {
            throw new IllegalArgumentException(id + ": a dataset has at least one episode");
        }
        for (Episode episode : episodes) {
            if (!episode.matches(spec)) {
                throw new IllegalArgumentException(id + ": an episode has other columns: " + spec);
            }
        }
    }

    /**
     * Reads a Minari dataset (a folder with {@code data/main_data.hdf5}) or a series of them as
     * {@link DatasetWriter} leaves it.
     *
     * @throws InputException if it is missing, damaged, has numbers that are not finite, or has
     *     spaces other than Box and Dict of Box
     */
    public static Dataset read(Path folder) {
        List<Dataset> parts = Parts.of(folder).stream().map(MinariReader::read).toList();
        Dataset first = parts.getFirst();
        if (parts.size() == 1) {
            return first;
        }
        List<Episode> episodes = new ArrayList<>();
        for (Dataset part : parts) {
            if (!part.spec.equals(first.spec) || !part.scenario.equals(first.scenario)) {
                throw new InputException(
                        "%s: %s has other columns or another scenario than %s"
                                .formatted(folder, part.id, first.id));
            }
            episodes.addAll(part.episodes);
        }
        String name = folder.toAbsolutePath().normalize().getFileName().toString();
        return new Dataset(name, first.scenario, first.spec, episodes);
    }

    /**
     * The world's scenario as JSON text, without reading the episodes.
     *
     * @throws InputException if there is no dataset
     */
    public static Optional<String> scenarioOf(Path folder) {
        return MinariMetadata.read(Parts.of(folder).getFirst()).scenario();
    }

    /** Steps of all episodes together. */
    public long steps() {
        return episodes.stream().mapToLong(Episode::steps).sum();
    }

    /** A checksum of all that a learner sees: SHA-256 over observations, actions and poses. */
    public String checksum() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Episode episode : episodes) {
                ByteBuffer bytes =
                        ByteBuffer.allocate(
                                Float.BYTES
                                                * (episode.observations().length
                                                        + episode.actions().length)
                                        + Double.BYTES * episode.poses().length);
                bytes.asFloatBuffer().put(episode.observations()).put(episode.actions());
                bytes.position(bytes.capacity() - Double.BYTES * episode.poses().length);
                bytes.asDoubleBuffer().put(episode.poses());
                digest.update(bytes.rewind());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
