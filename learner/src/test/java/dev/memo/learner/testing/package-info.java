/** What several of the learner's tests use. */
package dev.memo.learner.testing;
