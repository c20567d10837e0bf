/* write/pdf/furniture: head and foot of every page. */
#include "write/pdf/paginate_int.h"

#include "write/pdf/digest_int.h"
#include "write/pdf/para_int.h"

enum {
    RULE_BELOW_HEAD = 11,
    RULE_ABOVE_FOOT = 12,
    FOOT_STEP = 11,
    FOOT_LINES = 3, /* then the note */
    NOTE_LINES_MAX = 6,
    HASH_DIGITS = 8,
};
#define FURNITURE_SIZE 7.4

/* What is said at the inner edge of the front is at the inner edge of the back, too. */
struct strip {
    struct pdf_layout *layout;
    struct pdf_sheet sheet;
    bool is_mirrored;
    struct pdf_ops ops;
};

static bool begins_left(const struct strip *s)
{
    return s->layout->is_rtl == s->is_mirrored;
}

/* One line of text that begins at the margin where lines begin or ends at the other
 * one, cut with an ellipsis when it is longer than `width`. Gives its width. */
static double text(struct strip *s, str words, double baseline, enum font_style style,
                   enum pdf_color color, bool is_at_end, double width)
{
    struct pdf_layout *l = s->layout;
    if (words.n == 0)
        return 0;
    struct look *look = look_new(l, style, FURNITURE_SIZE, color, TAG_NONE);
    struct para_style para = {
        .size = {(float)FURNITURE_SIZE, (float)FURNITURE_SIZE}, .align = PARA_LEFT, .width = 1e5};
    struct para p;
    for (str shown = words;;) {
        struct chunks c = {0};
        chunks_text(l, &c, shown, look, false);
        bidi_resolve(l, &c);
        c.is_rtl = false;
        p = para_set(l, &c, &para);
        if (p.lines[0].width <= width || words.n < 8)
            break;
        size_t keep = (size_t)((double)words.n * width / p.lines[0].width) - 4;
        words = str_from_to(words, 0, keep < words.n ? keep : words.n - 1);
        while (words.n > 0 && ((unsigned char)words.p[words.n - 1] & 0xC0) == 0x80)
            words.n--;
        if (words.n > 0 && (unsigned char)words.p[words.n - 1] >= 0xC0)
            words.n--;
        shown = str_fmt(l->arena, STR_FMT "\u2026", STR_ARG(str_trim(words)));
    }
    double left = s->sheet.left, right = s->sheet.width - s->sheet.right;
    bool starts_left = is_at_end != begins_left(s);
    double x = starts_left ? left : right - p.lines[0].width;
    double ascent = font_ascent(l->faces, FURNITURE_SIZE);
    double descent = font_descent(l->faces, FURNITURE_SIZE);
    double in_line = (FURNITURE_SIZE - ascent - descent) / 2 + ascent;
    double used = p.lines[0].width;
    op_copy(l->arena, &s->ops, p.lines[0].ops.v, p.lines[0].ops.n, x, baseline - in_line);
    arena_reset(l->scratch);
    return used;
}

static void rule(struct strip *s, double y)
{
    op_add(s->layout->arena, &s->ops,
           (struct pdf_op){.kind = OP_LINE,
                           .stroke = COLOR_LINE,
                           .x = (float)s->sheet.left,
                           .y = (float)y,
                           .w = (float)(s->sheet.width - s->sheet.left - s->sheet.right),
                           .size = RULE_HAIR});
}

static str join(struct arena *a, const str *parts, size_t count)
{
    struct buf b = buf_in(a, 80);
    for (size_t i = 0; i < count; i++) {
        if (parts[i].n > 0 && b.n > 0)
            buf_lit(&b, " \u00B7 ");
        buf_add(&b, parts[i]);
    }
    return buf_str(&b);
}

static str labelled(struct arena *a, const char *label, str value)
{
    return value.n > 0 ? str_fmt(a, "%s " STR_FMT, label, STR_ARG(value)) : S("");
}

/* What nobody may overlook, on every sheet. */
static str sheet_mark(const struct strip *s)
{
    const struct pdf_seal *seal = s->layout->options->seal;
    str marks[] = {s->layout->doc->mark,
                   seal && seal->is_demo ? S("DEMO KEY: not for real use") : S("")};
    return join(s->layout->arena, marks, 2);
}

/* The same on all sheets of a format; the first page has its own head. */
static void head(struct strip *s, bool is_first)
{
    const struct doc *d = s->layout->doc;
    double room = s->sheet.width - s->sheet.left - s->sheet.right, top = s->sheet.head;
    double used = 0;
    str mark = sheet_mark(s);
    if (mark.n > 0)
        used = text(s, mark, top, FONT_BOLD, COLOR_BAD, true, room) + 10;
    if (is_first)
        return;
    double organisation = text(s, d->organisation, top, FONT_BOLD, COLOR_MUTED, false, room * 0.4);
    double *edge = begins_left(s) ? &s->sheet.right : &s->sheet.left;
    *edge += used; /* the title moves in from the edge, where the word stands */
    text(s, d->title, top, FONT_REGULAR, COLOR_MUTED, true, room - organisation - used - 16);
    *edge -= used;
    if (d->organisation.n > 0 || d->title.n > 0)
        rule(s, top + RULE_BELOW_HEAD);
}

static struct para note_lines(struct pdf_layout *l, double width)
{
    struct look *look = look_new(l, FONT_BOLD, FURNITURE_SIZE, COLOR_TEXT, TAG_NONE);
    struct para_style style = {
        .size = {(float)FURNITURE_SIZE, FOOT_STEP}, .align = PARA_LEFT, .width = width};
    struct chunks c = {0};
    chunks_text(l, &c, l->doc->sheet_note, look, false);
    bidi_resolve(l, &c);
    return para_set(l, &c, &style);
}

