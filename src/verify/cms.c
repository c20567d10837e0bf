/* verify/cms: who signed these bytes, and is it true. */
#include "verify/cms.h"

#include "verify/cms_int.h"
#include "verify/der_int.h"

#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/ess.h>
#include <openssl/x509v3.h>
#include <string.h>

enum { RSA_BITS_MIN = 3072, RSA_BITS_MAX = 8192 /* larger ones only cost the reader time */ };

const char *cms_fault_words(enum cms_fault fault)
{
    static const char *const words[] = {
#define CMS_FAULT(name, text) [CMS_##name] = text,
#include "verify/cms.def"
    };
    return words[fault];
}

/* -- Two ranges as one stream ----------------------------------------------------------------- */

struct parts {
    str part[2];
};

static int parts_read(BIO *b, char *out, size_t size, size_t *got)
{
    struct parts *p = BIO_get_data(b);
    str *from = p->part[0].n != 0 ? &p->part[0] : &p->part[1];
    *got = from->n < size ? from->n : size;
    if (*got != 0)
        memcpy(out, from->p, *got);
    *from = str_skip(*from, *got);
    return *got != 0;
}

static long parts_control(BIO *b, int command, long number, void *pointer)
{
    const struct parts *p = BIO_get_data(b);
    (void)number;
    (void)pointer;
    return command == BIO_CTRL_EOF ? p->part[0].n + p->part[1].n == 0 : command == BIO_CTRL_FLUSH;
}

/* Made once; lives until exit. NULL: no memory. */
static BIO *parts_open(struct parts *p)
{
    static BIO_METHOD *method;
    if (method == NULL && (method = BIO_meth_new(BIO_TYPE_SOURCE_SINK, "ranges")) != NULL) {
        BIO_meth_set_read_ex(method, parts_read);
        BIO_meth_set_ctrl(method, parts_control);
    }
    BIO *b = method == NULL ? NULL : BIO_new(method);
    if (b != NULL) {
        BIO_set_data(b, p);
        BIO_set_init(b, 1);
    }
    return b;
}

/* -- The signer ------------------------------------------------------------------------------- */

/* What libcrypto made of the signature; opened and closed together. */
struct judging {
    const struct cms_question *question;
    struct cms_shape shape;
    CMS_ContentInfo *cms;
    CMS_SignerInfo *info;      /* inside cms */
    X509 *signer;              /* inside cms */
    STACK_OF(X509) * embedded; /* signer first */
};

static struct sha256 hash_of_certificate(X509 *x)
{
    struct sha256 h = {{0}};
    unsigned char *der = NULL;
    int size = i2d_X509(x, &der);
    if (size > 0)
        h = sha256_of((str){(const char *)der, (size_t)size});
    OPENSSL_free(der);
    return h;
}

static bool name_entry(X509 *x, int nid, int *at, unsigned char **text, int *size)
{
    const X509_NAME *subject = X509_get_subject_name(x);
    *at = X509_NAME_get_index_by_NID(subject, nid, *at);
    if (*at < 0)
        return false;
    *size = ASN1_STRING_to_UTF8(text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, *at)));
    return *size >= 0;
}

/* Cut between characters: a name may be as long as it likes. */
static str shortened(str name)
{
    size_t n = 0, at = 0;
    while (at < name.n && at <= SIGNER_NAME_BYTES_MAX) {
        n = at;
        utf8_next(name, &at);
    }
    return at <= SIGNER_NAME_BYTES_MAX ? name : str_from_to(name, 0, n);
}

static str common_name(struct arena *a, X509 *x)
{
    unsigned char *text = NULL;
    int at = -1, size;
    if (!name_entry(x, NID_commonName, &at, &text, &size))
        return S("(no name)");
    str name = str_dup(a, shortened((str){(const char *)text, (size_t)size}));
    OPENSSL_free(text);
    return utf8_invalid_at(name) == SIZE_MAX ? name : S("(no name)");
}

static bool is_demo(X509 *x)
{
    unsigned char *text = NULL;
    bool found = false;
    for (int at = -1, size; !found && name_entry(x, NID_organizationalUnitName, &at, &text, &size);
         OPENSSL_free(text))
        found = str_eq((str){(const char *)text, (size_t)size}, S("DEMO"));
    return found;
}

