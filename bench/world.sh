#!/bin/sh
# Measures every figure of the section "The world" in docs/performance.md, in about 40 minutes on an
# idle machine. Writes three files to bench/results: NAME-DATE-limits.json and NAME-DATE-pieces.json,
# JMH's, of the machine's limits with whole steps and networks, and of the pieces of a step;
# NAME-DATE-loops.jsonl, a line for each run of `memo bench sim`. Needs Maven, and a JDK 25 as
# JAVA_HOME or on the PATH.
set -eu

[ $# -ge 1 ] || { echo 'usage: bench/world.sh NAME-OF-THE-MACHINE [ROUNDS]' >&2; exit 2; }
rounds=${2:-5}
cd "$(dirname -- "$0")/.."
results=$PWD/bench/results/$1-$(date +%F)
for file in "$results-limits.json" "$results-pieces.json" "$results-loops.jsonl"; do
    [ ! -e "$file" ] || { echo "$file is there already" >&2; exit 1; }
done

mvn -B -q -pl bench -am package -Dmaven.test.skip=true
jmh() {
    file=$1
    shift
    "${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp 'bench/target/memo-bench-0.1.0.jar:bench/target/lib/*' \
        org.openjdk.jmh.Main "$@" -foe true -rf json -rff "$file"
}
jmh "$results-limits.json" 'FmaPeak|DividePeak|MemoryBandwidth|PointGoal|Mlp.forward' \
    -p threads=1,2 -p scenario=goal1 -p rows=4096
jmh "$results-pieces.json" 'Pieces|ContactSteps' -p threads=1

# Both numbers of threads in turn: what else the machine does then falls on both.
both() {
    for threads in 1 2; do
        ./memo bench sim --scenario "$1" --policy "$2" --envs "$3" --threads "$threads" \
            --repeat 1 --json >>"$results-loops.jsonl"
    done
}

round=1
while [ "$round" -le "$rounds" ]; do
    for envs in 1024 4096 65536; do
        both goal1 random "$envs"
    done
    for policy in goal ram 60-64-64-4 60-256-256-4; do
        both goal1 "$policy" 4096
    done
    for policy in random goal ram; do
        both goal2 "$policy" 4096
    done
    round=$((round + 1))
done
