# shellcheck shell=sh
# What the fault tests share: the command under test, a reader, an auditor, the count.
#
# The command is given with the words {site} and {edition} where those go. A reader follows
# index.html to an edition and finds it whole; an auditor follows the ledger. Neither
# uses a line of ours: sha256sum judges.
export LC_ALL=C
[ -n "${TMPDIR:-}" ] || { [ -w /dev/shm ] && TMPDIR=/dev/shm; }
place=$(mktemp -d "${TMPDIR:-/tmp}/faults.XXXXXX") || exit 3
passed=0 failed=0 shown=0

give_up() { # what must end, ends
    trap - EXIT INT TERM
    command -v close_place >/dev/null 2>&1 && close_place
    chmod -R u+rwX "$place" 2>/dev/null
    rm -rf "$place"
}
trap give_up EXIT
trap 'give_up; exit 130' INT TERM

command_line() { # command_line SITE EDITION: prints it, quoted for eval
    for word in $under_test; do
        case $word in
        '{site}') word=$1 ;;
        '{edition}') word=$2 ;;
        esac
        printf "'%s' " "$word"
    done
}
# What it says goes to $place/said.
publish() { # publish SITE EDITION
    eval "$(command_line "$1" "$2")" >"$place/said" 2>&1
}

# Which edition a reader meets in one audience; nothing when there is none.
current() {
    sed -nE 's/.*url=([^"\/]+)\/.*/\1/p' "$1/index.html" 2>/dev/null
}

edition_is_whole() {
    [ -f "$1/edition.json" ] && [ -s "$1/edition.json.p7s" ] || return 1
    (cd "$1" && sha256sum --quiet --strict -c SHA256SUMS && sha256sum SHA256SUMS) \
        >"$place/sums" 2>/dev/null || return 1
    grep -qF "\"manifest\": \"$(cut -c1-64 "$place/sums")\"" "$1/edition.json" || return 1
    [ "$(find "$1" -type f | wc -l)" = $(($(wc -l <"$1/SHA256SUMS") + 3)) ]
}

# reads SITE EDITION…: each audience leads to one of these ("none": nothing yet), and it is
# whole; permanent addresses lead to editions that are there.
reads() {
    site=$1
    shift
    for audience in $audiences; do
        now=$(current "$site/$audience")
        [ -n "$now" ] || now=none
        case " $* " in
        *" $now "*) ;;
        *) why="a reader of $audience meets '$now', not one of: $*"; return 1 ;;
        esac
        [ "$now" = none ] && continue
        edition_is_whole "$site/$audience/$now" ||
            { why="edition $now of $audience is not whole"; return 1; }
        [ -d "$site/$audience/to" ] || { why="no to/ in $audience"; return 1; }
        for id in $(cat "$site/$audience"/to/*/index.html | sed -nE 's/.*url=..\/..\/([^\/]+).*/\1/p' |
            sort -u); do
            [ -f "$site/$audience/$id/edition.json" ] ||
                { why="to/ of $audience leads to $id, which is not there"; return 1; }
        done
    done
}

# What the ledger says is so, to the last byte, and nothing else is there.
audits() {
    before=0000000000000000000000000000000000000000000000000000000000000000 number=0
    while read -r line; do
        number=$((number + 1))
        case $line in
        *"\"number\":$number,"*"\"previous\":\"$before\""*) ;;
        *) why="line $number of the ledger does not follow"; return 1 ;;
        esac
        before=$(printf '%s\n' "$line" | sha256sum | cut -c1-64)
        [ -s "$1/ledger/$number.p7s" ] || { why="no signature $number"; return 1; }
        listed=$(printf '%s\n' "$line" | sed -E 's/.*"edition":"([^"]*)".*/\1/')
        for audience in $audiences; do
            sum=$(sha256sum "$1/$audience/$listed/edition.json" 2>/dev/null | cut -c1-64)
            case $line in
            *"\"$audience\":\"${sum:-none}\""*) ;;
            *) why="edition $listed of $audience is not the ledger's"; return 1 ;;
            esac
        done
    done <"$1/ledger.jsonl"
    [ "$(find "$1/ledger" -type f | wc -l)" = "$number" ] || { why='a signature too many'; return 1; }
    for audience in $audiences; do
        [ "$(find "$1/$audience" -mindepth 1 -maxdepth 1 -type d ! -name to | wc -l)" = "$number" ] ||
            { why="folders of $audience that the ledger does not know"; return 1; }
    done
    left=$(find "$1" -name '*.new*')
    [ -z "$left" ] || { why="left over: $left"; return 1; }
}

# heals SITE EDITION: the next publish does, and what was there before counts.
heals() {
    publish "$1" "$2" || { why="the next publish: status $?: $(head -n 2 "$place/said")"; return 1; }
    reads "$1" "$2" && audits "$1"
}

count() { # count WHAT: after a test, by its status
    # shellcheck disable=SC2181 # the caller's test may be a list
    if [ $? = 0 ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        shown=$((shown + 1))
        [ "$shown" -gt 20 ] || echo "FAIL: $1: ${why:-}"
    fi
    why=''
}

# Calls of the command by name, as `NAME COUNT` (the most that one process makes) and how many
# come before the site is touched. strace counts for each process.
calls_of() { # calls_of SITE EDITION OUT
    eval "strace -f -qq -o '$place/trace' $(command_line "$1" "$2")" >"$place/said" 2>&1
    traced=$?
    sed -E 's/^([0-9]+) +/\1 /; /^[0-9]+ [a-z_0-9]+\(/!d' "$place/trace" | grep -v ' execve(' |
        awk -v site="$1" '
            { pid = $1; name = $2; sub(/\(.*/, "", name); n[pid, name]++
              if (!begun) { if (index($0, site)) begun = 1; else before[name]++ }
              if (n[pid, name] > most[name]) most[name] = n[pid, name] }
            END { for (name in most) print name, most[name], before[name] + 0 }' | sort >"$3"
    return "$traced"
}

# Runs the command with a fault: inject NAME HOW SITE EDITION. (With --seccomp-bpf strace would
# be faster, and deliver no signal.)
inject() {
    eval "timeout -k 5 60 strace -f -qq -o /dev/null -e trace=$1 -e inject=$1:$2 \
        $(command_line "$3" "$4")" >"$place/said" 2>&1
}

fresh() { # fresh FROM: a copy of a state as $place/site, links kept
    chmod -R u+rwX "$place/site" 2>/dev/null
    rm -rf "${place:?}/site"
    cp -a "$1" "$place/site"
}

need() { # need COMMAND…: or this part is skipped
    for command in "$@"; do
        command -v "$command" >/dev/null 2>&1 || skip "no $command on this machine"
    done
}
skip() {
    echo "skipped: $1"
    closing
}
closing() {
    echo "$passed passed, $failed failed"
    [ "$failed" = 0 ]
    exit
}
