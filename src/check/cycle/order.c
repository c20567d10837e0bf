/* check/cycle/order: what came first is dated first (X15, FA11, FA12). */
#include "check/check_int.h"

enum place { PLACE_IN, PLACE_WHOLE, PLACE_BY };

/* One of the two days: where it stands, and in what words. */
struct end {
    enum place place;
    enum field_id ref, field; /* ref: of PLACE_BY */
    str words;
};

struct order {
    enum type_id type;
    struct end earlier, later;
    int unless; /* a field, or NO_FIELD */
    str mend;
};

enum { NO_FIELD = -1 };
#define IN(field)      PLACE_IN, field, field
#define WHOLE(field)   PLACE_WHOLE, field, field
#define BY(ref, field) PLACE_BY, ref, field
#define ORDER(TYPE, EARLIER, was, LATER, is, UNLESS, mend)                                         \
    {TYPE_##TYPE, {EARLIER, S_INIT(was)}, {LATER, S_INIT(is)}, UNLESS, S_INIT(mend)},
static const struct order order[] = {
#include "check/cycle/order.def"
};
#undef IN
#undef WHOLE
#undef BY

/* A day that is there: of whose record, and its value. */
struct dated {
    const struct record *of;
    const struct field_value *value;
    enum field_kind kind;
};

static bool dated_of(const struct record *r, enum field_id field, struct dated *out)
{
    if (r == NULL || !schema_has(r->type, field) || (r->whole == NULL && !rec_counts(r)))
        return false;
    size_t slot = schema_slot(r->type, field);
    *out = (struct dated){r, &r->values[slot], r->type->fields[slot].kind};
    return out->value->state == FV_PRESENT;
}

static date day_of(const struct dated *d)
{
    return d->kind == FIELD_MOMENT ? date_of_moment(d->value->number) : d->value->day;
}

/* A moment may be written as a day: then nothing is known of the hour. */
static bool has_hour(const struct dated *d)
{
    return d->kind == FIELD_MOMENT && d->value->text.n > S("2026-05-08").n;
}

static bool is_wrong(const struct dated *earlier, const struct dated *later)
{
    if (has_hour(earlier) && has_hour(later))
        return later->value->number < earlier->value->number;
    return day_of(later) < day_of(earlier);
}

static str words_of(struct checker *c, const struct dated *d)
{
    return has_hour(d) ? str_fmt(c->scratch, "at " STR_FMT,
                                 STR_ARG(date_moment_iso(c->scratch, d->value->number)))
                       : str_fmt(c->scratch, "on " STR_FMT, STR_ARG(check_day_words(c, day_of(d))));
}

/* "'AC-001'"; "copy in 'BND-001'" of a part. */
static str words_for(struct checker *c, const struct record *r)
{
    if (r->whole == NULL)
        return str_fmt(c->scratch, "'" STR_FMT "'", STR_ARG(r->id));
    str part = text_inside_sentence(c->scratch, r->type->singular);
    return str_fmt(c->scratch, "'" STR_FMT "' (" STR_FMT ")", STR_ARG(r->whole->id), STR_ARG(part));
}

static void report(struct checker *c, const struct record *r, const struct order *o,
                   const struct dated *earlier, const struct dated *later)
{
    str other = earlier->of == later->of ? S("it") : words_for(c, earlier->of);
    bool is_here = later->of == r || earlier->of != r; /* at the record's own day of the two */
    const struct dated *here = is_here ? later : earlier, *there = is_here ? earlier : later;
    check_report(c, CHECK_RULE_STORY_ORDER, r->whole != NULL ? r->whole : r, here->value->span,
                 STR_FMT " " STR_FMT " " STR_FMT ", before " STR_FMT " " STR_FMT " " STR_FMT,
                 STR_ARG(words_for(c, later->of)), STR_ARG(o->later.words),
                 STR_ARG(words_of(c, later)), STR_ARG(other), STR_ARG(o->earlier.words),
                 STR_ARG(words_of(c, earlier)));
    diag_related(c->diags, there->value->span, STR_FMT, STR_ARG(o->mend));
}

/* The i-th day at that end; false: there are no more. A day may be missing all the same. */
static bool end_at(const struct record *r, const struct end *e, size_t i, struct dated *out)
{
    *out = (struct dated){0};
    if (e->place != PLACE_BY) {
        dated_of(e->place == PLACE_IN ? r : r->whole, e->field, out);
        return i == 0;
    }
    const struct field_value *v = rec_value(r, e->ref);
    size_t count = v->state == FV_PRESENT;
    if (r->type->fields[schema_slot(r->type, e->ref)].count == FIELD_MANY)
        v = rec_items(r, e->ref, &count);
    if (i < count)
        dated_of(field_target(&v[i]), e->field, out);
    return i < count;
}

static bool is_there(const struct dated *d)
{
    return d->value != NULL && d->value->state == FV_PRESENT;
}

static void check_order(struct checker *c, const struct record *r, const struct order *o)
{
    struct dated earlier, later;
    if (o->unless != NO_FIELD && !rec_lacks(r, (enum field_id)o->unless))
        return;
    for (size_t i = 0; end_at(r, &o->earlier, i, &earlier); i++)
        for (size_t j = 0; is_there(&earlier) && end_at(r, &o->later, j, &later); j++)
            if (is_there(&later) && is_wrong(&earlier, &later))
                report(c, r, o, &earlier, &later);
}

static void check_record(struct checker *c, const struct record *r)
{
    const struct record *whole = r->whole != NULL ? r->whole : r;
    for (size_t i = 0; i < COUNT_OF(order); i++)
        if (order[i].type == r->type->number && rec_counts(whole))
            check_order(c, r, &order[i]);
}

/* -- Of an action (FA11, FA12) ---------------------------------------------------------------- */

/* Each row is the day to which it was moved next. */
static void check_moves(struct checker *c, const struct record *action)
{
    size_t count;
    const struct field_value *moves = rec_items(action, ACTION_REVISED_DUE, &count);
    const struct field_value *before = rec_value(action, ACTION_DUE);
    for (size_t i = 0; i < count; i++) {
        const struct record *move = field_target(&moves[i]);
        const struct field_value *day = move != NULL ? rec_value(move, REVISED_DUE_DATE) : NULL;
        if (day == NULL || day->state != FV_PRESENT)
            continue;
        if (before->state == FV_PRESENT && day->day <= before->day) {
            check_report(c, CHECK_RULE_DUE_ORDER, action, day->span,
                         "the due date of '" STR_FMT "' was moved to " STR_FMT
                         ", which is no later than " STR_FMT " before it",
                         STR_ARG(action->id), STR_ARG(check_day_words(c, day->day)),
                         STR_ARG(check_day_words(c, before->day)));
            diag_related(c->diags, before->span, "the day before it is here");
        }
        before = day;
    }
}

static void check_judged(struct checker *c, const struct record *action)
{
    if (rec_has(action, ACTION_EFFECT_RESULT) && rec_lacks(action, ACTION_DONE_ON))
        check_report(c, CHECK_RULE_EFFECT_EARLY, action, check_place(action, ACTION_EFFECT_RESULT),
                     "the effect of '" STR_FMT "' was judged, and nothing says that it was done",
                     STR_ARG(action->id));
}

void check_orders(struct checker *c)
{
    const struct record_list *actions = model_list(c->model, TYPE_ACTION);
    check_each(c, check_record);
    for (size_t i = 0; i < actions->count; i++) {
        if (!rec_counts(actions->items[i]))
            continue;
        check_moves(c, actions->items[i]);
        check_judged(c, actions->items[i]);
    }
}
