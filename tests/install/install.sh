#!/bin/bash
# What `make install` puts onto a machine: does it work where the source tree is not, and is what
# it says right? Judged by mandoc, the three shells and python3-jsonschema.
#
#   tests/install/install.sh PROGRAM
#
# A shell that is not there is skipped, and said so. Closes with a line `N passed, N failed`.
set -u
here=$(cd "$(dirname "$0")/../.." && pwd)
program=$(realpath "$1")
place=$(mktemp -d) || exit 3
trap 'rm -rf "$place"' EXIT

. "$here/tests/tally.sh"

holds() { grep -qF -- "$2" "$1"; }
has_command() { command -v "$1" >/dev/null 2>&1; }

# -- Into a folder of its own, and away with it ---------------------------------------------------

cd "$here" || exit 3
check "make install" ${MAKE:-make} -s install DESTDIR="$place/stage" PREFIX=/usr
mv "$place/stage" "$place/moved"
tool=$place/moved/usr/bin/continuo share=$place/moved/usr/share
check "it names no folder of the source tree" not grep -rqF "$here" "$place/moved"

cd "$place" || exit 3
# alone COMMAND…: nothing of the environment is there, nor, where that can be done, the source tree.
alone() {
    if [ "$(id -u)" = 0 ] && unshare -m true 2>/dev/null; then
        env -i unshare -m sh -c 'mount -t tmpfs none "$0" && exec "$@"' "$here" "$@"
    else
        env -i "$@"
    fi
}
check "init" alone "$tool" init house --name Test --as-of 2026-06-30
check "check" alone "$tool" check -C house --as-of 2026-06-30
check "build" alone "$tool" build -C house -o site --as-of 2026-06-30
check "a page" test -s site/staff/draft/index.html
check "a PDF" test -s site/staff/draft/d/pol-001.pdf
check "the style sheet" test -s site/staff/draft/assets/portal.css
if has_command node; then
    (cd "$here" && node tests/pages.mjs "$place/site/audit/draft" "$place/site/staff/draft") >"$place/log"
    add "the pages of a new workspace"
fi
check "doctor" alone "$tool" doctor -C house -o site
check "server-config" alone "$tool" server-config nginx -C house
for kind in $("$program" new --list -C house | sed -n 's/^\([a-z-]*\)  *Document\..*/\1/p'); do
    check "new $kind" alone "$tool" new "$kind" -C house --as-of 2026-06-30 Title
done

# -- Manual pages ---------------------------------------------------------------------------------

# In their folder, where it finds those that they refer to.
lint() { (cd "$share/man/man1" && mandoc -T lint -W style "$1"); }

for c in $("$program" --help | sed -n 's/^  \([a-z][a-z-]*\)  *[A-Z].*/\1/p'); do
    check "a page for $c" test -s "$share/man/man1/continuo-$c.1"
    "$program" "$c" --help >help
    check "$c: a row in manual.def" holds "$here/src/cli/manual.def" "MANUAL(\"$c\","
    check "$c: examples in its help" holds help "examples:"
    check "$c: they name it" holds help "  continuo $c"
    if has_command mandoc; then
        check "$c: mandoc reads it as it is meant" lint "continuo-$c.1"
        mandoc -T ascii "$share/man/man1/continuo-$c.1" | col -b >page
        check "$c: the page has the examples" holds page "continuo $c"
        check "$c: the page has the options" holds page "--color"
    fi
done
has_command mandoc && check "continuo(1)" lint continuo.1
has_command mandoc || echo "skipped: mandoc is not there"

# -- Completions ----------------------------------------------------------------------------------

