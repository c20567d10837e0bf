/* unit/card: the folded card: eight panels, nothing clipped, nothing too small, all counted. */
#include "unit.h"

#include <fcntl.h>

#include "form/table/card.h"
#include "write/pdf/layout_int.h"
#include "write/pdf/pdf.h"

#define SMALLEST 6.5

static struct arena *memory;
static struct fonts *faces;
static struct pdf_fonts *fonts;

struct wish {
    size_t entries, lines; /* of each part */
    const char *word;
    bool is_letter;
};

static const struct card *card_wished(const struct wish *w)
{
    struct card *card = NEW(memory, struct card);
    card->valid_until = 20000;
    struct crisis_phone *phone = NEW(memory, struct crisis_phone);
    *phone = (struct crisis_phone){S("Work"), S("+44 1632 960911")};
    for (int part = 0; part < CARD_PARTS; part++) {
        struct card_entry *entries = NEW_ARRAY(memory, struct card_entry, w->entries + 1);
        struct card_line *lines = NEW_ARRAY(memory, struct card_line, w->lines);
        bool is_number = part == CARD_NUMBERS || part == CARD_CONTACTS;
        for (size_t i = 0; i < w->lines; i++)
            lines[i] = (struct card_line){i == 0 && is_number ? S("") : str_from(w->word), phone,
                                          is_number ? i == 0 : part == CARD_TEAM};
        for (size_t i = 0; i < w->entries; i++)
            entries[i] = (struct card_entry){
                .title = part == CARD_STEPS ? S("") : str_fmt(memory, "Entry-%d-%zu", part, i),
                .lines = lines,
                .line_count = part == CARD_STEPS ? 1 : w->lines};
        card->sections[part] = (struct card_section){
            .id = S("id"), .title = S("Part"), .entries = entries, .count = w->entries};
    }
    if (w->entries > 2)
        card->sections[CARD_NUMBERS].count = 2;
    card->sections[CARD_CONTACTS].left_out = 100;
    return card;
}

struct sheet {
    struct doc doc;
    struct pdf_options options;
    struct pdf_layout layout;
    struct pdf_pages pages;
};

static void lay_out(struct sheet *s, const struct wish *w)
{
    *s = (struct sheet){.options = {.root = AT_FDCWD,
                                    .address = S("https://example.org/staff/"),
                                    .as_of = S("30 June 2026")}};
    s->doc = (struct doc){.title = S("Crisis card"),
                          .organisation = S("Example"),
                          .language = S("en"),
                          .class_ = S("internal"),
                          .mark = S("DRAFT"),
                          .body = md_new(memory, MD_DOCUMENT, (struct span){0}),
                          .paper = w->is_letter ? DOC_LETTER : DOC_A4,
                          .version_date = DATE_NONE};
    s->layout = (struct pdf_layout){.arena = memory,
                                    .diags = diags_new(memory),
                                    .faces = faces,
                                    .options = &s->options,
                                    .doc = &s->doc};
    layout_open(&s->layout, NULL, S("en"));
    card_pages(&s->layout, card_wished(w), &s->pages);
    layout_close(&s->layout);
}

static str words_of(const struct pdf_placed *panel)
{
    struct buf b = buf_in(memory, 1024);
    for (size_t i = 0; i < panel->count; i++)
        for (size_t k = 0; panel->ops[i].kind == OP_TEXT && k < panel->ops[i].text.count; k++)
            buf_add(&b, panel->ops[i].text.words[k].text->text);
    return buf_str(&b);
}

static const struct pdf_placed *panel_at(const struct sheet *s, size_t number)
{
    assert_int_equal(s->pages.n, 1);
    assert_int_equal(s->pages.v[0]->count, 9); /* lines to fold, then the panels */
    return &s->pages.v[0]->placed[number];
}

static const struct wish wish[] = {
    {3, 3, "Some words of no great length", false},
    {60, 4, "Some words of no great length that need a second line on a card", false},
    {40, 10, "Rindfleischetikettierungsueberwachungsaufgabenuebertragungsgesetz", true},
    {1, 10, "A long text. A long text. A long text. A long text. A long text. A long text.", false},
    {0, 1, "", true},
};
enum { WISHES = sizeof wish / sizeof *wish };

static void stays_on_its_panel(void **state)
{
    (void)state;
    for (size_t w = 0; w < WISHES; w++) {
        struct sheet s;
        lay_out(&s, &wish[w]);
        double width = s.pages.v[0]->width / 4, height = s.pages.v[0]->height / 2;
        for (size_t n = 1; n <= 8; n++) {
            const struct pdf_placed *panel = panel_at(&s, n);
            for (size_t i = 0; i < panel->count; i++) {
                const struct pdf_op *op = &panel->ops[i];
                if (op->kind != OP_TEXT)
                    continue;
                const struct pdf_word *last = &op->text.words[op->text.count - 1];
                double end = (double)(op->x + last->x + last->text->width * op->size / 1000);
                assert_true((double)op->size >= SMALLEST);
                assert_true(op->x >= 10 && end <= width - 8);
                assert_true((double)op->y - (double)op->size >= 5);
                assert_true((double)op->y <= height - 11);
            }
        }
    }
}

