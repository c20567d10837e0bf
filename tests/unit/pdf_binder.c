/* unit/pdf_binder: parts, labels of pages, both sides of a sheet, chosen pages and their hashes. */
#include "unit.h"

#include <fcntl.h>
#include <math.h>

#include "write/pdf/digest_int.h"
#include "write/pdf/layout_int.h"
#include "write/pdf/pdf.h"

static struct arena *memory;
static struct fonts *faces;
static struct pdf_fonts *fonts;

/* A binder under construction, and its pages. */
struct binder {
    struct diags *diags;
    struct doc doc;
    struct pdf_options options;
    struct pdf_layout layout;
    struct pdf_pages pages;
};

static struct binder binder_new(void)
{
    struct binder b = {.diags = diags_new(memory), .options = {.root = AT_FDCWD}};
    b.doc = (struct doc){.title = S("Binder"),
                         .code = S("BND-001"),
                         .version = S("1"),
                         .organisation = S("Example"),
                         .language = S("en"),
                         .source = S("a.md"),
                         .version_date = DATE_NONE,
                         .is_duplex = true,
                         .body = md_new(memory, MD_DOCUMENT, (struct span){0})};
    return b;
}

static void put_text(struct binder *b, str markdown)
{
    uint32_t file = diags_source(b->diags, S("a.md"), markdown);
    struct md_node *parsed = md_parse(memory, b->diags, markdown, file, 0, NULL);
    while (parsed->first) {
        struct md_node *n = parsed->first;
        md_remove(n);
        md_append(b->doc.body, n);
    }
}

static struct md_node *put(struct md_node *parent, enum md_kind kind, str text)
{
    struct md_node *n = md_new(memory, kind, (struct span){0});
    n->text = text;
    md_append(parent, n);
    return n;
}

static void put_part(struct binder *b, const char *mark, const char *title)
{
    put(b->doc.body, MD_PART, str_from(mark))->title = str_from(title);
}

/* Enough paragraphs for so many pages of A4, and a little less than one more. */
static void put_pages(struct binder *b, const char *heading, size_t pages)
{
    struct buf text = buf_in(memory, 4096);
    buf_fmt(&text, "## %s\n\n", heading);
    for (size_t i = 0; i < 30 * pages + 10; i++)
        buf_fmt(&text, "%s, line %zu.\n\n", heading, i);
    put_text(b, str_dup(memory, buf_str(&text)));
}

static void lay_out(struct binder *b)
{
    doc_list_headings(memory, &b->doc);
    b->pages = (struct pdf_pages){0};
    b->layout = (struct pdf_layout){
        .arena = memory, .diags = b->diags, .faces = faces, .options = &b->options, .doc = &b->doc};
    layout_open(&b->layout, NULL, S("en"));
    layout_pages(&b->layout, false, &b->pages);
    layout_close(&b->layout);
}

/* "i:ii A-1:4 …": what each page is called, of how many. */
static str labels_of(const struct binder *b)
{
    struct buf text = buf_in(memory, 256);
    for (size_t i = 0; i < b->pages.n; i++)
        buf_fmt(&text, "%s" STR_FMT ":" STR_FMT, i ? " " : "", STR_ARG(b->pages.v[i]->label),
                STR_ARG(b->pages.v[i]->of));
    return buf_str(&text);
}

static str words_of(const struct pdf_op *op)
{
    struct buf b = buf_in(memory, 64);
    for (size_t i = 0; i < op->text.count; i++)
        buf_add(&b, op->text.words[i].text->text);
    return buf_str(&b);
}

/* All that a page says, with heads and feet; a label to be filled in as "{anchor}". */
static str page_text(const struct binder *b, size_t page)
{
    struct buf text = buf_in(memory, 4096);
    const struct pdf_page *p = b->pages.v[page];
    for (size_t i = 0; i < p->count; i++)
        for (size_t k = 0; k < p->placed[i].count; k++) {
            const struct pdf_op *op = &p->placed[i].ops[k];
            if (op->kind == OP_TEXT)
                buf_add(&text, words_of(op));
            else if (op->kind == OP_FOLIO)
                buf_fmt(&text, "{" STR_FMT "}", STR_ARG(op->link.anchor));
            buf_lit(&text, "\n");
        }
    return buf_str(&text);
}

