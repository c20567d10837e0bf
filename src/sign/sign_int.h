/* sign/sign_int: what the steps of signing share.
 *
 * Objects of libcrypto are owned by struct signer and freed by signer_close.
 * Where libcrypto fails without a reason that a user could mend (no memory),
 * the process ends. */
#ifndef SIGN_INT_H
#define SIGN_INT_H

#include <openssl/cms.h>
#include <openssl/x509.h>

#include "sign/rules.h"
#include "sign/sign.h"

struct token;

struct signer {
    struct arena *arena;
    EVP_PKEY *key;
    X509 *certificate;
    STACK_OF(X509) * chain; /* without the signer's own */
    struct token *token;    /* NULL: the key is in memory */
    str name, source;       /* of the certificate; what messages about the key name */
    bool is_demo;
    struct sha256 fingerprint;
    const char *tsa; /* NULL: no time stamps */
};

/* While a signer is opened. */
struct opening {
    struct signer *signer;
    struct arena *arena;
    struct diags *diags;
    const struct sign_request *request;
    struct passphrase *passphrase;
};

/* A place that is a whole file. */
struct span sign_place(struct diags *d, const char *path);
/* libcrypto's words for what went wrong first, for messages; forgets all of it. */
str sign_reason(struct arena *a);
_Noreturn void sign_no_memory(void);

/* passphrase.c: asked for once, at the first need. */
enum { PASSPHRASE_BYTES_MAX = 1000 };
struct passphrase {
    struct diags *diags;
    int fd; /* -1: the terminal */
    bool is_asked, is_missing;
    char text[PASSPHRASE_BYTES_MAX + 2];
    size_t n;
};
/* `what` it opens, in the words of the prompt. False after a report. */
bool passphrase_get(struct passphrase *p, str what);
void passphrase_forget(struct passphrase *p);

/* key.c: files. Each fills key, certificate and chain; false after a report. */
bool key_open_pem(struct opening *o);
bool key_open_p12(struct opening *o);
/* Certificates of a PEM file: the first becomes the signer's unless there is one. */
bool key_add_certificates(struct opening *o, const char *path);
void key_add_chain(struct signer *s, X509 *certificate); /* takes it over */

/* token.c */
bool token_open(struct opening *o);
void token_close(struct token *t); /* after the key was freed; NULL is fine */

/* certificate.c: whether the signer may sign on that day; learns its name. */
bool certificate_judge(struct opening *o);

/* cms.c: a detached CMS over data with this hash. False after a report. */
bool cms_sign(struct signer *s, struct arena *a, struct diags *d, str name, struct sha256 digest,
              str *der);

/* stamp.c: asks for a time stamp of the signature value and adds it. */
bool stamp_is_address(struct diags *d, const char *url);
bool stamp_add(const struct signer *s, struct arena *a, struct diags *d, str name,
               CMS_SignerInfo *signature);

#endif
