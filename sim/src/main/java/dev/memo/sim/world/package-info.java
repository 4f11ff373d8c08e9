/**
 * The physics and the rules of Safety Gym's Point robot among goals, hazards and vases: plain, for
 * one environment at a time, and by SIMD for blocks of them with the same bits.
 *
 * <p>Three kinds of numbers are kept apart: {@link dev.memo.sim.world.Sizes} never change, {@link
 * dev.memo.sim.world.Parameters} change from layout to layout, {@link dev.memo.sim.world.State}
 * changes with every step. Free motion is a float64 function of the state; what bodies do to each
 * other is JBox2D's. No result depends on anything but scenario, seed, episode and actions.
 *
 * <p>SI units, angles in radians counter-clockwise from the world's x axis; float64, but for the
 * lidar. Letters of shapes: H hazards, V vases (the most that a layout can have), C costs.
 */
package dev.memo.sim.world;
