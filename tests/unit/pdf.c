/* unit/pdf: documents on paper: nothing lost, nothing off the sheet, nothing torn apart. */
#include "unit.h"

#include <fcntl.h>
#include <string.h>

#include "dump.h"
#include "write/pdf/layout_int.h"
#include "write/pdf/pdf.h"

static struct arena *memory;
static struct fonts *faces;
static struct pdf_fonts *fonts;

/* One document from its Markdown to its pages. */
struct sheets {
    struct diags *diags;
    struct doc doc;
    struct pdf_options options;
    struct pdf_layout layout;
    struct pdf_pages pages;
};

static void collect_headings(struct doc *doc)
{
    size_t cap = 0;
    for (struct md_walk w = md_walk(doc->body); md_step(&w);)
        if (w.enter && w.node->kind == MD_HEADING)
            PUSH(memory, doc->headings, doc->heading_count, cap, struct doc_heading) =
                (struct doc_heading){.node = w.node,
                                     .level = w.node->heading.level,
                                     .text = md_text(memory, w.node),
                                     .id = w.node->id};
}

static struct sheets sheets_of(str markdown)
{
    struct sheets s = {.diags = diags_new(memory), .options = {.root = AT_FDCWD}};
    uint32_t file = diags_source(s.diags, S("a.md"), markdown);
    s.doc = (struct doc){.title = S("The plan"),
                         .code = S("BCP-001"),
                         .organisation = S("Example"),
                         .language = S("en"),
                         .source = S("a.md"),
                         .version_date = DATE_NONE,
                         .body = md_parse(memory, s.diags, markdown, file, 0, NULL)};
    collect_headings(&s.doc);
    return s;
}

static void lay_out(struct sheets *s)
{
    s->layout = (struct pdf_layout){
        .arena = memory, .diags = s->diags, .faces = faces, .options = &s->options, .doc = &s->doc};
    layout_open(&s->layout, NULL, S("en"));
    layout_pages(&s->layout, false, &s->pages);
    layout_close(&s->layout);
}

static struct sheets set(str markdown)
{
    struct sheets s = sheets_of(markdown);
    lay_out(&s);
    return s;
}

/* Runs over all that is painted, page by page; decoration only where asked for. */
struct look_at {
    const struct pdf_pages *pages;
    size_t page, group, op;
    const struct pdf_op *at;
    const struct pdf_placed *in;
};

static bool next_op(struct look_at *w)
{
    for (; w->page < w->pages->n; w->page++, w->group = 0)
        for (const struct pdf_page *p = w->pages->v[w->page]; w->group < p->count;
             w->group++, w->op = 0)
            if (w->op < p->placed[w->group].count) {
                w->in = &p->placed[w->group];
                w->at = &w->in->ops[w->op++];
                return true;
            }
    return false;
}

static str words_of(const struct pdf_op *op)
{
    struct buf b = buf_in(memory, 64);
    for (size_t i = 0; i < op->text.count; i++)
        buf_add(&b, op->text.words[i].text->text);
    return buf_str(&b);
}

/* The text of pages from..to, without heads, feet and the ends of lines. */
static str text_of(const struct pdf_pages *pages, size_t from, size_t to)
{
    struct buf b = buf_in(memory, 4096);
    for (struct look_at w = {.pages = pages}; next_op(&w);)
        if (w.at->kind == OP_TEXT && !w.in->is_decoration && w.page >= from && w.page < to)
            buf_add(&b, words_of(w.at));
    return buf_str(&b);
}

static str all_text(const struct sheets *s)
{
    return text_of(&s->pages, 0, s->pages.n);
}

static void assert_holds(str text, const char *words)
{
    if (str_find(text, str_from(words), 0) == SIZE_MAX)
        print_error("'%s' is missing in '" STR_FMT "'\n", words, STR_ARG(text));
    assert_true(str_find(text, str_from(words), 0) != SIZE_MAX);
}

static size_t count_of(str text, str word)
{
    size_t count = 0;
    for (size_t at = 0; (at = str_find(text, word, at)) != SIZE_MAX; at += word.n)
        count++;
    return count;
}

