/* form/draw/map/tasks: the tasks of a plan, and which of them decide how long it takes. */
#include "form/draw/draw_int.h"

#include "base/path.h"
#include "form/table/cells.h"
#include "model/task_path.h"

#define CRITICAL_WIDTH 2.2 /* of lines, in points */

static const struct graph_style style_task = {9, true, INK_TEXT, 0};

struct network {
    const struct request *q;
    const struct record *plan;
    const struct task_path *path;
};

static bool is_critical(const struct task_time *t)
{
    return t->is_critical && t->start != DURATION_NONE;
}

/* The task behind it begins the moment this one is done, and both may not wait. */
static bool is_critical_link(const struct task_time *before, const struct task_time *t)
{
    duration length = before->length == DURATION_NONE ? 0 : before->length;
    return is_critical(before) && is_critical(t) && before->start + length == t->start;
}

/* -- The time that the plan must meet ---------------------------------------------------- */

/* The most urgent of the activities that the plan brings back; NULL: it names none. */
static const struct record *goal_of(const struct record *plan)
{
    str kind = rec_text(plan, PLAN_KIND);
    const struct record *goal = NULL;
    size_t count;
    const struct field_value *scope = rec_items(plan, PLAN_SCOPE, &count);
    if (str_eq(kind, S("restart")) || str_eq(kind, S("restoration")))
        return NULL;
    for (size_t i = 0; i < count; i++) {
        const struct record *r = scope[i].record;
        if (scope[i].state == FV_PRESENT && is_of(r, TYPE_ACTIVITY) && rec_is_live(r) &&
            rec_has(r, ACTIVITY_RTO) &&
            (goal == NULL || rec_duration(r, ACTIVITY_RTO) < rec_duration(goal, ACTIVITY_RTO)))
            goal = r;
    }
    return goal;
}

static void say_goal(const struct network *n, struct buf *out)
{
    struct arena *a = n->q->arena;
    const struct record *goal = goal_of(n->plan);
    if (goal == NULL)
        return;
    duration rto = rec_duration(goal, ACTIVITY_RTO), total = n->path->total;
    buf_fmt(out, " It must be done within " STR_FMT ", the RTO of " STR_FMT,
            STR_ARG(duration_words(a, rto)), STR_ARG(goal->id));
    if (total == DURATION_NONE)
        buf_lit(out, ".");
    else if (total > rto)
        buf_fmt(out, ": " STR_FMT " too long (G).", STR_ARG(duration_words(a, total - rto)));
    else if (n->path->is_lower_bound)
        buf_lit(out, ": whether it can is not known (?).");
    else
        buf_fmt(out, ": " STR_FMT " to spare.", STR_ARG(duration_words(a, rto - total)));
}

static str note_of(const struct network *n)
{
    struct arena *a = n->q->arena;
    const struct task_path *p = n->path;
    struct buf out = buf_in(a, 128);
    if (p->total == DURATION_NONE)
        buf_lit(&out, "How long the plan takes is not known.");
    else
        buf_fmt(&out, "The plan takes %s" STR_FMT ".", p->is_lower_bound ? "at least " : "",
                STR_ARG(duration_words(a, p->total)));
    say_goal(n, &out);
    if (p->unknown_count != 0)
        buf_fmt(&out,
                p->unknown_count == 1 ? " %zu task says no duration."
                                      : " %zu tasks say no duration.",
                p->unknown_count);
    if (p->circle_count != 0)
        buf_fmt(&out, " %zu tasks wait for each other.", p->circle_count);
    if (model_is_partial(n->q->model))
        buf_lit(&out, " This is of the tasks that this copy holds.");
    return buf_str(&out);
}

/* -- Boxes and arrows ---------------------------------------------------------------------- */

static str number_of(struct arena *a, const struct record *task)
{
    return rec_has(task, TASK_NO) ? str_fmt(a, "%lld", rec_int(task, TASK_NO, 0)) : S("");
}

