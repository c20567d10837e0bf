/* unit/md_limits: what Markdown may cost, and where its pieces stand in the source. */
#include "unit.h"

#include <string.h>
#include <time.h>

#include "html_check.h"
#include "md_dump.h"

enum { ARENA_BYTES_MAX = 1 << 30, SECONDS_MAX = 5 };

static struct arena *memory;
static struct diags *found;

static int set_up(void **state)
{
    (void)state;
    memory = arena_new("unit", ARENA_BYTES_MAX);
    found = diags_new(memory);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(memory);
    return 0;
}

static const struct md_node *parse(str text)
{
    found = diags_new(memory);
    return md_parse(memory, found, text, diags_source(found, S("a.md"), text), 0, NULL);
}

static str repeat(const char *before, const char *piece, size_t count, const char *after)
{
    struct buf b = buf_in(memory, strlen(piece) * count + 64);
    buf_add(&b, str_from(before));
    for (size_t i = 0; i < count; i++)
        buf_add(&b, str_from(piece));
    buf_add(&b, str_from(after));
    return buf_str(&b);
}

static str numbered(const char *format, size_t count)
{
    struct buf b = buf_in(memory, 64 * count);
    for (size_t i = 0; i < count; i++) {
        size_t at = 0;
        for (; format[at] != 0; at++)
            if (format[at] == '#')
                buf_fmt(&b, "%zu", i);
            else
                buf_char(&b, format[at]);
    }
    return buf_str(&b);
}

/* -- Limits ----------------------------------------------------------------- */

/* Over the limit the words are all there, and the findings begin like this. */
static void refused(str text, const char *finding)
{
    const struct md_node *root = parse(text);
    str findings = md_findings(memory, found), missing;
    if (!str_starts(findings, str_from(finding)))
        assert_str(findings, finding);
    assert_true(words_survive(text, md_text(memory, root), &missing));
}

static void accepted(str text)
{
    parse(text);
    assert_int_equal(diags_count(found, SEVERITY_ERROR), 0);
}

static void lines_and_blocks(void **state)
{
    (void)state;
    accepted(repeat("", "a", MD_LINE_BYTES_MAX, "\n"));
    refused(repeat("b\n\n", "a", MD_LINE_BYTES_MAX + 1, "\n\nc"),
            "MD1 3:1+80 a line is longer than 64 KB\n");
    accepted(repeat("", "aaaaaaa\n", MD_BLOCK_BYTES_MAX / 8, "\nb"));
    refused(repeat("", "aaaaaaa\n", MD_BLOCK_BYTES_MAX / 8 + 1, "\nb"),
            "MD1 1:1+7 a block of lines is longer than 64 KB");
    accepted(repeat("", "aaaaaaa\n\n", MD_BYTES_MAX / 9, ""));
    refused(repeat("", "a", MD_BYTES_MAX + 1, ""), "MD1 1:1+80 the document is longer than 2 MB\n");
}

static void tables(void **state)
{
    str row = repeat("", "|a", MD_COLUMNS_MAX, "|\n");
    (void)state;
    accepted(str_fmt(memory, STR_FMT STR_FMT, STR_ARG(row),
                     STR_ARG(repeat("", "|-", MD_COLUMNS_MAX, "|\n"))));
    refused(str_fmt(memory, "a" STR_FMT STR_FMT, STR_ARG(row),
                    STR_ARG(repeat("-", "|-", MD_COLUMNS_MAX, "|\n"))),
            "MD1 1:1+80 a table has more than 64 columns\n");
    /* Sixteen columns, filled up for each short row. */
    const char *head = "|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|\n|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|\n";
    size_t rows = MD_CELLS_MAX / 16 - 1;
    accepted(repeat(head, "b\n", rows, ""));
    refused(repeat(head, "b\n", rows + 1, ""),
            "MD1 1:1+33 the tables of this document have more than 65536 cells\n");
}