static str without(str text, str mark)
{
    struct buf b = buf_in(memory, text.n);
    for (size_t at = 0, end; at < text.n; at = end + mark.n) {
        end = str_find(text, mark, at);
        end = end == SIZE_MAX ? text.n : end;
        buf_add(&b, str_from_to(text, at, end));
    }
    return buf_str(&b);
}

static double end_of(const struct pdf_op *op)
{
    const struct pdf_word *last = &op->text.words[op->text.count - 1];
    return (double)(op->x + last->x + last->text->width * op->size / 1000);
}

/* Every letter stands on its sheet, with a margin to all sides. */
static void assert_on_sheet(const struct sheets *s)
{
    enum { EDGE = 20 };
    for (struct look_at w = {.pages = &s->pages}; next_op(&w);) {
        const struct pdf_page *page = s->pages.v[w.page];
        double y = w.in->y + (double)w.at->y;
        if (w.at->kind != OP_TEXT || w.at->text.count == 0)
            continue;
        assert_true(w.in->x + (double)w.at->x >= EDGE);
        assert_true(w.in->x + end_of(w.at) <= page->width - EDGE);
        assert_true(y >= EDGE && y <= page->height - EDGE);
    }
}

static str repeated(const char *format, size_t count)
{
    struct buf b = buf_in(memory, 4096);
    for (size_t i = 0; i < count; i++)
        buf_fmt(&b, format, (int)i, (int)i); /* the formats of this file */
    return buf_str(&b);
}

