/* write/pdf/paginate: the vertical list becomes pages.
 *
 * Pages are filled one by one. Each ends at the place, among those that fit,
 * where the cost of ending there and of the paper left empty is least. */
#include "write/pdf/paginate_int.h"

#include <math.h>

#include "write/pdf/style_int.h"

enum {
    COST_EMPTY = 4000,    /* a page left empty; a half empty one costs a quarter of it */
    NOTE_RULE = 10,       /* from the text to the first note: a short rule stands there */
    CARRIED_PERCENT = 60, /* notes left over from earlier pages get this much of the next */
};

struct pager {
    struct pdf_layout *layout;
    struct vlist *list;
    struct pdf_pages *pages;
    bool is_landscape, wants_right; /* of the next page */
    size_t part, next_part;         /* of this page and the next */
    struct pdf_sheet sheet;         /* as its front is printed: pages move what stands on them */
    /* Lines of notes that wait for the foot of a page. */
    const struct vitem **waiting;
    size_t waiting_count, waiting_cap;
};

static double room_of(const struct pager *p)
{
    return p->sheet.height - p->sheet.top - p->sheet.bottom;
}

static double notes_height(const struct vnote *notes)
{
    double height = 0;
    for (const struct vnote *n = notes; n; n = n->next)
        height += vlist_height(&n->lines, 0, n->lines.n);
    return height;
}

static double carried_height(const struct pager *p)
{
    double height = 0;
    for (size_t i = 0; i < p->waiting_count; i++)
        height += (double)p->waiting[i]->height;
    return fmin(height, room_of(p) * CARRIED_PERCENT / 100);
}

/* May a page end before item i, and what does it cost? The space between two
 * boxes goes to neither page. */
static bool is_solid(const struct vitem *item)
{
    return item->kind == V_BOX || item->kind == V_COLUMNS;
}

static int penalty_at(const struct vlist *list, size_t i)
{
    if (i >= list->n || list->v[i].kind == V_SHEET)
        return PENALTY_FORCED;
    if (i == 0 || !is_solid(&list->v[i - 1]))
        return PENALTY_NEVER;
    if (is_solid(&list->v[i]))
        return list->v[i].penalty;
    bool is_before_box = i + 1 < list->n && is_solid(&list->v[i + 1]);
    return is_before_box ? list->v[i + 1].penalty : 0;
}

/* Where the page that begins with the box at `from` ends. */
static size_t page_end(const struct pager *p, size_t from)
{
    struct vlist *list = p->list;
    double room = room_of(p), notes = carried_height(p);
    double used = list->v[from].head ? list->v[from].head->height : 0;
    double best_cost = INFINITY;
    size_t best = SIZE_MAX;
    for (size_t i = from;; i++) {
        int penalty = penalty_at(list, i);
        if (penalty == PENALTY_FORCED)
            return i;
        if (penalty < PENALTY_NEVER && i > from) {
            double empty = fmax(0, room - used - notes) / room;
            double cost = penalty + COST_EMPTY * empty * empty;
            if (cost <= best_cost) {
                best_cost = cost;
                best = i;
            }
        }
        double rule = notes > 0 ? NOTE_RULE : 0;
        bool fits = list->v[i].kind != V_COLUMNS ||
                    columns_cut(p->layout, list, i, room - used - notes - rule, i == from);
        const struct vitem *item = &list->v[i];
        used += (double)item->height;
        if (item->kind == V_BOX)
            notes += notes_height(item->notes);
        rule = notes > 0 ? NOTE_RULE : 0;
        if (!fits || (item->kind == V_BOX && used + notes + rule > room + 0.01)) {
            if (best != SIZE_MAX)
                return best;
            return i > from ? i : i + 1; /* nothing else can be done */
        }
    }
}

/* The stretch of a page that a frame covers. */
struct covered {
    const struct vframe *frame;
    double top, bottom;
};

struct cover {
    struct covered *v;
    size_t n, cap;
};

/* Outer frames first, since they are painted first. */
static void cover_add(struct pager *p, struct cover *c, const struct vframe *frame, double top,
                      double bottom)
{
    if (!frame)
        return;
    cover_add(p, c, frame->outer, top, bottom); /* as deep as blocks nest: MD_DEPTH_MAX */
    for (size_t i = 0; i < c->n; i++)
        if (c->v[i].frame == frame) {
            c->v[i].bottom = bottom;
            return;
        }
    PUSH(p->layout->arena, c->v, c->n, c->cap, struct covered) =
        (struct covered){frame, top, bottom};
}

static void place(struct pager *p, const struct pdf_op *ops, size_t count, double x, double y,
                  bool is_decoration)
{
    const struct pdf_page *page = p->pages->v[p->pages->n - 1];
    if (count > 0)
        page_place(p->layout->arena, p->pages,
                   (struct pdf_placed){.ops = ops,
                                       .count = count,
                                       .x = x + page->dx,
                                       .y = y + page->dy,
                                       .is_decoration = is_decoration});
}

static void place_frames(struct pager *p, size_t from, size_t to, double y)
{
    struct cover cover = {0};
    for (size_t i = from; i < to; i++) {
        const struct vitem *item = &p->list->v[i];
        if (item->kind == V_BOX)
            cover_add(p, &cover, item->frame, y, y + (double)item->height);
        y += (double)item->height;
    }
    struct pdf_ops ops = {0};
    for (size_t i = 0; i < cover.n; i++) {
        const struct vframe *f = cover.v[i].frame;
        double top = cover.v[i].top - f->above, bottom = cover.v[i].bottom + f->below;
        op_add(p->layout->arena, &ops,
               (struct pdf_op){.kind = OP_RECT,
                               .fill = (unsigned char)f->color,
                               .x = (float)f->x,
                               .y = (float)top,
                               .w = (float)f->width,
                               .h = (float)(bottom - top)});
    }
    place(p, ops.v, ops.n, 0, 0, true);
}

