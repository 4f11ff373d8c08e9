package dev.memo.sim.scenario;

/**
 * Gaussian noise, independent for every component and step.
 *
 * @param action standard deviation, added to the action after it is clipped to [-1, 1]; the sum is
 *     clipped again; default 0
 * @param observation standard deviation, added to every observed number; default 0
 */
public record Noise(Quantity action, Quantity observation) {
    public Noise {
        Rules.notNegative("$.noise.action", action);
        Rules.notNegative("$.noise.observation", observation);
    }
}