/* Nothing stands over anything else: of two lines in a column the lower begins below. */
static void nothing_overlaps(void **state)
{
    (void)state;
    for (size_t w = 0; w < WISHES; w++) {
        struct sheet s;
        lay_out(&s, &wish[w]);
        for (size_t n = 1; n <= 8; n++) {
            const struct pdf_placed *panel = panel_at(&s, n);
            float last = 0;
            for (size_t i = 0; i < panel->count; i++) {
                const struct pdf_op *op = &panel->ops[i];
                if (op->kind != OP_TEXT || op->x > 40) /* numbers stand beside */
                    continue;
                if (last > 0 && op->y != last)
                    assert_true(op->y - last >= op->size);
                last = op->y;
            }
        }
    }
}

/* Where the sheet is folded and cut as its marks say, the panels follow each other. */
static void panels_in_their_places(void **state)
{
    (void)state;
    static const int column[] = {3, 3, 2, 1, 0, 0, 1, 2};
    static const bool is_turned[] = {false, true, true, true, true, false, false, false};
    struct sheet s;
    lay_out(&s, &wish[0]);
    double width = s.pages.v[0]->width / 4, height = s.pages.v[0]->height / 2;
    for (size_t n = 1; n <= 8; n++) {
        const struct pdf_placed *panel = panel_at(&s, n);
        assert_true(panel->x == column[n - 1] * width);
        assert_true(panel->y == (is_turned[n - 1] ? 0 : height));
        assert_true((panel->turned_width > 0) == is_turned[n - 1]);
        str words = words_of(panel);
        assert_true(str_ends(str_trim(words), str_fmt(memory, "%zu", n)));
        assert_true(str_find(words, S("DRAFT"), 0) != SIZE_MAX);
    }
    assert_true(str_find(words_of(panel_at(&s, 1)), S("+44 1632 960911"), 0) != SIZE_MAX);
}

static size_t count_of(str text, const char *word)
{
    size_t count = 0;
    str what = str_from(word);
    for (size_t at = 0; (at = str_find(text, what, at)) != SIZE_MAX; at += what.n)
        count++;
    return count;
}

/* Shown and left out make all. */
static void what_is_cut_is_counted(void **state)
{
    (void)state;
    struct sheet s;
    lay_out(&s, &wish[1]);
    struct buf all = buf_in(memory, 4096);
    buf_add(&all, words_of(panel_at(&s, 7)));
    buf_add(&all, words_of(panel_at(&s, 8)));
    size_t shown = count_of(buf_str(&all), "Entry-6-");
    assert_true(shown > 4 && shown < 60);
    str rest = str_fmt(memory, "%zu more in the binder", 60 - shown + 100);
    assert_int_equal(count_of(buf_str(&all), str_c(memory, rest)), 1);
    buf_add(&all, words_of(panel_at(&s, 6)));
    assert_int_equal(count_of(buf_str(&all), "more in the binder"),
                     3); /* places, sites, contacts */
}

static void sealed_or_draft(void **state)
{
    (void)state;
    static const struct pdf_seal seal = {.signer = S_INIT("Example"),
                                         .is_demo = true,
                                         .day = S_INIT("30 June 2026"),
                                         .moment = S_INIT("D:20260630000000Z"),
                                         .reserve_bytes = 64};
    struct sheet s;
    lay_out(&s, &wish[0]);
    struct buf draft = buf_in(memory, 1024), sealed = buf_in(memory, 1024);
    const struct card *card = card_wished(&wish[0]);
    assert_true(pdf_card(memory, s.layout.diags, fonts, &s.options, &s.doc, card, &draft));
    s.options.seal = &seal;
    assert_true(pdf_card(memory, s.layout.diags, fonts, &s.options, &s.doc, card, &sealed));
    assert_int_equal(count_of(buf_str(&draft), "/AcroForm"), 0);
    assert_int_equal(count_of(buf_str(&sealed), "/AcroForm"), 1);
    assert_int_equal(count_of(buf_str(&sealed), "/FT /Sig"), 1);
}

int unit_card(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test(stays_on_its_panel),     cmocka_unit_test(nothing_overlaps),
        cmocka_unit_test(panels_in_their_places), cmocka_unit_test(what_is_cut_is_counted),
        cmocka_unit_test(sealed_or_draft),
    };
    memory = arena_new("unit", (size_t)1 << 30);
    faces = font_open(memory, diags_new(memory));
    fonts = faces ? pdf_fonts_open(memory, faces, S("en")) : NULL;
    int failed = faces ? unit_run("card", cases) : 1;
    if (faces) {
        pdf_fonts_close(fonts);
        font_close(faces);
    }
    arena_free(memory);
    return failed;
}
