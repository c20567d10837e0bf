/* model/paper: the numbered paper copies of a binder or document, and what is late about them. */
#include "model/paper.h"

#include "model/lifecycle.h"
#include "model/readers.h"

/* -- What holds now ------------------------------------------------------------------------- */

/* What a copy may hold. */
struct holding {
    bool is_nothing; /* it is withdrawn or superseded */
    str now, soon;   /* a version that is not in force yet may be handed out beforehand */
};

static struct holding holding_of_document(const struct record *r)
{
    const struct record *in_force = r->life == NULL ? NULL : r->life->in_force;
    str written = rec_text(r, DOCUMENT_VERSION);
    str now = in_force == NULL ? written : rec_text(in_force, APPROVAL_VERSION);
    return (struct holding){r->life != NULL && life_is_over(r->life), now, written};
}

/* Of two issued on one day, the one that is written last. */
static str version_issued_last(const struct field_value *copies, size_t count)
{
    date last = DATE_NONE;
    str version = S("");
    for (size_t i = 0; i < count; i++) {
        const struct record *copy = field_target(&copies[i]);
        if (copy == NULL || !rec_has(copy, COPY_ISSUED_VERSION) || !rec_has(copy, COPY_ISSUED_ON) ||
            rec_date(copy, COPY_ISSUED_ON) < last)
            continue;
        last = rec_date(copy, COPY_ISSUED_ON);
        version = rec_text(copy, COPY_ISSUED_VERSION);
    }
    return version;
}

/* -- One copy ------------------------------------------------------------------------------- */

/* Of what this audience may not see nothing can be said. */
static bool is_withheld(const struct record *copy)
{
    static const enum field_id needed[] = {COPY_ISSUED_ON, COPY_RECEIVED_ON, COPY_RECALLED_ON,
                                           COPY_DESTROYED_ON};
    for (size_t i = 0; i < COUNT_OF(needed); i++)
        if (rec_value(copy, needed[i])->state == FV_WITHHELD)
            return true;
    return false;
}

static enum paper_state state_of(const struct record *copy)
{
    return is_withheld(copy)                  ? PAPER_UNKNOWN
           : rec_has(copy, COPY_DESTROYED_ON) ? PAPER_DESTROYED
           : rec_has(copy, COPY_RECALLED_ON)  ? PAPER_RECALLED
           : rec_has(copy, COPY_ISSUED_ON)    ? PAPER_OUT
                                              : PAPER_NOT_ISSUED;
}

static date due_after(const struct model *m, date since)
{
    return since == DATE_NONE ? DATE_NONE : since + (date)receipt_days(m);
}

static struct paper paper_of(const struct model *m, const struct record *copy,
                             const struct holding *holding)
{
    struct paper p = {.copy = copy, .state = state_of(copy)};
    str version = rec_text(copy, COPY_ISSUED_VERSION);
    p.is_confirmed = rec_has(copy, COPY_RECEIVED_ON);
    p.is_old = holding->is_nothing || (version.n != 0 && !str_eq(version, holding->now) &&
                                       !str_eq(version, holding->soon));
    p.due = DATE_NONE;
    if (p.state == PAPER_OUT && !p.is_confirmed)
        p.due = due_after(m, rec_date(copy, COPY_ISSUED_ON));
    else if (p.state == PAPER_RECALLED)
        p.due = due_after(m, rec_date(copy, COPY_RECALLED_ON));
    p.is_late = p.due != DATE_NONE && m->as_of != DATE_NONE && p.due < m->as_of;
    return p;
}

struct papers paper_copies(struct arena *a, const struct model *m, const struct record *of)
{
    bool is_document = of->type->number == TYPE_DOCUMENT;
    size_t count;
    const struct field_value *copies =
        rec_items(of, is_document ? DOCUMENT_COPIES : BINDER_COPIES, &count);
    str written = is_document ? S("") : rec_text(of, BINDER_VERSION);
    struct holding holding = {!rec_is_live(of),
                              written.n != 0 ? written : version_issued_last(copies, count), S("")};
    if (is_document)
        holding = holding_of_document(of);
    struct paper *items = NEW_ARRAY(a, struct paper, count + 1);
    struct papers all = {.items = items, .version = holding.is_nothing ? S("") : holding.now};
    for (size_t i = 0; i < count; i++)
        if (copies[i].state == FV_PRESENT)
            items[all.count++] = paper_of(m, copies[i].record, &holding);
    return all;
}
