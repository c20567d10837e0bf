/* unit/diag: findings collected, sorted, printed, carried between processes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "unit.h"

#include "base/diag.h"
#include "base/fatal.h"

static struct arena *memory;

static const struct rule rule_a = {"A1", SEVERITY_ERROR, "8.4", "Title a", "Why a", "mend a"};
static const struct rule rule_b = {"B1", SEVERITY_WARNING, "", "Title b", "Why b", ""};

static str printed(struct diags *d, enum diag_format format, bool color, size_t max)
{
    char *text = NULL;
    size_t n = 0;
    FILE *out = open_memstream(&text, &n);
    struct diag_print how = {format, color, max, SEVERITY_INFO};
    diags_print(d, &how, out);
    fclose(out);
    str copy = str_dup(memory, (str){text, n});
    free(text);
    return copy;
}

static str as_text(struct diags *d)
{
    return printed(d, DIAG_TEXT, false, 0);
}

static struct span at(uint32_t file, uint32_t off, uint32_t len)
{
    return (struct span){file, off, len};
}

static void places(void **state)
{
    (void)state;
    struct diags *d = diags_new(memory);
    uint32_t f = diags_source(d, S("a"), S("one\r\n\n\xC3\xA9\xE6\xBC\xA2x\nlast"));
    static const struct {
        uint32_t off, line, col;
    } row[] = {{0, 1, 1}, {3, 1, 4},  {5, 2, 1},  {6, 3, 1},  {8, 3, 2},  {11, 3, 3}, {12, 3, 4},
               {8, 3, 2}, {13, 4, 1}, {16, 4, 4}, {17, 4, 5}, {99, 4, 5}, {8, 3, 2}};
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        uint32_t line, col;
        diags_place(d, at(f, row[i].off, 0), &line, &col);
        assert_int_equal(line, row[i].line);
        assert_int_equal(col, row[i].col);
    }
    assert_int_equal(diags_source(d, S("a"), S("other")), f);
    assert_str(diags_source_path(d, f), "a");
    assert_str(diags_source_path(d, 0), "");
    assert_true(str_starts(diags_source_text(d, f), S("one")));
}

static void text_with_caret(void **state)
{
    (void)state;
    struct diags *d = diags_new(memory);
    uint32_t f = diags_source(d, S("r.yaml"), S("a: 1\nowner: \xC3\xA9 P-9 \xE6\xBC\xA2\n"));
    diag(d, &rule_a, at(f, 15, 3), "no person has the id '%s'", "P-9");
    diag_related(d, at(f, 0, 1), "the record begins here");
    diag_hint(d, "add %d", 1);
    diag(d, &rule_b, at(f, 12, 2), "wide");
    diag(d, &rule_b, at(f, 3, 90), "over the end of the line");
    diag(d, &rule_a, at(0, 0, 0), "nowhere");
    assert_str(as_text(d), "continuo: error[A1]: nowhere\n"
                           "      = help: mend a\n"
                           "r.yaml:1:4: warning[B1]: over the end of the line\n"
                           "    1 | a: 1\n"
                           "      |    ^\n"
                           "r.yaml:2:8: warning[B1]: wide\n"
                           "    2 | owner: \xC3\xA9 P-9 \xE6\xBC\xA2\n"
                           "      |        ^\n"
                           "r.yaml:2:10: error[A1]: no person has the id 'P-9'\n"
                           "    2 | owner: \xC3\xA9 P-9 \xE6\xBC\xA2\n"
                           "      |          ^~~\n"
                           "r.yaml:1:1: note: the record begins here\n"
                           "      = help: add 1\n");
}

/* Author text must not act on a terminal, and the caret must still be right. */
static void text_is_tame(void **state)
{
    (void)state;
    struct diags *d = diags_new(memory);
    uint32_t f = diags_source(d, S("a\x1B[2J.md"),
                              S("\t\x1B[31m\xE2\x80\xAE"
                                "ab\x9Fz"));
    diag(d, &rule_b, at(f, 9, 1), "x\x07\xE2\x81\xA6y\xFF");
    assert_str(as_text(d), "a\\u{1B}[2J.md:1:8: warning[B1]: x\\u{7}\\u{2066}y\xEF\xBF\xBD\n"
                           "    1 |  \\u{1B}[31m\\u{202E}ab\xEF\xBF\xBDz\n"
                           "      |                    ^\n");
}

