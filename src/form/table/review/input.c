/* form/table/review/input: what lies in the period of a review, input by input. */
#include "form/table/about.h"

#include "check/check.h"
#include "form/table/cells.h"
#include "form/table/findings.h"
#include "form/table/review/review_int.h"

/* -- What happened --------------------------------------------------------------------------- */

static struct cell what_of(struct arena *a, const struct review_item *item)
{
    return cell_text(a, str_fmt(a, STR_FMT ", " STR_FMT, STR_ARG(item->record->type->singular),
                                STR_ARG(item->happened)));
}

static struct cell owner_of(struct arena *a, const struct review_item *item)
{
    const struct record *part = item->part;
    if (part != NULL && part->type->number == TYPE_REVIEW_OUTPUT)
        return cell_field(a, part, REVIEW_OUTPUT_OWNER);
    return cell_field(a, item->record, COMMON_OWNER);
}

static void add_item(struct arena *a, const struct model *m, struct table *t,
                     const struct review_item *item)
{
    struct cell *cells = table_row(a, t);
    cells[0] = cell_day(a, item->day);
    cells[1] = what_of(a, item);
    cells[2] = cell_record(a, item->record);
    cells[3] = review_says(a, m, item);
    cells[4] = owner_of(a, item);
    cells[5] = review_state(a, m, item);
}

static const struct table *input_table(struct arena *a, const struct model *m,
                                       const struct record *r, enum review_input input)
{
    static const struct column column[] = {
        {S_INIT("day"), S_INIT("On"), COLUMN_DATE},
        {S_INIT("what"), S_INIT("What"), COLUMN_TEXT},
        {S_INIT("record"), S_INIT("Record"), COLUMN_TEXT},
        {S_INIT("says"), S_INIT("What it says"), COLUMN_TEXT},
        {S_INIT("owner"), S_INIT("Owner"), COLUMN_TEXT},
        {S_INIT("state"), S_INIT("State"), COLUMN_CHIP},
    };
    struct table *t = table_new(a, str_fmt(a, "review-%d", (int)input), review_input_title(input),
                                column, sizeof column / sizeof *column);
    struct review_list l = review_looks_at(m, a, input, r);
    for (size_t i = 0; i < l.count; i++)
        add_item(a, m, t, &l.items[i]);
    if (review_period(r).to == DATE_NONE)
        t->note = S("The review has no period that can be read, so nothing is looked at.");
    else if (review_items_lost(m, a, input, review_period(r)).count != 0)
        t->note = S("There may have been more: a day that was written anew since has lost the one "
                    "before it.");
    return t;
}

/* -- What the checks found ------------------------------------------------------------------- */

static const struct {
    enum review_input input;
    enum check_family_id family;
} judge[] = {
#define INPUT(NAME, key, title, asks)
#define TAKE(NAME, TYPE, day, only, words, happened)
#define TAKE_PART(NAME, TYPE, parts, day, happened)
#define JUDGE(NAME, family) {REVIEW_##NAME, CHECK_FAMILY_##family},
#define SHOW(NAME, list)
#include "model/review.def"
};

static bool is_judged(enum review_input input, enum check_family_id family)
{
    for (size_t i = 0; i < sizeof judge / sizeof *judge; i++)
        if (judge[i].input == input && judge[i].family == family)
            return true;
    return false;
}

/* Open ones, and those that were accepted for a time. */
static const struct table *judged_table(struct arena *a, const struct model *m,
                                        enum review_input input)
{
    const struct check_results *all = m->results;
    size_t max = all != NULL ? all->count : 0, count = 0;
    const struct check_result **found = NEW_ARRAY(a, const struct check_result *, max + 1);
    for (size_t i = 0; i < max; i++)
        if (is_judged(input, all->items[i]->family))
            found[count++] = all->items[i];
    struct findings_view view = {.id = str_fmt(a, "review-checks-%d", (int)input),
                                 .caption = str_fmt(a, "What the checks found, for input " STR_FMT,
                                                    STR_ARG(review_input_key(input))),
                                 .list = {found, count},
                                 .columns = FINDING_RECORD | FINDING_OWNER | FINDING_WAIVER};
    struct table *t = findings_table(a, m, &view);
    if (all == NULL)
        t->note = S("This copy does not hold everything, so it tells of no findings.");
    else if (count == 0)
        t->note = S("The checks found nothing.");
    return t;
}

