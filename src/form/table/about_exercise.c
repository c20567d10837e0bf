/* form/table/about_exercise: what an exercise is about, who takes part, what it has shown. */
#include "form/table/about.h"

#include <stdlib.h>

#include "form/table/cells.h"
#include "form/table/recovery.h"
#include "form/table/response.h"
#include "model/lifecycle.h"
#include "model/task_path.h"

/* -- What must be back ----------------------------------------------------------------------- */

const struct table *targets_table(struct arena *a, const struct model *m, const struct record *r)
{
    static const struct column column[] = {
        COLUMN("activity", "Activity", TEXT),   COLUMN("rto", "Must be back in", TEXT),
        COLUMN("mtpd", "MTPD", TEXT),           COLUMN("rpo", "RPO", TEXT),
        COLUMN("able", "Can be back in", TEXT), COLUMN("mbco", "At least", TEXT)};
    struct table *t = table_new(a, S(""), S(""), column, COUNT_OF(column));
    size_t count;
    const struct field_value *v = rec_items(r, EXERCISE_ACTIVITIES, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *activity = field_target(&v[i]);
        size_t node = activity != NULL ? recovery_number(m, activity) : NODE_NONE;
        if (node == NODE_NONE)
            continue;
        const struct node *n = &m->recovery->nodes[node];
        struct cell *cells = table_row(a, t);
        cells[0] = cell_record(a, activity);
        cells[1] = cell_duration(a, n->asked[TIME_RTO].value);
        cells[2] = cell_duration(a, rec_duration(activity, ACTIVITY_MTPD));
        cells[3] = cell_duration(a, n->asked[TIME_RPO].value);
        cells[4] = recovery_able_cell(a, m->recovery, node, TIME_RTO);
        cells[5] = cell_field(a, activity, ACTIVITY_MBCO);
    }
    if (t->row_count != 0 && model_is_partial(m))
        t->note = S("Worked out from what this copy holds.");
    return t;
}

/* -- Plans ----------------------------------------------------------------------------------- */

/* "BCP-001 4.0", the text that is worked from; nothing of a plan without one. */
static struct cell text_of_plan(struct arena *a, const struct record *plan)
{
    const struct record *text = rec_ref(plan, PLAN_DOCUMENT);
    if (text == NULL || text->type->number != TYPE_DOCUMENT)
        return cell_field(a, plan, PLAN_DOCUMENT);
    return cell_link(a, text,
                     str_fmt(a, STR_FMT " " STR_FMT, STR_ARG(text->id),
                             STR_ARG(rec_text(text, DOCUMENT_VERSION))));
}

const struct table *exercised_plans_table(struct arena *a, const struct model *m,
                                          const struct record *r)
{
    static const struct column column[] = {
        COLUMN("plan", "Plan", TEXT), COLUMN("kind", "Kind", TEXT), COLUMN("text", "Text", CODE)};
    struct table *t = table_new(a, S(""), S(""), column, COUNT_OF(column));
    size_t count;
    const struct field_value *v = rec_items(r, EXERCISE_PLANS, &count);
    (void)m;
    for (size_t i = 0; i < count; i++) {
        const struct record *plan = field_target(&v[i]);
        if (plan == NULL || plan->type->number != TYPE_PLAN)
            continue;
        struct cell *cells = table_row(a, t);
        cells[0] = cell_record(a, plan);
        cells[1] = cell_field(a, plan, PLAN_KIND);
        cells[2] = text_of_plan(a, plan);
    }
    return t;
}

/* -- Who takes part -------------------------------------------------------------------------- */

/* Those that lead it first, those that play last. */
static const str function_order[] = {S_INIT("director"), S_INIT("controller"), S_INIT("evaluator"),
                                     S_INIT("safety"),   S_INIT("observer"),   S_INIT("player")};
enum { FUNCTIONS = COUNT_OF(function_order) };

