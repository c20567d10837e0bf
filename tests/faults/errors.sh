#!/bin/sh
# A publish whose calls fail, once or from then on; a disk that lies, is full, is read-only.
#
#   tests/faults/errors.sh quick|full COMMAND… {site} {edition}
#
# After success the new edition is there, whole. After a failure the status is 3, the message
# names a path below the site, the old edition or the new one is current and whole, and the
# next publish heals. `quick` takes a sample; EACH=1 gives every call every error.
# by_workers=yes: the command forks, as in kill.sh.
set -u
. "$(dirname "$0")/lib.sh"
how=$1
shift
under_test=$* audiences=${AUDIENCES:-audit staff}
need strace
calls='close fchmod fcntl flock fstatfs fsync syncfs getdents64 linkat memfd_create mkdirat newfstatat
openat openat2 pread64 read renameat renameat2 unlinkat write'
errors='ENOSPC EIO EROFS EDQUOT EACCES EMFILE ENOMEM'
# A close that is only said to have failed leaves a pipe open, and both its ends waiting.
[ -z "${by_workers:-}" ] || calls=${calls#close }
injected=0

# outcome WHAT STATUS OLD NEW [leftovers]: judges $place/site and what was said
outcome() {
    if [ "$2" = 0 ]; then
        reads "$place/site" "$4" && { [ "${5:-}" = leftovers ] || audits "$place/site"; }
    elif [ "$2" != 3 ]; then
        why="status $2: $(head -n 1 "$place/said")"
        false
    elif [ -s "$place/said" ] || [ "${1#write *+}" = "$1" ] && ! grep -q "^$place/site.*: cannot .*: \|^$place/site.*PB[4-8]" "$place/said"; then
        why="no message of a path and an error: $(head -n 1 "$place/said")"
        false
    else
        reads "$place/site" "$3" "$4"
    fi
    count "$1"
    heals "$place/site" 2026.3
    count "$1, next publish"
}

# each_call NAME STEP: the numbers of its calls after the site is touched first
each_call() {
    awk -v name="$1" -v step="$2" '$1 == name { for (k = $3 + 1; k <= $2; k += step) print k }' \
        "$place/calls"
}

fail_each() { # fail_each STATE OLD EDITION
    fresh "$1"
    calls_of "$place/site" "$3" "$place/calls"
    for name in $calls; do
        case $how in quick) step=$stride ;; *) step=${STEP:-1} ;; esac
        turn=0
        for k in $(each_call "$name" "$step"); do
            for error in $errors EINTR; do
                turn=$((turn + 1)) # each call fails in one way; the ways take turns
                [ "${EACH:-}" ] || [ $((turn % 8)) = $((k % 8)) ] || continue
                for upto in "$k" "$k+"; do
                    case $error$upto in EINTR*+) upto="$k..$((k + 3))" ;; esac
                    fresh "$1"
                    inject "$name" "error=$error:when=$upto" "$place/site" "$3"
                    outcome "$name $upto gives $error" $? "$2" "$3"
                    injected=$((injected + 1))
                done
            done
        done
    done
}

# Success is told and nothing done, or only a part; the reading back must notice.
lie_each() { # lie_each STATE OLD EDITION
    lies=0
    for lie in write=1 write=100000 renameat=0 renameat2=0 linkat=0 mkdirat=0; do
        name=${lie%=*}
        case $how in quick) step=$((stride / 3)) ;; *) step=1 ;; esac
        case $name in rename*) step=1 ;; esac
        for k in $(each_call "$name" "$step"); do
            fresh "$1"
            inject "$name" "retval=${lie#*=}:when=$k" "$place/site" "$3"
            outcome "$name $k lies ($lie)" $? "$2" "$3" leftovers
            lies=$((lies + 1))
        done
    done
}

# What a user may not do, root may: mounting needs root and a system that lets it.
can_mount() {
    mkdir -p "$place/disk" && mount -t tmpfs -o size=64k tmpfs "$place/disk" 2>/dev/null &&
        umount "$place/disk"
}
close_place() {
    umount "$place/site" 2>/dev/null
}

