/* check/response/tasks: the steps of plans (PL4-PL6, PL14, and of PL10 the steps). */
#include "check/response/response_int.h"

#include "model/cover.h"
#include "model/lifecycle.h"
#include "model/recovery.h"
#include "model/task_path.h"

/* What the rules of steps need besides the step itself. */
struct steps {
    struct check_notes quickest; /* of a unit or product, its most urgent activity */
    struct map outdated;         /* id of a document that holds no more → its record */
};

/* -- How soon a plan must be done (PL4) ----------------------------------------------------- */

static void note_quickest(struct steps *s, const struct record *r, const struct record *activity)
{
    const struct record **kept = check_note(s->quickest, r);
    if (*kept == NULL || rec_duration(activity, ACTIVITY_RTO) < rec_duration(*kept, ACTIVITY_RTO))
        *kept = activity;
}

static void note_activities(const struct checker *c, struct steps *s)
{
    const struct record_list *list = model_list(c->model, TYPE_ACTIVITY);
    for (size_t i = 0; i < list->count; i++) {
        const struct record *activity = list->items[i];
        struct cover by = cover_of(c->scratch, activity);
        for (size_t k = 0; rec_is_live(activity) && rec_has(activity, ACTIVITY_RTO) && k < by.count;
             k++)
            note_quickest(s, by.items[k], activity);
    }
}

/* What must be back by then, and who asks for it: the activity itself, a user of it. */
struct goal {
    duration within; /* DURATION_NONE: nobody says */
    const struct record *what, *asks;
};

static struct goal goal_of_activity(const struct record *activity)
{
    if (activity == NULL || !rec_is_live(activity))
        return (struct goal){.within = DURATION_NONE};
    return (struct goal){rec_duration(activity, ACTIVITY_RTO), activity, activity};
}

/* Of what can be lost, as soon as its users ask for it. */
static struct goal goal_of_record(const struct checker *c, const struct steps *s,
                                  const struct record *r)
{
    const struct node *node = recovery_node(c->model, r);
    if (node == NULL || r->type->number == TYPE_PRODUCT)
        return goal_of_activity(*check_note(s->quickest, r));
    const struct asked *asked = &node->asked[TIME_RTO];
    if (asked->value == DURATION_NONE)
        return (struct goal){.within = DURATION_NONE};
    return (struct goal){asked->value, r, c->model->recovery->nodes[asked->from].record};
}

static void keep_sooner(struct goal *kept, struct goal other)
{
    if (other.within != DURATION_NONE &&
        (kept->within == DURATION_NONE || other.within < kept->within))
        *kept = other;
}

/* The most urgent of the activities that the plan names. Where it names none, of what belongs
 * to, or needs, what it names: a site plan that names the move it is for need not bring back
 * all that is done at the site. */
static struct goal goal_of(const struct checker *c, const struct steps *s,
                           const struct record *plan)
{
    struct goal named = {.within = DURATION_NONE}, other = {.within = DURATION_NONE};
    bool names_activity = false;
    size_t count;
    const struct field_value *scope = rec_items(plan, PLAN_SCOPE, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *r = field_target(&scope[i]);
        if (r == NULL)
            continue;
        names_activity |= r->type->number == TYPE_ACTIVITY;
        if (r->type->number == TYPE_ACTIVITY)
            keep_sooner(&named, goal_of_activity(r));
        else if (plan_covers(plan, r))
            keep_sooner(&other, goal_of_record(c, s, r));
    }
    return names_activity ? named : other;
}

/* "1, 3, 4, 7": in the order in which they are done. */
static str chain_words(struct checker *c, const struct task_path *path)
{
    enum { SHOWN_MAX = 20 };
    struct buf b = buf_in(c->scratch, 64);
    for (size_t i = 0; i < path->chain_count && i < SHOWN_MAX; i++)
        buf_fmt(&b, "%s%lld", i ? ", " : "", rec_int(path->tasks[path->chain[i]].task, TASK_NO, 0));
    if (path->chain_count > SHOWN_MAX)
        buf_add(&b, S(" …"));
    return buf_str(&b);
}

static const struct record *longest_of(const struct task_path *path)
{
    const struct task_time *longest = &path->tasks[path->chain[0]];
    for (size_t i = 1; i < path->chain_count; i++)
        if (path->tasks[path->chain[i]].length > longest->length)
            longest = &path->tasks[path->chain[i]];
    return longest->task;
}

