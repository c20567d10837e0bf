/* check/analysis/bia_age: analyses and assumptions that time has overtaken (BI7, BI8, BI10). */
#include "check/check_int.h"

#include <stdlib.h>

#include "model/due.h"
#include "model/impact.h"
#include "model/limits.h"

static date last_look(const struct record *bia)
{
    return rec_last_look(bia, BIA_DATE);
}

/* -- Review (BI7) ----------------------------------------------------------------------------- */

static void check_review(struct checker *c, const struct record *bia)
{
    date due = rec_date(bia, COMMON_NEXT_REVIEW);
    if (!due_is_past(c->model, due_bia_review(c->model, bia)))
        return;
    if (due != DATE_NONE)
        check_report(c, CHECK_RULE_BIA_LATE, bia, check_place(bia, COMMON_NEXT_REVIEW),
                     "the review of '" STR_FMT "' was due on " STR_FMT, STR_ARG(bia->id),
                     STR_ARG(check_day_words(c, due)));
    else if (rec_lacks(bia, BIA_DATE) && rec_lacks(bia, COMMON_REVIEWED))
        check_report(c, CHECK_RULE_BIA_LATE, bia, bia->id_span,
                     "'" STR_FMT "' says neither when it was made nor when it is reviewed next",
                     STR_ARG(bia->id));
    else
        check_report(c, CHECK_RULE_BIA_LATE, bia, check_place(bia, BIA_DATE),
                     "'" STR_FMT "' was last looked at on " STR_FMT ", more than %lld months ago",
                     STR_ARG(bia->id), STR_ARG(check_day_words(c, last_look(bia))),
                     model_limit(c->model, LIMITS_BIA_MONTHS));
}

/* -- Changes (BI8) ---------------------------------------------------------------------------- */

/* A material change, and one record that it touches. */
struct touch {
    const struct record *touched, *change;
    size_t at; /* which of those that the change touches */
};

struct analyses {
    const struct record **items;
    size_t count, cap;
};

/* What overtook analyses, while it is looked for. */
struct overtaken {
    struct checker *c;
    const struct touch **last;    /* by number of an analysis: what overtook it last */
    const struct touch **by_need; /* by number of an activity: the same of all its analyses, for
                                     something that it needs */
    struct map updates;           /* numbers of change and analysis → the update that it asks */
    bool *names_any;              /* by number of a change: it asks some analysis for an update */
    struct analyses *of_activity; /* by number */
    size_t *uses;                 /* by number of an activity: the run in which it is a user */
    size_t run;
};

static const struct record *update_of(const struct field_value *item, const struct record **bia)
{
    const struct record *update = field_target(item);
    *bia = update != NULL ? rec_ref_to(update, UPDATE_WHAT, TYPE_BIA) : NULL;
    return update;
}

/* Of one day the first that is written. */
static int later_first(const struct touch *x, const struct touch *y)
{
    date on = rec_date(x->change, CHANGE_DATE), other_on = rec_date(y->change, CHANGE_DATE);
    if (on != other_on)
        return on > other_on ? -1 : 1;
    if (x->change != y->change)
        return x->change->number < y->change->number ? -1 : 1;
    return x->at < y->at ? -1 : x->at > y->at;
}

/* By what is touched, the latest change first. */
static int by_touched(const void *one, const void *other)
{
    const struct touch *x = one, *y = other;
    size_t type = x->touched->type->number, other_type = y->touched->type->number;
    if (type != other_type)
        return type < other_type ? -1 : 1;
    if (x->touched != y->touched)
        return x->touched->number < y->touched->number ? -1 : 1;
    return later_first(x, y);
}

static struct touch *touches_of(struct checker *c, size_t *count)
{
    const struct record_list *changes = model_list(c->model, TYPE_CHANGE);
    struct touch *all = NULL;
    size_t cap = 0;
    *count = 0;
    for (size_t i = 0; i < changes->count; i++) {
        size_t n;
        const struct field_value *items = rec_items(changes->items[i], CHANGE_TOUCHES, &n);
        for (size_t k = 0; k < n && check_is_material(c, changes->items[i]); k++)
            if (field_target(&items[k]) != NULL)
                PUSH(c->scratch, all, *count, cap, struct touch) =
                    (struct touch){items[k].record, changes->items[i], k};
    }
    if (*count != 0)
        qsort(all, *count, sizeof *all, by_touched);
    return all;
}

static str key_of(const struct overtaken *o, const struct record *change, const struct record *bia)
{
    return str_fmt(o->c->scratch, "%zu %zu", change->number, bia->number);
}

static void take_updates(struct overtaken *o, const struct record *change)
{
    size_t count;
    const struct field_value *items = rec_items(change, CHANGE_UPDATES, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *bia, *update = update_of(&items[i], &bia);
        if (bia == NULL)
            continue;
        map_put(&o->updates, key_of(o, change, bia), (void *)update); /* the first one counts */
        o->names_any[change->number] = true;
    }
}

