/* form/table/review/input: what lies in the period of a review, input by input. */
#include "form/table/about.h"

#include "check/check.h"
#include "form/table/cells.h"
#include "form/table/findings.h"
#include "form/table/review/review_int.h"

str review_called(struct arena *a, const char *what, enum review_input input)
{
    return input == REVIEW_PLUS
               ? str_fmt(a, "%s, other inputs", what)
               : str_fmt(a, "%s, input " STR_FMT, what, STR_ARG(review_input_key(input)));
}

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
        COLUMN("day", "On", DATE),        COLUMN("what", "What", TEXT),
        COLUMN("record", "Record", TEXT), COLUMN("says", "What it says", TEXT),
        COLUMN("owner", "Owner", TEXT),   COLUMN("state", "State", CHIP),
    };
    struct table *t = table_new(a, str_fmt(a, "review-%d", (int)input), review_input_title(input),
                                column, COUNT_OF(column));
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
    for (size_t i = 0; i < COUNT_OF(judge); i++)
        if (judge[i].input == input && judge[i].family == family)
            return true;
    return false;
}

struct judged {
    const struct rule *rule;
    enum severity severity;
    const struct check_result **found; /* one a record; those that were accepted come last */
    size_t count, cap, waived;
};

/* As many as an input's families have rules: a few. */
struct judged_list {
    struct judged *items;
    size_t count, cap;
};

static struct judged *judged_of(struct arena *a, struct judged_list *l,
                                const struct check_result *r)
{
    for (size_t i = 0; i < l->count; i++)
        if (l->items[i].rule == r->rule && l->items[i].severity == r->severity)
            return &l->items[i];
    struct judged *j = &PUSH(a, l->items, l->count, l->cap, struct judged);
    *j = (struct judged){.rule = r->rule, .severity = r->severity};
    return j;
}

/* The records by name, each once, as many as a review can take in. */
static struct cell records_of(struct arena *a, const struct judged *j)
{
    enum { SHOWN_MAX = 5 };
    struct piece *pieces = NEW_ARRAY(a, struct piece, SHOWN_MAX + 1);
    size_t shown = 0, records = 0;
    for (size_t i = 0; i < j->count; i++) {
        const struct record *about = j->found[i]->about;
        if (i > 0 && j->found[i - 1]->about == about)
            continue;
        if (shown < SHOWN_MAX)
            pieces[shown++] = (struct piece){
                .text = about->title.n != 0 ? about->title : about->type->singular, .link = about};
        records++;
    }
    size_t rest = records - shown;
    if (rest > 0)
        pieces[shown++] = (struct piece){.text = str_fmt(a, "%zu more", rest)};
    return (struct cell){.pieces = pieces, .count = shown};
}

static void add_judged(struct arena *a, struct table *t, const struct judged *j)
{
    struct cell *cells = table_row(a, t);
    cells[0] = findings_chip(a, j->severity);
    cells[1] = cell_text(a, str_from(j->rule->id));
    cells[1].page = str_fmt(a, FINDINGS_REFERENCE "#%s", j->rule->id);
    cells[2] = cell_text(a, findings_capital(a, str_from(j->rule->title)));
    cells[3] = cell_count(a, j->count - j->waived);
    cells[4] = cell_count(a, j->waived);
    cells[5] = records_of(a, j);
}

/* A row for each check that found something: what it asks, how often that is missed, by which
 * records. One by one they stand on the pages of findings. */
static const struct table *judged_table(struct arena *a, const struct model *m,
                                        enum review_input input)
{
    static const struct column column[] = {
        COLUMN("severity", "Severity", CHIP), COLUMN("check", "Check", CODE),
        COLUMN("asks", "What it asks", TEXT), COLUMN("open", "Open", NUMBER),
        COLUMN("waived", "Waived", NUMBER),   COLUMN("records", "Where it is missed", TEXT),
    };
    struct table *t =
        table_new(a, str_fmt(a, "review-checks-%d", (int)input),
                  review_called(a, "What the checks found", input), column, COUNT_OF(column));
    const struct check_results *all = m->results;
    struct judged_list l = {0};
    for (size_t i = 0; all != NULL && i < all->count; i++) {
        const struct check_result *r = all->items[i];
        if (!is_judged(input, r->family))
            continue;
        struct judged *j = judged_of(a, &l, r);
        PUSH(a, j->found, j->count, j->cap, const struct check_result *) = r;
        j->waived += r->waiver != NULL;
    }
    for (size_t i = 0; i < l.count; i++)
        add_judged(a, t, &l.items[i]);
    if (all == NULL)
        t->note = S("This copy does not hold everything, so it tells of no findings.");
    else if (l.count == 0)
        t->note = S("The checks found nothing.");
    return t;
}

/* -- All of them ------------------------------------------------------------------------------- */

static void put_open(struct arena *a, const struct model *m, enum review_input input,
                     struct cell *cells)
{
    size_t errors = 0, warnings = 0;
    if (m->results == NULL || !review_input_is_judged(input))
        return;
    for (size_t i = 0; i < m->results->open_count; i++)
        if (is_judged(input, m->results->items[i]->family)) {
            errors += m->results->items[i]->severity == SEVERITY_ERROR;
            warnings += m->results->items[i]->severity == SEVERITY_WARNING;
        }
    cells[0] = cell_count(a, errors);
    cells[1] = cell_count(a, warnings);
}

/* The comment, as much of it as a page on which all inputs stand has room for; else what is
 * missing.
 */
static struct cell said_of_input(struct arena *a, const struct model *m, const struct record *r,
                                 enum review_input input, size_t count)
{
    enum { COMMENT_MAX = 80 }; /* code points: two lines on paper */
    struct review_period period = review_period(r);
    const struct record *comment = review_comment(r, input);
    if (comment != NULL)
        return cell_text(a, review_short(a, rec_text(comment, INPUT_COMMENT_TEXT), COMMENT_MAX));
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
        COLUMN("input", "Input", TEXT),
        COLUMN("records", "Entries", NUMBER),
        COLUMN("errors", "Errors", NUMBER),
        COLUMN("warnings", "Warnings", NUMBER),
        COLUMN("said", "What is said of it", TEXT),
    };
    struct table *t =
        table_new(a, S("review-overview"), S("Inputs at a glance"), column, COUNT_OF(column));
    if (m->results != NULL)
        t->note = S("Errors and warnings: what the checks found open on the day of this pack.");
    for (size_t i = 0; i < REVIEW_INPUTS; i++) {
        enum review_input input = (enum review_input)i;
        struct review_list l = review_looks_at(m, a, input, r);
        struct cell *cells = table_row(a, t);
        cells[0] =
            cell_text(a, str_fmt(a, STR_FMT "\u00a0 " STR_FMT, STR_ARG(review_input_key(input)),
                                 STR_ARG(review_input_title(input))));
        cells[1] = count_cell(a, m, input, r, l.count);
        put_open(a, m, input, cells + 2);
        cells[4] = said_of_input(a, m, r, input, l.count);
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
