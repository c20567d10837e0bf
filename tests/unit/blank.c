/* unit/blank: a form to write on is exactly one sheet, with room for a pen, whatever it asks for.
 */
#include "unit.h"

#include <fcntl.h>

#include "form/table/blank.h"
#include "write/pdf/layout_int.h"
#include "write/pdf/pdf.h"

#define PEN 22.67 /* points: 8 mm */

static struct arena *memory;
static struct fonts *faces;
static struct pdf_fonts *fonts;

struct wish {
    size_t columns, rows, lines;
    const char *word; /* of every head and label */
    bool is_letter, is_input;
};

static const struct blank *blank_of(const struct wish *w)
{
    struct blank *b = NEW(memory, struct blank);
    *b = (struct blank){.id = S("FRM-001"),
                        .title = str_from(w->word),
                        .purpose = str_from(w->word),
                        .line_count = w->lines,
                        .column_count = w->columns,
                        .rows = w->rows};
    b->lines = NEW_ARRAY(memory, struct blank_line, w->lines + 1);
    b->columns = NEW_ARRAY(memory, struct blank_column, w->columns);
    for (size_t i = 0; i < w->lines; i++)
        b->lines[i] = (struct blank_line){str_from(w->word), str_fmt(memory, "line-%zu", i)};
    for (size_t i = 0; i < w->columns; i++)
        b->columns[i] = (struct blank_column){str_from(w->word), str_fmt(memory, "key-%zu", i),
                                              (enum blank_kind)(i % (BLANK_TEXT + 1))};
    return b;
}

struct sheets {
    struct doc doc;
    struct pdf_options options;
    struct pdf_layout layout;
    struct pdf_pages pages;
};

static void append(struct doc *doc, enum md_kind kind, const struct blank *b)
{
    struct md_node *node = md_new(memory, kind, (struct span){0});
    node->blank = b;
    if (kind == MD_PARA) {
        struct md_node *words = md_new(memory, MD_TEXT, (struct span){0});
        words->text = S("Words");
        md_append(node, words);
    }
    md_append(doc->body, node);
}

static void lay_out(struct sheets *s, const struct wish *w, bool is_alone)
{
    *s = (struct sheets){.options = {.root = AT_FDCWD, .is_form = w->is_input}};
    s->doc = (struct doc){.title = S("The plan"),
                          .organisation = S("Example"),
                          .language = S("en"),
                          .paper = w->is_letter ? DOC_LETTER : DOC_A4,
                          .version_date = DATE_NONE,
                          .body = md_new(memory, MD_DOCUMENT, (struct span){0})};
    if (!is_alone)
        append(&s->doc, MD_PARA, NULL);
    append(&s->doc, MD_FORM_BLANK, blank_of(w));
    if (!is_alone)
        append(&s->doc, MD_PARA, NULL);
    s->layout = (struct pdf_layout){.arena = memory,
                                    .diags = diags_new(memory),
                                    .faces = faces,
                                    .options = &s->options,
                                    .doc = &s->doc};
    layout_open(&s->layout, NULL, S("en"));
    layout_pages(&s->layout, is_alone && blank_is_turned(blank_of(w)), &s->pages);
    layout_close(&s->layout);
}

/* Rules from margin to margin, downwards: the rows are between them. */
struct rows {
    size_t count, inputs;
    double least, bottom;
};

static struct rows rows_of(const struct pdf_page *p)
{
    struct rows r = {.least = 1e6};
    double last = 0;
    for (size_t i = 0; i < p->count; i++)
        for (size_t k = 0; k < p->placed[i].count; k++) {
            const struct pdf_op *op = &p->placed[i].ops[k];
            double y = p->placed[i].y + (double)op->y;
            r.inputs += op->kind == OP_INPUT;
            if (op->kind != OP_LINE || (double)op->w < p->width - 140 || op->stroke != COLOR_TEXT)
                continue;
            if (r.count++ > 1) /* the first is above the heads */
                r.least = y - last < r.least ? y - last : r.least;
            last = r.bottom = y;
        }
    return r;
}

static const struct wish wish[] = {
    {6, 14, 4, "Decision", false, false},
    {1, 1, 0, "Word", false, false},
    {6, 9999, 12, "Person on the telephone", false, false},
    {7, 20, 5, "What is damaged", false, false},
    {14, 0, 12, "Unabbreviatable heads", false, true},
    {3, 0, 1, "Pneumonoultramicroscopicsilicovolcanoconiosis", true, true},
    {9, 500, 3, "Time", true, false},
    {2, 30, 12,
     "A form whose words go on and on, so that heads, labels and what it is for would fill the "
     "whole sheet if nothing held them back: they are cut, each with an ellipsis, since lines to "
     "write on are what a form is there for, and the record's own page says all of its words. "
     "A form whose words go on and on, so that heads, labels and what it is for would fill the "
     "whole sheet if nothing held them back: they are cut, each with an ellipsis, since lines to "
     "write on are what a form is there for, and the record's own page says all of its words.",
     false, true},
};

