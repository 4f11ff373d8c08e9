/**
 * What a mode is, in words and numbers that a person reads: how the steps that belong to it differ
 * from those of the other modes. Nobody's labels are looked at.
 *
 * <p>Letters: K modes, S segments, F descriptors, T steps of an episode.
 */
package dev.memo.learner.explanation;
