/**
 * Proximal policy optimisation, with a limit on the cost by a Lagrange multiplier: experts that
 * learn. To be read in the order PpoConfig, PpoNetwork, PpoTrainer, Signal, Advantages, Multiplier,
 * PpoModel, PpoRun.
 *
 * <p>E environments, T steps of each between two updates, O numbers of an observation, A of an
 * action, V columns of the critic.
 *
 * <p>Sources: Schulman, Wolski, Dhariwal, Radford, Klimov, Proximal policy optimization algorithms
 * (2017); Ray, Achiam, Amodei, Benchmarking safe exploration in deep reinforcement learning (2019);
 * Stooke, Achiam, Abbeel, Responsive safety in reinforcement learning by PID Lagrangian methods
 * (2020).
 */
package dev.memo.learner.ppo;
