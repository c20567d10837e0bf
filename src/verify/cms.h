/* verify/cms: who signed these bytes, and is it true.
 *
 * Judges one detached CMS signature (RFC 5652, DER). Accepted is one form only:
 * version 1, SHA-256, one SignerInfo that names its certificate by issuer and
 * serial number, signed attributes content-type, message-digest and
 * signing-certificate-v2 and no other, RSA from 3072 bits (PKCS#1 v1.5) or ECDSA
 * on P-256, at most CMS_CERTIFICATES_MAX certificates of which each is of use,
 * and unsigned attributes none or one RFC 3161 time stamp.
 *
 * Every byte is judged but those of one certificate: the last of a chain inside, when
 * its issuer is in no list. It vouches for nobody then.
 *
 * Trust is a list of certificates that the caller pins; the machine's own store
 * and OpenSSL's configuration files are never asked. Days are those of UTC. */
#ifndef VERIFY_CMS_H
#define VERIFY_CMS_H

#include "base/date.h"
#include "base/hash.h"

enum {
    CMS_BYTES_MAX = 64 * 1024, /* four certificates of 4 KiB, a time stamp of 8 KiB, and room */
    CMS_CERTIFICATES_MAX = 4,  /* signer, two issuers, root */
    TRUST_BYTES_MAX = 1024 * 1024,
    TRUST_CERTIFICATES_MAX = 256, /* a pinned list that a person can still check */
    SIGNER_NAME_BYTES_MAX = 200,
};

enum cms_fault {
#define CMS_FAULT(name, words) CMS_##name,
#include "verify/cms.def"
    CMS_FAULT_COUNT
};
const char *cms_fault_words(enum cms_fault fault); /* to follow "the signature" */

enum signer_state {
    SIGNER_INVALID,    /* see the fault */
    SIGNER_UNKNOWN,    /* whole, but by nobody in the list, or no list was given */
    SIGNER_VALID_THEN, /* by one in the list whose certificate was valid then, not today */
    SIGNER_VALID_NOW,  /* valid then and today */
};

struct trust;
/* The certificates of a PEM bundle. NULL with words in *why when it holds none, too many
 * or a broken one. */
struct trust *trust_read(str pem, const char **why);
void trust_free(struct trust *t); /* NULL is fine */

struct cms_question {
    str der;
    str part[2];               /* what was signed, one after the other; the second may be empty */
    const struct trust *trust; /* NULL: nobody is trusted */
    date as_of;                /* when it was signed, unless a trusted time stamp knows better */
    date today;                /* the day that is asked about */
};

struct cms_verdict {
    enum cms_fault fault;
    enum signer_state state;
    bool has_signer;           /* the next five are known, though the fault may deny them */
    struct sha256 certificate; /* of its DER */
    str name;                  /* common name as the certificate writes it, shortened; UTF-8 */
    bool demo;                 /* the subject holds OU=DEMO: a key that anybody may have */
    date from, to;             /* first and last day of the certificate */
    struct sha256 content;     /* digest that the signature speaks of; zeros: unknown */
    bool stamped;              /* a time stamp is there, whole and of this signature */
    bool stamp_trusted;        /* and its authority is in the list; only then it counts */
    int64_t stamped_at;        /* seconds since 1970 */
};
/* The name is put into the arena. */
struct cms_verdict cms_judge(struct arena *a, const struct cms_question *q);

#endif