static void say_times(const struct network *n, struct graph *g, struct graph_node *node,
                      const struct task_time *t)
{
    struct arena *a = n->q->arena;
    struct buf words = buf_in(a, 48);
    if (t->length != DURATION_NONE)
        buf_add(&words, duration_short(a, t->length));
    else if (rec_lacks(t->task, TASK_DURATION))
        graph_say(g, &node->block, S("no duration"), style_alarm, g->wrap_width);
    if (t->start != DURATION_NONE)
        buf_fmt(&words, "%sfrom %s" STR_FMT, words.n != 0 ? "\u00a0· " : "",
                t->is_lower_bound ? "≥ " : "", STR_ARG(duration_short(a, t->start)));
    if (t->start != DURATION_NONE && t->slack > 0)
        buf_fmt(&words, "\u00a0· slack " STR_FMT, STR_ARG(duration_short(a, t->slack)));
    graph_say(g, &node->block, buf_str(&words), style_detail, g->wrap_width);
}

static void mark(struct graph_node *node, const struct task_time *t)
{
    if (t->is_in_circle) {
        node->flag = S("!");
        node->flag_words = S("waits for itself in a circle");
        node->flag_ink = node->stroke = INK_BAD;
    } else if (is_critical(t)) {
        node->flag = S("C");
        node->flag_words = S("critical");
        node->flag_ink = node->stroke = INK_ACCENT;
        node->line_width = CRITICAL_WIDTH;
    }
}

static void draw_task(const struct network *n, struct graph *g, size_t i, size_t group)
{
    const struct task_time *t = &n->path->tasks[i];
    const struct record *role = rec_ref(t->task, TASK_DONE_BY);
    struct graph_node *node = graph_node(g, t->task);
    node->group = group;
    node->badge = number_of(n->q->arena, t->task);
    node->badge_words = str_fmt(n->q->arena, "task " STR_FMT, STR_ARG(node->badge));
    graph_say(g, &node->block, record_name(t->task), style_task, g->wrap_width);
    if (role != NULL)
        graph_say(g, &node->block, record_name(role), style_detail, g->wrap_width);
    else if (rec_lacks(t->task, TASK_DONE_BY))
        graph_say(g, &node->block, S("nobody"), style_alarm, g->wrap_width);
    say_times(n, g, node, t);
    mark(node, t);
}

static bool is_repeated(const struct task_time *t, size_t k)
{
    for (size_t i = 0; i < k; i++)
        if (t->after[i] == t->after[k])
            return true;
    return false;
}

static void draw_links(const struct network *n, struct graph *g, size_t i)
{
    const struct task_time *t = &n->path->tasks[i];
    for (size_t k = 0; k < t->after_count; k++) {
        if (is_repeated(t, k))
            continue;
        struct graph_edge *e = graph_edge(g, t->after[k], i);
        if (is_critical_link(&n->path->tasks[t->after[k]], t)) {
            e->ink = INK_ACCENT;
            e->line_width = CRITICAL_WIDTH;
        }
    }
}

static void fill(const struct network *n, struct graph *g)
{
    size_t group = graph_group(g, S("Tasks"));
    for (size_t i = 0; i < n->path->count; i++)
        draw_task(n, g, i, group);
    for (size_t i = 0; i < n->path->count; i++)
        draw_links(n, g, i);
    if (n->path->chain_count != 0)
        graph_legend(g, S("C"), INK_ACCENT, false, S("critical: when it is late, all is late"));
    if (n->path->circle_count != 0)
        graph_legend(g, S("!"), INK_BAD, false, S("waits for itself in a circle"));
}

/* -- The table ------------------------------------------------------------------------------- */

static struct cell cell_after(const struct network *n, const struct task_time *t)
{
    struct arena *a = n->q->arena;
    struct cell c = {.count = 0};
    for (size_t k = 0; k < t->after_count; k++) {
        const struct record *before = n->path->tasks[t->after[k]].task;
        if (!is_repeated(t, k))
            cell_add(a, &c, rec_has(before, TASK_NO) ? number_of(a, before) : before->id, before,
                     TONE_NONE);
    }
    return c;
}

