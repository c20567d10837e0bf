/* form/table/review/figures: the figures of an input, in the period and in the one before. */
#include "form/table/about.h"

#include "form/table/cells.h"
#include "form/table/review/review_int.h"
#include "model/actions.h"

/* -- Worked out ------------------------------------------------------------------------------ */

/* Of actions that answer a finding, where both days are known. */
static str mean_days(struct arena *a, const struct review_list *l, double *value)
{
    long long days = 0;
    size_t count = 0;
    for (size_t i = 0; i < l->count; i++) {
        const struct record *r = l->items[i].record;
        date found = r->type->number == TYPE_ACTION ? action_found_on(r) : DATE_NONE;
        if (found == DATE_NONE || found > l->items[i].day)
            continue;
        days += l->items[i].day - found;
        count++;
    }
    if (count == 0)
        return S("");
    *value = (double)days / (double)count;
    return str_fmt(a, "%.0f (%zu action%s)", *value, count, count == 1 ? "" : "s");
}

/* -- Counted --------------------------------------------------------------------------------- */

struct figure {
    enum review_input input;
    str words;
    enum type_id type;
    enum field_id only;
    str of, happened;
    str (*work_out)(struct arena *a, const struct review_list *l, double *value); /* or counted */
};
static const struct figure figure[] = {
#define COUNT(INPUT, words, TYPE, only, of, happened)                                              \
    {REVIEW_##INPUT, S_INIT(words), TYPE_##TYPE, only, S_INIT(of), S_INIT(happened), NULL},
#define FIGURE(INPUT, words, function)                                                             \
    {REVIEW_##INPUT, S_INIT(words), TYPE_COUNT, COMMON_ID, S_INIT(""), S_INIT(""), function},
#include "form/table/review/figures.def"
};

static bool counts(const struct figure *f, const struct review_item *item)
{
    const struct record *r = item->part != NULL ? item->part : item->record;
    return r->type->number == f->type && rec_says(r, f->only, f->of) &&
           (f->happened.n == 0 || str_eq(item->happened, f->happened));
}

struct value {
    str text; /* ""; then nobody can say */
    double number;
    bool is_least; /* there may have been more */
};

static size_t count_of(const struct figure *f, const struct review_list *l)
{
    size_t count = 0;
    for (size_t i = 0; i < l->count; i++)
        count += counts(f, &l->items[i]);
    return count;
}

/* What lies in a period, and what may have before it was written over. */
struct looked_at {
    struct review_list there, lost;
};

static struct looked_at looked_at(const struct model *m, struct arena *a, enum review_input input,
                                  const struct record *r)
{
    return (struct looked_at){review_looks_at(m, a, input, r),
                              review_items_lost(m, a, input, review_period(r))};
}

static struct value value_of(struct arena *a, const struct figure *f, const struct looked_at *l)
{
    struct value v = {S(""), 0, false};
    if (f->work_out != NULL) {
        v.text = f->work_out(a, &l->there, &v.number);
        return v;
    }
    size_t count = count_of(f, &l->there);
    v.number = (double)count;
    v.is_least = count_of(f, &l->lost) != 0;
    v.text = !v.is_least  ? str_fmt(a, "%zu", count)
             : count != 0 ? str_fmt(a, "at least %zu", count)
                          : S("not known");
    return v;
}

static str change_of(struct arena *a, struct value now, struct value before)
{
    double change = now.number - before.number;
    if (now.text.n == 0 || before.text.n == 0 || now.is_least || before.is_least)
        return S("");
    return change > 0.5 || change < -0.5 ? str_fmt(a, "%+.0f", change) : S("as before");
}

static str note_of(struct arena *a, const struct model *m, bool has_previous, bool is_least)
{
    str parts[2];
    size_t count = 0;
    if (model_is_partial(m))
        parts[count++] = S("Only what this copy holds is counted.");
    else if (!has_previous)
        parts[count++] = S("There is no review before this one to compare with.");
    if (is_least)
        parts[count++] = S("Records keep only the last day of what is looked at again and again, "
                           "or the next one; what they said before is not known.");
    return str_join(a, parts, count, S(" "));
}

static const struct table *figures_table(struct arena *a, const struct model *m,
                                         const struct record *r, enum review_input input)
{
    static const struct column column[] = {
        COLUMN("figure", "Figure", TEXT),
        COLUMN("period", "This period", NUMBER),
        COLUMN("before", "Period before", NUMBER),
        COLUMN("change", "Change", NUMBER),
    };
    struct table *t = table_new(a, str_fmt(a, "review-figures-%d", (int)input),
                                review_called(a, "Figures", input), column, COUNT_OF(column));
    const struct record *previous = review_before(m, r);
    struct looked_at now = looked_at(m, a, input, r), before = {0};
    bool is_least = false;
    if (previous != NULL)
        before = looked_at(m, a, input, previous);
    for (size_t i = 0; i < COUNT_OF(figure); i++) {
        if (figure[i].input != input)
            continue;
        struct cell *cells = table_row(a, t);
        struct value v = value_of(a, &figure[i], &now), w = {S(""), 0, false};
        if (previous != NULL)
            w = value_of(a, &figure[i], &before);
        is_least |= v.is_least || w.is_least;
        cells[0] = cell_text(a, figure[i].words);
        cells[1] = cell_text(a, v.text);
        cells[2] = cell_text(a, w.text);
        cells[3] = cell_text(a, change_of(a, v, w));
        is_least |= v.is_least || w.is_least;
    }
    t->note = note_of(a, m, previous != NULL, is_least);
    return t;
}

#define INPUT(NAME, key, title, asks)                                                              \
    const struct table *review_figures_##NAME(struct arena *a, const struct model *m,              \
                                              const struct record *r)                              \
    {                                                                                              \
        return figures_table(a, m, r, REVIEW_##NAME);                                              \
    }
#define TAKE(NAME, TYPE, day, only, words, happened)
#define TAKE_PART(NAME, TYPE, parts, day, happened)
#define JUDGE(NAME, family)
#define SHOW(NAME, list)
#include "model/review.def"
