package dev.memo.app.report;

import java.util.List;

/** How many answers it takes to find the mode that a person wants. */
final class PeopleSection {
    private PeopleSection() {}

    /** Writes nothing where nobody was asked. */
    static void write(Html html, RunFolder run) {
        Finding.PEOPLE.read(run.folder()).ifPresent(found -> write(html, found));
    }

    private static void write(Html html, People found) {
        People.Row first = found.rows().getFirst();
        html.section("people", "Finding the mode that a person wants");
        html.element(
                "p",
                ("memo prefer asks a person about pictures until one mode is wanted with a"
                                + " probability of 95 %%. Here it asked simulated people for %s; %s"
                                + " Some of their answers are flipped, at a rate that the search"
                                + " does not know and takes to be at most 30 %%; at that rate it"
                                + " ends too early for some.")
                        .formatted(first.answers(), judging(first.kind())));
        Tables.open(html, "Answers until the mode is found", "");
        Tables.heads(
                html,
                List.of(
                        "flipped answers",
                        "people",
                        "right in the end",
                        "answers, median",
                        "answers of 90 % of people"));
        html.open("tbody");
        for (People.Row row : found.rows()) {
            if (row.wanted() == null) {
                html.open("tr").element("th", Figures.percent(row.flips()), "scope", "row");
                Tables.cell(html, Figures.count(row.people()));
                Tables.cell(html, "%.1f %%".formatted(100 * row.right()));
                Tables.cell(html, count(row.median()));
                Tables.cell(html, count(row.mostEnded()));
                html.close();
            }
        }
        html.close();
        Tables.close(html);
        html.close();
    }

    private static String judging(String kind) {
        return switch (kind) {
            case "looks" -> "they judge by how rollouts look and know nothing else.";
            case "coin" -> "modes that they do not want are the same to them.";
            default -> "each has an order of all modes.";
        };
    }

    private static String count(Integer answers) {
        return answers == null ? "not ended" : Figures.count(answers);
    }
}
