#!/bin/sh
# pdf/hard: documents that try to break the layout, rendered and judged.
#
#   hard.sh PROGRAM PAPER
#
# PAPER is the program of tests/bench/paper.c. The small documents are written down in hard/, the
# large ones are made here. None may take more than its share of pages, CPU and memory. Closes
# with a line `N passed, N failed`.
set -u
program=$1
here=$(cd "$(dirname "$0")" && pwd)
place=$(mktemp -d) || exit 3
trap 'rm -rf "$place"' EXIT
. "$here/../tally.sh"

# bounded SECONDS MEGABYTES COMMAND…
bounded() {
    (
        ulimit -t "$1"
        ulimit -v $(($2 * 1024))
        shift 2
        exec "$@"
    )
}

# judge WHAT TEST…: passed when the test holds.
judge() {
    what=$1
    shift
    if "$@"; then pass; else fail "$what"; fi
}

pages() { pdfinfo "$1" 2>/dev/null | sed -n 's/^Pages: *//p'; }

# between FILE LEAST MOST: its pages
between() {
    found=$(pages "$1")
    [ -n "$found" ] && [ "$found" -ge "$2" ] && [ "$found" -le "$3" ] && return
    echo "$found pages, not $2 to $3"
    return 1
}

cp "$here"/hard/*.md "$place"
node "$here/make-hard.mjs" "$place" || exit 3
awk 'BEGIN { for (i = 0; i < 8000; i++) { if (i % 800 == 0) print "\n# Rows\n\n| Id | What | Due |\n|---|---|--:|"
    print "| R-" i " | check the supplier number " i " again | " i % 31 " |" } }' >"$place/rows.md"
awk 'BEGIN { for (i = 0; i < 9000; i++) { if (i % 20 == 0) print "## Chapter " i / 20 "\n"
    print "Paragraph " i " speaks of recovery, of people and of what they need in the first hour after an interruption.\n" } }' >"$place/long.md"

for text in "$place"/*.md; do
    name=${text%.md}
    bounded 10 400 "$program" render "$text" --to pdf -q -o "$name.pdf" >"$place/log" 2>&1 || fail "$text does not render"
    "$program" render "$text" --to text -q -o "$name.txt" >"$place/log" 2>&1 || fail "$text has no text"
    if [ "$(wc -c <"$name.pdf")" -lt 1500000 ]; then
        node "$here/inside.mjs" "$name.pdf" >"$place/log" 2>&1
        add "$text"
    fi
    case ${name##*/} in columns | footnotes) continue ;; esac # of another order, see below
    node "$here/words.mjs" "$name.pdf" "$name.txt" >"$place/log" 2>&1
    add "$text"
done
mkdir "$place/pdfs" && mv "$place"/*.pdf "$place/pdfs"
"$here/check.sh" "$place/pdfs" >"$place/check.log" 2>&1 & # beside what follows
checking=$!

# Hostile ones take no more sheets than what stands in them.
while read -r name least most; do
    judge "$name.md: pages" between "$place/pdfs/$name.pdf" "$least" "$most"
done <<'LIST'
word 4 9
cell 6 10
columns 4 12
heads 20 40
empty 1 1
blank 1 1
hollow 1 1
arabic 3 6
hebrew 3 6
mixed 2 6
nests 1 4
deep 1 4
footnotes 25 40
lead 18 26
chain 2 2
among 5 9
marks 1 1
rows 180 240
long 400 700
LIST

# No word of a wide table is broken, so each stands whole in the text of a sheet.
lost=$(pdftotext -raw "$place/pdfs/columns.pdf" - | tr -s ' \n' '\n' | grep -c '^[0-9]*/[0-9]*$')
judge "columns.md: $lost cells that are whole" [ "$lost" -ge 2400 ]

# No letter of an endless word is lost.
for letter in x y z c d h; do
    count=$(pdftotext -raw "$place/pdfs/word.pdf" - | tr -cd "$letter" | wc -c)
    judge "word.md: $count times $letter" [ "$count" -ge 5000 ]
done

