/* unit/verify_cms: who signed these bytes, and is it true. */
#include "unit.h"

#include <string.h>

#include "../verify/forge.h"
#include "base/buf.h"
#include "verify/cms.h"

static struct arena *memory;
static struct forger *root, *middle, *publisher, *stranger, *rsa, *stamper;
static struct trust *trust_publisher, *trust_root, *trust_stamper;

#define CONTENT S("The text that was signed.\n")

static date day(const char *iso)
{
    date d = DATE_NONE;
    assert_true(date_parse(str_from(iso), &d));
    return d;
}

static struct cms_verdict judge(str der, const struct trust *trust, const char *as_of,
                                const char *today)
{
    struct cms_question q = {
        .der = der, .part = {CONTENT}, .trust = trust, .as_of = day(as_of), .today = day(today)};
    return cms_judge(memory, &q);
}

static struct cms_verdict judge_plain(str der)
{
    return judge(der, NULL, "2026-06-30", "2026-11-25");
}

static struct forger *make(struct forge_spec spec)
{
    return forger_new(memory, &spec);
}

static struct trust *trusting(str pem)
{
    const char *why;
    struct trust *t = trust_read(pem, &why);
    assert_non_null(t);
    return t;
}

static void accepted(void **state)
{
    (void)state;
    struct cms_verdict v = judge_plain(forge_cms(memory, publisher, CONTENT, S(""), NULL));
    assert_int_equal(v.fault, CMS_NONE);
    assert_int_equal(v.state, SIGNER_UNKNOWN);
    assert_true(v.has_signer && v.demo && !v.stamped);
    assert_str(v.name, "Publisher");
    assert_int_equal(v.from, day("2026-01-01"));
    assert_int_equal(v.to, day("2026-12-31"));
    struct sha256 own = forger_certificate(publisher), content = sha256_of(CONTENT);
    assert_memory_equal(v.certificate.byte, own.byte, sizeof own.byte);
    assert_memory_equal(v.content.byte, content.byte, sizeof content.byte);
    v = judge_plain(forge_cms(memory, rsa, CONTENT, S(""), NULL));
    assert_int_equal(v.fault, CMS_NONE);
    assert_false(v.demo);
}

/* The same bytes, cut in two anywhere, are the same content. */
static void two_ranges(void **state)
{
    (void)state;
    str der = forge_cms(memory, publisher, CONTENT, S(""), NULL);
    for (size_t i = 0; i <= CONTENT.n; i++) {
        struct cms_question q = {
            .der = der,
            .part = {str_from_to(CONTENT, 0, i), str_skip(CONTENT, i)},
            .as_of = day("2026-06-30"),
            .today = day("2026-06-30"),
        };
        assert_int_equal(cms_judge(memory, &q).fault, CMS_NONE);
    }
}

static void states(void **state)
{
    (void)state;
    str der = forge_cms(memory, publisher, CONTENT, S(""),
                        &(struct forge_options){.chain = {middle, root}});
    static const struct {
        const char *as_of, *today;
        enum cms_fault fault;
        enum signer_state state;
    } row[] = {
        {"2026-06-30", "2026-06-30", CMS_NONE, SIGNER_VALID_NOW},
        {"2026-01-01", "2026-12-31", CMS_NONE, SIGNER_VALID_NOW},
        {"2026-06-30", "2027-01-01", CMS_NONE, SIGNER_VALID_THEN},
        {"2026-12-31", "2035-01-01", CMS_NONE, SIGNER_VALID_THEN},
        {"2027-01-01", "2027-01-01", CMS_EXPIRED, SIGNER_INVALID},
        {"2025-12-31", "2026-06-30", CMS_NOT_YET, SIGNER_INVALID},
    };
    const struct trust *lists[] = {trust_publisher, trust_root};
    for (size_t t = 0; t < 2; t++)
        for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
            struct cms_verdict v = judge(der, lists[t], row[i].as_of, row[i].today);
            assert_int_equal(v.fault, row[i].fault);
            assert_int_equal(v.state, row[i].state);
        }
    str other = forge_cms(memory, stranger, CONTENT, S(""), NULL);
    assert_int_equal(judge(other, trust_root, "2026-06-30", "2026-06-30").state, SIGNER_UNKNOWN);
    /* Without the middle certificate nobody can climb to the root. */
    str alone = forge_cms(memory, publisher, CONTENT, S(""), NULL);
    assert_int_equal(judge(alone, trust_root, "2026-06-30", "2026-06-30").state, SIGNER_UNKNOWN);
}

