/**
 * What a task is: validated records in human terms and SI units, read from short JSON files.
 *
 * <p>Lengths are in metres, angles in radians counter-clockwise from the x axis, times in steps of
 * 0.02 s. The origin is the middle of the arena. Every number that physics or layout uses is a
 * {@link dev.memo.sim.scenario.Quantity}, drawn anew for each layout.
 */
package dev.memo.sim.scenario;
