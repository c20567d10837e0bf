#!/bin/sh
# sign/keys: keys, certificates and a token for the tests, good ones and bad ones.
#
#   keys.sh DIR       DIR/<name>.key and .pem, rsa.p12, locked.key, the passphrases pass, bad and
#                     pin, the demonstration key in demo/, a SoftHSM token in tokens/
#
# SOFTHSM2_CONF=DIR/softhsm.conf finds the token.
set -u
here=$(cd "$(dirname "$0")" && pwd)
place=$1
export SOFTHSM2_CONF="$place/softhsm.conf"

cat >"$place/ca.cnf" <<CONFIG
[ca]
default_ca = all
[all]
dir = $place
database = $place/index
new_certs_dir = $place
rand_serial = yes
default_md = sha256
unique_subject = no
policy = any
[any]
commonName = supplied
organizationalUnitName = optional
[root]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
[signer]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = 1.3.6.1.5.5.7.3.36,emailProtection
[server]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = serverAuth
[encipher]
basicConstraints = critical,CA:FALSE
keyUsage = critical,keyEncipherment
[tsa]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
CONFIG
: >"$place/index"
cat >"$place/softhsm.conf" <<CONFIG
directories.tokendir = $place/tokens
objectstore.backend = file
log.level = ERROR
CONFIG

key() { # NAME KIND
    case $2 in
    rsa*) openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:"${2#rsa}" -out "$place/$1.key" ;;
    ed*) openssl genpkey -algorithm ED25519 -out "$place/$1.key" ;;
    *) openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:"$2" -out "$place/$1.key" ;;
    esac
}
issue() { # NAME KIND EXTENSIONS FROM TO [SELF]
    key "$1" "$2"
    openssl req -new -config /dev/null -key "$place/$1.key" -subj "/CN=Test $1" -out "$place/request"
    if [ "$1" = root ]; then set -- "$@" -selfsign; else set -- "$@" -cert "$place/root.pem"; fi
    name=$1 extensions=$3 from=$4 to=$5
    shift 5
    openssl ca -batch -notext -config "$place/ca.cnf" -extensions "$extensions" "$@" \
        -keyfile "$place/root.key" -startdate "$from" -enddate "$to" \
        -in "$place/request" -out "$place/$name.pem"
}
make_keys() {
    since=20200101000000Z until=20490101000000Z
    issue root P-256 root $since $until &&
        issue rsa rsa3072 signer $since $until && issue ec P-256 signer $since $until &&
        issue expired P-256 signer $since 20251231235959Z &&
        issue future P-256 signer 20270101000000Z $until &&
        issue server P-256 server $since $until && issue encipher P-256 encipher $since $until &&
        issue weak rsa2048 signer $since $until && issue curve P-384 signer $since $until &&
        issue edwards ed25519 signer $since $until && issue tsa P-256 tsa $since $until &&
        issue oldtsa P-256 tsa $since 20251231235959Z || return 1
    "$here/../../.ci/demo-key" "$place/demo" && "$here/../../.ci/demo-key" "$place/demo" &&
        echo secret >"$place/pass" && echo wrong >"$place/bad" && echo 5678 >"$place/pin" &&
        openssl pkcs8 -topk8 -v2 aes-256-cbc -passout file:"$place/pass" -in "$place/ec.key" -out "$place/locked.key" &&
        openssl pkcs12 -export -passout file:"$place/pass" -inkey "$place/rsa.key" -in "$place/rsa.pem" \
            -certfile "$place/root.pem" -out "$place/rsa.p12"
}
make_token() {
    mkdir "$place/tokens"
    module=$(find /usr/lib -name libsofthsm2.so | head -n 1)
    softhsm2-util --init-token --free --label test --so-pin 1234 --pin 5678 &&
        for kind in rsa ec; do
            openssl x509 -in "$place/$kind.pem" -outform DER -out "$place/$kind.der" &&
                softhsm2-util --import "$place/$kind.key" --token test --label "$kind" --id "${#kind}1" --pin 5678 &&
                pkcs11-tool --module "$module" --token-label test --login --pin 5678 --write-object \
                    "$place/$kind.der" --type cert --label "$kind" --id "${#kind}1" || return 1
        done
}

make_keys && make_token
