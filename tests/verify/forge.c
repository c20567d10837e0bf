/* verify/forge: keys, certificates and signatures for tests, right ones and wrong ones. */
#include "forge.h"

#include <openssl/cms.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/ts.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

enum { SECONDS_PER_DAY = 86400, ATTRIBUTES_MAX = 8 };

struct forger {
    EVP_PKEY *key;
    X509 *certificate;
    struct forger *before; /* the one that was made before */
};
static struct forger *last_made;

/* Ends the program where libcrypto refuses: no test of ours means that. */
static void must(bool fine, const char *what)
{
    if (fine)
        return;
    fprintf(stderr, "forge: %s\n", what);
    ERR_print_errors_fp(stderr);
    abort();
}

static EVP_PKEY *new_key(enum forge_key kind)
{
    EVP_PKEY *key = kind == FORGE_P256      ? EVP_EC_gen("P-256")
                    : kind == FORGE_P384    ? EVP_EC_gen("P-384")
                    : kind == FORGE_RSA2048 ? EVP_RSA_gen(2048)
                                            : EVP_RSA_gen(3072);
    must(key != NULL, "key");
    return key;
}

static void add_extension(X509 *x, X509 *issuer, int nid, const char *value)
{
    X509V3_CTX ctx;
    X509V3_set_ctx(&ctx, issuer, x, NULL, NULL, 0);
    X509_EXTENSION *e = X509V3_EXT_conf_nid(NULL, &ctx, nid, value);
    must(e != NULL && X509_add_ext(x, e, -1) == 1, "extension");
    X509_EXTENSION_free(e);
}

static void add_name(X509_NAME *name, const char *field, const char *value)
{
    must(X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8, (const unsigned char *)value, -1,
                                    -1, 0) == 1,
         "name");
}

static void set_days(X509 *x, const struct forge_spec *spec)
{
    date from, to;
    must(date_parse(str_from(spec->from ? spec->from : "2020-01-01"), &from) &&
             date_parse(str_from(spec->to ? spec->to : "2039-12-31"), &to),
         "days");
    must(ASN1_TIME_set(X509_getm_notBefore(x), (time_t)from * SECONDS_PER_DAY) != NULL &&
             ASN1_TIME_set(X509_getm_notAfter(x), (time_t)to * SECONDS_PER_DAY + 86399) != NULL,
         "validity");
}

static void set_uses(X509 *x, X509 *issuer, const struct forge_spec *spec)
{
    add_extension(x, issuer, NID_basic_constraints,
                  spec->issues ? "critical,CA:TRUE" : "critical,CA:FALSE");
    add_extension(x, issuer, NID_subject_key_identifier, "hash");
    if (spec->stamps)
        add_extension(x, issuer, NID_ext_key_usage, "critical,timeStamping");
    add_extension(x, issuer, NID_key_usage,
                  spec->only_encrypts ? "critical,keyAgreement"
                  : spec->issues      ? "critical,keyCertSign,cRLSign,digitalSignature"
                                      : "critical,digitalSignature,nonRepudiation");
}

struct forger *forger_new(struct arena *a, const struct forge_spec *spec)
{
    static long serial = 1000;
    struct forger *f = NEW(a, struct forger);
    X509 *x = X509_new();
    must(x != NULL, "certificate");
    f->before = last_made;
    last_made = f;
    f->key = spec->same_key ? spec->same_key->key : new_key(spec->key);
    if (spec->same_key)
        EVP_PKEY_up_ref(f->key);
    f->certificate = x;
    X509 *issuer = spec->issuer ? spec->issuer->certificate : x;
    X509_NAME *name = X509_get_subject_name(x);
    add_name(name, "O", "Test");
    if (spec->unit != NULL)
        add_name(name, "OU", spec->unit);
    add_name(name, "CN", spec->name);
    long number = spec->same_serial
                      ? ASN1_INTEGER_get(X509_get0_serialNumber(spec->same_key->certificate))
                      : ++serial;
    must(X509_set_version(x, 2) == 1 && ASN1_INTEGER_set(X509_get_serialNumber(x), number) == 1 &&
             X509_set_issuer_name(x, X509_get_subject_name(issuer)) == 1 &&
             X509_set_pubkey(x, f->key) == 1,
         "certificate");
    set_days(x, spec);
    set_uses(x, issuer, spec);
    must(X509_sign(x, spec->issuer ? spec->issuer->key : f->key, EVP_sha256()) > 0, "sign");
    return f;
}