static void long_lines(void **state)
{
    (void)state;
    struct diags *d = diags_new(memory);
    struct buf line = buf_in(memory, 1000);
    for (int i = 0; i < 200; i++) /* the window would begin and end inside a character */
        buf_add(&line, i == 90 ? S("a") : S("\xC3\xA9"));
    uint32_t f = diags_source(d, S("long"), buf_str(&line));
    diag(d, &rule_b, at(f, 201, 400), "in the middle");
    str out = as_text(d), row;
    assert_true(utf8_invalid_at(out) == SIZE_MAX &&
                str_find(out, S("\xEF\xBF\xBD"), 0) == SIZE_MAX);
    str_line(&out, &row);
    assert_str(row, "long:1:102: warning[B1]: in the middle");
    str_line(&out, &row);
    assert_int_equal(utf8_count(row), 8 + 80);
    str_line(&out, &row);
    assert_int_equal(row.n, 8 + 80);
    assert_int_equal(str_find_char(row, '^', 0), 8 + 31);
}

static void places_at_ends(void **state)
{
    (void)state;
    struct diags *d = diags_new(memory);
    uint32_t f = diags_source(d, S("f"), S("ab\r\ncd"));
    uint32_t empty = diags_source(d, S("empty"), S(""));
    diag(d, &rule_b, at(f, 2, 9), "at the carriage return");
    diag(d, &rule_b, at(f, 6, 3), "behind the text");
    diag(d, &rule_b, at(empty, 0, 0), "in nothing");
    assert_str(as_text(d), "empty: warning[B1]: in nothing\n"
                           "f:1:3: warning[B1]: at the carriage return\n"
                           "    1 | ab\n"
                           "      |   ^\n"
                           "f:2:3: warning[B1]: behind the text\n"
                           "    2 | cd\n"
                           "      |   ^\n");
}

static void colored(void **state)
{
    (void)state;
    struct diags *d = diags_new(memory);
    diag(d, &rule_a, at(diags_source(d, S("f"), S("x")), 0, 1), "m");
    assert_str(printed(d, DIAG_TEXT, true, 0),
               "\033[1mf:1:1: \033[0m\033[31merror[A1]\033[0m: m\n    1 | x\n"
               "      | \033[32m^\033[0m\n      = help: mend a\n");
}

static void sorted_and_once(void **state)
{
    (void)state;
    struct diags *d = diags_new(memory);
    uint32_t b = diags_source(d, S("b"), S("")), a = diags_source(d, S("a"), S(""));
    diag(d, &rule_b, at(b, 5, 0), "5");
    diag(d, &rule_b, at(b, 1, 0), "same");
    diag(d, &rule_a, at(b, 1, 0), "between");
    diag(d, &rule_b, at(b, 1, 0), "same"); /* a repeat, though not next to the first */
    diag(d, &rule_b, at(b, 1, 0), "another");
    diag(d, &rule_b, at(a, 9, 0), "9");
    assert_str(as_text(d), "a: warning[B1]: 9\n"
                           "b: error[A1]: between\n      = help: mend a\n"
                           "b: warning[B1]: another\n"
                           "b: warning[B1]: same\n"
                           "b: warning[B1]: 5\n");
    assert_int_equal(diags_count(d, SEVERITY_WARNING), 4);
    assert_int_equal(diags_count(d, SEVERITY_ERROR), 1);
    assert_true(str_ends(printed(d, DIAG_TEXT, false, 2),
                         S("continuo: 3 more not shown (--max 0 shows all)\n")));
}