static size_t count_of(str text, const char *word)
{
    size_t count = 0, size = str_from(word).n;
    for (size_t at = 0; (at = str_find(text, str_from(word), at)) != SIZE_MAX; at += size)
        count++;
    return count;
}

static bool says(const struct binder *b, size_t page, const char *words)
{
    return str_find(page_text(b, page), str_from(words), 0) != SIZE_MAX;
}

/* Parts of one text page and two, behind a front of one page. */
static struct binder small_binder(void)
{
    struct binder b = binder_new();
    put_part(&b, "A", "First hour");
    put_pages(&b, "Alarm", 1);
    put_part(&b, "B", "Calls");
    put_pages(&b, "Call tree", 0);
    put_part(&b, "C", "Forms");
    put_pages(&b, "Log", 1);
    return b;
}

/* What is dialled from paper stands in one line, in prose and in columns. */
static void telephone_numbers_whole(void **state)
{
    (void)state;
    struct binder b = binder_new();
    struct buf text = buf_in(memory, 8192);
    for (int i = 0; i < 60; i++)
        buf_fmt(&text, "call %d +44 1632 960184, ", i * i * i);
    buf_lit(&text, "\n\n| Who | Number and more |\n|---|---|\n");
    for (int i = 0; i < 20; i++)
        buf_lit(&text, "| A person who answers without much delay | a mobile telephone "
                       "+44 1632 960184 or ask for others who may know the way |\n");
    buf_lit(&text, "\n+"); /* no number, and no longer than its line */
    for (int i = 0; i < 300; i++)
        buf_fmt(&text, "%d ", i);
    put_text(&b, buf_str(&text));
    lay_out(&b);
    size_t whole = 0, begun = 0;
    for (size_t i = 0; i < b.pages.n; i++) {
        whole += count_of(page_text(&b, i), "+44 1632 960184");
        begun += count_of(page_text(&b, i), "+44");
    }
    assert_int_equal(begun, 80);
    assert_int_equal(whole, 80);
    assert_true(b.pages.n < 5);
}

/* A column without a head or a word is there to be written in. */
static void room_for_answers(void **state)
{
    (void)state;
    struct binder b = binder_new();
    double widest = 0;
    put_text(&b, S("| Decided | |\n|---|---|\n| Level | |\n| By | |\n"));
    lay_out(&b);
    for (size_t i = 0; i < b.pages.v[0]->count; i++) {
        const struct pdf_placed *p = &b.pages.v[0]->placed[i];
        for (size_t k = 0; k < p->count && !p->is_decoration; k++)
            if (p->ops[k].kind == OP_LINE && p->ops[k].stroke == COLOR_LINE)
                widest = fmax(widest, (double)p->ops[k].w);
    }
    assert_true(widest > 230 && widest < 320);
}

static void labels_and_right_hand_starts(void **state)
{
    (void)state;
    struct binder b = small_binder();
    lay_out(&b);
    assert_str(labels_of(&b), "i:ii ii:ii A-1:4 A-2:4 A-3:4 A-4:4 B-1:2 B-2:2 C-1:3 C-2:3 C-3:3");
    for (size_t i = 0; i < b.pages.n; i++) {
        bool is_divider = b.pages.v[i]->part > 0 && b.pages.v[i]->number == 1;
        assert_true(!is_divider || i % 2 == 0);
        assert_int_equal(says(&b, i, "This page is left empty."), i == 1 || i == 5);
        assert_true(b.pages.v[i]->is_back == (i % 2 == 1));
    }
    assert_true(says(&b, 5, "Page A-4 of 4"));
    assert_true(says(&b, 0, "Page i of ii"));
    assert_true(says(&b, 2, "A \n")); /* apart from the title to who hears them */
    assert_true(says(&b, 2, "First hour"));
    assert_true(says(&b, 2, "{h-alarm}")); /* the divider lists what is behind it */
    assert_true(says(&b, 0, "{part-B}"));  /* and the contents all parts */
}

