#!/bin/sh
# A publish killed at any system call: the old edition or the new one, whole; the next heals.
#
#   tests/faults/kill.sh quick|full COMMAND… {site} {edition}
#
# strace counts calls by name, so a point is a name and a number. Killed are a first publish and a
# second one, at all calls; then, at those that change something, the healing after a kill and,
# when WORKERS gives a command with workers, one of those. `quick` takes some of the calls that
# change something. by_workers=yes: the command forks, so a kill may hit a worker only.
set -u
. "$(dirname "$0")/lib.sh"
how=$1
shift
under_test=$* audiences=${AUDIENCES:-audit staff}
need strace
changing=' write pwrite64 openat mkdirat linkat unlinkat renameat renameat2 fsync syncfs fchmod ftruncate memfd_create '

# points STATE EDITION [STRIDE]: `NAME NUMBER` a line
points() {
    fresh "$1"
    calls_of "$place/site" "$2" "$place/calls"
    step=${3:-1}
    while read -r name most before; do
        case $changing in
        *" $name "*) ;;
        *) [ "$which" = all ] || continue ;;
        esac
        k=$((before + 1)) # the linker's calls come first
        while [ "$k" -le "$most" ]; do
            # renames are few, and each is a step of its own
            echo "$name $k"
            case $name in rename*) k=$((k + 1)) ;; *) k=$((k + step)) ;; esac
        done
    done <"$place/calls"
}

# kill_at_each WHAT STATE EDITION NEXT STRIDE OLD…: OLD are the editions that may be current
kill_at_each() {
    what=$1 state=$2 edition=$3 next=$4 step=$5
    shift 5
    points "$state" "$edition" "$step" >"$place/points"
    killed=0
    while read -r name k <&3; do
        fresh "$state"
        inject "$name" "signal=KILL:when=$k" "$place/site" "$edition" 3<&-
        status=$?
        case $status in
        137) killed=$((killed + 1)) ;; # else a worker was, or there were fewer calls this time
        *) [ -n "${by_workers:-}" ] || why="it was not killed: status $status" ;;
        esac
        [ -z "${why:-}" ] && reads "$place/site" "$@" "$edition"
        count "$what, killed at $name $k"
        heals "$place/site" "$next" 3<&-
        count "$what, killed at $name $k, next publish"
    done 3<"$place/points"
    echo "$what: $(wc -l <"$place/points") points, $killed killed"
}

mkdir "$place/empty" && cp -a "$place/empty" "$place/one" || exit 3
publish "$place/one" 2026.1 && reads "$place/one" 2026.1 && audits "$place/one"
count 'the first publish'
[ "$failed" = 0 ] || { cat "$place/said"; closing; }

# A reader that cannot see damage proves nothing.
cp -a "$place/one" "$place/bad" && file=$(find "$place/bad" -name index.html -path '*/2026.1/*' | head -n 1)
chmod u+w "$file" && echo >>"$file"
! reads "$place/bad" 2026.1
count 'the reader sees one added byte'

case $how in
quick) step=${STEP:-40} which=changing ;;
*) step=${STEP:-1} which=all ;;
esac
kill_at_each 'first publish' "$place/empty" 2026.1 2026.2 "$step" none
kill_at_each 'second publish' "$place/one" 2026.2 2026.3 "$step" 2026.1

# Healing alone: a publish of an edition that is taken opens, heals and refuses. Half-done states
# are what a kill at each rename leaves.
which=changing state_number=0
points "$place/one" 2026.2 100000 | grep ^rename >"$place/renames"
while read -r rename at <&4; do
    state_number=$((state_number + 1))
    [ "$how" = full ] || [ $((state_number % 5)) = 3 ] || continue
    fresh "$place/one"
    inject "$rename" "signal=KILL:when=$at" "$place/site" 2026.2 3<&- 4<&-
    rm -rf "$place/half" && mv "$place/site" "$place/half"
    kill_at_each "healing after $rename $at" "$place/half" 2026.1 2026.3 "$step" 2026.1 2026.2 4<&-
done 4<"$place/renames"

if [ -n "${WORKERS:-}" ]; then # the command with workers; a kill may hit one of them
    under_test=$WORKERS by_workers=yes
    kill_at_each 'second publish, by workers' "$place/one" 2026.2 2026.3 "$step" 2026.1
fi
closing