static void as_json(void **state)
{
    (void)state;
    struct diags *d = diags_new(memory);
    uint32_t f = diags_source(d, S("a \"b\".md"), S("x\n\xC3\xA9y"));
    diag(d, &rule_a, at(f, 4, 1), "tab\tquote\" broken\xFF");
    diag_related(d, at(f, 0, 1), "first");
    diag_related(d, at(f, 2, 1), "second");
    diag(d, &rule_b, at(0, 0, 0), "none");
    assert_str(
        printed(d, DIAG_JSON, false, 1),
        "{\"path\":\"\",\"line\":1,\"col\":1,\"severity\":\"warning\",\"rule\":\"B1\","
        "\"clause\":\"\",\"message\":\"none\",\"help\":\"\",\"related\":[]}\n"
        "{\"path\":\"a \\\"b\\\".md\",\"line\":2,\"col\":2,\"severity\":\"error\","
        "\"rule\":\"A1\",\"clause\":\"8.4\","
        "\"message\":\"tab\\u0009quote\\\" broken\xEF\xBF\xBD\",\"help\":\"mend a\","
        "\"related\":[{\"path\":\"a \\\"b\\\".md\",\"line\":1,\"col\":1,\"message\":\"first\"},"
        "{\"path\":\"a \\\"b\\\".md\",\"line\":2,\"col\":1,\"message\":\"second\"}]}\n");
}

static void as_sarif(void **state)
{
    (void)state;
    struct diags *d = diags_new(memory);
    uint32_t f = diags_source(d, S("my plans/\xC3\xA9#1?.md"), S("x\ny"));
    diag(d, &rule_a, at(f, 2, 1), "one");
    diag_related(d, at(f, 0, 1), "see");
    diag(d, &rule_a, at(f, 3, 0), "two");
    diag(d, &rule_b, at(0, 0, 0), "three");
    assert_str(
        printed(d, DIAG_SARIF, false, 1),
        "{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\","
        "\"runs\":[{\"columnKind\":\"unicodeCodePoints\",\"tool\":{\"driver\":{"
        "\"name\":\"continuo\",\"rules\":["
        "{\"id\":\"B1\",\"shortDescription\":{\"text\":\"Title b\"},"
        "\"fullDescription\":{\"text\":\"Why b\"},\"help\":{\"text\":\"\"}},"
        "{\"id\":\"A1\",\"shortDescription\":{\"text\":\"Title a\"},"
        "\"fullDescription\":{\"text\":\"Why a\"},\"help\":{\"text\":\"mend a\"}}"
        "]}},\"results\":["
        "{\"ruleId\":\"B1\",\"level\":\"warning\",\"message\":{\"text\":\"three\"}},"
        "{\"ruleId\":\"A1\",\"level\":\"error\",\"message\":{\"text\":\"one\"},\"locations\":["
        "{\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"my%20plans/%C3%A9%231%3F.md\"},"
        "\"region\":{\"startLine\":2,\"startColumn\":1}}}],\"relatedLocations\":["
        "{\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"my%20plans/%C3%A9%231%3F.md\"},"
        "\"region\":{\"startLine\":1,\"startColumn\":1}},\"message\":{\"text\":\"see\"}}]},"
        "{\"ruleId\":\"A1\",\"level\":\"error\",\"message\":{\"text\":\"two\"},\"locations\":["
        "{\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"my%20plans/%C3%A9%231%3F.md\"},"
        "\"region\":{\"startLine\":2,\"startColumn\":2}}}]}"
        "]}]}\n");
}

