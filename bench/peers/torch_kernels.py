"""Does the work of `memo bench kernels` by torch on the CPU, in float32, as fast as torch can.

Modes are eager and compiled. Each takes the fastest of several ways to write the same work, which
the line of the result names as variant; large batches cut into blocks by hand are a mode of their own.
"""

import math
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from timing import IN_BLOCKS, keep_freed_memory, measure_all, options

SHIM = "int mkl_serv_intel_cpu_true(void) { return 1; }"
SHIM_NAME = "mkl_avx512.so"


def restart_with_avx512():
    """MKL takes AVX-512 on Intel's CPUs only. A library loaded first gives it another answer."""
    loaded = os.environ.get("LD_PRELOAD", "")
    if loaded.endswith(SHIM_NAME):
        del os.environ["LD_PRELOAD"]
        shutil.rmtree(Path(loaded).parent)
        return
    library = str(Path(tempfile.mkdtemp()) / SHIM_NAME)
    command = ["cc", "-shared", "-fPIC", "-x", "c", "-", "-o", library]
    subprocess.run(command, input=SHIM, text=True, check=True)
    os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, "LD_PRELOAD": library})


parser = options(__doc__, ("eager", "compiled"))
parser.add_argument("--avx512", action="store_true", help="let MKL use AVX-512 on a CPU that is not Intel's")
chosen = parser.parse_args()
if chosen.avx512:
    restart_with_avx512()

import torch
import torch._inductor.config as inductor
from torch import nn
from torch.func import functional_call, grad_and_value
from torch.nn.functional import linear, mse_loss, softplus

OBSERVATION, ACTION = 60, 2
BLOCK = 4096  # rows whose activations stay in the cache


def perceptron(*sizes):
    """Linear layers with tanh between."""
    layers = []
    for inputs, outputs in zip(sizes, sizes[1:]):
        layers += [nn.Linear(inputs, outputs), nn.Tanh()]
    return nn.Sequential(*layers[:-1])


def squared_distances(x, codes):
    lengths = x.square().sum(1, keepdim=True) + codes.square().sum(1)
    return torch.addmm(lengths, x, codes.T, alpha=-2)


def log_density(x, mean, std):
    """Of a diagonal Gaussian."""
    return (-0.5 * ((x - mean) / std).square() - std.log() - 0.5 * math.log(2 * math.pi)).sum(-1)


class Regression(nn.Module):
    def __init__(self):
        super().__init__()
        self.network = perceptron(OBSERVATION, 256, 256, 4)

    @staticmethod
    def rows(batch):
        x = torch.rand(batch, OBSERVATION)
        return x, torch.tanh(x @ torch.randn(OBSERVATION, 4) / 8)

    def forward(self, x, target):
        return mse_loss(self.network(x), target)


class Memo(nn.Module):
    """An autoencoder with a codebook, and a policy that reads the distances to the codes."""

    CODES = 4

    def __init__(self):
        super().__init__()
        self.encoder = perceptron(OBSERVATION, 30, 60, OBSERVATION)
        self.decoder = perceptron(OBSERVATION, 1000, 1000, 1000, OBSERVATION)
        self.actor = perceptron(OBSERVATION + self.CODES, 256, 256, ACTION)
        self.codes = nn.Parameter(torch.empty(self.CODES, OBSERVATION).uniform_(-1, 1) / self.CODES)
        self.log_std = nn.Parameter(torch.full((ACTION,), -0.5))

    @staticmethod
    def rows(batch):
        x = torch.rand(batch, OBSERVATION)
        differences = 0.1 * torch.randn(batch, OBSERVATION)
        return x, differences, torch.tanh(x @ torch.randn(OBSERVATION, ACTION) / 8)

    def forward(self, x, differences, action):
        z = self.encoder(differences)
        distances = squared_distances(z, self.codes)
        code = self.codes[distances.argmin(1)]
        loss = mse_loss(self.decoder(z + (code - z).detach()), differences)
        loss = loss + mse_loss(code, z.detach()) + mse_loss(z, code.detach())
        mean = self.actor(torch.cat([x, distances], 1))
        return loss - log_density(action, mean, self.log_std.exp()).mean()


