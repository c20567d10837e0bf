/* form/table/suppliers: what is required of suppliers, promised and looked at (S0.58, S0.59). */
#include "form/table/system.h"

#include "base/path.h"
#include "form/table/cells.h"
#include "model/limits.h"
#include "model/recovery.h"

/* -- Required and promised -------------------------------------------------------------------- */

static duration of_part(const struct record *r, enum field_id part, enum field_id field)
{
    const struct record *p = rec_ref(r, part);
    return p == NULL ? DURATION_NONE : rec_duration(p, field);
}

static struct cell gap(struct arena *a, duration required, duration promised)
{
    if (required == DURATION_NONE)
        return cell_chip(a, S("Nothing required"), TONE_WARN);
    if (promised == DURATION_NONE)
        return cell_chip(a, S("Nothing promised"), TONE_BAD);
    return promised > required ? cell_chip(a, S("Too late"), TONE_BAD)
                               : cell_chip(a, S("Kept"), TONE_GOOD);
}

static struct cell asked_of(struct arena *a, const struct model *m, const struct record *r,
                            enum recovery_time time)
{
    size_t node = recovery_number(m, r);
    const struct asked *asked = &m->recovery->nodes[node].asked[time];
    if (asked->value == DURATION_NONE)
        return (struct cell){0};
    struct cell c = cell_duration(a, asked->value);
    struct piece *p = NEW_ARRAY(a, struct piece, 2);
    p[0] = c.pieces[0];
    const struct record *by = m->recovery->nodes[asked->from].record;
    p[1] = (struct piece){.text = by->id, .link = by};
    c.pieces = p;
    c.count = 2;
    return c;
}

/* -- Looked at -------------------------------------------------------------------------------- */

static const struct record *last_review(const struct model *m, const struct record *r)
{
    size_t count;
    const struct record *last = NULL;
    const struct field_value *v = rec_items(r, SUPPLIER_REVIEWS, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *part = field_target(&v[i]);
        date day = part == NULL ? DATE_NONE : rec_date(part, SUPPLIER_REVIEW_DATE);
        bool has_come = day != DATE_NONE && (m->as_of == DATE_NONE || day <= m->as_of);
        if (has_come && (last == NULL || day >= rec_date(last, SUPPLIER_REVIEW_DATE)))
            last = part;
    }
    return last;
}

static struct cell exit_of(struct arena *a, const struct record *r)
{
    if (rec_has(r, SUPPLIER_SUBSTITUTES))
        return cell_field(a, r, SUPPLIER_SUBSTITUTES);
    duration lead = rec_duration(r, SUPPLIER_EXIT_LEAD_TIME);
    if (lead == DURATION_NONE)
        return (struct cell){0};
    return cell_text(a, str_fmt(a, "leaving takes " STR_FMT, STR_ARG(duration_words(a, lead))));
}

static void add_supplier(struct arena *a, const struct model *m, struct table *t,
                         const struct record *r)
{
    const struct record *review = last_review(m, r);
    const struct record *onboarding = rec_ref(r, SUPPLIER_ONBOARDING);
    duration required = of_part(r, SUPPLIER_REQUIREMENT, REQUIREMENT_RTO);
    duration promised = of_part(r, SUPPLIER_COMMITMENT, COMMITMENT_RTO);
    struct cell *cells = table_row(a, t);
    cells[0] = cell_text(a, r->id);
    cells[1] = cell_record(a, r);
    cells[2] = cell_count(a, recovery_node(m, r)->stops);
    cells[3] = asked_of(a, m, r, TIME_RTO);
    cells[4] = cell_duration(a, required);
    cells[5] = cell_duration(a, promised);
    cells[6] = gap(a, required, promised);
    cells[7] = cell_field(a, r, SUPPLIER_PLAN_SEEN_ON);
    if (review != NULL) {
        cells[8] = cell_field(a, review, SUPPLIER_REVIEW_DATE);
        cells[9] = cell_field(a, review, SUPPLIER_REVIEW_RESULT);
    }
    cells[10] = exit_of(a, r);
    if (onboarding != NULL)
        cells[11] = cell_field(a, onboarding, ONBOARDING_DUE_DILIGENCE);
    if (flow_down_has(m, r)) {
        cells[12] = cell_text(a, S("Terms"));
        cells[12].page = flow_down_path(a, r);
    }
}

const struct table *supplier_continuity(struct arena *a, const struct model *m)
{
    static const struct column column[] = {
        COLUMN("id", "ID", CODE),
        COLUMN("supplier", "Supplier", TEXT),
        COLUMN("stops", "Stops without spare", NUMBER),
        COLUMN("needed", "Needed within", TEXT),
        COLUMN("required", "Required RTO", TEXT),
        COLUMN("promised", "Promised RTO", TEXT),
        COLUMN("gap", "Promise", CHIP),
        COLUMN("plan_seen", "Plan seen", DATE),
        COLUMN("reviewed", "Last review", DATE),
        COLUMN("result", "What it found", TEXT),
        COLUMN("exit", "Substitute or exit", TEXT),
        COLUMN("due_diligence", "Due diligence", DATE),
        COLUMN("sheet", "Sheet", TEXT),
    };
    struct table *t = table_new(a, S("list-suppliers-continuity"), S("Continuity of suppliers"),
                                column, COUNT_OF(column));
    const struct record_list *list = model_list(m, TYPE_SUPPLIER);
    for (size_t i = 0; i < list->count; i++)
        if (rec_is_live(list->items[i]))
            add_supplier(a, m, t, list->items[i]);
    return t;
}

