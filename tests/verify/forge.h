/* verify/forge: keys, certificates and signatures for tests, right ones and wrong ones.
 *
 * Everything is made on the spot with libcrypto. A step that fails ends the
 * program: then the tests are broken, not what they test. */
#ifndef VERIFY_FORGE_H
#define VERIFY_FORGE_H

#include "base/date.h"
#include "base/hash.h"

enum forge_key { FORGE_P256, FORGE_RSA3072, FORGE_RSA2048, FORGE_P384 };

struct forger;
struct forge_spec {
    const char *name; /* CN */
    const char *unit; /* OU, or NULL */
    enum forge_key key;
    const char *from, *to;              /* days; NULL: 2020-01-01, 2039-12-31 */
    const struct forger *issuer;        /* NULL: signs itself */
    const struct forger *same_key;      /* another certificate for a key that is there */
    bool same_serial;                   /* and under its number */
    bool issues, stamps, only_encrypts; /* what the certificate is for; none: signing */
};
struct forger *forger_new(struct arena *a, const struct forge_spec *spec);
void forgers_free(void); /* all that were made */
str forger_pem(struct arena *a, const struct forger *f);
str forger_der(struct arena *a, const struct forger *f); /* its certificate */
struct sha256 forger_certificate(const struct forger *f);

/* How a signature departs from the accepted form. */
struct forge_options {
    bool signing_time, without_attributes, without_certificate_name, sha384, attached, two_signers;
    bool without_certificate, by_key_id, unsigned_junk;
    const struct forger *chain[4];    /* further certificates inside */
    const struct forger *certificate; /* another one of the same key */
    const struct forger *key;         /* whose key signs in secret */
    const struct forger *stamp;       /* who stamps */
    date stamped;
    bool stamp_of_other; /* the stamp is of another signature */
};
/* Detached CMS over both parts; how may be NULL. */
str forge_cms(struct arena *a, const struct forger *f, str first, str second,
              const struct forge_options *how);

#endif
