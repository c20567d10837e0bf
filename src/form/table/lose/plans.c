/* form/table/lose/plans: which plans and solutions answer a loss, and what they leave open. */
#include "form/table/lose/lose_int.h"

#include "model/cover.h"

/* A plan that answers, and what of the loss it covers. */
struct answering {
    const struct record *plan;
    struct lose_names covers;
};

struct plans {
    struct asking *q;
    struct answering **items; /* in the order in which they were met */
    size_t count, cap;
    struct map by_id;
    struct map covered; /* ids of activities that some plan covers */
    struct map cut;     /* ids of records that have more plans than are told */
    size_t rest;        /* so many more */
};

/* -- What answers one record ------------------------------------------------------------------ */

static void take_plan(struct lose *l, struct lose_answers *answers, const struct record *plan)
{
    if (!rec_is_live(plan))
        return;
    if (answers->plan_count == l->answers_max)
        answers->plan_rest++;
    else
        PUSH(l->arena, answers->plans, answers->plan_count, answers->plan_cap,
             const struct record *) = plan;
}

/* What was given up is none; what is planned is one that is not in place. */
static void take_solution(struct lose *l, struct lose_answers *answers, const struct record *s)
{
    bool is_over = !rec_is_live(s) && !str_eq(rec_status(s), S("planned"));
    if (is_over || !str_eq(rec_text(s, STRATEGY_DECISION), S("selected")))
        return;
    if (answers->solution_count == l->answers_max)
        answers->solution_rest++;
    else
        PUSH(l->arena, answers->solutions, answers->solution_count, answers->solution_cap,
             const struct record *) = s;
}

const struct lose_answers *lose_answers_to(struct lose *l, const struct record *r)
{
    struct lose_answers *known = map_find(&l->answers, r->id);
    if (known != NULL)
        return known;
    known = NEW(l->arena, struct lose_answers);
    map_put(&l->answers, r->id, known);
    for (size_t i = 0; i < r->back_count; i++) {
        const struct record *from = r->back[i].from;
        str field = r->back[i].field->key;
        if (from->type->number == TYPE_PLAN && str_eq(field, S("scope")))
            take_plan(l, known, from);
        if (from->type->number == TYPE_STRATEGY && str_eq(field, S("for")))
            take_solution(l, known, from);
    }
    return known;
}

/* -- Plans ------------------------------------------------------------------------------------ */

static void answer_with(struct plans *p, const struct record *plan, const struct record *covers)
{
    struct arena *a = p->q->arena;
    struct answering *known = map_find(&p->by_id, plan->id);
    if (known == NULL) {
        known = NEW(a, struct answering);
        known->plan = plan;
        map_put(&p->by_id, plan->id, known);
        PUSH(a, p->items, p->count, p->cap, struct answering *) = known;
    }
    bool is_told =
        known->covers.count != 0 && known->covers.items[known->covers.count - 1].link == covers;
    if (!is_told)
        lose_names_add(a, &known->covers, covers);
}

static const struct lose_answers *plans_that_name(struct plans *p, const struct record *r)
{
    const struct lose_answers *answers = lose_answers_to(p->q->lose, r);
    if (answers->plan_rest != 0 && map_put(&p->cut, r->id, (void *)r) == NULL)
        p->rest += answers->plan_rest;
    return answers;
}

static void plans_of_scenario(struct plans *p, const struct record *scenario)
{
    size_t count;
    const struct field_value *v = rec_items(scenario, SCENARIO_PLANS, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *plan = field_target(&v[i]);
        if (plan != NULL && plan->type->number == TYPE_PLAN && rec_is_live(plan))
            answer_with(p, plan, scenario);
    }
}

static void plans_of_its_scenarios(struct plans *p, const struct record *lost)
{
    for (size_t i = 0; i < lost->back_count; i++) {
        const struct record *scenario = lost->back[i].from;
        if (scenario->type->number == TYPE_SCENARIO && rec_is_live(scenario) &&
            str_eq(lost->back[i].field->key, S("affects")))
            plans_of_scenario(p, scenario);
    }
}

static void plans_of_lost(struct plans *p, const struct record *lost)
{
    if (lost->type->number == TYPE_SCENARIO) {
        plans_of_scenario(p, lost);
        return;
    }
    const struct lose_answers *answers = plans_that_name(p, lost);
    for (size_t i = 0; i < answers->plan_count; i++)
        answer_with(p, answers->plans[i], lost);
    plans_of_its_scenarios(p, lost);
}

