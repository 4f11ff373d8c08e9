package dev.memo.app.report;

import dev.memo.learner.evaluation.SwitchReport;

/**
 * What switches of modes in mid-episode cost.
 *
 * @param scenario the world's name
 * @param layouts how many, the same for all pairs
 * @param report all pairs of modes
 */
public record Switches(String scenario, int layouts, SwitchReport report) {}
