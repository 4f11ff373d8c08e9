/** Grouping points that nobody has labelled. */
package dev.memo.learner.clustering;
