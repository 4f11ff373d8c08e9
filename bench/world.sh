#!/bin/sh
# Measures every figure of the section "The world" in docs/performance.md, in about an hour on an
# idle machine. Writes two files to bench/results: NAME-DATE-world.json, JMH's, of the machine's
# limits and the pieces of a step; NAME-DATE-world.jsonl, a line for each run of `memo bench sim`.
# Needs what the launcher needs.
set -eu

[ $# -ge 1 ] || { echo 'usage: bench/world.sh NAME-OF-THE-MACHINE [ROUNDS]' >&2; exit 2; }
rounds=${2:-5}
cd "$(dirname -- "$0")/.."
results=$PWD/bench/results/$1-$(date +%F)-world
for file in "$results.json" "$results.jsonl"; do
    [ ! -e "$file" ] || { echo "$file is there already" >&2; exit 1; }
done

mvn -B -q -pl bench -am package -Dmaven.test.skip=true
"${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp 'bench/target/memo-bench-0.1.0.jar:bench/target/lib/*' \
    org.openjdk.jmh.Main 'FmaPeak|DividePeak|MemoryBandwidth|Pieces|ContactSteps|PointGoal|Mlp.forward' \
    -p threads=1,2 -p rows=4096 -foe true -rf json -rff "$results.json"

# Both numbers of threads in turn: what else the machine does then falls on both.
both() {
    for threads in 1 2; do
        ./memo bench sim --scenario "$1" --policy "$2" --envs "$3" --threads "$threads" \
            --repeat 1 --json >>"$results.jsonl"
    done
}

round=1
while [ "$round" -le "$rounds" ]; do
    for scenario in goal1 goal2; do
        for policy in random goal; do
            for envs in 1024 4096 65536; do
                both "$scenario" "$policy" "$envs"
            done
        done
    done
    for policy in 60-64-64-4 60-256-256-4; do
        both goal1 "$policy" 4096
    done
    round=$((round + 1))
done
