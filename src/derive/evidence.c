/* derive/evidence: by clause what shows it, the minimum evidence, and whether the system lives. */
#include "derive/evidence.h"

#include "derive/gate.h"
#include "derive/standing.h"
#include "model/limits.h"

/* A row of clauses.def selects records of a type. */
struct selection {
    struct selector selector;
    size_t clause;
    size_t taken; /* how many records it took */
};

struct selections {
    struct selection **items;
    size_t count, cap;
};

struct deriving {
    const struct model *model;
    struct arena *arena;
    struct evidence *evidence;
    struct selections *of_type; /* by type number */
    struct selections all;      /* in the order of clauses.def */
    struct map clause_of;       /* from an id to its struct clause_evidence */
    size_t *last;               /* by clause: serial of the record that was put there last */
    size_t serial;
};

static void put(struct deriving *d, struct evidence_list *l, const struct record *r)
{
    PUSH(d->arena, l->items, l->count, l->cap, const struct record *) = r;
}

/* -- Records to clauses -------------------------------------------------------------------- */

static void read_selections(struct deriving *d)
{
    d->of_type = NEW_ARRAY(d->arena, struct selections, d->model->schema->type_count);
    for (size_t c = 0; c < clause_count(); c++) {
        struct selector s[SELECTORS_MAX];
        size_t count = selectors_read(d->model->schema, clause_at(c)->records, s);
        for (size_t i = 0; i < count; i++) {
            struct selection *one = NEW(d->arena, struct selection);
            *one = (struct selection){s[i], c, 0};
            struct selections *l = &d->of_type[s[i].type->number];
            PUSH(d->arena, l->items, l->count, l->cap, struct selection *) = one;
            PUSH(d->arena, d->all.items, d->all.count, d->all.cap, struct selection *) = one;
        }
    }
}

static void keep_review(const struct record *r, struct clause_evidence *c)
{
    date day = rec_date(r, COMMON_NEXT_REVIEW);
    if (day == DATE_NONE || (c->review != NULL && day >= c->review_day))
        return;
    c->review = r;
    c->review_day = day;
}

static void count_proof(struct deriving *d, const struct record *r, struct clause_evidence *c)
{
    struct standing standing = d->evidence->standings[r->type->number][r->number];
    if (!standing.counts)
        return;
    size_t *counted = r->type->number == TYPE_DOCUMENT ? &c->documents_count : &c->records_count;
    ++*counted;
    keep_review(r, c);
    if (standing.day != DATE_NONE && (c->newest == NULL || standing.day > c->day)) {
        c->newest = r;
        c->day = standing.day;
    }
}

/* To the clause and the chapters above it, once to each. */
static void add_to_clause(struct deriving *d, size_t clause, const struct record *r)
{
    for (size_t i = clause; i != SIZE_MAX; i = clause_above(i)) {
        struct clause_evidence *c = &d->evidence->clauses[i];
        if (d->last[i] == d->serial)
            continue;
        d->last[i] = d->serial;
        put(d, r->type->number == TYPE_DOCUMENT ? &c->documents : &c->records, r);
        count_proof(d, r, c);
    }
}

/* SIZE_MAX: the catalogue does not have it. */
static size_t clause_named(const struct deriving *d, str id)
{
    const struct clause_evidence *c = map_find(&d->clause_of, id);
    return c == NULL ? SIZE_MAX : (size_t)(c - d->evidence->clauses);
}

static void note_unknown(struct deriving *d, struct map *unknown, str number,
                         const struct record *r)
{
    struct clause_unknown *u = map_find(unknown, number);
    if (u == NULL) {
        u = NEW(d->arena, struct clause_unknown);
        *u = (struct clause_unknown){.number = number, .first = r};
        map_put(unknown, number, u);
    }
    u->count++;
}

static void add_record(struct deriving *d, struct map *unknown, const struct record *r)
{
    size_t count;
    const struct field_value *v = rec_items(r, COMMON_CLAUSES, &count);
    const struct selections *selections = &d->of_type[r->type->number];
    d->serial++;
    for (size_t i = 0; i < count; i++) {
        size_t clause = v[i].state == FV_PRESENT ? clause_named(d, v[i].text) : SIZE_MAX;
        if (clause != SIZE_MAX)
            add_to_clause(d, clause, r);
        else if (v[i].state == FV_PRESENT)
            note_unknown(d, unknown, v[i].text, r);
    }
    for (size_t i = 0; i < selections->count; i++) {
        struct selection *s = selections->items[i];
        if (!selector_takes(&s->selector, r))
            continue;
        s->taken++;
        add_to_clause(d, s->clause, r);
    }
}

static void add_all_records(struct deriving *d)
{
    const struct schema *s = d->model->schema;
    struct map unknown = map_in(d->arena);
    d->last = NEW_ARRAY(d->arena, size_t, clause_count());
    for (size_t t = 0; t < s->type_count; t++) {
        const struct record_list *list = &d->model->by_type[t];
        for (size_t i = 0; i < list->count; i++)
            add_record(d, &unknown, list->items[i]);
    }
    struct evidence *e = d->evidence;
    for (size_t i = 0; i < unknown.count; i++)
        PUSH(d->arena, e->unknown, e->unknown_count, e->unknown_cap, struct clause_unknown) =
            *(struct clause_unknown *)unknown.entries[i].value;
}