static void exit_status(void **state)
{
    (void)state;
    struct diags *d = diags_new(memory);
    assert_int_equal(diags_exit_status(d), EXIT_OK);
    diag(d, &rule_b, at(0, 0, 0), "warning");
    assert_int_equal(diags_exit_status(d), EXIT_OK);
    diag(d, &rule_a, at(0, 0, 0), "error");
    assert_int_equal(diags_exit_status(d), EXIT_CONTENT);
    diag_os(d, S("site/x"), 28, "write the file");
    assert_int_equal(diags_exit_status(d), EXIT_MACHINE);
    assert_true(diags_machine_failed(d));
    assert_true(str_find(as_text(d),
                         S("site/x: error[OS]: cannot write the file: No space left on device\n"),
                         0) != SIZE_MAX);
}

static void quoted(void **state)
{
    (void)state;
    char text[101];
    memset(text, 'a', sizeof text);
    assert_int_equal(diag_quote((str){text, 100}).n, 80);
    assert_int_equal(diag_quote((str){text, 80}).n, 80);
    memcpy(text + 78, "\xE6\xBC\xA2", 3); /* would be cut in two */
    assert_int_equal(diag_quote((str){text, 100}).n, 78);
    assert_int_equal(diag_quote((str){NULL, 0}).n, 0);
}

/* A worker's findings arrive as if the parent had made them, also about files
 * that only one of the two has read, or has read in another order. */
static void packed(void **state)
{
    (void)state;
    struct diags *parent = diags_new(memory), *worker = diags_new(memory);
    uint32_t one = diags_source(parent, S("one"), S("a\nb"));
    assert_int_equal(diags_source(worker, S("one"), S("a\nb")), one);
    uint32_t only = diags_source(worker, S("only"), S("x\ny"));
    uint32_t two = diags_source(worker, S("two"), S("c\nd"));
    assert_int_not_equal(diags_source(parent, S("two"), S("c\nd")), two);
    diag(worker, &rule_a, at(one, 2, 1), "in one");
    diag_related(worker, at(two, 2, 1), "see two");
    diag_related(worker, at(only, 2, 1), "see only");
    diag_hint(worker, "do");
    diag(worker, &rule_b, at(two, 2, 1), "in two");
    diag(worker, &rule_b, at(only, 2, 1), "in only");
    diag(worker, &rule_b, at(0, 0, 0), "nowhere");
    struct buf b = buf_in(memory, 0);
    diags_pack(worker, &b);
    diags_unpack(parent, buf_str(&b));
    assert_str(as_text(parent), "continuo: warning[B1]: nowhere\n"
                                "one:2:1: error[A1]: in one\n"
                                "    2 | b\n      | ^\n"
                                "two:2:1: note: see two\n"
                                "only: note: see only\n"
                                "      = help: do\n"
                                "only: warning[B1]: in only\n"
                                "two:2:1: warning[B1]: in two\n"
                                "    2 | d\n      | ^\n");
    assert_false(diags_machine_failed(parent));
    struct buf os = buf_in(memory, 0);
    diag_os(worker, S(""), 5, "read");
    diags_pack(worker, &os);
    diags_unpack(parent, buf_str(&os));
    assert_true(diags_machine_failed(parent));
}

static void child_of_parent(void **state)
{
    (void)state;
    struct diags *parent = diags_new(memory);
    uint32_t one = diags_source(parent, S("one"), S("a\nb"));
    struct diags *child = diags_child(memory, parent);
    assert_int_equal(diags_source(child, S("one"), S("")), one);
    uint32_t own = diags_source(child, S("own"), S("x"));
    assert_int_not_equal(own, one);
    assert_str(diags_source_path(child, own), "own");
    diag(child, &rule_b, at(one, 2, 1), "m");
    diag(child, &rule_b, at(own, 0, 1), "n");
    struct buf b = buf_in(memory, 0);
    diags_pack(child, &b);
    diags_unpack(parent, buf_str(&b));
    assert_str(as_text(parent), "one:2:1: warning[B1]: m\n    2 | b\n      | ^\n"
                                "own: warning[B1]: n\n");
}

static void unpack_cut(void *self)
{
    diags_unpack(diags_new(memory), *(str *)self);
}

