#!/bin/sh
# sign/sign: sealed PDFs with every kind of key, judged by programs that are not ours, and what is
# refused.
#
#   sign.sh PROGRAM TSA
#
# Makes its own keys in a temporary folder. Closes with a line `N passed, N failed`.
set -u
here=$(cd "$(dirname "$0")" && pwd)
program=$1 tsa=$2
place=$(mktemp -d) || exit 3
servers=''
trap 'kill $servers 2>/dev/null; rm -rf "$place"' EXIT
export no_proxy=127.0.0.1 SOFTHSM2_CONF="$place/softhsm.conf"
. "$here/../tally.sh"

trust() {
    mkdir "$place/nss"
    certutil -N -d "sql:$place/nss" --empty-password &&
        certutil -A -d "sql:$place/nss" -n root -t CT,C,C -i "$place/root.pem"
}

# -- What is sealed -------------------------------------------------------------------------------

cat >"$place/plan.md" <<'PLAN'
# Recovery plan

Who answers the telephone, [and where](https://example.org/a(b)).

| Role | Deputy |
|---|---|
| Lead | Ø. Łukasz |

[Back to the top](#recovery-plan)
PLAN
render() { # OUTPUT OPTIONS…, with the passphrase of $secret
    output=$1
    shift
    "$program" render "$place/plan.md" --to pdf --as-of 2026-06-30 -q -o "$output" "$@" 3<"$place/$secret"
}

says() { # FILE WORDS
    pdfsig -nssdir "sql:$place/nss" "$1" 2>&1 | grep -qF "$2"
}
is_whole() {
    pdfsig -nssdir "sql:$place/nss" "$1" 2>/dev/null | grep -q 'Signature is Valid' && says "$1" 'Total document signed'
}
is_trusted() {
    is_whole "$1" && says "$1" 'Certificate is Trusted'
}
attributes() {
    openssl cms -cmsout -print -inform DER -in "$place/cms"
}
has_attributes() { # COUNT: of those that may be there, and no time of a clock
    attributes >"$place/attributes" && [ "$(grep -c '^ \{12\}object: ' "$place/attributes")" = "$1" ] &&
        grep -q 'object: id-smime-aa-signingCertificateV2' "$place/attributes" &&
        ! grep -q 'object: signingTime' "$place/attributes"
}
openssl_accepts() {
    openssl cms -verify -binary -inform DER -in "$place/cms" -content "$place/content" -CAfile "$1" -purpose any \
        -out /dev/null
}
stamped() {
    openssl ts -verify -token_in -in "$place/token" -data "$place/value" -CAfile "$place/root.pem"
}
clean() {
    qpdf --check "$1" >"$place/qpdf" 2>&1 && ! grep -q WARNING "$place/qpdf"
}
unchanged() {
    mutool sign -v "$1" | grep -q 'unchanged since signing'
}
tagged() {
    node "$here/../pdf/judge.mjs" "$1"
}

# Every referee, on one sealed file. ATTRIBUTES is 3, or 4 with a time stamp.
judge() { # FILE CA ATTRIBUTES
    check "$1: the place of its signature" node "$here/seal.mjs" "$1" "$place"
    [ "$1" = "$place/demo.pdf" ] || check "$1: pdfsig knows the signer" says "$1" 'Certificate is Trusted'
    check "$1: pdfsig accepts it" is_whole "$1"
    check "$1: mutool accepts it" unchanged "$1"
    check "$1: qpdf accepts it" clean "$1"
    check "$1: openssl accepts it" openssl_accepts "$2"
    check "$1: has $3 attributes" has_attributes "$3"
    check "$1: its tags" tagged "$1"
    [ "$3" = 3 ] || check "$1: openssl accepts its time stamp" stamped
}

flip() { # FROM OFFSET TO
    cp "$1" "$3"
    byte=$(od -An -tu1 -j "$2" -N 1 "$1")
    # shellcheck disable=SC2059 # the format is the byte
    printf "$(printf '\\%03o' $((byte ^ 1)))" | dd of="$3" bs=1 seek="$2" conv=notrunc 2>/dev/null
}

# One bit anywhere: in the text, the words of the seal, the table of objects, the signature.
flips() {
    size=$(wc -c <"$place/ec.pdf")
    hole=$(grep -abo '/Contents <3' "$place/ec.pdf" | head -n 1 | cut -d: -f1)
    for at in 7 $((hole - 300)) $((hole - 60)) $((hole - 20)) $((hole + 60)) $((hole + 900)) $((size / 2)) \
        $((size * 3 / 4)) $((size - 900)) $((size - 60)) $((size - 12)) $((size - 2)); do
        flip "$place/ec.pdf" "$at" "$place/flipped.pdf"
        check "a bit flipped at $at goes unseen" not is_trusted "$place/flipped.pdf"
    done
    { cat "$place/ec.pdf"; echo; } >"$place/longer.pdf"
    check "a line added goes unseen" not is_trusted "$place/longer.pdf"
}

# -- What is refused --------------------------------------------------------------------------------

refuse() { # STATUS RULE OPTIONS…
    status=$1 rule=$2
    shift 2
    rm -f "$place/none.pdf"
    render "$place/none.pdf" "$@" >"$place/said" 2>&1
    got=$?
    check "$*: status $got, not $status" [ "$got" = "$status" ]
    check "$*: no $rule in: $(head -n 1 "$place/said")" grep -qF -- "$rule" "$place/said"
    check "$*: a file was written" [ ! -e "$place/none.pdf" ]
}
pair() { # NAME: its options
    echo "--key $place/$1.key --cert $place/$1.pem"
}
server() { # FAULT: sets url; the authority is $authority
    rm -f "$place/port"
    "$tsa" "$place/$authority.pem" "$place/$authority.key" "$@" >"$place/port" 2>"$place/tsa.log" &
    servers="$servers $!"
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        [ -s "$place/port" ] && break
        sleep 0.1
    done
    url=http://127.0.0.1:$(cat "$place/port")/stamp?kind=test
}
refusals() {
    for row in 'expired SG7' 'future SG7' 'server SG8' 'encipher SG8' 'weak SG2' 'curve SG2' 'edwards SG2' 'root SG9'; do
        # shellcheck disable=SC2046 # one word an option
        refuse 1 "[${row#* }]" $(pair "${row% *}")
    done
    refuse 1 '[SG6]' --key "$place/ec.key" --cert "$place/rsa.pem"
    refuse 1 '[SG1]' --key "$place/ec.pem" --cert "$place/ec.pem"
    refuse 1 '[SG5]' --key "$place/ec.key" --cert "$place/ec.key"
    refuse 3 '[OS]' --key "$place/nothing" --cert "$place/ec.pem"
    refuse 1 '[SG1]' --p12 "$place/ec.pem"
    secret=bad
    refuse 1 '[SG3]' --key "$place/locked.key" --cert "$place/ec.pem" --passphrase-fd 3
    refuse 1 '[SG3]' --p12 "$place/rsa.p12" --passphrase-fd 3
    refuse 1 '[SG3]' --pkcs11 "pkcs11:token=test;object=ec?module-path=$module" --passphrase-fd 3
    refuse 1 '[SG4]' --p12 "$place/rsa.p12" --passphrase-fd 9
    secret=pin
    refuse 1 '[SG10]' --pkcs11 "pkcs11:token=test;object=nothing?module-path=$module" --passphrase-fd 3
    refuse 1 '[SG10]' --pkcs11 "pkcs11:token=none;object=ec?module-path=$module" --passphrase-fd 3
    refuse 1 '[SG10]' --pkcs11 "pkcs11:token=test;object=ec?pin-value=5678&module-path=$module"
    refuse 3 '[OS]' --pkcs11 "pkcs11:token=test;object=ec?module-path=$place/nothing.so" --passphrase-fd 3
    refuse 2 'one key is enough' --key "$place/ec.key" --cert "$place/ec.pem" --p12 "$place/rsa.p12"
    refuse 2 '--key needs' --key "$place/ec.key"
    refuse 2 'nothing is signed' --cert "$place/ec.pem"
}
refused_stamps() {
    # shellcheck disable=SC2046 # one word an option
    set -- $(pair ec)
    refuse 1 '[SG11]' "$@" --tsa https://127.0.0.1/
    refuse 1 '[SG12]' "$@" --tsa http://127.0.0.1:1/
    for fault in nonce imprint nocert reject flip; do
        server "$fault"
        refuse 1 '[SG13]' "$@" --tsa "$url"
    done
    authority=oldtsa
    server
    refuse 1 '[SG13]' "$@" --tsa "$url"
    authority=tsa
    for fault in status page cut hangup garbage endless silent; do
        server "$fault"
        refuse 1 '[SG12]' "$@" --tsa "$url"
    done
}

# -- The run ----------------------------------------------------------------------------------------

check "keys, certificates and a token" "$here/keys.sh" "$place"
module=$(find /usr/lib -name libsofthsm2.so | head -n 1)
check "trust" trust
check "the key of the example is for its owner alone" [ "$(stat -c %a "$place/demo/key.pem")" = 600 ]
authority=tsa secret=pass
server
seal() { # NAME CA ATTRIBUTES OPTIONS…
    name=$1 ca=$2 count=$3
    shift 3
    check "$name is sealed" render "$place/$name.pdf" "$@"
    judge "$place/$name.pdf" "$ca" "$count"
}
# shellcheck disable=SC2046 # one word an option
seal rsa "$place/root.pem" 3 $(pair rsa) --chain "$place/root.pem"
# shellcheck disable=SC2046
seal ec "$place/root.pem" 3 $(pair ec)
# shellcheck disable=SC2046
seal ec-stamped "$place/root.pem" 4 $(pair ec) --tsa "$url"
# shellcheck disable=SC2046
seal rsa-stamped "$place/root.pem" 4 $(pair rsa) --chain "$place/root.pem" --tsa "$url"
seal locked "$place/root.pem" 3 --key "$place/locked.key" --cert "$place/ec.pem" --passphrase-fd 3
seal p12 "$place/root.pem" 3 --p12 "$place/rsa.p12" --passphrase-fd 3
seal demo "$place/demo/cert.pem" 3 --key "$place/demo/key.pem" --cert "$place/demo/cert.pem"
secret=pin
seal token-ec "$place/root.pem" 3 --pkcs11 "pkcs11:token=test;object=ec;type=private?module-path=$module" --passphrase-fd 3
seal token-rsa "$place/root.pem" 4 --pkcs11 "pkcs11:token=test;id=%31;object=rsa?module-path=$module" \
    --cert "$place/rsa.pem" --passphrase-fd 3 --tsa "$url"
secret=pass
check "a seal of the example says so on its sheet" sh -c "pdftotext '$place/demo.pdf' - | grep -c 'DEMO KEY: not for real use' | grep -qx 2"
check "RSA gives the same bytes again" render "$place/again.pdf" --p12 "$place/rsa.p12" --passphrase-fd 3
check "RSA gave other bytes" cmp "$place/again.pdf" "$place/p12.pdf"
flips
refusals
refused_stamps
closing
