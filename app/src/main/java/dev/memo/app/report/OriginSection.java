package dev.memo.app.report;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Where the run comes from and how to make it again. */
final class OriginSection {
    private OriginSection() {}

    static void write(Html html, JsonNode config) {
        html.section("origin", "How to make it again");
        JsonNode command = config.path("command");
        if (command.isString()) {
            html.open("div", "class", "scroll", "tabindex", "0").open("pre");
            html.element("code", command.asString()).close().close();
        } else {
            html.element("p", "config.json does not name the command that made this run.");
        }
        Map<String, String> settings = new LinkedHashMap<>();
        flatten("", config, settings);
        settings.remove("command");
        Tables.open(html, "Version, machine and configuration", "settings");
        html.open("tbody");
        settings.forEach(
                (key, value) -> {
                    html.open("tr").open("th", "scope", "row").element("code", key).close();
                    html.element("td", value).close();
                });
        html.close();
        Tables.close(html);
        html.close();
    }

    /** Objects become dotted keys; lists of plain values stay in one line. */
    private static void flatten(String path, JsonNode node, Map<String, String> into) {
        if (node.isObject()) {
            String prefix = path.isEmpty() ? "" : path + ".";
            node.properties()
                    .forEach(field -> flatten(prefix + field.getKey(), field.getValue(), into));
        } else {
            into.put(path, node.isString() ? node.asString() : node.toString());
        }
    }
}