static void one_side_has_no_empty_pages(void **state)
{
    (void)state;
    struct binder b = small_binder();
    b.doc.is_duplex = false;
    lay_out(&b);
    assert_str(labels_of(&b), "i:i A-1:3 A-2:3 A-3:3 B-1:2 B-2:2 C-1:3 C-2:3 C-3:3");
    for (size_t i = 0; i < b.pages.n; i++)
        assert_false(says(&b, i, "left empty"));
}

static void right_hand_breaks(void **state)
{
    (void)state;
    for (int duplex = 0; duplex < 2; duplex++) {
        struct binder b = binder_new();
        b.doc.is_duplex = duplex;
        put_text(&b, S("Front.\n"));
        put(b.doc.body, MD_PAGE_BREAK, S(""))->page_break.right = true;
        put(b.doc.body, MD_PAGE_BREAK, S(""))->page_break.right = true; /* not two empty ones */
        put_text(&b, S("Behind.\n"));
        lay_out(&b);
        assert_str(labels_of(&b), duplex ? "1:3 2:3 3:3" : "1:2 2:2");
        assert_true(says(&b, b.pages.n - 1, "Behind."));
    }
}

/* What waits for the foot of a page stays in its part. */
static void notes_stay_in_their_part(void **state)
{
    (void)state;
    struct binder b = binder_new();
    struct buf note = buf_in(memory, 4096);
    put_part(&b, "A", "First");
    buf_lit(&note, "Mark[^a].\n\n[^a]: ");
    for (int i = 0; i < 2500; i++)
        buf_fmt(&note, "n%dx ", i);
    buf_lit(&note, "\n");
    put_text(&b, buf_str(&note));
    struct md_node *body = b.doc.body, *footnote = body->last; /* notes stand at the end */
    put_part(&b, "B", "Second");
    put_text(&b, S("Text of B.\n"));
    md_remove(footnote);
    md_append(body, footnote);
    lay_out(&b);
    for (size_t i = 0; i < b.pages.n; i++) {
        assert_true(b.pages.v[i]->part == 1 || !says(&b, i, " n2"));
        assert_true(b.pages.v[i]->part != 2 || b.pages.v[i]->number > 2 || i >= 4);
    }
    assert_true(says(&b, b.pages.n - 1, "Text of B."));
}

static double width_of(const struct pdf_op *op)
{
    const struct pdf_word *last = &op->text.words[op->text.count - 1];
    return (double)(last->x + last->text->width * op->size / 1000);
}

/* What nobody should write is still printed, and ends. */
static void odd_binders(void **state)
{
    (void)state;
    struct binder b = binder_new();
    put_part(&b, "", "");
    put_part(&b, "A part whose mark is far longer than its tab is wide, and than its sheet",
             "Long");
    struct md_node *quote = put(b.doc.body, MD_QUOTE, S(""));
    put(put(put(quote, MD_PART, S("Q")), MD_PARA, S("")), MD_TEXT, S("Inside of a quotation."));
    struct md_node *entry = put(put(b.doc.body, MD_INDEX, S("")), MD_PARA, S(""));
    struct md_node *link = put(entry, MD_LINK, S(""));
    link->url = S("#nowhere");
    link->is_folio = true;
    put(b.doc.body, MD_INDEX, S(""));
    put_text(&b, S("See [this](#nowhere).\n"));
    lay_out(&b);
    assert_int_equal(b.pages.n, 6);
    assert_true(says(&b, 5, "Inside of a quotation."));
    assert_false(says(&b, 5, "(page"));
    for (size_t i = 0; i < b.pages.n; i++) {
        const struct pdf_page *p = b.pages.v[i];
        for (size_t k = 0; k < p->count; k++)
            for (size_t m = 0; m < p->placed[k].count; m++) {
                const struct pdf_op *op = &p->placed[k].ops[m];
                if (op->kind == OP_TEXT && op->text.count > 0)
                    assert_true(p->placed[k].x + (double)op->x >= 0 &&
                                p->placed[k].x + (double)op->x + width_of(op) < p->width);
            }
    }
}

/* -- Margins, tabs, large type -------------------------------------------------------------- */

