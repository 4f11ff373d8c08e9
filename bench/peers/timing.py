"""What both scripts share: options, timing and lines of results. Standard library only."""

import argparse
import ctypes
import json
import os
import sys
import time

WORKS = {
    "mlp-forward": (1, 64, 4096, 16384, 65536),
    "mlp-train": (64, 256, 1024, 4096, 16384),
    "memo-step": (512, 4096),
    "mpo-step": (256,),
    "codebook-64": (65536,),
    "codebook-512": (65536,),
}

IN_BLOCKS = ", in blocks"  # ends the names of variants that cut the rows by hand

ROWS_PER_LOOK = 4096  # rows between two looks at the clock; small batches are over in microseconds


def options(description, modes):
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.ArgumentDefaultsHelpFormatter
    )
    parser.add_argument("--work", type=_one_of(WORKS), default=list(WORKS), help="with commas between")
    parser.add_argument("--batch", type=_counts, help="rows, with commas between; if left out, the work's")
    parser.add_argument("--mode", type=_one_of(modes), default=list(modes), help="with commas between")
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--repeat", type=int, default=5, help="rounds after the warm-up; the best one counts")
    parser.add_argument("--seconds", type=float, default=1.0, help="of a round, and of the warm-up")
    return parser


def keep_freed_memory():
    """Tell glibc to keep it: else large arrays are new pages, cleared by the kernel, in each run."""
    trim_threshold, mmap_max = -1, -4  # M_TRIM_THRESHOLD, M_MMAP_MAX of malloc.h
    c = ctypes.CDLL(None)
    if not (c.mallopt(trim_threshold, 2**31 - 1) and c.mallopt(mmap_max, 0)):
        raise OSError("mallopt refused")


def _one_of(names):
    def parse(text):
        for name in text.split(","):
            if name not in names:
                raise argparse.ArgumentTypeError(f"{name}: must be of {', '.join(names)}")
        return text.split(",")

    return parse


def _counts(text):
    return [int(count) for count in text.split(",")]


def measure_all(chosen, library, version, variants, finite, suffix=""):
    """Print a line for each mode, work and batch; suffix ends the names of modes there.

    variants(mode, work, batch) gives ways to do the same work: {name: run}, where run() does all of
    it once and is over when it returns. The fastest way is measured; ways that cut the rows into
    blocks by hand are apart, and have a line of their own. finite(run()) must hold.
    """
    for work in chosen.work:
        for batch in chosen.batch or WORKS[work]:
            for mode in chosen.mode:
                ways = variants(mode, work, batch)
                cut = {name: run for name, run in ways.items() if name.endswith(IN_BLOCKS)}
                whole = {name: run for name, run in ways.items() if name not in cut}
                for label, some in {mode + suffix: whole, mode + suffix + IN_BLOCKS: cut}.items():
                    if some:
                        what = f"{library}: {label}, {work}, batch {batch}"
                        print(what, file=sys.stderr)
                        variant, measured = _measure(what, some, finite, batch, chosen)
                        line = {
                            "library": library,
                            "version": version,
                            "mode": label,
                            "variant": variant,
                            "work": work,
                            "batch": batch,
                            "threads": chosen.threads,
                        }
                        print(json.dumps(line | measured), flush=True)


def _measure(what, ways, finite, batch, chosen):
    """The name of the fastest way, and what a line says of its speed."""
    variant, run = _fastest(ways, batch, chosen.seconds)
    rounds = [_seconds_per_run(run, batch, chosen.seconds) for _ in range(chosen.repeat)]
    if not finite(run()):
        sys.exit(f"{what}: results are not finite")
    return variant, {
        "samples_per_second": batch / min(rounds),
        "seconds_per_run": min(rounds),
        "spread": 1 - min(rounds) / max(rounds),
    }


def _fastest(variants, batch, seconds):
    """Warm all ways up, then take the one with the shortest run; they run in turn."""
    for run in variants.values():
        for _ in range(3):
            run()
    end = time.perf_counter() + seconds
    shortest = dict.fromkeys(variants, float("inf"))
    while time.perf_counter() < end:
        for name, run in variants.items():
            shortest[name] = min(shortest[name], _seconds_per_run(run, batch, 0))
    name = min(shortest, key=shortest.get)
    return name, variants[name]


def _seconds_per_run(run, batch, seconds):
    at_once = max(1, ROWS_PER_LOOK // batch)
    runs, start = 0, time.perf_counter()
    while True:
        for _ in range(at_once):
            run()
        runs += at_once
        elapsed = time.perf_counter() - start
        if elapsed >= seconds:
            return elapsed / runs