typedef void (*add_participant)(struct arena *a, struct table *t, const struct record *participant);

static void each_participant(struct arena *a, struct table *t, const struct record *r,
                             add_participant add)
{
    size_t count;
    const struct field_value *v = rec_items(r, EXERCISE_PARTICIPANTS, &count);
    for (size_t f = 0; f < FUNCTIONS; f++)
        for (size_t i = 0; i < count; i++) {
            const struct record *p = field_target(&v[i]);
            if (p != NULL && str_eq(rec_text(p, PARTICIPANT_FUNCTION), function_order[f]))
                add(a, t, p);
        }
}

static struct cell job_of(struct arena *a, const struct record *participant)
{
    const struct record *person = rec_ref(participant, PARTICIPANT_PERSON);
    return person == NULL ? (struct cell){0} : cell_field(a, person, PERSON_JOB);
}

static void add_person(struct arena *a, struct table *t, const struct record *p)
{
    struct cell *cells = table_row(a, t);
    cells[0] = cell_field(a, p, PARTICIPANT_FUNCTION);
    cells[1] = cell_field(a, p, PARTICIPANT_PERSON);
    cells[2] = job_of(a, p);
}

const struct table *participants_table(struct arena *a, const struct model *m,
                                       const struct record *r)
{
    static const struct column column[] = {COLUMN("function", "Function", TEXT),
                                           COLUMN("person", "Name", TEXT),
                                           COLUMN("job", "Job title", TEXT)};
    struct table *t = table_new(a, S(""), S(""), column, COUNT_OF(column));
    (void)m;
    each_participant(a, t, r, add_person);
    return t;
}

static void add_signature(struct arena *a, struct table *t, const struct record *p)
{
    struct cell *cells = table_row(a, t);
    cells[0] = cell_field(a, p, PARTICIPANT_PERSON);
    cells[1] = cell_field(a, p, PARTICIPANT_FUNCTION);
}

const struct table *attendance_table(struct arena *a, const struct model *m, const struct record *r)
{
    enum { GUESTS = 6 }; /* rows for those that come unplanned */
    static const struct column column[] = {
        COLUMN("person", "Name", BLANK), COLUMN("function", "Function", BLANK),
        COLUMN("came", "Came at", BLANK), COLUMN("left", "Left at", BLANK),
        COLUMN("signature", "Signature", BLANK)};
    struct table *t = table_new(a, S(""), S(""), column, COUNT_OF(column));
    (void)m;
    each_participant(a, t, r, add_signature);
    for (size_t i = 0; i < GUESTS; i++)
        table_row(a, t);
    return t;
}

/* -- Injects --------------------------------------------------------------------------------- */

static int by_time(const void *x, const void *y)
{
    const struct record *a = *(const struct record *const *)x;
    const struct record *b = *(const struct record *const *)y;
    duration one = rec_duration(a, INJECT_AT), other = rec_duration(b, INJECT_AT);
    if (one != other)
        return one < other ? -1 : 1;
    return a->span.off < b->span.off ? -1 : a->span.off > b->span.off;
}

static const struct record **injects_of(struct arena *a, const struct record *r, size_t *count)
{
    size_t all;
    const struct field_value *v = rec_items(r, EXERCISE_INJECTS, &all);
    const struct record **items = NEW_ARRAY(a, const struct record *, all + 1);
    *count = 0;
    for (size_t i = 0; i < all; i++)
        if (field_target(&v[i]) != NULL)
            items[(*count)++] = v[i].record;
    if (*count != 0)
        qsort(items, *count, sizeof *items, by_time);
    return items;
}

