/**
 * MEMO: a vector-quantised autoencoder on state differences finds the behaviours in the data of
 * many experts; the distances to its codes condition one Gaussian policy, and steer it.
 *
 * <p>Letters: N rows, O numbers of an observation, A of an action, D of a difference, Z of a code,
 * K codes.
 *
 * <pre>
 *   z = Encoder(difference)                       [N][Z]
 *   d_j = |z - e_j|^2,  m = argmin_j d_j          [N][K], or one m for a whole episode
 *   difference' = Decoder(z + sg(e_m - z))        straight-through
 *   VQ = |difference - difference'|^2 + |sg(z) - e_m|^2 + beta |z - sg(e_m)|^2
 *   policy = Normal(Actor(observation, context(d)), sigma)
 * </pre>
 *
 * <p>Source: Tyna Eloundou: Multiple Experts, Multiple Objectives (2021), and feloundou/memo.
 */
package dev.memo.learner.memo;