/* -- The sheet for one supplier --------------------------------------------------------------- */

str flow_down_path(struct arena *a, const struct record *supplier)
{
    return str_fmt(a, "flowdown/" STR_FMT ".html", STR_ARG(path_slug(a, supplier->id)));
}

bool flow_down_has(const struct model *m, const struct record *supplier)
{
    return supplier->type->number == TYPE_SUPPLIER && rec_is_live(supplier) &&
           (rec_bool(supplier, SUPPLIER_CRITICAL) ||
            recovery_node(m, supplier)->asked[TIME_RTO].value != DURATION_NONE);
}

static void add_time(struct arena *a, struct table *t, const char *what, duration needed,
                     duration required, duration promised)
{
    struct cell *cells = table_row(a, t);
    cells[0] = cell_text(a, str_from(what));
    cells[1] = cell_duration(a, needed);
    cells[2] = cell_duration(a, required);
    cells[3] = cell_duration(a, promised);
    cells[4] = gap(a, required, promised);
}

static const struct table *terms_of(struct arena *a, const struct model *m, const struct record *r)
{
    static const struct column column[] = {
        COLUMN("term", "Term", TEXT),
        COLUMN("needed", "Our activities need", TEXT),
        COLUMN("required", "We require", TEXT),
        COLUMN("promised", "Promised in the contract", TEXT),
        COLUMN("gap", "State", CHIP),
    };
    const struct node *n = recovery_node(m, r);
    const struct record *required = rec_ref(r, SUPPLIER_REQUIREMENT);
    struct table *t = table_new(a, S("flow-down-terms"), S("What is required and promised"), column,
                                COUNT_OF(column));
    add_time(a, t, "Back in service within (RTO)", n->asked[TIME_RTO].value,
             of_part(r, SUPPLIER_REQUIREMENT, REQUIREMENT_RTO),
             of_part(r, SUPPLIER_COMMITMENT, COMMITMENT_RTO));
    add_time(a, t, "Data at most behind by (RPO)", n->asked[TIME_RPO].value,
             of_part(r, SUPPLIER_REQUIREMENT, REQUIREMENT_RPO),
             of_part(r, SUPPLIER_COMMITMENT, COMMITMENT_RPO));
    if (required == NULL)
        return t;
    struct cell *notice = table_row(a, t);
    notice[0] = cell_text(a, S("Notice of a disruption within"));
    notice[2] = cell_duration(a, rec_duration(required, REQUIREMENT_NOTICE));
    struct cell *test = table_row(a, t);
    test[0] = cell_text(a, S("We may test or witness a test"));
    test[2] = cell_field(a, required, REQUIREMENT_TEST_RIGHT);
    return t;
}

static void add_particular(struct arena *a, struct table *t, const struct record *r,
                           enum field_id field)
{
    struct cell value = cell_field(a, r, field);
    if (value.count == 0)
        return;
    struct cell *cells = table_row(a, t);
    cells[0] = cell_text(a, r->type->fields[schema_slot(r->type, field)].heading);
    cells[1] = value;
}

static const struct table *particulars_of(struct arena *a, const struct record *r)
{
    static const struct column column[] = {COLUMN("label", "", TEXT), COLUMN("value", "", TEXT)};
    static const enum field_id field[] = {SUPPLIER_SERVICES, SUPPLIER_CONTRACT,
                                          SUPPLIER_CONTACT_24H, SUPPLIER_PLAN_SEEN_ON,
                                          COMMON_OWNER};
    struct table *t = table_new(a, S("flow-down-particulars"), S("Particulars"), column, 2);
    for (size_t i = 0; i < COUNT_OF(field); i++)
        add_particular(a, t, r, field[i]);
    return t;
}

/* Direct users; what stands on them is in the time that they ask for. */
static const struct table *users_of(struct arena *a, const struct model *m, const struct record *r)
{
    static const struct column column[] = {
        COLUMN("user", "What of ours needs it", TEXT),
        COLUMN("kind", "Kind", TEXT),
        COLUMN("loss", "If it is lost", TEXT),
        COLUMN("tolerance", "Can do without for", TEXT),
        COLUMN("within", "Must be back within", TEXT),
    };
    static const str loss[] = {S_INIT("stops"), S_INIT("degrades"), S_INIT("minor")};
    const struct node *n = recovery_node(m, r);
    struct table *t =
        table_new(a, S("flow-down-users"), S("What needs it"), column, COUNT_OF(column));
    for (size_t i = 0; i < n->user_count; i++) {
        const struct need *need = &m->recovery->needs[n->users[i]];
        const struct node *user = &m->recovery->nodes[need->user];
        if (!rec_is_live(user->record))
            continue;
        struct cell *cells = table_row(a, t);
        cells[0] = cell_record(a, user->record);
        cells[1] = cell_text(a, user->record->type->singular);
        cells[2] = cell_text(a, loss[need->loss]);
        cells[3] = cell_duration(a, need->tolerance);
        cells[4] = cell_duration(a, user->asked[TIME_RTO].value);
    }
    if (t->row_count == 0)
        t->note = S("Nothing that is recorded.");
    return t;
}

struct flow_down flow_down(struct arena *a, const struct model *m, const struct record *supplier)
{
    return (struct flow_down){particulars_of(a, supplier), terms_of(a, m, supplier),
                              users_of(a, m, supplier)};
}
