package dev.memo.app.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Which metrics are drawn together; each that is not named gets a chart of its own.
 *
 * @param hidden metrics that are not drawn, such as the axis
 * @param groups in the order of the charts
 */
record ChartGroups(Set<String> hidden, List<Group> groups) {
    /**
     * One chart.
     *
     * @param title stands above
     * @param names of its metrics
     */
    record Group(String title, List<String> names) {
        Group(String title, String... names) {
            this(title, List.of(names));
        }
    }

    /** The charts with the metrics that these lines have. */
    List<Group> of(List<JsonNode> lines) {
        TreeSet<String> left = new TreeSet<>();
        for (JsonNode line : lines) {
            line.properties().stream()
                    .filter(field -> field.getValue().isNumber())
                    .forEach(field -> left.add(field.getKey()));
        }
        left.removeAll(hidden);
        List<Group> charts = new ArrayList<>();
        for (Group group : groups) {
            List<String> there = group.names.stream().filter(left::remove).toList();
            if (!there.isEmpty()) {
                charts.add(new Group(group.title, there));
            }
        }
        left.forEach(name -> charts.add(new Group(Figures.words(name), name)));
        return charts;
    }
}