static void check_length(struct checker *c, const struct steps *s, const struct record *plan,
                         const struct task_path *path)
{
    struct goal goal = goal_of(c, s, plan);
    if (!plan_brings_back(plan) || goal.within == DURATION_NONE || path->total <= goal.within)
        return;
    const struct record *longest = longest_of(path);
    check_report(c, CHECK_RULE_PLAN_TOO_SLOW, plan, plan->id_span,
                 "'" STR_FMT "' takes %s" STR_FMT " (tasks " STR_FMT "), but '" STR_FMT
                 "' must be back within " STR_FMT,
                 STR_ARG(plan->id), path->is_lower_bound ? "at least " : "",
                 STR_ARG(check_time_words(c, path->total)), STR_ARG(chain_words(c, path)),
                 STR_ARG(goal.what->id), STR_ARG(check_time_words(c, goal.within)));
    diag_related(c->diags, check_place(longest, TASK_DURATION),
                 "the longest of these is '" STR_FMT "'", STR_ARG(longest->id));
    diag_related(c->diags, goal.asks->id_span, "'" STR_FMT "' asks for that",
                 STR_ARG(goal.asks->id));
}

/* -- Circles, and what never comes (PL5) ---------------------------------------------------- */

static size_t next_in_circle(const struct task_path *path, size_t at)
{
    const struct task_time *t = &path->tasks[at];
    size_t j = 0;
    while (!path->tasks[t->after[j]].is_in_circle)
        j++;
    return t->after[j];
}

static void report_circle(struct checker *c, const struct record *plan,
                          const struct task_path *path, size_t from)
{
    const struct record *task = path->tasks[from].task;
    struct buf chain = buf_in(c->scratch, 128);
    size_t at = from;
    do {
        buf_fmt(&chain, STR_FMT " → ", STR_ARG(path->tasks[at].task->id));
        at = next_in_circle(path, at);
    } while (at != from);
    check_report(c, CHECK_RULE_TASK_ORDER, task, check_place(task, TASK_AFTER),
                 "tasks of '" STR_FMT "' wait for each other: " STR_FMT STR_FMT, STR_ARG(plan->id),
                 STR_ARG(buf_str(&chain)), STR_ARG(task->id));
}

/* Each task is walked over once: a walk ends where an earlier one passed. */
static void check_circles(struct checker *c, const struct record *plan,
                          const struct task_path *path)
{
    size_t *seen_in =
        NEW_ARRAY(c->scratch, size_t, path->count + 1); /* number of the walk, from 1 */
    for (size_t i = 0; i < path->count; i++) {
        size_t at = i;
        if (!path->tasks[i].is_in_circle || seen_in[i] != 0)
            continue;
        while (seen_in[at] == 0) {
            seen_in[at] = i + 1;
            at = next_in_circle(path, at);
        }
        if (seen_in[at] == i + 1)
            report_circle(c, plan, path, at);
    }
}

static void check_before(struct checker *c, const struct record *plan, const struct record *task)
{
    size_t count;
    const struct field_value *items = rec_items(task, TASK_AFTER, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *before = field_target_of(&items[i], TYPE_TASK);
        if (before == NULL || (rec_ref(before, TASK_PLAN) == plan && task_is_real(before)))
            continue;
        if (!rec_is_live(before))
            check_report(c, CHECK_RULE_TASK_ORDER, task, items[i].span,
                         "'" STR_FMT "' waits for '" STR_FMT "', which is " STR_FMT,
                         STR_ARG(task->id), STR_ARG(before->id), STR_ARG(rec_status(before)));
        else if (!task_is_real(before))
            check_report(c, CHECK_RULE_TASK_ORDER, task, items[i].span,
                         "'" STR_FMT "' waits for '" STR_FMT "', which is for exercises only",
                         STR_ARG(task->id), STR_ARG(before->id));
        else
            check_report(c, CHECK_RULE_TASK_ORDER, task, items[i].span,
                         "'" STR_FMT "' waits for '" STR_FMT "', which is not of '" STR_FMT "'",
                         STR_ARG(task->id), STR_ARG(before->id), STR_ARG(plan->id));
    }
}

static void check_order(struct checker *c, const struct steps *s, const struct record *plan)
{
    const struct task_path *path = model_task_path(c->scratch, c->model, plan);
    check_length(c, s, plan, path);
    check_circles(c, plan, path);
    for (size_t i = 0; i < path->count; i++)
        check_before(c, plan, path->tasks[i].task);
}

/* -- What a task says (PL6), and where it works (PL10) -------------------------------------- */

static void check_gaps(struct checker *c, const struct record *plan, const struct record *task)
{
    struct buf lacks = buf_in(c->scratch, 64);
    lack_add(&lacks, rec_has(task, TASK_DONE_BY), "who does it");
    lack_add(&lacks, rec_has(task, TASK_DURATION), "how long it takes");
    lack_add(&lacks, rec_has(task, TASK_RESULT), "a result");
    if (lacks.n != 0)
        check_report(c, CHECK_RULE_TASK_GAP, task, task->id_span,
                     "'" STR_FMT "', step %lld of '" STR_FMT "', lacks " STR_FMT, STR_ARG(task->id),
                     rec_int(task, TASK_NO, 0), STR_ARG(plan->id), STR_ARG(lack_words(&lacks)));
}