int furniture_note_lines(struct pdf_layout *l, const struct pdf_paper *paper)
{
    struct pdf_sheet s = style_sheet(paper, false, false);
    if (l->doc->sheet_note.n == 0)
        return 0;
    size_t count = note_lines(l, s.width - s.left - s.right).count;
    arena_reset(l->scratch);
    return count < NOTE_LINES_MAX ? (int)count : NOTE_LINES_MAX;
}

static void note(struct strip *s, double baseline)
{
    struct pdf_layout *l = s->layout;
    double room = s->sheet.width - s->sheet.left - s->sheet.right;
    if (l->doc->sheet_note.n == 0)
        return;
    double ascent = font_ascent(l->faces, FURNITURE_SIZE);
    double descent = font_descent(l->faces, FURNITURE_SIZE);
    double y = baseline - ((FOOT_STEP - ascent - descent) / 2 + ascent);
    struct para p = note_lines(l, room);
    for (size_t i = 0; i < p.count && i < NOTE_LINES_MAX; i++, y += FOOT_STEP) {
        double x =
            begins_left(s) ? s->sheet.left : s->sheet.width - s->sheet.right - p.lines[i].width;
        op_copy(l->arena, &s->ops, p.lines[i].ops.v, p.lines[i].ops.n, p.is_rtl ? s->sheet.left : x,
                y);
    }
    arena_reset(l->scratch);
}

static void foot(struct strip *s)
{
    enum { FOLIO_ROOM = 80, LABEL_ROOM = 110, HASH_ROOM = 80 };
    struct pdf_layout *l = s->layout;
    const struct doc *d = l->doc;
    double room = s->sheet.width - s->sheet.left - s->sheet.right;
    double y = s->sheet.height - s->sheet.foot;
    double folio = l->part_count > 0 ? LABEL_ROOM : FOLIO_ROOM;
    str identity[] = {d->code, labelled(l->arena, "Version", d->version), d->status, d->class_};
    str validity[] = {labelled(l->arena, "Valid until", d->valid_until),
                      labelled(l->arena, "As of", l->options->as_of), l->options->copy};
    str lines[] = {join(l->arena, identity, 4), join(l->arena, validity, 3), d->footer};
    const double beside[FOOT_LINES] = {folio, 0, HASH_ROOM};
    size_t row = 0;
    rule(s, y - RULE_ABOVE_FOOT);
    for (size_t i = 0; i < FOOT_LINES; i++) {
        if (lines[i].n == 0 && row > 0)
            continue;
        text(s, lines[i], y + (double)(row * FOOT_STEP), FONT_REGULAR, COLOR_MUTED, false,
             room - beside[row]);
        row++;
    }
    note(s, y + FOOT_LINES * FOOT_STEP);
}

static struct strip strip_new(struct pdf_layout *l, bool is_landscape, bool is_back)
{
    return (struct strip){.layout = l,
                          .sheet = style_sheet(&l->paper, is_landscape, is_back),
                          .is_mirrored = is_back};
}

static void place(struct pdf_layout *l, struct pdf_page *page, const struct pdf_ops *ops,
                  enum pdf_strip strip)
{
    PUSH(l->arena, page->placed, page->count, page->cap, struct pdf_placed) =
        (struct pdf_placed){.ops = ops->v, .count = ops->n, .is_decoration = true, .strip = strip};
}

/* Which page it is, and by what those who hold another copy see that theirs says the same. */
static void folio(struct pdf_layout *l, struct pdf_page *page, str hash)
{
    struct strip s = strip_new(l, page->width > page->height, page->is_back);
    double y = s.sheet.height - s.sheet.foot;
    str words =
        str_fmt(l->arena, "Page " STR_FMT " of " STR_FMT, STR_ARG(page->label), STR_ARG(page->of));
    str digits = str_fmt(l->arena, "Hash %.*s", HASH_DIGITS, hash.p);
    text(&s, words, y, FONT_BOLD, COLOR_TEXT, true, 200);
    text(&s, digits, y + (FOOT_LINES - 1) * FOOT_STEP, FONT_REGULAR, COLOR_MUTED, true, 200);
    place(l, page, &s.ops, STRIP_FOOT);
}

/* Heads and feet that pages share are made once. */
struct shared {
    struct pdf_ops heads[2], foot; /* heads: of the first page, of others */
};

static struct shared shared_of(struct pdf_layout *l, bool is_landscape, bool is_back)
{
    struct shared shared = {0};
    struct strip s = strip_new(l, is_landscape, is_back);
    foot(&s);
    shared.foot = s.ops;
    for (size_t first = 0; first < 2; first++) {
        s = strip_new(l, is_landscape, is_back);
        head(&s, first);
        shared.heads[first] = s.ops;
    }
    return shared;
}

void furniture_add(struct pdf_layout *l, struct pdf_pages *pages)
{
    struct shared shared[2][2];
    struct buf scratch = buf_in(l->arena, 4096);
    str hash = l->doc->hash;
    for (size_t turned = 0; turned < 2; turned++)
        for (size_t back = 0; back < 2; back++)
            shared[turned][back] = shared_of(l, turned, back);
    for (size_t i = 0; i < pages->n; i++) {
        struct pdf_page *page = pages->v[i];
        const struct shared *with = &shared[page->width > page->height][page->is_back];
        place(l, page, &with->heads[i == 0], STRIP_HEAD);
        place(l, page, &with->foot, STRIP_FOOT);
        folio(l, page,
              hash.n > 0 ? hash : sha256_hex(l->arena, digest_page(l, pages, page, &scratch)));
    }
}