/* What brings it back, named itself or through its unit, product or site. */
static void plans_of_activity(struct plans *p, const struct record *activity)
{
    struct cover by = cover_of(p->q->arena, activity);
    for (size_t i = 0; i < by.count; i++) {
        const struct lose_answers *answers = plans_that_name(p, by.items[i]);
        for (size_t k = 0; k < answers->plan_count; k++) {
            if (!plan_covers(answers->plans[k], by.items[i]))
                continue;
            answer_with(p, answers->plans[k], activity);
            map_put(&p->covered, activity->id, (void *)answers->plans[k]);
        }
    }
}

static struct cell roles_of(struct asking *q, const struct record *plan)
{
    const struct record *activation = rec_ref(plan, PLAN_ACTIVATION);
    if (activation == NULL)
        return (struct cell){0};
    return cell_field(q->arena, activation, ACTIVATION_WHO);
}

static void tell_plans(struct plans *p)
{
    static const struct column column[] = {
        COLUMN("plan", "Plan", TEXT),         COLUMN("kind", "Kind", TEXT),
        COLUMN("covers", "Covers", TEXT),     COLUMN("who", "Activated by", TEXT),
        COLUMN("document", "Document", TEXT),
    };
    struct asking *q = p->q;
    struct table *t =
        table_new(q->arena, S("lose-plans"), S("Plans that answer"), column, COUNT_OF(column));
    q->plans = NEW_ARRAY(q->arena, const struct record *, p->count + 1);
    for (size_t i = 0; i < p->count; i++) {
        const struct record *plan = p->items[i]->plan;
        struct cell *cells = lose_row(q, t);
        q->plans[q->plan_count++] = plan;
        if (cells == NULL)
            continue;
        cells[0] = cell_record(q->arena, plan);
        cells[1] = cell_field(q->arena, plan, PLAN_KIND);
        cells[2] = lose_names_cell(q->arena, &p->items[i]->covers);
        cells[3] = roles_of(q, plan);
        cells[4] = cell_field(q->arena, plan, PLAN_DOCUMENT);
    }
    q->left_out += p->rest;
    lose_add(q, "plans", "Plans that answer", "Those that cover what is lost or what stops.", t,
             "No plan covers any of this.");
}

/* -- Solutions -------------------------------------------------------------------------------- */

static bool uses_what_is_gone(const struct asking *q, const struct record *strategy)
{
    size_t count;
    const struct field_value *v = rec_items(strategy, STRATEGY_RESOURCES, &count);
    for (size_t i = 0; i < count; i++) {
        size_t node =
            field_target(&v[i]) != NULL ? recovery_number(q->model, v[i].record) : NODE_NONE;
        if (node != NODE_NONE && lose_stops(q, node))
            return true;
    }
    return false;
}

static struct cell state_of(const struct asking *q, const struct record *strategy)
{
    date since = rec_date(strategy, STRATEGY_IMPLEMENTED_ON);
    bool is_there = rec_is_live(strategy) && since != DATE_NONE &&
                    (q->model->as_of == DATE_NONE || since <= q->model->as_of);
    if (uses_what_is_gone(q, strategy))
        return cell_chip(q->arena, S("Lost as well"), TONE_BAD);
    return is_there ? cell_chip(q->arena, S("In place"), TONE_GOOD)
                    : cell_chip(q->arena, S("Not in place"), TONE_WARN);
}

/* Of what it is for, what is gone here. */
static struct cell gone_of(struct asking *q, const struct record *strategy)
{
    size_t count;
    struct lose_names names = {0};
    const struct field_value *v = rec_items(strategy, STRATEGY_FOR, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *r = field_target(&v[i]);
        size_t node = r == NULL ? NODE_NONE : recovery_number(q->model, r);
        if (node != NODE_NONE && lose_stops(q, node))
            lose_names_add(q->arena, &names, r);
    }
    return lose_names_cell(q->arena, &names);
}

static void add_solution(struct asking *q, struct table *t, const struct record *s)
{
    struct cell *cells = lose_row(q, t);
    if (cells == NULL)
        return;
    cells[0] = cell_record(q->arena, s);
    cells[1] = gone_of(q, s);
    cells[2] = cell_field(q->arena, s, STRATEGY_MEETS_RTO);
    cells[3] = cell_field(q->arena, s, STRATEGY_CAPACITY_PERCENT);
    cells[4] = cell_field(q->arena, s, STRATEGY_MAX_DURATION);
    cells[5] = state_of(q, s);
}

