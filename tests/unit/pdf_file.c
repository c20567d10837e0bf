/* unit/pdf_file: what screen readers and archives find in a finished file. */
#include "unit.h"

#include <fcntl.h>

#include "form/table/blank.h"
#include "text/md.h"
#include "write/pdf/pdf.h"

static struct arena *memory;
static struct pdf_fonts *fonts;

/* A document that is to be written. */
struct paper {
    struct diags *diags;
    struct doc doc;
    struct pdf_options options;
};

static struct paper paper_of(str markdown)
{
    struct paper p = {.diags = diags_new(memory), .options = {.root = AT_FDCWD}};
    uint32_t file = diags_source(p.diags, S("a.md"), markdown);
    p.doc = (struct doc){.title = S("The plan"),
                         .code = S("BCP-001"),
                         .organisation = S("Example"),
                         .language = S("en"),
                         .source = S("a.md"),
                         .version_date = DATE_NONE,
                         .body = md_parse(memory, p.diags, markdown, file, 0, NULL)};
    return p;
}

static struct buf file_of(struct paper *p)
{
    struct buf out = buf_in(memory, 1024);
    doc_list_headings(memory, &p->doc);
    assert_true(pdf_document(memory, p->diags, fonts, &p->options, &p->doc, &out));
    return out;
}

static size_t count_of(str text, str word)
{
    size_t count = 0;
    for (size_t at = 0; (at = str_find(text, word, at)) != SIZE_MAX; at++)
        count++;
    return count;
}

static void assert_count(const struct buf *file, const char *what, size_t count)
{
    if (count_of(buf_str(file), str_from(what)) != count)
        fail_msg("%s: not %zu times", what, count);
}

/* Levels that the author skips leave no gap; siblings stay siblings. */
static void levels_of_headings(void **state)
{
    (void)state;
    struct paper s = paper_of(S("# A\n\n#### B\n\n###### C\n\n#### D\n\n# E\n\n"));
    struct buf named = file_of(&s);
    assert_count(&named, "/S /H1", 1); /* the title of the document */
    assert_count(&named, "/S /H2", 2);
    assert_count(&named, "/S /H3", 2);
    assert_count(&named, "/S /H4", 1);
    s = paper_of(S("## The plan\n\n#### B\n\n## E\n\n"));
    struct buf own = file_of(&s); /* says its title itself */
    assert_count(&own, "/S /H1", 2);
    assert_count(&own, "/S /H2", 1);
    assert_count(&own, "/S /H3", 0);
}

/* Links say where they lead; one that leads nowhere is no link. Notes have names in
 * one tree, boxes to tick have words, numbered lists say so. */
static void tags_that_speak(void **state)
{
    (void)state;
    struct paper s =
        paper_of(S("# A\n\n[ab](#h-a) and [no](#h-nowhere).[^1]\n\n- [ ] x\n- [x] y\n\n"
                   "1. z\n\n[^1]: n\n"));
    struct buf out = file_of(&s);
    assert_count(&out, "/S /Link", 2);
    assert_count(&out, "/S /Span", 1);
    assert_count(&out, "/Contents <FEFF00610062>", 1);
    assert_count(&out, "/Contents <FEFF004E006F0074006500200031>", 1);
    assert_count(&out, "/ID (note", 1);
    assert_count(&out, "/IDTree ", 1);
    assert_count(&out, "/Alt <FEFF006F00700065006E>", 1);
    assert_count(&out, "/Alt <FEFF0064006F006E0065>", 1);
    assert_count(&out, "/ListNumbering /Decimal", 1);
    s = paper_of(S("a"));
    struct buf without = file_of(&s);
    assert_count(&without, "/IDTree", 0);
}

/* A drawing has its place and words; what it leads to stands behind it. */
static void drawings_that_lead(void **state)
{
    (void)state;
    struct draw_op ops[] = {{.kind = DRAW_GROUP, .text = S("box"), .target = S("h-a")},
                            {.kind = DRAW_RECT, .w = 30, .h = 20, .stroke = INK_LINE},
                            {.kind = DRAW_END}};
    struct drawing drawing = {.title = S("Map"), .width = 40, .height = 30, .ops = ops, .count = 3};
    struct paper s = paper_of(S("# A\n\n"));
    struct md_node *node = md_new(memory, MD_FORM_DRAWING, (struct span){0});
    node->drawing = &drawing;
    md_append(s.doc.body, node);
    struct buf out = file_of(&s);
    assert_count(&out, "/Alt <FEFF004D00610070>", 1);
    assert_count(&out, "/BBox [", 1);
    assert_count(&out, "/Contents <FEFF0062006F0078>", 1);
    str file = buf_str(&out);
    assert_true(str_find(file, S("/S /Figure"), 0) < str_find(file, S("/S /Link"), 0));
}

/* What archives read: claims, facts that agree with /Info, one colour space. */
static void facts_for_archives(void **state)
{
    (void)state;
    struct paper s = paper_of(S("a"));
    s.doc.title = S("Fish & <chips>\x01\xEF\xBF\xBF");
    s.doc.version_date = date_from((struct ymd){2026, 11, 21});
    struct buf out = file_of(&s);
    assert_count(&out, "<pdfaid:part>3</pdfaid:part>", 1);
    assert_count(&out, "<pdfaid:conformance>B</pdfaid:conformance>", 1);
    assert_count(&out, "<pdfuaid:part>1</pdfuaid:part>", 1);
    assert_count(&out, ">Fish &amp; &lt;chips&gt;</rdf:li>", 1);
    assert_count(&out, ">BCP-001</rdf:li>", 1);
    assert_count(&out, "<xmp:CreateDate>2026-11-21T00:00:00Z</xmp:CreateDate>", 1);
    assert_count(&out, "/GTS_PDFA1", 1);
    assert_count(&out, "/Lang (en)", 1);
    s = paper_of(S(""));
    s.doc.title = s.doc.source = S("");
    struct buf unnamed = file_of(&s);
    assert_count(&unnamed, ">Untitled</rdf:li>", 1);
}

