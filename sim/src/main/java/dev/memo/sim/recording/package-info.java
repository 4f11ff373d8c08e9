/** What was seen in an episode, moment by moment, in one file: for drawing and plots. */
package dev.memo.sim.recording;
