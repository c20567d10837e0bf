/* unit/sign: what may sign, and what a signature is made of. */
#include <fcntl.h>
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "unit.h"

#include "dump.h"
#include "pki.h"
#include "sign/sign.h"

static struct arena *memory;
static struct diags *diags;
static char folder[] = "/tmp/continuo-sign-XXXXXX";
static EVP_PKEY *rsa, *ec;
static const struct pki_wish usual = {.name = "Ada Example"};

static const char *in_folder(const char *name)
{
    return str_c(memory, str_fmt(memory, "%s/%s", folder, name));
}

static date day(const char *iso)
{
    date d;
    assert_true(date_parse(str_from(iso), &d));
    return d;
}

static struct sign_request request_of(const char *key, const char *cert)
{
    return (struct sign_request){
        .key = key, .cert = cert, .passphrase_fd = -1, .as_of = day("2026-06-30")};
}

/* The key with a certificate of its own, as files. */
static struct sign_request files_of(EVP_PKEY *key, const struct pki_wish *wish)
{
    X509 *x = pki_certificate(key, wish, NULL, NULL);
    pki_write_key(in_folder("key.pem"), key, NULL);
    pki_write_certificates(in_folder("cert.pem"), &x, 1);
    X509_free(x);
    return request_of(in_folder("key.pem"), in_folder("cert.pem"));
}

static int passphrase_from(const char *line)
{
    int fd[2];
    assert_int_equal(pipe(fd), 0);
    assert_int_equal(write(fd[1], line, strlen(line)), (ssize_t)strlen(line));
    close(fd[1]);
    return fd[0];
}

static struct signer *open_signer(const struct sign_request *r)
{
    diags = diags_new(memory);
    struct signer *s = signer_open(memory, diags, r);
    if (!s)
        print_error(STR_FMT "\n", STR_ARG(dump_findings(memory, diags)));
    assert_non_null(s);
    return s;
}

/* The findings of a refusal begin with this rule and these words. */
static void assert_refused(const struct sign_request *r, const char *rule, const char *words)
{
    diags = diags_new(memory);
    assert_null(signer_open(memory, diags, r));
    str found = dump_findings(memory, diags);
    bool fine = str_find(found, str_from(rule), 0) != SIZE_MAX &&
                str_find(found, str_from(words), 0) != SIZE_MAX &&
                diags_count(diags, SEVERITY_ERROR) == 1;
    if (!fine)
        print_error("'" STR_FMT "' is not '%s %s'\n", STR_ARG(found), rule, words);
    assert_true(fine);
    assert_int_equal(ERR_peek_error(), 0);
}

static void kinds_of_keys(void **state)
{
    (void)state;
    static const struct {
        const char *curve;
        unsigned bits;
        const char *words;
    } row[] = {{NULL, 2048, "an RSA key of 2048 bits"},
               {"P-384", 0, "on another curve than P-256"},
               {"secp256k1", 0, "on another curve than P-256"}};
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        EVP_PKEY *key = row[i].curve ? pki_ec(row[i].curve) : pki_rsa(row[i].bits);
        struct sign_request r = files_of(key, &usual);
        assert_refused(&r, "SG2", row[i].words);
        EVP_PKEY_free(key);
    }
}

static void certificates_for_something_else(void **state)
{
    (void)state;
    static const struct {
        struct pki_wish wish;
        const char *rule, *words;
    } row[] = {
        {{.name = "a", .to = "20260629235959Z"}, "SG7", "expired on 2026-06-29"},
        {{.name = "a", .from = "20260701000000Z"}, "SG7", "valid from 2026-07-01 only"},
        {{.name = "a", .usage = "keyEncipherment"}, "SG8", "key usage"},
        {{.name = "a", .purposes = "serverAuth"}, "SG8", "other purposes"},
        {{.name = "a", .purposes = "codeSigning"}, "SG8", "other purposes"},
        {{.name = "a", .purposes = "clientAuth"}, "SG8", "other purposes"},
        {{.name = "a", .constraints = "critical,CA:TRUE"}, "SG9", "authority"},
        {{.name = NULL, .unit = "a"}, "SG5", "no name"},
        {{.name = "a\nb"}, "SG5", "no name"},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        struct sign_request r = files_of(ec, &row[i].wish);
        assert_refused(&r, row[i].rule, row[i].words);
    }
}