static const struct pdf_op *find_op(const struct binder *b, size_t page, const char *words,
                                    double *x)
{
    const struct pdf_page *p = b->pages.v[page];
    for (size_t i = 0; i < p->count; i++)
        for (size_t k = 0; k < p->placed[i].count; k++) {
            const struct pdf_op *op = &p->placed[i].ops[k];
            if (op->kind == OP_TEXT && str_find(words_of(op), str_from(words), 0) != SIZE_MAX) {
                *x = (p->placed[i].x + (double)op->x) * p->scale;
                return op;
            }
        }
    return NULL;
}

/* Text of a back page has the wide margin at its right; the folio is outside on both. */
static void margins_and_feet_mirror(void **state)
{
    (void)state;
    struct binder b = small_binder();
    double front, back, front_folio, back_folio;
    lay_out(&b);
    assert_non_null(find_op(&b, 3, "line 0.", &back));
    assert_non_null(find_op(&b, 4, "line", &front));
    assert_true(front > back + 10);
    const struct pdf_op *folio = find_op(&b, 4, "Page A-3 of 4", &front_folio);
    assert_non_null(find_op(&b, 3, "Page A-2 of 4", &back_folio));
    double edge = b.pages.v[4]->width - front_folio - width_of(folio);
    assert_true(fabs(edge - back_folio) < 0.1 && back_folio < 60);
}

/* The tab of page `page`: the one dark block; in points of the sheet. */
static void tab_of(const struct binder *b, size_t page, double box[4])
{
    const struct pdf_page *p = b->pages.v[page];
    size_t found = 0;
    for (size_t i = 0; i < p->count; i++)
        for (size_t k = 0; k < p->placed[i].count; k++) {
            const struct pdf_op *op = &p->placed[i].ops[k];
            if (op->kind != OP_RECT || op->fill != COLOR_TEXT || (double)op->h < 6)
                continue;
            found++;
            box[0] = (double)op->x * p->scale;
            box[1] = (double)op->y * p->scale;
            box[2] = (double)(op->x + op->w) * p->scale;
            box[3] = (double)(op->y + op->h) * p->scale;
        }
    assert_int_equal(found, p->part > 0);
}

static void tabs_step_down_the_edge(void **state)
{
    (void)state;
    const double edge = 5 / 25.4 * 72;
    for (int i = 0; i < 6; i++) {
        struct binder b = small_binder();
        b.doc.paper = (enum doc_paper)(i % 3);
        b.doc.is_large = i >= 3;
        lay_out(&b);
        double height = 0, box[4] = {0};
        for (size_t page = 0; page < b.pages.n; page++) {
            const struct pdf_page *p = b.pages.v[page];
            tab_of(&b, page, box);
            if (p->part == 0)
                continue;
            double outer = p->is_back ? box[0] : p->width * p->scale - box[2];
            assert_true(outer >= edge && outer < edge + 1);
            assert_true(p->number > 1 ? box[1] == height : box[1] > height);
            height = box[1];
        }
    }
}

/* More parts than places: the tabs get lower, none is off the sheet. */
static void many_parts(void **state)
{
    (void)state;
    struct binder b = binder_new();
    for (int i = 0; i < 40; i++)
        put_part(&b, str_c(memory, str_fmt(memory, "%d", i + 1)), "Part");
    lay_out(&b);
    double box[4] = {0}, last = 0;
    for (size_t i = 0; i < b.pages.n; i++) {
        tab_of(&b, i, box);
        assert_true(box[3] <= b.pages.v[i]->height - 80);
        assert_true(box[3] >= last);
        last = box[3];
    }
}

static void large_type_on_the_same_paper(void **state)
{
    (void)state;
    struct binder plain = small_binder(), large = small_binder();
    put_pages(&plain, "More", 5);
    put_pages(&large, "More", 5);
    large.doc.is_large = true;
    lay_out(&plain);
    lay_out(&large);
    const struct pdf_page *p = large.pages.v[0];
    assert_true(fabs(p->width * p->scale - plain.pages.v[0]->width) < 0.01);
    assert_true(p->scale == 1.25 && large.pages.n > plain.pages.n);
    struct buf out = buf_in(memory, 64 * 1024);
    assert_true(pdf_document(memory, large.diags, fonts, &large.options, &large.doc, &out));
    assert_int_equal(count_of(buf_str(&out), "[ 0 0 595.28003 841.89001 ]"), large.pages.n);
}