/* No string of a file is longer than archives allow. */
static void long_strings(void **state)
{
    (void)state;
    struct buf b = buf_in(memory, 64 * 1024);
    for (int i = 0; i < 12000; i++)
        buf_fmt(&b, "%d", i);
    str many = buf_str(&b);
    struct paper s = paper_of(str_fmt(
        memory, "[" STR_FMT "](https://example.org/)\n\n[b](https://example.org/" STR_FMT ")\n",
        STR_ARG(many), STR_ARG(many)));
    struct buf out = file_of(&s);
    str file = buf_str(&out);
    size_t from = str_find(file, S("/Contents <FEFF"), 0);
    str digits = str_skip(file, from + 11);
    assert_true(str_find_char(digits, '>', 0) <= 2 * 32767);
    size_t links = 0;
    for (size_t at = 0; (at = str_find(file, S("/URI ("), at)) != SIZE_MAX; at++, links++)
        assert_true(str_find(str_skip(file, at), S(")>>"), 0) < 32767);
    assert_true(links > 0);
}

/* An index says only the labels of pages, so its links say that they are pages. */
static void links_of_an_index(void **state)
{
    (void)state;
    struct paper s = paper_of(S("# A\n\nText.\n\n"));
    struct md_node *index = md_new(memory, MD_INDEX, (struct span){0});
    md_append(s.doc.body, index);
    struct md_node *entry = md_new(memory, MD_PARA, (struct span){0});
    md_append(index, entry);
    struct md_node *link = md_new(memory, MD_LINK, (struct span){0});
    link->url = S("#h-a");
    link->is_folio = true;
    md_append(entry, link);
    struct buf out = file_of(&s);
    assert_count(&out, "/Contents <FEFF005000610067006500200031>", 1); /* Page 1 */
    assert_count(&out, "/S /Index", 1);
    assert_count(&out, "/S /LI ", 1);
}

/* Columns without heads: the first one says what the others are. */
static void tables_without_heads(void **state)
{
    (void)state;
    struct paper s = paper_of(S("|  |  |\n|---|---|\n| Goal | High |\n| Date | Soon |\n"));
    struct buf labels = file_of(&s);
    assert_count(&labels, "/Scope /Row", 2);
    assert_count(&labels, "/Scope /Column", 0);
    s = paper_of(S("| A | B |\n|---|---|\n| Goal | High |\n"));
    struct buf headed = file_of(&s);
    assert_count(&headed, "/Scope /Row", 0);
    assert_count(&headed, "/Scope /Column", 2);
}

/* Later pages of a table still have its heads, once, and all cells of a row. */
static void tables_of_pages_alone(void **state)
{
    (void)state;
    static const bool only[] = {false, true, true};
    struct buf b = buf_in(memory, 4096);
    buf_lit(&b, "| A | B |\n|---|---|\n");
    for (int i = 0; i < 120; i++)
        buf_fmt(&b, "| %d | x |\n", i);
    struct paper s = paper_of(buf_str(&b));
    s.options.only = only;
    s.options.only_count = 3;
    struct buf out = file_of(&s);
    assert_count(&out, "/Scope /Column", 2);
    b.n = 0;
    buf_lit(&b, "| A | B |\n|---|---|\n| a | ");
    for (int i = 0; i < 6000; i++)
        buf_fmt(&b, "b%d ", i);
    buf_lit(&b, "|\n");
    s = paper_of(buf_str(&b));
    s.options.only = only;
    s.options.only_count = 3;
    struct buf tall = file_of(&s);
    assert_count(&tall, "/S /TD", 2);
}

/* Forms stand under the heading before them, each with a heading of its own. */
static void forms_in_their_section(void **state)
{
    (void)state;
    struct blank_column column = {S("Time"), S("time"), BLANK_SHORT};
    struct blank form = {
        .id = S("FRM-001"), .title = S("Log"), .columns = &column, .column_count = 1, .rows = 2};
    struct paper s = paper_of(S("# A\n\n## B\n\n"));
    for (int i = 0; i < 2; i++) {
        struct md_node *sheet = md_new(memory, MD_FORM_BLANK, (struct span){0});
        sheet->blank = &form;
        md_append(s.doc.body, sheet);
    }
    struct buf out = file_of(&s);
    str file = buf_str(&out);
    assert_count(&out, "/S /H4", 2);
    assert_count(&out, "/S /Sect", 3);
    size_t at = str_find(file, S("/S /Sect"), 0), end = str_find(file, S(" 0 R"), at);
    str of_document = str_from_to(file, at, end + 4);
    assert_int_equal(count_of(file, of_document), 1);
}

int unit_pdf_file(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test(levels_of_headings),    cmocka_unit_test(tags_that_speak),
        cmocka_unit_test(drawings_that_lead),    cmocka_unit_test(links_of_an_index),
        cmocka_unit_test(facts_for_archives),    cmocka_unit_test(long_strings),
        cmocka_unit_test(tables_without_heads),  cmocka_unit_test(forms_in_their_section),
        cmocka_unit_test(tables_of_pages_alone),
    };
    memory = arena_new("unit", (size_t)1 << 30);
    struct fonts *faces = font_open(memory, diags_new(memory));
    fonts = faces ? pdf_fonts_open(memory, faces, S("en")) : NULL;
    int failed = faces ? unit_run("pdf_file", cases) : 1;
    if (faces) {
        pdf_fonts_close(fonts);
        font_close(faces);
    }
    arena_free(memory);
    return failed;
}
