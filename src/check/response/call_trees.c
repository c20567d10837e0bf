/* check/response/call_trees: who calls whom (BN7), and whether it was tried (BN8). */
#include "check/response/response_int.h"

#include "model/due.h"
#include "model/limits.h"

/* Somebody in the tree: a role, a contact or a team. */
struct caller {
    const struct record *record;
    const struct record *by;          /* whose call is the first to reach it; itself for the root */
    size_t depth;                     /* calls from the root; counts when `by` is set */
    const struct field_value **calls; /* items of `callees` */
    size_t call_count, call_cap;
    const struct field_value *named; /* where it is first written as a caller; NULL: never */
};

struct tree {
    struct checker *c;
    const struct record *record;
    struct map callers;     /* id → struct caller */
    struct caller *deepest; /* NULL: nobody is too deep */
};

static struct caller *caller_of(struct tree *t, const struct record *r)
{
    struct caller *found = map_find(&t->callers, r->id);
    if (found != NULL)
        return found;
    found = NEW(t->c->scratch, struct caller);
    found->record = r;
    if (r->id.n != 0)
        map_put(&t->callers, r->id, found);
    return found;
}

/* -- What is written ------------------------------------------------------------------------ */

static void take_call(struct tree *t, const struct record *call)
{
    const struct record *role = rec_ref_to(call, CALL_CALLER, TYPE_ROLE);
    size_t count;
    const struct field_value *callees = rec_items(call, CALL_CALLEES, &count);
    if (role == NULL)
        return;
    struct caller *caller = caller_of(t, role);
    if (caller->named == NULL)
        caller->named = rec_value(call, CALL_CALLER);
    for (size_t i = 0; i < count; i++)
        if (field_target(&callees[i]) != NULL)
            PUSH(t->c->scratch, caller->calls, caller->call_count, caller->call_cap,
                 const struct field_value *) = &callees[i];
}

static void take_calls(struct tree *t)
{
    size_t count;
    const struct field_value *edges = rec_items(t->record, CALL_TREE_EDGES, &count);
    for (size_t i = 0; i < count; i++)
        if (field_target(&edges[i]) != NULL)
            take_call(t, edges[i].record);
}

/* -- Calling (BN7) -------------------------------------------------------------------------- */

static void report_twice(struct tree *t, const struct caller *callee, const struct caller *caller,
                         struct span at)
{
    str id = callee->record->id, by = callee->by->id, again = caller->record->id;
    if (callee->by == callee->record)
        check_report(t->c, CHECK_RULE_CALL_TREE, t->record, at,
                     "'" STR_FMT "' calls '" STR_FMT "', with whom '" STR_FMT "' begins: a circle",
                     STR_ARG(again), STR_ARG(id), STR_ARG(t->record->id));
    else
        check_report(t->c, CHECK_RULE_CALL_TREE, t->record, at,
                     "'" STR_FMT "' is called by '" STR_FMT "' and again by '" STR_FMT "'",
                     STR_ARG(id), STR_ARG(by), STR_ARG(again));
}

/* In the order of the calls, so that everybody is reached in the fewest steps. */
static void call_all(struct tree *t, struct caller *root)
{
    struct caller **queue = NEW_ARRAY(t->c->scratch, struct caller *, 1);
    size_t count = 0, cap = 1;
    root->by = root->record;
    PUSH(t->c->scratch, queue, count, cap, struct caller *) = root;
    for (size_t i = 0; i < count; i++) {
        struct caller *caller = queue[i];
        for (size_t j = 0; j < caller->call_count; j++) {
            struct caller *callee = caller_of(t, caller->calls[j]->record);
            if (callee->by != NULL) {
                report_twice(t, callee, caller, caller->calls[j]->span);
                continue;
            }
            callee->by = caller->record;
            callee->depth = caller->depth + 1;
            if (callee->call_count == 0)
                callee->named = caller->calls[j];
            if (t->deepest == NULL || callee->depth > t->deepest->depth)
                t->deepest = callee;
            PUSH(t->c->scratch, queue, count, cap, struct caller *) = callee;
        }
    }
}

static void check_depth(struct tree *t)
{
    size_t limit = (size_t)model_limit(t->c->model, LIMITS_CALL_DEPTH);
    if (t->deepest == NULL || t->deepest->depth <= limit)
        return;
    check_report(t->c, CHECK_RULE_CALL_TREE, t->record, t->deepest->named->span,
                 "'" STR_FMT "' is reached by %zu calls in a row; at most %zu are agreed",
                 STR_ARG(t->deepest->record->id), t->deepest->depth, limit);
}

/* A caller whom nobody calls, and a role behind which nobody is. */
static void check_caller(struct tree *t, const struct caller *caller)
{
    const struct record *r = caller->record;
    const char *why = r->type->number == TYPE_ROLE ? role_is_silent(t->c, r) : NULL;
    if (caller->by == NULL)
        check_report(t->c, CHECK_RULE_CALL_TREE, t->record, caller->named->span,
                     "nobody calls '" STR_FMT "', who is to call others", STR_ARG(r->id));
    else if (why != NULL)
        check_report(t->c, CHECK_RULE_CALL_TREE, t->record,
                     caller->named == NULL ? check_place(t->record, CALL_TREE_ROOT)
                                           : caller->named->span,
                     "'" STR_FMT "' reaches nobody as '" STR_FMT "': %s", STR_ARG(t->record->id),
                     STR_ARG(r->id), why);
}

static void check_shape(struct checker *c, const struct record *record)
{
    struct tree t = {.c = c, .record = record, .callers = map_in(c->scratch)};
    const struct record *root = rec_ref_to(record, CALL_TREE_ROOT, TYPE_ROLE);
    if (root == NULL)
        return;
    take_calls(&t);
    call_all(&t, caller_of(&t, root));
    check_depth(&t);
    for (size_t i = 0; i < t.callers.count; i++)
        check_caller(&t, t.callers.entries[i].value);
}

/* -- Tried (BN8) ---------------------------------------------------------------------------- */

static void check_tested(struct checker *c, const struct record *tree)
{
    long long months = model_limit(c->model, LIMITS_CALL_TEST_MONTHS);
    const struct record *newest = rec_newest(tree, CALL_TREE_TESTED, CALL_TEST_DATE);
    date last = newest != NULL ? rec_date(newest, CALL_TEST_DATE) : DATE_NONE;
    if (!due_is_past(c->model, due_call_test(c->model, tree)))
        return;
    if (last == DATE_NONE)
        check_report(c, CHECK_RULE_CALL_TREE_UNTESTED, tree, tree->id_span,
                     "'" STR_FMT "' was never tested; that is due every %lld months",
                     STR_ARG(tree->id), months);
    else
        check_report(c, CHECK_RULE_CALL_TREE_UNTESTED, tree, check_place(tree, CALL_TREE_TESTED),
                     "'" STR_FMT "' was last tested on " STR_FMT "; that is due every %lld months",
                     STR_ARG(tree->id), STR_ARG(check_day_words(c, last)), months);
}

void check_call_trees(struct checker *c)
{
    const struct record_list *trees = model_list(c->model, TYPE_CALL_TREE);
    for (size_t i = 0; i < trees->count; i++) {
        if (!rec_is_live(trees->items[i]))
            continue;
        check_shape(c, trees->items[i]);
        check_tested(c, trees->items[i]);
    }
}