static void certificates_that_may(void **state)
{
    (void)state;
    static const struct pki_wish row[] = {
        {.name = "a", .to = "20260630000000Z"},
        {.name = "a", .from = "20260630235959Z"},
        {.name = "a", .usage = "nonRepudiation"},
        {.name = "a", .usage = ""},
        {.name = "a", .purposes = ""},
        {.name = "a", .purposes = "emailProtection,clientAuth"},
        {.name = "a", .purposes = "1.3.6.1.4.1.311.10.3.12"},
        {.name = "a", .purposes = "anyExtendedKeyUsage"},
        {.name = "a", .constraints = ""},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        struct sign_request r = files_of(ec, &row[i]);
        signer_close(open_signer(&r));
    }
}

static void names(void **state)
{
    (void)state;
    struct sign_request r =
        files_of(ec, &(struct pki_wish){.name = "J\u00F8rgen \u0141", .unit = "DEMO"});
    struct signer *s = open_signer(&r);
    assert_str(signer_name(s), "J\u00F8rgen \u0141");
    assert_true(signer_is_demo(s));
    signer_close(s);
    r = files_of(ec, &(struct pki_wish){.name = "DEMO", .unit = "demos"});
    s = open_signer(&r);
    assert_false(signer_is_demo(s));
    signer_close(s);
}

static void files_that_hold_no_key(void **state)
{
    (void)state;
    struct sign_request r = files_of(ec, &usual);
    r.key = in_folder("none.pem");
    assert_refused(&r, "OS", "cannot read this file");
    assert_true(diags_machine_failed(diags));
    r.key = r.cert;
    assert_refused(&r, "SG1", "no private key");
    r.key = folder;
    assert_refused(&r, "SG1", "no file of keys");
    r = files_of(ec, &usual);
    r.cert = r.key;
    assert_refused(&r, "SG5", "no certificate");
    r.key = NULL;
    r.p12 = in_folder("cert.pem");
    assert_refused(&r, "SG1", "no PKCS#12");
}

static void broken_certificate(void **state)
{
    (void)state;
    struct sign_request r = files_of(ec, &usual);
    int fd = open(r.cert, O_WRONLY);
    assert_int_equal(pwrite(fd, "!!!!", 4, 60), 4);
    close(fd);
    assert_refused(&r, "SG5", "cannot be read");
}

static void other_key(void **state)
{
    (void)state;
    struct sign_request r = files_of(ec, &usual);
    pki_write_key(r.key, rsa, NULL);
    assert_refused(&r, "SG6", "not the one of its certificate");
    EVP_PKEY *another = pki_ec("P-256");
    pki_write_key(r.key, another, NULL);
    assert_refused(&r, "SG6", "not the one of its certificate");
    EVP_PKEY_free(another);
}

static void passphrases(void **state)
{
    (void)state;
    static const struct {
        const char *line, *rule, *words;
    } row[] = {{"secret\nmore", NULL, NULL},   {"secret\r\n", NULL, NULL},
               {"secret", NULL, NULL},         {"wrong\n", "SG3", "does not open"},
               {"\n", "SG3", "does not open"}, {"", "SG3", "does not open"}};
    struct sign_request r = files_of(ec, &usual);
    struct sign_request p = {.p12 = in_folder("key.p12"), .as_of = r.as_of};
    X509 *x = pki_certificate(ec, &usual, NULL, NULL);
    pki_write_key(r.key, ec, "secret");
    pki_write_p12(p.p12, ec, x, "secret");
    X509_free(x);
    x = pki_certificate(ec, &usual, NULL, NULL);
    pki_write_certificates(r.cert, &x, 1);
    X509_free(x);
    for (size_t i = 0; i < sizeof row / sizeof *row; i++)
        for (int kind = 0; kind < 2; kind++) {
            struct sign_request *which = kind ? &p : &r;
            which->passphrase_fd = passphrase_from(row[i].line);
            if (row[i].rule)
                assert_refused(which, row[i].rule, row[i].words);
            else
                signer_close(open_signer(which));
            close(which->passphrase_fd);
        }
    r.passphrase_fd = 1000;
    assert_refused(&r, "SG4", "descriptor 1000");
}

