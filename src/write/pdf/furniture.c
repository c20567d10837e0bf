/* write/pdf/furniture: head and foot of every page. */
#include "write/pdf/paginate_int.h"

#include "write/pdf/para_int.h"

enum { TOP = 38, HEAD_RULE = 49, FOOT_RULE = 62, FOOT_FIRST = 50, FOOT_STEP = 11 };
#define FURNITURE_SIZE 7.4

struct strip {
    struct pdf_layout *layout;
    struct pdf_sheet sheet;
    struct pdf_ops ops;
};

/* One line of text that begins at the left margin or ends at the right one, cut
 * with an ellipsis when it is longer than `width`. Gives its width. */
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
    bool starts_left = is_at_end == l->is_rtl;
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
    double room = s->sheet.width - s->sheet.left - s->sheet.right;
    double used = 0;
    str mark = sheet_mark(s);
    if (mark.n > 0)
        used = text(s, mark, TOP, FONT_BOLD, COLOR_BAD, true, room) + 10;
    if (is_first)
        return;
    double organisation = text(s, d->organisation, TOP, FONT_BOLD, COLOR_MUTED, false, room * 0.4);
    if (mark.n > 0) { /* the title moves in from the edge, where the word stands */
        s->sheet.right += s->layout->is_rtl ? 0 : used;
        s->sheet.left += s->layout->is_rtl ? used : 0;
    }
    text(s, d->title, TOP, FONT_REGULAR, COLOR_MUTED, true, room - organisation - used - 16);
    if (mark.n > 0) {
        s->sheet.right -= s->layout->is_rtl ? 0 : used;
        s->sheet.left -= s->layout->is_rtl ? used : 0;
    }
    if (d->organisation.n > 0 || d->title.n > 0)
        rule(s, HEAD_RULE);
}

static void foot(struct strip *s)
{
    struct pdf_layout *l = s->layout;
    const struct doc *d = l->doc;
    double room = s->sheet.width - s->sheet.left - s->sheet.right, y = s->sheet.height - FOOT_FIRST;
    str identity[] = {d->code, labelled(l->arena, "Version", d->version), d->status, d->class_};
    str validity[] = {labelled(l->arena, "Valid until", d->valid_until),
                      labelled(l->arena, "As of", l->options->as_of), l->options->copy};
    str lines[] = {join(l->arena, identity, 4), join(l->arena, validity, 3), d->footer};
    rule(s, s->sheet.height - FOOT_RULE);
    for (size_t i = 0, row = 0; i < 3; i++) {
        if (lines[i].n == 0 && row > 0)
            continue;
        text(s, lines[i], y + (double)(row * FOOT_STEP), FONT_REGULAR, COLOR_MUTED, false,
             row == 0 ? room - 80 : room);
        row++;
    }
}

static struct strip strip_new(struct pdf_layout *l, bool is_landscape)
{
    return (struct strip){.layout = l, .sheet = style_sheet(&l->paper, is_landscape, false)};
}

static void place(struct pdf_layout *l, struct pdf_page *page, const struct pdf_ops *ops)
{
    PUSH(l->arena, page->placed, page->count, page->cap, struct pdf_placed) =
        (struct pdf_placed){.ops = ops->v, .count = ops->n, .is_decoration = true};
}

void furniture_add(struct pdf_layout *l, struct pdf_pages *pages)
{
    struct pdf_ops heads[2][2], feet[2]; /* by format; heads of the first page, of others */
    for (size_t turned = 0; turned < 2; turned++) {
        struct strip s = strip_new(l, turned);
        foot(&s);
        feet[turned] = s.ops;
        for (size_t first = 0; first < 2; first++) {
            s = strip_new(l, turned);
            head(&s, first);
            heads[turned][first] = s.ops;
        }
    }
    for (size_t i = 0; i < pages->n; i++) {
        struct pdf_page *page = pages->v[i];
        bool is_turned = page->width > page->height;
        struct strip s = strip_new(l, is_turned);
        str folio = str_fmt(l->arena, "Page %zu of %zu", i + 1, pages->n);
        text(&s, folio, s.sheet.height - FOOT_FIRST, FONT_BOLD, COLOR_TEXT, true, 200);
        place(l, page, &heads[is_turned][i == 0]);
        place(l, page, &feet[is_turned]);
        place(l, page, &s.ops);
    }
}