static void wait_for_foot(struct pager *p, const struct vnote *notes)
{
    for (const struct vnote *n = notes; n; n = n->next)
        for (size_t i = 0; i < n->lines.n; i++)
            if (n->lines.v[i].height > 0)
                PUSH(p->layout->arena, p->waiting, p->waiting_count, p->waiting_cap,
                     const struct vitem *) = &n->lines.v[i];
}

static void place_note_rule(struct pager *p, double y)
{
    struct pdf_op *rule = NEW(p->layout->arena, struct pdf_op);
    double x =
        p->layout->is_rtl ? p->sheet.width - p->sheet.right - 90 : p->sheet.left + p->sheet.hang;
    *rule = (struct pdf_op){
        .kind = OP_LINE, .stroke = COLOR_LINE, .x = (float)x, .w = 90, .size = RULE_LIGHT};
    place(p, rule, 1, 0, y, true);
}

/* As many waiting lines as fit below the text; the others go on to the next
 * page. A page without text takes at least one, so that this ends. */
static void place_notes(struct pager *p, double used, bool has_text)
{
    if (p->waiting_count == 0)
        return;
    double room = room_of(p) - used - NOTE_RULE, height = 0;
    size_t count = 0;
    while (count < p->waiting_count &&
           (height + (double)p->waiting[count]->height <= room + 0.01 || (count == 0 && !has_text)))
        height += (double)p->waiting[count++]->height;
    double y = p->sheet.height - p->sheet.bottom - height;
    if (count > 0)
        place_note_rule(p, y - NOTE_RULE / 2.0);
    for (size_t i = 0; i < count; i++) {
        place(p, p->waiting[i]->ops, p->waiting[i]->count, (double)p->waiting[i]->x, y, false);
        y += (double)p->waiting[i]->height;
    }
    p->waiting += count;
    p->waiting_count -= count;
    p->waiting_cap -= count;
}

static void begin_page(struct pager *p, bool is_landscape)
{
    const struct pdf_paper *paper = &p->layout->paper;
    bool is_back = paper->is_duplex && p->pages->n % 2 == 1;
    struct pdf_sheet printed = style_sheet(paper, is_landscape, is_back);
    p->sheet = style_sheet(paper, is_landscape, false);
    struct pdf_page *page = page_add(p->layout->arena, p->pages, p->sheet.width, p->sheet.height);
    page->scale = style_scale(paper);
    page->is_back = is_back;
    page->dx = printed.left - p->sheet.left;
    page->dy = printed.top - p->sheet.top;
    page->part = p->part;
}

/* Pages with nothing but the notes that are left. */
static void finish_notes(struct pager *p)
{
    while (p->waiting_count > 0) {
        begin_page(p, p->is_landscape);
        place_notes(p, 0, false);
    }
}

/* Nobody shall wonder whether something is missing. */
static void leave_empty(struct pager *p)
{
    struct pdf_layout *l = p->layout;
    struct pdf_op *op = NEW(l->arena, struct pdf_op);
    begin_page(p, false);
    double width = label_words(l, S("This page is left empty."), FONT_REGULAR, 8.5, op);
    op->fill = COLOR_MUTED;
    double left = p->sheet.left, room = p->sheet.width - p->sheet.left - p->sheet.right;
    place(p, op, 1, left + (room - width) / 2, p->sheet.height / 2, true);
}

/* The page on which text goes on: where it must be a right-hand one, what went
 * before is ended on its own pages. */
static void begin_text(struct pager *p)
{
    if (p->wants_right) {
        finish_notes(p);
        if (p->layout->paper.is_duplex && p->pages->n % 2 == 1)
            leave_empty(p);
    }
    p->wants_right = false;
    p->part = p->next_part;
    begin_page(p, p->is_landscape);
}

static void take_sheet(struct pager *p, const struct vitem *sheet)
{
    p->is_landscape = sheet->is_landscape;
    p->wants_right = p->wants_right || sheet->is_right;
    p->next_part = sheet->part > 0 ? sheet->part : p->next_part;
}

static void fill_page(struct pager *p, size_t from, size_t to)
{
    const struct vhead *head = p->list->v[from].head;
    double y = p->sheet.top;
    place_frames(p, from, to, y + (head ? head->height : 0));
    if (head) {
        place(p, head->ops, head->count, 0, y, true);
        y += head->height;
    }
    double bottom = y;
    for (size_t i = from; i < to; i++) {
        const struct vitem *item = &p->list->v[i];
        place(p, item->ops, item->count, (double)item->x, y, false);
        if (item->kind == V_BOX)
            wait_for_foot(p, item->notes);
        y += (double)item->height;
        bottom = item->kind == V_BOX ? y : bottom;
    }
    place_notes(p, bottom - p->sheet.top, true);
}

void paginate(struct pdf_layout *l, struct vlist *list, struct pdf_pages *pages)
{
    struct pager p = {.layout = l, .list = list, .pages = pages};
    pages->targets = map_in(l->arena);
    for (size_t i = 0; i < list->n;) {
        if (list->v[i].kind == V_SHEET)
            take_sheet(&p, &list->v[i]);
        if (!is_solid(&list->v[i])) { /* nothing but what is painted begins a page */
            i++;
            continue;
        }
        begin_text(&p);
        size_t end = page_end(&p, i);
        fill_page(&p, i, end);
        i = end;
    }
    if (pages->n == 0)
        begin_page(&p, p.is_landscape);
    finish_notes(&p);
}
