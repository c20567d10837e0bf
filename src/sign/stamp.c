/* sign/stamp: time stamps of signatures (RFC 3161), over plain HTTP. */
#include "sign/sign_int.h"

#include <openssl/err.h>
#include <openssl/http.h>
#include <openssl/rand.h>
#include <openssl/ts.h>
#include <signal.h>
#include <time.h>

struct asking {
    struct arena *arena;
    struct diags *diags;
    const char *url;
    str name; /* of what is signed, for messages */
};

static bool answer_fault(struct asking *k, str message)
{
    diag(k->diags, SIGN_RULE(STAMP_ANSWER), (struct span){0},
         "the time stamp for '" STR_FMT "' by %s: " STR_FMT, STR_ARG(k->name), k->url,
         STR_ARG(message));
    return false;
}

/* An address cut into its parts, which libcrypto owns. */
struct address {
    char *user, *host, *port, *path, *query, *fragment;
    int is_tls;
};

/* The caller frees it in any case. */
static bool address_parse(const char *url, struct address *at)
{
    *at = (struct address){0};
    ERR_clear_error();
    int fine = OSSL_HTTP_parse_url(url, &at->is_tls, &at->user, &at->host, &at->port, NULL,
                                   &at->path, &at->query, &at->fragment);
    ERR_clear_error();
    return fine == 1 && at->host[0] != 0;
}

static void address_free(struct address *at)
{
    char *part[] = {at->user, at->host, at->port, at->path, at->query, at->fragment};
    for (size_t i = 0; i < COUNT_OF(part); i++)
        OPENSSL_free(part[i]);
}

bool stamp_is_address(struct diags *d, const char *url)
{
    struct address at;
    bool fine = address_parse(url, &at) && str_starts(str_from(url), S("http://"));
    address_free(&at);
    if (!fine)
        diag(d, SIGN_RULE(STAMP_ADDRESS), (struct span){0},
             str_starts(str_from(url), S("https:"))
                 ? "'%s' asks for https, which is not spoken here"
                 : "'%s' is no address of the form http://HOST/PATH",
             url);
    return fine;
}

static void *checked(void *made)
{
    if (!made)
        sign_no_memory();
    return made;
}

static ASN1_INTEGER *new_nonce(void)
{
    unsigned char byte[8];
    if (RAND_bytes(byte, sizeof byte) != 1)
        sign_no_memory();
    byte[0] &= 0x7F; /* some authorities read it as a signed number */
    BIGNUM *number = checked(BN_bin2bn(byte, sizeof byte, NULL));
    ASN1_INTEGER *nonce = checked(BN_to_ASN1_INTEGER(number, NULL));
    BN_free(number);
    return nonce;
}

static TS_REQ *new_request(struct sha256 digest)
{
    TS_REQ *request = checked(TS_REQ_new());
    TS_MSG_IMPRINT *imprint = checked(TS_MSG_IMPRINT_new());
    X509_ALGOR *kind = checked(X509_ALGOR_new());
    ASN1_INTEGER *nonce = new_nonce();
    X509_ALGOR_set_md(kind, EVP_sha256());
    if (!TS_MSG_IMPRINT_set_algo(imprint, kind) ||
        !TS_MSG_IMPRINT_set_msg(imprint, digest.byte, sizeof digest.byte) ||
        !TS_REQ_set_version(request, 1) || !TS_REQ_set_msg_imprint(request, imprint) ||
        !TS_REQ_set_nonce(request, nonce) || !TS_REQ_set_cert_req(request, 1))
        sign_no_memory();
    X509_ALGOR_free(kind);
    TS_MSG_IMPRINT_free(imprint);
    ASN1_INTEGER_free(nonce);
    return request;
}

/* An authority that hangs up while we speak must not end the process. */
static BIO *post(struct asking *k, const struct address *at, BIO *body)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
    str path = str_from(at->path);
    if (at->query)
        path = str_fmt(k->arena, STR_FMT "?%s", STR_ARG(path), at->query);
    sigaction(SIGPIPE, &ignore, &before);
    BIO *answer = OSSL_HTTP_transfer(NULL, at->host, at->port, str_c(k->arena, path), 0, NULL, NULL,
                                     NULL, NULL, NULL, NULL, 0, NULL, "application/timestamp-query",
                                     body, "application/timestamp-reply", 1, SIGN_STAMP_BYTES_MAX,
                                     SIGN_STAMP_SECONDS, 0);
    sigaction(SIGPIPE, &before, NULL);
    return answer;
}

/* NULL after a report. */
static TS_RESP *exchange(struct asking *k, const TS_REQ *request)
{
    struct address at;
    BIO *body = checked(BIO_new(BIO_s_mem()));
    if (!i2d_TS_REQ_bio(body, request) || !address_parse(k->url, &at))
        sign_no_memory();
    BIO *answer = post(k, &at, body);
    address_free(&at);
    BIO_free(body);
    if (!answer) {
        str reason = sign_reason(k->arena);
        diag(k->diags, SIGN_RULE(STAMP_SERVER), (struct span){0},
             "no time stamp for '" STR_FMT "' from %s within %d s: " STR_FMT, STR_ARG(k->name),
             k->url, SIGN_STAMP_SECONDS, STR_ARG(reason));
        return NULL;
    }
    TS_RESP *response = d2i_TS_RESP_bio(answer, NULL);
    BIO_free(answer);
    ERR_clear_error();
    if (!response)
        answer_fault(k, S("the answer is no time stamp"));
    return response;
}

