/* model/lifecycle: where a document stands, and why. */
#include "model/lifecycle.h"

#include <stdlib.h>

static int in_order(const void *x, const void *y)
{
    const struct record *a = *(const struct record *const *)x;
    const struct record *b = *(const struct record *const *)y;
    date one = rec_date(a, APPROVAL_DATE), other = rec_date(b, APPROVAL_DATE);
    if (one != other)
        return one < other ? -1 : 1;
    int order = str_cmp_natural(rec_text(a, APPROVAL_VERSION), rec_text(b, APPROVAL_VERSION));
    return order != 0 ? order : str_cmp_natural(a->id, b->id);
}

static struct approvals *group_of(struct map *groups, struct arena *a, str code)
{
    struct approvals *group = map_find(groups, code);
    if (group == NULL) {
        group = NEW(a, struct approvals);
        map_put(groups, code, group);
    }
    return group;
}

struct map model_approvals(struct arena *a, const struct model *m)
{
    struct map groups = map_in(a);
    const struct record_list *all = model_list(m, TYPE_APPROVAL);
    for (size_t i = 0; i < all->count; i++) {
        const struct record *r = all->items[i];
        date on = rec_date(r, APPROVAL_DATE);
        if (on == DATE_NONE || (m->as_of != DATE_NONE && on > m->as_of))
            continue;
        struct approvals *group = group_of(&groups, a, rec_text(r, APPROVAL_DOCUMENT));
        PUSH(a, group->items, group->count, group->cap, const struct record *) = r;
    }
    for (size_t i = 0; i < groups.count; i++) {
        struct approvals *group = groups.entries[i].value;
        qsort(group->items, group->count, sizeof *group->items, in_order);
    }
    return groups;
}

bool life_is_approved(const struct lifecycle *life)
{
    return life != NULL && (life->status == LIFE_APPROVED || life->status == LIFE_NOT_YET_VALID);
}

bool life_is_bound(const struct lifecycle *life)
{
    return life != NULL && (life->text == LIFE_APPROVED || life->text == LIFE_NOT_YET_VALID ||
                            life->text == LIFE_SUPERSEDED);
}

bool life_is_over(const struct lifecycle *life)
{
    return life->status == LIFE_WITHDRAWN || life->status == LIFE_SUPERSEDED;
}

bool life_is_first_draft(const struct lifecycle *life)
{
    return life->status == LIFE_DRAFT && life->approvals.count == 0;
}

bool approval_names(const struct record *approval, str path)
{
    size_t count;
    const struct field_value *files = rec_items(approval, APPROVAL_FILES, &count);
    for (size_t i = 0; i < count; i++)
        if (files[i].state == FV_PRESENT &&
            str_eq(rec_text(files[i].record, APPROVED_FILE_PATH), path))
            return true;
    return false;
}

/* -- On an earlier day ------------------------------------------------------------------------ */

static bool had_a_version(const struct model *m, const struct record *document)
{
    size_t count;
    const struct field_value *v = rec_items(document, DOCUMENT_REVISIONS, &count);
    for (size_t i = 0; i < count; i++)
        if (v[i].state == FV_PRESENT && model_has_come(m, rec_date(v[i].record, REVISION_DATE)))
            return true;
    return false;
}

const struct record *document_left_out(const struct model *m, size_t *at)
{
    while (*at < m->later.count) {
        const struct map_entry *e = &m->later.entries[(*at)++];
        const struct record *r = e->value;
        if (r->type->number == TYPE_DOCUMENT && str_eq(e->key, r->id) &&
            r->class_level <= m->clearance && had_a_version(m, r))
            return r;
    }
    return NULL;
}
