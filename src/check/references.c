/* check/references: dangling, misdirected and missing references (X1, X4, X11). */
#include "check/check_int.h"

static bool target_fits(const struct field_def *f, const struct record *r)
{
    for (size_t i = 0; i < f->target_count; i++)
        if (f->targets[i] == r->type)
            return true;
    return f->target_count == 0;
}

/* Suggestions cost a walk over all ids, so only the first few get one. */
enum { SUGGESTIONS_MAX = 50 };

static const struct record *nearest_record(const struct checker *c, const struct field_def *f,
                                           str id)
{
    size_t best = 2;
    const struct record *nearest = NULL;
    if (diags_count(c->diags, SEVERITY_ERROR) > SUGGESTIONS_MAX)
        return NULL;
    for (size_t i = 0; i < c->model->all.count; i++) {
        const struct record *r = c->model->all.items[i];
        size_t distance =
            target_fits(f, r) && r->id.n != 0 ? str_distance(id, r->id, best) : best + 1;
        if (distance < best || (distance == best && nearest == NULL)) {
            best = distance;
            nearest = r;
        }
    }
    return nearest;
}

static void check_reference(struct checker *c, const struct record *r, const struct field_def *f,
                            const struct field_value *v)
{
    (void)r;
    if (f->kind != FIELD_REF || v->state != FV_PRESENT)
        return;
    if (v->record == NULL) {
        const struct record *near = nearest_record(c, f, v->text);
        diag(c->diags, CHECK_RULE(DANGLING), v->span, "nothing has the id '" STR_FMT "'",
             STR_ARG(v->text));
        if (near != NULL)
            diag_hint(c->diags, "did you mean '" STR_FMT "' (" STR_FMT ")?", STR_ARG(near->id),
                      STR_ARG(near->title));
    } else if (!target_fits(f, v->record)) {
        diag(c->diags, CHECK_RULE(WRONG_TYPE), v->span,
             "'" STR_FMT "' is a %.*s, but '" STR_FMT "' asks for %.*s", STR_ARG(v->text),
             STR_ARG(v->record->type->key), STR_ARG(f->key), STR_ARG(f->arg));
        diag_related(c->diags, v->record->id_span, "'" STR_FMT "' is here", STR_ARG(v->text));
    }
}

static void check_record(struct checker *c, const struct record *r)
{
    check_each_value(c, r, check_reference);
}

/* Types whose records live by being referred to. Events and logs stand alone; what becomes of
 * a finding is asked by FA2 and AU3. */
static const enum type_id used_type[] = {
    TYPE_UNIT,      TYPE_SITE,      TYPE_ROLE,     TYPE_PERSON,   TYPE_TEAM,       TYPE_COMPETENCE,
    TYPE_COURSE,    TYPE_ACTIVITY,  TYPE_RESOURCE, TYPE_SUPPLIER, TYPE_ASSUMPTION, TYPE_SCENARIO,
    TYPE_THRESHOLD, TYPE_RETENTION, TYPE_TRIGGER,  TYPE_PROCESS,
};

/* A waiver accepts what a record lacks; that is no use of it. Who owns or sponsors the system
 * has a use without being named. */
static bool is_used(const struct record *r)
{
    size_t i = 0;
    if (r->type->number == TYPE_ROLE && rec_has(r, ROLE_BCMS_PART))
        return true;
    while (i < r->back_count && r->back[i].from->type->number == TYPE_WAIVER)
        i++;
    return i < r->back_count;
}

void check_orphans(struct checker *c)
{
    for (size_t t = 0; t < COUNT_OF(used_type); t++) {
        const struct record_list *list = model_list(c->model, used_type[t]);
        for (size_t i = 0; i < list->count; i++) {
            const struct record *r = list->items[i];
            if (rec_is_live(r) && !is_used(r) && model_find(c->model, r->id) == r)
                check_report(c, CHECK_RULE_ORPHAN, r, r->id_span,
                             "nothing refers to '" STR_FMT "' (" STR_FMT ")", STR_ARG(r->id),
                             STR_ARG(r->title));
        }
    }
}

void check_references(struct checker *c)
{
    check_each(c, check_record);
}