void forgers_free(void)
{
    for (; last_made != NULL; last_made = last_made->before) {
        EVP_PKEY_free(last_made->key);
        X509_free(last_made->certificate);
    }
}

static str taken(struct arena *a, BIO *b)
{
    char *p;
    long n = BIO_get_mem_data(b, &p);
    str text = str_dup(a, (str){p, (size_t)n});
    BIO_free(b);
    return text;
}

str forger_pem(struct arena *a, const struct forger *f)
{
    BIO *b = BIO_new(BIO_s_mem());
    must(b != NULL && PEM_write_bio_X509(b, f->certificate) == 1, "pem");
    return taken(a, b);
}

str forger_der(struct arena *a, const struct forger *f)
{
    unsigned char *der = NULL;
    int size = i2d_X509(f->certificate, &der);
    must(size > 0, "der");
    str bytes = str_dup(a, (str){(const char *)der, (size_t)size});
    OPENSSL_free(der);
    return bytes;
}

struct sha256 forger_certificate(const struct forger *f)
{
    struct sha256 h = {{0}};
    unsigned size = sizeof h.byte;
    must(X509_digest(f->certificate, EVP_sha256(), h.byte, &size) == 1, "digest");
    return h;
}

/* -- Time stamps ------------------------------------------------------------------ */

static ASN1_INTEGER *stamp_serial(TS_RESP_CTX *ctx, void *data)
{
    ASN1_INTEGER *serial = ASN1_INTEGER_new();
    (void)ctx;
    (void)data;
    must(serial != NULL && ASN1_INTEGER_set(serial, 7) == 1, "serial");
    return serial;
}

static int stamp_time(TS_RESP_CTX *ctx, void *data, long *seconds, long *micro)
{
    (void)ctx;
    *seconds = (long)*(const date *)data * SECONDS_PER_DAY + 43200;
    *micro = 0;
    return 1;
}

static BIO *stamp_request(str signature)
{
    struct sha256 h = sha256_of(signature);
    TS_REQ *request = TS_REQ_new();
    TS_MSG_IMPRINT *imprint = TS_MSG_IMPRINT_new();
    X509_ALGOR *algorithm = X509_ALGOR_new();
    BIO *b = BIO_new(BIO_s_mem());
    must(request && imprint && algorithm && b, "memory");
    X509_ALGOR_set_md(algorithm, EVP_sha256());
    must(TS_REQ_set_version(request, 1) && TS_MSG_IMPRINT_set_algo(imprint, algorithm) &&
             TS_MSG_IMPRINT_set_msg(imprint, h.byte, sizeof h.byte) &&
             TS_REQ_set_msg_imprint(request, imprint) && TS_REQ_set_cert_req(request, 1) &&
             i2d_TS_REQ_bio(b, request),
         "request");
    TS_REQ_free(request);
    TS_MSG_IMPRINT_free(imprint);
    X509_ALGOR_free(algorithm);
    return b;
}

