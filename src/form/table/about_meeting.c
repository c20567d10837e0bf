/* form/table/about_meeting: what a meeting decides, and what the one before it decided (9.3, 5.1).
 */
#include "form/table/about.h"

#include "form/table/cells.h"
#include "model/meetings.h"

static struct table *decisions_of(struct arena *a, const struct record *r)
{
    static const struct column column[] = {
        COLUMN("no", "No.", NUMBER), COLUMN("decision", "Decision", TEXT), COLUMN("by", "By", TEXT),
        COLUMN("effect", "Takes effect in", TEXT)};
    struct table *t = table_new(a, S(""), S(""), column, COUNT_OF(column));
    size_t count;
    const struct field_value *v = rec_items(r, MEETING_DECISIONS, &count);
    for (size_t i = 0; i < count; i++) {
        if (v[i].state != FV_PRESENT)
            continue;
        struct cell *cells = table_row(a, t);
        cells[0] = cell_count(a, t->row_count);
        cells[1] = cell_field(a, v[i].record, MEETING_DECISION_TEXT);
        cells[2] = cell_field(a, v[i].record, MEETING_DECISION_BY);
        cells[3] = cell_field(a, v[i].record, MEETING_DECISION_EFFECT);
    }
    return t;
}

const struct table *decisions_table(struct arena *a, const struct model *m, const struct record *r)
{
    (void)m;
    return decisions_of(a, r);
}

static struct cell holder_of(struct arena *a, const struct record *who)
{
    if (who->type->number != TYPE_ROLE)
        return cell_record(a, who);
    return rec_lacks(who, ROLE_HOLDER) ? cell_text(a, S("vacant"))
                                       : cell_field(a, who, ROLE_HOLDER);
}

const struct table *invited_table(struct arena *a, const struct model *m, const struct record *r)
{
    enum { GUESTS = 3 };
    static const struct column column[] = {
        COLUMN("role", "Invited", BLANK), COLUMN("name", "Name", BLANK),
        COLUMN("there", "There, or who instead", BLANK), COLUMN("signature", "Signature", BLANK)};
    struct table *t = table_new(a, S(""), S(""), column, COUNT_OF(column));
    size_t count;
    const struct field_value *v = rec_items(r, MEETING_ATTENDEES, &count);
    (void)m;
    for (size_t i = 0; i < count; i++) {
        const struct record *who = field_target(&v[i]);
        struct cell *cells = table_row(a, t);
        cells[0] = who != NULL ? cell_record(a, who) : cell_text(a, text_not_in_copy(a, v[i].text));
        if (who != NULL)
            cells[1] = holder_of(a, who);
    }
    for (size_t i = 0; i < GUESTS; i++)
        table_row(a, t);
    return t;
}

/* "Actions of MTG-008 BCMS steering group, 2nd quarter 2026, on 23 June 2026" */
static str of_meeting(struct arena *a, const char *what, const struct record *meeting)
{
    return str_fmt(a, "%s of " STR_FMT " " STR_FMT ", on " STR_FMT, what, STR_ARG(meeting->id),
                   STR_ARG(meeting->title), STR_ARG(date_long(a, rec_date(meeting, MEETING_DATE))));
}

static const struct table *nothing_before(struct arena *a, const struct model *m, struct table *t)
{
    t->row_count = 0;
    t->note = model_is_partial(m) ? text_not_in_copy(a, S(""))
                                  : S("No earlier meeting of its kind is on record.");
    return t;
}

const struct table *decided_before_table(struct arena *a, const struct model *m,
                                         const struct record *r)
{
    const struct record *before = meeting_before(m, r);
    struct table *t = decisions_of(a, before != NULL ? before : r);
    if (before == NULL)
        return nothing_before(a, m, t);
    t->caption = of_meeting(a, "Decisions", before);
    if (t->row_count == 0)
        t->note = S("Nothing recorded.");
    return t;
}

const struct table *carried_table(struct arena *a, const struct model *m, const struct record *r)
{
    const struct record *before = meeting_before(m, r);
    struct table *t = NEW(a, struct table);
    *t = *learnt_table(a, m, before != NULL ? before : r);
    if (before == NULL)
        return nothing_before(a, m, t);
    t->caption = of_meeting(a, "Actions", before);
    if (t->row_count == 0)
        t->note = S("Nothing recorded.");
    return t;
}
