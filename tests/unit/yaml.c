/* unit/yaml: what is read, what is refused, and where. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "unit.h"

#include "dump.h"
#include "text/rules.h"
#include "text/yaml.h"

static struct arena *memory;
static struct diags *diags;

static const struct value *parse(str text)
{
    arena_reset(memory);
    diags = diags_new(memory);
    uint32_t file = diags_source(diags, S("f.yaml"), text);
    const struct value *v = yaml_parse(memory, diags, file, 0, text.n);
    assert_non_null(v);
    return v;
}

static struct dump of(str text)
{
    const struct value *v = parse(text);
    return (struct dump){dump_value(memory, v), dump_findings(memory, diags)};
}
#define check(rows) dump_check((rows), sizeof(rows) / sizeof *(rows), of)

static void read(void **state)
{
    (void)state;
    static const struct dump_row row[] = {
        {S_INIT(""), "()", ""},
        {S_INIT("\n# only a comment\n\n"), "()", ""},
        {S_INIT("---\n"), "()", ""},
        {S_INIT("--- x\n"), "x", ""},
        {S_INIT("a: 1\n...\n# done\n"), "{a: 1}", ""},
        {S_INIT("a: 1\nb: two words\n"), "{a: 1, b: two words}", ""},
        {S_INIT("a: b # comment\nc: d#e\n"), "{a: b, c: d#e}", ""},
        {S_INIT("- a\n- - b\n  - c\n- {x: 1, y: [2, 3]}\n"), "[a, [b, c], {x: 1, y: [2, 3]}]", ""},
        {S_INIT("a:\n- 1\n- 2\nb:\n  c:\n    d: e\n"), "{a: [1, 2], b: {c: {d: e}}}", ""},
        {S_INIT("a:\nb: ~\nc: null\nd: ''\ne: \"\"\n"), "{a: (), b: (), c: (), d: \"\", e: \"\"}",
         ""},
        {S_INIT("[NULL, Null, yes, on, 0o7, 1_000, .inf]"),
         "[NULL, Null, yes, on, 0o7, 1_000, .inf]", ""},
        {S_INIT("a: 'it''s'\nb: \"x\\ty\\u00e9\\n\"\n"), "{a: \"it's\", b: \"x\ty\xC3\xA9\\n\"}",
         ""},
        {S_INIT("a: \"one\n  two\n\n  three\"\n"), "{a: \"one two\\nthree\"}", ""},
        {S_INIT("a: one\n  two\n"), "{a: one two}", ""},
        {S_INIT("a: |\n  one\n   two\n\nb: >-\n  one\n  two\n"),
         "{a: \"one\\n two\\n\", b: \"one two\"}", ""},
        {S_INIT("a: |+\n  one\n\nb: 1"), "{a: \"one\\n\\n\", b: 1}", ""},
        {S_INIT("{\"a\":1,\"b\":[true,null,\"x\"]}"), "{a: 1, b: [true, (), \"x\"]}", ""},
        {S_INIT("'a b': 1\n\"c\": 2\n? d\n: 3\n"), "{a b: 1, c: 2, d: 3}", ""},
        {S_INIT("null: 1\n~: 2\ntrue: 3\n"), "{null: 1, ~: 2, true: 3}", ""},
        {S_INIT("- a: 1\n  b: 2\n-\n  c: 3\n- \n"), "[{a: 1, b: 2}, {c: 3}, ()]", ""},
        {S_INIT("url: http://a.b/c?d=e#f\ntime: 12:30\n"), "{url: http://a.b/c?d=e#f, time: 12:30}",
         ""},
        {S_INIT("a: '&x *y !z %w @v `u'\n"), "{a: \"&x *y !z %w @v `u\"}", ""},
        {S_INIT("a: x & y * z ! w\n"), "{a: x & y * z ! w}", ""},
        {S_INIT("\xC3\xA9: \xF0\x9F\x98\x80\n"), "{\xC3\xA9: \xF0\x9F\x98\x80}", ""},
        {S_INIT("\xEF\xBB\xBF"
                "a: 1\n"),
         "{a: 1}", ""},
        {S_INIT("a: 1\r\nb: |\r\n  x\r\n  y\r\n"), "{a: 1, b: \"x\\ny\\n\"}", ""},
        {S_INIT("a: [1,\n  2,]\n"), "{a: [1, 2]}", ""},
        {S_INIT("a:\t1\nb: 2\t# c\nc: 'x\ty'\n"), "{a: 1, b: 2, c: \"x\ty\"}", ""},
    };
    check(row);
}

static void features_refused(void **state)
{
    (void)state;
    static const struct dump_row row[] = {
        {S_INIT("a: &x 1\nb: 2\n"), "{a: 1, b: 2}", "1:4 YA2 '&x' is an anchor"},
        {S_INIT("a: &x\n  b: 1\n"), "{a: {b: 1}}", "1:4 YA2 '&x' is an anchor"},
        {S_INIT("a: *x\nb: 2\n"), "{a: (), b: 2}", "1:4 YA2 '*x' stands for a value elsewhere"},
        {S_INIT("- &a [*a]\n"), "[[()]]",
         "1:3 YA2 '&a' is an anchor | 1:7 YA2 '*a' stands for a value elsewhere"},
        {S_INIT("*x : 1\n"), "{}", "1:1 YA2 '*x' stands for a value elsewhere"},
        {S_INIT("a: !!int 1\n"), "{a: 1}", "1:4 YA2 '!!int' is a tag"},
        {S_INIT("a: !x [1]\n"), "{a: [1]}", "1:4 YA2 '!x' is a tag"},
        {S_INIT("a: ! 1\n"), "{a: 1}", "1:4 YA2 '!' is a tag"},
        {S_INIT("a: !<tag:x> &y 1\n"), "{a: 1}", "1:4 YA2 '!<tag:x>' is a tag"},
        {S_INIT("!!map {a: 1}\n"), "{a: 1}", "1:1 YA2 '!!map' is a tag"},
        {S_INIT("a: !e!x 1\n"), "{}", "1:4 YA2 text cannot begin with '!'"},
        {S_INIT("a: * b\n"), "{}", "1:4 YA2 text cannot begin with '*'"},
        {S_INIT("a: & b\n"), "{}", "1:4 YA2 text cannot begin with '&'"},
        {S_INIT("a: !<x\n"), "{}", "1:4 YA2 text cannot begin with '!'"},
        {S_INIT("%YAML 1.1\n---\na: 1\n"), "{a: 1}",
         "1:1 YA2 a line that begins with '%' is a directive"},
        {S_INIT("# c\n\n%TAG ! x\n%FOO\na: 1\n"), "{a: 1}",
         "3:1 YA2 a line that begins with '%' is a directive"},
        {S_INIT("\xEF\xBB\xBF%YAML 1.1\n---\na: 1\n"), "{a: 1}",
         "1:2 YA2 a line that begins with '%' is a directive"},
        {S_INIT("%YAML 1.1"), "()", "1:1 YA2 a line that begins with '%' is a directive"},
        {S_INIT("a: 1\n---\nb: 2\n"), "{a: 1}", "2:1 YA2 a second document begins here"},
        {S_INIT("a: 1\n...\nb: 2\n"), "{a: 1}", "3:1 YA2 a second document begins here"},
        {S_INIT("a: 1\n...\n%TAG ! x\n---\nb: 2\n"), "{a: 1}",
         "3:1 YA2 a second document begins here"},
        {S_INIT("---\n---\na: 1\n"), "()", "2:1 YA2 a second document begins here"},
        {S_INIT("<<: {a: 1}\nb: 2\n"), "{b: 2}", "1:1 YA2 '<<' merges another map into this one"},
        {S_INIT("'<<': 1\n"), "{<<: 1}", ""},
        {S_INIT("? [a, b]\n: 1\nc: 2\n"), "{c: 2}", "1:3 YA2 a key is a list, not a name"},
        {S_INIT("? {a: 1}\n: 1\n"), "{}", "1:3 YA2 a key is a map, not a name"},
        {S_INIT("{[a]: 1, b: 2}"), "{b: 2}", "1:2 YA2 a key is a list, not a name"},
        {S_INIT("a: %x\n"), "{}", "1:4 YA1 text cannot begin with '%'"},
    };
    check(row);
}

static void duplicates(void **state)
{
    (void)state;
    static const struct dump_row row[] = {
        {S_INIT("a: 1\nb: 2\na: 3\n"), "{a: 1, b: 2}", "3:1 YA3 the key 'a' stands here again"},
        {S_INIT("a: 1\n\"a\": {x: 1, x: 2}\n"), "{a: 1}",
         "2:2 YA3 the key 'a' stands here again | 2:13 YA3 the key 'x' stands here again"},
        {S_INIT("- a: 1\n- a: 1\n"), "[{a: 1}, {a: 1}]", ""},
        {S_INIT("a: 1\nA: 2\n"), "{a: 1, A: 2}", ""},
    };
    check(row);
}

/* From a certain size on, repeats are found in another way. */
static void duplicates_among_many(void **state)
{
    (void)state;
    struct arena *a = arena_new("text", 1 << 20);
    for (int count = 10; count < 24; count++) {
        struct buf b = buf_in(a, 1000);
        for (int i = 0; i < count; i++)
            buf_fmt(&b, "key%d: %d\n", i, i);
        buf_lit(&b, "key3: again\n");
        const struct value *v = parse(buf_str(&b));
        assert_int_equal(v->count, count);
        assert_str(value_get(v, S("key3"))->text, "3");
        assert_true(str_ends(dump_findings(memory, diags), S("the key 'key3' stands here again")));
    }
    arena_free(a);
}

