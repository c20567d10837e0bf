/* write/pdf/card: the crisis card as one sheet that folds to the size of a wallet.
 *
 * Eight panels of an eighth of the sheet (A7 on A4). The sheet is folded in
 * half each way, cut along the middle of its long fold, and pushed together:
 *
 *     5 4 3 2      upside down
 *     - === -      the cut
 *     6 7 8 1      1 is the front, 8 the back
 *
 * Each part of the card has its panels; what they have no room for is counted
 * there, never clipped and never smaller than can be read. */
#include "write/pdf/pdf.h"

#include <math.h>

#include "form/table/card.h"
#include "write/pdf/emit_int.h"
#include "write/pdf/words_int.h"

#define SMALL 6.5f /* points: nothing is smaller */
#define TEXT  7.0f

enum {
    PANELS = 8,
    COLUMNS = 4,
    SIDE = 14,    /* from a fold or edge to the words; printers leave 4 mm blank */
    TOP = 12,     /* below the fold in the middle of the sheet */
    FOOT = 22,    /* from the outer edge to the top of the foot */
    FOOT_GAP = 5, /* above the foot */
    REST = 11,    /* room for "7 more in the binder" */
    HEADING = 18, /* height of a heading with its rule */
    ENTRY_GAP = 4,
    STEP_HANG = 11, /* of steps, for their numbers */
    WORDS_LINES_MAX = 3,
    PHONES_MAX = 1, /* of a person */
    BACK = 76,      /* of the last panel, for how to fold and the seal */
};

/* Where each panel is: column, and whether it is in the upper row, upside down. */
static const struct {
    int column;
    bool is_turned;
} place_of[PANELS] = {{3, false}, {3, true},  {2, true},  {1, true},
                      {0, true},  {0, false}, {1, false}, {2, false}};

struct card_sheet {
    struct pdf_layout *layout;
    const struct card *card;
    double width, height; /* of a panel */
    struct pdf_ops ops[PANELS];
    unsigned tag[PANELS];
    size_t panel; /* being filled, from 0 */
    double y;     /* where the next line begins in it */
};

/* -- Words on a panel -------------------------------------------------------------------------- */

static struct words look_of(const struct card_sheet *s, float size, enum font_style style,
                            enum pdf_role role)
{
    return (struct words){.size = {size, size * 1.22f},
                          .style = style,
                          .color = COLOR_TEXT,
                          .align = PARA_LEFT,
                          .tag = tag_new(s->layout->tags, role, s->tag[s->panel]),
                          .lines_max = WORDS_LINES_MAX};
}

static double room_of(const struct card_sheet *s)
{
    return s->width - 2 * SIDE;
}

static double bottom_of(const struct card_sheet *s)
{
    return s->height - FOOT - FOOT_GAP;
}

/* At x from the words' left edge; appended to `ops`, which stand at y 0 for now. */
static double put(struct card_sheet *s, struct pdf_ops *ops, str text, const struct words *how,
                  double x, double y)
{
    double width = room_of(s) - x, left = s->layout->is_rtl ? SIDE : SIDE + x;
    return words_put(s->layout, ops, text, how, left, y, width);
}

/* Words, and at the other end of their line a number, or below them when both do not fit. */
static double put_pair(struct card_sheet *s, struct pdf_ops *ops, str text, str number,
                       struct words *how, double y)
{
    struct words bold = *how;
    double narrowest, gap = 6;
    bold.style = FONT_BOLD;
    double width = words_width(s->layout, number, &bold, &narrowest) + 1;
    double words = words_width(s->layout, text, how, &narrowest) + 1;
    if (words + gap + width <= room_of(s)) {
        double at = s->layout->is_rtl ? SIDE : SIDE + room_of(s) - width;
        double left = s->layout->is_rtl ? SIDE + room_of(s) - words : SIDE;
        double height = words_put(s->layout, ops, text, how, left, y, words);
        return fmax(height, words_put(s->layout, ops, number, &bold, at, y, width));
    }
    double height = put(s, ops, text, how, 0, y);
    return height + put(s, ops, number, &bold, 0, y + height);
}