/* A file without a passphrase asks for none. */
static void p12_without_passphrase(void **state)
{
    (void)state;
    struct sign_request p = {
        .p12 = in_folder("open.p12"), .passphrase_fd = -1, .as_of = day("2026-06-30")};
    X509 *x = pki_certificate(rsa, &usual, NULL, NULL);
    pki_write_p12(p.p12, rsa, x, "");
    signer_close(open_signer(&p));
    X509_free(x);
}

static void addresses_of_authorities(void **state)
{
    (void)state;
    struct sign_request r = files_of(ec, &usual);
    r.tsa = "https://tsa.example.org/";
    assert_refused(&r, "SG11", "https");
    r.tsa = "tsa.example.org";
    assert_refused(&r, "SG11", "no address");
    r.tsa = "http://";
    assert_refused(&r, "SG11", "no address");
}

static void addresses_of_tokens(void **state)
{
    (void)state;
    struct sign_request r = request_of(NULL, NULL);
    r.pkcs11 = "pkcs11:token=a;object=b?pin-value=1234";
    assert_refused(&r, "SG10", "a PIN has no place");
    r.pkcs11 = "token";
    assert_refused(&r, "SG10", "begins with");
}

static CMS_ContentInfo *parsed(str der)
{
    const unsigned char *at = (const unsigned char *)der.p;
    CMS_ContentInfo *cms = d2i_CMS_ContentInfo(NULL, &at, (long)der.n);
    assert_non_null(cms);
    assert_true((const char *)at == der.p + der.n);
    return cms;
}

static bool verifies(CMS_ContentInfo *cms, str data, X509 *trusted)
{
    X509_STORE *store = X509_STORE_new();
    X509_VERIFY_PARAM *how = X509_STORE_get0_param(store);
    X509_STORE_add_cert(store, trusted);
    X509_VERIFY_PARAM_set_purpose(how, X509_PURPOSE_ANY);
    X509_VERIFY_PARAM_set_flags(how, X509_V_FLAG_PARTIAL_CHAIN | X509_V_FLAG_NO_CHECK_TIME);
    BIO *in = BIO_new_mem_buf(data.p, (int)data.n);
    int fine = CMS_verify(cms, NULL, store, in, NULL, CMS_BINARY | CMS_DETACHED | CMS_CADES);
    BIO_free(in);
    X509_STORE_free(store);
    ERR_clear_error();
    return fine == 1;
}

/* Exactly the attributes that an archive may hold, in the order of DER. */
static void assert_attributes(CMS_ContentInfo *cms)
{
    STACK_OF(CMS_SignerInfo) *list = CMS_get0_SignerInfos(cms);
    assert_int_equal(sk_CMS_SignerInfo_num(list), 1);
    CMS_SignerInfo *si = sk_CMS_SignerInfo_value(list, 0);
    assert_int_equal(CMS_signed_get_attr_count(si), 3);
    assert_true(CMS_signed_get_attr_by_NID(si, NID_pkcs9_contentType, -1) >= 0);
    assert_true(CMS_signed_get_attr_by_NID(si, NID_pkcs9_messageDigest, -1) >= 0);
    assert_true(CMS_signed_get_attr_by_NID(si, NID_id_smime_aa_signingCertificateV2, -1) >= 0);
    assert_true(CMS_unsigned_get_attr_count(si) <= 0);
    assert_true(CMS_is_detached(cms));
}

