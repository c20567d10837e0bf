/* unit/verify_format: the bytes of an archive's own files, read strictly. */
#include "unit.h"

#include <string.h>

#include "base/buf.h"
#include "verify/format.h"

static struct arena *memory;

#define HEX "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define EDITION                                                                                    \
    "{\n  \"format\": \"continuo-edition-1\",\n  \"edition\": \"2026.2\",\n  \"number\": 2,\n"     \
    "  \"audience\": \"staff\",\n  \"organisation\": \"A \\\"B\\\" \\\\ \\u001f \xC3\xA4\",\n"     \
    "  \"as_of\": \"2026-06-30\",\n  \"tool\": \"continuo 0.2\",\n  \"files\": 1600,\n"            \
    "  \"bytes\": 123456,\n  \"pdfs\": 82,\n  \"manifest\": \"" HEX "\",\n"                        \
    "  \"previous\": \"" HEX "\",\n  \"certificate\": \"" HEX "\",\n  \"demo\": false\n}\n"
#define LEDGER                                                                                     \
    "{\"ledger\":\"continuo-ledger-1\",\"number\":2,\"edition\":\"2026.2\","                       \
    "\"as_of\":\"2026-06-30\",\"previous\":\"" HEX "\",\"certificate\":\"" HEX "\","               \
    "\"editions\":{\"audit\":\"" HEX "\",\"staff\":\"" HEX "\"}}\n"
#define SUMS HEX "  a-b.html\n" HEX "  a.html\n" HEX "  a/b c.html\n"
#define APPROVAL                                                                                   \
    "continuo-approval-1\ndocument: CRP-001\nversion: 4.0\nrole: ROL-002\nperson: PER-006\n"       \
    "date: 2026-06-22\ntext: " HEX "\nfile: " HEX " documents/a b.png\nfile: " HEX                 \
    " documents/c.png\n"
#define CANONICAL                                                                                  \
    "---\ncode: CRP-001\ntitle: Plan: A\nversion: 4.0\nclass:\nlanguage: en\n---\n# A\n\n\nb\n"

static bool reads_edition(str s)
{
    struct edition_record e;
    struct format_fault f;
    return edition_read(memory, s, &e, &f);
}

static bool reads_ledger(str s)
{
    struct ledger_line l;
    struct format_fault f;
    return ledger_line_read(memory, s, &l, &f);
}

static bool reads_sums(str s)
{
    struct sums l;
    struct format_fault f;
    return sums_read(memory, s, &l, &f);
}

static bool reads_approval(str s)
{
    struct approval_statement l;
    struct format_fault f;
    return approval_read(memory, s, &l, &f);
}

static bool reads_canonical(str s)
{
    struct canonical_head h;
    struct format_fault f;
    return canonical_read(memory, s, &h, &f);
}

static str with(const char *text, const char *old, const char *new)
{
    str s = str_from(text);
    size_t at = str_find(s, str_from(old), 0);
    assert_int_not_equal(at, SIZE_MAX);
    return str_fmt(memory, STR_FMT "%s" STR_FMT, STR_ARG(str_from_to(s, 0, at)), new,
                   STR_ARG(str_skip(s, at + strlen(old))));
}

