/* form/table/audits/self: the questions of a self-assessment, by clause (S0.46). */
#include "form/table/audits.h"

#include "form/table/links.h"
#include "model/actions.h"
#include "model/clauses.h"
#include "model/evidence.h"

/* The newest self-assessment that was held of each clause, and its findings against it. */
struct last {
    const struct record *audit; /* NULL: none */
    struct links findings;
    size_t open, closed;
};

static void take_audit(struct last *last, const struct record *audit)
{
    date held = rec_date(audit, AUDIT_HELD);
    size_t count;
    const struct field_value *v = rec_items(audit, AUDIT_SCOPE_CLAUSES, &count);
    if (held == DATE_NONE || !rec_counts(audit) || !str_eq(rec_text(audit, AUDIT_KIND), S("self")))
        return;
    for (size_t i = 0; i < count; i++) {
        struct clause_range range = clause_range(v[i].text);
        for (size_t at = range.from; at < range.to; at++)
            if (last[at].audit == NULL || held > rec_date(last[at].audit, AUDIT_HELD))
                last[at].audit = audit;
    }
}

/* It came from that audit, which names it, or which it names. */
static bool is_of(const struct record *f, const struct record *audit)
{
    if (rec_ref(f, FINDING_SOURCE_REF) == audit)
        return true;
    for (size_t i = 0; i < f->back_count; i++)
        if (f->back[i].from == audit)
            return true;
    return false;
}

static void take_finding(struct last *last, const struct model *m, const struct record *f)
{
    struct clause_range range = clause_range(rec_text(f, FINDING_CLAUSE));
    if (!audit_finding_counts(f))
        return;
    for (size_t at = range.from; at < range.to; at++) {
        if (last[at].audit == NULL || !is_of(f, last[at].audit))
            continue;
        links_add(&last[at].findings, f);
        *(finding_is_closed(m, f) == TRUTH_YES ? &last[at].closed : &last[at].open) += 1;
    }
}

static struct last *last_of(struct arena *a, const struct model *m)
{
    const struct record_list *audits = model_list(m, TYPE_AUDIT);
    const struct record_list *findings = model_list(m, TYPE_FINDING);
    struct last *last = NEW_ARRAY(a, struct last, clause_count());
    for (size_t i = 0; i < clause_count(); i++)
        last[i].findings = links_in(a);
    for (size_t i = 0; i < audits->count; i++)
        take_audit(last, audits->items[i]);
    for (size_t i = 0; i < findings->count; i++)
        take_finding(last, m, findings->items[i]);
    return last;
}

/* -- Cells ------------------------------------------------------------------------------------ */

static struct cell on_file(struct arena *a, const struct clause_evidence *c)
{
    struct links l = links_in(a);
    links_text(
        &l, str_fmt(a, "%zu document%s", c->documents_count, c->documents_count == 1 ? "" : "s"));
    links_text(&l, str_fmt(a, "%zu record%s", c->records_count, c->records_count == 1 ? "" : "s"));
    if (c->newest != NULL)
        links_add_as(&l, c->newest,
                     str_fmt(a, "newest of " STR_FMT, STR_ARG(date_long(a, c->day))));
    return links_cell(&l);
}

/* "Nothing found" is said of an audit that was held, in a copy that holds everything. */
static struct cell last_time(struct arena *a, const struct model *m, struct last *last)
{
    if (last->audit == NULL)
        return model_is_partial(m) ? (struct cell){0} : cell_text(a, S("Not asked yet"));
    struct links l = links_in(a);
    links_add(&l, last->audit);
    links_text(&l, date_long(a, rec_date(last->audit, AUDIT_HELD)));
    for (size_t i = 0; i < last->findings.count; i++)
        links_add(&l, last->findings.pieces[i].link);
    if (last->open + last->closed != 0)
        links_text(&l, str_fmt(a, "%zu open, %zu closed", last->open, last->closed));
    else if (!model_is_partial(m))
        links_text(&l, S("nothing found"));
    return links_cell(&l);
}

static void add_row(struct arena *a, const struct model *m, struct table *t, size_t at,
                    struct last *last)
{
    const struct clause_evidence *c = &m->evidence->clauses[at];
    struct cell *cells = table_row(a, t);
    cells[0] = cell_text(a, c->clause->id);
    cells[0].sort = sort_key_natural(a, c->clause->id);
    cells[0].page = clause_path(a, c->clause);
    cells[1] = cell_text(
        a, str_fmt(a, STR_FMT ": " STR_FMT, STR_ARG(c->clause->title), STR_ARG(c->clause->shown)));
    cells[2] = cell_text(a, c->clause->demand == DEMAND_DOCUMENTED ? S("Documented") : S("Usual"));
    cells[3] = on_file(a, c);
    cells[4] = cell_record(a, c->owner);
    cells[8] = last_time(a, m, last);
}

const struct table *self_assessment(struct arena *a, const struct model *m)
{
    static const struct column column[] = {
        COLUMN("clause", "Clause", CODE),
        COLUMN("question", "Is this so with us?", PROSE),
        COLUMN("demand", "Asked for", TEXT),
        COLUMN("on_file", "On file", TEXT),
        COLUMN("owner", "Answers for it", TEXT),
        COLUMN("answer", "Yes, partly, no", BLANK),
        COLUMN("evidence", "Evidence seen", ANSWER),
        COLUMN("remark", "Remark", ANSWER),
        COLUMN("last", "Last time", TEXT),
    };
    struct last *last = last_of(a, m);
    struct table *t =
        table_new(a, S("list-self-assessment"), S("Self-assessment"), column, COUNT_OF(column));
    t->head_column = true;
    for (size_t i = 0; i < clause_count(); i++) {
        const struct clause *c = clause_at(i);
        if (c->demand != DEMAND_CHAPTER &&
            (c->standard == STANDARD_ISO_22301 || m->evidence->is_claimed[c->standard]))
            add_row(a, m, t, i, &last[i]);
    }
    t->note = S("What is answered with partly or no becomes a finding: source self_assessment, "
                "with the number of its clause.");
    return t;
}
