/* check/cycle/periods: reviews and programmes follow one another in time (X16, X17). */
#include "check/check_int.h"

#include <stdlib.h>

#include "model/audits.h"

/* -- One after the other (X16) ---------------------------------------------------------------- */

struct period {
    const struct record *of;
    date from, to;
    struct span at; /* of its beginning */
};

static int in_time(const void *one, const void *other)
{
    const struct period *x = one, *y = other;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    if (x->to != y->to)
        return x->to < y->to ? -1 : 1;
    return x->of->number < y->of->number ? -1 : x->of->number > y->of->number;
}

static void report_period(struct checker *c, const struct period *p, const struct period *before,
                          const char *words)
{
    check_report(c, CHECK_RULE_PERIOD_ORDER, p->of, p->at,
                 "the period of '" STR_FMT "' begins on " STR_FMT ", %s that of '" STR_FMT
                 "' ends on " STR_FMT,
                 STR_ARG(p->of->id), STR_ARG(check_day_words(c, p->from)), words,
                 STR_ARG(before->of->id), STR_ARG(check_day_words(c, before->to)));
    diag_related(c->diags, before->of->id_span, "'" STR_FMT "' is here", STR_ARG(before->of->id));
}

/* `before` is the one of those before it that ends last. */
static void check_row(struct checker *c, struct period *list, size_t count, bool may_pause)
{
    const struct period *before = NULL;
    if (count != 0)
        qsort(list, count, sizeof *list, in_time);
    for (size_t i = 0; i < count; i++) {
        if (before != NULL && list[i].from <= before->to)
            report_period(c, &list[i], before, "before");
        else if (before != NULL && !may_pause && list[i].from > before->to + 1)
            report_period(c, &list[i], before, "days after");
        if (before == NULL || list[i].to > before->to)
            before = &list[i];
    }
}

static void check_reviews_in_row(struct checker *c)
{
    const struct record_list *list = model_list(c->model, TYPE_MANAGEMENT_REVIEW);
    struct period *periods = NEW_ARRAY(c->scratch, struct period, list->count + 1);
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct record *r = list->items[i];
        date from = rec_date(r, MANAGEMENT_REVIEW_PERIOD_FROM);
        date to = rec_date(r, MANAGEMENT_REVIEW_PERIOD_TO);
        if (rec_counts(r) && from != DATE_NONE && to != DATE_NONE && from <= to)
            periods[count++] =
                (struct period){r, from, to, check_place(r, MANAGEMENT_REVIEW_PERIOD_FROM)};
    }
    check_row(c, periods, count, false);
}

/* -- Programmes (X16, X17) -------------------------------------------------------------------- */

struct programme {
    enum type_id type;
    enum field_id from, to;
};

static date first_of(struct checker *c, long long year)
{
    date day;
    return date_parse(str_fmt(c->scratch, "%lld-01-01", year), &day) ? day : DATE_NONE;
}

/* False: its years say nothing, or the wrong thing. */
static bool years_of(struct checker *c, const struct record *r, const struct programme *p,
                     struct period *out)
{
    long long from = rec_int(r, p->from, 0), to = rec_int(r, p->to, 0);
    if (from == 0 || to == 0)
        return false;
    if (from > to) {
        check_report(c, CHECK_RULE_PROGRAMME_YEARS, r, check_place(r, p->to),
                     "the programme '" STR_FMT "' runs from %lld to %lld", STR_ARG(r->id), from,
                     to);
        return false;
    }
    date first = first_of(c, from), next = first_of(c, to + 1);
    *out = (struct period){r, first, next - 1, check_place(r, p->from)};
    return first != DATE_NONE && next != DATE_NONE;
}

static void check_slots(struct checker *c, const struct period *p)
{
    size_t count;
    const struct field_value *slots = rec_items(p->of, AUDIT_PROGRAMME_SLOTS, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *slot = field_target(&slots[i]);
        struct quarter q;
        if (slot == NULL || !rec_has(slot, AUDIT_SLOT_QUARTER))
            continue;
        str text = rec_text(slot, AUDIT_SLOT_QUARTER);
        if (!quarter_parse(text, &q))
            check_report(c, CHECK_RULE_PROGRAMME_YEARS, p->of,
                         check_place(slot, AUDIT_SLOT_QUARTER), "'" STR_FMT "' is no quarter",
                         STR_ARG(diag_quote(text)));
        else if (q.first < p->from || q.last > p->to)
            check_report(c, CHECK_RULE_PROGRAMME_YEARS, p->of,
                         check_place(slot, AUDIT_SLOT_QUARTER),
                         "the quarter " STR_FMT " is outside the years of '" STR_FMT "'",
                         STR_ARG(text), STR_ARG(p->of->id));
    }
}

static void check_programmes(struct checker *c, const struct programme *p)
{
    const struct record_list *list = model_list(c->model, p->type);
    struct period *periods = NEW_ARRAY(c->scratch, struct period, list->count + 1);
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct record *r = list->items[i];
        if (!rec_counts(r) || !years_of(c, r, p, &periods[count]))
            continue;
        if (p->type == TYPE_AUDIT_PROGRAMME)
            check_slots(c, &periods[count]);
        count++;
    }
    check_row(c, periods, count, true);
}

void check_periods(struct checker *c)
{
    static const struct programme programme[] = {
        {TYPE_AUDIT_PROGRAMME, AUDIT_PROGRAMME_FROM_YEAR, AUDIT_PROGRAMME_TO_YEAR},
        {TYPE_EXERCISE_PROGRAMME, EXERCISE_PROGRAMME_FROM_YEAR, EXERCISE_PROGRAMME_TO_YEAR},
    };
    check_reviews_in_row(c);
    for (size_t i = 0; i < COUNT_OF(programme); i++)
        check_programmes(c, &programme[i]);
}