class Mpo(nn.Module):
    """MPO with two categorical critics; memo's class MpoStep has the formulas."""

    SAMPLES, ATOMS, OBJECTIVES = 20, 51, 2

    def __init__(self):
        super().__init__()
        self.online, self.target = self._networks(), self._networks()
        self.target.load_state_dict(self.online.state_dict())
        self.target.requires_grad_(False)
        self.temperature = nn.Parameter(torch.ones(self.OBJECTIVES))
        self.mean_multiplier = nn.Parameter(torch.ones(ACTION))
        self.std_multiplier = nn.Parameter(torch.ones(ACTION))
        self.register_buffer("values", torch.linspace(-10, 10, self.ATOMS))

    def _networks(self):
        def network(inputs, outputs):
            first = [nn.Linear(inputs, 256), nn.LayerNorm(256), nn.Tanh()]
            second = [nn.Linear(256, 256), nn.ELU(), nn.Linear(256, 256), nn.ELU()]
            return nn.Sequential(*first, *second, nn.Linear(256, outputs))

        critics = {f"critic{k}": network(OBSERVATION + ACTION, self.ATOMS) for k in range(self.OBJECTIVES)}
        return nn.ModuleDict({"policy": network(OBSERVATION, 2 * ACTION), **critics})

    @staticmethod
    def rows(batch):
        x, next_x = torch.rand(batch, OBSERVATION), torch.rand(batch, OBSERVATION)
        action = torch.empty(batch, ACTION).uniform_(-1, 1)
        near = -(action - x[:, :2]).square().sum(1)
        reward = torch.stack([near, action[:, 0] * x[:, 3]], 1)
        return x, action, reward, torch.full((batch, 1), 0.99), next_x

    def forward(self, x, action, reward, discount, next_x):
        with torch.no_grad():
            target_mean, target_std = self._policy(self.target, next_x)
            drawn = target_mean + target_std * torch.randn(self.SAMPLES, *target_mean.shape)
            states = next_x.expand(self.SAMPLES, *next_x.shape)
            judged = torch.cat([states, drawn.clamp(-1, 1)], -1)
        taken = torch.cat([x, action], 1)
        temperature = softplus(self.temperature) + 1e-8
        loss, weights = 0, 0
        for k in range(self.OBJECTIVES):
            with torch.no_grad():
                atoms = self.target[f"critic{k}"](judged).softmax(-1)
                moved = self._projected(atoms.mean(0), reward[:, k : k + 1], discount)
                value = atoms @ self.values
            logits = self.online[f"critic{k}"](taken)
            loss = loss - (moved * logits.log_softmax(-1)).sum(1).mean() / self.OBJECTIVES
            scaled = value / temperature[k]
            weights = weights + scaled.detach().softmax(0) / self.OBJECTIVES
            excess = scaled.logsumexp(0).mean() - math.log(self.SAMPLES)
            loss = loss + temperature[k] * (excess + 0.1)
        mean, std = self._policy(self.online, next_x)
        fit = log_density(drawn, mean, target_std) + log_density(drawn, target_mean, std)
        loss = loss - (weights * fit).sum(0).mean()
        mean_kl = (((mean - target_mean) / target_std).square() / 2).mean(0)
        std_kl = ((std / target_std).log() + (target_std / std).square() / 2 - 0.5).mean(0)
        loss = loss + self._bounded(self.mean_multiplier, mean_kl, 0.01)
        return loss + self._bounded(self.std_multiplier, std_kl, 1e-5)

    def _policy(self, networks, x):
        mean, std = networks["policy"](x).chunk(2, -1)
        return mean, softplus(std) + 1e-3

    def _projected(self, atoms, reward, discount):
        """A distribution moved by reward and discount, on the same atoms (C51)."""
        low, high = self.values[0], self.values[-1]
        moved = (reward + discount * self.values).clamp(low, high)
        steps = (moved[:, None, :] - self.values[:, None]).abs() / (self.values[1] - low)
        return ((1 - steps).clamp(0, 1) @ atoms[:, :, None]).squeeze(-1)

    @staticmethod
    def _bounded(raw, kl, bound):
        multiplier = softplus(raw) + 1e-8
        return (multiplier.detach() * kl + multiplier * (bound - kl.detach())).sum()


def trained(model):
    return {name: value for name, value in model.named_parameters() if value.requires_grad}


def rate(model, name):
    """Of Adam."""
    if not isinstance(model, Mpo):
        return 3e-4
    return 1e-4 if name.startswith("online") else 1e-2


def online(name):
    """What a target parameter follows."""
    return name.replace("target", "online", 1)


def stepwise(model, rows, compiled):
    """Forward, backward and a fused step of Adam, one after the other."""
    by_rate = {}
    for name, value in trained(model).items():
        by_rate.setdefault(rate(model, name), []).append(value)
    groups = [{"params": values, "lr": lr} for lr, values in by_rate.items()]
    adam = torch.optim.Adam(groups, fused=True)
    parameters = {name: value.detach() for name, value in model.named_parameters()}
    targets = [name for name in parameters if name.startswith("target")]
    pairs = [[parameters[n] for n in names] for names in (targets, map(online, targets))]
    loss_of = torch.compile(model) if compiled else model

    def run():
        adam.zero_grad(set_to_none=True)
        loss = loss_of(*rows)
        loss.backward()
        adam.step()
        if targets:
            torch._foreach_lerp_(*pairs, 0.005)
        return loss.detach()

    return run