static void tell_solutions(struct asking *q)
{
    static const struct column column[] = {
        COLUMN("solution", "Solution", TEXT), COLUMN("for", "For", TEXT),
        COLUMN("reaches", "Back in", TEXT),   COLUMN("capacity", "Capacity (%)", NUMBER),
        COLUMN("lasts", "Lasts for", TEXT),   COLUMN("state", "State", CHIP),
    };
    struct map known = map_in(q->arena);
    struct table *t = table_new(q->arena, S("lose-solutions"), S("Solutions that were chosen"),
                                column, COUNT_OF(column));
    for (size_t i = 0; i < q->affected_count; i++) {
        if (!lose_stops(q, q->affected[i]))
            continue;
        const struct lose_answers *answers =
            lose_answers_to(q->lose, q->r->nodes[q->affected[i]].record);
        for (size_t k = 0; k < answers->solution_count; k++)
            if (map_put(&known, answers->solutions[k]->id, (void *)answers) == NULL)
                add_solution(q, t, answers->solutions[k]);
        q->left_out += answers->solution_rest;
    }
    lose_add(q, "solutions", "Solutions that were chosen",
             "A solution that uses what is gone does not help.", t, "No solution was chosen.");
}

/* -- What is left open ------------------------------------------------------------------------ */

static void say(struct buf *out, const char *what)
{
    buf_fmt(out, "%s%s", out->n == 0 ? "" : "; ", what);
}

/* "" when nothing is missing. */
static str missing(const struct plans *p, size_t node)
{
    const struct asking *q = p->q;
    const struct record *r = q->r->nodes[node].record;
    struct buf out = buf_in(q->arena, 128);
    if (map_find(&p->covered, r->id) == NULL)
        say(&out, "no plan covers it");
    switch (what_if_verdict(q->w, node)) {
    case VERDICT_PASSES_RTO:
        say(&out, "back after its RTO");
        break;
    case VERDICT_PASSES_MTPD:
        say(&out, "back after its MTPD");
        break;
    case VERDICT_UNKNOWN:
        say(&out, q->r->nodes[node].asked[TIME_RTO].value == DURATION_NONE
                      ? "no RTO is recorded"
                      : "nobody has recorded when it is back");
        break;
    default:
        break;
    }
    return buf_str(&out);
}

static void tell_open(struct plans *p)
{
    static const struct column column[] = {
        COLUMN("activity", "Activity", TEXT),
        COLUMN("missing", "What is missing", TEXT),
        COLUMN("owner", "Owner", TEXT),
    };
    struct asking *q = p->q;
    struct table *t =
        table_new(q->arena, S("lose-open"), S("Left uncovered"), column, COUNT_OF(column));
    for (size_t i = 0; i < q->affected_count; i++) {
        size_t node = q->affected[i];
        const struct record *r = q->r->nodes[node].record;
        str what =
            lose_is(q, node, TYPE_ACTIVITY) && lose_stops(q, node) ? missing(p, node) : S("");
        struct cell *cells = what.n != 0 ? lose_row(q, t) : NULL;
        if (cells == NULL)
            continue;
        cells[0] = cell_record(q->arena, r);
        cells[1] = cell_text(q->arena, what);
        cells[2] = cell_field(q->arena, r, COMMON_OWNER);
    }
    lose_add(q, "open", "What is left uncovered", "What no plan or solution brings back in time.",
             t, "Nothing: all that stops has a plan and is back in time.");
}

void lose_plans(struct asking *q)
{
    struct plans p = {
        .q = q, .by_id = map_in(q->arena), .covered = map_in(q->arena), .cut = map_in(q->arena)};
    for (size_t i = 0; i < q->lost_count; i++)
        plans_of_lost(&p, q->lost[i]);
    for (size_t i = 0; i < q->affected_count; i++)
        if (lose_is(q, q->affected[i], TYPE_ACTIVITY) && lose_stops(q, q->affected[i]))
            plans_of_activity(&p, q->r->nodes[q->affected[i]].record);
    tell_open(&p);
    tell_plans(&p);
    tell_solutions(q);
}
