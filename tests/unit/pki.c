/* unit/pki: throw-away keys and certificates for tests of signatures. */
#include "pki.h"

#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>
#include <string.h>

#include "unit.h"

EVP_PKEY *pki_rsa(unsigned bits)
{
    EVP_PKEY *key = EVP_RSA_gen(bits);
    assert_non_null(key);
    return key;
}

EVP_PKEY *pki_ec(const char *curve)
{
    EVP_PKEY *key = EVP_EC_gen(curve);
    assert_non_null(key);
    return key;
}

static void add_extension(X509 *x, int nid, const char *value)
{
    X509V3_CTX context;
    if (value[0] == 0)
        return;
    X509V3_set_ctx(&context, x, x, NULL, NULL, 0);
    X509_EXTENSION *e = X509V3_EXT_conf_nid(NULL, &context, nid, value);
    assert_non_null(e);
    assert_int_equal(X509_add_ext(x, e, -1), 1);
    X509_EXTENSION_free(e);
}

static void add_name(X509_NAME *to, const char *field, const char *value)
{
    if (value)
        assert_int_equal(X509_NAME_add_entry_by_txt(to, field, MBSTRING_UTF8,
                                                    (const unsigned char *)value, -1, -1, 0),
                         1);
}

X509 *pki_certificate(EVP_PKEY *key, const struct pki_wish *w, EVP_PKEY *issuer, X509 *by)
{
    static long serial;
    X509 *x = X509_new();
    X509_set_version(x, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(x), ++serial);
    ASN1_TIME_set_string(X509_getm_notBefore(x), w->from ? w->from : "20200101000000Z");
    ASN1_TIME_set_string(X509_getm_notAfter(x), w->to ? w->to : "20591231235959Z");
    X509_set_pubkey(x, key);
    add_name(X509_get_subject_name(x), "CN", w->name);
    add_name(X509_get_subject_name(x), "OU", w->unit);
    X509_set_issuer_name(x, X509_get_subject_name(by ? by : x));
    add_extension(x, NID_basic_constraints, w->constraints ? w->constraints : "critical,CA:FALSE");
    add_extension(x, NID_key_usage, w->usage ? w->usage : "critical,digitalSignature");
    add_extension(x, NID_ext_key_usage, w->purposes ? w->purposes : "1.3.6.1.5.5.7.3.36");
    assert_true(X509_sign(x, issuer ? issuer : key, EVP_sha256()) > 0);
    return x;
}

static BIO *open_file(const char *path)
{
    BIO *out = BIO_new_file(path, "w");
    assert_non_null(out);
    return out;
}

void pki_write_key(const char *path, EVP_PKEY *key, const char *passphrase)
{
    BIO *out = open_file(path);
    assert_int_equal(
        PEM_write_bio_PKCS8PrivateKey(out, key, passphrase ? EVP_aes_256_cbc() : NULL, passphrase,
                                      passphrase ? (int)strlen(passphrase) : 0, NULL, NULL),
        1);
    BIO_free(out);
}

void pki_write_certificates(const char *path, X509 *const *list, size_t count)
{
    BIO *out = open_file(path);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(PEM_write_bio_X509(out, list[i]), 1);
    BIO_free(out);
}

void pki_write_p12(const char *path, EVP_PKEY *key, X509 *certificate, const char *passphrase)
{
    BIO *out = open_file(path);
    PKCS12 *file = PKCS12_create(passphrase, "test", key, certificate, NULL, 0, 0, 0, 0, 0);
    assert_non_null(file);
    assert_int_equal(i2d_PKCS12_bio(out, file), 1);
    PKCS12_free(file);
    BIO_free(out);
}
