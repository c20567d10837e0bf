/* form/table/review/decisions: who was there, what was decided, and sheets to decide on. */
#include "form/table/about.h"

#include "form/table/cells.h"
#include "form/table/review/review_int.h"
#include "form/table/system.h"

/* -- How far a decision is ------------------------------------------------------------------- */

struct cell review_decision_state(struct arena *a, const struct model *m,
                                  const struct record *output)
{
    const struct record *by = rec_ref(output, REVIEW_OUTPUT_EFFECTED_BY);
    date due = rec_date(output, REVIEW_OUTPUT_DUE);
    if (by != NULL && !rec_counts(by))
        return cell_chip(a, S("What was to effect it is withdrawn"), TONE_BAD);
    if (by != NULL && by->type->number == TYPE_ACTION)
        return review_action_state(a, m, by);
    if (by != NULL && rec_has(by, CHANGE_CLOSED_ON))
        return cell_chip(a, S("Done"), TONE_GOOD);
    if (by == NULL && !rec_lacks(output, REVIEW_OUTPUT_EFFECTED_BY))
        return (struct cell){0}; /* by what this copy does not hold */
    if (due != DATE_NONE && m->as_of != DATE_NONE && due < m->as_of)
        return cell_chip(a, by != NULL ? S("Overdue") : S("Overdue, nothing effects it"), TONE_BAD);
    return by != NULL ? cell_chip(a, S("In hand"), TONE_WARN)
                      : cell_chip(a, S("Nothing effects it yet"), TONE_WARN);
}

/* The documents and analyses that were to change, and whether they have. */
static struct cell changed_by(struct arena *a, const struct model *m, const struct record *output)
{
    const struct record *by = rec_ref(output, REVIEW_OUTPUT_EFFECTED_BY);
    size_t open = 0;
    if (by == NULL)
        return (struct cell){0};
    bool is_action = by->type->number == TYPE_ACTION;
    return updates_cell(a, m, by, is_action ? ACTION_UPDATES : CHANGE_UPDATES,
                        rec_date(by, is_action ? COMMON_CREATED : CHANGE_DATE), &open);
}

/* "Policy: Name climate and second sources": on paper a column less, so that words have room. */
static struct cell decision_of(struct arena *a, const struct record *output)
{
    struct cell kind = cell_field(a, output, REVIEW_OUTPUT_KIND),
                words = cell_field(a, output, REVIEW_OUTPUT_DECISION);
    if (kind.count == 0 || words.count == 0)
        return words.count != 0 ? words : kind;
    return cell_text(a, str_fmt(a, STR_FMT ": " STR_FMT, STR_ARG(cell_plain(a, &kind)),
                                STR_ARG(cell_plain(a, &words))));
}

/* What came after the day of the pack is no part of it, yet this copy may well hold it. */
static struct cell effected_by(struct arena *a, const struct model *m, const struct record *output)
{
    const struct field_value *v = rec_value(output, REVIEW_OUTPUT_EFFECTED_BY);
    if (v->state == FV_WITHHELD && map_find(&m->later, v->text) != NULL)
        return cell_text(a, str_fmt(a, STR_FMT " (of a later day)", STR_ARG(v->text)));
    return cell_field(a, output, REVIEW_OUTPUT_EFFECTED_BY);
}

/* -- The register of outputs ----------------------------------------------------------------- */

const struct table *review_outputs(struct arena *a, const struct model *m, const struct record *r)
{
    static const struct column column[] = {
        COLUMN("no", "No.", NUMBER),
        COLUMN("decision", "Decision", TEXT),
        COLUMN("reason", "Reason", TEXT),
        COLUMN("owner", "Owner", TEXT),
        COLUMN("due", "Due", DATE),
        COLUMN("effected_by", "Effected by", TEXT),
        COLUMN("changed", "What changed", TEXT),
        COLUMN("state", "State", CHIP),
    };
    struct table *t =
        table_new(a, S("review-outputs"), S("What was decided"), column, COUNT_OF(column));
    size_t count;
    const struct field_value *v = rec_items(r, MANAGEMENT_REVIEW_OUTPUTS, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *o = field_target(&v[i]);
        if (o == NULL)
            continue;
        struct cell *cells = table_row(a, t);
        cells[0] = cell_count(a, i + 1);
        cells[1] = decision_of(a, o);
        cells[2] = cell_field(a, o, REVIEW_OUTPUT_REASON);
        cells[3] = cell_field(a, o, REVIEW_OUTPUT_OWNER);
        cells[4] = cell_field(a, o, REVIEW_OUTPUT_DUE);
        cells[5] = effected_by(a, m, o);
        cells[6] = changed_by(a, m, o);
        cells[7] = review_decision_state(a, m, o);
    }
    return t;
}