static void notes_of_the_sheet(void **state)
{
    (void)state;
    struct binder b = small_binder();
    b.doc.sheet_note = S("If lost, return to Example, 12 Harbour Road. ");
    lay_out(&b);
    for (size_t i = 0; i < b.pages.n; i++)
        assert_true(says(&b, i, "If lost, return"));
    struct pdf_sheet one = layout_sheet(&b.layout);
    b.doc.sheet_note =
        S("If lost, return to Example, 12 Harbour Road. Pages that were replaced are "
          "shredded by who replaces them, and nobody copies single pages of it.");
    lay_out(&b);
    struct pdf_sheet two = layout_sheet(&b.layout);
    assert_true(two.bottom == one.bottom + 11 && two.foot == one.foot + 11);
    assert_true(says(&b, 3, "single pages of it."));
}

/* -- References ----------------------------------------------------------------------------- */

/* The room that a label got is as wide as the label that will stand in it. */
static void assert_labels_fit(const struct binder *b, const char *before)
{
    for (size_t page = 0; page < b->pages.n; page++) {
        const struct pdf_page *p = b->pages.v[page];
        for (size_t i = 0; i < p->count; i++)
            for (size_t k = 1; k + 1 < p->placed[i].count; k++) {
                const struct pdf_op *op = &p->placed[i].ops[k], *open = op - 1;
                if (op->kind != OP_FOLIO || open->kind != OP_TARGET)
                    continue;
                str label = b->pages.v[page_target(&b->pages, op->link.anchor)->page]->label;
                struct font_shaper *shaper = font_shaper_new(memory, faces, S("en"));
                double width =
                    (double)(font_shape(shaper, label, op->style, false)->width * op->size) / 1000;
                assert_true(fabs((double)(op->x - open->x) - width) < 0.05);
                assert_true(count_of(page_text(b, page), before) > 0);
            }
    }
}

static void links_say_their_page(void **state)
{
    (void)state;
    struct binder b = binder_new();
    put_part(&b, "A", "First");
    put_text(&b, S("## Alarm\n\nAs in [the log](#h-log), and [here](#h-alarm).\n\n"
                   "| Cell |\n|---|\n| [log](#h-log) |\n"));
    put_part(&b, "B", "Second");
    put_pages(&b, "Calls", 2);
    put_text(&b, S("## Log\n\nSee [alarm](#h-alarm), and [log](#h-log).\n"));
    lay_out(&b);
    str first = page_text(&b, page_target(&b.pages, S("h-alarm"))->page);
    str log = page_text(&b, page_target(&b.pages, S("h-log"))->page);
    assert_int_equal(count_of(first, "(page"), 1);
    assert_int_equal(count_of(first, "{h-log}"), 1); /* not in the table */
    assert_int_equal(count_of(log, "{h-alarm}"), 1);
    assert_int_equal(count_of(log, "{h-log}"), 0); /* it is on this page */
    assert_labels_fit(&b, "(page");
}

/* A label that is needed pushes what it names to another page, where it is not. */
static void references_settle(void **state)
{
    (void)state;
    for (size_t lines = 20; lines < 48; lines++) {
        struct binder b = binder_new();
        struct buf text = buf_in(memory, 4096);
        buf_lit(&text, "## Start\n\n");
        for (size_t i = 0; i < lines; i++)
            buf_lit(&text, "Line.\n\n");
        for (size_t i = 0; i < 6; i++)
            buf_lit(&text, "Words before it, as [this](#h-end) says and [that](#h-start) too, so "
                           "that it fills a line.\n\n");
        buf_lit(&text, "## End\n\nLast words.\n");
        put_text(&b, buf_str(&text));
        lay_out(&b);
        assert_labels_fit(&b, "(page");
    }
}

static void add_entry(struct md_node *index, str words, const char *const *anchors, size_t count)
{
    struct md_node *entry = put(index, MD_PARA, S(""));
    put(entry, MD_TEXT, words);
    for (size_t i = 0; i < count; i++) {
        struct md_node *link = put(entry, MD_LINK, S(""));
        link->url = str_fmt(memory, "#%s", anchors[i]);
        link->is_folio = true;
        put(link, MD_TEXT, S("for screens"));
    }
}