static str stamp_token(struct arena *a, const struct forger *f, date day, str signature)
{
    TS_RESP_CTX *ctx = TS_RESP_CTX_new();
    ASN1_OBJECT *policy = OBJ_txt2obj("1.2.3.4.1", 1);
    BIO *request = stamp_request(signature);
    must(ctx && policy, "stamp");
    TS_RESP_CTX_set_serial_cb(ctx, stamp_serial, NULL);
    TS_RESP_CTX_set_time_cb(ctx, stamp_time, &day);
    must(TS_RESP_CTX_set_signer_cert(ctx, f->certificate) &&
             TS_RESP_CTX_set_signer_key(ctx, f->key) &&
             TS_RESP_CTX_set_signer_digest(ctx, EVP_sha256()) &&
             TS_RESP_CTX_set_ess_cert_id_digest(ctx, EVP_sha256()) &&
             TS_RESP_CTX_set_def_policy(ctx, policy) && TS_RESP_CTX_add_md(ctx, EVP_sha256()),
         "stamp");
    TS_RESP *response = TS_RESP_create_response(ctx, request);
    PKCS7 *token = response ? TS_RESP_get_token(response) : NULL;
    unsigned char *der = NULL;
    int size = token ? i2d_PKCS7(token, &der) : 0;
    must(size > 0, "stamp");
    str bytes = str_dup(a, (str){(const char *)der, (size_t)size});
    OPENSSL_free(der);
    TS_RESP_free(response);
    TS_RESP_CTX_free(ctx);
    ASN1_OBJECT_free(policy);
    BIO_free(request);
    return bytes;
}

/* -- Signatures ------------------------------------------------------------------- */

static int by_encoding(const void *a, const void *b)
{
    return str_cmp(*(const str *)a, *(const str *)b);
}

/* What is signed: the attributes as a DER SET. */
static str attributes_der(struct arena *a, CMS_SignerInfo *si)
{
    str attr[ATTRIBUTES_MAX];
    int count = CMS_signed_get_attr_count(si);
    must(count > 0 && count <= ATTRIBUTES_MAX, "attributes");
    int size = 0;
    for (int i = 0; i < count; i++) {
        unsigned char *der = NULL;
        int n = i2d_X509_ATTRIBUTE(CMS_signed_get_attr(si, i), &der);
        must(n > 0, "attribute");
        attr[i] = str_dup(a, (str){(const char *)der, (size_t)n});
        size += n;
        OPENSSL_free(der);
    }
    qsort(attr, (size_t)count, sizeof *attr, by_encoding);
    unsigned char head[8], *p = head;
    ASN1_put_object(&p, 1, size, V_ASN1_SET, V_ASN1_UNIVERSAL);
    struct buf b = buf_in(a, (size_t)size + sizeof head);
    buf_add(&b, (str){(const char *)head, (size_t)(p - head)});
    for (int i = 0; i < count; i++)
        buf_add(&b, attr[i]);
    return buf_str(&b);
}

static str signature_over(struct arena *a, const struct forger *f, const EVP_MD *md, str bytes)
{
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    size_t size = 0;
    const unsigned char *p = (const unsigned char *)bytes.p;
    must(ctx && EVP_DigestSignInit(ctx, NULL, md, NULL, f->key) == 1 &&
             EVP_DigestSign(ctx, NULL, &size, p, bytes.n) == 1,
         "signature");
    char *out = NEW_ARRAY(a, char, size);
    must(EVP_DigestSign(ctx, (unsigned char *)out, &size, p, bytes.n) == 1, "signature");
    EVP_MD_CTX_free(ctx);
    return (str){out, size};
}

static void add_digest(CMS_SignerInfo *si, const EVP_MD *md, str content)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    must(EVP_Digest(content.p, content.n, digest, &size, md, NULL) == 1 &&
             CMS_signed_add1_attr_by_NID(si, NID_pkcs9_messageDigest, V_ASN1_OCTET_STRING, digest,
                                         (int)size) == 1,
         "digest");
}

static void add_time(CMS_SignerInfo *si)
{
    ASN1_TIME *t = ASN1_TIME_set(NULL, 1780000000);
    must(t && CMS_signed_add1_attr_by_NID(si, NID_pkcs9_signingTime, t->type, t, -1) == 1, "time");
    ASN1_TIME_free(t);
}