static void assert_signs(EVP_PKEY *key, size_t bytes_max)
{
    struct sign_request r = files_of(key, &usual);
    struct signer *s = open_signer(&r);
    X509 *x = pki_certificate(key, &usual, NULL, NULL), *trusted;
    str der;
    assert_true(sign_detached(s, memory, diags, S("a"), S("line\r\nline\n"), &der));
    CMS_ContentInfo *cms = parsed(der);
    assert_attributes(cms);
    STACK_OF(X509) *inside = CMS_get1_certs(cms);
    assert_int_equal(sk_X509_num(inside), 1);
    trusted = sk_X509_value(inside, 0);
    assert_true(verifies(cms, S("line\r\nline\n"), trusted));
    assert_false(verifies(cms, S("line\nline\n"), trusted));
    assert_false(verifies(cms, S("line\r\nline\n"), x)); /* a namesake */
    assert_true(der.n <= bytes_max && der.n <= signer_reserve_bytes(s));
    sk_X509_pop_free(inside, X509_free);
    X509_free(x);
    CMS_ContentInfo_free(cms);
    signer_close(s);
}

static void signs_with_either_kind(void **state)
{
    (void)state;
    assert_signs(ec, 1200);
    assert_signs(rsa, 2400);
}

/* The chain goes into the signature, each certificate once. */
static void chains(void **state)
{
    (void)state;
    static const struct pki_wish root_wish = {
        .name = "Root", .usage = "keyCertSign", .purposes = "", .constraints = "critical,CA:TRUE"};
    X509 *root = pki_certificate(rsa, &root_wish, NULL, NULL);
    X509 *leaf = pki_certificate(ec, &usual, rsa, root);
    X509 *both[] = {leaf, root, root, leaf};
    struct sign_request r = files_of(ec, &usual);
    r.chain = in_folder("chain.pem");
    pki_write_certificates(r.cert, both, 2);
    pki_write_certificates(r.chain, both, 4);
    struct signer *s = open_signer(&r);
    str der;
    assert_true(sign_detached(s, memory, diags, S("a"), S("text"), &der));
    CMS_ContentInfo *cms = parsed(der);
    STACK_OF(X509) *inside = CMS_get1_certs(cms);
    assert_int_equal(sk_X509_num(inside), 2);
    assert_true(verifies(cms, S("text"), root));
    sk_X509_pop_free(inside, X509_free);
    CMS_ContentInfo_free(cms);
    signer_close(s);
    X509_free(root);
    X509_free(leaf);
}

static void long_chains(void **state)
{
    (void)state;
    X509 *list[4];
    struct sign_request r = files_of(ec, &usual);
    r.chain = in_folder("chain.pem");
    for (size_t i = 0; i < 4; i++)
        list[i] = pki_certificate(rsa, &usual, NULL, NULL);
    pki_write_certificates(r.chain, list, 4);
    assert_refused(&r, "SG5", "more than 3");
    pki_write_certificates(r.chain, list, 3);
    signer_close(open_signer(&r));
    for (size_t i = 0; i < 4; i++)
        X509_free(list[i]);
}

/* A stand-in for a PDF, with a hole for `room` bytes. */
static struct buf with_hole(size_t room)
{
    struct buf b = buf_in(memory, 4096);
    buf_lit(&b, "%PDF\nbefore\n" SIGN_HOLE);
    for (size_t i = 0; i < 2 * room; i++)
        buf_char(&b, '0');
    buf_lit(&b, ">\nafter\n");
    return b;
}

static size_t number_at(str text, size_t *at)
{
    size_t n = 0;
    while (text.p[*at] == ' ')
        ++*at;
    for (; ascii_is_digit(text.p[*at]); ++*at)
        n = n * 10 + (size_t)(text.p[*at] - '0');
    return n;
}

static str unhex(str hex)
{
    struct buf b = buf_in(memory, hex.n / 2 + 1);
    for (size_t i = 0; i + 1 < hex.n; i += 2) {
        char pair[3] = {hex.p[i], hex.p[i + 1], 0};
        assert_true(strspn(pair, "0123456789ABCDEF") == 2);
        buf_char(&b, (char)strtol(pair, NULL, 16));
    }
    return buf_str(&b);
}

