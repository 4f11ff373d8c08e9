"""Does the work of `memo bench kernels` by JAX on the CPU, jitted, in float32, as fast as JAX can.

Takes the fastest of several ways to write the same work, which the line of the result names as
variant; large batches cut into blocks by hand are a mode of their own. Numbers below the normal ones
are zeros: XLA's default.
"""

import os

from timing import IN_BLOCKS, keep_freed_memory, measure_all, options

chosen = options(__doc__, ("jit",)).parse_args()
os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: chosen.threads])
os.environ["NPROC"] = str(chosen.threads)
keep_freed_memory()

import jax

jax.config.update("jax_platforms", "cpu")
jax.config.update("jax_cpu_enable_async_dispatch", False)  # each run is waited for anyway

import jax.numpy as jnp
import optax
from jax import random
from jax.lax import optimization_barrier, stop_gradient
from jax.nn import elu, log_softmax, logsumexp, softmax, softplus

OBSERVATION, ACTION = 60, 2
BLOCK = 1024  # rows whose activations stay in the cache
CODES = 4
SAMPLES, ATOMS, OBJECTIVES = 20, 51, 2
VALUES = jnp.linspace(-10, 10, ATOMS)


def perceptron(key, *sizes):
    """Weights and biases of linear layers."""
    layers = []
    for inputs, outputs in zip(sizes, sizes[1:]):
        key, weight, bias = random.split(key, 3)
        bound = inputs**-0.5
        shapes = (weight, (inputs, outputs)), (bias, (outputs,))
        layers.append([random.uniform(k, shape, minval=-bound, maxval=bound) for k, shape in shapes])
    return layers


def forward(layers, x):
    """With tanh between the layers."""
    *hidden, (weight, bias) = layers
    for w, b in hidden:
        x = jnp.tanh(x @ w + b)
    return x @ weight + bias


def squared_distances(x, codes):
    return jnp.square(x).sum(1, keepdims=True) - 2 * x @ codes.T + jnp.square(codes).sum(1)


def squared_error(y, target):
    return jnp.square(y - target).mean()


def log_density(x, mean, std):
    """Of a diagonal Gaussian."""
    return (-0.5 * jnp.square((x - mean) / std) - jnp.log(std) - 0.5 * jnp.log(2 * jnp.pi)).sum(-1)


def taught(key, x, outputs):
    return jnp.tanh(x @ random.normal(key, (OBSERVATION, outputs)) / 8)


def memo(key):
    """An autoencoder with a codebook, and a policy that reads the distances to the codes."""
    encoder, decoder, actor, codes = random.split(key, 4)
    return {
        "encoder": perceptron(encoder, OBSERVATION, 30, 60, OBSERVATION),
        "decoder": perceptron(decoder, OBSERVATION, 1000, 1000, 1000, OBSERVATION),
        "actor": perceptron(actor, OBSERVATION + CODES, 256, 256, ACTION),
        "codes": random.uniform(codes, (CODES, OBSERVATION), minval=-1 / CODES, maxval=1 / CODES),
        "log_std": jnp.full(ACTION, -0.5),
    }


def memo_loss(parameters, x, differences, action):
    z = forward(parameters["encoder"], differences)
    distances = squared_distances(z, parameters["codes"])
    code = parameters["codes"][distances.argmin(1)]
    loss = squared_error(forward(parameters["decoder"], z + stop_gradient(code - z)), differences)
    loss += squared_error(code, stop_gradient(z)) + squared_error(z, stop_gradient(code))
    mean = forward(parameters["actor"], jnp.concatenate([x, distances], 1))
    return loss - log_density(action, mean, jnp.exp(parameters["log_std"])).mean()


def mpo(key):
    """MPO with two categorical critics; memo's class MpoStep has the formulas."""

    def network(key, inputs, outputs):
        layers = perceptron(key, inputs, 256, 256, 256, outputs)
        return {"layers": layers, "gain": jnp.ones(256), "bias": jnp.zeros(256)}

    policy, *critics = random.split(key, 1 + OBJECTIVES)
    return {
        "networks": {
            "policy": network(policy, OBSERVATION, 2 * ACTION),
            "critics": [network(k, OBSERVATION + ACTION, ATOMS) for k in critics],
        },
        "duals": {
            "temperature": jnp.ones(OBJECTIVES),
            "mean": jnp.ones(ACTION),
            "std": jnp.ones(ACTION),
        },
    }


def torso(network, x):
    (w, b), *hidden, last = network["layers"]
    x = jax.nn.standardize(x @ w + b, epsilon=1e-5)
    x = jnp.tanh(x * network["gain"] + network["bias"])
    for w, b in hidden:
        x = elu(x @ w + b)
    return x @ last[0] + last[1]


def policy(networks, x):
    mean, std = jnp.split(torso(networks["policy"], x), 2, -1)
    return mean, softplus(std) + 1e-3


def projected(atoms, reward, discount):
    """A distribution moved by reward and discount, on the same atoms (C51)."""
    moved = jnp.clip(reward[:, None] + discount[:, None] * VALUES, VALUES[0], VALUES[-1])
    steps = jnp.abs(moved[:, None, :] - VALUES[:, None]) / (VALUES[1] - VALUES[0])
    return (jnp.clip(1 - steps, 0, 1) * atoms[:, None, :]).sum(-1)


def bounded(raw, kl, bound):
    multiplier = softplus(raw) + 1e-8
    return (stop_gradient(multiplier) * kl + multiplier * (bound - stop_gradient(kl))).sum()


