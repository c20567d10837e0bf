#!/bin/sh
# pdf/check: every PDF below a folder, by qpdf, poppler and our judge of PDF/A and PDF/UA.
#
#   check.sh FOLDER
#
# Closes with a line `N passed, N failed`.
set -u
here=$(cd "$(dirname "$0")" && pwd)
log=$(mktemp) || exit 3
trap 'rm -f "$log"' EXIT
passed=0 failed=0

pass() { passed=$((passed + 1)); }
fail() {
    failed=$((failed + 1))
    echo "FAIL $1: $2"
    head -n 3 "$log"
}

# Adds the closing count of another checker, which has named its failures.
add() {
    counts=$(sed -nE 's/^([0-9]+) passed, ([0-9]+) failed$/\1 \2/p' "$log" | tail -n 1)
    grep FAIL "$log"
    if [ -z "$counts" ]; then
        fail "$1" "it could not be judged"
    else
        passed=$((passed + ${counts% *})) failed=$((failed + ${counts#* }))
    fi
}

sound() {
    qpdf --check "$1" >"$log" 2>&1 && ! grep -q WARNING "$log"
}

# Embedded, cut down to what is used, and with the way back to characters.
fonts() {
    pdffonts "$1" >"$log" 2>&1 && [ "$(wc -l <"$log")" -gt 2 ] &&
        ! tail -n +3 "$log" | grep -qvE ' yes yes yes +[0-9]+ +[0-9]+$'
}

# Poppler has no complaint, and each sheet says which of how many it is.
numbered() {
    pdfinfo "$1" >/dev/null 2>"$log" && node "$here/labels.mjs" "$1" >>"$log" 2>&1 && [ ! -s "$log" ]
}

find "$1" -name '*.pdf' | LC_ALL=C sort >"$log.files"
while read -r file; do
    for what in sound fonts numbered; do
        if "$what" "$file"; then pass; else fail "$file" "not $what"; fi
    done
    # The longest of them only say the same again.
    if [ "$(wc -c <"$file")" -lt 4000000 ]; then
        node "$here/judge.mjs" "$file" >"$log" 2>&1
        add "$file"
    fi
done <"$log.files"
rm -f "$log.files"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" != 0 ]