static str words_of_phone(struct card_sheet *s, const struct crisis_phone *p)
{
    bool says_more = p->label.n > 0 && str_find_char(p->number, ' ', 0) != SIZE_MAX &&
                     ascii_is_alpha(p->number.p[0]);
    return says_more ? str_fmt(s->layout->arena, STR_FMT ": " STR_FMT, STR_ARG(p->label),
                               STR_ARG(p->number))
                     : p->number;
}

/* -- Entries ----------------------------------------------------------------------------------- */

static bool is_number_alone(const struct card_entry *e)
{
    return e->line_count > 0 && e->lines[0].text.n == 0 && e->lines[0].phone_count > 0;
}

static double put_line(struct card_sheet *s, struct pdf_ops *ops, const struct card_line *line,
                       double y)
{
    struct words how = look_of(s, TEXT, FONT_REGULAR, ROLE_P);
    if (line->phone_count == 0)
        return put(s, ops, line->text, &how, 0, y);
    double height = 0;
    for (size_t i = 0; i < line->phone_count && i < PHONES_MAX; i++)
        height += put_pair(s, ops, i == 0 ? line->text : S(""), words_of_phone(s, &line->phones[i]),
                           &how, y + height);
    return height;
}

/* Of who is outside all words stand in one paragraph: more of them fit. */
static double put_outside(struct card_sheet *s, struct pdf_ops *ops, const struct card_entry *e,
                          double y)
{
    struct words how = look_of(s, TEXT, FONT_REGULAR, ROLE_P);
    str *words = NEW_ARRAY(s->layout->arena, str, e->line_count);
    for (size_t i = 1; i < e->line_count; i++)
        words[i - 1] = e->lines[i].text;
    str all = str_join(s->layout->arena, words, e->line_count - 1, S(" \u00B7 "));
    return y + put(s, ops, all, &how, 0, y) + ENTRY_GAP;
}

/* The whole entry from y 0 on; gives its height. Lines beyond `room` are left out, and it says so.
 */
static double put_entry(struct card_sheet *s, struct pdf_ops *ops, const struct card_entry *e,
                        double room)
{
    struct words how = look_of(s, TEXT + 0.3f, FONT_BOLD, ROLE_P);
    if (is_number_alone(e))
        return put_outside(
            s, ops, e,
            put_pair(s, ops, e->title, words_of_phone(s, &e->lines[0].phones[0]), &how, 0));
    double y = put(s, ops, e->title, &how, 0, 0);
    for (size_t i = 0; i < e->line_count; i++) {
        struct pdf_ops more = {0};
        double height = put_line(s, &more, &e->lines[i], y);
        if (y + height + REST > room) {
            how = look_of(s, SMALL, FONT_ITALIC, ROLE_P);
            return y + put(s, ops, S("More in the binder"), &how, 0, y);
        }
        op_copy(s->layout->arena, ops, more.v, more.n, 0, 0);
        y += height;
    }
    return y + ENTRY_GAP;
}

static double put_step(struct card_sheet *s, struct pdf_ops *ops, const struct card_entry *e,
                       size_t number)
{
    struct words how = look_of(s, TEXT + 0.5f, FONT_BOLD, ROLE_P);
    str label = str_fmt(s->layout->arena, "%zu", number);
    double left = s->layout->is_rtl ? SIDE + room_of(s) - STEP_HANG : SIDE;
    words_put(s->layout, ops, label, &how, left, 0, STEP_HANG);
    how.style = FONT_REGULAR;
    how.lines_max = 2 * WORDS_LINES_MAX;
    return put(s, ops, e->lines[0].text, &how, STEP_HANG, 0) + ENTRY_GAP - 1;
}

/* -- Parts ------------------------------------------------------------------------------------- */

/* Which panels a part of the card has, from 0, and what share of the last one's height. */
struct slot {
    enum card_part part;
    size_t from, to;
    double share;
};