/* -- Audits and findings ------------------------------------------------------------------- */

static void add_finding(struct deriving *d, const struct record *r)
{
    for (size_t i = clause_named(d, rec_text(r, FINDING_CLAUSE)); i != SIZE_MAX;
         i = clause_above(i))
        put(d, &d->evidence->clauses[i].findings, r);
}

static void add_audit_to(struct deriving *d, size_t clause, const struct record *r)
{
    if (d->last[clause] == d->serial)
        return;
    d->last[clause] = d->serial;
    put(d, &d->evidence->clauses[clause].audits, r);
}

/* Who audits a chapter has looked at what is below it. */
static void add_audit(struct deriving *d, const struct record *r)
{
    size_t count;
    const struct field_value *v = rec_items(r, AUDIT_SCOPE_CLAUSES, &count);
    d->serial++;
    for (size_t i = 0; i < count; i++) {
        size_t clause = v[i].state == FV_PRESENT ? clause_named(d, v[i].text) : SIZE_MAX;
        if (clause == SIZE_MAX)
            continue;
        for (size_t below = clause; below < clause_end(clause); below++)
            add_audit_to(d, below, r);
        for (size_t above = clause_above(clause); above != SIZE_MAX; above = clause_above(above))
            add_audit_to(d, above, r);
    }
}

static void add_judgements(struct deriving *d)
{
    const struct record_list *findings = model_list(d->model, TYPE_FINDING);
    const struct record_list *audits = model_list(d->model, TYPE_AUDIT);
    for (size_t i = 0; i < findings->count; i++)
        add_finding(d, findings->items[i]);
    for (size_t i = 0; i < audits->count; i++)
        if (d->evidence->standings[TYPE_AUDIT][i].counts)
            add_audit(d, audits->items[i]);
}

/* -- Who answers for it -------------------------------------------------------------------- */

static bool produces(const struct record *process, const struct type_def *type)
{
    size_t count;
    const struct field_value *v = rec_items(process, PROCESS_RECORDS, &count);
    for (size_t i = 0; i < count; i++)
        if (v[i].state == FV_PRESENT && str_eq(v[i].text, type->key))
            return true;
    return false;
}

/* How near the process is to the clause: 3 named for it, 2 its records are the process's, 1 named
 * for another clause of the chapter; 0 not at all. */
static int nearness(const struct deriving *d, const struct record *process, size_t clause,
                    const struct type_def *first)
{
    size_t named = clause_named(d, rec_text(process, PROCESS_CLAUSE)), above = clause_above(clause);
    if (named == clause)
        return 3;
    if (first != NULL && produces(process, first))
        return 2;
    bool is_chapter_of_few = above != SIZE_MAX && clause_above(above) != SIZE_MAX;
    return named != SIZE_MAX && is_chapter_of_few && clause_above(named) == above ? 1 : 0;
}

/* What the clause selects whole; a part of a type says nothing about who keeps the type. */
static const struct type_def *first_type(const struct deriving *d, size_t clause)
{
    struct selector s[SELECTORS_MAX];
    size_t count = selectors_read(d->model->schema, clause_at(clause)->records, s);
    return count != 0 && s[0].slot == SIZE_MAX ? s[0].type : NULL;
}

static void find_process(struct deriving *d, size_t clause)
{
    struct clause_evidence *c = &d->evidence->clauses[clause];
    const struct record_list *processes = model_list(d->model, TYPE_PROCESS);
    const struct type_def *first = first_type(d, clause);
    int nearest = 0;
    for (size_t i = 0; i < processes->count; i++) {
        int near = nearness(d, processes->items[i], clause, first);
        if (near <= nearest)
            continue;
        nearest = near;
        c->process = processes->items[i];
        c->owner = rec_ref(c->process, COMMON_OWNER);
    }
}

/* Of records of one type, or of all. */
static void count_owners(const struct evidence_list *l, const struct type_def *type, size_t *owned,
                         const struct record **owner)
{
    for (size_t i = 0; i < l->count; i++) {
        const struct record *r = rec_ref(l->items[i], COMMON_OWNER);
        bool is_counted = type == NULL || l->items[i]->type == type;
        if (!is_counted || r == NULL || r->type->number != TYPE_ROLE)
            continue;
        owned[r->number]++;
        if (*owner == NULL || owned[r->number] > owned[(*owner)->number])
            *owner = r;
    }
}

static void forget_owners(const struct evidence_list *l, size_t *owned)
{
    for (size_t i = 0; i < l->count; i++) {
        const struct record *r = rec_ref(l->items[i], COMMON_OWNER);
        if (r != NULL && r->type->number == TYPE_ROLE)
            owned[r->number] = 0;
    }
}