static void packed_and_cut(void **state)
{
    (void)state;
    struct diags *d = diags_new(memory);
    diag(d, &rule_a, at(diags_source(d, S("f"), S("x")), 0, 1), "m");
    struct buf b = buf_in(memory, 0);
    diags_pack(d, &b);
    for (size_t n = 2; n < b.n; n++) {
        char said[100];
        str cut = {b.p, n};
        assert_int_equal(unit_dies(unpack_cut, &cut, said, sizeof said), EXIT_MACHINE);
        assert_string_equal(said, "continuo: a worker's report is cut short\n");
    }
}

/* Beyond the limit findings are counted, and what is said about them is dropped. */
static struct diags *too_many_in(struct arena *a)
{
    struct diags *worker = diags_new(a), *parent = diags_new(a);
    uint32_t f = diags_source(worker, S("f"), S("x\n"));
    for (uint32_t i = 0; i < 20005; i++) {
        diag(worker, &rule_a, at(f, i, 0), "number %u", i);
        diag_related(worker, at(f, 0, 0), "note");
        diag_hint(worker, "hint");
    }
    assert_int_equal(diags_count(worker, SEVERITY_ERROR), 20005);
    struct buf b = buf_in(a, 0);
    diags_pack(worker, &b);
    diags_unpack(parent, buf_str(&b)); /* what it was told: the first 20,000 */
    diags_unpack(parent, buf_str(&b));
    return parent;
}

static void too_many(void **state)
{
    (void)state;
    struct arena *a = arena_new("brief", (size_t)128 << 20);
    for (int round = 0; round < 2; round++) { /* nothing may be kept from the first */
        arena_reset(a);
        struct diags *parent = too_many_in(a);
        assert_int_equal(diags_count(parent, SEVERITY_ERROR), 40000);
        assert_true(str_ends(printed(parent, DIAG_TEXT, false, 10),
                             S("continuo: 19990 more not shown (--max 0 shows all)\n")));
    }
    arena_free(a);
}

/* Every place of a large file as JSON: linear, or this would take minutes. */
static void many_in_large_file(void **state)
{
    (void)state;
    struct diags *d = diags_new(memory);
    struct buf lines = buf_in(memory, 8u << 20);
    while (lines.n < 4u << 20)
        buf_lit(&lines, "key: value\n");
    uint32_t wide = diags_source(d, S("wide"), str_dup(memory, buf_str(&lines)));
    for (size_t i = 0; i < lines.n; i++)
        lines.p[i] = lines.p[i] == '\n' ? ' ' : lines.p[i];
    uint32_t one_line = diags_source(d, S("one line"), buf_str(&lines));
    for (uint32_t i = 0; i < 9000; i++) {
        diag(d, &rule_b, at(wide, i * 440, 1), "w");
        diag(d, &rule_b, at(one_line, i * 440, 1), "o");
    }
    str out = printed(d, DIAG_JSON, false, 0);
    assert_true(str_find(out, S("\"wide\",\"line\":359961,\"col\":1,"), 0) != SIZE_MAX);
    assert_true(str_find(out, S("\"one line\",\"line\":1,\"col\":3959561,"), 0) != SIZE_MAX);
}

int unit_diag(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test(places),          cmocka_unit_test(text_with_caret),
        cmocka_unit_test(text_is_tame),    cmocka_unit_test(long_lines),
        cmocka_unit_test(places_at_ends),  cmocka_unit_test(colored),
        cmocka_unit_test(sorted_and_once), cmocka_unit_test(as_json),
        cmocka_unit_test(as_sarif),        cmocka_unit_test(exit_status),
        cmocka_unit_test(quoted),          cmocka_unit_test(packed),
        cmocka_unit_test(child_of_parent), cmocka_unit_test(packed_and_cut),
        cmocka_unit_test(too_many),        cmocka_unit_test(many_in_large_file),
    };
    memory = arena_new("unit", (size_t)512 << 20);
    int failed = unit_run("diag", cases);
    arena_free(memory);
    return failed;
}
