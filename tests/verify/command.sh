#!/bin/sh
# `continuo verify` on an archive on disk, beside the standard tools that must agree.
#
#   tests/verify/command.sh CONTINUO TAMPER
set -u
continuo=$(realpath "$1") tamper=$(realpath "$2") passed=0 failed=0
work=$(mktemp -d) || exit 3
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
cd "$work" || exit 3
"$tamper" --write . || exit 3

# says STATUS LAST-LINE ARGUMENT…: how it ends, and with which words.
says() {
    status=$1 words=$2
    shift 2
    "$continuo" verify --as-of 2026-11-25 "$@" >"$work/out" 2>"$work/err"
    got=$?
    if [ $got = "$status" ] && tail -n 1 "$work/out" | grep -qF -- "$words"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'FAIL verify %s: status %s\n' "$*" "$got"
        cat "$work/out" "$work/err"
    fi
}

# agrees COMMAND…: another program finds the archive right, too.
agrees() {
    if "$@" >"$work/out" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'FAIL %s\n' "$*"
        cat "$work/out"
    fi
}

says 0 "verified: 4 editions, 48 files, 4 PDFs, signed by 'Publisher'" --trust trust.pem
says 0 'was not compared with anyone you trust: give --trust'
says 0 'verified: 2 editions' site/staff --trust trust.pem
says 0 'verified: 1 edition' site/staff/2026.2 --trust trust.pem
says 0 'verified: 4 editions' --trust trust.pem -q
says 4 'NOT verified: ledger/1.p7s: wrong signer:' --trust other.pem
says 0 'has expired since' --trust trust.pem --as-of 2045-01-01
says 0 'verified:' --trust trust.pem --state seen
says 0 'verified:' --trust trust.pem --state seen
hex=$(sha256sum site/staff/2026.2/edition.json | cut -c 1-16)
says 0 'verified:' --trust trust.pem --expect "2026.2:$hex"
says 4 'rewritten history' --trust trust.pem --expect 2026.2:0123456789abcdef
says 4 'rolled back' --trust trust.pem --expect 2027.1:0123456789abcdef
says 3 '' --trust trust.pem --state nowhere/seen
says 0 '}' --trust trust.pem --format json
cp out verdict.json
agrees node -e 'const r = JSON.parse(require("fs").readFileSync("verdict.json")); process.exit(+!(r.whole && r.editions.length === 4))'

# What anybody can check without us.
for edition in site/*/2026.*; do
    agrees env -C "$edition" sha256sum --quiet -c SHA256SUMS
    agrees openssl cms -verify -binary -inform DER -in "$edition/edition.json.p7s" \
        -content "$edition/edition.json" -CAfile trust.pem -purpose any
    command -v qpdf >/dev/null && agrees qpdf --check "$edition/d/bcp-001.pdf"
done
sed -n 1p site/ledger.jsonl >line
agrees openssl cms -verify -binary -inform DER -in site/ledger/1.p7s -content line -CAfile trust.pem \
    -purpose any

# Configuration of the machine changes nothing.
printf 'openssl_conf = x\n[x]\nproviders = y\n[y]\nnull = z\n[z]\nactivate = 1\n' >openssl.cnf
OPENSSL_CONF=$work/openssl.cnf says 0 'verified:' --trust trust.pem

printf x >>site/staff/2026.2/index.html
says 4 'NOT verified: staff/2026.2/index.html: changed:' --trust trust.pem
rm -r site/staff/2026.2 site/audit/2026.2 site/ledger/2.p7s
cp line site/ledger.jsonl
sed -i s/2026.2/2026.1/g site/*/current.css site/*/index.html
says 0 'verified:' --trust trust.pem
says 4 'NOT verified: ledger.jsonl: rolled back:' --trust trust.pem --state seen

echo "$passed passed, $failed failed"
[ $failed = 0 ]
