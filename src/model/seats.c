/* model/seats: people and seats that a lost site must find elsewhere, over time. */
#include "model/seats.h"

#include <stdlib.h>

#include "model/impact.h"

/* What one activity adds from some time on; earlier ones of it are taken away. */
struct change {
    duration after;
    long long seats, people;
};

struct changes {
    struct change *items;
    size_t count, cap;
};

static bool is_only_at(const struct record *activity, const struct record *site)
{
    size_t count;
    const struct field_value *v = rec_items(activity, ACTIVITY_SITES, &count);
    return count == 1 && v[0].state == FV_PRESENT && v[0].record == site;
}

static int by_time(const void *one, const void *other)
{
    const struct change *x = one, *y = other;
    return x->after < y->after ? -1 : x->after > y->after;
}

/* The steps of one activity, sorted, as what each adds to the one before. */
static void add_needs(struct arena *a, struct changes *all, const struct record *bia)
{
    size_t count, first = all->count;
    const struct field_value *v = rec_items(bia, BIA_NEEDS, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *n = v[i].state == FV_PRESENT ? v[i].record : NULL;
        if (n == NULL || rec_duration(n, NEED_AFTER) == DURATION_NONE)
            continue;
        PUSH(a, all->items, all->count, all->cap, struct change) = (struct change){
            rec_duration(n, NEED_AFTER), rec_int(n, NEED_SEATS, 0), rec_int(n, NEED_PEOPLE, 0)};
    }
    if (all->count == first)
        return;
    qsort(all->items + first, all->count - first, sizeof *all->items, by_time);
    for (size_t i = all->count - 1; i > first; i--) {
        all->items[i].seats -= all->items[i - 1].seats;
        all->items[i].people -= all->items[i - 1].people;
    }
}

static void add_up(struct arena *a, struct seats *s, struct changes *all)
{
    long long seats = 0, people = 0;
    if (all->count == 0)
        return;
    qsort(all->items, all->count, sizeof *all->items, by_time);
    s->steps = NEW_ARRAY(a, struct seat_step, all->count);
    for (size_t i = 0; i < all->count; i++) {
        seats += all->items[i].seats;
        people += all->items[i].people;
        if (s->count == 0 || s->steps[s->count - 1].after != all->items[i].after)
            s->count++;
        s->steps[s->count - 1] = (struct seat_step){all->items[i].after, seats, people};
    }
}

static void count_room(struct seats *s, const struct record *site)
{
    size_t count;
    const struct field_value *v = rec_items(site, SITE_ALTERNATES, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *other = v[i].state == FV_PRESENT ? v[i].record : NULL;
        if (other == NULL || other->type != site->type || other == site || !rec_is_live(other))
            continue;
        s->alternates++;
        s->unmeasured += !rec_has(other, SITE_RECOVERY_SEATS);
        s->room += rec_int(other, SITE_RECOVERY_SEATS, 0);
    }
}

struct seats model_seats(struct arena *a, const struct model *m, const struct record *site)
{
    struct seats s = {0};
    struct changes all = {0};
    for (size_t i = 0; i < site->back_count; i++) {
        const struct record *r = site->back[i].from;
        if (r->type->number != TYPE_ACTIVITY || !str_eq(site->back[i].field->key, S("sites")) ||
            !rec_is_live(r) || !is_only_at(r, site))
            continue;
        const struct record *bia = model_bia(m, r);
        size_t before = all.count;
        if (bia != NULL)
            add_needs(a, &all, bia);
        s.activities++;
        s.unknown += all.count == before;
    }
    add_up(a, &s, &all);
    count_room(&s, site);
    return s;
}