static bool is_settled(const struct overtaken *o, const struct record *change,
                       const struct record *bia)
{
    const struct record *update =
        o->names_any[change->number] ? map_find(&o->updates, key_of(o, change, bia)) : NULL;
    str asked = update != NULL ? rec_text(update, UPDATE_VERSION) : S("");
    return asked.n != 0 && str_cmp_natural(rec_text(bia, BIA_VERSION), asked) >= 0;
}

static void keep_later(const struct touch **last, const struct touch *t)
{
    if (*last == NULL || later_first(t, *last) < 0)
        *last = t;
}

static void note(struct overtaken *o, const struct touch *t, const struct record *bia)
{
    date seen = last_look(bia);
    if (seen != DATE_NONE && seen < rec_date(t->change, CHANGE_DATE) &&
        !is_settled(o, t->change, bia))
        keep_later(&o->last[bia->number], t);
}

/* The analyses of what is touched itself, from the latest change back: only those for which a
 * change is settled must ask the one before it. */
static void note_own(struct overtaken *o, const struct touch *touches, size_t count,
                     const struct analyses *own)
{
    const struct record **open = NEW_ARRAY(o->c->scratch, const struct record *, own->count + 1);
    size_t open_count = own->count;
    for (size_t i = 0; i < own->count; i++)
        open[i] = own->items[i];
    for (size_t i = 0; i < count && open_count != 0; i++) {
        size_t left = 0;
        for (size_t k = 0; k < open_count; k++) {
            note(o, &touches[i], open[k]);
            if (is_settled(o, touches[i].change, open[k]))
                open[left++] = open[k];
        }
        open_count = left;
    }
}

/* The activity that needs what is linked to: depends on it, or takes place there. */
static const struct record *user_of(const struct checker *c, const struct backlink *b)
{
    const struct type_def *part = c->model->schema->types[TYPE_DEPENDENCY];
    bool depends = b->from->type->number == TYPE_ACTIVITY &&
                   b->field == &part->fields[schema_slot(part, DEPENDENCY_ON)];
    return depends ? b->from : backlink_by(b, ACTIVITY_SITES);
}

static void note_all_users(struct overtaken *o, const struct touch *t)
{
    for (size_t i = 0; i < t->touched->back_count; i++) {
        const struct record *user = user_of(o->c, &t->touched->back[i]);
        if (user != NULL)
            keep_later(&o->by_need[user->number], t);
    }
}

static void note_named(struct overtaken *o, const struct touch *t)
{
    size_t count;
    const struct field_value *items = rec_items(t->change, CHANGE_UPDATES, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *bia;
        update_of(&items[i], &bia);
        const struct record *user = bia ? rec_ref_to(bia, BIA_ACTIVITY, TYPE_ACTIVITY) : NULL;
        if (user != NULL && o->uses[user->number] == o->run)
            note(o, t, bia);
    }
}

/* The analyses of those who need what is touched are overtaken only when the change bears on
 * analyses; where it names the ones to be made again, its assessor has decided on the others.
 * The latest that names none speaks for all before it. */
static void note_users(struct overtaken *o, const struct touch *touches, size_t count)
{
    const struct record *touched = touches[0].touched;
    size_t users = 0;
    o->run++;
    for (size_t i = 0; i < touched->back_count; i++)
        if (user_of(o->c, &touched->back[i]) != NULL) {
            o->uses[touched->back[i].from->number] = o->run;
            users++;
        }
    for (size_t i = 0; i < count && users != 0; i++) {
        if (!check_has_word(touches[i].change, CHANGE_IMPACT_ON, S("bia")))
            continue;
        if (!o->names_any[touches[i].change->number]) {
            note_all_users(o, &touches[i]);
            return;
        }
        note_named(o, &touches[i]);
    }
}

static void note_touched(struct overtaken *o, const struct touch *touches, size_t count)
{
    const struct record *touched = touches[0].touched;
    struct analyses itself = {&touched, 1, 1};
    if (touched->type->number == TYPE_BIA)
        note_own(o, touches, count, &itself);
    if (touched->type->number == TYPE_ACTIVITY)
        note_own(o, touches, count, &o->of_activity[touched->number]);
    note_users(o, touches, count);
}

static void note_needs(struct overtaken *o)
{
    const struct record_list *activities = model_list(o->c->model, TYPE_ACTIVITY);
    for (size_t i = 0; i < activities->count; i++) {
        const struct analyses *own = &o->of_activity[i];
        for (size_t k = 0; o->by_need[i] != NULL && k < own->count; k++)
            note(o, o->by_need[i], own->items[k]);
    }
}

static struct analyses *analyses_by_activity(struct checker *c)
{
    const struct record_list *list = model_list(c->model, TYPE_BIA);
    size_t activities = model_list(c->model, TYPE_ACTIVITY)->count;
    struct analyses *of_activity = NEW_ARRAY(c->scratch, struct analyses, activities + 1);
    for (size_t i = 0; i < list->count; i++) {
        const struct record *activity = rec_ref_to(list->items[i], BIA_ACTIVITY, TYPE_ACTIVITY);
        struct analyses *own = activity != NULL ? &of_activity[activity->number] : NULL;
        if (own != NULL)
            PUSH(c->scratch, own->items, own->count, own->cap, const struct record *) =
                list->items[i];
    }
    return of_activity;
}

