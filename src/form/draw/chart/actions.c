/* form/draw/chart/actions: how old open actions are, whose they are, and which are overdue. */
#include "form/draw/chart/bars_int.h"

#include <stdlib.h>

#include "form/table/cells.h"
#include "model/actions.h"

enum { SOON_DAYS = 30, OWNERS_MAX = 20 };

enum state { OVERDUE, SOON, LATER, NO_DATE, STATES };

static const struct bar_part part[STATES] = {
    [OVERDUE] = {{MARK_LETTER, S_INIT("O"), INK_BAD, false, 0},
                 S_INIT("overdue"),
                 S_INIT("overdue")},
    [SOON] = {{MARK_SOFT, S_INIT("S"), INK_WARN_FILL, false, 0},
              S_INIT("soon"),
              S_INIT("due within 30 days")},
    [LATER] = {{MARK_OUTLINE, S_INIT("L"), INK_MUTED, false, 0},
               S_INIT("later"),
               S_INIT("due later")},
    [NO_DATE] = {{MARK_OUTLINE, S_INIT("?"), INK_BAD, true, 0},
                 S_INIT("without a date"),
                 S_INIT("no due date known")},
};

/* An age of at most so many days. */
static const struct {
    long long days_max;
    str label;
} age_band[] = {
    {30, S_INIT("0 to 30 days old")},
    {60, S_INIT("31 to 60 days old")},
    {90, S_INIT("61 to 90 days old")},
    {INT64_MAX, S_INIT("over 90 days old")},
};
enum { AGE_BANDS = COUNT_OF(age_band) };

struct open_action {
    const struct record *record;
    date due; /* DATE_NONE: not known */
    enum state state;
};

struct log {
    const struct request *q;
    struct open_action *items;
    size_t count, unchecked; /* done, but nobody has said with what effect */
    struct bars by_age, by_owner;
};

/* -- Which actions ---------------------------------------------------------------------- */

static enum state state_of(date due, date today)
{
    if (due == DATE_NONE || today == DATE_NONE)
        return NO_DATE;
    return due < today ? OVERDUE : due <= today + SOON_DAYS ? SOON : LATER;
}

static int by_due(const void *x, const void *y)
{
    const struct open_action *a = x, *b = y;
    if ((a->due == DATE_NONE) != (b->due == DATE_NONE))
        return a->due == DATE_NONE ? 1 : -1;
    if (a->due != b->due)
        return a->due < b->due ? -1 : 1;
    return str_cmp_natural(a->record->id, b->record->id);
}

static void collect(struct log *l)
{
    const struct model *m = l->q->model;
    const struct record_list *all = model_list(m, TYPE_ACTION);
    l->items = NEW_ARRAY(l->q->arena, struct open_action, all->count + 1);
    for (size_t i = 0; i < all->count; i++) {
        const struct record *r = all->items[i];
        bool is_done = !rec_is_over(r) && !r->is_later && rec_has(r, ACTION_DONE_ON);
        date due = action_due_day(r);
        l->unchecked += is_done && rec_lacks(r, ACTION_EFFECT_RESULT);
        if (action_is_open(r))
            l->items[l->count++] = (struct open_action){r, due, state_of(due, m->as_of)};
    }
    qsort(l->items, l->count, sizeof *l->items, by_due);
}

/* -- The bars ----------------------------------------------------------------------------- */

static void count_ages(struct log *l)
{
    struct arena *a = l->q->arena;
    for (size_t k = 0; k < AGE_BANDS; k++)
        bars_find(a, &l->by_age, age_band[k].label, NULL);
    for (size_t i = 0; i < l->count; i++) {
        long long age = action_age_days(l->q->model, l->items[i].record);
        size_t k = 0;
        while (k < AGE_BANDS && age > age_band[k].days_max)
            k++;
        str label = age < 0 ? S("age not known") : age_band[k].label;
        bars_find(a, &l->by_age, label, NULL)->counts[l->items[i].state]++;
    }
}

/* Most overdue first, then most of all. */
static int by_weight(const void *x, const void *y)
{
    const struct bar *a = x, *b = y;
    if (a->counts[OVERDUE] != b->counts[OVERDUE])
        return a->counts[OVERDUE] > b->counts[OVERDUE] ? -1 : 1;
    if (bar_total(a) != bar_total(b))
        return bar_total(a) > bar_total(b) ? -1 : 1;
    return str_cmp(a->label, b->label);
}

/* Whose bars have no room are one bar at the end. */
static void fold_owners(struct log *l)
{
    struct bars *b = &l->by_owner;
    if (b->count <= OWNERS_MAX)
        return;
    struct bar *rest = &b->items[OWNERS_MAX - 1];
    for (size_t i = OWNERS_MAX; i < b->count; i++)
        for (size_t k = 0; k < STATES; k++)
            rest->counts[k] += b->items[i].counts[k];
    rest->label = str_fmt(l->q->arena, "%zu others", b->count - OWNERS_MAX + 1);
    rest->link = NULL;
    b->count = OWNERS_MAX;
}

