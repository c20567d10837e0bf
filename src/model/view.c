/* model/view: the model as templates see it. */
#include "model/model.h"

/* A record is a map of its fields, and also {{x.id}}, {{x.title}}; named alone
 * it prints its title. A field of many values is a list. */

static const struct tval unknown = {.kind = TV_UNKNOWN};
static const struct tval null_value = {.kind = TV_NULL};

struct list_view {
    const struct field_def *field;
    const struct field_value *items;
    size_t count;
};

static struct tval one_tval(struct arena *a, const struct field_def *f,
                            const struct field_value *v);

static struct tval list_at(const void *self, size_t index, struct arena *a)
{
    const struct list_view *l = self;
    return one_tval(a, l->field, &l->items[index]);
}

static size_t list_count(const void *self)
{
    return ((const struct list_view *)self)->count;
}

static struct tval list_text(const void *self, struct arena *a)
{
    const struct list_view *l = self;
    struct field_value all = {.state = FV_PRESENT,
                              .list = {(struct field_value *)l->items, l->count}};
    return tval_text(value_display(a, l->field, &all));
}

static const struct tval_ops list_ops = {.count = list_count, .at = list_at, .text = list_text};

static struct tval field_tval(struct arena *a, const struct field_def *f,
                              const struct field_value *v)
{
    if (v->state == FV_ABSENT)
        return null_value;
    if (f->count == FIELD_ONE || v->state != FV_PRESENT)
        return one_tval(a, f, v);
    struct list_view *l = NEW(a, struct list_view);
    *l = (struct list_view){f, v->list.items, v->list.count};
    return (struct tval){.kind = TV_LIST, .of = {&list_ops, l}};
}

static struct tval record_get(const void *self, name_id name, struct arena *a)
{
    const struct record *r = self;
    for (size_t i = 0; i < r->type->field_count; i++)
        if (r->type->fields[i].name == name)
            return field_tval(a, &r->type->fields[i], &r->values[i]);
    return unknown;
}

static struct tval record_title(const void *self, struct arena *a)
{
    const struct record *r = self;
    (void)a;
    return tval_text(r->title);
}

static name_id record_name(const void *self, size_t index)
{
    const struct record *r = self;
    return index < r->type->field_count ? r->type->fields[index].name : NAME_NONE;
}

static const struct tval_ops record_ops = {
    .get = record_get, .text = record_title, .name_at = record_name};

struct tval record_tval(const struct record *r)
{
    return (struct tval){.kind = TV_MAP, .of = {&record_ops, r}};
}

static struct tval one_tval(struct arena *a, const struct field_def *f, const struct field_value *v)
{
    if (v->state == FV_BROKEN)
        return tval_text(v->text);
    if (v->state == FV_UNKNOWN)
        return tval_text(item_display(a, f, v));
    if (v->state == FV_WITHHELD)
        return tval_withheld(text_not_in_copy(a, v->text));
    if (f->kind == FIELD_BOOL)
        return tval_bool(v->number != 0);
    if ((f->kind == FIELD_REF || f->kind == FIELD_PART) && v->record != NULL)
        return record_tval(v->record);
    return tval_text(item_display(a, f, v));
}

/* {{activity.ACT-001…}}: the records of one type by id; as a section, all of
 * them in order. */
struct type_view {
    const struct model *model;
    size_t type;
};

static struct tval type_get(const void *self, name_id name, struct arena *a)
{
    const struct type_view *v = self;
    const struct record *r = model_find(v->model, name_text(name));
    if (r == NULL && model_may_lack(v->model, name_text(name)))
        return tval_withheld(text_not_in_copy(a, name_text(name)));
    return r != NULL && r->type->number == v->type ? record_tval(r) : unknown;
}

static size_t type_count(const void *self)
{
    const struct type_view *v = self;
    return v->model->by_type[v->type].count;
}

static struct tval type_at(const void *self, size_t index, struct arena *a)
{
    const struct type_view *v = self;
    (void)a;
    return record_tval(v->model->by_type[v->type].items[index]);
}

static name_id type_id_at(const void *self, size_t index)
{
    const struct type_view *v = self;
    return index < type_count(v) ? name_of(v->model->by_type[v->type].items[index]->id) : NAME_NONE;
}

static const struct tval_ops type_ops = {.get = type_get, .name_at = type_id_at};
static const struct tval_ops type_list_ops = {.count = type_count, .at = type_at};

struct root_view {
    const struct model *model;
    const struct record *this_record;
    name_id name_this, name_workspace, name_all, name_as_of;
};

/* {{#all.supplier}}: every record of a type. */
static struct tval all_get(const void *self, name_id name, struct arena *a)
{
    const struct model *m = self;
    const struct type_def *t = schema_type(m->schema, name_text(name));
    if (t == NULL || t->is_part)
        return unknown;
    struct type_view *v = NEW(a, struct type_view);
    *v = (struct type_view){m, t->number};
    return (struct tval){.kind = TV_LIST, .of = {&type_list_ops, v}};
}

/* The keys of all record types; parts are only found inside records. */
static name_id type_name_at(const struct model *m, size_t index)
{
    for (size_t i = 0; i < m->schema->type_count; i++) {
        const struct type_def *t = m->schema->types[i];
        if (!t->is_part && index-- == 0)
            return name_of(t->key);
    }
    return NAME_NONE;
}

static name_id all_name_at(const void *self, size_t index)
{
    return type_name_at(self, index);
}

static const struct tval_ops all_ops = {.get = all_get, .name_at = all_name_at};

static struct tval root_get(const void *self, name_id name, struct arena *a)
{
    const struct root_view *v = self;
    if (name == v->name_this)
        return v->this_record ? record_tval(v->this_record) : unknown;
    if (name == v->name_workspace)
        return record_tval(v->model->workspace);
    if (name == v->name_all)
        return (struct tval){.kind = TV_MAP, .of = {&all_ops, v->model}};
    if (name == v->name_as_of)
        return tval_text(date_long(a, v->model->as_of));
    const struct type_def *t = schema_type(v->model->schema, name_text(name));
    if (t == NULL || t->is_part)
        return unknown;
    struct type_view *view = NEW(a, struct type_view);
    *view = (struct type_view){v->model, t->number};
    return (struct tval){.kind = TV_MAP, .of = {&type_ops, view}};
}

static name_id root_name_at(const void *self, size_t index)
{
    const struct root_view *v = self;
    const name_id own[] = {v->name_this, v->name_workspace, v->name_all, v->name_as_of};
    size_t count = COUNT_OF(own);
    return index < count ? own[index] : type_name_at(v->model, index - count);
}

static const struct tval_ops root_ops = {.get = root_get, .name_at = root_name_at};

struct tval model_tval(const struct model *m, const struct record *this_record, struct arena *a)
{
    struct root_view *v = NEW(a, struct root_view);
    *v = (struct root_view){m,
                            this_record,
                            name_of(S("this")),
                            name_of(S("workspace")),
                            name_of(S("all")),
                            name_of(S("as_of"))};
    return (struct tval){.kind = TV_MAP, .of = {&root_ops, v}};
}
