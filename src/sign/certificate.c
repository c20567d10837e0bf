/* sign/certificate: whether a certificate may sign documents on a day. */
#include "sign/sign_int.h"

#include <openssl/objects.h>
#include <openssl/x509v3.h>
#include <string.h>

enum { RSA_BITS_MIN = 3072, RSA_BITS_MAX = 8192 };

static bool refuse(struct opening *o, const struct rule *rule, str message)
{
    diag(o->diags, rule, sign_place(o->diags, o->signer->source.p), STR_FMT, STR_ARG(message));
    return false;
}

static bool is_p256(const EVP_PKEY *key)
{
    char group[64] = "";
    return EVP_PKEY_get_group_name(key, group, sizeof group, NULL) &&
           OBJ_txt2nid(group) == NID_X9_62_prime256v1;
}

static bool kind_is_fine(struct opening *o)
{
    const EVP_PKEY *key = o->signer->key;
    int bits = EVP_PKEY_get_bits(key);
    if (EVP_PKEY_is_a(key, "RSA") && (bits < RSA_BITS_MIN || bits > RSA_BITS_MAX))
        return refuse(o, SIGN_RULE(KEY_KIND),
                      str_fmt(o->arena, "an RSA key of %d bits; from %d to %d are allowed", bits,
                              RSA_BITS_MIN, RSA_BITS_MAX));
    if (EVP_PKEY_is_a(key, "RSA") || (EVP_PKEY_is_a(key, "EC") && is_p256(key)))
        return true;
    const char *kind = EVP_PKEY_get0_type_name(key);
    return refuse(o, SIGN_RULE(KEY_KIND),
                  str_fmt(o->arena, "a key of the kind '%s%s' cannot be used",
                          kind ? kind : "unknown",
                          EVP_PKEY_is_a(key, "EC") ? " on another curve than P-256" : ""));
}

/* DATE_NONE where libcrypto cannot read the time. */
static date day_of(const ASN1_TIME *time)
{
    struct tm t;
    if (!ASN1_TIME_to_tm(time, &t))
        return DATE_NONE;
    return date_from((struct ymd){t.tm_year + 1900, t.tm_mon + 1, t.tm_mday});
}

/* By whole days, as an edition has no time of day. */
static bool is_valid_on_day(struct opening *o)
{
    const X509 *x = o->signer->certificate;
    date from = day_of(X509_get0_notBefore(x)), to = day_of(X509_get0_notAfter(x));
    date on = o->request->as_of;
    if (from == DATE_NONE || to == DATE_NONE)
        return refuse(o, SIGN_RULE(VALIDITY), S("the certificate's dates cannot be read"));
    if (on > to)
        return refuse(o, SIGN_RULE(VALIDITY),
                      str_fmt(o->arena, "the certificate expired on " STR_FMT ", before " STR_FMT,
                              STR_ARG(date_iso(o->arena, to)), STR_ARG(date_iso(o->arena, on))));
    return on >= from ||
           refuse(o, SIGN_RULE(VALIDITY),
                  str_fmt(o->arena,
                          "the certificate is valid from " STR_FMT " only, after " STR_FMT,
                          STR_ARG(date_iso(o->arena, from)), STR_ARG(date_iso(o->arena, on))));
}

/* Mail, documents (RFC 9336 and the older one that many authorities use), anything. */
static bool is_purpose(const ASN1_OBJECT *purpose)
{
    static const char *const allowed[] = {"1.3.6.1.5.5.7.3.4", "1.3.6.1.5.5.7.3.36",
                                          "1.3.6.1.4.1.311.10.3.12", "2.5.29.37.0"};
    char text[80];
    OBJ_obj2txt(text, sizeof text, purpose, 1);
    for (size_t i = 0; i < COUNT_OF(allowed); i++)
        if (strcmp(text, allowed[i]) == 0)
            return true;
    return false;
}

static bool purposes_are_fine(const X509 *x)
{
    EXTENDED_KEY_USAGE *list = X509_get_ext_d2i(x, NID_ext_key_usage, NULL, NULL);
    bool fine = list == NULL;
    for (int i = 0; i < sk_ASN1_OBJECT_num(list); i++)
        fine |= is_purpose(sk_ASN1_OBJECT_value(list, i));
    sk_ASN1_OBJECT_pop_free(list, ASN1_OBJECT_free);
    return fine;
}

static bool usage_is_fine(struct opening *o)
{
    X509 *x = o->signer->certificate;
    uint32_t flags = X509_get_extension_flags(x), usage = X509_get_key_usage(x);
    if (flags & EXFLAG_INVALID)
        return refuse(o, SIGN_RULE(CERTIFICATE_FORM),
                      S("an extension of the certificate is broken"));
    if (flags & EXFLAG_CA)
        return refuse(o, SIGN_RULE(AUTHORITY), S("this is the certificate of an authority"));
    if ((flags & EXFLAG_KUSAGE) && !(usage & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)))
        return refuse(o, SIGN_RULE(USAGE), S("the certificate's key usage does not allow signing"));
    return purposes_are_fine(x) ||
           refuse(o, SIGN_RULE(USAGE), S("the certificate was issued for other purposes"));
}

/* An entry of the subject as text; p is NULL when it cannot be shown. */
static str entry_text(struct arena *a, const X509_NAME *subject, int index)
{
    unsigned char *utf8 = NULL;
    int n =
        ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, index)));
    if (n < 0)
        return (str){0};
    str text = str_dup(a, (str){(char *)utf8, (size_t)n});
    OPENSSL_free(utf8);
    bool fine = utf8_invalid_at(text) == SIZE_MAX && !str_is_blank(text);
    for (size_t i = 0; i < text.n; i++)
        fine &= (unsigned char)text.p[i] >= ' ';
    return fine ? text : (str){0};
}

static bool learn_name(struct opening *o)
{
    struct signer *s = o->signer;
    const X509_NAME *subject = X509_get_subject_name(s->certificate);
    int cn = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
    if (cn >= 0)
        s->name = entry_text(s->arena, subject, cn);
    for (int ou = -1;
         (ou = X509_NAME_get_index_by_NID(subject, NID_organizationalUnitName, ou)) >= 0;)
        s->is_demo |= str_eq(entry_text(s->arena, subject, ou), S("DEMO"));
    return s->name.p || refuse(o, SIGN_RULE(CERTIFICATE_FORM),
                               S("the certificate's subject has no name (CN) that can be shown"));
}

static void learn_fingerprint(struct signer *s)
{
    unsigned n = sizeof s->fingerprint.byte;
    if (!X509_digest(s->certificate, EVP_sha256(), s->fingerprint.byte, &n))
        sign_no_memory();
}

bool certificate_judge(struct opening *o)
{
    struct signer *s = o->signer;
    if (!kind_is_fine(o))
        return false;
    if (!X509_check_private_key(s->certificate, s->key))
        return refuse(o, SIGN_RULE(PAIR), S("this key is not the one of its certificate"));
    if (o->request->key || o->request->cert) /* from here on it is about the certificate */
        s->source = str_from(o->request->cert);
    if (sk_X509_num(s->chain) >= SIGN_CERTIFICATES_MAX)
        return refuse(o, SIGN_RULE(CERTIFICATE_FORM),
                      str_fmt(o->arena, "the chain has more than %d certificates",
                              SIGN_CERTIFICATES_MAX - 1));
    learn_fingerprint(s);
    return learn_name(o) && usage_is_fine(o) && is_valid_on_day(o);
}