static const struct slot slot[] = {
    {CARD_STEPS, 1, 1, 0.6},   {CARD_DECLARE, 1, 2, 1}, {CARD_TEAM, 3, 4, 1},
    {CARD_PLACES, 5, 5, 0.55}, {CARD_SITES, 5, 5, 1},   {CARD_CONTACTS, 6, 7, 1},
};

/* Where the last entry on the panel ends at the latest: what is left out is told below it. */
static double limit_of(const struct card_sheet *s, const struct slot *at)
{
    double bottom = bottom_of(s);
    if (s->panel == PANELS - 1)
        bottom -= BACK;
    return s->panel < at->to ? bottom : TOP + (bottom - TOP) * at->share - REST;
}

static void place(struct card_sheet *s, const struct pdf_ops *ops, double height)
{
    op_copy(s->layout->arena, &s->ops[s->panel], ops->v, ops->n, 0, s->y);
    s->y += height;
}

static void heading(struct card_sheet *s, str title)
{
    struct words how = look_of(s, 9.5f, FONT_BOLD, ROLE_H2);
    struct pdf_ops ops = {0};
    how.color = COLOR_ACCENT;
    how.lines_max = 1;
    put(s, &ops, title, &how, 0, 0);
    op_add(s->layout->arena, &ops,
           (struct pdf_op){.kind = OP_LINE,
                           .stroke = COLOR_ACCENT,
                           .x = SIDE,
                           .y = 13.5f,
                           .w = (float)room_of(s),
                           .size = 0.9f});
    place(s, &ops, HEADING);
}

static void begin_panel(struct card_sheet *s, size_t panel)
{
    s->panel = panel;
    s->y = TOP;
}

/* The tags of what is set belong to the panel it is set for, so a try on the next is made anew. */
static double try_entry(struct card_sheet *s, struct pdf_ops *ops, const struct card_section *part,
                        size_t i, double room)
{
    const struct card_entry *e = &part->entries[i];
    *ops = (struct pdf_ops){0};
    return e->title.n == 0 ? put_step(s, ops, e, i + 1) : put_entry(s, ops, e, room);
}

static void put_rest(struct card_sheet *s, size_t left_out)
{
    struct words how = look_of(s, SMALL, FONT_ITALIC, ROLE_P);
    struct pdf_ops ops = {0};
    put(s, &ops, card_rest(s->layout->arena, left_out), &how, 0, 0);
    place(s, &ops, REST);
}

static void put_part(struct card_sheet *s, const struct slot *at)
{
    const struct card_section *part = &s->card->sections[at->part];
    size_t i = 0;
    if (part->count == 0)
        return;
    if (s->panel < at->from)
        begin_panel(s, at->from);
    for (bool is_headed = false; i < part->count; i++, is_headed = true) {
        struct pdf_ops ops;
        double whole = bottom_of(s) - TOP - HEADING, head = is_headed ? 0 : HEADING;
        double height = try_entry(s, &ops, part, i, whole);
        if (s->y + head + height > limit_of(s, at) && s->panel < at->to) {
            begin_panel(s, s->panel + 1);
            height = try_entry(s, &ops, part, i, whole);
        }
        if (s->y + head + height > limit_of(s, at)) {
            if (is_headed)
                break;
            height = try_entry(s, &ops, part, i, limit_of(s, at) - s->y - head);
        }
        if (!is_headed)
            heading(s, part->title);
        place(s, &ops, height);
    }
    put_rest(s, part->count - i + part->left_out);
    s->y += ENTRY_GAP;
}

/* -- Front, back, feet ----------------------------------------------------------------------- */

static void put_plain(struct card_sheet *s, str text, float size, enum font_style style,
                      enum pdf_role role)
{
    struct words how = look_of(s, size, style, role);
    struct pdf_ops ops = {0};
    how.lines_max = 4;
    place(s, &ops, 0);
    double height = put(s, &ops, text, &how, 0, 0);
    place(s, &ops, height);
}