on_disk() { # on_disk OPTIONS STATE: $place/site is a disk of its own with a copy
    umount "$place/site" 2>/dev/null
    rm -rf "${place:?}/site" && mkdir "$place/site" &&
        mount -t tmpfs -o "$1" tmpfs "$place/site" && cp -a "$2/." "$place/site/"
}

# The room grows until a publish fits; before that nothing may be lost.
fill_disk() { # fill_disk OPTION FROM STEP UNIT STATE OLD EDITION
    room=$2 sizes=0
    while :; do
        on_disk "$1=$room$4" "$5" 2>/dev/null || { room=$((room + $3)); continue; }
        publish "$place/site" "$7"
        status=$?
        sizes=$((sizes + 1))
        if [ $status = 0 ]; then
            reads "$place/site" "$7" && audits "$place/site"
            count "$1=$room$4, fits"
            break
        fi
        [ $status = 3 ] && grep -q 'No space left\|PB6' "$place/said" &&
            reads "$place/site" "$6" "$7"
        count "$1=$room$4, full: status $status, $(head -n 1 "$place/said")"
        mount -o "remount,$1=0" "$place/site" 2>/dev/null
        heals "$place/site" 2026.3
        count "$1=$room$4, with room again"
        room=$((room + $3))
        [ $sizes -lt 2000 ] || break
    done
    umount "$place/site"
    echo "$1: $sizes sizes"
}

read_only() {
    on_disk size=4m "$place/one" && mount -o remount,ro "$place/site"
    publish "$place/site" 2026.2
    [ $? = 3 ] && grep -q 'Read-only file system' "$place/said" && reads "$place/site" 2026.1
    count "a read-only disk: $(head -n 1 "$place/said")"
    mount -o remount,rw "$place/site"
    heals "$place/site" 2026.3
    count 'a read-only disk, made writable'
    umount "$place/site"
}

no_permission() { # as another user, or by modes
    fresh "$place/one"
    as=''
    if [ "$(id -u)" = 0 ]; then
        chmod 755 "$place"
        as='setpriv --reuid 65534 --clear-groups'
    else
        chmod -R a-w "$place/site"
    fi
    command_is=$under_test under_test="$as $under_test"
    publish "$place/site" 2026.2
    status=$?
    under_test=$command_is
    [ $status = 3 ] && grep -q 'Permission denied' "$place/said" && reads "$place/site" 2026.1
    count "a folder of somebody else: status $status, $(head -n 1 "$place/said")"
    chmod -R u+w "$place/site"
    heals "$place/site" 2026.3
    count 'a folder of somebody else, made writable'
}

small_files() { # a limit on the size of files, in blocks of 512 bytes
    for blocks in 0 1 2 4; do
        fresh "$place/one"
        (
            trap '' XFSZ
            ulimit -f $blocks
            eval "$(command_line "$place/site" 2026.2)" >/dev/null 2>&1
        )
        reads "$place/site" 2026.1 && heals "$place/site" 2026.3
        count "files of at most $blocks blocks"
    done
}

mkdir "$place/empty" && cp -a "$place/empty" "$place/one" || exit 3
publish "$place/one" 2026.1 && reads "$place/one" 2026.1 && audits "$place/one"
count 'the first publish'
[ "$failed" = 0 ] || { cat "$place/said"; closing; }

stride=${STEP:-60}
fail_each "$place/one" 2026.1 2026.2
[ "$how" = quick ] || fail_each "$place/empty" none 2026.1
echo "$injected errors injected"
fresh "$place/one"
calls_of "$place/site" 2026.2 "$place/calls"
lie_each "$place/one" 2026.1 2026.2
echo "$lies lies told"
no_permission
small_files
if can_mount; then
    case $how in quick) step=40 inodes=17 ;; *) step=4 inodes=1 ;; esac
    fill_disk size 8 $step k "$place/empty" none 2026.1
    fill_disk size 8 $step k "$place/one" 2026.1 2026.2
    fill_disk nr_inodes 2 $inodes '' "$place/empty" none 2026.1
    read_only
else
    echo 'skipped: a full and a read-only disk (mounting needs root)'
fi
closing