/* What is expected first says more about who keeps the clause than what else names it. */
static void find_commonest_owner(const struct deriving *d, struct clause_evidence *c, size_t *owned)
{
    struct selector s[SELECTORS_MAX];
    size_t count = selectors_read(d->model->schema, c->clause->records, s);
    count_owners(&c->documents, NULL, owned, &c->owner);
    count_owners(&c->records, count != 0 ? s[0].type : NULL, owned, &c->owner);
    if (c->owner == NULL)
        count_owners(&c->records, NULL, owned, &c->owner);
    forget_owners(&c->documents, owned);
    forget_owners(&c->records, owned);
}

/* Of a chapter several answer. */
static void find_owners(struct deriving *d)
{
    size_t *owned = NEW_ARRAY(d->arena, size_t, model_list(d->model, TYPE_ROLE)->count + 1);
    for (size_t i = 0; i < clause_count(); i++) {
        struct clause_evidence *c = &d->evidence->clauses[i];
        if (c->clause->demand == DEMAND_CHAPTER)
            continue;
        find_process(d, i);
        if (c->owner == NULL)
            find_commonest_owner(d, c, owned);
    }
}

/* -- Gaps ---------------------------------------------------------------------------------- */

#define gap_add(d, c, kind, ...) add_gap((d), (c), (kind), str_fmt((d)->arena, __VA_ARGS__))

static void add_gap(struct deriving *d, struct clause_evidence *c, enum gap_kind kind, str words)
{
    PUSH(d->arena, c->gaps, c->gap_count, c->gap_cap, struct evidence_gap) =
        (struct evidence_gap){kind, words};
}

static void find_old(struct deriving *d, struct clause_evidence *c)
{
    long long months = model_limit(d->model, LIMITS_EVIDENCE_MONTHS);
    if (c->newest == NULL)
        gap_add(d, c, GAP_OLD, "nothing of it says when it was done");
    else if (d->model->as_of != DATE_NONE && date_add_months(c->day, (int)months) < d->model->as_of)
        gap_add(d, c, GAP_OLD,
                "the newest evidence is of " STR_FMT " (" STR_FMT "), more than %lld months ago",
                STR_ARG(date_long(d->arena, c->day)), STR_ARG(c->newest->id), months);
}

static void find_missing_types(struct deriving *d, struct clause_evidence *c)
{
    for (size_t i = 0; i < d->all.count; i++) {
        const struct selection *s = d->all.items[i];
        if (s->taken == 0 && &d->evidence->clauses[s->clause] == c)
            gap_add(d, c, GAP_TYPE, "no " STR_FMT " is recorded",
                    STR_ARG(selector_words(d->arena, &s->selector)));
    }
}

/* Of a copy no more is said than that it holds nothing. */
static void find_gaps(struct deriving *d, struct clause_evidence *c)
{
    bool is_partial = model_is_partial(d->model);
    if (c->documents.count + c->records.count == 0) {
        add_gap(d, c, GAP_NOTHING, is_partial ? S("nothing in this copy") : S("nothing recorded"));
        return;
    }
    if (is_partial || c->clause->demand == DEMAND_CHAPTER)
        return;
    bool is_proven = c->documents_count + c->records_count != 0;
    if (!is_proven)
        add_gap(d, c, GAP_DRAFTS, S("nothing but drafts and plans so far"));
    find_missing_types(d, c);
    if (is_proven)
        find_old(d, c);
    if (c->owner == NULL)
        add_gap(d, c, GAP_OWNER, S("nobody answers for it"));
}

/* -- What is claimed ----------------------------------------------------------------------- */

static void find_claims(struct evidence *e, const struct model *m)
{
    const struct record_list *list = model_list(m, TYPE_ORGANISATION);
    for (size_t i = 0; i < list->count; i++) {
        size_t count;
        const struct field_value *v = rec_items(list->items[i], ORGANISATION_STANDARDS, &count);
        for (size_t j = 0; j < count; j++)
            for (int s = 0; s < STANDARD_COUNT; s++)
                if (v[j].state == FV_PRESENT && standard_is((enum standard)s, v[j].text))
                    e->is_claimed[s] = true;
    }
}

void derive_evidence(struct model *m)
{
    struct evidence *e = NEW(m->arena, struct evidence);
    struct deriving d = {
        .model = m, .arena = m->arena, .evidence = e, .clause_of = map_in(m->arena)};
    e->clauses = NEW_ARRAY(m->arena, struct clause_evidence, clause_count());
    for (size_t i = 0; i < clause_count(); i++) {
        e->clauses[i] = (struct clause_evidence){
            .clause = clause_at(i), .day = DATE_NONE, .review_day = DATE_NONE};
        map_put(&d.clause_of, clause_at(i)->id, &e->clauses[i]);
    }
    e->standings = derive_standings(m);
    read_selections(&d);
    add_all_records(&d);
    add_judgements(&d);
    find_owners(&d);
    for (size_t i = 0; i < clause_count(); i++)
        find_gaps(&d, &e->clauses[i]);
    m->evidence = e;
    derive_gate(e, m);
    find_claims(e, m);
}
