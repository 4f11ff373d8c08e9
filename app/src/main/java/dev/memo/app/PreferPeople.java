package dev.memo.app;

import dev.memo.app.report.People.Row;
import dev.memo.base.Progress;
import dev.memo.base.Seeds;
import dev.memo.learner.preference.Preference;
import dev.memo.learner.preference.Questions;
import dev.memo.learner.preference.Taste;
import dev.memo.learner.preference.Trials;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Simulated people who want modes, and the table of how many answers it takes to find them.
 *
 * @param modes K
 * @param questions what they are asked
 * @param kind of people, for people who read the table
 * @param taste how they judge
 * @param people how many for each mode and rate of wrong answers
 * @param seed of people and questions
 */
record PreferPeople(
        int modes, Questions questions, String kind, Taste taste, int people, long seed) {
    /** A person would have stopped long before. */
    private static final int LIMIT = 100;

    private static final double MEDIAN = 0.5;
    private static final double MOST = 0.9;

    /** The heads of the table's columns. */
    static String head() {
        return "%-7s %-6s %-6s %6s %8s %7s %7s %11s %7s"
                .formatted(
                        "answers",
                        "kind",
                        "flips",
                        "wanted",
                        "right",
                        "median",
                        "90 %",
                        "found 95 %",
                        "people");
    }

    /** A row of the table. */
    static String text(Row row) {
        return "%-7s %-6s %-6s %6s %6.1f %% %7s %7s %11s %7d"
                .formatted(
                        row.answers(),
                        row.kind(),
                        "%.0f %%".formatted(100 * row.flips()),
                        row.wanted() == null ? "any" : row.wanted(),
                        100 * row.right(),
                        shown(row.median()),
                        shown(row.mostEnded()),
                        shown(row.found()),
                        row.people());
    }

    private static String shown(Integer count) {
        return count == null ? "> " + LIMIT : count.toString();
    }

    /**
     * People who want each of some modes, and, where there are several, all of them together.
     *
     * @param flips rates of wrong answers
     */
    List<Row> rows(List<Integer> wanted, List<Double> flips, Progress progress) {
        progress.begin("asking", (long) people * wanted.size() * flips.size(), "people");
        List<Row> rows = new ArrayList<>();
        for (double rate : flips) {
            rows.addAll(rows(wanted, rate, progress));
        }
        progress.end();
        return rows;
    }

    private List<Row> rows(List<Integer> wanted, double flips, Progress progress) {
        List<Row> rows = new ArrayList<>();
        List<Trials> all = new ArrayList<>();
        for (int mode : wanted) {
            long ofThese = Seeds.derive(seed, "people who want mode " + mode);
            Trials.Plan plan = new Trials.Plan(modes, mode, flips, taste, questions, people, LIMIT);
            Trials trials = Trials.of(plan, ofThese, progress);
            rows.add(row(trials, flips, mode));
            all.add(trials);
        }
        if (wanted.size() > 1) {
            rows.add(row(Trials.together(all), flips, null));
        }
        return rows;
    }

    private Row row(Trials trials, double flips, Integer wanted) {
        return new Row(
                questions.name().toLowerCase(Locale.ROOT),
                kind,
                flips,
                wanted,
                trials.answers().length,
                trials.rightShare(),
                orNull(trials.quantile(MEDIAN)),
                orNull(trials.quantile(MOST)),
                orNull(trials.answersUntil(Preference.CERTAIN)));
    }

    private static Integer orNull(OptionalInt count) {
        return count.isPresent() ? (Integer) count.getAsInt() : null;
    }

    /** All modes. */
    List<Integer> all() {
        return IntStream.range(0, modes).boxed().toList();
    }
}