static void note_signer(struct arena *a, X509 *x, struct cms_verdict *v)
{
    struct days days = certificate_days(x);
    v->has_signer = true;
    v->certificate = hash_of_certificate(x);
    v->name = common_name(a, x);
    v->demo = is_demo(x);
    v->from = days.from;
    v->to = days.to;
}

static bool key_is_accepted(X509 *x, bool is_ecdsa)
{
    EVP_PKEY *key = X509_get0_pubkey(x);
    char group[32];
    size_t size;
    if (key == NULL)
        return false;
    if (!is_ecdsa)
        return EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA &&
               EVP_PKEY_get_bits(key) >= RSA_BITS_MIN && EVP_PKEY_get_bits(key) <= RSA_BITS_MAX;
    return EVP_PKEY_get_base_id(key) == EVP_PKEY_EC &&
           EVP_PKEY_get_group_name(key, group, sizeof group, &size) == 1 &&
           strcmp(group, "prime256v1") == 0;
}

/* A certificate that says nothing about its use may sign. */
static bool usage_is_accepted(X509 *x)
{
    uint32_t usage = X509_get_key_usage(x);
    return (usage & (X509v3_KU_DIGITAL_SIGNATURE | X509v3_KU_NON_REPUDIATION)) != 0;
}

/* The signed attribute must name the very certificate: else another of the same key
 * could be put in its place. */
static bool names_certificate(const struct judging *j)
{
    const unsigned char *p = (const unsigned char *)j->shape.signing_certificate.p;
    const unsigned char *end = p + j->shape.signing_certificate.n;
    ESS_SIGNING_CERT_V2 *named =
        d2i_ESS_SIGNING_CERT_V2(NULL, &p, (long)j->shape.signing_certificate.n);
    bool fine =
        named != NULL && p == end && OSSL_ESS_check_signing_certs(NULL, named, j->embedded, 1) > 0;
    ESS_SIGNING_CERT_V2_free(named);
    return fine;
}

static bool is_signed_by(X509 *subject, X509 *issuer)
{
    EVP_PKEY *key = X509_get0_pubkey(issuer);
    return key != NULL && X509_verify(subject, key) == 1;
}

static bool issued(X509 *issuer, X509 *subject)
{
    return X509_check_issued(issuer, subject) == X509_V_OK && is_signed_by(subject, issuer);
}

/* Climbs from the signer; each certificate must be a step. Else bytes that nobody
 * looks at could be carried along, and changed. */
static bool every_certificate_is_of_use(const struct judging *j)
{
    bool used[CMS_CERTIFICATES_MAX] = {true};
    int count = sk_X509_num(j->embedded), steps = 1;
    X509 *at = j->signer;
    for (bool found = true; found;) {
        found = false;
        for (int i = 1; i < count && !found; i++) {
            X509 *next = sk_X509_value(j->embedded, i);
            if (used[i] || !issued(next, at))
                continue;
            used[i] = found = true;
            at = next;
            steps++;
        }
    }
    bool self_signed = X509_NAME_cmp(X509_get_subject_name(at), X509_get_issuer_name(at)) == 0;
    return steps == count && (!self_signed || is_signed_by(at, at));
}

/* Puts the signer first among the embedded certificates. */
static bool find_signer(struct judging *j)
{
    STACK_OF(X509) *all = CMS_get1_certs(j->cms);
    if (CMS_set1_signers_certs(j->cms, NULL, 0) == 1)
        CMS_SignerInfo_get0_algs(j->info, NULL, &j->signer, NULL, NULL);
    bool fine = j->signer != NULL && (j->embedded = sk_X509_new_null()) != NULL &&
                X509_add_cert(j->embedded, j->signer, X509_ADD_FLAG_UP_REF) == 1 &&
                X509_add_certs(j->embedded, all, X509_ADD_FLAG_UP_REF | X509_ADD_FLAG_NO_DUP) == 1;
    sk_X509_pop_free(all, X509_free);
    return fine && sk_X509_num(j->embedded) == (int)j->shape.certificate_count;
}