static void depth(void **state)
{
    (void)state;
    accepted(repeat("", "> ", MD_DEPTH_MAX, "a"));
    refused(repeat("", "> ", MD_DEPTH_MAX + 1, "a"),
            "MD1 1:1+67 quotes or lists are nested more than 32 deep\n");
    refused(repeat("", "- ", MD_DEPTH_MAX + 1, "a"), "MD1 1:1+67 quotes or lists");
    accepted(repeat("", "- ", MD_DEPTH_MAX + 1, "-"));
    struct buf nested = buf_in(memory, 4096);
    for (int i = 0; i < MD_DEPTH_MAX + 8; i++)
        buf_fmt(&nested, "%*s- a%d\n", 2 * i, "", i);
    refused(buf_str(&nested), "MD1 33:65+5 quotes or lists are nested more than 32 deep\n");
    /* Emphasis goes on as words. */
    const struct md_node *root =
        parse(repeat("", "*a **b ", MD_INLINES_DEPTH_MAX, repeat("", "** *", 32, "").p));
    size_t deepest = 0, now = 0;
    for (struct md_walk w = md_walk(root); md_step(&w);) {
        now = w.enter ? now + 1 : now - 1;
        deepest = now > deepest ? now : deepest;
    }
    assert_true(deepest <= MD_INLINES_DEPTH_MAX + 3);
}

static void definitions(void **state)
{
    (void)state;
    accepted(numbered("[a#]: b\n\n[a#]\n\n", MD_REFERENCES_MAX));
    parse(numbered("[a#]: b\n\n[a#]\n\n", MD_REFERENCES_MAX + 1));
    assert_str(md_findings(memory, found),
               "MD1 8193:1+10 this document defines more than 2048 link addresses\n");
    accepted(numbered("[^a#]: b\n\n[^a#]\n\n", MD_REFERENCES_MAX));
    parse(numbered("[^a#]: b\n\n[^a#]\n\n", MD_REFERENCES_MAX + 1));
    assert_int_equal(diags_count(found, SEVERITY_ERROR), 1);
    str address = repeat("[a]: ", "u", 5000, "\n\n");
    accepted(str_fmt(memory, STR_FMT STR_FMT, STR_ARG(address),
                     STR_ARG(repeat("", "[a]\n\n", 1000, ""))));
    parse(str_fmt(memory, STR_FMT STR_FMT, STR_ARG(address),
                  STR_ARG(repeat("", "[a]\n\n", 2000, ""))));
    assert_str(md_findings(memory, found),
               "MD1 1:1+80 an address or title this long is used too often\n");
}

static void reports_end(void **state)
{
    (void)state;
    parse(repeat("", "a <b>\n\n", 5000, ""));
    assert_int_equal(diags_count(found, SEVERITY_WARNING), 100);
    str wide = repeat("", "> ", MD_DEPTH_MAX + 1, "a\n\n");
    parse(repeat("", str_c(memory, wide), 500, ""));
    assert_int_equal(diags_count(found, SEVERITY_ERROR), 20);
}

static size_t cells_below(const struct md_node *root)
{
    size_t cells = 0;
    for (struct md_walk w = md_walk(root); md_step(&w);)
        cells += w.enter && w.node->kind == MD_CELL;
    return cells;
}

/* HTML can ask for more cells than it has bytes, too. */
static void html_tables(void **state)
{
    str wide = repeat("<table><tr><td colspan=999>", "<tr>", 4000, "</table>\n\n");
    str bare = repeat("<table><tr><td colspan=64>", "a</tr>", 9000, "</table>\n\n");
    (void)state;
    assert_in_range(cells_below(parse(repeat("", str_c(memory, wide), 40, ""))), 1000,
                    MD_CELLS_MAX + 40);
    assert_in_range(cells_below(parse(repeat("", str_c(memory, bare), 4, ""))), 1000,
                    MD_CELLS_MAX + 40);
    parse(repeat("<table><tr>", "<td>a", MD_COLUMNS_MAX + 1, "</table>"));
    assert_str(md_findings(memory, found),
               "MD1 1:332+4 a table has more than 64 columns, or all have more than 65536 cells\n");
}