static void fills_the_hole(void **state)
{
    (void)state;
    struct sign_request r = files_of(ec, &usual);
    struct signer *s = open_signer(&r);
    struct buf b = with_hole(signer_reserve_bytes(s));
    size_t size = b.n;
    assert_true(sign_pdf(s, memory, diags, S("a.pdf"), b.p, b.n));
    str pdf = buf_str(&b);
    size_t at = str_find(pdf, S("[0 "), 0) + 2;
    size_t open = number_at(pdf, &at), close = number_at(pdf, &at), rest = number_at(pdf, &at);
    assert_int_equal(close + rest, size);
    assert_true(pdf.p[open] == '<' && pdf.p[close - 1] == '>');
    str parts[] = {str_from_to(pdf, 0, open), str_skip(pdf, close)};
    str der = unhex(str_from_to(pdf, open + 1, close - 1));
    const unsigned char *start = (const unsigned char *)der.p;
    CMS_ContentInfo *cms = d2i_CMS_ContentInfo(NULL, &start, (long)der.n);
    STACK_OF(X509) *inside = CMS_get1_certs(cms);
    assert_true(verifies(cms, str_join(memory, parts, 2, S("")), sk_X509_value(inside, 0)));
    for (; start < (const unsigned char *)der.p + der.n; start++)
        assert_int_equal(*start, 0);
    sk_X509_pop_free(inside, X509_free);
    CMS_ContentInfo_free(cms);
    signer_close(s);
}

static void leaves_other_files_alone(void **state)
{
    (void)state;
    struct sign_request r = files_of(ec, &usual);
    struct signer *s = open_signer(&r);
    struct buf small = with_hole(64), odd = with_hole(2000), two = with_hole(2000);
    buf_lit(&two, "(/ByteRange)");
    odd.p[str_find(buf_str(&odd), S("0>"), 0)] = '>';
    struct buf none = buf_in(memory, 64);
    buf_lit(&none, "%PDF\n");
    struct buf *row[] = {&small, &odd, &two, &none};
    static const char *const rule[] = {"SG14", "SG15", "SG15", "SG15"};
    for (size_t i = 0; i < 4; i++) {
        str before = str_dup(memory, buf_str(row[i]));
        diags = diags_new(memory);
        assert_false(sign_pdf(s, memory, diags, S("a.pdf"), row[i]->p, row[i]->n));
        assert_true(str_find(dump_findings(memory, diags), str_from(rule[i]), 0) != SIZE_MAX);
        assert_true(str_eq(before, buf_str(row[i])));
    }
    signer_close(s);
}

static int open_all(void **state)
{
    (void)state;
    memory = arena_new("test", (size_t)1 << 30);
    rsa = pki_rsa(3072);
    ec = pki_ec("P-256");
    return mkdtemp(folder) == NULL;
}

static int close_all(void **state)
{
    (void)state;
    EVP_PKEY_free(rsa);
    EVP_PKEY_free(ec);
    arena_free(memory);
    return unit_remove(folder);
}

int unit_sign(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test_setup(kinds_of_keys, open_all),
        cmocka_unit_test(certificates_for_something_else),
        cmocka_unit_test(certificates_that_may),
        cmocka_unit_test(names),
        cmocka_unit_test(files_that_hold_no_key),
        cmocka_unit_test(broken_certificate),
        cmocka_unit_test(other_key),
        cmocka_unit_test(passphrases),
        cmocka_unit_test(p12_without_passphrase),
        cmocka_unit_test(addresses_of_authorities),
        cmocka_unit_test(addresses_of_tokens),
        cmocka_unit_test(signs_with_either_kind),
        cmocka_unit_test(chains),
        cmocka_unit_test(long_chains),
        cmocka_unit_test(fills_the_hole),
        cmocka_unit_test_teardown(leaves_other_files_alone, close_all),
    };
    return unit_run("sign", cases);
}
