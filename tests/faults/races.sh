#!/bin/sh
# Several publishers at once, and readers while editions change.
#
#   tests/faults/races.sh quick|full COMMAND… {site} {edition}
#
# Of those who meet one wins and the others say that another publish is running; whoever says
# that it published has its line in the ledger, and nobody else. No reader ever meets anything
# but a whole edition.
set -u
. "$(dirname "$0")/lib.sh"
how=$1
shift
under_test=$* audiences=${AUDIENCES:-audit staff}
case $how in quick) rounds=${ROUNDS:-12} ;; *) rounds=${ROUNDS:-150} ;; esac

publish "$place/site" 2026.1 && reads "$place/site" 2026.1 && audits "$place/site"
count 'the first publish'
[ "$failed" = 0 ] || { cat "$place/said"; closing; }

# An index.html that leads to an edition must lead to a whole one, at any moment.
watch() {
    looks=0 torn=0
    while [ ! -e "$place/stop" ]; do
        for audience in $audiences; do
            now=$(current "$place/site/$audience")
            looks=$((looks + 1))
            [ -n "$now" ] && (cd "$place/site/$audience/$now" &&
                sha256sum --quiet --strict -c SHA256SUMS) >/dev/null 2>&1 || torn=$((torn + 1))
        done
    done
    echo "$looks $torn" >"$place/watched"
}
watch &
watcher=$!

one() { # in the background: its status and words under its number
    eval "$(command_line "$place/site" "$2")" >"$place/said.$1" 2>&1
    echo $? >"$place/status.$1"
}
lines() { wc -l <"$place/site/ledger.jsonl"; }

busy=0 won=0
round=1
while [ $round -le "$rounds" ]; do
    before=$(lines) racers='' n=$((2 + round % 7))
    rm -f "$place"/status.* "$place"/said.*
    i=1
    while [ $i -le $n ]; do
        case $((round % 3)) in
        0) edition=r$round ;; # the same for all
        *) edition=r$round-$i ;;
        esac
        one $i "$edition" &
        racers="$racers $!"
        i=$((i + 1))
    done
    if [ $((round % 4)) = 3 ]; then # one of them dies on the way
        kill -KILL ${racers##* } 2>/dev/null
    fi
    # shellcheck disable=SC2086 # one number a racer
    wait $racers 2>/dev/null
    winners=0 good=true
    for status in "$place"/status.*; do
        [ -f "$status" ] || continue
        said=$place/said.${status##*.}
        case $(cat "$status") in
        0) winners=$((winners + 1)) ;;
        3) grep -q 'another publish is running' "$said" && busy=$((busy + 1)) || good=false ;;
        1) grep -q 'PB1' "$said" || good=false ;;
        *) good=false ;;
        esac
        $good || { why="status $(cat "$status"): $(head -n 1 "$said")"; break; }
    done
    won=$((won + winners))
    # Who was killed may have come as far as the ledger.
    added=$(($(lines) - before))
    if [ "$added" -lt $winners ] || [ "$added" -gt $((winners + (round % 4 == 3))) ]; then
        why="$winners say that they published, the ledger has $added more" good=false
    fi
    $good
    count "round $round of $n publishers"
    round=$((round + 1))
done
heals "$place/site" last
count 'after all races'

touch "$place/stop"
wait $watcher
read -r looks torn <"$place/watched"
[ "$looks" -gt 0 ] && [ "$torn" = 0 ]
count "a reader: $torn of $looks looks met something else than a whole edition"
[ $busy -gt 0 ]
count 'some met another publish'
echo "$won published, $busy turned away, $looks looks of a reader"
closing