static void syntax_faults(void **state)
{
    (void)state;
    static const struct dump_row row[] = {
        {S_INIT("a: b: c\n"), "{a: b}", "1:5 YA1 ':' begins a value where none can stand"},
        {S_INIT("ok: 1\nfoo\nb: 2\n"), "{ok: 1}",
         "2:1 YA1 this is neither 'key: value' nor more text"},
        {S_INIT("ok: 1\na: \"x\" y\n"), "{ok: 1, a: \"x\"}", "2:8 YA1 a key is expected here"},
        {S_INIT("a:\n  b: 1\n c: 2\n"), "{a: {b: 1}}", "3:2 YA1 a key is expected here"},
        {S_INIT("- a\nb: c\n"), "[a]", "2:1 YA1 '- ' is expected here"},
        {S_INIT("a: - b\n"), "{}", "1:4 YA1 a list cannot begin here"},
        {S_INIT("a: [1, 2\nb: 3\n"), "{a: [1, 2 b]}", "2:2 YA1 ',' or ']' is expected here"},
        {S_INIT("a: [1, 2\n"), "{a: [1, 2]}", "1:4 YA1 the '[' that opens here is not closed"},
        {S_INIT("x:\n - {a: 1\n\n"), "{x: [{a: 1}]}",
         "2:4 YA1 the '{' that opens here is not closed"},
        {S_INIT("a: ]\n"), "{}", "1:4 YA1 a value is expected here"},
        {S_INIT("ok: 1\na: \"x\nb: 1\n"), "{ok: 1}",
         "2:4 YA1 the quote that opens here is not closed"},
        {S_INIT("a: 'it's'\n"), "{a: \"it\"}", "1:8 YA1 a key is expected here"},
        {S_INIT("a: 'x\n---\n"), "{}", "1:4 YA1 the quote that opens here is not closed"},
        {S_INIT("a: \"\\q\"\n"), "{}", "1:5 YA1 this escape does not exist"},
        {S_INIT("a: \"\\xZZ\"\n"), "{}", "1:7 YA1 this escape needs more hexadecimal digits"},
        {S_INIT("a: \"\\ud800\"\n"), "{}", "1:7 YA1 this escape names no character"},
        {S_INIT("a: @x\n"), "{}", "1:4 YA1 text cannot begin with '@'"},
        {S_INIT("a: `x\n"), "{}", "1:4 YA1 text cannot begin with '`'"},
        {S_INIT("\ta: 1\n"), "()", "1:1 YA1 a tab cannot indent YAML"},
        {S_INIT("a:\n\tb: 1\n"), "{}", "2:1 YA1 a tab cannot indent YAML"},
        {S_INIT("-\tb\n"), "[]", "1:2 YA1 a tab cannot indent YAML"},
        {S_INIT("a: |\n\tb\n"), "{}", "2:1 YA1 a tab cannot indent YAML"},
        {S_INIT("a: | x\n  y\n"), "{}", "1:6 YA1 nothing can follow '|' or '>' on its line"},
        {S_INIT("a: |0\n  y\n"), "{}", "1:5 YA1 text cannot be indented by 0 blanks"},
        {S_INIT(": x\n"), "{}", "1:1 YA1 a key is expected here"},
        {S_INIT("'': x\nb: 1\n"), "{b: 1}", "1:2 YA1 a key is missing before ':'"},
        {S_INIT("\"a\" b\n"), "\"a\"", "1:5 YA1 the value has ended before this"},
        {S_INIT("a: 1\n]\n"), "{a: 1}", "2:1 YA1 a key is expected here"},
        {S_INIT("a: x\x01\n"), "()", "1:5 YA1 the control character U+0001 is not text"},
        {S_INIT("\xC3\xA9: \x7F\n"), "()", "1:4 YA1 the control character U+007F is not text"},
        {S_INIT("a: \xC2\x80\n"), "()", "1:4 YA1 the control character U+0080 is not text"},
        {S_INIT("a: \xFF\n"), "()", "1:4 FI4 this byte is not UTF-8"},
        {S_INIT("a: \0\n"), "()", "1:4 YA1 the control character U+0000 is not text"},
        {S_INIT("a: \"\\0\"\nb: \"\\e[2J\"\nc: \"\\x7f\"\nd: \"\\x85\"\ne: \"\\r\\n\\t\"\n"),
         "{a: (), b: (), c: (), d: (), e: \"\r\\n\t\"}",
         "1:5 YA1 an escape makes the control character U+0000 | "
         "2:5 YA1 an escape makes the control character U+001B | "
         "3:5 YA1 an escape makes the control character U+007F | "
         "4:5 YA1 an escape makes the control character U+0085"},
    };
    check(row);
}