static struct table *add_injects(struct arena *a, struct table *t, const struct record *r)
{
    size_t count;
    const struct record **items = injects_of(a, r, &count);
    for (size_t i = 0; i < count; i++) {
        struct cell *cells = table_row(a, t);
        cells[0] = cell_count(a, i + 1);
        cells[1] = cell_field(a, items[i], INJECT_AT);
        cells[2] = cell_field(a, items[i], INJECT_TEXT);
        cells[3] = cell_field(a, items[i], INJECT_EXPECTED);
    }
    if (count == 0 && rec_value(r, EXERCISE_INJECTS)->state == FV_WITHHELD)
        t->note = text_not_in_copy(a, S(""));
    return t;
}

const struct table *injects_table(struct arena *a, const struct model *m, const struct record *r)
{
    static const struct column column[] = {COLUMN("no", "No.", NUMBER), COLUMN("at", "At", TEXT),
                                           COLUMN("inject", "Inject", TEXT),
                                           COLUMN("expected", "Expected answer", TEXT)};
    (void)m;
    return add_injects(a, table_new(a, S(""), S(""), column, COUNT_OF(column)), r);
}

const struct table *controller_table(struct arena *a, const struct model *m, const struct record *r)
{
    static const struct column column[] = {
        COLUMN("no", "No.", NUMBER),        COLUMN("at", "At", TEXT),
        COLUMN("inject", "Inject", TEXT),   COLUMN("expected", "Expected answer", TEXT),
        COLUMN("given", "Given at", BLANK), COLUMN("answer", "Answer, and when it came", BLANK)};
    (void)m;
    return add_injects(a, table_new(a, S(""), S(""), column, COUNT_OF(column)), r);
}

/* -- Objectives ------------------------------------------------------------------------------ */

const struct table *objectives_table(struct arena *a, const struct model *m, const struct record *r)
{
    static const struct column column[] = {
        COLUMN("no", "No.", NUMBER), COLUMN("objective", "Objective", TEXT),
        COLUMN("test", "Passed when", TEXT), COLUMN("result", "Result", CHIP)};
    struct table *t = table_new(a, S(""), S(""), column, COUNT_OF(column));
    size_t count;
    const struct field_value *v = rec_items(r, EXERCISE_OBJECTIVES, &count);
    (void)m;
    for (size_t i = 0; i < count; i++) {
        const struct record *o = field_target(&v[i]);
        if (o == NULL)
            continue;
        struct cell *cells = table_row(a, t);
        cells[0] = cell_count(a, t->row_count);
        cells[1] = cell_field(a, o, EXERCISE_OBJECTIVE_TEXT);
        cells[2] = cell_field(a, o, EXERCISE_OBJECTIVE_PASS_TEST);
        cells[3] = cell_field(a, o, EXERCISE_OBJECTIVE_RESULT);
        if (rec_lacks(o, EXERCISE_OBJECTIVE_RESULT))
            cells[3] = cell_text(a, S("nothing recorded"));
    }
    return t;
}

/* -- Steps ----------------------------------------------------------------------------------- */

static bool is_rehearsed(const struct record *task, const struct record *plan)
{
    return task->type->number == TYPE_TASK && rec_ref(task, TASK_PLAN) == plan &&
           rec_is_live(task) && !str_eq(rec_text(task, TASK_MODE), S("real"));
}

static int by_number(const void *x, const void *y)
{
    const struct record *a = *(const struct record *const *)x;
    const struct record *b = *(const struct record *const *)y;
    long long one = rec_int(a, TASK_NO, 0), other = rec_int(b, TASK_NO, 0);
    if (one != other)
        return one < other ? -1 : 1;
    return a->number < b->number ? -1 : a->number > b->number;
}