static void index_in_two_columns(void **state)
{
    (void)state;
    static const char *const anchors[] = {"h-alarm", "h-same-page", "h-log"};
    struct binder b = binder_new();
    put_text(&b, S("## Alarm\n\nText.\n\n## Same page\n\nText.\n"));
    put(b.doc.body, MD_PAGE_BREAK, S(""));
    put_pages(&b, "Log", 1);
    put_text(&b, S("## Index\n"));
    struct md_node *index = put(b.doc.body, MD_INDEX, S(""));
    for (size_t i = 0; i < 150; i++)
        add_entry(index, str_fmt(memory, "entry%zux", i), anchors, 3);
    lay_out(&b);
    struct buf all = buf_in(memory, 4096);
    double x[2] = {0};
    for (size_t i = 0; i < b.pages.n; i++)
        buf_add(&all, page_text(&b, i));
    str text = buf_str(&all);
    for (size_t i = 0; i < 150; i++)
        assert_int_equal(count_of(text, str_c(memory, str_fmt(memory, "entry%zux", i))), 1);
    assert_int_equal(count_of(text, "for screens"), 0);
    assert_int_equal(count_of(text, "{h-alarm}"), 150);
    assert_int_equal(count_of(text, "{h-same-page}"), 0); /* a page is named once */
    assert_int_equal(count_of(text, "{h-log}"), 150);
    assert_labels_fit(&b, "entry");
    size_t last = b.pages.n - 1;
    find_op(&b, last, "entry149x", &x[1]);
    find_op(&b, last,
            str_find(page_text(&b, last), S("entry0x"), 0) != SIZE_MAX ? "entry0x" : "entry",
            &x[0]);
    assert_true(x[1] > x[0] + 200);
}

/* -- Sheets and chosen pages ---------------------------------------------------------------- */

static struct pdf_sheets sheets_of(struct binder *b)
{
    struct pdf_sheets s = {0};
    doc_list_headings(memory, &b->doc);
    assert_true(pdf_document_sheets(memory, b->diags, fonts, &b->options, &b->doc, &s));
    return s;
}

static str hash_of(const struct pdf_sheets *s, size_t page)
{
    return sha256_hex(memory, s->entries[page].hash);
}

/* Which pages differ, by label. */
static str changed_pages(const struct pdf_sheets *a, const struct pdf_sheets *b)
{
    struct buf text = buf_in(memory, 64);
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++)
        if (!str_eq(hash_of(a, i), hash_of(b, i)))
            buf_fmt(&text, "%s" STR_FMT, text.n ? " " : "", STR_ARG(b->entries[i].label));
    return buf_str(&text);
}

static void hashes_of_what_pages_say(void **state)
{
    (void)state;
    struct binder b = small_binder();
    struct pdf_sheets before = sheets_of(&b);
    assert_int_equal(before.count, 11);
    assert_str(before.entries[1].part, "");
    assert_str(before.entries[4].part, "A");
    struct pdf_sheet_entry *log = map_find(&before.anchors, S("h-log"));
    assert_str(log->label, "C-2");
    struct pdf_sheets again = sheets_of(&b);
    assert_str(changed_pages(&before, &again), "");
    b.options.copy = S("Copy 2 of 3");
    b.options.as_of = S("1 July 2026");
    b.doc.version = S("2");
    struct pdf_sheets issued = sheets_of(&b);
    assert_str(changed_pages(&before, &issued), "i"); /* its own text says the version */
    b.doc.mark = S("DRAFT");
    struct pdf_sheets draft = sheets_of(&b);
    assert_int_equal(count_of(changed_pages(&issued, &draft), " "), 10); /* all of them */
}