def mpo_loss(parameters, target, key, x, action, reward, discount, next_x):
    online, duals = parameters["networks"], parameters["duals"]
    target_mean, target_std = policy(target, next_x)
    drawn = target_mean + target_std * random.normal(key, (SAMPLES, *target_mean.shape))
    states = jnp.broadcast_to(next_x, (SAMPLES, *next_x.shape))
    judged = jnp.concatenate([states, jnp.clip(drawn, -1, 1)], -1)
    taken = jnp.concatenate([x, action], 1)
    temperature = softplus(duals["temperature"]) + 1e-8
    loss, weights = 0, 0
    for k in range(OBJECTIVES):
        atoms = softmax(torso(target["critics"][k], judged))
        moved = projected(atoms.mean(0), reward[:, k], discount)
        logits = torso(online["critics"][k], taken)
        loss -= (moved * log_softmax(logits)).sum(1).mean() / OBJECTIVES
        scaled = (atoms @ VALUES) / temperature[k]
        weights += softmax(stop_gradient(scaled), 0) / OBJECTIVES
        loss += temperature[k] * (logsumexp(scaled, 0).mean() - jnp.log(SAMPLES) + 0.1)
    mean, std = policy(online, next_x)
    fit = log_density(drawn, mean, target_std) + log_density(drawn, target_mean, std)
    loss -= (weights * fit).sum(0).mean()
    mean_kl = (jnp.square((mean - target_mean) / target_std) / 2).mean(0)
    std_kl = (jnp.log(std / target_std) + jnp.square(target_std / std) / 2 - 0.5).mean(0)
    return loss + bounded(duals["mean"], mean_kl, 0.01) + bounded(duals["std"], std_kl, 1e-5)


def steps_of(update, state, rows):
    """Runs of a step that changes its state in place."""
    step = jax.jit(update, donate_argnums=0)

    def run():
        nonlocal state
        state, loss = step(state, *rows)
        return loss.block_until_ready()

    return run


def training(loss_of, parameters, rows):
    adam = optax.adam(3e-4)

    def update(state, *rows):
        parameters, moments = state
        loss, slopes = jax.value_and_grad(loss_of)(parameters, *rows)
        steps, moments = adam.update(slopes, moments)
        return (optax.apply_updates(parameters, steps), moments), loss

    return {"jit": steps_of(update, (parameters, adam.init(parameters)), rows)}


def mpo_training(key, batch):
    keys = random.split(key, 5)
    x, next_x = (random.uniform(k, (batch, OBSERVATION)) for k in keys[:2])
    action = random.uniform(keys[2], (batch, ACTION), minval=-1, maxval=1)
    near = -jnp.square(action - x[:, :2]).sum(1)
    reward = jnp.stack([near, action[:, 0] * x[:, 3]], 1)
    parameters = mpo(keys[3])
    target = jax.tree.map(jnp.copy, parameters["networks"])
    rates = {"networks": optax.adam(1e-4), "duals": optax.adam(1e-2)}
    adam = optax.multi_transform(rates, {name: name for name in rates})

    def update(state, *rows):
        parameters, target, moments, key = state
        key, noise = random.split(key)
        loss, slopes = jax.value_and_grad(mpo_loss)(parameters, target, noise, *rows)
        steps, moments = adam.update(slopes, moments)
        parameters = optax.apply_updates(parameters, steps)
        target = optax.incremental_update(parameters["networks"], target, 0.005)
        return (parameters, target, moments, key), loss

    state = (parameters, target, adam.init(parameters), keys[4])
    return {"jit": steps_of(update, state, (x, action, reward, jnp.full(batch, 0.99), next_x))}


def nearest(codes, x):
    distances = squared_distances(x, codes)
    return distances, distances.argmin(1)


def nearest_by_least(codes, x):
    """Least distance and its first index apart, which XLA vectorises, unlike argmin."""
    distances = squared_distances(x, codes)
    least = optimization_barrier(distances.min(1, keepdims=True))
    indices = jnp.arange(len(codes))
    return distances, jnp.where(distances == least, indices, len(codes)).min(1)


def inference(ways, parameters, x):
    runs = {}
    for name, way in ways.items():
        runs[name] = _run(jax.jit(way), parameters, x)
        if len(x) > BLOCK and len(x) % BLOCK == 0:
            runs[name + IN_BLOCKS] = _run(jax.jit(_in_blocks(way)), parameters, x)
    return runs


def _run(way, parameters, x):
    return lambda: jax.block_until_ready(way(parameters, x))


def _in_blocks(way):
    def blocks(parameters, x):
        results = jax.lax.map(lambda block: way(parameters, block), x.reshape(-1, BLOCK, x.shape[1]))
        return jax.tree.map(lambda y: y.reshape(len(x), *y.shape[2:]), results)

    return blocks


def variants(_, work, batch):
    key, parameter_key, row_key, target_key = random.split(random.key(0), 4)
    x = random.uniform(row_key, (batch, OBSERVATION))
    network = perceptron(parameter_key, OBSERVATION, 256, 256, 4)
    if work == "mlp-forward":
        return inference({"whole": forward}, network, x)
    if work == "mlp-train":
        loss = lambda layers, x, target: squared_error(forward(layers, x), target)
        return training(loss, network, (x, taught(target_key, x, 4)))
    if work == "memo-step":
        differences = 0.1 * random.normal(key, (batch, OBSERVATION))
        return training(memo_loss, memo(parameter_key), (x, differences, taught(target_key, x, ACTION)))
    if work == "mpo-step":
        return mpo_training(key, batch)
    codes = random.uniform(parameter_key, (int(work.split("-")[1]), OBSERVATION), minval=-1, maxval=1)
    return inference({"argmin": nearest, "by least": nearest_by_least}, codes, x)


def finite(results):
    return all(bool(jnp.isfinite(y).all()) for y in jax.tree.leaves(results))


if __name__ == "__main__":
    measure_all(chosen, "jax", jax.__version__, variants, finite)