const struct table *rehearsal_table(struct arena *a, const struct model *m, const struct record *r)
{
    static const struct column column[] = {
        COLUMN("tick", TICK_BOX, TEXT),     COLUMN("no", "No.", NUMBER),
        COLUMN("text", "What to do", TEXT), COLUMN("done_by", "Done by", TEXT),
        COLUMN("takes", "Takes", TEXT),     COLUMN("start", "Start", BLANK),
        COLUMN("end", "End", BLANK),        COLUMN("result", "Result", BLANK)};
    struct table *t = table_new(a, S(""), S(""), column, COUNT_OF(column));
    const struct record **tasks = NEW_ARRAY(a, const struct record *, r->back_count + 1);
    size_t count = 0;
    (void)m;
    for (size_t i = 0; i < r->back_count; i++)
        if (is_rehearsed(r->back[i].from, r) && (count == 0 || tasks[count - 1] != r->back[i].from))
            tasks[count++] = r->back[i].from;
    if (count != 0)
        qsort(tasks, count, sizeof *tasks, by_number);
    for (size_t i = 0; i < count; i++) {
        struct cell *cells = table_row(a, t);
        cells[0] = cell_text(a, S(TICK_BOX));
        cells[1] = cell_field(a, tasks[i], TASK_NO);
        cells[2] = cell_link(a, tasks[i], rec_text(tasks[i], TASK_TEXT));
        cells[3] = cell_field(a, tasks[i], TASK_DONE_BY);
        cells[4] = cell_field(a, tasks[i], TASK_DURATION);
    }
    return t;
}

/* "09:10": the day is that of the exercise. */
static struct cell clock_cell(struct arena *a, const struct record *r, enum field_id field)
{
    const struct field_value *v = rec_value(r, field);
    struct cell c = cell_field(a, r, field);
    if (v->state != FV_PRESENT)
        return c;
    str iso = date_moment_iso(a, v->number);
    struct cell clock = cell_text(a, str_skip(iso, S("2026-01-01 ").n));
    clock.data = iso;
    clock.sort = iso;
    return clock;
}

static struct cell took_cell(struct arena *a, const struct record *step)
{
    const struct field_value *start = rec_value(step, EXERCISE_STEP_START);
    const struct field_value *end = rec_value(step, EXERCISE_STEP_END);
    if (start->state != FV_PRESENT || end->state != FV_PRESENT || end->number < start->number)
        return (struct cell){0};
    return cell_duration(a, end->number - start->number);
}

static struct cell step_words(struct arena *a, const struct record *step, const struct record *task)
{
    str own = rec_text(step, EXERCISE_STEP_TEXT);
    if (task == NULL)
        return rec_has(step, EXERCISE_STEP_TASK) || own.n == 0
                   ? cell_field(a, step, EXERCISE_STEP_TASK)
                   : cell_text(a, own);
    str words = rec_text(task, TASK_TEXT);
    return cell_link(
        a, task,
        own.n == 0 ? words : str_fmt(a, STR_FMT " (" STR_FMT ")", STR_ARG(words), STR_ARG(own)));
}

const struct table *taken_table(struct arena *a, const struct model *m, const struct record *r)
{
    static const struct column column[] = {
        COLUMN("step", "Step", TEXT),    COLUMN("plan", "Plan", TEXT),
        COLUMN("start", "Start", TEXT),  COLUMN("end", "End", TEXT),
        COLUMN("took", "Took", TEXT),    COLUMN("planned", "The plan says", TEXT),
        COLUMN("result", "Result", CHIP)};
    struct table *t = table_new(a, S(""), S(""), column, COUNT_OF(column));
    size_t count;
    const struct field_value *v = rec_items(r, EXERCISE_STEPS, &count);
    (void)m;
    for (size_t i = 0; i < count; i++) {
        const struct record *step = field_target(&v[i]);
        if (step == NULL)
            continue;
        const struct record *task = rec_ref(step, EXERCISE_STEP_TASK);
        struct cell *cells = table_row(a, t);
        cells[0] = step_words(a, step, task);
        if (task != NULL) {
            const struct record *plan = rec_ref(task, TASK_PLAN);
            cells[1] = plan != NULL ? cell_link(a, plan, plan->id) : (struct cell){0};
            cells[5] = cell_duration(a, rec_duration(task, TASK_DURATION));
        }
        cells[2] = clock_cell(a, step, EXERCISE_STEP_START);
        cells[3] = clock_cell(a, step, EXERCISE_STEP_END);
        cells[4] = took_cell(a, step);
        cells[6] = cell_field(a, step, EXERCISE_STEP_RESULT);
    }
    return t;
}

