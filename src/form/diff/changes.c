/* form/diff/changes: which documents and records are new, other or gone. */
#include "form/diff/changes.h"

#include <stdlib.h>

#include "form/diff/redline.h"

const char *change_word(enum change_kind kind)
{
    static const char *const word[CHANGE_KINDS] = {"unchanged", "added", "changed", "withdrawn"};
    return word[kind];
}

static int by_id(const void *one, const void *other)
{
    const struct change *x = one, *y = other;
    str a = x->after != NULL ? x->after->id : x->before->id;
    str b = y->after != NULL ? y->after->id : y->before->id;
    int order = str_cmp_natural(a, b);
    return order != 0 ? order : str_cmp(a, b);
}

static void add(struct arena *a, struct change_list *list, struct change change)
{
    if (change.kind == CHANGE_NONE)
        return;
    PUSH(a, list->v, list->n, list->cap, struct change) = change;
    list->of_kind[change.kind]++;
}

static const struct state_record *same_in(const struct state *s, const struct state_record *r)
{
    const struct state_record *there = s != NULL ? state_find(s, r->id) : NULL;
    return there != NULL && str_eq(there->type, r->type) ? there : NULL;
}

static void compare_text(struct arena *scratch, const struct changes *c, struct change *change)
{
    const struct state_record *a = change->before, *b = change->after;
    if (!b->has_text || (a->has_text && str_eq(a->text, b->text)))
        return;
    struct redline_request r = {.before = a->text,
                                .after = b->text,
                                .before_in = c->before,
                                .after_in = c->after,
                                .is_whole = true};
    struct redline line = redline_make(scratch, &r);
    change->has_text_change = line.is_changed;
    change->words_in = line.words_in;
    change->words_out = line.words_out;
    change->is_coarse = line.is_coarse;
    arena_reset(scratch);
}

static struct change compare(struct arena *scratch, const struct changes *c,
                             const struct state_record *before, const struct state_record *after)
{
    struct change change = {.before = before, .after = after};
    if (before == NULL) {
        change.kind = CHANGE_ADDED;
        return change;
    }
    compare_text(scratch, c, &change);
    bool is_same = !changes_in_fields(c, &change) && !change.has_text_change;
    change.kind = is_same ? CHANGE_NONE : CHANGE_CHANGED;
    return change;
}

static struct change_list compare_type(struct arena *a, struct arena *scratch,
                                       const struct changes *c, str key)
{
    const struct state_type *before = state_type(c->before, key),
                            *after = state_type(c->after, key);
    struct change_list list = {.key = key, .type = schema_type(c->schema, key)};
    for (size_t i = 0; after != NULL && i < after->count; i++)
        add(a, &list,
            compare(scratch, c, same_in(c->before, after->records[i]), after->records[i]));
    for (size_t i = 0; before != NULL && i < before->count; i++)
        if (same_in(c->after, before->records[i]) == NULL)
            add(a, &list, (struct change){.kind = CHANGE_WITHDRAWN, .before = before->records[i]});
    if (list.n > 1)
        qsort(list.v, list.n, sizeof *list.v, by_id);
    return list;
}

static void add_type(struct arena *a, struct arena *scratch, struct changes *c, str key)
{
    if (str_eq(key, S("document")))
        return;
    struct change_list list = compare_type(a, scratch, c, key);
    if (list.n == 0)
        return;
    for (int k = 0; k < CHANGE_KINDS; k++)
        c->of_kind[k] += list.of_kind[k];
    PUSH(a, c->types, c->type_count, c->type_cap, struct change_list) = list;
}

struct changes *changes_between(struct arena *a, struct arena *scratch, const struct state *before,
                                const struct state *after, const struct schema *schema,
                                const struct model *model)
{
    struct changes *c = NEW(a, struct changes);
    *c = (struct changes){.before = before, .after = after, .schema = schema, .model = model};
    c->documents = compare_type(a, scratch, c, S("document"));
    for (size_t i = 0; i < after->type_count; i++)
        add_type(a, scratch, c, after->types[i]->key);
    for (size_t i = 0; i < before->type_count; i++)
        if (state_type(after, before->types[i]->key) == NULL)
            add_type(a, scratch, c, before->types[i]->key);
    return c;
}

bool changes_are_none(const struct changes *c)
{
    return c->documents.n == 0 && c->type_count == 0;
}

const struct change *changes_find(const struct changes *c, str document_id)
{
    for (size_t low = 0, high = c->documents.n; low < high;) {
        size_t middle = (low + high) / 2;
        const struct change *x = &c->documents.v[middle];
        str id = x->after != NULL ? x->after->id : x->before->id;
        int order = str_cmp_natural(id, document_id);
        if (order == 0)
            order = str_cmp(id, document_id);
        if (order == 0)
            return x;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}
