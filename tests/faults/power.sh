#!/bin/sh
# The power is cut during a publish, and right after it said that all is well.
#
#   tests/faults/power.sh quick|full COMMAND… {site} {edition}
#
# The site lies on a disk image. The publish is stopped at a system call, the image is copied
# as it is on the "disk" at that moment, and the copy is mounted: what was only in memory
# is gone. The old edition or the new one must be there, whole, and the next publish heals. After
# status 0 it must be the new one. `commit` is so long that nothing reaches the disk by chance;
# some points wait for the system to write by itself.
#
# Controls: without working syncs (eatmydata, and strace that fakes them) the same must go red.
set -u
. "$(dirname "$0")/lib.sh"
how=$1
shift
under_test=$* audiences=${AUDIENCES:-audit staff}
PATH=$PATH:/sbin:/usr/sbin
need strace mkfs.ext4 losetup mount

close_place() {
    for tree in site cut; do
        mountpoint -q "$place/$tree" && umount "$place/$tree"
    done
}

mkdir "$place/site" "$place/cut"
truncate -s 16M "$place/base.img" && mkfs.ext4 -q -F "$place/base.img" || exit 3
mount -o loop "$place/base.img" "$place/site" 2>/dev/null ||
    skip 'power cuts (mounting an image needs root and a loop device)'
publish "$place/site" 2026.1
rm -rf "$place/site/lost+found"
reads "$place/site" 2026.1 && audits "$place/site"
count 'the first publish'
[ "$failed" = 0 ] || { cat "$place/said"; closing; }
umount "$place/site"
: >"$place/empty.img"
truncate -s 16M "$place/empty.img" && mkfs.ext4 -q -F "$place/empty.img" || exit 3
mount -o loop "$place/empty.img" "$place/site" && rmdir "$place/site/lost+found" && umount "$place/site"

on_image() { # on_image IMAGE OPTIONS
    cp --sparse=always "$1" "$place/live.img" &&
        mount -o "loop,noatime,$2" "$place/live.img" "$place/site"
}
cut_power() { # what the disk holds now
    cp --sparse=always "$place/live.img" "$place/cut.img"
}
after_cut() { # the journal is replayed by mounting
    umount "$place/site"
    mount -o loop "$place/cut.img" "$place/cut"
}

# Stops the command at a call, cuts, ends it. False when it came to its end before.
stop_at() { # stop_at NAME NUMBER EDITION SECONDS
    : >"$place/log"
    eval "strace -f -o '$place/log' -e trace=$1 -e inject=$1:signal=STOP:when=$2 \
        $(command_line "$place/site" "$3")" >"$place/said" 2>&1 &
    tracer=$!
    stopped=false
    while kill -0 $tracer 2>/dev/null; do
        grep -q 'stopped by SIGSTOP' "$place/log" && { stopped=true; break; }
        sleep 0.01
    done
    [ "$4" = 0 ] || sleep "$4"
    cut_power
    # Its workers, too, or they would wait for ever.
    # shellcheck disable=SC2046 # one number a process
    $stopped && kill -KILL $(cut -d' ' -f1 "$place/log" | sort -u) 2>/dev/null
    wait $tracer 2>/dev/null
    $stopped
}

# cut_at_each WHAT IMAGE OPTIONS EDITION STEP SECONDS OLD
cut_at_each() {
    on_image "$2" "$3"
    calls_of "$place/site" "$4" "$place/calls"
    umount "$place/site"
    cuts=0 turn=0
    while read -r name most before <&3; do
        case $name in write | openat | mkdirat | linkat | unlinkat | renameat | renameat2 | fsync | syncfs | fchmod) ;;
        *) continue ;;
        esac
        k=$((before + 1))
        while [ "$k" -le "$most" ]; do
            turn=$((turn + 1))
            case $name in rename*) every=$((($5 + 3) / 4)) ;; *) every=$5 ;; esac
            if [ $((turn % every)) = 0 ]; then
                on_image "$2" "$3"
                stop_at "$name" "$k" "$4" "$6" 3<&- || why='it came to its end before'
                after_cut
                # shellcheck disable=SC2086 # several editions may be current
                [ -z "${why:-}" ] && reads "$place/cut" $7 "$4"
                count "$1, cut at $name $k"
                heals "$place/cut" 2026.3 3<&-
                count "$1, cut at $name $k, next publish"
                umount "$place/cut"
                cuts=$((cuts + 1))
            fi
            k=$((k + 1))
        done
    done 3<"$place/calls"
    echo "$1: $cuts cuts"
}

# cut_after WHAT OPTIONS PREFIX: the whole publish, then the cut; true when the new one is there
cut_after() {
    on_image "$place/base.img" "$1"
    shift
    eval "$* $(command_line "$place/site" 2026.2)" >"$place/said" 2>&1
    status=$?
    cut_power
    after_cut
    [ $status = 0 ] && reads "$place/cut" 2026.2 && audits "$place/cut"
    good=$?
    [ $status = 0 ] || why="status $status: $(head -n 1 "$place/said")"
    umount "$place/cut"
    return $good
}

slow=commit=600 writeback=commit=600,noauto_da_alloc,data=writeback journal=commit=600,data=journal
for options in $slow $writeback $journal; do
    cut_after $options ''
    count "after status 0 ($options)"
done

# Without syncs the same must fail, or the test is blind.
if command -v eatmydata >/dev/null 2>&1; then
    ! cut_after $slow eatmydata
    count 'control: eatmydata loses the edition'
else
    echo 'skipped: one control (no eatmydata on this machine)'
fi
! cut_after $slow strace -f -qq --seccomp-bpf -o /dev/null -e trace=fsync,syncfs -e inject=fsync,syncfs:retval=0
count 'control: faked syncs lose the edition'

# What a publish that was killed left: the power fails again while it is healed.
heal_after() { # heal_after NAME NUMBER
    on_image "$place/base.img" "$writeback"
    inject "$1" "signal=KILL:when=$2" "$place/site" 2026.2 3<&-
    umount "$place/site" && mv "$place/live.img" "$place/half.img"
    cut_at_each "healing after $1 $2" "$place/half.img" "$writeback" 2026.1 "$step" 0 '2026.1 2026.2'
}

case $how in
quick)
    cut_at_each 'second publish' "$place/base.img" $writeback 2026.2 "${STEP:-24}" 0 2026.1
    ;;
full)
    step=${STEP:-1}
    for options in $slow $writeback $journal; do
        cut_at_each "second publish ($options)" "$place/base.img" $options 2026.2 "$step" 0 2026.1
    done
    cut_at_each "first publish ($writeback)" "$place/empty.img" $writeback 2026.1 "$step" 0 none
    for rename in 'renameat2 2' 'renameat 1' 'renameat 2' 'renameat 3' 'renameat2 4' 'renameat 5'; do
        # shellcheck disable=SC2086 # a name and a number
        heal_after $rename
    done
    cut_at_each 'second publish, the system writing by itself' "$place/base.img" \
        commit=1,noauto_da_alloc,data=writeback 2026.2 $((step * 6)) 1.3 2026.1
    ;;
esac
closing
