/* verify/trust: the certificates that the caller pinned, and chains that lead to them. */
#include "verify/cms_int.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>
#include <stdlib.h>

#include "base/fatal.h"

struct trust {
    X509_STORE *store;
    size_t count;
};

/* 112 bits of strength, no SHA-1: X509_VERIFY_PARAM's second level. */
enum { AUTH_LEVEL = 2, CHAIN_DEPTH_MAX = CMS_CERTIFICATES_MAX + 1 };

static struct trust *trust_new(void)
{
    struct trust *t = calloc(1, sizeof *t);
    if (t == NULL || (t->store = X509_STORE_new()) == NULL)
        fatal("no memory for certificates");
    X509_VERIFY_PARAM *p = X509_STORE_get0_param(t->store);
    /* Days are compared by us: a certificate is valid on all of its last day. */
    X509_VERIFY_PARAM_set_flags(p, X509_V_FLAG_PARTIAL_CHAIN | X509_V_FLAG_NO_CHECK_TIME);
    X509_VERIFY_PARAM_set_purpose(p, X509_PURPOSE_ANY);
    X509_VERIFY_PARAM_set_auth_level(p, AUTH_LEVEL);
    X509_VERIFY_PARAM_set_depth(p, CHAIN_DEPTH_MAX);
    return t;
}

/* Why the bundle cannot be used, or NULL. */
static const char *add_all(struct trust *t, BIO *in)
{
    X509 *x;
    while ((x = PEM_read_bio_X509(in, NULL, NULL, (void *)"")) != NULL) {
        bool added = t->count < TRUST_CERTIFICATES_MAX && X509_STORE_add_cert(t->store, x) == 1;
        X509_free(x);
        if (!added)
            return "it holds more certificates than a person can check";
        t->count++;
    }
    bool at_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
    if (!at_end)
        return "a certificate in it is broken";
    return t->count == 0 ? "it holds no certificate" : NULL;
}

struct trust *trust_read(str pem, const char **why)
{
    OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, NULL);
    *why = pem.n > TRUST_BYTES_MAX ? "it is larger than its limit" : NULL;
    if (*why != NULL)
        return NULL;
    struct trust *t = trust_new();
    BIO *in = BIO_new_mem_buf(pem.n ? pem.p : "", (int)pem.n);
    if (in == NULL)
        fatal("no memory for certificates");
    *why = add_all(t, in);
    BIO_free(in);
    ERR_clear_error();
    if (*why == NULL)
        return t;
    trust_free(t);
    return NULL;
}

void trust_free(struct trust *t)
{
    if (t == NULL)
        return;
    X509_STORE_free(t->store);
    free(t);
}

bool asn1_moment(const ASN1_TIME *t, date *day, int64_t *seconds)
{
    struct tm tm;
    if (t == NULL || ASN1_TIME_to_tm(t, &tm) != 1)
        return false;
    *day = date_from((struct ymd){tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday});
    *seconds = (int64_t)*day * 86400 + tm.tm_hour * 3600 + tm.tm_min * 60 + tm.tm_sec;
    return true;
}

/* Days that cannot be read make an interval that holds no day. */
struct days certificate_days(const X509 *x)
{
    struct days d;
    int64_t seconds;
    if (asn1_moment(X509_get0_notBefore(x), &d.from, &seconds) &&
        asn1_moment(X509_get0_notAfter(x), &d.to, &seconds))
        return d;
    return (struct days){INT32_MAX, INT32_MIN};
}

static struct days chain_days(STACK_OF(X509) * chain)
{
    struct days all = {INT32_MIN, INT32_MAX};
    for (int i = 0; i < sk_X509_num(chain); i++) {
        struct days d = certificate_days(sk_X509_value(chain, i));
        all.from = d.from > all.from ? d.from : all.from;
        all.to = d.to < all.to ? d.to : all.to;
    }
    return all;
}

bool trust_vouches(const struct trust *t, X509 *leaf, STACK_OF(X509) * others, struct days *days)
{
    if (t == NULL)
        return false;
    X509_STORE_CTX *ctx = X509_STORE_CTX_new();
    bool fine = ctx != NULL && X509_STORE_CTX_init(ctx, t->store, leaf, others) == 1 &&
                X509_verify_cert(ctx) == 1;
    if (fine)
        *days = chain_days(X509_STORE_CTX_get0_chain(ctx));
    X509_STORE_CTX_free(ctx);
    ERR_clear_error();
    return fine;
}
