package dev.memo.kernels.tornado;

import dev.memo.kernels.Node;
import dev.memo.kernels.Program;
import dev.memo.kernels.Shape;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** The places of values in a device's memory, one behind the other, for the most rows of a run. */
final class Memory {
    private final Program program;
    private final int maxRows;
    private final int[] places;
    private final BitSet placed = new BitSet();
    private final Map<Integer, float[]> constants = new HashMap<>();
    private long entries;

    Memory(Program program, int maxRows) {
        this.program = program;
        this.maxRows = maxRows;
        places = new int[program.nodes().size()];
    }

    /** Where a node's value begins. */
    int at(Node node) {
        return places[node.index()];
    }

    /** Whether a node has a value of its own. */
    boolean holds(Node node) {
        return placed.get(node.index());
    }

    /** Gives a node's value a place. */
    int add(Node node) {
        places[node.index()] = add(node.shape());
        placed.set(node.index());
        return at(node);
    }

    /** A place for a value that no node has. */
    int add(Shape shape) {
        return add((long) rowsIn(shape) * shape.width());
    }

    /** A place for so many entries. */
    int add(long count) {
        int place = (int) entries;
        entries += count;
        requireArray(entries);
        return place;
    }

    /** A node's value is that of another one. */
    void alias(Node node, Node of) {
        places[node.index()] = at(of);
    }

    /** Gives a node's value a place that holds numbers from the start. */
    void add(Node node, float... numbers) {
        constants.put(add(node), numbers);
    }

    /** The most rows that a value of a shape has. */
    int rowsIn(Shape shape) {
        return shape.rowsIn(maxRows);
    }

    /** Refuses what no array holds. */
    void requireArray(long count) {
        if (count > Integer.MAX_VALUE / 2) {
            throw new IllegalArgumentException(
                    "program %s has more than %d entries with %d rows: too many for an array"
                            .formatted(program.name(), count, maxRows));
        }
    }

    /** Numbers that stand there from the start, by place. */
    Map<Integer, float[]> constants() {
        return constants;
    }

    /** All entries. */
    int entries() {
        return (int) entries;
    }
}
