#!/bin/sh
# pdf/hard: documents that try to break the layout, rendered and judged.
#
#   hard.sh PROGRAM
#
# The small ones are written down in hard/, the large ones are made here. Closes with a line
# `N passed, N failed`.
set -u
here=$(cd "$(dirname "$0")" && pwd)
place=$(mktemp -d) || exit 3
trap 'rm -rf "$place"' EXIT
passed=0 failed=0

fail() {
    failed=$((failed + 1))
    echo "FAIL $1"
}

# Takes over the closing count of the log.
add() {
    counts=$(sed -nE 's/^([0-9]+) passed, ([0-9]+) failed$/\1 \2/p' "$place/log" | tail -n 1)
    grep FAIL "$place/log"
    if [ -z "$counts" ]; then
        fail "$1 ended without a count"
    else
        passed=$((passed + ${counts% *})) failed=$((failed + ${counts#* }))
    fi
}

cp "$here"/hard/*.md "$place"
awk 'BEGIN { for (i = 0; i < 8000; i++) { if (i % 800 == 0) print "\n# Rows\n\n| Id | What | Due |\n|---|---|--:|"
    print "| R-" i " | check the supplier number " i " again | " i % 31 " |" } }' >"$place/rows.md"
awk 'BEGIN { for (i = 0; i < 9000; i++) { if (i % 20 == 0) print "## Chapter " i / 20 "\n"
    print "Paragraph " i " speaks of recovery, of people and of what they need in the first hour after an interruption.\n" } }' >"$place/long.md"

for text in "$place"/*.md; do
    name=${text%.md}
    "$1" render "$text" --to pdf -q -o "$name.pdf" >"$place/log" 2>&1 || fail "$text does not render"
    "$1" render "$text" --to text -q -o "$name.txt" >"$place/log" 2>&1 || fail "$text has no text"
    node "$here/words.mjs" "$name.pdf" "$name.txt" >"$place/log" 2>&1
    add "$text"
done
"$here/check.sh" "$place" >"$place/log" 2>&1
add check.sh

# Twice the same, and a wrong mark is seen.
"$1" render "$place/elements.md" --to pdf -q -o "$place/again"
if cmp -s "$place/again" "$place/elements.pdf"; then
    passed=$((passed + 1))
else
    fail "elements.md gives other bytes the second time"
fi
mkdir "$place/wrong"
qpdf --qdf --object-streams=disable "$place/elements.pdf" - | sed 's/MCID 1>>/MCID 7>>/' >"$place/wrong/wrong.pdf"
if node "$here/tags.mjs" "$place/wrong/wrong.pdf" >"$place/log" 2>&1; then
    fail "control: a wrong mark is not seen"
else
    passed=$((passed + 1))
fi
echo "$passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" != 0 ]
