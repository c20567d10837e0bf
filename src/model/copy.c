/* model/copy: the part of a model that one clearance may see, or all of it as of another day. */
#include "model/classes.h"

#include <assert.h>

#include "model/later.h"

struct copying {
    const struct model_copy *how;
    struct model *model;  /* the copy */
    struct map documents; /* by id, those that the copy will have */
};

static bool is_hidden(const struct copying *c, const struct record *r, size_t slot)
{
    enum class_level clearance = c->how->clearance;
    /* Whether a number is private decides whether it is shown: who may not know
     * the one cannot be shown the other. */
    if (r->type->number == TYPE_PHONE && slot == schema_slot(r->type, PHONE_NUMBER) &&
        r->type->fields[schema_slot(r->type, PHONE_PRIVATE)].class_level > clearance)
        return true;
    return class_of_field(r, slot) > clearance;
}

/* -- Places ---------------------------------------------------------------------------- */

static bool hides_a_field(const struct copying *c, const struct record *r)
{
    for (size_t i = 0; i < r->type->field_count; i++)
        if (is_hidden(c, r, i))
            return true;
    return false;
}

/* The source that stands for the record in `places`. A document has its file to
 * itself and keeps its lines, unless some of them are not for the reader. */
static uint32_t place_of(const struct copying *c, const struct record *r, bool *keeps_lines)
{
    struct diags *places = c->how->places;
    str path = diags_source_path(c->how->loaded, r->span.file);
    str text = diags_source_text(c->how->loaded, r->span.file);
    *keeps_lines = r->document != NULL && !hides_a_field(c, r);
    if (path.n == 0)
        return 0;
    if (*keeps_lines)
        return diags_source(places, path, text);
    if (r->document == NULL && r->id.n != 0 && r->type->number != TYPE_WORKSPACE)
        path = str_fmt(c->model->arena, STR_FMT " (" STR_FMT ")", STR_ARG(path), STR_ARG(r->id));
    return diags_source(places, path, S(""));
}

struct placing {
    uint32_t file;
    bool keeps_lines, is_moved;
};

static void move_span(struct span *at, const struct placing *to)
{
    if (!to->is_moved)
        return;
    if (to->keeps_lines)
        at->file = to->file;
    else
        *at = (struct span){to->file, 0, 0};
}

/* -- Values ---------------------------------------------------------------------------- */

static struct record *copy_record(struct copying *c, const struct record *r,
                                  const struct record *whole, const struct placing *to);

static void copy_item(struct copying *c, const struct field_def *f, struct field_value *v,
                      const struct record *whole, const struct placing *to)
{
    move_span(&v->span, to);
    if (v->state != FV_PRESENT)
        return;
    if (f->kind == FIELD_PART)
        v->record = copy_record(c, v->record, whole, to);
    else if (f->kind == FIELD_REF)
        v->record = NULL; /* of the whole model; to be linked anew */
}

/* The hash of what was frozen for others would tell of what the reader does not see. */
static bool is_for_others(const struct copying *c, const struct field_value *item)
{
    return item->state == FV_PRESENT && item->record->type->number == TYPE_FROZEN_FILE &&
           class_of_value(rec_value(item->record, FROZEN_FILE_CLEARANCE)) > c->how->clearance;
}

/* The same whether or not the field was filled in. */
static struct field_value hidden_value(struct span at)
{
    return (struct field_value){.state = FV_WITHHELD, .span = {at.file, at.off, 0}};
}

static struct field_value copy_value(struct copying *c, const struct field_def *f,
                                     const struct field_value *from, const struct record *whole,
                                     const struct placing *to)
{
    struct field_value v = *from;
    if (v.state != FV_PRESENT || f->count == FIELD_ONE) {
        copy_item(c, f, &v, whole, to);
        return v;
    }
    move_span(&v.span, to);
    v.list.items = NEW_ARRAY(c->model->arena, struct field_value, from->list.count);
    v.list.count = 0;
    for (size_t i = 0; i < from->list.count; i++) {
        if (f->kind == FIELD_PART && is_for_others(c, &from->list.items[i]))
            continue;
        v.list.items[v.list.count] = from->list.items[i];
        copy_item(c, f, &v.list.items[v.list.count++], whole, to);
    }
    return v.list.count == 0 && from->list.count != 0 ? hidden_value(v.span) : v;
}

static void copy_unknown(struct copying *c, struct record *r, const struct placing *to)
{
    const struct unknown_field *from = r->unknown;
    r->unknown = NEW_ARRAY(c->model->arena, struct unknown_field, r->unknown_count + 1);
    for (size_t i = 0; i < r->unknown_count; i++) {
        r->unknown[i] = from[i];
        move_span(&r->unknown[i].span, to);
    }
}

