/* sign: keys, detached signatures, the seal of a PDF, time stamps.
 *
 * A signer is a private key with its certificate, opened once and used for every
 * signature of a run, also by workers that are forked afterwards. The key comes
 * from PEM files, a PKCS#12 file or a PKCS#11 token (through OpenSSL's engine
 * "pkcs11", looked for only when it is asked for).
 *
 * Keys are RSA from 3072 to 8192 bits or ECDSA P-256; everything signs SHA-256.
 * A signature is a detached CMS SignedData in DER: one signer, the signed
 * attributes content-type, message-digest and signing-certificate-v2, no time
 * but that of an RFC 3161 stamp. What is refused is reported (sign/rules.def);
 * nothing is ever signed half. No clock is read: the as-of day is the day.
 *
 * A stamp is asked for over plain HTTP, through http_proxy unless no_proxy names
 * the host; looking up the host's name is not part of SIGN_STAMP_SECONDS. */
#ifndef SIGN_H
#define SIGN_H

#include "base/date.h"
#include "base/diag.h"
#include "base/hash.h"

enum {
    SIGN_KEY_BYTES_MAX = 256 * 1024,  /* of a file of keys or certificates */
    SIGN_CMS_BYTES_MAX = 64 * 1024,   /* no verifier of ours reads more */
    SIGN_CERTIFICATES_MAX = 4,        /* in one signature: the signer's and its chain */
    SIGN_STAMP_SECONDS = 10,          /* until the stamp must be there */
    SIGN_STAMP_BYTES_MAX = 8 * 1024,  /* of a time stamp; they take 2 to 7 KB */
};

/* What the command line said; NULL: not given. Either key with cert, or p12, or
 * pkcs11 with or without cert. A first certificate in `cert` is the signer's,
 * others belong to its chain. */
struct sign_request {
    const char *key, *cert, *chain; /* PEM files */
    const char *p12;
    const char *pkcs11; /* RFC 7512; "module-path" picks the driver */
    const char *tsa;    /* http URL of a time-stamping authority */
    int passphrase_fd;  /* its first line is the passphrase; -1: ask on the terminal */
    date as_of;         /* certificates are judged as of this day */
};

struct signer;
/* NULL after a report. */
struct signer *signer_open(struct arena *a, struct diags *d, const struct sign_request *request);
void signer_close(struct signer *s);

str signer_name(const struct signer *s);                  /* CN of the subject */
bool signer_is_demo(const struct signer *s);              /* its OU says DEMO */
struct sha256 signer_certificate(const struct signer *s); /* of the certificate in DER */
size_t signer_reserve_bytes(const struct signer *s);      /* of a CMS, for the hole in a PDF */

/* Signs `data`; `name` stands for it in messages. False after a report. */
bool sign_detached(struct signer *s, struct arena *a, struct diags *d, str name, str data,
                   str *der);

/* What stands in a PDF before the zeros that a signature will replace, two for
 * each of its bytes, and the '>' that closes them. */
#define SIGN_HOLE "/ByteRange [0 0000000000 0000000000 0000000000]\n/Contents <"

/* Fills the hole that write/pdf left for a seal, in place; the size stays. A
 * file without exactly one such hole is refused. After a failure the bytes are
 * what they were. */
bool sign_pdf(struct signer *s, struct arena *a, struct diags *d, str name, char *pdf,
              size_t size_bytes);

#endif
