/**
 * MEMO: a vector-quantised autoencoder on state differences finds the behaviours in the data of
 * many experts; the distances to its codes condition one Gaussian policy, and steer it.
 *
 * <p>Letters: N rows, O numbers of an observation, A of an action, D of a difference, Z of a code,
 * K codes, W rows of a window.
 *
 * <pre>
 *   z = Encoder(W differences, or states and differences)     [N][Z]
 *   d_j = |z - e_j|^2,  m = argmin_j d_j                       [N][K], or one m for a whole episode
 *   differences' = Decoder(z + sg(e_m - z))                    straight-through
 *   VQ = |differences - differences'|^2 + |sg(z) - e_m|^2 + beta |z - sg(e_m)|^2
 *   policy = Normal(Actor(observation, context(d)), sigma)
 *   recognition = -log softmax(-d)_m                           where an episode was told its m
 * </pre>
 *
 * <p>Source: Tyna Eloundou: Multiple Experts, Multiple Objectives (2021), and feloundou/memo.
 */
package dev.memo.learner.memo;
