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

/* Sites that are lost together, by record->number. */
struct sites {
    const struct record *const *items;
    size_t count;
    bool *is_lost, *is_counted;
};

/* None of the sites is left, and this is the first that it names: each activity counts once. */
static bool counts_at(const struct sites *l, const struct record *activity,
                      const struct record *site)
{
    size_t count;
    const struct field_value *v = rec_items(activity, ACTIVITY_SITES, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *at = field_target(&v[i]);
        if (at == NULL || at->type != site->type || !l->is_lost[at->number])
            return false;
    }
    return count != 0 && v[0].record == site;
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
        const struct record *n = field_target(&v[i]);
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

static void count_room(struct seats *s, const struct sites *l, const struct record *site)
{
    size_t count;
    const struct field_value *v = rec_items(site, SITE_ALTERNATES, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *other = field_target(&v[i]);
        if (other == NULL || other->type != site->type || l->is_lost[other->number] ||
            l->is_counted[other->number] || !rec_is_live(other))
            continue;
        l->is_counted[other->number] = true;
        s->alternates++;
        s->unmeasured += !rec_has(other, SITE_RECOVERY_SEATS);
        s->room += rec_int(other, SITE_RECOVERY_SEATS, 0);
    }
}

static void count_needs(struct arena *a, const struct model *m, struct seats *s,
                        struct changes *all, const struct record *activity)
{
    const struct record *bia = model_bia(m, activity);
    size_t before = all->count;
    if (bia != NULL)
        add_needs(a, all, bia);
    s->activities++;
    s->unknown += all->count == before;
}

struct seats model_seats(struct arena *a, const struct model *m, const struct record *const *sites,
                         size_t count)
{
    struct seats s = {0};
    struct changes all = {0};
    size_t known = model_list(m, TYPE_SITE)->count;
    struct sites l = {sites, count, NEW_ARRAY(a, bool, known + 1), NEW_ARRAY(a, bool, known + 1)};
    for (size_t i = 0; i < count; i++)
        l.is_lost[sites[i]->number] = true;
    for (size_t i = 0; i < count; i++) {
        const struct record *site = sites[i];
        for (size_t k = 0; k < site->back_count; k++) {
            const struct record *r = site->back[k].from;
            if (r->type->number == TYPE_ACTIVITY && str_eq(site->back[k].field->key, S("sites")) &&
                rec_is_live(r) && counts_at(&l, r, site))
                count_needs(a, m, &s, &all, r);
        }
        count_room(&s, &l, site);
    }
    add_up(a, &s, &all);
    return s;
}
