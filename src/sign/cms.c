/* sign/cms: detached CMS signatures (RFC 5652, CAdES baseline). */
#include "sign/sign_int.h"

#include <openssl/err.h>
#include <stdlib.h>
#include <string.h>

static int compare_encodings(const void *a, const void *b)
{
    return str_cmp(*(const str *)a, *(const str *)b);
}

static void *checked(const void *made)
{
    if (!made)
        sign_no_memory();
    return (void *)made;
}

/* DER writes a SET OF by the bytes of its elements: what is signed is this
 * encoding of the attributes, with the tag of a set. */
static struct buf attributes_der(struct arena *a, CMS_SignerInfo *si)
{
    enum { ATTRIBUTES_MAX = 8, HEADER_BYTES = 8 };
    str list[ATTRIBUTES_MAX];
    int count = CMS_signed_get_attr_count(si);
    size_t total = 0;
    if (count < 0 || count > ATTRIBUTES_MAX)
        sign_no_memory();
    for (int i = 0; i < count; i++) {
        unsigned char *der = NULL;
        int n = i2d_X509_ATTRIBUTE(CMS_signed_get_attr(si, i), &der);
        list[i] = str_dup(a, (str){checked(der), (size_t)n});
        OPENSSL_free(der);
        total += list[i].n;
    }
    qsort(list, (size_t)count, sizeof *list, compare_encodings);
    struct buf set = buf_in(a, total + HEADER_BYTES);
    unsigned char *at = (unsigned char *)buf_room(&set, HEADER_BYTES), *start = at;
    ASN1_put_object(&at, 1, (int)total, V_ASN1_SET, V_ASN1_UNIVERSAL);
    set.n += (size_t)(at - start);
    for (int i = 0; i < count; i++)
        buf_add(&set, list[i]);
    return set;
}

/* Everything but the signature value. CMS_final is never called: it would add
 * the time of the clock as an attribute. */
static CMS_SignerInfo *prepare(struct signer *s, CMS_ContentInfo *cms, struct sha256 digest)
{
    CMS_SignerInfo *si =
        checked(CMS_add1_signer(cms, s->certificate, s->key, EVP_sha256(),
                                CMS_PARTIAL | CMS_BINARY | CMS_NOSMIMECAP | CMS_CADES));
    if (CMS_signed_get_attr_by_NID(si, NID_pkcs9_contentType, -1) < 0 &&
        !CMS_signed_add1_attr_by_NID(si, NID_pkcs9_contentType, V_ASN1_OBJECT,
                                     OBJ_nid2obj(NID_pkcs7_data), -1))
        sign_no_memory();
    if (!CMS_signed_add1_attr_by_NID(si, NID_pkcs9_messageDigest, V_ASN1_OCTET_STRING, digest.byte,
                                     sizeof digest.byte))
        sign_no_memory();
    return si;
}

/* What a token gives back is verified before it is used. */
static bool verifies(const struct signer *s, str data, str signature)
{
    EVP_MD_CTX *c = checked(EVP_MD_CTX_new());
    bool fine =
        EVP_DigestVerifyInit(c, NULL, EVP_sha256(), NULL, X509_get0_pubkey(s->certificate)) == 1 &&
        EVP_DigestVerify(c, (const unsigned char *)signature.p, signature.n,
                         (const unsigned char *)data.p, data.n) == 1;
    EVP_MD_CTX_free(c);
    return fine;
}

static str sign_bytes(struct signer *s, struct arena *a, str data)
{
    EVP_MD_CTX *c = checked(EVP_MD_CTX_new());
    size_t n = (size_t)EVP_PKEY_get_size(s->key);
    unsigned char *value = NEW_ARRAY(a, unsigned char, n);
    ERR_clear_error();
    bool fine = EVP_DigestSignInit(c, NULL, EVP_sha256(), NULL, s->key) == 1 &&
                EVP_DigestSign(c, value, &n, (const unsigned char *)data.p, data.n) == 1;
    EVP_MD_CTX_free(c);
    str signature = {(char *)value, n};
    return fine && verifies(s, data, signature) ? signature : (str){0};
}

static bool fill(struct signer *s, struct arena *a, struct diags *d, str name, CMS_ContentInfo *cms,
                 struct sha256 digest)
{
    CMS_SignerInfo *si = prepare(s, cms, digest);
    struct buf attributes = attributes_der(a, si);
    str value = sign_bytes(s, a, buf_str(&attributes));
    if (!value.p) {
        str reason = sign_reason(a);
        diag(d, SIGN_RULE(TOKEN), sign_place(d, s->source.p),
             "the key gave no signature for '" STR_FMT "': " STR_FMT, STR_ARG(name),
             STR_ARG(reason));
        return false;
    }
    if (!ASN1_STRING_set(CMS_SignerInfo_get0_signature(si), value.p, (int)value.n))
        sign_no_memory();
    return !s->tsa || stamp_add(s, a, d, name, si);
}

static bool encode(struct arena *a, struct diags *d, str name, CMS_ContentInfo *cms, str *der)
{
    unsigned char *bytes = NULL;
    int n = i2d_CMS_ContentInfo(cms, &bytes);
    if (n <= 0)
        sign_no_memory();
    *der = str_dup(a, (str){(char *)bytes, (size_t)n});
    OPENSSL_free(bytes);
    if (n > SIGN_CMS_BYTES_MAX)
        diag(d, SIGN_RULE(ROOM), (struct span){0},
             "the signature of '" STR_FMT "' takes %d bytes, more than %d", STR_ARG(name), n,
             SIGN_CMS_BYTES_MAX);
    return n <= SIGN_CMS_BYTES_MAX;
}

bool cms_sign(struct signer *s, struct arena *a, struct diags *d, str name, struct sha256 digest,
              str *der)
{
    CMS_ContentInfo *cms =
        checked(CMS_sign(NULL, NULL, s->chain, NULL, CMS_PARTIAL | CMS_DETACHED | CMS_BINARY));
    bool fine = fill(s, a, d, name, cms, digest) && encode(a, d, name, cms, der);
    CMS_ContentInfo_free(cms);
    return fine;
}