/* The certificate as it stands in the bytes, not as libcrypto would write it again. */
static bool stands_in_bytes(const struct judging *j, struct sha256 certificate)
{
    struct sha256 h = sha256_of(j->shape.signer);
    return memcmp(h.byte, certificate.byte, sizeof h.byte) == 0;
}

/* -- The judgement ---------------------------------------------------------------------------- */

static bool parse(struct judging *j)
{
    str der = j->question->der;
    const unsigned char *p = (const unsigned char *)der.p, *end = p + der.n;
    j->cms = d2i_CMS_ContentInfo(NULL, &p, (long)der.n);
    if (j->cms == NULL || p != end)
        return false;
    STACK_OF(CMS_SignerInfo) *infos = CMS_get0_SignerInfos(j->cms);
    j->info = sk_CMS_SignerInfo_num(infos) == 1 ? sk_CMS_SignerInfo_value(infos, 0) : NULL;
    return j->info != NULL && CMS_is_detached(j->cms) == 1;
}

static bool content_is_signed(const struct judging *j)
{
    struct parts parts = {{j->question->part[0], j->question->part[1]}};
    BIO *content = parts_open(&parts);
    /* Chains are our business: CMS_verify would want a purpose and a clock. */
    unsigned flags = CMS_BINARY | CMS_DETACHED | CMS_NO_SIGNER_CERT_VERIFY;
    bool fine = content != NULL && CMS_verify(j->cms, NULL, NULL, content, NULL, flags) == 1;
    BIO_free(content);
    return fine;
}

static enum cms_fault judge_signature(struct arena *a, struct judging *j, struct cms_verdict *v)
{
    if (!parse(j))
        return CMS_DER;
    if (!find_signer(j))
        return CMS_NO_SIGNER;
    note_signer(a, j->signer, v);
    if (!stands_in_bytes(j, v->certificate))
        return CMS_CERTIFICATES;
    if (!key_is_accepted(j->signer, j->shape.is_ecdsa))
        return CMS_KEY;
    if (!usage_is_accepted(j->signer))
        return CMS_USAGE;
    if (!names_certificate(j))
        return CMS_OTHER_CERTIFICATE;
    if (!every_certificate_is_of_use(j))
        return CMS_STRAY_CERTIFICATE;
    /* Is it the content that does not match, or the signature itself? */
    if (!content_is_signed(j))
        return CMS_SignerInfo_verify(j->info) == 1 ? CMS_CONTENT : CMS_SIGNATURE;
    if (j->shape.stamp.n != 0 &&
        !stamp_judge(j->shape.stamp, j->shape.signature, j->question->trust, v))
        return CMS_STAMP;
    return CMS_NONE;
}

static enum cms_fault judge_day(const struct days *days, date then)
{
    return then < days->from ? CMS_NOT_YET : then > days->to ? CMS_EXPIRED : CMS_NONE;
}

static void judge_signer(const struct judging *j, struct cms_verdict *v)
{
    const struct cms_question *q = j->question;
    struct days days = {v->from, v->to};
    date then = v->stamp_trusted ? (date)(v->stamped_at / 86400) : q->as_of;
    bool vouched = trust_vouches(q->trust, j->signer, j->embedded, &days);
    v->fault = judge_day(&days, then);
    if (v->fault != CMS_NONE)
        v->state = SIGNER_INVALID;
    else if (!vouched)
        v->state = SIGNER_UNKNOWN;
    else
        v->state = judge_day(&days, q->today) == CMS_NONE ? SIGNER_VALID_NOW : SIGNER_VALID_THEN;
}

struct cms_verdict cms_judge(struct arena *a, const struct cms_question *q)
{
    struct cms_verdict v = {.state = SIGNER_INVALID, .from = DATE_NONE, .to = DATE_NONE};
    struct judging j = {.question = q};
    OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, NULL);
    v.fault = cms_shape_read(q->der, &j.shape);
    if (v.fault != CMS_NONE)
        return v;
    v.content = j.shape.content;
    v.fault = judge_signature(a, &j, &v);
    if (v.fault == CMS_NONE)
        judge_signer(&j, &v);
    sk_X509_pop_free(j.embedded, X509_free);
    CMS_ContentInfo_free(j.cms);
    ERR_clear_error();
    return v;
}