/* -- All of them ------------------------------------------------------------------------------- */

static struct cell open_of(struct arena *a, const struct model *m, enum review_input input)
{
    size_t errors = 0, warnings = 0;
    if (m->results == NULL || !review_input_is_judged(input))
        return (struct cell){0};
    for (size_t i = 0; i < m->results->open_count; i++)
        if (is_judged(input, m->results->items[i]->family)) {
            errors += m->results->items[i]->severity == SEVERITY_ERROR;
            warnings += m->results->items[i]->severity == SEVERITY_WARNING;
        }
    return cell_text(a, str_fmt(a, "%zu error%s, %zu warning%s", errors, errors == 1 ? "" : "s",
                                warnings, warnings == 1 ? "" : "s"));
}

static struct cell state_of_input(struct arena *a, const struct model *m, const struct record *r,
                                  enum review_input input, size_t count)
{
    struct review_period period = review_period(r);
    if (review_comment(r, input) != NULL)
        return cell_chip(a, S("Commented"), TONE_GOOD);
    if (rec_value(r, MANAGEMENT_REVIEW_COMMENTS)->state == FV_WITHHELD)
        return (struct cell){0};
    if (count != 0)
        return cell_chip(a, S("No comment yet"), TONE_WARN);
    if (model_is_partial(m))
        return (struct cell){0};
    if (period.to == DATE_NONE || review_items_lost(m, a, input, period).count != 0)
        return cell_chip(a, S("Not known"), TONE_MUTED);
    return cell_chip(a, S("Nothing recorded"), TONE_BAD);
}

static struct cell count_cell(struct arena *a, const struct model *m, enum review_input input,
                              const struct record *r, size_t count)
{
    bool is_least = review_items_lost(m, a, input, review_period(r)).count != 0;
    return is_least && count != 0 ? cell_text(a, str_fmt(a, "at least %zu", count))
           : is_least             ? cell_text(a, S("not known"))
                                  : cell_count(a, count);
}

const struct table *review_overview(struct arena *a, const struct model *m, const struct record *r)
{
    static const struct column column[] = {
        {S_INIT("input"), S_INIT("Input"), COLUMN_CODE},
        {S_INIT("title"), S_INIT("What is looked at"), COLUMN_TEXT},
        {S_INIT("records"), S_INIT("In the period"), COLUMN_NUMBER},
        {S_INIT("checks"), S_INIT("Checks open"), COLUMN_TEXT},
        {S_INIT("state"), S_INIT("State"), COLUMN_CHIP},
    };
    struct table *t = table_new(a, S("review-overview"), S("Inputs at a glance"), column,
                                sizeof column / sizeof *column);
    for (size_t i = 0; i < REVIEW_INPUTS; i++) {
        enum review_input input = (enum review_input)i;
        struct review_list l = review_looks_at(m, a, input, r);
        struct cell *cells = table_row(a, t);
        cells[0] = cell_text(a, review_input_key(input));
        cells[1] = cell_text(a, review_input_title(input));
        cells[2] = count_cell(a, m, input, r, l.count);
        cells[3] = open_of(a, m, input);
        cells[4] = state_of_input(a, m, r, input, l.count);
    }
    return t;
}

#define INPUT(NAME, key, title, asks)                                                              \
    const struct table *review_input_##NAME(struct arena *a, const struct model *m,                \
                                            const struct record *r)                                \
    {                                                                                              \
        return input_table(a, m, r, REVIEW_##NAME);                                                \
    }                                                                                              \
    const struct table *review_checks_##NAME(struct arena *a, const struct model *m,               \
                                             const struct record *r)                               \
    {                                                                                              \
        (void)r;                                                                                   \
        return judged_table(a, m, REVIEW_##NAME);                                                  \
    }
#define TAKE(NAME, TYPE, day, only, words, happened)
#define TAKE_PART(NAME, TYPE, parts, day, happened)
#define JUDGE(NAME, family)
#define SHOW(NAME, list)
#include "model/review.def"
