package dev.memo.app;

import dev.memo.app.MemoStudy.Case;
import dev.memo.app.MemoStudy.Data;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Where everything of a study lies.
 *
 * @param out its folder
 */
record MemoStudyFiles(Path out) {
    /** The cases that the folder was begun with. */
    Path study() {
        return out.resolve("study.json");
    }

    /** The run of the expert that PPO learns. */
    Path learnedGoal() {
        return out.resolve("experts").resolve("goal");
    }

    /** A dataset. */
    Path data(Data data, int seed) {
        return out.resolve("data").resolve(data.name() + "-" + seed);
    }

    /** Where a measurement's figures are. */
    Path row(Case one, int seed, int epoch) {
        return stage(one, seed, epoch).resolve("row.json");
    }

    /** Where a measurement's files are: figures, evaluation and recordings. */
    Path stage(Case one, int seed, int epoch) {
        return folder(one, seed).resolve("epoch-" + epoch);
    }

    /** The run of a case and seed. */
    Path folder(Case one, int seed) {
        return out.resolve(one.section()).resolve(slug(one)).resolve("seed-" + seed);
    }

    /** A case's name as a file's. */
    String slug(Case one) {
        return one.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }
}
