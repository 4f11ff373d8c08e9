package dev.memo.sim.scenario;

/**
 * Gaussian noise, independent for every component and step; deviations of at most 100.
 *
 * @param action standard deviation, added to the action after it is clipped to [-1, 1]; the sum is
 *     clipped again; default 0
 * @param observation standard deviation, added to every observed number; default 0
 */
public record Noise(Quantity action, Quantity observation) {
    private static final double MOST = 100;

    public Noise {
        Rules.notNegative("$.noise.action", action);
        Rules.atMost("$.noise.action", action, MOST);
        Rules.notNegative("$.noise.observation", observation);
        Rules.atMost("$.noise.observation", observation, MOST);
    }
}