static void put_box(struct card_sheet *s, double from)
{
    op_add(s->layout->arena, &s->ops[s->panel],
           (struct pdf_op){.kind = OP_RECT,
                           .stroke = COLOR_TEXT,
                           .x = SIDE - 5,
                           .y = (float)from,
                           .w = (float)room_of(s) + 10,
                           .h = (float)(s->y - from + 3),
                           .radius = 3,
                           .size = 0.9f});
}

/* In force until when, and where the next one is. */
static void put_validity(struct card_sheet *s)
{
    struct arena *a = s->layout->arena;
    const struct pdf_options *o = s->layout->options;
    double from = s->y;
    s->y += 4;
    put_plain(s, str_fmt(a, "Valid until " STR_FMT, STR_ARG(date_long(a, s->card->valid_until))),
              9.5f, FONT_BOLD, ROLE_P);
    put_plain(s, S("If that day has passed, get a new one."), TEXT, FONT_REGULAR, ROLE_P);
    if (o->address.n > 0)
        put_plain(s, o->address, SMALL, FONT_REGULAR, ROLE_P);
    put_box(s, from);
    s->y += 9;
}

static void put_front(struct card_sheet *s)
{
    const struct doc *d = s->layout->doc;
    struct arena *a = s->layout->arena;
    const struct card_section *numbers = &s->card->sections[CARD_NUMBERS];
    begin_panel(s, 0);
    s->y += 4;
    put_plain(s, d->title, 19, FONT_BOLD, ROLE_H1);
    put_plain(s, d->organisation, 8.5f, FONT_BOLD, ROLE_P);
    s->y += 6;
    put_validity(s);
    for (size_t i = 0; i < numbers->count; i++) {
        put_plain(s, numbers->entries[i].title, 8, FONT_REGULAR, ROLE_P);
        put_plain(s, numbers->entries[i].lines[0].phones[0].number, 16, FONT_BOLD, ROLE_P);
        s->y += 4;
    }
    str edition =
        d->version.n > 0 ? str_fmt(a, "Edition " STR_FMT ". ", STR_ARG(d->version)) : S("");
    put_plain(s,
              str_fmt(a, STR_FMT "As of " STR_FMT ".", STR_ARG(edition),
                      STR_ARG(s->layout->options->as_of)),
              TEXT, FONT_REGULAR, ROLE_P);
    put_plain(s, s->layout->options->copy, TEXT, FONT_REGULAR, ROLE_P);
    put_plain(s, str_fmt(a, "Class: " STR_FMT, STR_ARG(d->class_)), TEXT, FONT_REGULAR, ROLE_P);
}

static void put_seal(struct card_sheet *s)
{
    const struct pdf_seal *seal = s->layout->options->seal;
    if (seal == NULL)
        return;
    double from = s->y;
    put_plain(s,
              str_fmt(s->layout->arena, "Electronic seal: " STR_FMT " when issued, " STR_FMT,
                      STR_ARG(seal->signer), STR_ARG(seal->day)),
              SMALL, FONT_REGULAR, ROLE_P);
    if (seal->is_demo)
        put_plain(s, S("DEMO KEY: not for real use"), SMALL, FONT_BOLD, ROLE_P);
    op_add(s->layout->arena, &s->ops[s->panel],
           (struct pdf_op){.kind = OP_FIELD,
                           .tag = tag_new(s->layout->tags, ROLE_FORM, s->tag[s->panel]),
                           .x = SIDE,
                           .y = (float)from,
                           .w = (float)room_of(s),
                           .h = (float)(s->y - from)});
}

static void put_back(struct card_sheet *s)
{
    s->panel = PANELS - 1;
    s->y = bottom_of(s) - BACK + ENTRY_GAP;
    put_plain(s, S("To fold \u00B7 sheet 1 of 1"), TEXT, FONT_BOLD, ROLE_P);
    put_plain(s,
              S("Fold the sheet in half each way along the dashes. Cut along the thick line. Fold "
                "it the long way, push the ends together, press flat: the front is where it says "
                "until when it is valid."),
              SMALL, FONT_REGULAR, ROLE_P);
    s->y += 2;
    put_seal(s);
}

