package dev.memo.app;

import dev.memo.app.MemoStudy.Case;
import dev.memo.app.MemoStudy.Data;
import dev.memo.base.AtomicFiles;
import dev.memo.base.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Does what is not done yet of a {@link MemoStudy}, in a folder: data by experts and seed, runs by
 * section, line and seed. Every measurement leaves a {@code row.json}; what has one is done.
 */
final class MemoStudyRun {
    private final MemoStudy study;
    private final MemoStudyFiles files;
    private final Laboratory laboratory;
    private final long ppoSteps;
    private final String command;
    private final Consumer<JsonNode> finished;

    /**
     * Prepares it.
     *
     * @param ppoSteps of the learned expert
     * @param command that makes all of it again
     * @param finished takes each row as it is done
     */
    MemoStudyRun(
            MemoStudy study,
            Path out,
            Laboratory laboratory,
            long ppoSteps,
            String command,
            Consumer<JsonNode> finished) {
        this.study = study;
        files = new MemoStudyFiles(out);
        this.laboratory = laboratory;
        this.ppoSteps = ppoSteps;
        this.command = command;
        this.finished = finished;
    }

    /**
     * Goes through all cases, data by data, so that what they share is made once.
     *
     * @return whether all is done; false if a person asked to stop
     */
    boolean run() {
        requireSameStudy();
        try {
            for (Data data : new LinkedHashSet<>(study.cases().stream().map(Case::data).toList())) {
                List<Case> cases =
                        study.cases().stream().filter(one -> one.data().equals(data)).toList();
                int seeds = cases.stream().mapToInt(Case::seeds).max().orElseThrow();
                for (int seed = 0; seed < seeds; seed++) {
                    int current = seed;
                    List<Case> left =
                            cases.stream()
                                    .filter(one -> current < one.seeds())
                                    .filter(one -> !done(one, current))
                                    .toList();
                    if (!left.isEmpty()) {
                        new MemoStudyGroup(
                                        study,
                                        files,
                                        laboratory,
                                        ppoSteps,
                                        command,
                                        finished,
                                        data,
                                        seed)
                                .run(left);
                    }
                }
            }
            return true;
        } catch (CancellationException _) {
            return false;
        }
    }

    /** A folder goes on with the study that it was begun with. */
    private void requireSameStudy() {
        Path file = files.study();
        String text = JsonMapper.shared().writeValueAsString(study) + "\n";
        try {
            if (Files.exists(file) && !Files.readString(file).equals(text)) {
                throw new InputException(
                        file + ": was begun with other cases: choose another --out, or its flags");
            }
        } catch (IOException e) {
            throw new InputException(file + ": not readable: " + e, e);
        }
        Laboratory.makeFolder(files.out());
        AtomicFiles.writeText(file, text);
    }

    private boolean done(Case one, int seed) {
        return one.stages(seed).stream()
                .allMatch(epoch -> Files.exists(files.row(one, seed, epoch)));
    }
}
