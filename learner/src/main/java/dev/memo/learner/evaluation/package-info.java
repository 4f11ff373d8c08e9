/**
 * What was learned, held against what is known: codes against experts on episodes that were not
 * learned from, and steered modes against experts on the same layouts.
 */
package dev.memo.learner.evaluation;
