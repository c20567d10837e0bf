#!/bin/sh
# pdf/archive: one sealed document with everything in it, and a binder, as archives and readers find them.
#
#   archive.sh PROGRAM [--golden]
#
# Its structure as poppler reads it (tagged/everything.txt; --golden accepts what came), as mutool
# draws it, by our judge, whose every rule must notice what breaks it, and by PDFBox where that is
# installed. Closes with a line `N passed, N failed`.
set -u
here=$(cd "$(dirname "$0")" && pwd)
place=$(mktemp -d) || exit 3
trap 'rm -rf "$place"' EXIT
. "$here/../tally.sh"

"$here/../../.ci/demo-key" "$place/key" || exit 3
source=$here/tagged/everything.md
"$1" render "$source" --to pdf -q -o "$place/plain.pdf" >"$place/log" 2>&1 || fail 'it does not render'
"$1" render "$source" --to pdf -q -o "$place/sealed.pdf" --key "$place/key/key.pem" \
    --cert "$place/key/cert.pem" --as-of 2026-06-30 >"$place/log" 2>&1 || fail 'it cannot be sealed'

# Numbers of objects and of elements say nothing.
pdfinfo -struct-text "$place/sealed.pdf" 2>&1 |
    sed -E 's/Object [0-9]+ 0/Object/; s/<note[0-9]+>/<note>/' >"$place/tree"
[ "${2:-}" = --golden ] && cp "$place/tree" "$here/tagged/everything.txt"
check 'its structure is another' diff "$here/tagged/everything.txt" "$place/tree"

# Debian's mutool says on every call that it knows no colour profiles.
mutool draw -q -r 30 -o "$place/%d.png" "$place/sealed.pdf" 2>&1 |
    grep -v '^warning: ICC support is not available$' >"$place/said"
check 'mutool complains' diff /dev/null "$place/said"
check 'mutool draws no page' test -s "$place/1.png"

node "$here/judge.mjs" "$place/plain.pdf" "$place/sealed.pdf" >"$place/log" 2>&1
add judge.mjs
node "$here/control.mjs" "$place/sealed.pdf" >"$place/log" 2>&1
add control.mjs

# A binder of the example: sealed, and about half of its pages alone.
"$1" binder BND-002 -C "$here/../.." --audience audit -q --key "$place/key/key.pem" --cert "$place/key/cert.pem" \
    --into "$place/binder" >"$place/log" 2>&1 || fail 'there is no binder'
sed -E "s/\"[0-7][0-9a-f]{63}\"/\"$(printf '%064d' 0)\"/g" "$place/binder/bnd-002.sheets.json" >"$place/old.json"
"$1" binder BND-002 -C "$here/../.." --audience audit -q --since "$place/old.json" \
    --into "$place/binder" >"$place/log" 2>&1 || fail 'no pages of a binder can be exchanged'
node "$here/judge.mjs" "$place/binder/bnd-002.pdf" "$place/binder/bnd-002-exchange.pdf" >"$place/log" 2>&1
add 'judge.mjs of a binder'
check 'pages to exchange are called something else' node "$here/labels.mjs" "$place/binder/bnd-002-exchange.pdf"

# PDFBox knows PDF/A-1b, whose part, profiles (up to version 2), transparency (none) and CIDSet
# PDF/A-3 has dropped; all else holds for both.
jars=/usr/share/java
if [ -f $jars/preflight.jar ] && command -v java >/dev/null; then
    for name in plain sealed binder/bnd-002 binder/bnd-002-exchange; do
        java -cp "$jars/preflight.jar:$jars/pdfbox2.jar:$jars/fontbox2.jar:$jars/xmpbox.jar:$jars/commons-io.jar:$jars/commons-logging.jar:$jars/javax.activation.jar:$jars/jaxb-api.jar" \
            org.apache.pdfbox.preflight.Validator_A1b "$place/$name.pdf" >"$place/found" 2>&1
        check "preflight did not judge $name.pdf" grep -q '^7.11.2 : Error on MetaData, part must be 1' "$place/found"
        grep -vE '^$|is not a valid PDF/A-1b file, error\(s\) :$|^7.11.2 : Error on MetaData, part must be 1|^2.1.6 : .*Invalid version of the ICCProfile|^2.2.2 : .*Soft Mask must be null|^3.1.11 : .*CIDSet entry is missing' \
            "$place/found" >"$place/rest"
        check "preflight finds something else in $name.pdf" diff /dev/null "$place/rest"
    done
else
    echo 'skipped: the opinion of PDFBox (libpdfbox2-java and the packages beside it are not installed)'
fi
closing
