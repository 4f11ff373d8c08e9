/**
 * What MEMO is held against: policies conditioned on a mode, learned from the same rows in as many
 * gradient steps by other means. To be read in the order BaselineConfig, BaselineNetwork,
 * BaselineTrainer, Responsibilities, EpisodeRows, EpisodeClusters, BaselineModel.
 *
 * <p>Letters: N rows, O numbers of an observation, A of an action, D of a difference, K modes, W
 * rows that stand for an episode, w a row's weights of the modes.
 *
 * <pre>
 *   policy = Normal(Actor(observation, one-hot(mode)), sigma)   one network, told its mode
 *   policy = Normal(Actor_mode(observation), sigma)             heads, or networks of their own
 *   loss   = - mean over rows of sum over modes of w log policy(action | observation, mode)
 * </pre>
 *
 * <p>The kinds differ in where w comes from; the mixture has weights of its own within the
 * logarithm instead. Sources stand at {@link dev.memo.learner.baseline.BaselineConfig.Kind}.
 */
package dev.memo.learner.baseline;
