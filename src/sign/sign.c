/* sign: opens a signer, signs bytes. */
#include "sign/sign_int.h"

#include <openssl/crypto.h>
#include <openssl/err.h>

#include "base/fatal.h"

struct span sign_place(struct diags *d, const char *path)
{
    return (struct span){diags_source(d, str_from(path), S("")), 0, 0};
}

str sign_reason(struct arena *a)
{
    const char *words = ERR_reason_error_string(ERR_peek_error());
    str reason = str_dup(a, words ? str_from(words) : S("no reason given"));
    ERR_clear_error();
    return reason;
}

void sign_no_memory(void)
{
    const char *words = ERR_reason_error_string(ERR_peek_error());
    fatal("the cryptographic library failed: %s", words ? words : "no reason given");
}

static bool open_key(struct opening *o)
{
    if (o->request->p12)
        return key_open_p12(o);
    return o->request->pkcs11 ? token_open(o) : key_open_pem(o);
}

static bool open_all(struct opening *o)
{
    const struct sign_request *r = o->request;
    return (!r->tsa || stamp_is_address(o->diags, r->tsa)) && open_key(o) &&
           (!r->chain || key_add_certificates(o, r->chain)) && certificate_judge(o);
}

struct signer *signer_open(struct arena *a, struct diags *d, const struct sign_request *request)
{
    struct signer *s = NEW(a, struct signer);
    struct passphrase passphrase = {.diags = d, .fd = request->passphrase_fd};
    struct opening o = {s, a, d, request, &passphrase};
    /* What a file of settings says must not change what is signed. */
    OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, NULL);
    *s = (struct signer){.arena = a, .chain = sk_X509_new_null(), .tsa = request->tsa};
    if (!s->chain)
        sign_no_memory();
    bool fine = open_all(&o);
    passphrase_forget(&passphrase);
    ERR_clear_error();
    if (fine)
        return s;
    signer_close(s);
    return NULL;
}

void signer_close(struct signer *s)
{
    EVP_PKEY_free(s->key);
    X509_free(s->certificate);
    sk_X509_pop_free(s->chain, X509_free);
    token_close(s->token);
    *s = (struct signer){0};
}

str signer_name(const struct signer *s)
{
    return s->name;
}

bool signer_is_demo(const struct signer *s)
{
    return s->is_demo;
}

struct sha256 signer_certificate(const struct signer *s)
{
    return s->fingerprint;
}

static size_t der_bytes(X509 *certificate)
{
    int n = i2d_X509(certificate, NULL);
    if (n <= 0)
        sign_no_memory();
    return (size_t)n;
}

/* Attributes, names and numbers take below 1 KB beside the certificates. */
size_t signer_reserve_bytes(const struct signer *s)
{
    enum { AROUND = 1024, AROUND_STAMP = 64 };
    size_t bytes = AROUND + (size_t)EVP_PKEY_get_size(s->key) + der_bytes(s->certificate);
    for (int i = 0; i < sk_X509_num(s->chain); i++)
        bytes += der_bytes(sk_X509_value(s->chain, i));
    return bytes + (s->tsa ? SIGN_STAMP_BYTES_MAX + AROUND_STAMP : 0);
}

bool sign_detached(struct signer *s, struct arena *a, struct diags *d, str name, str data, str *der)
{
    return cms_sign(s, a, d, name, sha256_of(data), der);
}
