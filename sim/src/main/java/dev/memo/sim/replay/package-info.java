/**
 * Plays recordings from Safety-Gymnasium again in MEMO's world, and says how far the two part.
 *
 * <p>The formats of the recordings, the comparisons and their tolerances are described in
 * docs/replay.md.
 */
package dev.memo.sim.replay;
