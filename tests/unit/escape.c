/* unit/escape: author text in HTML and in Markdown. */
#include "unit.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <stdlib.h>
#include <string.h>

#include "text/mustache.h"

static struct arena *memory;

static str html(str text)
{
    struct buf b = buf_in(memory, 0);
    escape_html(&b, text);
    return buf_str(&b);
}

static str markdown(str text)
{
    struct buf b = buf_in(memory, 0);
    escape_markdown(&b, text);
    return buf_str(&b);
}

static void for_html(void **state)
{
    (void)state;
    assert_str(html(S("")), "");
    assert_str(html((str){NULL, 0}), "");
    assert_str(html(S("plain \xC3\xA9 /=`{}")), "plain \xC3\xA9 /=`{}");
    assert_str(html(S("<a href=\"x\" id='y'>R&D</a>")),
               "&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;R&amp;D&lt;/a&gt;");
    assert_str(html(S("&amp;")), "&amp;amp;");
    assert_str(html(S("<")), "&lt;");
}

static void for_markdown(void **state)
{
    (void)state;
    static const struct {
        str text;
        const char *expected;
    } row[] = {
        {S_INIT(""), ""},
        {S_INIT("Plain words, 12.5 % on 2026-11-21 at 09:30; it's fine: BCP-001"),
         "Plain words, 12.5 % on 2026-11-21 at 09:30; it's fine: BCP-001"},
        {S_INIT("a | b"), "a \\| b"},
        {S_INIT("*x* _y_ `z` ~w~"), "\\*x\\* \\_y\\_ \\`z\\` \\~w\\~"},
        {S_INIT("![x](y \"z\")"), "\\!\\[x\\]\\(y \\\"z\\\"\\)"},
        {S_INIT("<b> & &amp; \\ x"), "\\<b\\> \\& \\&amp; \\\\ x"},
        {S_INIT("C:\\|D:\\"), "C:&#92;\\|D:&#92;"},
        {S_INIT("# C #"), "\\# C \\#"},
        {S_INIT("- x - y"), "\\- x - y"},
        {S_INIT("+ x"), "\\+ x"},
        {S_INIT("==="), "\\==="},
        {S_INIT(":-:"), "\\:-:"},
        {S_INIT(". x"), "\\. x"},
        {S_INIT("1. x 2. y"), "1\\. x 2. y"},
        {S_INIT("10) x"), "10\\) x"},
        {S_INIT("1.5"), "1\\.5"},
        {S_INIT("one\ntwo\r\nthree\rfour\n\nfive"), "one two three four  five"},
        {S_INIT("one\n- two"), "one - two"},
        {S_INIT("\r\n\none\n\r\n"), "one"},
        {S_INIT("\n"), ""},
        {S_INIT("    code"), "&#32;   code"},
        {S_INIT("\tcode "), "&#32;code&#32;"},
        {S_INIT(" "), "&#32;"},
        {S_INIT("a\tb"), "a\tb"},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++)
        assert_str(markdown(row[i].text), row[i].expected);
}

/* -- By the parser ----------------------------------------------------------------------------- */

/* The blocks and inlines of a text, with what it says in them. Pieces of text
 * beside each other are one. */
static str shape(str text)
{
    static const char *const extensions[] = {"table", "strikethrough", "tasklist"};
    cmark_parser *parser = cmark_parser_new(CMARK_OPT_FOOTNOTES);
    for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++)
        cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(extensions[i]));
    cmark_parser_feed(parser, text.p, text.n);
    cmark_node *root = cmark_parser_finish(parser);
    cmark_iter *iter = cmark_iter_new(root);
    struct buf b = buf_in(memory, 256);
    bool in_text = false;
    for (cmark_event_type e; (e = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
        cmark_node *node = cmark_iter_get_node(iter);
        bool is_text = cmark_node_get_type(node) == CMARK_NODE_TEXT;
        const char *said = cmark_node_get_literal(node);
        if (!is_text || !in_text)
            buf_fmt(&b, "%s%s:", e == CMARK_EVENT_EXIT ? "/" : "",
                    is_text ? "" : cmark_node_get_type_string(node));
        if (said != NULL)
            buf_add(&b, str_from(said));
        in_text = is_text;
    }
    cmark_iter_free(iter);
    cmark_node_free(root);
    cmark_parser_free(parser);
    return buf_str(&b);
}

