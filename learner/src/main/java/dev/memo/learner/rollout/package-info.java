/**
 * Policies in environments: what acts, what an episode measures, and the loop that everything which
 * gathers experience shares.
 */
package dev.memo.learner.rollout;