static bool is_granted(struct asking *k, TS_RESP *response)
{
    enum { GRANTED = 0, GRANTED_WITH_CHANGES = 1 };
    long status = ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(TS_RESP_get_status_info(response)));
    if (status == GRANTED || status == GRANTED_WITH_CHANGES)
        return TS_RESP_get_token(response) || answer_fault(k, S("the answer holds no stamp"));
    return answer_fault(k, str_fmt(k->arena, "the authority refused (status %ld)", status));
}

/* The certificate of the only signer, which must be inside; NULL: it is not so. */
static X509 *signer_of(PKCS7 *token)
{
    STACK_OF(PKCS7_SIGNER_INFO) *infos = PKCS7_get_signer_info(token);
    if (!infos || sk_PKCS7_SIGNER_INFO_num(infos) != 1)
        return NULL;
    STACK_OF(X509) *signers = PKCS7_get0_signers(token, NULL, 0);
    X509 *x = signers && sk_X509_num(signers) == 1 ? sk_X509_value(signers, 0) : NULL;
    sk_X509_free(signers);
    return x;
}

static bool is_strong(PKCS7 *token)
{
    const PKCS7_SIGNER_INFO *info = sk_PKCS7_SIGNER_INFO_value(PKCS7_get_signer_info(token), 0);
    const EVP_MD *md = EVP_get_digestbyobj(info->digest_alg->algorithm);
    return md && EVP_MD_get_size(md) >= 32;
}

/* Whom to trust is for the reader of the signature to say. Here the stamp must
 * be whole: signed by its own certificate, which is for time stamps only and
 * was valid at the time that the stamp names. */
static X509_STORE *store_of(X509 *authority, time_t moment)
{
    X509_STORE *store = checked(X509_STORE_new());
    X509_STORE_set_flags(store, X509_V_FLAG_PARTIAL_CHAIN);
    X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(store), moment);
    if (!X509_STORE_add_cert(store, authority))
        sign_no_memory();
    return store;
}

/* False when the stamp names no moment. */
static bool moment_of(PKCS7 *token, time_t *moment)
{
    enum { DAY = 86400, HOUR = 3600, MINUTE = 60 };
    struct tm t;
    TS_TST_INFO *info = PKCS7_to_TS_TST_INFO(token);
    bool fine = info && ASN1_TIME_to_tm(TS_TST_INFO_get_time(info), &t);
    TS_TST_INFO_free(info);
    if (fine)
        *moment = (time_t)date_from((struct ymd){t.tm_year + 1900, t.tm_mon + 1, t.tm_mday}) * DAY +
                  t.tm_hour * HOUR + t.tm_min * MINUTE + t.tm_sec;
    return fine;
}

static bool judge(struct asking *k, TS_REQ *request, PKCS7 *token)
{
    time_t moment;
    X509 *authority = signer_of(token);
    if (!authority || !is_strong(token) || !moment_of(token, &moment))
        return answer_fault(k, S("its signature is not one that can be checked"));
    TS_VERIFY_CTX *c = checked(TS_REQ_to_TS_VERIFY_CTX(request, NULL));
    TS_VERIFY_CTX_set_flags(c, TS_VFY_VERSION | TS_VFY_IMPRINT | TS_VFY_NONCE | TS_VFY_SIGNATURE);
    TS_VERIFY_CTX_set_store(c, store_of(authority, moment));
    ERR_clear_error();
    bool fine = TS_RESP_verify_token(c, token) == 1;
    TS_VERIFY_CTX_free(c);
    return fine || answer_fault(k, sign_reason(k->arena));
}

/* What is judged is read from the very bytes that go into the signature. */
static bool add_judged(struct asking *k, TS_REQ *request, str der, CMS_SignerInfo *signature)
{
    const unsigned char *at = (const unsigned char *)der.p;
    PKCS7 *token = d2i_PKCS7(NULL, &at, (long)der.n);
    bool fine = token ? judge(k, request, token) : answer_fault(k, S("it cannot be read again"));
    PKCS7_free(token);
    if (fine && !CMS_unsigned_add1_attr_by_NID(signature, NID_id_smime_aa_timeStampToken,
                                               V_ASN1_SEQUENCE, der.p, (int)der.n))
        sign_no_memory();
    return fine;
}

static bool add_token(struct asking *k, TS_REQ *request, TS_RESP *response,
                      CMS_SignerInfo *signature)
{
    unsigned char *bytes = NULL;
    if (!is_granted(k, response))
        return false;
    int n = i2d_PKCS7(TS_RESP_get_token(response), &bytes);
    if (n <= 0)
        sign_no_memory();
    bool fine = add_judged(k, request, (str){(char *)bytes, (size_t)n}, signature);
    OPENSSL_free(bytes);
    return fine;
}

bool stamp_add(const struct signer *s, struct arena *a, struct diags *d, str name,
               CMS_SignerInfo *signature)
{
    struct asking k = {a, d, s->tsa, name};
    const ASN1_OCTET_STRING *value = CMS_SignerInfo_get0_signature(signature);
    TS_REQ *request = new_request(sha256_of(
        (str){(const char *)ASN1_STRING_get0_data(value), (size_t)ASN1_STRING_length(value)}));
    TS_RESP *response = exchange(&k, request);
    bool fine = response && add_token(&k, request, response, signature);
    TS_RESP_free(response);
    TS_REQ_free(request);
    return fine;
}
