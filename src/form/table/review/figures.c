/* form/table/review/figures: the figures of an input, in the period and in the one before. */
#include "form/table/about.h"

#include "form/table/cells.h"
#include "form/table/review/review_int.h"
#include "model/actions.h"

/* -- Worked out -----------------------------------------------------------------------------------
 */

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

/* -- Counted --------------------------------------------------------------------------------------
 */

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
};

static struct value value_of(struct arena *a, const struct figure *f, const struct review_list *l)
{
    struct value v = {S(""), 0};
    if (f->work_out != NULL) {
        v.text = f->work_out(a, l, &v.number);
        return v;
    }
    size_t count = 0;
    for (size_t i = 0; i < l->count; i++)
        count += counts(f, &l->items[i]);
    v.number = (double)count;
    v.text = str_fmt(a, "%zu", count);
    return v;
}

static str change_of(struct arena *a, struct value now, struct value before)
{
    double change = now.number - before.number;
    if (now.text.n == 0 || before.text.n == 0)
        return S("");
    return change > 0.5 || change < -0.5 ? str_fmt(a, "%+.0f", change) : S("as before");
}

static const struct table *figures_table(struct arena *a, const struct model *m,
                                         const struct record *r, enum review_input input)
{
    static const struct column column[] = {
        {S_INIT("figure"), S_INIT("Figure"), COLUMN_TEXT},
        {S_INIT("period"), S_INIT("This period"), COLUMN_NUMBER},
        {S_INIT("before"), S_INIT("Period before"), COLUMN_NUMBER},
        {S_INIT("change"), S_INIT("Change"), COLUMN_NUMBER},
    };
    struct table *t =
        table_new(a, str_fmt(a, "review-figures-%d", (int)input),
                  review_called(a, "Figures", input), column, sizeof column / sizeof *column);
    const struct record *previous = review_before(m, r);
    struct review_list now = review_looks_at(m, a, input, r), before = {0};
    if (previous != NULL)
        before = review_looks_at(m, a, input, previous);
    for (size_t i = 0; i < sizeof figure / sizeof *figure; i++) {
        if (figure[i].input != input)
            continue;
        struct cell *cells = table_row(a, t);
        struct value v = value_of(a, &figure[i], &now), w = {S(""), 0};
        if (previous != NULL)
            w = value_of(a, &figure[i], &before);
        cells[0] = cell_text(a, figure[i].words);
        cells[1] = cell_text(a, v.text);
        cells[2] = cell_text(a, w.text);
        cells[3] = cell_text(a, change_of(a, v, w));
    }
    if (model_is_partial(m))
        t->note = S("Only what this copy holds is counted.");
    else if (previous == NULL)
        t->note = S("There is no review before this one to compare with.");
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