/* What a reader should see of a value: itself, in one line. */
static str seen(str text)
{
    struct buf b = buf_in(memory, 64);
    while (text.n && (text.p[0] == '\n' || text.p[0] == '\r'))
        text = str_skip(text, 1);
    while (text.n && (text.p[text.n - 1] == '\n' || text.p[text.n - 1] == '\r'))
        text.n--;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        bool outer = i == 0 || i == text.n - 1;
        if (c == '\r' && text.p[i + 1] == '\n')
            continue;
        buf_char(&b, c == '\n' || c == '\r' || (c == '\t' && outer) ? ' ' : c);
    }
    return buf_str(&b);
}

static str put_into(str around, str what)
{
    size_t at = str_find_char(around, '@', 0);
    return str_fmt(memory, STR_FMT STR_FMT STR_FMT, (int)at, around.p, STR_ARG(what),
                   STR_ARG(str_skip(around, at + 1)));
}

static const str places[] = {
    S_INIT("@\n"),
    S_INIT("before\n@\nafter\n"),
    S_INIT("before @ after\n"),
    S_INIT("- @\n- next\n"),
    S_INIT("> @\n"),
    S_INIT("1. @\n"),
    S_INIT("## @\n"),
    S_INIT("## @ ##\n"),
    S_INIT("| a | b |\n|---|---|\n| @ | x |\n"),
    S_INIT("| a | b |\n|---|---|\n|x|@|\n"),
    S_INIT("| @ | b |\n|---|---|\n| y | x |\n"),
    S_INIT("see [@](u) or\n"),
    S_INIT("**Lead:** @\n\nnext\n"),
    S_INIT("Head\n@\n===\n"),
    S_INIT("x@[link](u)\n"),
};

/* The value takes exactly the place of the word that stands there. */
static void check_place(str place, str value)
{
    str word = shape(put_into(place, S("Qq")));
    size_t at = str_find(word, S("Qq"), 0);
    assert_true(at != SIZE_MAX);
    str expected = str_fmt(memory, STR_FMT STR_FMT STR_FMT "%c", (int)at, word.p,
                           STR_ARG(seen(value)), STR_ARG(str_skip(word, at + 2)), 0);
    str got = shape(put_into(place, markdown(value)));
    if (!str_eq(got, str_from(expected.p)))
        print_error("value '" STR_FMT "' in '" STR_FMT "'\n", STR_ARG(value), STR_ARG(place));
    assert_str(got, expected.p);
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 16;
}

/* Whatever a value says, it stays text of the place it stands in. */
static void stays_text(void **state)
{
    (void)state;
    static const str word[] = {
        S_INIT("*"),    S_INIT("_"),     S_INIT("`"),      S_INIT("```"),     S_INIT("~~"),
        S_INIT("["),    S_INIT("]"),     S_INIT("(u)"),    S_INIT("!"),       S_INIT("<b>"),
        S_INIT("<!--"), S_INIT("&amp;"), S_INIT("&#35;"),  S_INIT("|"),       S_INIT("#"),
        S_INIT("## "),  S_INIT("- "),    S_INIT("-"),      S_INIT("---"),     S_INIT("+ "),
        S_INIT("="),    S_INIT("==="),   S_INIT(":-:"),    S_INIT("1. "),     S_INIT("1) "),
        S_INIT("> "),   S_INIT("\n"),    S_INIT("\r\n"),   S_INIT("\r"),      S_INIT("    "),
        S_INIT("\t"),   S_INIT(" "),     S_INIT("\\"),     S_INIT("[^1]: x"), S_INIT("[x]: y"),
        S_INIT("[ ] "), S_INIT("a"),     S_INIT("b c"),    S_INIT("\xC3\xA9"), S_INIT("<x@y.z>"),
        S_INIT("\""),   S_INIT("'"),     S_INIT(";"),      S_INIT("."),       S_INIT("2"),
    };
    uint32_t seed = 22301;
    for (int round = 0; round < 1500; round++) {
        struct arena *outer = memory;
        memory = arena_new("unit", 16 << 20);
        struct buf value = buf_in(memory, 64);
        for (uint32_t n = 1 + next_random(&seed) % 6; n > 0; n--)
            buf_add(&value, word[next_random(&seed) % (sizeof word / sizeof *word)]);
        for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
            if (seen(buf_str(&value)).n != 0)
                check_place(places[i], buf_str(&value));
        }
        arena_free(memory);
        memory = outer;
    }
}

int unit_escape(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test(for_html),
        cmocka_unit_test(for_markdown),
        cmocka_unit_test(stays_text),
    };
    cmark_gfm_core_extensions_ensure_registered();
    memory = arena_new("unit", 1 << 20);
    int failed = unit_run("escape", cases);
    arena_free(memory);
    return failed;
}
