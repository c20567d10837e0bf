#!/bin/sh
# The same content gives the same bytes: from any folder, in any language, time zone and order,
# with any number of workers, by any compiler.
#
#   tests/repro.sh PROGRAM [quick]
#
# Builds the example once as the reference, then once for each variation, and compares every
# name and every byte. `quick` tries only a few of them.
set -u
cd "$(dirname "$0")/.." || exit 3
program=$(realpath "$1")
[ -w /dev/shm ] && export TMPDIR="${TMPDIR:-/dev/shm}"
place=$(mktemp -d) || exit 3
trap 'chmod -R u+rwX "$place"; rm -rf "$place"' EXIT
passed=0 failed=0

# Names, kinds and bytes of a tree; not times, owners and modes, which are the reader's.
fingerprint() {
    (cd "$1" && find . -printf '%y %P\n' | LC_ALL=C sort &&
        find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum)
}

build() { # into the named folder: build NAME COMMAND…
    out=$place/$1
    shift
    "$@" >"$place/log" 2>&1 || { echo "failed: $*"; cat "$place/log"; return 1; }
    fingerprint "$out" >"$out.print"
}

variation() { # variation WHAT NAME COMMAND…
    what=$1 name=$2
    shift 2
    if build "$name" "$@" && cmp -s "$place/reference.print" "$place/$name.print"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAIL: other bytes: $what"
        diff "$place/reference.print" "$place/$name.print" | head -n 10
    fi
    rm -rf "${place:?}/$name"
}

plain() { # with as little around it as can be: plain NAME [ARGUMENT…]
    name=$1
    shift
    env -i PATH="$PATH" LC_ALL=C.UTF-8 TZ=UTC "$program" build -q -o "$place/$name" "$@"
}

# Locales are compiled into the temporary folder, so that the machine stays as it is.
locale_for() {
    command -v localedef >/dev/null 2>&1 && [ -f "/usr/share/i18n/locales/$1" ] &&
        localedef -i "$1" -f UTF-8 "$place/locales/$1.UTF-8" >/dev/null 2>&1
    [ -d "$place/locales/$1.UTF-8" ]
}

copy_in_order() { # copy_in_order SORT-OPTION FOLDER: the folders list their files in this order
    mkdir -p "$2"
    find content -type f ! -path '*/.*' | LC_ALL=C sort "$1" |
        while read -r file; do
            mkdir -p "$2/$(dirname "$file")" && cp "$file" "$2/$file"
        done
}

close() {
    echo "$((files / 2)) files compared in each variation"
    echo "$passed passed, $failed failed"
    [ "$failed" = 0 ]
    exit
}

mkdir -p "$place/locales"
build reference plain reference || { echo "0 passed, 1 failed"; exit 1; }
files=$(wc -l <"$place/reference.print")
[ "$files" -gt 10 ] || { echo "the example is empty"; echo "0 passed, 1 failed"; exit 1; }

# A comparison that cannot fail proves nothing.
cp -r "$place/reference" "$place/control"
printf ' ' >>"$place/control/staff/draft/index.html"
fingerprint "$place/control" >"$place/control.print"
if cmp -s "$place/reference.print" "$place/control.print"; then
    echo "FAIL: one added blank goes unseen"
    failed=$((failed + 1))
else
    passed=$((passed + 1))
fi
rm -rf "$place/control"

variation 'a second time' again plain again
for jobs in 1 2 4 7; do
    variation "-j$jobs" "j$jobs" plain "j$jobs" -j "$jobs"
done

copy_in_order -R "$place/w"
variation 'from another folder, files made in random order' folder plain folder -C "$place/w"
if [ "${2:-}" = quick ]; then
    close
fi

build over plain over -j 1
variation 'over what is there' over plain over
long=$place/a-folder-with-a-long-name/and-another-one-below-it/ünïcode\ and\ blanks/workspace
copy_in_order -r "$long"
variation 'from another folder, files made in reverse order' far plain far -C "$long"
find "$place/w" -exec touch -d '2031-12-31T23:59:59Z' {} +
variation 'files from the future' future plain future -C "$place/w"
variation 'from within the folder' within \
    env -i PATH="$PATH" sh -c "cd '$place/w' && '$program' build -q -o '$place/within'"

for locale in de_DE tr_TR ar_EG; do
    if locale_for "$locale"; then
        variation "LC_ALL=$locale.UTF-8" "$locale" env LOCPATH="$place/locales" \
            LC_ALL="$locale.UTF-8" LANGUAGE="$locale" "$program" build -q -o "$place/$locale"
    else
        echo "left out: no locale $locale on this machine (apt-get install locales)"
    fi
done
variation 'LC_ALL=C' c env LC_ALL=C "$program" build -q -o "$place/c"
variation 'fourteen hours east' east env TZ=Pacific/Kiritimati "$program" build -q -o "$place/east"
variation 'eleven hours west' west env TZ=WST11 "$program" build -q -o "$place/west"
variation 'umask 077' umask sh -c "umask 077 && '$program' build -q -o '$place/umask'"
variation 'memory filled with 0xA5' perturb env MALLOC_PERTURB_=165 "$program" build -q -o "$place/perturb"
variation 'no address randomisation' noaslr setarch -R "$program" build -q -o "$place/noaslr"
variation 'a noisy environment' noise env HOME=/nowhere USER=x LINES=3 COLUMNS=7 TERM=vt52 \
    CLICOLOR_FORCE=1 GVBINDIR=/nowhere FONTCONFIG_PATH=/nowhere "$program" build -q -o "$place/noise"
if [ "$(id -u)" = 0 ]; then
    mkdir -m 777 "$place/nobody"
    chmod 755 "$place"
    mkdir "$place/of-nobody" # beside it: all of the other folder is compared
    cp -r "$place/w" "$place/of-nobody/w" && chmod -R a+rX "$place/of-nobody"
    variation 'as another user' nobody setpriv --reuid 65534 --clear-groups \
        "$program" build -q -C "$place/of-nobody/w" -o "$place/nobody"
fi
for other in .build/*/continuo; do
    [ "$(realpath "$other")" = "$program" ] && continue
    [ -n "$(find src -newer "$other" | head -n 1)" ] && continue # of an older source
    variation "built as $other" other env ASAN_OPTIONS=detect_leaks=0 "$other" build -q -o "$place/other"
done

close