static struct cell cell_time(struct arena *a, duration time, bool is_at_least)
{
    if (time == DURATION_NONE)
        return (struct cell){0};
    struct cell c = cell_text(
        a, str_fmt(a, "%s" STR_FMT, is_at_least ? "≥ " : "", STR_ARG(duration_short(a, time))));
    c.sort = sort_key_number(a, (double)time);
    return c;
}

static void add_row(const struct network *n, struct table *t, const struct task_time *time)
{
    struct arena *a = n->q->arena;
    const struct record *task = time->task;
    struct cell *cell = table_row(a, t);
    cell[0] = cell_of_field(a, task, schema_slot(task->type, TASK_NO), CELL_SHORT);
    cell[1] = cell_link(a, task, record_name(task));
    cell[2] = cell_of_field(a, task, schema_slot(task->type, TASK_TEXT), CELL_SHORT);
    cell[3] = cell_of_field(a, task, schema_slot(task->type, TASK_DONE_BY), CELL_SHORT);
    cell[4] = cell_after(n, time);
    cell[5] = cell_of_field(a, task, schema_slot(task->type, TASK_DURATION), CELL_SHORT);
    cell[6] = cell_time(a, time->start, time->is_lower_bound);
    cell[7] = cell_time(a, time->slack, false);
    if (time->is_in_circle)
        cell_add(a, &cell[8], S("in a circle"), NULL, TONE_BAD);
    else if (is_critical(time))
        cell_add(a, &cell[8], S("critical"), NULL, TONE_WARN);
}

static const struct table *table_of(const struct network *n, str id, str caption)
{
    const struct column columns[] = {
        {S("no"), S("No."), COLUMN_NUMBER},        {S("task"), S("Task"), COLUMN_TEXT},
        {S("text"), S("What to do"), COLUMN_TEXT}, {S("done_by"), S("Done by"), COLUMN_TEXT},
        {S("after"), S("After"), COLUMN_TEXT},     {S("takes"), S("Takes"), COLUMN_TEXT},
        {S("start"), S("Begins at"), COLUMN_TEXT}, {S("slack"), S("Slack"), COLUMN_TEXT},
        {S("path"), S("Path"), COLUMN_CHIP},
    };
    struct table *t = table_new(n->q->arena, id, caption, columns, COUNT_OF(columns));
    for (size_t i = 0; i < n->path->count; i++)
        add_row(n, t, &n->path->tasks[i]);
    return t;
}

const struct drawing *map_tasks(const struct request *q)
{
    const enum type_id type = TYPE_PLAN;
    struct arena *a = q->arena;
    struct network n = {.q = q, .plan = request_record(q, &type, 1)};
    if (n.plan == NULL)
        return NULL;
    n.path = model_task_path(a, q->model, n.plan);
    struct graph *g = graph_new(a, q->ruler, GRAPH_DOWN);
    g->node_gap = 12;
    g->rank_gap = 26;
    g->wrap_width = 128;
    g->same_width = true;
    fill(&n, g);
    if (n.path->count <= GRAPH_READABLE_MAX)
        graph_stack(g);
    struct graph_caption caption = request_caption(q);
    caption.id = path_slug(a, str_fmt(a, "map-tasks-" STR_FMT, STR_ARG(n.plan->id)));
    caption.title = str_fmt(a, "Tasks of " STR_FMT, STR_ARG(record_name(n.plan)));
    caption.description =
        S("Each box is a task of the plan: its number, who does it, how long it takes, when it can "
          "begin after the plan is activated. An arrow leads to what comes after it. Thick lines "
          "and the letter C mark the critical path, which decides how long the plan takes.");
    caption.table = table_of(&n, caption.id, caption.title);
    caption.note = n.path->count != 0 ? note_of(&n) : S("");
    return graph_draw(q->diags, g, &layout_usual, &caption);
}
