/**
 * What a mode does, with confidence: bounds from rollouts on fresh layouts, and a test that it
 * performs as well as its expert. A bound holds with the stated confidence by itself, not together
 * with the others.
 */
package dev.memo.learner.guarantee;
