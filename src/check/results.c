/* check/results: what was found, in the order in which it is shown. */
#include "check/check_int.h"

#include <stdlib.h>

/* -- The order ------------------------------------------------------------------------------ */

/* So that equal ones stand together, too. */
static int by_place(const struct check_result *a, const struct check_result *b)
{
    if (a->at.file != b->at.file)
        return a->at.file < b->at.file ? -1 : 1;
    if (a->at.off != b->at.off)
        return a->at.off < b->at.off ? -1 : 1;
    return str_cmp(a->text, b->text);
}

static int by_family(const void *x, const void *y)
{
    const struct check_result *a = *(const struct check_result *const *)x;
    const struct check_result *b = *(const struct check_result *const *)y;
    if ((a->waiver == NULL) != (b->waiver == NULL))
        return a->waiver == NULL ? -1 : 1;
    if (a->family != b->family)
        return a->family < b->family ? -1 : 1;
    if (a->severity != b->severity)
        return a->severity > b->severity ? -1 : 1;
    int order = str_cmp_natural(str_from(a->rule->id), str_from(b->rule->id));
    if (order == 0)
        order = str_cmp_natural(a->about->id, b->about->id);
    return order != 0 ? order : by_place(a, b);
}

static int by_number(const struct record *a, const struct record *b)
{
    if (a->type->number != b->type->number)
        return a->type->number < b->type->number ? -1 : 1;
    return a->number < b->number ? -1 : a->number > b->number;
}

typedef const struct record *(*key_of)(const struct check_result *r);

static const struct record *about_of(const struct check_result *r)
{
    return r->about;
}

static const struct record *owner_of(const struct check_result *r)
{
    return r->owner;
}

static int by_key(const void *x, const void *y, key_of key)
{
    const struct check_result *a = *(const struct check_result *const *)x;
    const struct check_result *b = *(const struct check_result *const *)y;
    int order = by_number(key(a), key(b));
    return order != 0 ? order : a->number < b->number ? -1 : a->number > b->number;
}

static int by_record(const void *x, const void *y)
{
    return by_key(x, y, about_of);
}

static int by_owner(const void *x, const void *y)
{
    return by_key(x, y, owner_of);
}

/* Those that have the key, sorted by it. */
static struct check_list sorted(struct arena *a, const struct check_results *all, key_of key,
                                int (*order)(const void *x, const void *y))
{
    const struct check_result **items = NEW_ARRAY(a, const struct check_result *, all->count + 1);
    size_t count = 0;
    for (size_t i = 0; i < all->count; i++)
        if (key(all->items[i]) != NULL)
            items[count++] = all->items[i];
    qsort(items, count, sizeof *items, order);
    return (struct check_list){items, count};
}

/* The same words at the same place, as diags_sort drops them. */
static void drop_repeats(struct check_results *all)
{
    size_t kept = 0;
    for (size_t i = 0; i < all->count; i++)
        if (kept == 0 || by_family(&all->items[i], &all->items[kept - 1]) != 0)
            all->items[kept++] = all->items[i];
    all->count = kept;
}

/* A rule gives its hint after it has reported. */
static void take_hints(struct checker *c, struct check_results *all)
{
    for (size_t i = 0; i < all->count; i++) {
        str hint = diags_hint(c->diags, all->items[i]->number);
        all->items[i]->mend = hint.n > 0 ? hint : str_from(all->items[i]->rule->mend);
    }
}

void check_settle(struct checker *c)
{
    struct check_results *all = c->results;
    if (all->count == 0)
        return;
    take_hints(c, all);
    qsort(all->items, all->count, sizeof *all->items, by_family);
    drop_repeats(all);
    for (size_t i = 0; i < all->count; i++) {
        all->items[i]->number = i;
        all->open_count += all->items[i]->waiver == NULL;
        check_count_one(&all->counts, all->items[i]);
    }
    all->by_record = sorted(c->model->arena, all, about_of, by_record);
    all->by_owner = sorted(c->model->arena, all, owner_of, by_owner);
}

/* -- Some of them ---------------------------------------------------------------------------- */

struct check_list check_run(const struct check_results *all, size_t from, size_t count)
{
    return (struct check_list){(const struct check_result *const *)all->items + from, count};
}

/* The first of the sorted items whose key is not before `r`, or the first behind it. */
static size_t edge(struct check_list list, key_of key, const struct record *r, bool is_behind)
{
    size_t low = 0, high = list.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = by_number(key(list.items[middle]), r);
        if (order < 0 || (order == 0 && is_behind))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static struct check_list find(struct check_list list, key_of key, const struct record *r)
{
    size_t from = edge(list, key, r, false);
    return (struct check_list){list.items + from, edge(list, key, r, true) - from};
}

struct check_list check_about(const struct check_results *all, const struct record *r)
{
    return find(all->by_record, about_of, r);
}

struct check_list check_owned_by(const struct check_results *all, const struct record *role)
{
    return find(all->by_owner, owner_of, role);
}

void check_count_one(struct check_counts *n, const struct check_result *r)
{
    if (r->waiver != NULL)
        n->waived++;
    else
        n->open[r->severity]++;
}

struct check_counts check_count(struct check_list list)
{
    struct check_counts n = {0};
    for (size_t i = 0; i < list.count; i++)
        check_count_one(&n, list.items[i]);
    return n;
}