/* What only libyaml takes for a line end could hide a key. */
static void unseen_line_ends(void **state)
{
    (void)state;
    static const struct dump_row row[] = {
        {S_INIT("a: 1\rb: 2\n"), "{a: 1, b: 2}",
         "1:5 YA1 the character U+000D ends a line here, unseen"},
        {S_INIT("a: x\xC2\x85"
                "b: 2\n"),
         "{a: x, b: 2}", "1:5 YA1 the character U+0085 ends a line here, unseen"},
        {S_INIT("a: 1\nb: x\xE2\x80\xA8"
                "c: 2\xE2\x80\xA9\n"),
         "{a: 1, b: x, c: 2}", "2:5 YA1 the character U+2028 ends a line here, unseen"},
        {S_INIT("a: x\xE2\x80\xA9"
                "b: 2\n"),
         "{a: x, b: 2}", "1:5 YA1 the character U+2029 ends a line here, unseen"},
        {S_INIT("a: \"\\u2028\"\r\n"), "{a: \"\xE2\x80\xA8\"}", ""},
        {S_INIT("a: \xE2\x80\xA6 \xC2\xA0 \xE2\x82\xAC\n"),
         "{a: \xE2\x80\xA6 \xC2\xA0 \xE2\x82\xAC}", ""},
    };
    check(row);
}