static void every_element(void **state)
{
    (void)state;
    struct sheets s =
        set(S("# One *two*\n\nPara **bold** ~~struck~~ `code` H<sub>2</sub>O <kbd>F1</kbd> "
              "<mark>marked</mark> [link](https://example.org) end.\\\nnext line\n\n"
              "- bullet\n  1. deep\n- [ ] open\n- [x] done\n\n> quoted\n\n```\ncode  block\n```\n\n"
              "| A | B |\n|---|--:|\n| c | d |\n\n---\n\n![words](none.png)\n\nNote.[^1]\n\n"
              "[^1]: the note\n\n<details><summary>more</summary>\n\nhidden\n\n</details>\n"));
    str text = all_text(&s);
    static const char *const words[] = {"One two",
                                        "Para bold struck code H2O",
                                        "F1",
                                        "marked",
                                        "link",
                                        "next line",
                                        "\u2022 bullet",
                                        "1. deep",
                                        "\u2610 open",
                                        "\u2611 done",
                                        "quoted",
                                        "code  block",
                                        "A",
                                        "B",
                                        "c",
                                        "d",
                                        "words",
                                        "Note.1",
                                        "1 the note",
                                        "more",
                                        "hidden"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        assert_holds(text, words[i]);
    assert_on_sheet(&s);
    assert_true(s.layout.is_broken); /* for the picture */
    assert_holds(dump_findings(memory, s.diags), "23:10 IM1");
}

static void empty_document(void **state)
{
    (void)state;
    struct sheets s = set(S(""));
    assert_int_equal(s.pages.n, 1);
    assert_false(s.layout.is_broken);
}

static void paper_sizes(void **state)
{
    (void)state;
    struct sheets s = set(S("a"));
    assert_true(s.pages.v[0]->width == 595.28 && s.pages.v[0]->height == 841.89);
    s = sheets_of(S("a"));
    s.doc.paper = DOC_LETTER;
    lay_out(&s);
    assert_true(s.pages.v[0]->width == 612 && s.pages.v[0]->height == 792);
}

/* A word of 5,000 letters, in text, in a cell, in code. */
static void endless_words(void **state)
{
    (void)state;
    str word = repeated("%.1d", 5000); /* digits of numbers: longer than asked, never shorter */
    str parts[] = {word, S("\n\n| A |\n|---|\n| "), word, S(" |\n\n```\n"), word, S("\n```\n")};
    struct sheets s = set(str_join(memory, parts, 6, S("")));
    assert_int_equal(count_of(without(all_text(&s), S("\u21AA")), word), 3);
    assert_on_sheet(&s);
}

static void tall_cells(void **state)
{
    (void)state;
    str parts[] = {S("| A | B |\n|---|---|\n| "), repeated("w%dx ", 1500), S("|"),
                   repeated("v%dx ", 900), S("|\n| c | d |\n")};
    struct sheets s = set(str_join(memory, parts, 5, S("")));
    str text = all_text(&s);
    assert_true(s.pages.n >= 3);
    for (int i = 0; i < 1500; i++)
        assert_true(count_of(text, str_fmt(memory, "w%dx", i)) == 1 &&
                    (i >= 900 || count_of(text, str_fmt(memory, "v%dx", i)) == 1));
    assert_on_sheet(&s);
}

/* Row by row, each page that continues the table begins with its head. */
static void heads_again(void **state)
{
    (void)state;
    str parts[] = {S("| Headword | B |\n|---|---|\n"), repeated("| r%dx | cell %d |\n", 120)};
    struct sheets s = set(str_join(memory, parts, 2, S("")));
    size_t heads = 0;
    for (struct look_at w = {.pages = &s.pages}; next_op(&w);)
        if (w.at->kind == OP_TEXT && str_eq(words_of(w.at), S("Headword")))
            heads += w.in->is_decoration == (w.page > 0);
    assert_true(s.pages.n >= 3);
    assert_int_equal(heads, s.pages.n);
    for (int i = 0; i < 120; i++)
        assert_int_equal(count_of(all_text(&s), str_fmt(memory, "r%dx", i)), 1);
}

/* However much stands before it, a heading is followed by text on its page, what leads to a table
 * by its head, and no page begins or ends with one line of a paragraph of four. */
static void nothing_torn(void **state)
{
    (void)state;
    for (size_t before = 10; before < 46; before++) {
        str parts[] = {repeated("Line %d.\n\n", before), S("## Late heading\n\n"),
                       repeated("word%d ", 60),
                       S("\n\n## Lead\n\nSee.\n\n| Key |\n|---|\n| 1 |\n| 2 |\n| 3 |\n")};
        struct sheets s = set(str_join(memory, parts, 4, S("")));
        assert_true(s.pages.n <= 2);
        for (size_t page = 0; page < s.pages.n; page++) {
            str text = text_of(&s.pages, page, page + 1);
            size_t heading = str_find(text, S("Late heading"), 0);
            assert_true(heading == SIZE_MAX || text.n > heading + 80);
            assert_int_equal(count_of(text, S("Lead")), count_of(text, S("LeadSee.Key")));
            assert_true(!str_starts(text, S("word5"))); /* the last of its lines, alone */
        }
    }
}

static void notes_at_the_foot(void **state)
{
    (void)state;
    str parts[] = {S("First[^a] page.\n\n"), repeated("Line %d.\n\n", 40),
                   S("Second[^b] page.\n\n"),
                   S("[^a]: note of the first\n\n[^b]: note of the second\n\n[^c]: unused\n")};
    struct sheets s = set(str_join(memory, parts, 4, S("")));
    assert_int_equal(s.pages.n, 2);
    str first = text_of(&s.pages, 0, 1), second = text_of(&s.pages, 1, 2);
    assert_holds(first, "1 note of the first");
    assert_holds(second, "2 note of the second");
    assert_true(str_find(first, S("of the second"), 0) == SIZE_MAX);
}

/* A note longer than what is left of its page goes on at the foot of the next. */
static void long_notes(void **state)
{
    (void)state;
    str parts[] = {S("Mark[^a].\n\n[^a]: "), repeated("n%dx ", 2500)};
    struct sheets s = set(str_join(memory, parts, 2, S("")));
    str text = all_text(&s);
    for (int i = 0; i < 2500; i += 7)
        assert_int_equal(count_of(text, str_fmt(memory, "n%dx", i)), 1);
    assert_true(s.pages.n >= 2);
    assert_on_sheet(&s);
}

/* Text, a table that turns its sheet, and text. */
static struct sheets set_around_wide_table(str before, str after)
{
    str parts[] = {before,
                   S("\n\n|"),
                   repeated("Heading %d|", 16),
                   S("\n|"),
                   repeated("---|", 16),
                   S("\n|"),
                   repeated("cell%d|", 16),
                   S("\n\n"),
                   after};
    return set(str_join(memory, parts, 9, S("")));
}

/* High enough for a pen. */
static void rows_to_write_in(void **state)
{
    (void)state;
    enum { ROWS = 10, PEN_HEIGHT = 24 };
    str parts[] = {S("| A | B |\n|---|---|\n"), repeated("| | |\n", ROWS)};
    struct sheets s = set(str_join(memory, parts, 2, S("")));
    double last = 0;
    size_t rows = 0;
    for (struct look_at w = {.pages = &s.pages}; next_op(&w);) {
        if (w.at->kind != OP_LINE || w.in->is_decoration)
            continue;
        double y = w.in->y + (double)w.at->y;
        rows += last > 0 && y - last > PEN_HEIGHT - 0.5;
        last = y;
    }
    assert_int_equal(rows, ROWS);
}

static void wide_tables_turn(void **state)
{
    (void)state;
    struct sheets s = set_around_wide_table(S("before"), repeated("after %d ", 100));
    assert_int_equal(s.pages.n, 3);
    assert_true(s.pages.v[0]->width < s.pages.v[0]->height);
    assert_true(s.pages.v[1]->width > s.pages.v[1]->height);
    assert_true(s.pages.v[2]->width < s.pages.v[2]->height);
    assert_holds(text_of(&s.pages, 1, 2), "cell15");
    assert_on_sheet(&s);
}

/* A heading and what leads to a turned table stand with it; so does the little that follows. */
static void turned_with_their_heads(void **state)
{
    (void)state;
    struct sheets s = set_around_wide_table(S("before\n\n# A\n\n## Wide\n\nSee the table."),
                                            S("# After\n\nThe end.\n"));
    assert_int_equal(s.pages.n, 2);
    assert_holds(text_of(&s.pages, 1, 2), "AWideSee the table.Heading 0");
    assert_holds(text_of(&s.pages, 1, 2), "The end.");
    assert_on_sheet(&s);
    str parts[] = {S("# Long\n\n"), repeated("before %d ", 200)};
    s = set_around_wide_table(str_join(memory, parts, 2, S("")), S(""));
    assert_int_equal(s.pages.n, 2);
    assert_holds(text_of(&s.pages, 0, 1), "Longbefore 0");
}

/* Too many columns for any sheet: parts, each with the first column; no word breaks. */
static void widest_tables_in_parts(void **state)
{
    (void)state;
    str parts[] = {S("|"),   repeated("Heading%d|", 45), S("\n|"), repeated("---|", 45),
                   S("\n|"), repeated("cell%d|", 45),    S("\n")};
    struct sheets s = set(str_join(memory, parts, 7, S("")));
    str text = all_text(&s);
    assert_int_equal(count_of(text, S("Heading0Heading")), count_of(text, S(" of 45")));
    assert_true(count_of(text, S(" of 45")) > 1);
    for (int i = 1; i < 45; i++)
        assert_int_equal(count_of(text, str_fmt(memory, "Heading%d", i)), i < 4    ? 11
                                                                          : i == 4 ? 6
                                                                                   : 1);
    assert_on_sheet(&s);
}

static void deep_nests(void **state)
{
    (void)state;
    struct buf b = buf_in(memory, 4096);
    for (int i = 0; i < 24; i++)
        buf_fmt(&b, "%*s- level%dx\n", 2 * i, "", i);
    struct sheets s = set(buf_str(&b));
    for (int i = 0; i < 24; i++)
        assert_int_equal(count_of(all_text(&s), str_fmt(memory, "level%dx", i)), 1);
    assert_on_sheet(&s);
}

/* Hebrew words stand from right to left, the English ones among them do not. */
static void right_to_left(void **state)
{
    (void)state;
    struct sheets s = set(S("\u05D0\u05D1 \u05D2\u05D3 one two \u05D4\u05D5\n"));
    double x[5] = {0};
    static const char *const word[] = {"\u05D0\u05D1", "\u05D2\u05D3", "one", "two",
                                       "\u05D4\u05D5"};
    for (struct look_at w = {.pages = &s.pages}; next_op(&w);)
        for (size_t i = 0; w.at->kind == OP_TEXT && i < w.at->text.count; i++)
            for (size_t k = 0; k < 5; k++)
                if (str_eq(w.at->text.words[i].text->text, str_from(word[k])))
                    x[k] = w.in->x + (double)(w.at->x + w.at->text.words[i].x);
    assert_true(x[0] > x[1] && x[1] > x[3] && x[3] > x[2] && x[2] > x[4]);
    assert_true(x[0] > 480); /* at the right margin */
}

static void contents_for_the_long(void **state)
{
    (void)state;
    str body = repeated("## Chapter %d\n\nText %d of it.\n\n", 6);
    struct sheets s = set(body);
    assert_true(str_find(all_text(&s), S("Contents"), 0) == SIZE_MAX);
    str parts[] = {body, repeated("Line %d.\n\n", 120)};
    s = set(str_join(memory, parts, 2, S("")));
    assert_holds(text_of(&s.pages, 0, 1), "ContentsChapter 0Chapter 1");
    size_t folios = 0;
    for (struct look_at w = {.pages = &s.pages}; next_op(&w);)
        folios += w.at->kind == OP_FOLIO && page_target(&s.pages, w.at->link.anchor) != NULL;
    assert_int_equal(folios, 6);
}

static void append_captioned(struct sheets *s, int number)
{
    static const struct column columns[] = {{S_INIT("n"), S_INIT("Name"), COLUMN_TEXT}};
    struct md_node *n = md_new(memory, MD_FORM_TABLE, (struct span){0});
    struct table *t = table_new(memory, str_fmt(memory, "t%d", number),
                                str_fmt(memory, "Caption %d", number), columns, 1);
    table_row(memory, t)[0] = cell_text(memory, S("a"));
    n->table = t;
    if (number % 2) {
        struct drawing *d = NEW(memory, struct drawing);
        *d = (struct drawing){.id = t->id, .title = t->caption, .table = t};
        n->kind = MD_FORM_DRAWING;
        n->drawing = d;
    }
    md_append(s->doc.body, n);
}

static struct sheets set_with_captions(int count)
{
    str parts[] = {repeated("## Chapter %d\n\nText %d of it.\n\n", 6),
                   repeated("Line %d.\n\n", 120)};
    struct sheets s = sheets_of(str_join(memory, parts, 2, S("")));
    for (int i = 0; i < count; i++)
        append_captioned(&s, i);
    lay_out(&s);
    return s;
}

/* With the page on which each of them begins. */
static void lists_of_tables_and_maps(void **state)
{
    (void)state;
    struct sheets s = set_with_captions(3);
    assert_true(str_find(text_of(&s.pages, 0, 1), S("Caption"), 0) == SIZE_MAX);
    s = set_with_captions(4);
    assert_holds(text_of(&s.pages, 0, 1), "Chapter 5TablesCaption 0Caption 2"
                                          "Maps and drawingsCaption 1Caption 3");
    size_t folios = 0;
    for (struct look_at w = {.pages = &s.pages}; next_op(&w);) {
        const struct pdf_target *t =
            w.at->kind == OP_FOLIO ? page_target(&s.pages, w.at->link.anchor) : NULL;
        folios += t && t->page == s.pages.n - 1;
    }
    assert_int_equal(folios, 4);
}

static void drafts_say_so(void **state)
{
    (void)state;
    struct sheets s = sheets_of(repeated("Line %d.\n\n", 100));
    s.doc.mark = S("DRAFT");
    lay_out(&s);
    size_t said = 0, numbered = 0;
    for (struct look_at w = {.pages = &s.pages}; next_op(&w);) {
        if (w.at->kind != OP_TEXT)
            continue;
        said += str_eq(words_of(w.at), S("DRAFT"));
        numbered +=
            str_eq(words_of(w.at), str_fmt(memory, "Page %zu of %zu", w.page + 1, s.pages.n));
    }
    assert_true(s.pages.n >= 3);
    assert_int_equal(said, s.pages.n);
    assert_int_equal(numbered, s.pages.n);
}

/* Each at the place where it stands first, the second one in the middle of a word. */
static void missing_letters_once(void **state)
{
    (void)state;
    struct sheets s = set(S("a \uE000 b c\uE001\uE000\n\n| A |\n|---|\n| \uE002\uE001 |\n\n"
                            "```\nx\n y\uE003\n```\n"));
    str found = dump_findings(memory, s.diags);
    assert_int_equal(count_of(found, S("FO1")), 4);
    assert_holds(found, "1:3 FO1");
    assert_holds(found, "(U+E000)");
    assert_holds(all_text(&s), "\uE000");
}

static void page_breaks(void **state)
{
    (void)state;
    struct sheets s = sheets_of(S("a\n\nb\n"));
    struct md_node *ends = md_new(memory, MD_PAGE_BREAK, (struct span){0});
    md_insert_before(s.doc.body->last, ends);
    md_append(s.doc.body, md_new(memory, MD_PAGE_BREAK, (struct span){0})); /* no empty page */
    lay_out(&s);
    assert_int_equal(s.pages.n, 2);
    assert_str(text_of(&s.pages, 1, 2), "b");
}

static struct buf file_of(struct sheets *s)
{
    struct buf out = buf_in(memory, 1024);
    assert_true(pdf_document(memory, s->diags, fonts, &s->options, &s->doc, &out));
    return out;
}

static void same_bytes(void **state)
{
    (void)state;
    str text = S("# T\n\nText with [a link](#h-t).\n\n| A |\n|---|\n| b |\n");
    struct sheets a = sheets_of(text), b = sheets_of(text), c = sheets_of(S("other"));
    a.doc.mark = b.doc.mark = S("DRAFT");
    struct buf one = file_of(&a), two = file_of(&b), three = file_of(&c);
    assert_true(str_eq(buf_str(&one), buf_str(&two)));
    assert_true(str_starts(buf_str(&one), S("%PDF-1.7")));
    str id = str_skip(buf_str(&one), str_find(buf_str(&one), S("/ID"), 0));
    id = str_from_to(id, str_find_char(id, '<', 0), str_find_char(id, '>', 0));
    assert_int_equal(id.n, 33);
    assert_int_equal(count_of(buf_str(&one), id), 2);
    assert_int_equal(count_of(buf_str(&three), id), 0);
    assert_int_equal(count_of(buf_str(&one), S("/S /TR")), 2);
    assert_int_equal(count_of(buf_str(&one), S("/Subtype /Link")), 1);
}

static void dates_of_the_version(void **state)
{
    (void)state;
    struct sheets s = sheets_of(S("a"));
    struct buf without = file_of(&s);
    assert_int_equal(count_of(buf_str(&without), S("CreationDate")), 0);
    s.doc.version_date = date_from((struct ymd){2026, 11, 21});
    struct buf with = file_of(&s);
    assert_int_equal(count_of(buf_str(&with), S("/CreationDate (D:20261121000000Z)")), 1);
}

static void registers(void **state)
{
    (void)state;
    static const struct column columns[] = {{S_INIT("id"), S_INIT("Id"), COLUMN_CODE},
                                            {S_INIT("n"), S_INIT("Name"), COLUMN_TEXT},
                                            {S_INIT("c"), S_INIT("Count"), COLUMN_NUMBER}};
    struct table *t = table_new(memory, S("x"), S("Things"), columns, 3);
    for (int i = 0; i < 10000; i++) {
        struct cell *row = table_row(memory, t);
        row[0] = cell_text(memory, str_fmt(memory, "T-%d", i));
    }
    struct sheets s = sheets_of(S(""));
    struct buf out = buf_in(memory, 1024);
    assert_true(pdf_table_document(memory, s.diags, fonts, &s.options, &s.doc, t, &out));
    assert_int_equal(count_of(buf_str(&out), S("/S /TR")), 10001);
    assert_int_equal(count_of(buf_str(&out), S("/S /TD")), 30000);
}

static const struct pdf_seal seal = {.signer = S_INIT("Ada (Example) \\ \u0141"),
                                     .day = S_INIT("30 June 2026"),
                                     .moment = S_INIT("D:20260630000000Z"),
                                     .reason = S_INIT("Edition 2026.2"),
                                     .reserve_bytes = 1000};

/* Last of all words, and only what is known. */
static void words_of_a_seal(void **state)
{
    (void)state;
    struct sheets s = sheets_of(S("text[^a]\n\n[^a]: note\n"));
    s.options.seal = &seal;
    lay_out(&s);
    str text = all_text(&s);
    assert_holds(text, "Sealed byAda (Example) \\ \u0141 when issued, 30 June 2026");
    assert_int_equal(count_of(text, S("Prepared by")) + count_of(text, S("Approved by")), 0);
    s = sheets_of(S("text"));
    s.options.seal = &seal;
    s.doc.prepared_by = S("Lead (A. Person)");
    s.doc.approved_by = S("Chief (B. Person) on 22 June 2026");
    s.doc.language = S("ar");
    lay_out(&s);
    text = all_text(&s);
    assert_holds(text, "Prepared by");
    assert_holds(text, "22 June 2026");
    assert_on_sheet(&s);
}

static void words_of_a_long_seal(void **state)
{
    (void)state;
    struct pdf_seal endless = seal;
    endless.signer = repeated("name%dx ", 300);
    struct sheets s = sheets_of(repeated("Line %d.\n\n", 60));
    s.options.seal = &endless;
    lay_out(&s);
    for (int i = 0; i < 300; i++)
        assert_int_equal(count_of(all_text(&s), str_fmt(memory, "name%dx", i)), 1);
    assert_on_sheet(&s);
}

static void demo_keys_say_so(void **state)
{
    (void)state;
    struct pdf_seal demo = seal;
    demo.is_demo = true;
    struct sheets s = sheets_of(repeated("Line %d.\n\n", 100));
    s.options.seal = &demo;
    lay_out(&s);
    size_t said = 0;
    for (struct look_at w = {.pages = &s.pages}; next_op(&w);)
        said += w.at->kind == OP_TEXT && w.in->is_decoration &&
                str_eq(words_of(w.at), S("DEMO KEY: not for real use"));
    assert_true(s.pages.n >= 3);
    assert_int_equal(said, s.pages.n);
}

/* One hole of the size that was asked for, in the one revision. */
static void place_of_a_signature(void **state)
{
    (void)state;
    struct sheets s = sheets_of(S("text"));
    struct buf plain = file_of(&s);
    assert_int_equal(count_of(buf_str(&plain), S("/AcroForm")), 0);
    s.options.seal = &seal;
    struct buf sealed = file_of(&s);
    str file = buf_str(&sealed);
    static const char *const once[] = {SIGN_HOLE, "/AcroForm", "/FT /Sig",
                                       "%%EOF",   "startxref", "/S /Form",
                                       "/Perms",  "/P 1 ",     "(D:20260630000000Z)"};
    for (size_t i = 0; i < sizeof once / sizeof *once; i++)
        assert_int_equal(count_of(file, str_from(once[i])), 1);
    size_t at = str_find(file, S(SIGN_HOLE), 0) + strlen(SIGN_HOLE);
    for (size_t i = 0; i < 2 * seal.reserve_bytes; i++)
        assert_int_equal(file.p[at + i], '0');
    assert_int_equal(file.p[at + 2 * seal.reserve_bytes], '>');
    assert_int_equal(count_of(file, S("00000000000000000000000000000000")),
                     2 * seal.reserve_bytes / 32); /* the /ID is not zero */
}

int unit_pdf(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test(every_element),
        cmocka_unit_test(empty_document),
        cmocka_unit_test(paper_sizes),
        cmocka_unit_test(endless_words),
        cmocka_unit_test(tall_cells),
        cmocka_unit_test(heads_again),
        cmocka_unit_test(nothing_torn),
        cmocka_unit_test(notes_at_the_foot),
        cmocka_unit_test(long_notes),
        cmocka_unit_test(rows_to_write_in),
        cmocka_unit_test(wide_tables_turn),
        cmocka_unit_test(turned_with_their_heads),
        cmocka_unit_test(widest_tables_in_parts),
        cmocka_unit_test(deep_nests),
        cmocka_unit_test(right_to_left),
        cmocka_unit_test(contents_for_the_long),
        cmocka_unit_test(lists_of_tables_and_maps),
        cmocka_unit_test(drafts_say_so),
        cmocka_unit_test(missing_letters_once),
        cmocka_unit_test(page_breaks),
        cmocka_unit_test(same_bytes),
        cmocka_unit_test(dates_of_the_version),
        cmocka_unit_test(registers),
        cmocka_unit_test(words_of_a_seal),
        cmocka_unit_test(words_of_a_long_seal),
        cmocka_unit_test(demo_keys_say_so),
        cmocka_unit_test(place_of_a_signature),
    };
    memory = arena_new("unit", (size_t)1 << 30);
    faces = font_open(memory, diags_new(memory));
    fonts = faces ? pdf_fonts_open(memory, faces, S("en")) : NULL;
    int failed = faces ? unit_run("pdf", cases) : 1;
    if (faces) {
        pdf_fonts_close(fonts);
        font_close(faces);
    }
    arena_free(memory);
    return failed;
}