static bool has_address(str text)
{
    return str_find(text, S("://"), 0) != SIZE_MAX || str_find(text, S("www."), 0) != SIZE_MAX;
}

/* Steps back to normal are taken when the systems work again. */
static void check_offline(struct checker *c, const struct record *plan, const struct record *task)
{
    bool is_offline = rec_bool(task, TASK_OFFLINE);
    if (!is_offline && has_address(rec_text(task, TASK_TEXT)))
        check_report(c, CHECK_RULE_ONLINE_ONLY, task, check_place(task, TASK_TEXT),
                     "'" STR_FMT "' leads to a web address, and does not say that it works offline",
                     STR_ARG(task->id));
    else if (!is_offline && rec_has(task, TASK_OFFLINE) && !rec_has(task, TASK_FALLBACK) &&
             plan_brings_back(plan))
        check_report(c, CHECK_RULE_ONLINE_ONLY, task, check_place(task, TASK_OFFLINE),
                     "'" STR_FMT "' does not work offline, and does not say what to do then",
                     STR_ARG(task->id));
}

/* -- Documents that hold no more (PL14) ----------------------------------------------------- */

static struct map outdated_documents(struct checker *c)
{
    struct map outdated = map_in(c->scratch);
    const struct record_list *list = model_list(c->model, TYPE_DOCUMENT);
    for (size_t i = 0; i < list->count; i++) {
        struct record *r = list->items[i];
        if (r->life != NULL && life_is_over(r->life) && r->id.n != 0)
            map_put(&outdated, r->id, r);
    }
    return outdated;
}

/* Takes the next word off *rest that may be a code: letters and digits, joined by - _ . or /. */
static str next_code(str *rest)
{
    size_t from = 0, to;
    while (from < rest->n && !ascii_is_alnum(rest->p[from]))
        from++;
    for (to = from; to < rest->n; to++)
        if (!ascii_is_alnum(rest->p[to]) && str_find_char(S("-_./"), rest->p[to], 0) == SIZE_MAX)
            break;
    size_t next = to;
    while (to > from && !ascii_is_alnum(rest->p[to - 1]))
        to--;
    str code = str_from_to(*rest, from, to);
    *rest = str_skip(*rest, next);
    return code;
}

struct reading {
    struct checker *c;
    const struct map *outdated;
    const struct record *of;
};

static void read_text(void *self, const struct field_value *v)
{
    const struct reading *reading = self;
    str rest = v->text, code;
    while (code = next_code(&rest), code.n != 0) {
        const struct record *r = map_find(reading->outdated, code);
        if (r == NULL)
            continue;
        check_report(reading->c, CHECK_RULE_OUTDATED_STEP, reading->of, v->span,
                     "'" STR_FMT "' names '" STR_FMT "', but " STR_FMT, STR_ARG(reading->of->id),
                     STR_ARG(r->id), STR_ARG(r->life->reason));
        if (r->life->successor != NULL)
            diag_hint(reading->c->diags, "name '" STR_FMT "' instead",
                      STR_ARG(r->life->successor->id));
    }
}

/* Notes may tell of the past. */
static bool is_said(const struct record *r, size_t slot)
{
    return !str_eq(r->type->fields[slot].key, S("notes"));
}

static void check_texts(struct checker *c, const struct steps *s, const struct record *r)
{
    struct reading reading = {c, &s->outdated, r};
    const struct text_walk walk = {&reading, is_said, read_text};
    if (s->outdated.count != 0)
        text_walk(&walk, r);
}

void check_tasks(struct checker *c)
{
    struct steps s = {check_notes_new(c), outdated_documents(c)};
    note_activities(c, &s);
    const struct record_list *plans = model_list(c->model, TYPE_PLAN);
    for (size_t i = 0; i < plans->count; i++) {
        if (!rec_is_live(plans->items[i]))
            continue;
        check_order(c, &s, plans->items[i]);
        check_texts(c, &s, plans->items[i]);
    }
    const struct record_list *tasks = model_list(c->model, TYPE_TASK);
    for (size_t i = 0; i < tasks->count; i++) {
        const struct record *task = tasks->items[i];
        const struct record *plan = rec_ref_to(task, TASK_PLAN, TYPE_PLAN);
        if (plan == NULL || !rec_is_live(plan) || !rec_is_live(task))
            continue;
        check_gaps(c, plan, task);
        check_texts(c, &s, task);
        if (task_is_real(task))
            check_offline(c, plan, task);
    }
}