static void put_foot(struct card_sheet *s, size_t panel)
{
    struct arena *a = s->layout->arena;
    struct pdf_ops ops = {0};
    s->panel = panel;
    s->y = s->height - FOOT;
    struct words how = look_of(s, SMALL, FONT_REGULAR, ROLE_P);
    how.tag = TAG_NONE;
    how.lines_max = 1;
    str mark = s->layout->doc->mark;
    str words = str_fmt(a, STR_FMT "%sValid until " STR_FMT, STR_ARG(mark),
                        mark.n > 0 ? " \u00B7 " : "", STR_ARG(date_long(a, s->card->valid_until)));
    put_pair(s, &ops, words, str_fmt(a, "%zu", panel + 1), &how, 0);
    place(s, &ops, 0);
}

/* -- The sheet --------------------------------------------------------------------------------- */

static void add_rule(struct card_sheet *s, struct pdf_ops *ops, struct point from, struct point to,
                     bool is_cut)
{
    struct point *p = NEW_ARRAY(s->layout->arena, struct point, 2);
    p[0] = from;
    p[1] = to;
    op_add(s->layout->arena, ops,
           (struct pdf_op){
               .kind = OP_PATH,
               .stroke = is_cut ? COLOR_TEXT : COLOR_LINE,
               .size = is_cut ? 1.4f : 0.5f,
               .shape = {.points = p, .count = 2, .path = PATH_OPEN, .is_dashed = !is_cut}});
}

static struct pdf_ops folds(struct card_sheet *s)
{
    struct pdf_ops ops = {0};
    double w = s->width, h = s->height;
    for (int i = 1; i < COLUMNS; i++)
        add_rule(s, &ops, (struct point){i * w, 0}, (struct point){i * w, 2 * h}, false);
    add_rule(s, &ops, (struct point){0, h}, (struct point){w, h}, false);
    add_rule(s, &ops, (struct point){(COLUMNS - 1) * w, h}, (struct point){COLUMNS * w, h}, false);
    add_rule(s, &ops, (struct point){w, h}, (struct point){(COLUMNS - 1) * w, h}, true);
    return ops;
}

/* Panels in the order in which they are read. */
static void impose(struct card_sheet *s, struct pdf_pages *pages)
{
    struct arena *a = s->layout->arena;
    struct pdf_ops lines = folds(s);
    page_add(a, pages, COLUMNS * s->width, 2 * s->height);
    page_place(a, pages,
               (struct pdf_placed){.ops = lines.v, .count = lines.n, .is_decoration = true});
    for (size_t i = 0; i < PANELS; i++) {
        bool is_turned = place_of[i].is_turned;
        page_place(a, pages,
                   (struct pdf_placed){.ops = s->ops[i].v,
                                       .count = s->ops[i].n,
                                       .x = place_of[i].column * s->width,
                                       .y = is_turned ? 0 : s->height,
                                       .turned_width = is_turned ? s->width : 0,
                                       .turned_height = is_turned ? s->height : 0});
    }
}

void card_pages(struct pdf_layout *l, const struct card *card, struct pdf_pages *pages)
{
    struct pdf_sheet paper = style_sheet(&l->paper, true, false);
    struct card_sheet s = {
        .layout = l, .card = card, .width = paper.width / COLUMNS, .height = paper.height / 2};
    l->tags = tag_table(l->arena);
    pages->targets = map_in(l->arena);
    for (size_t i = 0; i < PANELS; i++)
        s.tag[i] = tag_new(l->tags, ROLE_SECTION, TAG_DOCUMENT);
    put_front(&s);
    for (size_t i = 0; i < COUNT_OF(slot); i++)
        put_part(&s, &slot[i]);
    put_back(&s);
    for (size_t i = 0; i < PANELS; i++)
        put_foot(&s, i);
    impose(&s, pages);
}