/* Tables of reports that are left empty take their widths from this, too. */
static void heads_tell_how_much(void **state)
{
    (void)state;
    assert_int_equal(blank_kind_of(S("answer, and when it came"), false), BLANK_TEXT);
    assert_int_equal(blank_kind_of(S("why"), true), BLANK_TEXT);
    assert_int_equal(blank_kind_of(S("given at"), false), BLANK_SHORT);
    assert_int_equal(blank_kind_of(S("signature"), false), BLANK_NAME);
    assert_int_equal(blank_kind_of(S("no."), true), BLANK_NUMBER);
}

static void one_sheet(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof wish / sizeof *wish; i++) {
        struct sheets s;
        lay_out(&s, &wish[i], true);
        if (!wish[i].is_input) { /* behind the front of a document */
            assert_int_equal(s.pages.n, 2);
            continue;
        }
        assert_int_equal(s.pages.n, 1);
    }
}

static void room_for_a_pen(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof wish / sizeof *wish; i++) {
        struct sheets s;
        lay_out(&s, &wish[i], false);
        const struct pdf_page *p = s.pages.v[s.pages.n - 2];
        struct pdf_sheet paper = style_sheet(&s.layout.paper, wish[i].columns > 6, false);
        struct rows r = rows_of(p);
        assert_int_equal(s.pages.n, 3); /* words, the form, words */
        assert_true(p->width == paper.width);
        assert_true(r.least >= PEN);
        assert_true(r.bottom <= paper.height - paper.bottom + 0.1);
        assert_true(r.bottom >= paper.height - paper.bottom - PEN); /* it fills the sheet */
        assert_true(r.count >= 3);
        if (wish[i].rows > 0 && wish[i].rows < 14)
            assert_int_equal(r.count, wish[i].rows + 2);
    }
}

static int by_name(const void *a, const void *b)
{
    return str_cmp(*(const str *)a, *(const str *)b);
}

static void fields_only_where_asked(void **state)
{
    (void)state;
    struct sheets s;
    lay_out(&s, &wish[0], true);
    assert_int_equal(rows_of(s.pages.v[1]).inputs, 0);
    lay_out(&s, &wish[5], true);
    struct rows r = rows_of(s.pages.v[0]);
    size_t data = r.count - 2, count = 0;
    assert_int_equal(r.inputs, 3 + data * 2); /* sheet, of, a line; columns without the number */
    str *names = NEW_ARRAY(memory, str, r.inputs);
    for (size_t i = 0; i < s.pages.v[0]->count; i++)
        for (size_t k = 0; k < s.pages.v[0]->placed[i].count; k++) {
            const struct pdf_op *op = &s.pages.v[0]->placed[i].ops[k];
            if (op->kind == OP_INPUT)
                names[count++] = str_fmt(memory, STR_FMT "." STR_FMT, STR_ARG(op->input->group),
                                         STR_ARG(op->input->key));
        }
    qsort(names, count, sizeof *names, by_name);
    for (size_t i = 1; i < count; i++)
        assert_false(str_eq(names[i - 1], names[i]));
}

/* A seal allows no change, so the file that can be typed in has none, whatever is asked. */
static void never_sealed(void **state)
{
    (void)state;
    static const struct pdf_seal seal = {.signer = S_INIT("Example"),
                                         .day = S_INIT("30 June 2026"),
                                         .moment = S_INIT("D:20260630000000Z"),
                                         .reserve_bytes = 64};
    struct pdf_options options = {.root = AT_FDCWD, .seal = &seal};
    struct doc about = {.title = S("Form"), .language = S("en"), .version_date = DATE_NONE};
    struct buf one = buf_in(memory, 1024), two = buf_in(memory, 1024);
    struct diags *d = diags_new(memory);
    const struct blank *b = blank_of(&wish[0]);
    assert_true(pdf_form(memory, d, fonts, &options, &about, b, &one));
    assert_true(pdf_form(memory, d, fonts, &options, &about, b, &two));
    assert_true(str_eq(buf_str(&one), buf_str(&two)));
    assert_true(str_find(buf_str(&one), S("/FT /Tx"), 0) != SIZE_MAX);
    assert_true(str_find(buf_str(&one), S("/FT /Sig"), 0) == SIZE_MAX);
    assert_true(str_find(buf_str(&one), S("/NeedAppearances"), 0) == SIZE_MAX);
}

int unit_blank(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test(heads_tell_how_much),
        cmocka_unit_test(one_sheet),
        cmocka_unit_test(room_for_a_pen),
        cmocka_unit_test(fields_only_where_asked),
        cmocka_unit_test(never_sealed),
    };
    memory = arena_new("unit", (size_t)1 << 30);
    faces = font_open(memory, diags_new(memory));
    fonts = faces ? pdf_fonts_open(memory, faces, S("en")) : NULL;
    int failed = faces ? unit_run("blank", cases) : 1;
    if (faces) {
        pdf_fonts_close(fonts);
        font_close(faces);
    }
    arena_free(memory);
    return failed;
}
