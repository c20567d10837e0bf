/* model/classes: who may see what. */
#include "model/classes.h"

/* -- Audiences ------------------------------------------------------------------------- */

/* It names a folder of the site, beside files that have their names already. */
bool audience_id_is_fine(str id)
{
    enum { BYTES_MAX = 32 };
    static const str taken[] = {S_INIT("draft"), S_INIT("to"), S_INIT("current.css"),
                                S_INIT("index.html"), S_INIT("ledger")};
    for (size_t i = 0; i < id.n; i++) {
        bool plain = ascii_is_digit(id.p[i]) || (id.p[i] >= 'a' && id.p[i] <= 'z');
        bool mark = id.p[i] == '.' || id.p[i] == '_' || id.p[i] == '-';
        if (!plain && !(mark && i > 0))
            return false;
    }
    for (size_t i = 0; i < COUNT_OF(taken); i++)
        if (str_eq(id, taken[i]))
            return false;
    return id.n > 0 && id.n <= BYTES_MAX && str_find(id, S(".."), 0) == SIZE_MAX &&
           !str_ends(id, S(".new")) && !str_ends(id, S("."));
}

enum class_level class_of_value(const struct field_value *v)
{
    return v->state == FV_PRESENT ? (enum class_level)(CLASS_PUBLIC + v->number) : CLASS_RESTRICTED;
}

str class_word(enum class_level level)
{
    static const str word[] = {S_INIT("restricted"), S_INIT("public"), S_INIT("internal"),
                               S_INIT("confidential"), S_INIT("restricted")};
    return word[level];
}

static bool is_known(const struct audience *list, size_t count, str id)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(list[i].id, id))
            return true;
    return false;
}

struct audience *model_audiences(const struct model *m, struct arena *a, size_t *count)
{
    size_t written;
    const struct field_value *v = rec_items(m->workspace, WORKSPACE_AUDIENCES, &written);
    struct audience *list = NEW_ARRAY(a, struct audience, written + 1);
    *count = 0;
    for (size_t i = 0; i < written; i++) {
        if (v[i].state != FV_PRESENT)
            continue;
        const struct record *r = v[i].record;
        struct audience one = {.id = rec_text(r, AUDIENCE_ID),
                               .title = rec_text(r, AUDIENCE_TITLE)};
        if (!audience_id_is_fine(one.id) || is_known(list, *count, one.id) ||
            !rec_has(r, AUDIENCE_CLEARANCE))
            continue;
        one.clearance = class_of_value(rec_value(r, AUDIENCE_CLEARANCE));
        list[(*count)++] = one;
    }
    if (written == 0)
        list[(*count)++] = (struct audience){S("staff"), S(""), CLASS_RESTRICTED};
    return list;
}

const struct audience *audience_named(const struct model *m, struct arena *a, str id)
{
    size_t count;
    const struct audience *list = model_audiences(m, a, &count);
    for (size_t i = 0; i < count; i++)
        if (str_eq(list[i].id, id))
            return &list[i];
    return NULL;
}

/* -- What has a class ------------------------------------------------------------------ */

/* Without an id nothing can be referred to, and a class says itself who sees it. The
 * status of a document follows from its head and its approvals: a reader to whom one of
 * them is hidden would be told a wrong one. Three settings shape every copy. */
static bool is_fixed(const struct type_def *t, str key)
{
    static const str always[] = {S_INIT("id"),    S_INIT("class"),     S_INIT("field_classes"),
                                 S_INIT("as_of"), S_INIT("audiences"), S_INIT("classes")};
    static const str head[] = {S_INIT("title"),        S_INIT("version"),     S_INIT("language"),
                               S_INIT("status"),       S_INIT("supersedes"),  S_INIT("valid_from"),
                               S_INIT("submitted_on"), S_INIT("withdrawn_on")};
    for (size_t i = 0; i < COUNT_OF(always); i++)
        if (str_eq(key, always[i]))
            return true;
    for (size_t i = 0; t->number == TYPE_DOCUMENT && i < COUNT_OF(head); i++)
        if (str_eq(key, head[i]))
            return true;
    return t->number == TYPE_APPROVAL || t->number == TYPE_APPROVED_FILE;
}

