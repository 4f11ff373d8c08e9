package dev.memo.app;

import dev.memo.app.PreferAnswers.Word;
import dev.memo.base.RandomStream;
import dev.memo.base.Seeds;
import dev.memo.learner.preference.Preference;
import dev.memo.learner.preference.Question;
import dev.memo.learner.preference.Questions;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Asks a person round by round until a mode is certain.
 *
 * @param common where it speaks and listens
 * @param run the modes'
 * @param questions how it asks
 * @param answers those that are there, and where more go
 * @param pictures what it asks about
 */
record PreferDialog(
        CommonOptions common,
        Path run,
        Questions questions,
        PreferAnswers answers,
        PreferPictures pictures) {
    private static final String END = "q";
    private static final int QUESTIONS = 1;

    /** Goes on until a mode is certain, or the person ends it. */
    void ask() {
        long draws = Seeds.derive(common.seed(), "preference questions");
        Preference preference = answers.preference();
        while (!certain(preference)) {
            int round = answers.next();
            // A round's question does not depend on whether the search was resumed.
            RandomStream random = new RandomStream(draws, QUESTIONS, round, 0);
            Question question = questions.next(preference.posterior(), random);
            List<Integer> shown = modes(question);
            Optional<Word> word = word(round, question, pictures.draw(round, shown));
            if (word.isEmpty()) {
                break;
            }
            answers.add(pictures.world().name(), pictures.layout(round), shown, word.get());
            preference = answers.preference();
            tell(round, shown, word.get(), preference);
        }
        conclude(preference);
    }

    private static boolean certain(Preference preference) {
        double[] posterior = preference.posterior();
        return posterior[Preference.best(posterior)] >= Preference.CERTAIN;
    }

    private static List<Integer> modes(Question question) {
        return switch (question) {
            case Question.Thumb(int mode) -> List.of(mode);
            case Question.Pair(int left, int right) -> List.of(left, right);
        };
    }

    /** What a person says to a question; empty if it ends the search. */
    private Optional<Word> word(int round, Question question, Path picture) {
        List<Word> words = Word.to(question);
        List<String> keys = Stream.concat(words.stream().map(Word::key), Stream.of(END)).toList();
        common.say("Round %d: %s".formatted(round, picture));
        Map<String, Object> asked = new LinkedHashMap<>();
        asked.put("event", "asked");
        asked.put("round", round);
        asked.put("picture", picture.toString());
        asked.put("keys", keys);
        common.figures(asked);
        String text =
                switch (question) {
                    case Question.Thumb _ -> "  Is this what you want? (y, n; s skips, q ends)";
                    case Question.Pair _ ->
                            "  Which is nearer to what you want? (l, r; s skips, q ends)";
                };
        while (true) {
            String said = common.ask(text).orElse(END).strip();
            if (said.equals(END)) {
                return Optional.empty();
            }
            Optional<Word> word = words.stream().filter(one -> said.equals(one.key())).findFirst();
            if (word.isPresent()) {
                return word;
            }
            common.warn("'%s': must be one of %s".formatted(said, String.join(", ", keys)));
        }
    }

    private void tell(int round, List<Integer> shown, Word word, Preference preference) {
        common.say("  " + beliefs(preference));
        Map<String, Object> answered = new LinkedHashMap<>();
        answered.put("event", "answered");
        answered.put("round", round);
        answered.put("modes", shown);
        answered.put("answer", word);
        answered.put("posterior", preference.posterior());
        answered.put("flips", preference.flips());
        common.figures(answered);
    }

    private static String beliefs(Preference preference) {
        double[] posterior = preference.posterior();
        return IntStream.range(0, posterior.length)
                .mapToObj(mode -> "mode %d %.0f %%".formatted(mode, 100 * posterior[mode]))
                .collect(
                        Collectors.joining(
                                ", ",
                                "",
                                "; about %.0f %% of answers wrong"
                                        .formatted(100 * preference.flips())));
    }

    private void conclude(Preference preference) {
        double[] posterior = preference.posterior();
        int mode = Preference.best(posterior);
        String shown = CommonOptions.quoted(run.toString());
        common.say(
                "%s mode %d, with %.1f %% after %d answers"
                        .formatted(
                                certain(preference)
                                        ? "You want"
                                        : "Not certain yet; most probable:",
                                mode,
                                100 * posterior[mode],
                                preference.answers()));
        if (certain(preference)) {
            common.say("Watch it:  ./memo watch %s --mode %d".formatted(shown, mode));
            common.say(
                    "Record it: ./memo record %s --mode %d --out recordings"
                            .formatted(shown, mode));
        } else {
            String again = common.commandLine() + (common.resume() ? "" : " --resume");
            common.say("Go on with: " + again);
        }
        Map<String, Object> ended = new LinkedHashMap<>();
        ended.put("event", "ended");
        ended.put("mode", mode);
        ended.put("probability", posterior[mode]);
        ended.put("certain", certain(preference));
        ended.put("answers", preference.answers());
        common.figures(ended);
    }
}