static void hashes_follow_the_text(void **state)
{
    (void)state;
    struct binder b = small_binder();
    struct pdf_sheets before = sheets_of(&b);
    b.doc.body->last->first->text = S("Log, line xx.");
    struct pdf_sheets after = sheets_of(&b);
    assert_str(changed_pages(&before, &after), "C-3");
    put_text(&b, S("One more paragraph in the last part.\n"));
    struct pdf_sheets longer = sheets_of(&b);
    assert_str(changed_pages(&after, &longer), "C-3");
    put_pages(&b, "More", 1); /* the part has more pages, and the lists another line */
    struct pdf_sheets most = sheets_of(&b);
    assert_true(most.count > longer.count);
    most.count = longer.count;
    assert_str(changed_pages(&longer, &most), "i C-1 C-2 C-3");
}

static str written(struct binder *b)
{
    struct buf out = buf_in(memory, 64 * 1024);
    doc_list_headings(memory, &b->doc);
    assert_true(pdf_document(memory, b->diags, fonts, &b->options, &b->doc, &out));
    return buf_str(&out);
}

static void pages_alone(void **state)
{
    (void)state;
    static const bool only[] = {true, false, true, false, true, true, true};
    struct binder b = small_binder();
    struct pdf_sheets all, chosen;
    b.options.sheets = &all;
    str whole = written(&b);
    b.options.sheets = &chosen;
    b.options.only = only;
    b.options.only_count = sizeof only / sizeof *only;
    str part = written(&b);
    assert_str(changed_pages(&all, &chosen), "");
    assert_int_equal(chosen.count, 11);
    assert_int_equal(count_of(whole, "/StructParents "), 11);
    assert_int_equal(count_of(part, "/StructParents "), 5);
    /* Contents: 3 parts and 3 headings; dividers: 3 headings. Left: to A, to B. */
    assert_int_equal(count_of(whole, "/Subtype /Link"), 9);
    assert_int_equal(count_of(part, "/Subtype /Link"), 2);
    /* i, A-1, A-3 A-4, B-1 */
    assert_true(str_find(part,
                         S("/Nums [0 <</S /r /P <FEFF> /St 1>>\n"
                           "1 <</S /D /P <FEFF0041002D> /St 1>>\n"
                           "2 <</S /D /P <FEFF0041002D> /St 3>>\n"
                           "4 <</S /D /P <FEFF0042002D> /St 1>>\n]"),
                         0) != SIZE_MAX);
    assert_true(count_of(part, "/Title <") < count_of(whole, "/Title <"));
}

/* A seal needs its field even where the page that shows it is left out. */
static void sealed_pages_alone(void **state)
{
    (void)state;
    static const bool only[] = {true};
    struct binder b = small_binder();
    struct pdf_seal seal = {.signer = S("Example"),
                            .day = S("30 June 2026"),
                            .moment = S("D:20260630000000Z"),
                            .reserve_bytes = 512};
    b.options.seal = &seal;
    b.options.only = only;
    b.options.only_count = 1;
    assert_int_equal(count_of(written(&b), "/FT /Sig"), 1);
}

int unit_pdf_binder(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test(telephone_numbers_whole),
        cmocka_unit_test(room_for_answers),
        cmocka_unit_test(labels_and_right_hand_starts),
        cmocka_unit_test(one_side_has_no_empty_pages),
        cmocka_unit_test(right_hand_breaks),
        cmocka_unit_test(notes_stay_in_their_part),
        cmocka_unit_test(odd_binders),
        cmocka_unit_test(margins_and_feet_mirror),
        cmocka_unit_test(tabs_step_down_the_edge),
        cmocka_unit_test(many_parts),
        cmocka_unit_test(large_type_on_the_same_paper),
        cmocka_unit_test(notes_of_the_sheet),
        cmocka_unit_test(links_say_their_page),
        cmocka_unit_test(references_settle),
        cmocka_unit_test(index_in_two_columns),
        cmocka_unit_test(hashes_of_what_pages_say),
        cmocka_unit_test(hashes_follow_the_text),
        cmocka_unit_test(pages_alone),
        cmocka_unit_test(sealed_pages_alone),
    };
    memory = arena_new("unit", (size_t)1 << 30);
    faces = font_open(memory, diags_new(memory));
    fonts = faces ? pdf_fonts_open(memory, faces, S("en")) : NULL;
    int failed = faces ? unit_run("pdf_binder", cases) : 1;
    if (faces) {
        pdf_fonts_close(fonts);
        font_close(faces);
    }
    arena_free(memory);
    return failed;
}
