package dev.memo.app;

import dev.memo.base.Folders;
import dev.memo.base.InputException;
import dev.memo.learner.preference.FlipRates;
import dev.memo.learner.preference.Preference;
import dev.memo.learner.preference.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** {@code answers.jsonl}: what a person was asked about a run, and what it said, a line a round. */
final class PreferAnswers {
    private static final String NAME = "answers.jsonl";

    private final Path file;
    private final String run;
    private final int modes;
    private final List<Round> rounds = new ArrayList<>();

    /**
     * A round.
     *
     * @param run its folder, absolute
     * @param round from 1 on
     * @param scenario the world's name
     * @param layout the seed of the layout
     * @param modes that were shown, from the left
     * @param answer yes or no to one mode, left or right to two; skip
     */
    record Round(
            String run, int round, String scenario, long layout, List<Integer> modes, Word answer) {

        Question question() {
            return modes.size() == 1
                    ? new Question.Thumb(modes.getFirst())
                    : new Question.Pair(modes.getFirst(), modes.getLast());
        }

        private boolean possible(int allModes) {
            return (modes.size() == 1 || modes.size() == 2)
                    && modes.stream().distinct().count() == modes.size()
                    && modes.stream().allMatch(mode -> mode >= 0 && mode < allModes)
                    && Word.to(question()).contains(answer);
        }
    }

    /** What a person says. */
    enum Word {
        YES,
        NO,
        LEFT,
        RIGHT,
        SKIP;

        /** What can be said to a question. */
        static List<Word> to(Question question) {
            return question instanceof Question.Thumb
                    ? List.of(YES, NO, SKIP)
                    : List.of(LEFT, RIGHT, SKIP);
        }

        /** What a person types: the first letter. */
        String key() {
            return toString().substring(0, 1);
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private PreferAnswers(Path folder, Path run, int modes) {
        file = folder.resolve(NAME);
        this.modes = modes;
        this.run = run.toAbsolutePath().normalize().toString();
    }

    /**
     * Of a person who was not asked yet.
     *
     * @param folder made for them
     * @param modes K of the run
     * @throws InputException if something is in it
     */
    static PreferAnswers begun(Path folder, Path run, int modes) {
        Folders.createEmpty(folder, "choose another --out, or go on with --resume");
        return new PreferAnswers(folder, run, modes);
    }

    /**
     * Those that are there.
     *
     * @param folder that they began with
     * @param modes K of the run
     * @throws InputException naming file, line and what is wrong with it
     */
    static PreferAnswers resumed(Path folder, Path run, int modes) {
        PreferAnswers answers = new PreferAnswers(folder, run, modes);
        for (String line : answers.lines()) {
            answers.rounds.add(answers.parsed(line));
        }
        return answers;
    }

    /** None where a person ended before the first answer. */
    private List<String> lines() {
        if (!Files.isDirectory(file.getParent())) {
            throw new InputException(file.getParent() + ": holds no answers to go on with");
        }
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new InputException(file + ": cannot be read: " + e, e);
        }
    }

    private Round parsed(String line) {
        int number = rounds.size() + 1;
        Round round;
        try {
            round = JsonMapper.shared().readValue(line, Round.class);
        } catch (JacksonException e) {
            throw new InputException(
                    "%s, line %d: not a round: %s".formatted(file, number, e.getOriginalMessage()),
                    e);
        }
        if (!run.equals(round.run())) {
            throw new InputException(
                    "%s, line %d: is of the run %s, not of %s: answers are about one run"
                            .formatted(file, number, round.run(), run));
        }
        if (round.round() != number || !round.possible(modes)) {
            throw new InputException(
                    "%s, line %d: %s: is not round %d of a run with modes 0 to %d"
                            .formatted(file, number, line, number, modes - 1));
        }
        return round;
    }

    /** The number of the next round, from 1 on. */
    int next() {
        return rounds.size() + 1;
    }

    /** Keeps what was said in the next round. */
    void add(String scenario, long layout, List<Integer> modes, Word answer) {
        Round round = new Round(run, next(), scenario, layout, modes, answer);
        try {
            Files.writeString(
                    file,
                    JsonMapper.shared().writeValueAsString(round) + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new InputException(file + ": cannot be written: " + e, e);
        }
        rounds.add(round);
    }

    /** What follows from all that was said; a round that was skipped says nothing. */
    Preference preference() {
        Preference preference = new Preference(modes, FlipRates.UNKNOWN);
        for (Round round : rounds) {
            if (round.answer() != Word.SKIP) {
                boolean agreed = round.answer() == Word.YES || round.answer() == Word.LEFT;
                preference.add(round.question(), agreed);
            }
        }
        return preference;
    }
}