/* By number of an analysis; NULL: nothing overtook it. */
static const struct touch **overtaken_of(struct checker *c)
{
    const struct record_list *changes = model_list(c->model, TYPE_CHANGE);
    size_t analyses = model_list(c->model, TYPE_BIA)->count + 1, count;
    size_t activities = model_list(c->model, TYPE_ACTIVITY)->count + 1;
    struct overtaken o = {.c = c,
                          .last = NEW_ARRAY(c->scratch, const struct touch *, analyses),
                          .by_need = NEW_ARRAY(c->scratch, const struct touch *, activities),
                          .updates = map_in(c->scratch),
                          .names_any = NEW_ARRAY(c->scratch, bool, changes->count + 1),
                          .of_activity = analyses_by_activity(c),
                          .uses = NEW_ARRAY(c->scratch, size_t, activities)};
    for (size_t i = 0; i < changes->count; i++)
        take_updates(&o, changes->items[i]);
    const struct touch *touches = touches_of(c, &count);
    for (size_t from = 0, to; from < count; from = to) {
        for (to = from; to < count && touches[to].touched == touches[from].touched; to++)
            ;
        note_touched(&o, touches + from, to - from);
    }
    note_needs(&o);
    return o.last;
}

static void check_overtaken(struct checker *c, const struct touch *last, const struct record *bia)
{
    if (last == NULL)
        return;
    const struct record *change = last->change, *touched = last->touched;
    check_report(c, CHECK_RULE_BIA_OVERTAKEN, bia, check_place(bia, BIA_DATE),
                 "'" STR_FMT "' was last looked at on " STR_FMT ", before '" STR_FMT "' of " STR_FMT
                 ", which touches '" STR_FMT "'",
                 STR_ARG(bia->id), STR_ARG(check_day_words(c, last_look(bia))), STR_ARG(change->id),
                 STR_ARG(check_day_words(c, rec_date(change, CHANGE_DATE))), STR_ARG(touched->id));
    diag_related(c->diags, change->id_span, "'" STR_FMT "' (" STR_FMT ") is here",
                 STR_ARG(change->id), STR_ARG(diag_quote(change->title)));
}

/* -- Assumptions (BI10) ----------------------------------------------------------------------- */

/* ", and 3 analyses rest on it". */
static str resting_on(struct checker *c, const struct record *assumption)
{
    size_t resting = 0;
    for (size_t i = 0; i < assumption->back_count; i++) {
        const struct record *bia = backlink_by(&assumption->back[i], BIA_ASSUMPTIONS);
        resting += bia != NULL && bia_is_submitted(bia);
    }
    if (resting == 0)
        return S("");
    return str_fmt(c->scratch, ", and %zu %s on it", resting,
                   resting == 1 ? "analysis rests" : "analyses rest");
}

static void check_assumption(struct checker *c, const struct record *r)
{
    date ends = rec_date(r, ASSUMPTION_EXPIRES), checked = rec_date(r, ASSUMPTION_CHECKED_ON);
    if (!due_is_past(c->model, due_assumption(c->model, r)))
        return;
    if (ends != DATE_NONE)
        check_report(c, CHECK_RULE_ASSUMPTION_OVER, r, check_place(r, ASSUMPTION_EXPIRES),
                     "'" STR_FMT "' ran out on " STR_FMT STR_FMT, STR_ARG(r->id),
                     STR_ARG(check_day_words(c, ends)), STR_ARG(resting_on(c, r)));
    else if (rec_lacks(r, ASSUMPTION_CHECKED_ON))
        check_report(c, CHECK_RULE_ASSUMPTION_OVER, r, r->id_span,
                     "'" STR_FMT "' was never checked and has no end" STR_FMT, STR_ARG(r->id),
                     STR_ARG(resting_on(c, r)));
    else
        check_report(c, CHECK_RULE_ASSUMPTION_OVER, r, check_place(r, ASSUMPTION_CHECKED_ON),
                     "'" STR_FMT "' has no end and was last checked on " STR_FMT STR_FMT,
                     STR_ARG(r->id), STR_ARG(check_day_words(c, checked)),
                     STR_ARG(resting_on(c, r)));
}

void check_bia_age(struct checker *c)
{
    const struct record_list *analyses = model_list(c->model, TYPE_BIA);
    const struct record_list *assumptions = model_list(c->model, TYPE_ASSUMPTION);
    const struct touch **last = overtaken_of(c);
    for (size_t i = 0; i < analyses->count; i++) {
        if (!bia_is_submitted(analyses->items[i]))
            continue;
        check_review(c, analyses->items[i]);
        check_overtaken(c, last[i], analyses->items[i]);
    }
    for (size_t i = 0; i < assumptions->count; i++)
        if (rec_is_live(assumptions->items[i]))
            check_assumption(c, assumptions->items[i]);
}
