# tally: how tests in shell count. To be sourced by those that keep what a command said in
# "$place/log"; they close with `closing`.
passed=0 failed=0

pass() { passed=$((passed + 1)); }
fail() { # MESSAGE [LINES of the log]
    failed=$((failed + 1))
    echo "FAIL $1"
    [ ! -f "$place/log" ] || head -n "${2:-20}" "$place/log"
}
check() { # MESSAGE COMMAND…
    message=$1
    shift
    if "$@" >"$place/log" 2>&1; then pass; else fail "$message" 5; fi
}
not() { ! "$@"; }

# ends STATUS WORDS COMMAND…: how it ends, and with which words among its messages (kept in err).
ends() {
    status=$1 words=$2
    shift 2
    "$@" >out 2>err
    got=$?
    cp err "$place/log"
    if [ $got = "$status" ] && grep -qF -- "$words" err; then
        pass
    else
        fail "$*: status $got, not $status with \"$words\""
    fi
}

# add WHAT [LOG]: takes over the closing count of another checker, which has named its failures.
add() {
    counts=$(sed -nE 's/^([0-9]+) passed, ([0-9]+) failed$/\1 \2/p' "${2:-$place/log}" | tail -n 1)
    grep FAIL "${2:-$place/log}"
    if [ -z "$counts" ]; then
        fail "$1 ended without a count"
    else
        passed=$((passed + ${counts% *})) failed=$((failed + ${counts#* }))
    fi
}

closing() {
    echo "$passed passed, $failed failed"
    [ "$failed" = 0 ] && [ "$passed" != 0 ]
}