static void refused_forms(void **state)
{
    (void)state;
    struct forger *weak = make((struct forge_spec){.name = "Weak", .key = FORGE_RSA2048});
    struct forger *curve = make((struct forge_spec){.name = "Curve", .key = FORGE_P384});
    struct forger *use = make((struct forge_spec){.name = "Use", .only_encrypts = true});
    struct forger *twin = make((struct forge_spec){.name = "Twin", .same_key = publisher});
    struct forger *other = make((struct forge_spec){
        .name = "Publisher", .same_key = publisher, .same_serial = true, .issuer = middle});
    const struct {
        const struct forger *by;
        struct forge_options how;
        enum cms_fault fault;
    } row[] = {
        {publisher, {.signing_time = true}, CMS_ATTRIBUTES},
        {publisher, {.without_attributes = true}, CMS_ATTRIBUTES},
        {publisher, {.without_certificate_name = true}, CMS_ATTRIBUTES},
        {publisher, {.sha384 = true}, CMS_DIGEST_KIND},
        {publisher, {.attached = true}, CMS_SHAPE},
        {publisher, {.two_signers = true}, CMS_SHAPE},
        {publisher, {.by_key_id = true}, CMS_SHAPE},
        {publisher, {.without_certificate = true}, CMS_CERTIFICATES},
        {publisher, {.without_certificate = true, .chain = {root}}, CMS_NO_SIGNER},
        {publisher, {.unsigned_junk = true}, CMS_UNSIGNED},
        {publisher, {.unsigned_junk = true, .stamp = stamper}, CMS_UNSIGNED},
        {publisher, {.chain = {stranger}}, CMS_STRAY_CERTIFICATE},
        {publisher, {.chain = {middle, root, stranger}}, CMS_STRAY_CERTIFICATE},
        {publisher, {.chain = {middle, root}}, CMS_NONE},
        {publisher, {.chain = {middle, root, stranger, rsa}}, CMS_CERTIFICATES},
        {publisher, {.key = stranger}, CMS_SIGNATURE},
        {publisher, {.certificate = twin}, CMS_NONE},
        {publisher, {.without_certificate = true, .chain = {other}}, CMS_OTHER_CERTIFICATE},
        {weak, {0}, CMS_KEY},
        {curve, {0}, CMS_KEY},
        {use, {0}, CMS_USAGE},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        str der = forge_cms(memory, row[i].by, CONTENT, S(""), &row[i].how);
        struct cms_verdict v = judge_plain(der);
        if (v.fault != row[i].fault)
            print_error("row %zu: %s\n", i, cms_fault_words(v.fault));
        assert_int_equal(v.fault, row[i].fault);
        assert_int_equal(v.state, v.fault == CMS_NONE ? SIGNER_UNKNOWN : SIGNER_INVALID);
    }
}

static void other_content(void **state)
{
    (void)state;
    str der = forge_cms(memory, publisher, S("other"), S(""), NULL);
    struct cms_verdict v = judge_plain(der);
    struct sha256 said = sha256_of(S("other"));
    assert_int_equal(v.fault, CMS_CONTENT);
    assert_memory_equal(v.content.byte, said.byte, sizeof said.byte);
}

static void stamps(void **state)
{
    (void)state;
    struct forge_options how = {.stamp = stamper, .stamped = day("2026-03-01")};
    str der = forge_cms(memory, publisher, CONTENT, S(""), &how);
    /* Not trusted: the stamp is whole, but the as-of day decides. */
    struct cms_verdict v = judge(der, trust_publisher, "2026-06-30", "2026-06-30");
    assert_int_equal(v.fault, CMS_NONE);
    assert_true(v.stamped && !v.stamp_trusted);
    assert_int_equal(v.stamped_at, (int64_t)day("2026-03-01") * 86400 + 43200);
    v = judge(der, trust_publisher, "2027-06-30", "2027-06-30");
    assert_int_equal(v.fault, CMS_EXPIRED);
    v = judge(der, trust_stamper, "2027-06-30", "2027-06-30");
    assert_int_equal(v.fault, CMS_NONE);
    assert_true(v.stamp_trusted);
    assert_int_equal(v.state, SIGNER_VALID_THEN);
    how.stamp_of_other = true;
    der = forge_cms(memory, publisher, CONTENT, S(""), &how);
    assert_int_equal(judge_plain(der).fault, CMS_STAMP);
}

/* Changes that go unseen, of all bytes in one to three ways; those inside `but` are not counted. */
static size_t unseen(str der, str but, unsigned changes)
{
    static const char change[] = {0x20, 1, (char)0x80};
    struct arena *a = arena_new("flips", 1 << 26);
    char *copy = str_c(memory, der);
    size_t count = 0, from = but.n ? str_find(der, but, 0) : der.n;
    for (size_t i = 0; i < der.n; i++)
        for (unsigned k = 0; k < changes; k++) {
            copy[i] = (char)(der.p[i] ^ change[k]);
            struct cms_question q = {.der = {copy, der.n},
                                     .part = {CONTENT},
                                     .as_of = day("2026-06-30"),
                                     .today = day("2026-06-30")};
            bool seen = cms_judge(a, &q).fault != CMS_NONE;
            if (!seen && (i < from || i >= from + but.n)) {
                print_error("byte %zu of %zu changed by %d goes unseen\n", i, der.n, change[k]);
                count++;
            }
            copy[i] = der.p[i];
            arena_reset(a);
        }
    arena_free(a);
    return count;
}

