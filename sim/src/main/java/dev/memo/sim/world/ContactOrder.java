package dev.memo.sim.world;

import java.util.Arrays;
import org.jbox2d.dynamics.contacts.Contact;

/**
 * Puts the contacts of a substep into the order in which JBox2D's own step would solve them. A
 * contact's impulse changes what the next one sees, so another order gives other velocities.
 *
 * <p>The engine numbers shapes as they are created and keeps its contacts sorted by both shapes'
 * numbers, the highest first. From the newest body downwards it then collects islands depth first:
 * a body taken from the stack adds its contacts that are not yet there, and pushes the bodies at
 * their other ends that it meets for the first time (ContactManager.addPair, World.solve). Islands
 * have no body in common, so they may be solved as one list.
 */
final class ContactOrder {
    private final int shapes;
    private final Contact[] newestFirst;
    private final int[] ranks;
    private final boolean[] isTaken;
    private final Contact[] ordered;
    private int count;

    private final int[] stack;
    private final boolean[] isReached;

    /**
     * For so many bodies and shapes.
     *
     * @param contacts most contacts at once
     */
    ContactOrder(int bodies, int shapes, int contacts) {
        this.shapes = shapes;
        newestFirst = new Contact[contacts];
        ranks = new int[contacts];
        isTaken = new boolean[contacts];
        ordered = new Contact[contacts];
        stack = new int[bodies];
        isReached = new boolean[bodies];
    }

    void clear() {
        count = 0;
    }

    int count() {
        return count;
    }

    /**
     * Adds a contact between two shapes.
     *
     * @param first number of the shape created first
     * @param second number of the other
     */
    void add(Contact contact, int first, int second) {
        int rank = first * shapes + second;
        int at = count++;
        while (at > 0 && ranks[at - 1] < rank) {
            newestFirst[at] = newestFirst[at - 1];
            ranks[at] = ranks[at - 1];
            at--;
        }
        newestFirst[at] = contact;
        ranks[at] = rank;
    }

    /**
     * Returns the contacts in the engine's order: the array is this object's, its length is not.
     */
    Contact[] order() {
        Arrays.fill(isTaken, 0, count, false);
        Arrays.fill(isReached, false);
        int taken = 0;
        for (int seed = isReached.length - 1; taken < count; seed--) {
            if (!isReached[seed]) {
                isReached[seed] = true;
                taken = island(seed, taken);
            }
        }
        return ordered;
    }

    /** Appends the contacts of a body's island; returns how many there are then. */
    private int island(int seed, int taken) {
        int depth = 0;
        stack[depth++] = seed;
        while (depth > 0) {
            int body = stack[--depth];
            for (int i = 0; i < count; i++) {
                Contact contact = newestFirst[i];
                int a = contact.m_fixtureA.getBody().m_islandIndex;
                int b = contact.m_fixtureB.getBody().m_islandIndex;
                if (!isTaken[i] && (a == body || b == body)) {
                    isTaken[i] = true;
                    ordered[taken++] = contact;
                    int other = a == body ? b : a;
                    if (!isReached[other]) {
                        isReached[other] = true;
                        stack[depth++] = other;
                    }
                }
            }
        }
        return taken;
    }
}