/* -- Times that were shown ------------------------------------------------------------------- */

/* Against what is asked of it, and what it commits to itself. */
static struct cell late_cell(struct arena *a, const struct record *achieved, duration asked)
{
    duration took = rec_duration(achieved, ACHIEVED_RTO);
    duration own = recovery_late_by(achieved, TIME_RTO);
    if (took == DURATION_NONE)
        return (struct cell){0};
    if (asked != DURATION_NONE && took > asked)
        return cell_chip(
            a, str_fmt(a, "Late by " STR_FMT, STR_ARG(duration_words(a, took - asked))), TONE_BAD);
    if (own != DURATION_NONE && own > 0)
        return cell_chip(
            a,
            str_fmt(a, "Late by " STR_FMT " against its own time", STR_ARG(duration_words(a, own))),
            TONE_BAD);
    if (asked == DURATION_NONE && own == DURATION_NONE)
        return cell_chip(a, S("No time to meet is known"), TONE_MUTED);
    bool is_asked = asked != DURATION_NONE;
    return cell_chip(a,
                     str_fmt(a, "Within%s, by " STR_FMT, is_asked ? "" : " its own time",
                             STR_ARG(duration_words(a, is_asked ? asked - took : -own))),
                     TONE_GOOD);
}

static struct cell loss_cell(struct arena *a, const struct record *achieved, duration asked)
{
    duration lost = rec_duration(achieved, ACHIEVED_RPO);
    if (lost == DURATION_NONE)
        return (struct cell){0};
    str words = duration_words(a, lost);
    if (asked != DURATION_NONE && lost > asked)
        return cell_chip(a,
                         str_fmt(a, STR_FMT ", more than " STR_FMT, STR_ARG(words),
                                 STR_ARG(duration_words(a, asked))),
                         TONE_BAD);
    return cell_text(a, words);
}

static bool add_achieved(struct arena *a, const struct model *m, struct table *t,
                         const struct record *achieved)
{
    const struct record *target = rec_ref(achieved, ACHIEVED_TARGET);
    size_t node = target != NULL ? recovery_number(m, target) : NODE_NONE;
    const struct node *n = node != NODE_NONE ? &m->recovery->nodes[node] : NULL;
    duration asked = n != NULL ? n->asked[TIME_RTO].value : DURATION_NONE;
    struct cell *cells = table_row(a, t);
    cells[0] = cell_field(a, achieved, ACHIEVED_TARGET);
    cells[1] = cell_duration(a, asked);
    if (n != NULL) {
        cells[2] = target->type->number == TYPE_ACTIVITY
                       ? recovery_able_cell(a, m->recovery, node, TIME_RTO)
                       : cell_duration(a, recovery_own(target, TIME_RTO));
        cells[3] = recovery_proven_cell(a, &n->proven[TIME_RTO]);
    }
    cells[4] = cell_duration(a, rec_duration(achieved, ACHIEVED_RTO));
    cells[5] = late_cell(a, achieved, asked);
    cells[6] = loss_cell(a, achieved, n != NULL ? n->asked[TIME_RPO].value : DURATION_NONE);
    return recovery_is_in_time(m, achieved) == TRUTH_NO;
}

/* Its own, or one that names it as its source. */
static bool has_finding(const struct model *m, const struct record *r, enum field_id own)
{
    const struct type_def *type = m->schema->types[TYPE_FINDING];
    const struct field_def *source = &type->fields[schema_slot(type, FINDING_SOURCE_REF)];
    bool found = !rec_lacks(r, own);
    for (size_t i = 0; i < r->back_count && !found; i++)
        found = r->back[i].field == source;
    return found;
}

