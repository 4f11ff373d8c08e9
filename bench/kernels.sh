#!/bin/sh
# Measures `memo bench kernels` against PyTorch and JAX on the same cores, in about 15 minutes a
# round on an idle machine. All take turns at each work, so that what else the machine does falls on
# all. Writes bench/results/NAME-DATE-kernels.jsonl, a line for each measurement, and prints the
# best of each as a table.
#
# MEMO_TORCH and MEMO_JAX name python interpreters with bench/peers/requirements-torch.txt and
# -jax.txt; one that is not set is left out. torch.compile needs a C++ compiler. Linux only. Needs
# python3 for the table, Maven, and a JDK 25 as JAVA_HOME or on the PATH.
set -eu

[ $# -ge 1 ] || { echo 'usage: bench/kernels.sh NAME-OF-THE-MACHINE [ROUNDS [THREADS]]' >&2; exit 2; }
rounds=${2:-3}
threads=${3:-2}
cd "$(dirname -- "$0")/.."
results=bench/results/$1-$(date +%F)-kernels.jsonl
[ ! -e "$results" ] || { echo "$results is there already" >&2; exit 1; }

# What torch.compile has made is kept from round to round, and not beyond.
TORCHINDUCTOR_CACHE_DIR=$(mktemp -d)
export TORCHINDUCTOR_CACHE_DIR
trap 'rm -rf "$TORCHINDUCTOR_CACHE_DIR"' EXIT
trap 'exit 130' HUP INT TERM

# MKL, by which torch multiplies, takes AVX-512 on CPUs of Intel only; elsewhere both are measured.
avx512_by_force() { grep -q avx512f /proc/cpuinfo && ! grep -q GenuineIntel /proc/cpuinfo; }

peer() {
    python=$1
    script=$2
    shift 2
    [ -n "$python" ] || return 0
    "$python" "bench/peers/$script" --work "$work" --threads "$threads" --repeat 3 "$@" >>"$results"
}

ours() {
    ./memo bench kernels --json --quiet --work "$1" --threads "$threads" --repeat 3 --seconds 1 \
        >>"$results"
}

round=1
while [ "$round" -le "$rounds" ]; do
    for work in mlp-forward mlp-train memo-step mpo-step codebook-64 codebook-512; do
        echo "round $round of $rounds: $work" >&2
        ours "$work"
        peer "${MEMO_TORCH:-}" torch_kernels.py
        if avx512_by_force; then
            peer "${MEMO_TORCH:-}" torch_kernels.py --avx512
        fi
        peer "${MEMO_JAX:-}" jax_kernels.py
    done
    # Only to see which share of the peak they reach.
    ours products-256,products-1000
    round=$((round + 1))
done
python3 bench/peers/table.py "$results"
