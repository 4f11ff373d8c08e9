/**
 * Switching modes by what happens, so that the mean cost of an episode keeps a limit: a rule that
 * knows what its plans earn and cost, a bandit that finds out, and an oracle to hold them against.
 *
 * <p>Letters: K modes, N episodes, each on a layout of its own.
 */
package dev.memo.learner.control;
