/* form/table/improve/ageing: open actions by owner and age. */
#include "form/table/improve.h"

#include <stdlib.h>

#include "form/table/links.h"
#include "model/actions.h"

enum { AGE_MONTH, AGE_QUARTER, AGE_HALF, AGE_OLDER, AGE_UNKNOWN, AGE_COUNT };
static const long long age_days_max[] = {30, 90, 180};

/* What one owner has open. */
struct pile {
    const struct record *owner; /* NULL: nobody, or not in this copy */
    str name;
    size_t ages[AGE_COUNT], all, overdue;
    struct links late;
};

struct ageing {
    struct arena *arena;
    const struct model *model;
    struct pile *piles;
    size_t count, cap;
    size_t *of_role; /* by number: its pile, counted from 1 */
    size_t nobody, hidden, unknown;
};

static int age_of(const struct model *m, const struct record *action)
{
    long long days = action_age_days(m, action);
    int band = 0;
    while (band < AGE_OLDER && days > age_days_max[band])
        band++;
    return days < 0 ? AGE_UNKNOWN : band;
}

static struct pile *pile_at(struct ageing *x, size_t *place, const struct record *owner, str name)
{
    if (*place == 0) {
        PUSH(x->arena, x->piles, x->count, x->cap, struct pile) =
            (struct pile){.owner = owner, .name = name, .late = links_in(x->arena)};
        *place = x->count;
    }
    return &x->piles[*place - 1];
}

static struct pile *pile_of(struct ageing *x, const struct record *action)
{
    const struct record *owner = rec_ref(action, COMMON_OWNER);
    if (owner != NULL && owner->type->number == TYPE_ROLE)
        return pile_at(x, &x->of_role[owner->number], owner, owner->title);
    return rec_lacks(action, COMMON_OWNER)
               ? pile_at(x, &x->nobody, NULL, S("No owner"))
               : pile_at(x, &x->hidden, NULL, S("Owner not in this copy"));
}

static void take(struct ageing *x, struct pile *p, const struct record *action)
{
    date due = action_due_day(action);
    p->ages[age_of(x->model, action)]++;
    p->all++;
    if (due == DATE_NONE || x->model->as_of == DATE_NONE || due >= x->model->as_of)
        return;
    p->overdue++;
    links_add(&p->late, action);
}

static int heaviest_first(const void *one, const void *other)
{
    const struct pile *x = one, *y = other;
    if (x->overdue != y->overdue)
        return x->overdue > y->overdue ? -1 : 1;
    if (x->all != y->all)
        return x->all > y->all ? -1 : 1;
    return str_cmp(x->name, y->name);
}

static void add_pile(struct arena *a, struct table *t, struct pile *p)
{
    struct cell *cells = table_row(a, t);
    cells[0] = p->owner != NULL ? cell_record(a, p->owner) : cell_text(a, p->name);
    for (int i = 0; i < AGE_COUNT; i++)
        cells[1 + i] = cell_count(a, p->ages[i]);
    cells[1 + AGE_COUNT] = cell_count(a, p->all);
    cells[2 + AGE_COUNT] = cell_count(a, p->overdue);
    cells[3 + AGE_COUNT] = links_cell(&p->late);
}

static void add_total(struct ageing *x, struct table *t)
{
    struct pile total = {.name = S("All"), .late = links_in(x->arena)};
    for (size_t i = 0; i < x->count; i++) {
        for (int k = 0; k < AGE_COUNT; k++)
            total.ages[k] += x->piles[i].ages[k];
        total.all += x->piles[i].all;
        total.overdue += x->piles[i].overdue;
    }
    add_pile(x->arena, t, &total);
}

const struct table *action_ageing(struct arena *a, const struct model *m)
{
    static const struct column column[] = {
        COLUMN("owner", "Owner", TEXT),
        COLUMN("to_30", "0 to 30 days old", NUMBER),
        COLUMN("to_90", "31 to 90", NUMBER),
        COLUMN("to_180", "91 to 180", NUMBER),
        COLUMN("older", "Over 180", NUMBER),
        COLUMN("unknown", "Age not known", NUMBER),
        COLUMN("all", "All open", NUMBER),
        COLUMN("overdue", "Overdue", NUMBER),
        COLUMN("late", "Which are overdue", TEXT),
    };
    const struct record_list *list = model_list(m, TYPE_ACTION);
    struct ageing x = {.arena = a,
                       .model = m,
                       .of_role = NEW_ARRAY(a, size_t, model_list(m, TYPE_ROLE)->count + 1)};
    struct table *t =
        table_new(a, S("list-ageing"), S("Age of open actions"), column, COUNT_OF(column));
    t->head_column = true;
    for (size_t i = 0; i < list->count; i++) {
        const struct record *action = list->items[i];
        if (action_is_open(action))
            take(&x, pile_of(&x, action), action);
        x.unknown += rec_counts(action) && action_may_be_open(action);
    }
    if (x.count != 0)
        qsort(x.piles, x.count, sizeof *x.piles, heaviest_first);
    for (size_t i = 0; i < x.count; i++)
        add_pile(a, t, &x.piles[i]);
    if (x.count != 0)
        add_total(&x, t);
    if (x.unknown != 0)
        t->note = str_fmt(a, "Not counted, since it is not known whether %s done: %zu.",
                          x.unknown == 1 ? "it is" : "they are", x.unknown);
    return t;
}
