#!/bin/sh
# Fuzzes each target for some seconds, beginning with its corpus.
#
#   tests/fuzz/fuzz.sh FUZZER REPLAY SECONDS
#
# What libFuzzer finds new stays under .build/fuzz/; a crash is copied into the corpus, where
# `make corpus` fails on it until it is mended.
set -u
cd "$(dirname "$0")/../.." || exit 3
fuzzer=$1 replay=$2 seconds=$3 passed=0 failed=0
for target in $("$replay" --targets); do
    found=.build/fuzz/found/$target crashes=.build/fuzz/crashes/$target/
    mkdir -p "$found" "$crashes"
    echo "-- $target, $seconds s"
    if FUZZ_TARGET=$target "$fuzzer" -max_total_time="$seconds" -timeout=5 -rss_limit_mb=2048 \
        -max_len=65536 -print_final_stats=1 -verbosity=0 -artifact_prefix="$crashes" \
        "$found" "tests/fuzz/corpus/$target" 2>"$crashes/log"; then
        passed=$((passed + 1))
        sed -n 's/^stat::number_of_executed_units: */executions: /p' "$crashes/log"
    else
        failed=$((failed + 1))
        tail -n 30 "$crashes/log"
        cp "$crashes"/crash-* "$crashes"/timeout-* "$crashes"/oom-* "tests/fuzz/corpus/$target/" 2>/dev/null
    fi
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
