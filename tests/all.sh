#!/bin/sh
# Runs parts of the tests one after the other and sums what they say.
#
#   tests/all.sh PART…      a PART is a make target, or TARGET@MODE
#
# Each part closes with a line `N passed, N failed`; so does this. A part that ends badly, or
# that doesn't close with such a line, is a failure whatever it says.
set -u
cd "$(dirname "$0")/.." || exit 3
log=$(mktemp) && status=$(mktemp) || exit 3
trap 'rm -f "$log" "$status"' EXIT
passed=0 failed=0 parts=''

for part in "$@"; do
    case $part in
    *@*) mode=${part#*@} ;;
    *) mode=${MODE:-release} ;;
    esac
    echo "-- $part"
    began=$(date +%s)
    { ${MAKE:-make} --no-print-directory -s MODE="$mode" "${part%@*}" 2>&1; echo $? >"$status"; } |
        tee "$log"
    closing=$(sed -nE 's/^([0-9]+) passed, ([0-9]+) failed$/\1 \2/p' "$log" | tail -n 1)
    p=${closing% *} f=${closing#* }
    if [ -z "$closing" ]; then
        echo "$part: ended without a count"
        p=0 f=1
    elif [ "$(cat "$status")" != 0 ] && [ "$f" = 0 ]; then
        echo "$part: ended with status $(cat "$status")"
        f=1
    fi
    passed=$((passed + p)) failed=$((failed + f))
    parts="$parts
$(printf '%-16s %6d passed %4d failed %5d s' "$part" "$p" "$f" $(($(date +%s) - began)))"
done
echo "--$parts"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" != 0 ]