static void ids(void **state)
{
    (void)state;
    static const char *const good[] = {
        "a",   "2026.2", "staff", "a_b-c.d", "0", "crisis-team", "12345678901234567890123456789012",
        "new", "tools",  "to2"};
    static const char *const bad[] = {
        "",         ".a",  "a.",         "-a",         "_a",         "A",
        "a b",      "a/b", "2026.2.new", "a..b",       "123456789012345678901234567890123",
        "draft",    "to",  "current.css", "index.html", "ledger",
        "\xC3\xA4", "a\n"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(format_id(str_from(good[i])));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(format_id(str_from(bad[i])));
}

static void numbers(void **state)
{
    (void)state;
    uint64_t n;
    assert_true(format_number(S("0"), 10, &n) && n == 0);
    assert_true(format_number(S("10"), 10, &n) && n == 10);
    assert_false(format_number(S("11"), 10, &n));
    assert_false(format_number(S("07"), 10, &n));
    assert_false(format_number(S(""), 10, &n));
    assert_false(format_number(S("-1"), 10, &n));
    assert_false(format_number(S("+1"), 10, &n));
    assert_false(format_number(S("1 "), 10, &n));
    assert_false(format_number(S("5"), 4, &n));
    assert_true(format_number(S("18446744073709551615"), UINT64_MAX, &n) && n == UINT64_MAX);
    assert_false(format_number(S("18446744073709551616"), UINT64_MAX, &n));
    assert_false(format_number(S("99999999999999999999999"), UINT64_MAX, &n));
}

static void editions(void **state)
{
    (void)state;
    struct edition_record e;
    struct format_fault f;
    assert_true(edition_read(memory, S(EDITION), &e, &f));
    assert_str(e.edition, "2026.2");
    assert_str(e.audience, "staff");
    assert_str(e.organisation, "A \"B\" \\ \x1F \xC3\xA4");
    assert_str(e.tool, "continuo 0.2");
    assert_int_equal(e.number, 2);
    assert_int_equal(e.files, 1600);
    assert_int_equal(e.bytes, 123456);
    assert_int_equal(e.pdfs, 82);
    assert_str(date_iso(memory, e.as_of), "2026-06-30");
    assert_str(sha256_hex(memory, e.manifest), HEX);
    assert_false(e.demo);
    assert_true(reads_edition(with(EDITION, "false", "true")));
    assert_true(reads_edition(with(EDITION, "number\": 2", "number\": 999999")));
    assert_true(reads_edition(with(EDITION, "bytes\": 123456", "bytes\": 9007199254740992")));
    static const char *const row[][2] = {
        {"false", "False"},
        {"false", "0"},
        {"\": 2", "\":2"},
        {"\": 2", "\": 02"},
        {"\": 2", "\": 2.0"},
        {"\": 2", "\": \"2\""},
        {"\": 2", "\": 0"},
        {"\": 2", "\": 1000000"},
        {"  \"number", "\t\"number"},
        {"82", "1601"},
        {"06-30", "06-31"},
        {"2026.2", "Draft"},
        {"staff", "to"},
        {"0123", "012G"},
        {"0123", "012A"},
        {"123456", "9007199254740993"},
        {"\\u001f", "\\u001F"},
        {"\\u001f", "\\u0041"},
        {"\\u001f", "\\n"},
        {"\\u001f", "\\u0000"},
        {"\\u001f", "\x1F"},
        {"\\u001f", "\\/"},
        {"\xC3\xA4", "\xC3"},
        {"edition-1", "edition-2"},
        {",\n  \"tool", ",\n \"tool"},
        {"}\n", "}"},
        {"}\n", "}\n\n"},
        {"{\n", "{ \n"},
        {"\n", "\r\n"},
        {"{", "\xEF\xBB\xBF{"},
        {"\"demo\": false", "\"demo\": false,\n  \"demo\": false"},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++)
        assert_false(reads_edition(with(EDITION, row[i][0], row[i][1])));
    assert_false(edition_read(memory, with(EDITION, "\"pdfs\": 82", "\"pdfs\": 082"), &e, &f));
    assert_int_equal(f.line, 11);
}

static void ledgers(void **state)
{
    (void)state;
    struct ledger_line l;
    struct format_fault f;
    assert_true(ledger_line_read(memory, S(LEDGER), &l, &f));
    assert_int_equal(l.edition_count, 2);
    assert_str(l.editions[1].audience, "staff");
    assert_str(sha256_hex(memory, l.editions[1].hash), HEX);
    struct sha256 h = sha256_of(S(LEDGER));
    assert_true(hash_eq(h, l.hash));
    static const char *const row[][2] = {
        {"audit", "zebra"},
        {"audit", "staff"},
        {"\n", ""},
        {":2,", ":02,"},
        {":2,", ": 2,"},
        {":2,", ":0,"},
        {"}}\n", "}}\n\n"},
        {"}}\n", "}}\r\n"},
        {"2026-06-30", "2026-6-30"},
        {"{\"audit", "{ \"audit"},
        {"\"2026.2\"", "\"2026.2.new\""},
        {"\"}}", "\",}}"},
        {"ledger-1", "ledger-2"},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++)
        assert_false(reads_ledger(with(LEDGER, row[i][0], row[i][1])));
    assert_false(reads_ledger(with(LEDGER, "{\"audit\":\"" HEX "\",\"staff\":\"" HEX "\"}", "{}")));
    str rest = S("one\ntwo"), line;
    assert_true(ledger_next(&rest, &line));
    assert_str(line, "one\n");
    assert_true(ledger_next(&rest, &line));
    assert_str(line, "two");
    assert_false(ledger_next(&rest, &line));
}

static str ledger_of(size_t audiences)
{
    struct buf b = buf_in(memory, 100 * audiences);
    for (size_t i = 0; i < audiences; i++)
        buf_fmt(&b, "%s\"a%03zu\":\"" HEX "\"", i ? "," : "", i);
    return with(LEDGER, "\"audit\":\"" HEX "\",\"staff\":\"" HEX "\"", str_c(memory, buf_str(&b)));
}

static void lists(void **state)
{
    (void)state;
    struct sums s;
    struct format_fault f;
    assert_true(sums_read(memory, S(SUMS), &s, &f));
    assert_int_equal(s.count, 3);
    assert_non_null(sums_find(&s, S("a/b c.html")));
    assert_null(sums_find(&s, S("a")));
    assert_true(reads_sums(S("")));
    static const char *const row[][2] = {
        {"  a-b", " a-b"},
        {"  a-b", " *a-b"},
        {"a-b", "z"},
        {"a.html", "a-b.html"},
        {"a/b c.html\n", "a/b c.html"},
        {"a-b.html", "/a"},
        {"a-b.html", "../a"},
        {"a-b.html", "./a"},
        {"a-b.html", "a//b"},
        {"a-b.html", "a/"},
        {"a-b.html", ".a"},
        {"a-b.html", "A\\b"},
        {"a-b.html", ""},
        {"a-b.html", "SHA256SUMS"},
        {"a-b.html", "edition.json"},
        {"a-b.html", "edition.json.p7s"},
        {"a-b.html", "a"},
        {"a-b.html", "Aux.html"},
        {"a-b.html", "a\x01"},
        {"a-b.html", "a\r"},
        {"0123", "012X"},
        {"a-b.html", "A:b"},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++)
        assert_false(reads_sums(with(SUMS, row[i][0], row[i][1])));
    assert_false(sums_read(memory, with(SUMS, "a/b", ".x"), &s, &f));
    assert_int_equal(f.line, 3);
}

static void approvals(void **state)
{
    (void)state;
    struct approval_statement s;
    struct format_fault f;
    assert_true(approval_read(memory, S(APPROVAL), &s, &f));
    assert_str(s.document, "CRP-001");
    assert_str(s.person, "PER-006");
    assert_int_equal(s.file_count, 2);
    assert_str(s.files[0].path, "documents/a b.png");
    static const char *const row[][2] = {
        {"PER-006", ""},
        {"person: PER-006\n", ""},
        {"4.0", "4.0 "},
        {"4.0", "4\t0"},
        {"-1\n", "-1\r\n"},
        {"06-22", "22-06"},
        {"documents/c", "a"},
        {"c.png\n", "c.png"},
        {"c.png\n", "c.png\n\n"},
        {"text: ", "text:  "},
        {"file: ", "file:"},
        {"documents/c", "../c"},
        {"documents/c.png", "documents/a b.png"},
        {"approval-1", "approval-2"},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++)
        assert_false(reads_approval(with(APPROVAL, row[i][0], row[i][1])));
}

static void canonical(void **state)
{
    (void)state;
    struct canonical_head h;
    struct format_fault f;
    assert_true(canonical_read(memory, S(CANONICAL), &h, &f));
    assert_str(h.title, "Plan: A");
    assert_str(h.class, "");
    static const char *const row[][2] = {
        {"class:", "class: "},  {"en\n", "en \n"},      {"# A\n", "# A \n"},
        {"# A", "\n# A"},       {"b\n", "b"},           {"b\n", "b\n\n"},
        {"b\n", "b\r\n"},       {"code: ", "code:  "},  {"code: CRP", "Code: CRP"},
        {"---\n#", "---\n\n#"}, {"version: 4.0\n", ""},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++)
        assert_false(reads_canonical(with(CANONICAL, row[i][0], row[i][1])));
    static const char *const same[] = {
        "# A\n\n\nb\n",
        "\n \n# A\n\n\nb",
        "# A \r\n\r\n\r\nb\t\r\n\r\n",
        "\r\r# A\r\r\rb\r",
    };
    const struct canonical_head head = {S("CRP-001"), S("Plan: A"), S("4.0"), S(""), S("en")};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        assert_str(canonical_text(memory, &head, str_from(same[i])), CANONICAL);
    str empty = canonical_text(memory, &head, S(" \n\n"));
    assert_true(str_ends(empty, S("language: en\n---\n")));
    assert_true(reads_canonical(empty));
}

static str padded(const char *old, const char *with_n, size_t n)
{
    struct buf b = buf_in(memory, n + 1);
    for (size_t i = 0; i < n; i++)
        buf_char(&b, 'x');
    const char *value = str_c(memory, buf_str(&b));
    return with(EDITION, old, str_c(memory, str_fmt(memory, "%s%s", with_n, value)));
}

/* At the limit, and one above. */
static void limits(void **state)
{
    (void)state;
    assert_true(reads_edition(padded("continuo 0.2", "", EDITION_STRING_BYTES_MAX - 1)));
    assert_true(reads_edition(padded("continuo 0.2", "", EDITION_STRING_BYTES_MAX)));
    assert_false(reads_edition(padded("continuo 0.2", "", EDITION_STRING_BYTES_MAX + 1)));
    assert_true(reads_ledger(ledger_of(LEDGER_AUDIENCES_MAX - 1)));
    assert_true(reads_ledger(ledger_of(LEDGER_AUDIENCES_MAX)));
    assert_false(reads_ledger(ledger_of(LEDGER_AUDIENCES_MAX + 1)));
    for (size_t n = SUMS_PATH_BYTES_MAX - 1; n <= SUMS_PATH_BYTES_MAX + 1; n++) {
        struct buf b = buf_in(memory, 2000);
        buf_lit(&b, HEX "  ");
        for (size_t i = 0; i < n; i++)
            buf_char(&b, i % 100 == 99 && i + 1 < n ? '/' : 'x');
        buf_char(&b, '\n');
        assert_int_equal(reads_sums(buf_str(&b)), n <= SUMS_PATH_BYTES_MAX);
    }
    for (size_t n = APPROVAL_FILES_MAX - 1; n <= APPROVAL_FILES_MAX + 1; n++) {
        struct buf b = buf_in(memory, 100 * n);
        str head =
            with(APPROVAL, "file: " HEX " documents/a b.png\nfile: " HEX " documents/c.png\n", "");
        buf_add(&b, head);
        for (size_t i = 0; i < n; i++)
            buf_fmt(&b, "file: " HEX " f%04zu\n", i);
        assert_int_equal(reads_approval(buf_str(&b)), n <= APPROVAL_FILES_MAX);
    }
    for (size_t n = APPROVAL_VALUE_BYTES_MAX - 1; n <= APPROVAL_VALUE_BYTES_MAX + 1; n++) {
        char value[300] = {0};
        memset(value, 'v', n);
        assert_int_equal(reads_approval(with(APPROVAL, "4.0", value)),
                         n <= APPROVAL_VALUE_BYTES_MAX);
    }
    char *large = NEW_ARRAY(memory, char, SUMS_BYTES_MAX / 8);
    assert_false(reads_edition((str){large, EDITION_BYTES_MAX + 1}));
    assert_false(reads_ledger((str){large, LEDGER_LINE_BYTES_MAX + 1}));
    assert_false(reads_approval((str){large, APPROVAL_BYTES_MAX + 1}));
}

/* Every byte of every format, changed in each bit: another value or a fault, never the
 * same value in other bytes. */
static void every_bit(void **state)
{
    (void)state;
    char copy[sizeof EDITION];
    memcpy(copy, EDITION, sizeof EDITION);
    struct edition_record right, e;
    struct format_fault f;
    assert_true(edition_read(memory, S(EDITION), &right, &f));
    for (size_t i = 0; i < sizeof EDITION - 1; i++)
        for (int bit = 0; bit < 8; bit++) {
            copy[i] = (char)(EDITION[i] ^ (1 << bit));
            bool read = edition_read(memory, (str){copy, sizeof EDITION - 1}, &e, &f);
            bool same = read && str_eq(e.edition, right.edition) && e.number == right.number &&
                        str_eq(e.audience, right.audience) && e.as_of == right.as_of &&
                        str_eq(e.organisation, right.organisation) && e.files == right.files &&
                        str_eq(e.tool, right.tool) && e.bytes == right.bytes &&
                        e.pdfs == right.pdfs && hash_eq(e.manifest, right.manifest) &&
                        hash_eq(e.previous, right.previous) &&
                        hash_eq(e.certificate, right.certificate) && e.demo == right.demo;
            assert_false(same);
            copy[i] = EDITION[i];
        }
}

int unit_verify_format(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test(ids),       cmocka_unit_test(numbers), cmocka_unit_test(editions),
        cmocka_unit_test(ledgers),   cmocka_unit_test(lists),   cmocka_unit_test(approvals),
        cmocka_unit_test(canonical), cmocka_unit_test(limits),  cmocka_unit_test(every_bit),
    };
    memory = arena_new("unit", 1 << 27);
    int failed = unit_run("verify_format", cases);
    arena_free(memory);
    return failed;
}