/* Bars of roles stand under their number in the model: the list may be long. */
static void count_owners(struct log *l)
{
    struct arena *a = l->q->arena;
    size_t *place = NEW_ARRAY(a, size_t, model_list(l->q->model, TYPE_ROLE)->count);
    struct bars *b = &l->by_owner;
    for (size_t i = 0; i < l->count; i++) {
        const struct record *r = l->items[i].record, *owner = rec_ref(r, COMMON_OWNER);
        struct bar *bar;
        if (!is_of(owner, TYPE_ROLE)) {
            bool is_nobody = rec_lacks(r, COMMON_OWNER);
            bar = bars_find(a, b, is_nobody ? S("no owner") : S("owner not known here"), NULL);
        } else if (place[owner->number] != 0) {
            bar = &b->items[place[owner->number] - 1];
        } else {
            PUSH(a, b->items, b->count, b->cap, struct bar) =
                (struct bar){.label = record_name(owner), .link = owner};
            place[owner->number] = b->count;
            bar = &b->items[b->count - 1];
        }
        bar->counts[l->items[i].state]++;
    }
    if (b->count > 1)
        qsort(b->items, b->count, sizeof *b->items, by_weight);
    fold_owners(l);
}

static size_t longest_of(const struct log *l)
{
    const struct bars *both[] = {&l->by_age, &l->by_owner};
    size_t longest = 0;
    for (size_t k = 0; k < 2; k++)
        for (size_t i = 0; i < both[k]->count; i++)
            if (bar_total(&both[k]->items[i]) > longest)
                longest = bar_total(&both[k]->items[i]);
    return longest;
}

/* -- The table ------------------------------------------------------------------------------ */

static struct cell cell_days(struct arena *a, long long days)
{
    struct cell c = cell_text(a, str_fmt(a, "%lld", days));
    c.sort = sort_key_number(a, (double)days);
    return c;
}

static struct cell cell_date(struct arena *a, date day)
{
    struct cell c = cell_text(a, date_long(a, day));
    c.sort = c.data = date_iso(a, day);
    return c;
}

static struct cell cell_late(const struct log *l, const struct open_action *o)
{
    struct arena *a = l->q->arena;
    struct cell c = {.count = 0};
    if (o->state == NO_DATE)
        return c;
    long long days = l->q->model->as_of - o->due;
    if (o->state == OVERDUE)
        cell_add(a, &c, str_fmt(a, days == 1 ? "%lld day" : "%lld days", days), NULL, TONE_BAD);
    else
        cell_add(a, &c, o->state == SOON ? S("due soon") : S("due later"), NULL,
                 o->state == SOON ? TONE_WARN : TONE_MUTED);
    c.sort = sort_key_number(a, (double)days);
    return c;
}

static const struct table *table_of(const struct log *l, str id, str caption)
{
    const struct column columns[] = {
        {S("id"), S("ID"), COLUMN_CODE},       {S("action"), S("Action"), COLUMN_TEXT},
        {S("owner"), S("Owner"), COLUMN_TEXT}, {S("age_days"), S("Age (days)"), COLUMN_NUMBER},
        {S("due"), S("Due"), COLUMN_DATE},     {S("late"), S("Late by"), COLUMN_CHIP},
    };
    struct arena *a = l->q->arena;
    struct table *t = table_new(a, id, caption, columns, COUNT_OF(columns));
    t->note = request_scope(l->q);
    for (size_t i = 0; i < l->count; i++) {
        const struct open_action *o = &l->items[i];
        const struct record *r = o->record;
        struct cell *cell = table_row(a, t);
        cell[0] = cell_text(a, r->id);
        cell[0].sort = sort_key_natural(a, r->id);
        cell[1] = cell_link(a, r, record_name(r));
        cell[2] = cell_of_field(a, r, schema_slot(r->type, COMMON_OWNER), CELL_SHORT);
        long long age = action_age_days(l->q->model, o->record);
        if (age >= 0)
            cell[3] = cell_days(a, age);
        if (o->due != DATE_NONE)
            cell[4] = cell_date(a, o->due);
        cell[5] = cell_late(l, o);
    }
    return t;
}

const struct drawing *chart_actions(const struct request *q)
{
    struct arena *a = q->arena;
    struct log l = {.q = q, .by_age = {.parts = part, .part_count = STATES}};
    struct graph_caption caption = request_caption(q);
    l.by_owner = l.by_age;
    collect(&l);
    caption.id = S("chart-actions");
    caption.title = q->model->as_of == DATE_NONE ? S("Open actions by age")
                                                 : str_fmt(a, "Open actions by age, as of " STR_FMT,
                                                           STR_ARG(date_long(a, q->model->as_of)));
    caption.description = S("Bars count the actions that are not done, by age since they were "
                            "recorded and by owner. The letter tells how they stand: O overdue, "
                            "S due within 30 days, L later.");
    caption.table = table_of(&l, caption.id, caption.title);
    struct canvas c = canvas_new(q, &caption);
    if (l.count == 0)
        return canvas_empty(&c, &caption);
    count_ages(&l);
    count_owners(&l);
    size_t longest = longest_of(&l);
    double y = CANVAS_EDGE;
    bars_draw(&c, &l.by_age, S("By age"), longest, &y);
    y += 8;
    bars_draw(&c, &l.by_owner, S("By owner"), longest, &y);
    if (l.unchecked != 0)
        c.pen.drawing->note =
            str_fmt(a,
                    "%zu more %s done; whether %s worked is still to be "
                    "checked.",
                    l.unchecked, l.unchecked == 1 ? "is" : "are", l.unchecked == 1 ? "it" : "they");
    return bars_close(&c, &l.by_age, y + 4);
}