/* Whether the issuer of a last certificate is right, only a list can tell: then its bytes
 * prove nothing, and its name may be any. All else is seen. */
static void every_byte(void **state)
{
    (void)state;
    str der = forge_cms(memory, publisher, CONTENT, S(""), NULL);
    assert_int_equal(unseen(der, S(""), 3), 0);
    const struct forge_options how = {.chain = {middle, root}};
    assert_int_equal(
        unseen(forge_cms(memory, publisher, CONTENT, S(""), &how), forger_der(memory, root), 1), 0);
    assert_int_equal(unseen(forge_cms(memory, rsa, CONTENT, S(""), NULL), S(""), 1), 0);
}

static void every_length(void **state)
{
    (void)state;
    str der = forge_cms(memory, publisher, CONTENT, S(""), NULL);
    for (size_t n = 0; n < der.n; n++)
        assert_int_not_equal(judge_plain(str_from_to(der, 0, n)).fault, CMS_NONE);
    struct buf longer = buf_in(memory, der.n + 2);
    buf_add(&longer, der);
    buf_char(&longer, 0);
    assert_int_equal(judge_plain(buf_str(&longer)).fault, CMS_DER);
}

static void limits(void **state)
{
    (void)state;
    char *large = NEW_ARRAY(memory, char, CMS_BYTES_MAX + 2);
    assert_int_equal(judge_plain((str){large, 0}).fault, CMS_SIZE);
    assert_int_equal(judge_plain((str){large, CMS_BYTES_MAX}).fault, CMS_DER);
    assert_int_equal(judge_plain((str){large, CMS_BYTES_MAX + 1}).fault, CMS_SIZE);
    struct buf name = buf_in(memory, 300);
    while (name.n < 64) /* X.520 allows 64 */
        buf_lit(&name, "ä");
    const char *why;
    struct forger *f =
        make((struct forge_spec){.name = str_c(memory, str_from_to(buf_str(&name), 0, 64))});
    assert_int_equal(judge_plain(forge_cms(memory, f, CONTENT, S(""), NULL)).name.n, 64);
    struct buf pem = buf_in(memory, 1 << 20);
    for (size_t i = 0; i < TRUST_CERTIFICATES_MAX; i++)
        buf_add(&pem, forger_pem(memory, publisher));
    trust_free(trust_read(buf_str(&pem), &why));
    assert_null(why);
    buf_add(&pem, forger_pem(memory, publisher));
    assert_null(trust_read(buf_str(&pem), &why));
    assert_non_null(why);
}

static void lists(void **state)
{
    (void)state;
    const char *why;
    assert_null(trust_read(S(""), &why));
    assert_string_equal(why, "it holds no certificate");
    assert_null(trust_read(S("just text\n"), &why));
    str pem = forger_pem(memory, publisher);
    assert_null(trust_read(str_from_to(pem, 0, pem.n / 2), &why));
    char *broken = str_c(memory, pem);
    broken[100] = broken[100] == 'A' ? 'B' : 'A';
    struct trust *t = trust_read((str){broken, pem.n}, &why);
    assert_true(t != NULL || why != NULL);
    trust_free(t);
    trust_free(NULL);
}

static void make_all(void)
{
    root = make((struct forge_spec){.name = "Root", .issues = true});
    middle = make((struct forge_spec){.name = "Middle", .issues = true, .issuer = root});
    publisher = make((struct forge_spec){.name = "Publisher",
                                         .unit = "DEMO",
                                         .from = "2026-01-01",
                                         .to = "2026-12-31",
                                         .issuer = middle});
    stranger = make((struct forge_spec){.name = "Stranger"});
    rsa = make((struct forge_spec){.name = "Large", .key = FORGE_RSA3072});
    stamper = make((struct forge_spec){.name = "Clock", .stamps = true});
    struct buf both = buf_in(memory, 4096);
    buf_add(&both, forger_pem(memory, publisher));
    buf_add(&both, forger_pem(memory, stamper));
    trust_publisher = trusting(forger_pem(memory, publisher));
    trust_root = trusting(forger_pem(memory, root));
    trust_stamper = trusting(buf_str(&both));
}

int unit_verify_cms(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test(accepted),      cmocka_unit_test(two_ranges), cmocka_unit_test(states),
        cmocka_unit_test(refused_forms), cmocka_unit_test(stamps),     cmocka_unit_test(limits),
        cmocka_unit_test(other_content), cmocka_unit_test(lists),      cmocka_unit_test(every_byte),
        cmocka_unit_test(every_length),
    };
    memory = arena_new("unit", 1 << 26);
    make_all();
    int failed = unit_run("verify_cms", cases);
    trust_free(trust_publisher);
    trust_free(trust_root);
    trust_free(trust_stamper);
    forgers_free();
    arena_free(memory);
    return failed;
}
