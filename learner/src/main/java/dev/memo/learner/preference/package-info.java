/**
 * Finding the mode that a person wants by asking: which mode it is has a posterior, and questions
 * are drawn from it.
 *
 * <p>Letters: K modes, w the wanted one, e how often the person answers wrongly.
 */
package dev.memo.learner.preference;
