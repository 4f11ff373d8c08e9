package dev.memo.sim.replay;

import dev.memo.sim.replay.Comparison.Part;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The quantities of a replay, part by part, in the order in which they were first asked for. */
final class Differences {
    private record Key(Part part, String quantity) {}

    private final Map<Key, Tally> tallies = new LinkedHashMap<>();

    /** The quantity's tally, a new one if there is none yet. */
    Tally of(Part part, String quantity, String unit) {
        return tallies.computeIfAbsent(
                new Key(part, quantity), key -> new Tally(key.part(), key.quantity(), unit));
    }

    List<Comparison> comparisons() {
        return tallies.values().stream()
                .map(Tally::comparison)
                .sorted(Comparator.comparing(Comparison::part))
                .toList();
    }
}