const struct table *times_table(struct arena *a, const struct model *m, const struct record *r)
{
    static const struct column column[] = {
        COLUMN("target", "What was back", TEXT), COLUMN("asked", "Must be back in", TEXT),
        COLUMN("able", "Commits to", TEXT),      COLUMN("proven", "Shown last", TEXT),
        COLUMN("achieved", "Here", TEXT),        COLUMN("late", "Against what is asked", CHIP),
        COLUMN("loss", "Data lost", TEXT)};
    struct table *t = table_new(a, S(""), S(""), column, COUNT_OF(column));
    bool is_exercise = r->type->number == TYPE_EXERCISE;
    size_t count, late = 0;
    const struct field_value *v =
        rec_items(r, is_exercise ? EXERCISE_ACHIEVED : INCIDENT_ACHIEVED, &count);
    for (size_t i = 0; i < count; i++)
        if (field_target(&v[i]) != NULL)
            late += add_achieved(a, m, t, v[i].record);
    bool is_open = late != 0 && !model_is_partial(m) &&
                   !has_finding(m, r, is_exercise ? EXERCISE_FINDINGS : INCIDENT_FINDINGS);
    if (t->row_count != 0)
        t->note = str_fmt(a, "What is asked and committed is as of " STR_FMT ".%s",
                          STR_ARG(date_long(a, m->as_of)),
                          is_open               ? " What was late here has no finding."
                          : model_is_partial(m) ? " Worked out from what this copy holds."
                                                : "");
    return t;
}

/* -- Fed back -------------------------------------------------------------------------------- */

/* A plan is also looked at with its text. */
static date looked_at(const struct record *r)
{
    bool is_plan = r->type->number == TYPE_PLAN;
    date day = rec_last_look(r, is_plan ? COMMON_CREATED : BIA_DATE);
    const struct record *text = is_plan ? rec_ref(r, PLAN_DOCUMENT) : NULL;
    bool is_text = text != NULL && text->type->number == TYPE_DOCUMENT && text->life != NULL &&
                   text->life->in_force != NULL;
    date approved = is_text ? rec_date(text->life->in_force, APPROVAL_DATE) : DATE_NONE;
    return approved > day ? approved : day;
}

static struct cell updated_cell(struct arena *a, date held, date day)
{
    if (held == DATE_NONE || day == DATE_NONE)
        return cell_text(a, S("not known"));
    return day >= held ? cell_chip(a, S("Looked at since"), TONE_GOOD)
                       : cell_chip(a, S("Not looked at since"), TONE_WARN);
}

const struct table *fed_back_table(struct arena *a, const struct model *m, const struct record *r)
{
    static const struct column column[] = {
        COLUMN("what", "Fed back into", TEXT), COLUMN("version", "Version", CODE),
        COLUMN("looked", "Last looked at", DATE), COLUMN("state", "State", CHIP)};
    struct table *t = table_new(a, S(""), S(""), column, COUNT_OF(column));
    size_t count;
    const struct field_value *v = rec_items(r, EXERCISE_FEEDBACK_TO, &count);
    (void)m;
    for (size_t i = 0; i < count; i++) {
        const struct record *to = field_target(&v[i]);
        if (to == NULL || (to->type->number != TYPE_PLAN && to->type->number != TYPE_BIA))
            continue;
        struct cell *cells = table_row(a, t);
        cells[0] =
            cell_link(a, to, str_fmt(a, STR_FMT " " STR_FMT, STR_ARG(to->id), STR_ARG(to->title)));
        if (to->type->number == TYPE_BIA)
            cells[1] = cell_field(a, to, BIA_VERSION);
        else
            cells[1] = text_of_plan(a, to);
        cells[2] = cell_day(a, looked_at(to));
        cells[3] = updated_cell(a, rec_date(r, EXERCISE_HELD), looked_at(to));
    }
    return t;
}
