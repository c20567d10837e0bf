/* check/classes: audiences, and what is given a class (CL1 to CL5, CL7). */
#include "model/classes.h"

#include "check/check_int.h"

/* -- Audiences ------------------------------------------------------------------------- */

static void check_audiences(struct checker *c)
{
    struct map known = map_in(c->scratch);
    size_t count;
    const struct field_value *v = rec_items(c->model->workspace, WORKSPACE_AUDIENCES, &count);
    for (size_t i = 0; i < count; i++) {
        if (v[i].state != FV_PRESENT || !rec_has(v[i].record, AUDIENCE_ID))
            continue; /* reported as unreadable or missing */
        const struct field_value *id = rec_value(v[i].record, AUDIENCE_ID);
        if (!audience_id_is_fine(id->text))
            diag(c->diags, CHECK_RULE(AUDIENCE_ID), id->span,
                 "'" STR_FMT "' cannot be the id of an audience", STR_ARG(diag_quote(id->text)));
        const struct field_value *first = map_put(&known, id->text, (void *)id);
        if (first == NULL)
            continue;
        diag(c->diags, CHECK_RULE(AUDIENCE_TWICE), id->span,
             "the audience '" STR_FMT "' is named twice", STR_ARG(id->text));
        diag_related(c->diags, first->span, "here first");
    }
}

static const struct audience *audience_of(const struct audience *list, size_t count, str id)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(list[i].id, id))
            return &list[i];
    return NULL;
}

static str ids_of(struct checker *c, const struct audience *list, size_t count)
{
    str *ids = NEW_ARRAY(c->scratch, str, count + 1);
    for (size_t i = 0; i < count; i++)
        ids[i] = list[i].id;
    return str_join(c->scratch, ids, count, S(", "));
}

/* Calls `visit` for each audience that a document names; `reader` is NULL where there is no
 * such audience. */
typedef void (*visit_audience)(struct checker *c, const struct record *r,
                               const struct field_value *named, const struct audience *reader);

static void each_audience(struct checker *c, visit_audience visit)
{
    size_t list_count;
    const struct audience *list = model_audiences(c->model, c->scratch, &list_count);
    const struct record_list *documents = model_list(c->model, TYPE_DOCUMENT);
    for (size_t i = 0; i < documents->count; i++) {
        size_t count;
        const struct field_value *v = rec_items(documents->items[i], DOCUMENT_AUDIENCE, &count);
        for (size_t j = 0; j < count; j++)
            if (v[j].state == FV_PRESENT)
                visit(c, documents->items[i], &v[j], audience_of(list, list_count, v[j].text));
    }
}

static void check_is_known(struct checker *c, const struct record *r,
                           const struct field_value *named, const struct audience *reader)
{
    size_t count;
    (void)r;
    if (reader != NULL)
        return;
    const struct audience *list = model_audiences(c->model, c->scratch, &count);
    diag(c->diags, CHECK_RULE(AUDIENCE_UNKNOWN), named->span, "there is no audience '" STR_FMT "'",
         STR_ARG(diag_quote(named->text)));
    diag_hint(c->diags, "audiences: " STR_FMT, STR_ARG(ids_of(c, list, count)));
}

static void check_may_see(struct checker *c, const struct record *r,
                          const struct field_value *named, const struct audience *reader)
{
    if (reader != NULL && r->class_level > reader->clearance)
        check_report(c, CHECK_RULE_AUDIENCE_CLEARANCE, r, named->span,
                     "'" STR_FMT "' may not see this document, which is " STR_FMT,
                     STR_ARG(reader->id), STR_ARG(class_word(r->class_level)));
}

void check_clearances(struct checker *c)
{
    each_audience(c, check_may_see);
}

static void check_approvals_of_documents(struct checker *c)
{
    const struct record_list *approvals = model_list(c->model, TYPE_APPROVAL);
    for (size_t i = 0; i < approvals->count; i++) {
        const struct record *approval = approvals->items[i];
        const struct record *r = rec_ref(approval, APPROVAL_DOCUMENT);
        if (r != NULL && approval->class_level > r->class_level)
            diag(c->diags, CHECK_RULE(APPROVAL_CLASS), rec_value(approval, COMMON_CLASS)->span,
                 "'" STR_FMT "' is " STR_FMT ", '" STR_FMT "' is " STR_FMT, STR_ARG(approval->id),
                 STR_ARG(class_word(approval->class_level)), STR_ARG(r->id),
                 STR_ARG(class_word(r->class_level)));
    }
}

/* -- Classes --------------------------------------------------------------------------- */

static void refuse_of(struct checker *c, const struct field_value *of)
{
    diag(c->diags, CHECK_RULE(CLASS_OF), of->span, "nothing called '" STR_FMT "' can have a class",
         STR_ARG(diag_quote(of->text)));
}

static void check_types(struct checker *c)
{
    size_t count;
    const struct field_value *v = rec_items(c->model->workspace, WORKSPACE_CLASSES, &count);
    for (size_t i = 0; i < count; i++) {
        struct class_target target;
        if (v[i].state != FV_PRESENT || !rec_has(v[i].record, CLASS_OF_OF))
            continue;
        const struct field_value *of = rec_value(v[i].record, CLASS_OF_OF);
        if (!class_target_find(c->model->schema, of->text, &target))
            refuse_of(c, of);
    }
}

static void check_own(struct checker *c, const struct record *r)
{
    size_t count = 0, slot;
    const struct field_value *v =
        r->type->is_part ? NULL : rec_items(r, COMMON_FIELD_CLASSES, &count);
    for (size_t i = 0; i < count; i++) {
        if (v[i].state != FV_PRESENT || !rec_has(v[i].record, CLASS_OF_OF))
            continue;
        const struct field_value *of = rec_value(v[i].record, CLASS_OF_OF);
        if (class_field_find(r->type, of->text, &slot))
            continue;
        refuse_of(c, of);
        diag_hint(c->diags, "name a field of this record, as in {of: notes, class: restricted}");
    }
}

void check_classes(struct checker *c)
{
    check_audiences(c);
    check_types(c);
    check_each(c, check_own);
    each_audience(c, check_is_known);
    check_approvals_of_documents(c);
}
