/**
 * Episodes of many behaviours without labels: read from and written to Minari's format, split by
 * episode, and cut into differences over n steps.
 *
 * <p>Letters in shapes: T steps of an episode, W numbers per observation, A per action, C costs, P
 * numbers per pose, N rows of a table, D numbers per difference. All arrays are row-major.
 */
package dev.memo.learner.dataset;