/* -- Places ---------------------------------------------------------------------------------- */

static void assert_at(struct span at, const char *expected)
{
    assert_str(dump_span(memory, diags, at), expected);
}

static void spans(void **state)
{
    (void)state;
    const struct value *v = parse(S("\xC3\xA9\xC3\xA9: \xF0\x9F\x98\x80 plain  # c\r\n"
                                    "b: 'q\xC3\xA9'\r\n"
                                    "\"c c\": \"x\\ty\"\r\n"
                                    "d:\r\n"
                                    "  - \xE6\xBC\xA2\r\n"
                                    "  - {k: v, n: ~, m: }\r\n"
                                    "e: |\r\n"
                                    "\r\n"
                                    "  one\xC3\xA9\r\n"
                                    "  two\r\n"
                                    "\r\n"
                                    "f: >-\r\n"
                                    "  last\r\n"
                                    "g: more\r\n"
                                    "  lines\r\n"
                                    "h:\r\n"
                                    "i: ''\r\n"
                                    "j: |\r\n"
                                    "k: z"));
    assert_str(dump_findings(memory, diags), "");
    assert_int_equal(v->count, 11);
    static const char *const key[] = {"1:1 \xC3\xA9\xC3\xA9",
                                      "2:1 b",
                                      "3:2 c c",
                                      "4:1 d",
                                      "7:1 e",
                                      "12:1 f",
                                      "14:1 g",
                                      "16:1 h",
                                      "17:1 i",
                                      "18:1 j",
                                      "19:1 k"};
    static const char *const value[] = {"1:5 \xF0\x9F\x98\x80 plain",
                                        "2:5 q\xC3\xA9",
                                        "3:9 x\\ty",
                                        "5:3 ",
                                        "9:3 one\xC3\xA9\r\\n  two",
                                        "13:3 last",
                                        "14:4 more\r\\n  lines",
                                        "16:3 ",
                                        "17:5 ",
                                        "18:4 |",
                                        "19:4 z"};
    for (size_t i = 0; i < v->count; i++) {
        assert_at(v->keys[i].span, key[i]);
        assert_at(v->items[i].span, value[i]);
    }
    const struct value *list = value_get(v, S("d"));
    assert_at(list->items[0].span, "5:5 \xE6\xBC\xA2");
    assert_at(list->items[1].span, "6:5 ");
    assert_at(list->items[1].keys[1].span, "6:12 n");
    assert_at(list->items[1].items[1].span, "6:15 ~");
    assert_at(list->items[1].items[0].span, "6:9 v");
}

