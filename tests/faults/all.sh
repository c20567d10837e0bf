#!/bin/sh
# All faults, by a publisher of made-up editions.
#
#   tests/faults/all.sh quick|full PUBLISHER
#
# For another command: tests/faults/kill.sh full COMMAND… {site} {edition}, and so on, with
# AUDIENCES naming the folders it publishes.
set -u
cd "$(dirname "$0")/../.." || exit 3
how=$1 publisher=$2 passed=0 failed=0
log=$(mktemp) || exit 3
trap 'rm -f "$log"' EXIT

part() { # part NAME FILES
    began=$(date +%s)
    "tests/faults/$1.sh" "$how" "$publisher" -n "$2" '{site}' '{edition}' 2>&1 | tee "$log"
    closing=$(tail -n 1 "$log" | sed -nE 's/^([0-9]+) passed, ([0-9]+) failed$/\1 \2/p')
    [ -n "$closing" ] || { echo "$1: ended without a count"; closing='0 1'; }
    passed=$((passed + ${closing% *})) failed=$((failed + ${closing#* }))
    echo "-- $1: $(($(date +%s) - began)) s"
}

case $how in
quick) for name in kill errors power races; do part $name 6; done ;;
full)
    export WORKERS="$publisher -j 2 -n 12 {site} {edition}"
    part kill 12
    part errors 6
    part power 6
    part races 12
    ;;
esac
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
