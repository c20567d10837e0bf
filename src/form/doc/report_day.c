/* form/doc/report_day: reports of what was held are of the day on which it was. */
#include "form/doc/report_int.h"

#include "check/check.h"
#include "derive/derive.h"
#include "model/later.h"

date report_day(const struct model *m, const struct report_def *def, const struct record *r)
{
    bool is_pack = str_eq(def->key, S("review"));
    date held = is_pack ? rec_date(r, MANAGEMENT_REVIEW_HELD) : DATE_NONE;
    return held != DATE_NONE && held < m->as_of ? held : m->as_of;
}

/* -- The model of then ----------------------------------------------------------------------- */

static const struct model *model_then(struct arena *a, const struct diags *d,
                                      const struct model *now, const struct record *subject,
                                      date day)
{
    struct model *m = model_as_of(now, a, day, subject);
    derive_settle(m);
    derive_facts(m);
    if (now->results != NULL)
        m->results = check_system(m, diags_child(a, d), CONTROL_DRAFT);
    return m;
}

struct doc_world report_world(struct arena *a, const struct diags *d, const struct doc_world *world,
                              struct report_wish *wish)
{
    struct doc_world then = *world;
    date day = report_day(world->model, wish->def, wish->record);
    if (day == world->model->as_of)
        return then;
    const struct model *m = model_then(a, d, world->model, wish->record, day);
    const struct record *r = model_find(m, wish->record->id);
    if (r == NULL || r->type != wish->record->type)
        return then; /* not reached: ids are told apart before anything is made */
    then.model = m;
    wish->record = r;
    return then;
}

/* -- Back to the records of now -------------------------------------------------------------- */

static const struct record *now_of(const struct model *m, const struct record *then)
{
    return then == NULL || then->id.n == 0 ? NULL : model_find(m, then->id);
}

static const struct piece *relinked(struct arena *a, const struct model *m, const struct cell *c)
{
    struct piece *pieces = NEW_ARRAY(a, struct piece, c->count + 1);
    for (size_t i = 0; i < c->count; i++) {
        pieces[i] = c->pieces[i];
        pieces[i].link = now_of(m, pieces[i].link);
    }
    return pieces;
}

static const struct table *relinked_table(struct arena *a, const struct model *m,
                                          const struct table *t)
{
    struct table *copy = NEW(a, struct table);
    size_t count = t->row_count * t->column_count;
    *copy = *t;
    copy->cells = NEW_ARRAY(a, struct cell, count + 1);
    for (size_t i = 0; i < count; i++) {
        copy->cells[i] = t->cells[i];
        copy->cells[i].pieces = relinked(a, m, &t->cells[i]);
    }
    return copy;
}

static const struct drawing *relinked_drawing(struct arena *a, const struct model *m,
                                              const struct drawing *d)
{
    struct drawing *copy = NEW(a, struct drawing);
    *copy = *d;
    copy->ops = NEW_ARRAY(a, struct draw_op, d->count + 1);
    copy->cap = d->count;
    for (size_t i = 0; i < d->count; i++) {
        copy->ops[i] = d->ops[i];
        copy->ops[i].link = now_of(m, d->ops[i].link);
    }
    copy->table = d->table != NULL ? relinked_table(a, m, d->table) : NULL;
    const struct drawing **parts = NEW_ARRAY(a, const struct drawing *, d->part_count + 1);
    for (size_t i = 0; i < d->part_count; i++)
        parts[i] = relinked_drawing(a, m, d->parts[i]); /* parts have none of their own */
    copy->parts = parts;
    return copy;
}

void report_relink(struct arena *a, const struct model *m, struct doc *doc)
{
    for (struct md_walk w = md_walk(doc->body); md_step(&w);) {
        struct md_node *n = w.node;
        if (!w.enter)
            continue;
        n->target = now_of(m, n->target);
        if (n->kind == MD_FORM_TABLE)
            n->table = relinked_table(a, m, n->table);
        else if (n->kind == MD_FORM_DRAWING)
            n->drawing = relinked_drawing(a, m, n->drawing);
    }
    if (doc->cover != NULL)
        doc->cover = relinked_table(a, m, doc->cover);
    doc->record = now_of(m, doc->record);
}