static bool is_in(str s, str whole)
{
    return s.p >= whole.p && s.p + s.n <= whole.p + whole.n;
}

static void borrowing(void **state)
{
    (void)state;
    str text =
        S("a: plain\nb: 'single'\n\"c\": \"double\"\nd: 'it''s'\ne: \"\\n\"\nf: two\n  lines\n"
          "g: |-\n  block\n");
    const struct value *v = parse(text);
    static const bool borrowed[] = {true, true, true, false, false, false, true};
    assert_int_equal(v->count, 7);
    for (size_t i = 0; i < v->count; i++) {
        assert_true(is_in(v->keys[i].text, text));
        assert_int_equal(is_in(v->items[i].text, text), borrowed[i]);
    }
}

static void front_matter(void **state)
{
    (void)state;
    str text = S("---\n\xC3\xA9: 1\nb: [x\n---\nBody: not read\n");
    diags = diags_new(memory);
    uint32_t file = diags_source(diags, S("d.md"), text);
    size_t to = str_find(text, S("\n---"), 1) + 1;
    const struct value *v = yaml_parse(memory, diags, file, 4, to);
    assert_str(dump_value(memory, v), "{\xC3\xA9: 1, b: [x]}");
    assert_str(dump_findings(memory, diags), "3:4 YA1 the '[' that opens here is not closed");
    assert_at(v->keys[0].span, "2:1 \xC3\xA9");
    assert_at(v->items[0].span, "2:4 1");
    assert_at(v->items[1].items[0].span, "3:5 x");
    v = yaml_parse(memory, diags, file, 4, 4);
    assert_int_equal(v->kind, VALUE_NULL);
    assert_at(v->span, "2:1 ");
}

static void faults_point_back(void **state)
{
    (void)state;
    parse(S("a: 1\nb: [\n"));
    char *text = NULL;
    size_t n = 0;
    FILE *out = open_memstream(&text, &n);
    diags_print(diags, &(struct diag_print){.format = DIAG_TEXT}, out);
    fclose(out);
    assert_string_equal(text, "f.yaml:2:4: error[YA1]: the '[' that opens here is not closed\n"
                              "    2 | b: [\n      |    ^\n"
                              "      = help: close it, or put text that holds one of [ ] { } in "
                              "quotes\n");
    free(text);
}

/* -- Limits ---------------------------------------------------------------------------------- */

static str repeated(struct arena *a, const char *piece, size_t count, const char *tail)
{
    struct buf b = buf_in(a, strlen(piece) * count + strlen(tail));
    for (size_t i = 0; i < count; i++)
        buf_add(&b, str_from(piece));
    buf_add(&b, str_from(tail));
    return buf_str(&b);
}

