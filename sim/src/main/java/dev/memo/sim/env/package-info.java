/**
 * The contract between a batch of environments and whoever acts in it: vector environments in the
 * sense of Gymnasium, with costs, over arrays that the caller owns.
 *
 * <p>Letters of shapes: E environments, O numbers of an observation, S floats from one observation
 * row to the next (S >= O), A numbers of an action, C costs, P pose features.
 */
package dev.memo.sim.env;