const struct table *review_told(struct arena *a, const struct model *m, const struct record *r)
{
    static const struct column column[] = {
        COLUMN("party", "Told", TEXT),
        COLUMN("day", "On", DATE),
    };
    struct table *t = table_new(a, S("review-told"), S("Who was told of the results"), column, 2);
    size_t count;
    const struct field_value *v = rec_items(r, MANAGEMENT_REVIEW_COMMUNICATED_TO, &count);
    (void)m;
    for (size_t i = 0; i < count; i++) {
        if (v[i].state != FV_PRESENT)
            continue;
        struct cell *cells = table_row(a, t);
        cells[0] = cell_field(a, v[i].record, COMMUNICATED_PARTY);
        cells[1] = cell_field(a, v[i].record, COMMUNICATED_DATE);
    }
    return t;
}

/* -- Who was there --------------------------------------------------------------------------- */

static void add_attendee(struct arena *a, struct table *t, const struct record *who,
                         const struct record *chair)
{
    struct cell *cells = table_row(a, t);
    bool is_role = who->type->number == TYPE_ROLE;
    cells[0] = cell_record(a, who);
    if (is_role)
        cells[1] = cell_field(a, who, ROLE_HOLDER);
    cells[2] = who == chair ? cell_text(a, S("Chair")) : (struct cell){0};
}

const struct table *review_attendance(struct arena *a, const struct model *m,
                                      const struct record *r)
{
    static const struct column column[] = {
        COLUMN("who", "Attends", TEXT),          COLUMN("name", "Held by", TEXT),
        COLUMN("part", "Part", BLANK),           COLUMN("present", "Present", BLANK),
        COLUMN("signature", "Signature", BLANK),
    };
    struct table *t =
        table_new(a, S("review-attendance"), S("Attendance"), column, COUNT_OF(column));
    const struct record *chair = rec_ref(r, MANAGEMENT_REVIEW_CHAIR);
    size_t count;
    const struct field_value *v = rec_items(r, MANAGEMENT_REVIEW_ATTENDEES, &count);
    bool is_named = false;
    (void)m;
    for (size_t i = 0; i < count; i++) {
        const struct record *who = field_target(&v[i]);
        if (who == NULL)
            continue;
        is_named |= who == chair;
        add_attendee(a, t, who, chair);
    }
    if (chair != NULL && !is_named)
        add_attendee(a, t, chair, chair);
    return t;
}

/* -- To be written in ------------------------------------------------------------------------ */

const struct table *review_sheet_inputs(struct arena *a, const struct model *m,
                                        const struct record *r)
{
    static const struct column column[] = {
        COLUMN("input", "Input", TEXT),
        COLUMN("said", "What is said of it", BLANK),
    };
    struct table *t = table_new(a, S("review-sheet-inputs"), S("Input by input"), column, 2);
    (void)m;
    (void)r;
    for (size_t i = 0; i < REVIEW_INPUTS; i++) {
        str key = review_input_key((enum review_input)i);
        struct cell *cells = table_row(a, t);
        cells[0] = cell_text(a, str_fmt(a, STR_FMT "  " STR_FMT, STR_ARG(key),
                                        STR_ARG(review_input_title((enum review_input)i))));
    }
    return t;
}

const struct table *review_sheet(struct arena *a, const struct model *m, const struct record *r)
{
    enum { LINES = 14 };
    static const struct column column[] = {
        COLUMN("no", "No.", NUMBER),           COLUMN("kind", "Kind", BLANK),
        COLUMN("decision", "Decision", BLANK), COLUMN("reason", "Reason", BLANK),
        COLUMN("owner", "Owner", BLANK),       COLUMN("due", "Due", BLANK),
    };
    struct table *t = table_new(a, S("review-sheet"), S("Decisions"), column, COUNT_OF(column));
    (void)m;
    (void)r;
    for (size_t i = 0; i < LINES; i++)
        table_row(a, t)[0] = cell_count(a, i + 1);
    return t;
}

const struct table *review_sheet_verdict(struct arena *a, const struct model *m,
                                         const struct record *r)
{
    static const struct column column[] = {
        COLUMN("question", "Is the system", TEXT),
        COLUMN("answer", "Yes, partly, no", BLANK),
        COLUMN("reasons", "Reasons", BLANK),
    };
    static const str questions[] = {S_INIT("suitable?"), S_INIT("adequate?"), S_INIT("effective?"),
                                    S_INIT("The next review is held on")};
    struct table *t =
        table_new(a, S("review-sheet-verdict"), S("Verdict"), column, COUNT_OF(column));
    (void)m;
    (void)r;
    for (size_t i = 0; i < COUNT_OF(questions); i++)
        table_row(a, t)[0] = cell_text(a, questions[i]);
    return t;
}