static void depth(void **state)
{
    (void)state;
    struct arena *a = arena_new("text", 1 << 20);
    str open = repeated(a, "[", 32, ""), shut = repeated(a, "]", 32, "");
    str fine = str_fmt(a, STR_FMT STR_FMT, STR_ARG(open), STR_ARG(shut));
    parse(fine);
    assert_str(dump_findings(memory, diags), "");
    parse(str_fmt(a, STR_FMT "[]" STR_FMT, STR_ARG(open), STR_ARG(shut)));
    assert_str(dump_findings(memory, diags), "1:33 YA4 this is nested more than 32 deep");
    arena_free(a);
}

/* With debug arenas each value is a malloc of its own. */
#ifdef ARENA_DEBUG
#define FLOOD_BYTES ((size_t)64 * 1024)
#else
#define FLOOD_BYTES ((size_t)1024 * 1024)
#endif

/* Much that invites quadratic work or deep recursion: refused, and fast. */
static void floods(void **state)
{
    (void)state;
    static const char *const piece[] = {
        "[",   "{",   "[a,",     "? ",           "- ",    "{a: ",       "- - ",      "&a ",
        "*a ", "!a ", "!!a &b ", "%TAG ! x\n",   "---\n", "...\n",      "'",         "\"",
        "''",  "\\",  "|\n",     ">\n ",         ": ",    "a: ",        "# ",        "\n",
        " ",   "\t",  "\r",      "\xE2\x80\xA8", "a\n",   "a: \n",      "[]\n",      "[a, b]: ",
        "@",   ", ",  "- &a\n",  "a: b\n",       "-\n",   "- [[[]]]\n", "? a\n: b\n"};
    struct arena *a = arena_new("text", (size_t)64 << 20);
    for (size_t i = 0; i < sizeof piece / sizeof *piece; i++) {
        arena_reset(a);
        str text = repeated(a, piece[i], FLOOD_BYTES / strlen(piece[i]), "");
        const struct value *v = parse(text);
        assert_true(v->kind <= VALUE_MAP);
    }
    arena_reset(a);
    parse(repeated(a, "[", (size_t)4 << 20, ""));
    assert_str(dump_findings(memory, diags), "1:33 YA4 this is nested more than 32 deep");
    arena_free(a);
}

static void sizes(void **state)
{
    (void)state;
    struct arena *a = arena_new("text", (size_t)64 << 20);
    str longest = repeated(a, "x", YAML_SCALAR_BYTES_MAX, "");
    const struct value *v = parse(longest);
    assert_int_equal(v->text.n, YAML_SCALAR_BYTES_MAX);
    v = parse(str_fmt(a, "a: " STR_FMT "y\nb: 1\n", STR_ARG(longest)));
    assert_str(dump_value(memory, v), "{a: (), b: 1}");
    assert_str(dump_findings(memory, diags), "1:4 YA5 this text has 65537 bytes, more than 65536");
    v = parse(repeated(a, "#", YAML_BYTES_MAX, ""));
    assert_str(dump_findings(memory, diags), "");
    v = parse(repeated(a, "#", YAML_BYTES_MAX + 1, ""));
    assert_int_equal(v->kind, VALUE_NULL);
    assert_str(dump_findings(memory, diags),
               "1:1 YA5 there are 8388609 bytes of YAML, more than 8388608");
    v = parse(repeated(a, "-\n", YAML_EVENTS_MAX + 10, ""));
    assert_true(v->count > YAML_EVENTS_MAX - 10 && v->count < YAML_EVENTS_MAX);
    assert_true(
        str_ends(dump_findings(memory, diags), S("YA5 there are more than 2000000 values")));
    arena_free(a);
}

int unit_yaml(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test(read),          cmocka_unit_test(features_refused),
        cmocka_unit_test(duplicates),    cmocka_unit_test(duplicates_among_many),
        cmocka_unit_test(syntax_faults), cmocka_unit_test(unseen_line_ends),
        cmocka_unit_test(spans),         cmocka_unit_test(borrowing),
        cmocka_unit_test(front_matter),  cmocka_unit_test(faults_point_back),
        cmocka_unit_test(depth),         cmocka_unit_test(floods),
        cmocka_unit_test(sizes),
    };
    memory = arena_new("unit", (size_t)1 << 30);
    int failed = unit_run("yaml", cases);
    arena_free(memory);
    return failed;
}