/* A text may use every character that could mark a held piece. */
static void marks_in_use(void **state)
{
    struct buf all = buf_in(memory, 256);
    (void)state;
    for (uint32_t c = 0x2E00; c < 0x2E2F; c++) {
        char utf8[4];
        buf_add(&all, (str){utf8, utf8_put(utf8, c)});
    }
    str odd = buf_str(&all);
    assert_str(md_dump(memory, parse(str_fmt(memory, STR_FMT " a", STR_ARG(odd)))),
               str_c(memory, str_fmt(memory, "(doc (para '" STR_FMT " a'))", STR_ARG(odd))));
    refused(str_fmt(memory, STR_FMT "[^a]\n\n[^a]: b", STR_ARG(odd)),
            "MD1 1:1+0 all characters from U+2E00 to U+2E2E are in use; one must be free\n");
    assert_str(md_dump(memory, parse(S("⸮0⸮ &#11822;0&#x2E2E; a[^b]\n\n[^b]: ⸮0⸮"))),
               "(doc (para '⸮0⸮ ⸮0⸮ a' (mark 1.1 #fn-1)) (note 1.1 #fn-1 (para '⸮0⸮')))");
}

/* -- Time ------------------------------------------------------------------- */

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Each took the bare parser between 0.2 and 24 seconds, or gigabytes, for 64 KB
 * of the piece; the later ones are bounded by size alone. */
static void hostile(void **state)
{
    static const struct {
        const char *before, *piece, *after;
        size_t bytes;
    } row[] = {
        {"", "- ", "x\nx", 64000},
        {"", ">", "* _\nx", 64000},
        {"[a]: b\n", "x\n|-|-\n", "", 64000},
        {"", "x\n", "|-", 64000},
        {"", "<?", "", 64000},
        {"", "<![CDATA[", "", 64000},
        {"", "![[]()", "", 64000},
        {"[a]: b\n", "[a]!x\n***", "", 64000},
        {"", "a_~+~~", "", 64000},
        {"", "__a[^a]", "\n\n[^a]: b", 64000},
        {"", "[^", "", 64000},
        {"", "[a]:", "", 64000},
        {"", "<a b=\"", "", 64000},
        {"<!--\n\n", "<!--", "", 2000000},
        {"- a\n  - b\n    - c\n      - d\n", "\n", "", 2000000},
        {"", "www.a_", "", 60000},
        {"", "http://a.b/(", "", 60000},
        {"", "a@", "", 60000},
        {"", "[", "", 100000},
        {"", "> ", "a", 200000},
        {"", "a", "", 10 * 1000 * 1000},
        {"", "# a\n", "", 400000},
        {"", "x\n\n", "", 400000},
    };
    (void)state;
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        str text =
            repeat(row[i].before, row[i].piece, row[i].bytes / strlen(row[i].piece), row[i].after);
        double begin = seconds();
        parse(text);
        double took = seconds() - begin;
        if (took > SECONDS_MAX)
            fail_msg("'%s' took %.1f s", row[i].piece, took);
    }
}

/* -- Places ----------------------------------------------------------------- */

/* The source at the place of the first node of a kind whose text begins so. */
static str source_of(const struct md_node *root, enum md_kind kind, const char *begins)
{
    for (struct md_walk w = md_walk(root); md_step(&w);) {
        const struct md_node *n = w.node;
        if (w.enter && n->kind == kind && str_starts(n->text, str_from(begins)))
            return str_from_to(diags_source_text(found, n->span.file), n->span.off,
                               n->span.off + n->span.len);
    }
    return S("no such node");
}

