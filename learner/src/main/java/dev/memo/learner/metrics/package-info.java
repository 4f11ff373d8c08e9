/**
 * Measures of clusterings, samples and paths as pure functions in double.
 *
 * <p>Letters in shapes: M classes (experts), K clusters (codes), N rows.
 */
package dev.memo.learner.metrics;