bool class_field_find(const struct type_def *t, str of, size_t *slot)
{
    *slot = type_field(t, of);
    return *slot != SIZE_MAX && !is_fixed(t, of);
}

bool class_target_find(const struct schema *s, str of, struct class_target *out)
{
    str key, field = str_cut(of, '.', &key);
    const struct type_def *t = schema_type(s, key);
    if (t == NULL || (t->number == TYPE_CLASS_OF || t->number == TYPE_AUDIENCE))
        return false;
    *out = (struct class_target){s->types[t->number], SIZE_MAX};
    if (key.n == of.n)
        return !t->is_part && t->number != TYPE_COMMON && t->number != TYPE_WORKSPACE;
    return class_field_find(t, field, &out->slot);
}

static void keep_higher(enum class_level *level, enum class_level to)
{
    if (*level < to)
        *level = to;
}

/* A common field is one field in each type of record. */
static void classify_field(const struct schema *s, const struct class_target *target,
                           enum class_level to)
{
    str key = target->type->fields[target->slot].key;
    keep_higher(&target->type->fields[target->slot].class_level, to);
    if (target->type->number != TYPE_COMMON)
        return;
    for (size_t t = 0; t < s->type_count; t++) {
        size_t slot = s->types[t]->is_part ? SIZE_MAX : type_field(s->types[t], key);
        if (slot != SIZE_MAX && !is_fixed(s->types[t], key))
            keep_higher(&s->types[t]->fields[slot].class_level, to);
    }
}

static void classify_schema(struct model *m)
{
    size_t count;
    const struct field_value *v = rec_items(m->workspace, WORKSPACE_CLASSES, &count);
    for (size_t i = 0; i < count; i++) {
        struct class_target target;
        if (v[i].state != FV_PRESENT ||
            !class_target_find(m->schema, rec_text(v[i].record, CLASS_OF_OF), &target))
            continue;
        enum class_level level = class_of_value(rec_value(v[i].record, CLASS_OF_CLASS));
        if (target.slot == SIZE_MAX)
            keep_higher(&target.type->default_class, level);
        else
            classify_field(m->schema, &target, level);
    }
}

enum class_level class_of_approval(const struct record *approval, const struct record *document)
{
    const struct field_value *own = rec_value(approval, COMMON_CLASS);
    enum class_level level = document->class_level;
    if (own->state != FV_ABSENT)
        keep_higher(&level, class_of_value(own));
    return level;
}

static void classify_approvals(struct model *m)
{
    const struct record_list *approvals = model_list(m, TYPE_APPROVAL);
    for (size_t i = 0; i < approvals->count; i++) {
        struct record *approval = approvals->items[i];
        const struct record *r = model_find(m, rec_text(approval, APPROVAL_DOCUMENT));
        if (r != NULL && r->type->number == TYPE_DOCUMENT)
            approval->class_level = class_of_approval(approval, r);
    }
}

enum class_level class_of_record(const struct record *r)
{
    const struct field_value *own = rec_value(r, COMMON_CLASS);
    return own->state == FV_ABSENT && r->type->default_class != CLASS_NONE ? r->type->default_class
                                                                           : class_of_value(own);
}

bool type_may_be_withheld(const struct model *m, enum type_id type)
{
    enum class_level usual = m->schema->types[type]->default_class;
    return model_is_partial(m) && (usual == CLASS_NONE || usual > m->clearance);
}

enum class_level class_of_field(const struct record *r, size_t slot)
{
    enum class_level level = r->type->fields[slot].class_level;
    size_t count = 0, named;
    const struct field_value *v =
        r->type->is_part ? NULL : rec_items(r, COMMON_FIELD_CLASSES, &count);
    for (size_t i = 0; i < count; i++)
        if (v[i].state == FV_PRESENT &&
            class_field_find(r->type, rec_text(v[i].record, CLASS_OF_OF), &named) && named == slot)
            keep_higher(&level, class_of_value(rec_value(v[i].record, CLASS_OF_CLASS)));
    return level;
}

void model_classify(struct model *m)
{
    classify_schema(m);
    for (size_t i = 0; i < m->all.count; i++)
        m->all.items[i]->class_level = class_of_record(m->all.items[i]);
    classify_approvals(m);
    m->workspace->class_level = CLASS_PUBLIC; /* settings are said on every page */
}