static void places(void **state)
{
    str text = S("---\nx: y\n---\n> # A *b*\n>\n> - c `d` [e](f.md)\n>   g &amp; h\n\r\n"
                 "| i | j\\|k |\r\n|---|---|\r\n| l | m |\r\n\r\nn[^o] p\n\n[^o]: q\n");
    (void)state;
    found = diags_new(memory);
    uint32_t file = diags_source(found, S("a.md"), text);
    const struct md_node *root = md_parse(memory, found, str_skip(text, 13), file, 13, NULL);
    assert_str(source_of(root, MD_QUOTE, ""), "> # A *b*");
    assert_str(source_of(root, MD_HEADING, ""), "# A *b*");
    assert_str(source_of(root, MD_TEXT, "A "), "A ");
    assert_str(source_of(root, MD_TEXT, "b"), "b");
    assert_str(source_of(root, MD_ITEM, ""), "- c `d` [e](f.md)");
    assert_str(source_of(root, MD_TEXT, "c"), "c ");
    assert_str(source_of(root, MD_CODE, "d"), "d");
    assert_str(source_of(root, MD_LINK, ""), "f.md");
    assert_str(source_of(root, MD_TEXT, "g"), ""); /* not what is written there */
    assert_str(source_of(root, MD_TABLE, ""), "| i | j\\|k |");
    assert_str(source_of(root, MD_TEXT, "l"), "l");
    assert_str(source_of(root, MD_TEXT, "m"), "m");
    assert_str(source_of(root, MD_FOOTNOTE_REF, ""), "[^o]");
    assert_str(source_of(root, MD_TEXT, " p"), " p");
    assert_str(source_of(root, MD_FOOTNOTE, ""), "o");
    assert_str(source_of(root, MD_TEXT, "q"), "q");
}

/* A paragraph that goes over into a table has lost its line with the parser. */
static void places_over_table(void **state)
{
    (void)state;
    const struct md_node *root = parse(S("> a\n> b *c*\n> d|e\n> -|-\n> f|g\n\nh\ni|\n-|\n"));
    assert_str(source_of(root, MD_TEXT, "b"), "b ");
    assert_str(source_of(root, MD_TEXT, "c"), "c");
    assert_str(source_of(root, MD_TABLE, ""), "> d|e");
    assert_str(source_of(root, MD_TEXT, "d"), "d");
    assert_str(source_of(root, MD_TEXT, "e"), "e");
    assert_str(source_of(root, MD_TEXT, "f"), "f");
    assert_str(source_of(root, MD_TEXT, "h"), "h");
    assert_str(source_of(root, MD_TEXT, "i"), "i");
}

/* Of what a template printed, the tag is the place. */
static void places_in_templates(void **state)
{
    str text = S("a {{x}} *b*\n\n# {{x}}c\n");
    struct tmap *data = tmap_new(memory);
    struct template_map map = {0};
    struct buf out = buf_in(memory, 64);
    (void)state;
    found = diags_new(memory);
    uint32_t file = diags_source(found, S("a.md"), text);
    tmap_put(data, S("x"), tval_text(S("one\ntwo")));
    const struct template *t =
        template_compile(memory, found, file, text, 0, TEMPLATE_MARKDOWN, false);
    assert_true(template_render(t, tmap_value(data), NULL, found, &out, &map));
    const struct md_node *root = md_parse(memory, found, buf_str(&out), file, 0, &map);
    assert_str(md_dump(memory, root),
               "(doc (para 'a one two ' (em 'b')) (h1 #h-one-twoc 'one twoc'))");
    assert_str(source_of(root, MD_PARA, ""), "");
    assert_str(source_of(root, MD_TEXT, "b"), "b");
    assert_str(source_of(root, MD_TEXT, "one"), "{{x}}");
}

int unit_md_limits(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test_setup_teardown(lines_and_blocks, set_up, tear_down),
        cmocka_unit_test_setup_teardown(tables, set_up, tear_down),
        cmocka_unit_test_setup_teardown(depth, set_up, tear_down),
        cmocka_unit_test_setup_teardown(definitions, set_up, tear_down),
        cmocka_unit_test_setup_teardown(reports_end, set_up, tear_down),
        cmocka_unit_test_setup_teardown(html_tables, set_up, tear_down),
        cmocka_unit_test_setup_teardown(marks_in_use, set_up, tear_down),
        cmocka_unit_test_setup_teardown(hostile, set_up, tear_down),
        cmocka_unit_test_setup_teardown(places, set_up, tear_down),
        cmocka_unit_test_setup_teardown(places_over_table, set_up, tear_down),
        cmocka_unit_test_setup_teardown(places_in_templates, set_up, tear_down),
    };
    return unit_run("md_limits", cases);
}
