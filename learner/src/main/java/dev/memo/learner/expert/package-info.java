/** Experts whose laws are written down: the behaviours that MEMO is to find and to steer to. */
package dev.memo.learner.expert;