def one_graph(model, rows):
    """All of a training step, Adam included, in one compiled function of old values to new ones."""
    values = {name: value.detach().clone() for name, value in trained(model).items()}
    moments = [{name: torch.zeros_like(v) for name, v in values.items()} for _ in range(2)]
    targets = {n: v.clone() for n, v in model.named_parameters() if not v.requires_grad}
    state = values, *moments, torch.zeros(()), targets

    @torch.compile(fullgraph=True)
    def step(values, first, second, count, targets, rows):
        def loss_at(trained):
            return functional_call(model, {**trained, **targets}, rows)

        slopes, loss = grad_and_value(loss_at)(values)
        count = count + 1
        scale, root = 1 / (1 - 0.9**count), (1 - 0.999**count).rsqrt()
        first = {n: torch.lerp(m, slopes[n], 0.1) for n, m in first.items()}
        second = {n: torch.lerp(v, slopes[n] * slopes[n], 0.001) for n, v in second.items()}
        values = {
            n: p - rate(model, n) * scale * first[n] / (second[n].sqrt() * root + 1e-8)
            for n, p in values.items()
        }
        targets = {n: torch.lerp(t, values[online(n)], 0.005) for n, t in targets.items()}
        return (values, first, second, count, targets), loss

    @torch.no_grad()
    def run():
        nonlocal state
        state, loss = step(*state, rows)
        return loss

    return run


def training(model_class, mode, batch):
    rows = model_class.rows(batch)
    if mode == "eager":
        return {"fused Adam": stepwise(model_class(), rows, False)}
    return {
        "compiled loss": stepwise(model_class(), rows, True),
        "one graph": one_graph(model_class(), rows),
    }


class Codebook(nn.Module):
    def __init__(self, codes):
        super().__init__()
        self.codes = nn.Parameter(torch.empty(codes, OBSERVATION).uniform_(-1, 1))

    def forward(self, x):
        distances = squared_distances(x, self.codes)
        return distances, distances.argmin(1)


def onednn(network, x):
    """Products by oneDNN instead of MKL."""
    x = x.to_mkldnn()
    for layer in network:
        x = linear(x, layer.weight, layer.bias) if isinstance(layer, nn.Linear) else layer(x)
    return x.to_dense()


def inference(model, mode, x):
    model.requires_grad_(False)
    if mode == "eager":
        ways = {"whole": model}
        if isinstance(model, nn.Sequential):
            ways["oneDNN"] = lambda rows: onednn(model, rows)
    else:
        ways = {"whole": torch.compile(model, dynamic=False), "tuned": tuned(model, x)}
    runs = {name: lambda way=way: way(x) for name, way in ways.items()}
    if len(x) > BLOCK:
        for name, way in ways.items():
            runs[name + IN_BLOCKS] = lambda way=way: in_blocks(way, x)
    return {name: torch.inference_mode()(run) for name, run in runs.items()}


def in_blocks(way, x):
    results = [way(block) for block in x.split(BLOCK)]
    if isinstance(results[0], tuple):
        return tuple(map(torch.cat, zip(*results)))
    return torch.cat(results)


def tuned(model, x):
    """With constant weights, each product by the fastest kernel, for any number of rows.

    With a fixed number, MKL is the only library among the choices; oneDNN is faster on AMD's CPUs.
    """
    compiled = torch.compile(model, mode="max-autotune-no-cudagraphs", dynamic=True)
    with torch.inference_mode(), inductor.patch(freezing=True, autotune_num_choices_displayed=0):
        for rows in (x, x[:BLOCK]):
            compiled(rows)
    return compiled


def variants(mode, work, batch):
    torch._dynamo.reset()
    torch.manual_seed(0)
    if work == "mlp-forward":
        return inference(perceptron(OBSERVATION, 256, 256, 4), mode, torch.rand(batch, OBSERVATION))
    if work.startswith("codebook"):
        return inference(Codebook(int(work.split("-")[1])), mode, torch.rand(batch, OBSERVATION))
    model_class = {"mlp-train": Regression, "memo-step": Memo, "mpo-step": Mpo}[work]
    return training(model_class, mode, batch)


def finite(results):
    tensors = results if isinstance(results, tuple) else (results,)
    return all(bool(y.isfinite().all()) for y in tensors)


if __name__ == "__main__":
    keep_freed_memory()
    torch.set_num_threads(chosen.threads)
    torch.set_flush_denormal(True)  # threads that start later do so too
    suffix = "-avx512" if chosen.avx512 else ""
    measure_all(chosen, "torch", torch.__version__, variants, finite, suffix)
