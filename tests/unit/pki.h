/* unit/pki: throw-away keys and certificates for tests of signatures. */
#ifndef UNIT_PKI_H
#define UNIT_PKI_H

#include <openssl/evp.h>
#include <openssl/x509.h>

/* NULL where the usual is meant: valid 2020 to 2059, for signing documents. */
struct pki_wish {
    const char *name, *unit;
    const char *from, *to;   /* "20200101000000Z" */
    const char *usage;       /* "" none; else as in openssl's configuration */
    const char *purposes;    /* the same */
    const char *constraints; /* "CA:FALSE" */
};

EVP_PKEY *pki_rsa(unsigned bits);
EVP_PKEY *pki_ec(const char *curve);
/* Signed by `issuer`, whose subject is `by`; NULL: by itself. */
X509 *pki_certificate(EVP_PKEY *key, const struct pki_wish *wish, EVP_PKEY *issuer, X509 *by);
void pki_write_key(const char *path, EVP_PKEY *key, const char *passphrase);
void pki_write_certificates(const char *path, X509 *const *list, size_t count);
void pki_write_p12(const char *path, EVP_PKEY *key, X509 *certificate, const char *passphrase);

#endif