# Each note once, in order, on the sheet of its mark or, where there is no room, a later one.
said=$(pdftotext -raw "$place/pdfs/footnotes.pdf" - | awk 'BEGIN { RS = "\f" }
    { n = split($0, word, /[ \n]+/)
      for (i = 1; i <= n; i++) {
          kind = number = word[i]
          sub(/[0-9]+$/, "", kind)
          sub(/^[a-zA-Z]+/, "", number)
          if (kind == "word" || kind == "cell") mark[kind number] = NR
          if (kind != "Note" && kind != "Cellnote") continue
          of = (kind == "Note" ? "word" : "cell") number
          if (number + 0 == next_of[kind] + 0 && of in mark) good++
          next_of[kind] = number + 1 } }
    END { print good + 0 }')
judge "footnotes.md: $said notes in their place" [ "$said" = 1500 ]

# What cannot be cut stands below its heading, and the list of maps and drawings knows where.
said=$(pdftotext -layout "$place/pdfs/lead.pdf" - | awk 'BEGIN { RS = "\f" }
    { n = split($0, line, "\n")
      split("", is_here)
      for (i = 1; i <= n; i++) {
          split(line[i], word, " ")
          if (word[1] ~ /^Caption[0-9]+$/ && word[2] != "") listed[word[1]] = word[2]
          else if (word[1] ~ /^(Heading|Caption)[0-9]+$/ && word[2] == "") is_here[word[1]] = 1 }
      for (i = 0; i < 12; i++) {
          if (("Heading" i) in is_here && ("Caption" i) in is_here) together++
          if (("Caption" i) in is_here && listed["Caption" i] == NR) known++ } }
    END { print together + 0, known + 0 }')
judge "lead.md: $said of 12 together, known" [ "$said" = "12 12" ]

# The last of many headings goes on the sheet that is turned for a table.
said=$(pdftotext -raw "$place/pdfs/chain.pdf" - | awk 'BEGIN { RS = "\f" } /Chain8/ && /Column0/ && !/Chain0/')
judge "chain.md: a heading stands alone" [ -n "$said" ]

# A number stands between the words of a line that runs right to left.
said=$(pdftotext "$place/pdfs/hebrew.pdf" - | LC_ALL=C sed 's/\xe2\x80[\xaa-\xae]//g' | tr -s ' \n' '  ' |
    grep -o 'תוכנית 12 *להמשכיות' | wc -l)
judge "hebrew.md: $said numbers in their place" [ "$said" -ge 550 ]

# said STATUS FOLDER: what is over a limit, broken, lies about its size or has no font is told at
# its place, in no time.
said() {
    for text in "$2"/*.md; do
        bounded 2 400 "$program" render "$text" --to pdf -o "$place/out" >"$place/log" 2>&1
        status=$?
        judge "$text: status $status" [ "$status" = "$1" ]
        judge "$text: says it at its place" grep -qFf "${text%.md}.says" "$place/log"
    done
}
said 1 "$place/refused"
said 0 "$place/warned"

# Without its fonts, a machine that lacks them says which package has them.
mkdir "$place/none"
if unshare -rm true 2>/dev/null; then
    unshare -rm sh -c 'mount --bind "$1" /usr/share/fonts/truetype/noto && exec "$2" render "$3" --to pdf -o "$4"' \
        sh "$place/none" "$(realpath "$program")" "$place/elements.md" "$place/none.pdf" >"$place/log" 2>&1
    status=$?
    judge "no fonts: status $status" [ "$status" = 3 ]
    judge "no fonts: the package is named" grep -q 'fonts-noto-core' "$place/log"
    judge "no fonts: nothing is written" [ ! -e "$place/none.pdf" ]
else
    echo "skipped: a machine without fonts (no name spaces for users here)"
fi

# Many pages and rows, which no Markdown file may hold.
bounded 30 1500 "$2" book "$place/long.md" 6 "$place/book" >"$place/log" 2>&1
judge "a book of 3,000 pages" between "$place/book" 3000 4000
bounded 10 600 "$2" rows 10000 "$place/register" >"$place/log" 2>&1
judge "a register of 10,000 rows" between "$place/register" 400 700
said=$(pdftotext -raw "$place/register" - | grep -o 'ACT-[0-9]*' | sort -u | wc -l)
judge "a register of 10,000 rows: $said codes" [ "$said" = 10000 ]
bounded 3 800 "$2" maps 50000 "$place/maps" >"$place/log" 2>&1
judge "50,000 drawings with their captions" between "$place/maps" 4900 5100
rm -f "$place/book" "$place/register" "$place/maps"

wait "$checking"
add check.sh "$place/check.log"

# Twice the same; a sheet that is too narrow is seen.
"$program" render "$place/elements.md" --to pdf -q -o "$place/again"
judge "elements.md: the same bytes the second time" cmp -s "$place/again" "$place/pdfs/elements.pdf"
mkdir "$place/wrong"
plain() { qpdf --qdf --object-streams=disable "$place/pdfs/elements.pdf" -; }
plain | sed 's/595\.28003/500.28003/' >"$place/wrong/narrow.pdf"
judge "control: a narrow sheet is seen" [ "$(node "$here/inside.mjs" "$place/wrong/narrow.pdf" 2>&1 | grep -c FAIL)" != 0 ]
closing