cat >ask.bash <<'BASH'
# ask.bash FILE WORD…: what the last word may become
source "$1"; shift
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
compopt() { :; }
_continuo "$1" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
printf '%s\n' "${COMPREPLY[@]}"
BASH
bash_completes() { # WORD THAT MUST COME, then the line
    want=$1
    shift
    bash ask.bash "$share/bash-completion/completions/continuo" "$@" >words
    cp words "$place/log"
    grep -qxF -- "$want" words && pass || fail "bash: '$want' does not come after: $*"
}
bash_completes publish "$tool" pub
bash_completes --where "$tool" list --wh
bash_completes supplier "$tool" list sup
bash_completes csv "$tool" list --format c
bash_completes contingency-plan "$tool" new cont
bash_completes DC1 "$tool" explain DC
bash_completes nginx "$tool" server-config ""
bash_completes ACT-001 "$tool" show -C house AC
bash_completes POL-001 "$tool" approve -C house P
bash_completes ROL-002 "$tool" due -C house --owner ROL-
bash_completes house "$tool" build -C hou
bash ask.bash "$share/bash-completion/completions/continuo" "$tool" approve -C house R >words
check "bash: a role is no document" not grep -q ROL words

if has_command zsh; then
    check "zsh reads it" zsh -n "$share/zsh/site-functions/_continuo"
    cat >ask.zsh <<'ZSH'
# What the completion of a whole line offers, in a shell of its own.
zmodload zsh/zpty
zpty shell "HOME=$PWD PATH=$PATH zsh -f -i"
zpty -w shell "PROMPT=; fpath=($2 \$fpath); autoload -U compinit; compinit -u -D; zstyle ':completion:*' list-prompt ''; LISTMAX=1000; unsetopt menucomplete; setopt autolist; zstyle ':completion:*' verbose yes; echo ready"
zpty -r shell line '*ready*ready*'
zpty -w -n shell "$3"$'\t'
sleep 1
zpty -w -n shell $'\t'
sleep 1
zpty -w -n shell $'\x15'"echo over"$'\n'
zpty -r shell line '*over*over*'
print -r -- "$line"
zpty -d shell
ZSH
    zsh_completes() {
        PATH="$place/moved/usr/bin:$PATH" timeout 30 zsh -f ask.zsh - "$share/zsh/site-functions" "$2" >words 2>&1
        cp words "$place/log"
        grep -qF -- "$1" words && pass || fail "zsh: '$1' does not come after: $2"
    }
    zsh_completes publish "continuo pub"
    zsh_completes --where "continuo list --whe"
    zsh_completes ACT-001 "continuo show -C house AC"
    zsh_completes contingency-plan "continuo new conting"
else
    echo "skipped: zsh is not there"
fi

if has_command fish; then
    export XDG_CONFIG_HOME=$place/fish XDG_DATA_HOME=$place/fish
    fish_completes() {
        PATH="$place/moved/usr/bin:$PATH" fish -c "source $share/fish/vendor_completions.d/continuo.fish; complete -C '$2'" >words 2>&1
        cp words "$place/log"
        grep -q -- "^$1" words && pass || fail "fish: '$1' does not come after: $2"
    }
    fish_completes publish "continuo pub"
    fish_completes --where "continuo list --wh"
    fish_completes csv "continuo list --format c"
    fish_completes ACT-001 "continuo show -C house AC"
    fish_completes contingency-plan "continuo new cont"
else
    echo "skipped: fish is not there"
fi

# -- Schemas for editors --------------------------------------------------------------------------

if python3 -c 'import jsonschema, yaml' 2>/dev/null; then
    (cd "$here" && "$program" schema -q --out "$place/schema") || fail "schema --out"
    python3 "$here/tests/install/schema.py" "$place/schema" "$here/content" >"$place/log"
    add "schemas"
else
    echo "skipped: python3-jsonschema and python3-yaml are not there"
fi

# -- Away -----------------------------------------------------------------------------------------

cd "$here" || exit 3
mv "$place/moved" "$place/stage"
check "make uninstall" ${MAKE:-make} -s uninstall DESTDIR="$place/stage" PREFIX=/usr
check "nothing is left" test -z "$(find "$place/stage" -type f)"

closing