static void add_unsigned(struct arena *a, CMS_SignerInfo *si, str signature,
                         const struct forge_options *how)
{
    if (how->unsigned_junk)
        must(CMS_unsigned_add1_attr_by_NID(si, NID_pkcs9_challengePassword, V_ASN1_UTF8STRING,
                                           "junk", 4) == 1,
             "junk");
    if (how->stamp == NULL)
        return;
    str of = how->stamp_of_other ? S("another signature") : signature;
    str token = stamp_token(a, how->stamp, how->stamped, of);
    must(CMS_unsigned_add1_attr_by_NID(si, NID_id_smime_aa_timeStampToken, V_ASN1_SEQUENCE, token.p,
                                       (int)token.n) == 1,
         "stamp");
}

static void add_signer(struct arena *a, CMS_ContentInfo *cms, const struct forger *f, str content,
                       const struct forge_options *how)
{
    bool again = sk_CMS_SignerInfo_num(CMS_get0_SignerInfos(cms)) > 0;
    const EVP_MD *md = how->sha384 ? EVP_sha384() : EVP_sha256();
    unsigned flags = CMS_PARTIAL | CMS_BINARY | CMS_NOSMIMECAP;
    flags |= how->without_certificate_name ? 0 : CMS_CADES;
    flags |= how->without_certificate || again ? CMS_NOCERTS : 0;
    flags |= how->by_key_id ? CMS_USE_KEYID : 0;
    X509 *x = how->certificate ? how->certificate->certificate : f->certificate;
    CMS_SignerInfo *si = CMS_add1_signer(cms, x, f->key, md, flags);
    must(si != NULL, "signer");
    must(CMS_signed_add1_attr_by_NID(si, NID_pkcs9_contentType, V_ASN1_OBJECT,
                                     OBJ_nid2obj(NID_pkcs7_data), -1) == 1,
         "content type");
    if (how->signing_time)
        add_time(si);
    add_digest(si, md, content);
    str signature = signature_over(a, how->key ? how->key : f, md, attributes_der(a, si));
    must(ASN1_STRING_set(CMS_SignerInfo_get0_signature(si), signature.p, (int)signature.n) == 1,
         "signature");
    add_unsigned(a, si, signature, how);
}

/* Without attributes the content itself is signed, which CMS_sign does by itself. */
static CMS_ContentInfo *sign_plainly(const struct forger *f, str content, unsigned flags)
{
    BIO *in = BIO_new_mem_buf(content.p, (int)content.n);
    CMS_ContentInfo *cms = CMS_sign(f->certificate, f->key, NULL, in, flags);
    BIO_free(in);
    return cms;
}

str forge_cms(struct arena *a, const struct forger *f, str first, str second,
              const struct forge_options *how)
{
    static const struct forge_options plain;
    struct buf b = buf_in(a, first.n + second.n + 1);
    buf_add(&b, first);
    buf_add(&b, second);
    how = how ? how : &plain;
    CMS_ContentInfo *cms;
    if (how->without_attributes || how->attached) {
        unsigned flags = CMS_BINARY | CMS_NOSMIMECAP | CMS_CADES;
        flags |= how->without_attributes ? CMS_NOATTR | CMS_DETACHED : 0;
        cms = sign_plainly(f, buf_str(&b), flags);
        must(cms != NULL, "plain");
    } else {
        cms = CMS_sign(NULL, NULL, NULL, NULL, CMS_PARTIAL | CMS_DETACHED | CMS_BINARY);
        must(cms != NULL, "cms");
        add_signer(a, cms, f, buf_str(&b), how);
        if (how->two_signers)
            add_signer(a, cms, f, buf_str(&b), how);
    }
    for (size_t i = 0; i < 4 && how->chain[i] != NULL; i++)
        must(CMS_add1_cert(cms, how->chain[i]->certificate) == 1, "chain");
    unsigned char *der = NULL;
    int size = i2d_CMS_ContentInfo(cms, &der);
    must(size > 0, "der");
    str out = str_dup(a, (str){(const char *)der, (size_t)size});
    OPENSSL_free(der);
    CMS_ContentInfo_free(cms);
    return out;
}