static void copy_names(struct copying *c, struct record *copy, const struct record *r)
{
    size_t title = r->type->is_part ? SIZE_MAX : schema_slot(r->type, COMMON_TITLE);
    if (title != SIZE_MAX && is_hidden(c, r, title))
        copy->title = r->id;
}

/* Parts nest no deeper than YAML does. */
static struct record *copy_record(struct copying *c, const struct record *r,
                                  const struct record *whole, const struct placing *to)
{
    struct record *copy = NEW(c->model->arena, struct record);
    *copy = *r;
    copy->whole = whole;
    copy->back = NULL;
    copy->back_count = copy->back_cap = 0;
    move_span(&copy->span, to);
    move_span(&copy->id_span, to);
    copy_unknown(c, copy, to);
    copy_names(c, copy, r);
    copy->values = NEW_ARRAY(c->model->arena, struct field_value, r->type->field_count);
    for (size_t i = 0; i < r->type->field_count; i++)
        copy->values[i] = is_hidden(c, r, i) ? hidden_value(copy->span)
                                             : copy_value(c, &r->type->fields[i], &r->values[i],
                                                          whole != NULL ? whole : copy, to);
    return copy;
}

static struct record *copy_whole(struct copying *c, const struct record *r)
{
    struct placing to = {.is_moved = c->how->places != NULL};
    if (to.is_moved)
        to.file = place_of(c, r, &to.keeps_lines);
    return copy_record(c, r, NULL, &to);
}

static bool is_open(const struct copying *c, const struct record *r)
{
    return r->class_level != CLASS_NONE && r->class_level <= c->how->clearance;
}

/* Of an approval: the document of the copy that it approves, if it may be seen itself. The
 * whole content may hold another document of the same id, which decides nothing here. */
static const struct record *open_document(const struct copying *c, const struct record *approval)
{
    const struct field_value *own = rec_value(approval, COMMON_CLASS);
    if (own->state != FV_ABSENT && class_of_value(own) > c->how->clearance)
        return NULL;
    return map_find(&c->documents, rec_text(approval, APPROVAL_DOCUMENT));
}

static void copy_approval(struct copying *c, const struct record *r)
{
    const struct record *document = open_document(c, r);
    if (document == NULL)
        return;
    struct record *copy = copy_whole(c, r);
    copy->class_level = class_of_approval(r, document);
    model_add(c->model, copy);
}

static void find_documents(struct copying *c, const struct model *loaded)
{
    const struct record_list *all = model_list(loaded, TYPE_DOCUMENT);
    c->documents = map_in(c->model->arena);
    for (size_t i = 0; i < all->count; i++)
        if (is_open(c, all->items[i]))
            map_put(&c->documents, all->items[i]->id, all->items[i]);
}

/* All but the records. */
static struct model *open_copy(struct copying *c, const struct model *loaded, struct arena *a)
{
    struct model *m = model_new_of(a, loaded->schema);
    c->model = m;
    m->as_of = loaded->as_of;
    m->known_until = loaded->known_until;
    m->clearance = c->how->clearance;
    m->files = loaded->files;
    m->workspace = copy_whole(c, loaded->workspace);
    return m;
}

struct model *model_for(const struct model *loaded, struct arena *a, const struct model_copy *how)
{
    struct copying c = {.how = how};
    struct model *m = open_copy(&c, loaded, a);
    m->later = loaded->later;
    find_documents(&c, loaded);
    for (size_t i = 0; i < loaded->all.count; i++) {
        const struct record *r = loaded->all.items[i];
        if (r->type->number == TYPE_APPROVAL)
            copy_approval(&c, r);
        else if (is_open(&c, r))
            model_add(m, copy_whole(&c, r));
    }
    model_withhold(m);
    return m;
}

static void forget_creation(struct record *r)
{
    size_t slot = schema_slot(r->type, COMMON_CREATED);
    if (r->values[slot].state == FV_PRESENT)
        r->values[slot] = (struct field_value){.state = FV_ABSENT, .span = r->values[slot].span};
}

struct model *model_as_of(const struct model *whole, struct arena *a, date day,
                          const struct record *kept)
{
    assert(whole->as_of == DATE_NONE || day <= whole->as_of);
    struct model_copy how = {.clearance = whole->clearance};
    struct copying c = {.how = &how};
    struct model *m = open_copy(&c, whole, a);
    m->as_of = day;
    for (size_t i = 0; i < whole->later.count; i++)
        map_put(&m->later, whole->later.entries[i].key, whole->later.entries[i].value);
    for (size_t i = 0; i < whole->all.count; i++) {
        struct record *copy = copy_whole(&c, whole->all.items[i]);
        if (whole->all.items[i] == kept)
            forget_creation(copy);
        model_add(m, copy);
    }
    model_look_back(m);
    return m;
}
