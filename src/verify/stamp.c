/* verify/stamp: RFC 3161 time stamps over a signature. */
#include "verify/cms_int.h"

#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/ess.h>
#include <openssl/ts.h>
#include <openssl/x509v3.h>
#include <string.h>

enum { RSA_BITS_MIN = 2048 }; /* authorities outside our reach still use these */

static TS_TST_INFO *read_info(CMS_ContentInfo *cms)
{
    ASN1_OCTET_STRING **content = CMS_get0_content(cms);
    if (OBJ_obj2nid(CMS_get0_eContentType(cms)) != NID_id_smime_ct_TSTInfo || content == NULL ||
        *content == NULL)
        return NULL;
    const unsigned char *p = ASN1_STRING_get0_data(*content);
    return d2i_TS_TST_INFO(NULL, &p, ASN1_STRING_length(*content));
}

/* The stamp must be of this very signature. */
static bool is_of(TS_TST_INFO *info, str signature)
{
    TS_MSG_IMPRINT *imprint = TS_TST_INFO_get_msg_imprint(info);
    const ASN1_OCTET_STRING *said = TS_MSG_IMPRINT_get_msg(imprint);
    const ASN1_OBJECT *algorithm;
    struct sha256 h = sha256_of(signature);
    X509_ALGOR_get0(&algorithm, NULL, NULL, TS_MSG_IMPRINT_get_algo(imprint));
    return OBJ_obj2nid(algorithm) == NID_sha256 && ASN1_STRING_length(said) == (int)sizeof h.byte &&
           memcmp(ASN1_STRING_get0_data(said), h.byte, sizeof h.byte) == 0;
}

static CMS_SignerInfo *only_signer(CMS_ContentInfo *cms)
{
    STACK_OF(CMS_SignerInfo) *infos = CMS_get0_SignerInfos(cms);
    return sk_CMS_SignerInfo_num(infos) == 1 ? sk_CMS_SignerInfo_value(infos, 0) : NULL;
}

/* The value of a signed attribute, or NULL. */
static const ASN1_STRING *attribute(CMS_SignerInfo *info, int nid)
{
    int at = CMS_signed_get_attr_by_NID(info, nid, -1);
    X509_ATTRIBUTE *attr = at < 0 ? NULL : CMS_signed_get_attr(info, at);
    return attr == NULL ? NULL : X509_ATTRIBUTE_get0_data(attr, 0, V_ASN1_SEQUENCE, NULL);
}

/* RFC 3161 asks for the old attribute, RFC 5816 allows the new one. */
static bool names_certificate(CMS_SignerInfo *info, STACK_OF(X509) * chain)
{
    const ASN1_STRING *old = attribute(info, NID_id_smime_aa_signingCertificate);
    const ASN1_STRING *new = attribute(info, NID_id_smime_aa_signingCertificateV2);
    ESS_SIGNING_CERT *v1 = NULL;
    ESS_SIGNING_CERT_V2 *v2 = NULL;
    if (old != NULL) {
        const unsigned char *p = ASN1_STRING_get0_data(old);
        v1 = d2i_ESS_SIGNING_CERT(NULL, &p, ASN1_STRING_length(old));
    }
    if (new != NULL) {
        const unsigned char *p = ASN1_STRING_get0_data(new);
        v2 = d2i_ESS_SIGNING_CERT_V2(NULL, &p, ASN1_STRING_length(new));
    }
    bool fine = (v1 != NULL || v2 != NULL) && OSSL_ESS_check_signing_certs(v1, v2, chain, 1) > 0;
    ESS_SIGNING_CERT_free(v1);
    ESS_SIGNING_CERT_V2_free(v2);
    return fine;
}

static bool key_is_accepted(X509 *x)
{
    EVP_PKEY *key = X509_get0_pubkey(x);
    return key != NULL &&
           (EVP_PKEY_get_base_id(key) == EVP_PKEY_EC ||
            (EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA && EVP_PKEY_get_bits(key) >= RSA_BITS_MIN));
}

static bool digest_is_accepted(const X509_ALGOR *digest)
{
    const ASN1_OBJECT *oid;
    X509_ALGOR_get0(&oid, NULL, NULL, digest);
    int nid = OBJ_obj2nid(oid);
    return nid == NID_sha256 || nid == NID_sha384 || nid == NID_sha512;
}

/* Signed by a certificate inside that may stamp times; whether anybody trusts it is
 * another question. */
static bool judge_authority(CMS_ContentInfo *cms, const struct trust *t, struct cms_verdict *v)
{
    CMS_SignerInfo *info = only_signer(cms);
    X509 *authority = NULL;
    X509_ALGOR *digest = NULL;
    struct days days;
    if (info == NULL || CMS_set1_signers_certs(cms, NULL, 0) != 1)
        return false;
    CMS_SignerInfo_get0_algs(info, NULL, &authority, &digest, NULL);
    STACK_OF(X509) *all = CMS_get1_certs(cms), *chain = sk_X509_new_null();
    bool fine =
        authority != NULL && chain != NULL &&
        X509_add_cert(chain, authority, X509_ADD_FLAG_UP_REF) == 1 &&
        X509_add_certs(chain, all, X509_ADD_FLAG_UP_REF | X509_ADD_FLAG_NO_DUP) == 1 &&
        digest_is_accepted(digest) && key_is_accepted(authority) &&
        X509_check_purpose(authority, X509_PURPOSE_TIMESTAMP_SIGN, 0) == 1 &&
        names_certificate(info, chain) &&
        CMS_verify(cms, NULL, NULL, NULL, NULL, CMS_BINARY | CMS_NO_SIGNER_CERT_VERIFY) == 1;
    date then = (date)(v->stamped_at / 86400);
    v->stamp_trusted =
        fine && trust_vouches(t, authority, chain, &days) && then >= days.from && then <= days.to;
    sk_X509_pop_free(chain, X509_free);
    sk_X509_pop_free(all, X509_free);
    return fine;
}

bool stamp_judge(str token, str signature, const struct trust *t, struct cms_verdict *v)
{
    const unsigned char *p = (const unsigned char *)token.p, *end = p + token.n;
    CMS_ContentInfo *cms = d2i_CMS_ContentInfo(NULL, &p, (long)token.n);
    TS_TST_INFO *info = cms != NULL && p == end ? read_info(cms) : NULL;
    date day;
    v->stamped = info != NULL && is_of(info, signature) &&
                 asn1_moment(TS_TST_INFO_get_time(info), &day, &v->stamped_at) &&
                 judge_authority(cms, t, v);
    TS_TST_INFO_free(info);
    CMS_ContentInfo_free(cms);
    return v->stamped;
}
