"""Reads what a run left for other tools with those tools, and holds it against the run's own files.

    ./memo export RUN --format onnx && ./memo export RUN --format safetensors
    pip install numpy onnx onnxruntime safetensors tensorboard    (in a virtual environment)
    python bench/check_run.py RUN

RUN is one of PPO, or one of MEMO exported with --mode. Ends with an error if the policy of onnxruntime differs by more
than 1e-5 from the same weights multiplied by NumPy, or if TensorBoard reads another number than metrics.jsonl has.
"""
import json
import sys

import numpy as np
import onnx
import onnxruntime
from safetensors import safe_open
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

CLIP = {"ppo": 10, "memo": 5}
LAYER = {"ppo": "policy.%d.", "memo": "actor.%d."}
ACTIVATION = {"ppo": np.tanh, "memo": lambda x: np.maximum(x, 0)}


def policy_difference(run):
    model = run + "/policy.onnx"
    onnx.checker.check_model(onnx.load(model), full_check=True)
    with safe_open(run + "/policy.safetensors", "np") as file:
        learner = file.metadata()["learner"]
        weights = {name: file.get_tensor(name) for name in file.keys()}
    mean, deviation = weights["fixed.observation.mean"], weights["fixed.observation.deviation"]
    noise = np.random.default_rng(0).standard_normal((1000, mean.size))
    observations = (mean + 2 * deviation * noise).astype(np.float32)
    x = np.clip((observations - mean) / deviation, -CLIP[learner], CLIP[learner])
    if "context" in weights:
        x = np.concatenate([x, np.tile(weights["context"], (len(x), 1))], 1)
    for layer in range(3):
        name = LAYER[learner] % layer
        x = x @ weights[name + "weight"].T + weights[name + "bias"]
        x = ACTIVATION[learner](x) if layer < 2 else x
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    [found] = session.run(["mean"], {"observations": observations})
    return float(np.abs(found - x).max())


def tensorboard_differences(run):
    events = EventAccumulator(run + "/tensorboard", size_guidance={"scalars": 0})
    events.Reload()
    wanted = {}
    for text in open(run + "/metrics.jsonl"):
        line = json.loads(text)
        step = next(key for key in ("steps", "iteration", "epoch") if key in line)
        for key, value in line.items():
            if key != step:
                wanted.setdefault(key, []).append((line[step], np.float32(value)))
    found = {key: [(s.step, np.float32(s.value)) for s in events.Scalars(key)] for key in wanted}
    return sum(len(values) for values in wanted.values()), [k for k in wanted if found[k] != wanted[k]]


if __name__ == "__main__":
    difference = policy_difference(sys.argv[1])
    scalars, wrong = tensorboard_differences(sys.argv[1])
    print(f"onnxruntime and NumPy differ by at most {difference:.1e}; TensorBoard reads {scalars} numbers, wrong: {wrong}")
    sys.exit(difference > 1e-5 or bool(wrong))
