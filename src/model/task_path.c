/* model/task_path: when each task of a plan can begin, and which decide how long it takes. */
#include "model/task_path.h"

#include <assert.h>
#include <stdlib.h>

/* One plan while it is worked out. Links run from a task to those that wait for it. */
struct working {
    struct arena *arena;
    struct task_path *path;
    size_t *first, *next; /* of task i: next[first[i]] up to next[first[i + 1]], without it */
    size_t *waits;        /* for so many tasks that have no time yet */
    size_t *order, done;  /* tasks that have a time, each after those it waits for */
};

bool task_is_real(const struct record *task)
{
    return rec_is_live(task) && !str_eq(rec_text(task, TASK_MODE), S("exercise"));
}

/* -- Which tasks ---------------------------------------------------------------------------- */

static int by_number(const void *x, const void *y)
{
    const struct record *a = ((const struct task_time *)x)->task;
    const struct record *b = ((const struct task_time *)y)->task;
    long long one = rec_int(a, TASK_NO, 0), other = rec_int(b, TASK_NO, 0);
    if (one != other)
        return one < other ? -1 : 1;
    return a->number < b->number ? -1 : a->number > b->number;
}

static void collect_tasks(struct working *w, const struct record *plan)
{
    struct task_path *path = w->path;
    path->tasks = NEW_ARRAY(w->arena, struct task_time, plan->back_count + 1);
    for (size_t i = 0; i < plan->back_count; i++) {
        const struct record *task = plan->back[i].from;
        if (task->type->number == TYPE_TASK && rec_ref(task, TASK_PLAN) == plan &&
            task_is_real(task))
            path->tasks[path->count++] =
                (struct task_time){.task = task,
                                   .start = DURATION_NONE,
                                   .latest = DURATION_NONE,
                                   .length = rec_duration(task, TASK_DURATION),
                                   .slack = DURATION_NONE};
    }
    qsort(path->tasks, path->count, sizeof *path->tasks, by_number);
}

/* -- What waits for what -------------------------------------------------------------------- */

static void find_before(struct working *w, const struct map *place, struct task_time *t)
{
    size_t count;
    const struct field_value *items = rec_items(t->task, TASK_AFTER, &count);
    size_t *after = NEW_ARRAY(w->arena, size_t, count + 1);
    t->is_lower_bound = !rec_has(t->task, TASK_AFTER) && !rec_lacks(t->task, TASK_AFTER);
    for (size_t i = 0; i < count; i++) {
        const struct task_time *before = map_find(place, items[i].text);
        if (before != NULL && items[i].state == FV_PRESENT && before->task == items[i].record)
            after[t->after_count++] = (size_t)(before - w->path->tasks);
        else
            t->is_lower_bound = true;
    }
    t->after = after;
}

/* The same links the other way round, all in one array. */
static void find_next(struct working *w)
{
    struct task_path *path = w->path;
    size_t *put = NEW_ARRAY(w->arena, size_t, path->count + 1);
    w->first = NEW_ARRAY(w->arena, size_t, path->count + 1);
    for (size_t i = 0; i < path->count; i++)
        for (size_t j = 0; j < path->tasks[i].after_count; j++)
            w->first[path->tasks[i].after[j] + 1]++;
    for (size_t i = 0; i < path->count; i++)
        put[i + 1] = w->first[i + 1] += w->first[i];
    w->next = NEW_ARRAY(w->arena, size_t, put[path->count] + 1);
    for (size_t i = 0; i < path->count; i++)
        for (size_t j = 0; j < path->tasks[i].after_count; j++)
            w->next[put[path->tasks[i].after[j]]++] = i;
}

static void link_tasks(struct working *w)
{
    struct map place = map_in(w->arena);
    for (size_t i = 0; i < w->path->count; i++)
        map_put(&place, w->path->tasks[i].task->id, &w->path->tasks[i]);
    for (size_t i = 0; i < w->path->count; i++)
        find_before(w, &place, &w->path->tasks[i]);
    find_next(w);
}

static void order_tasks(struct working *w)
{
    size_t count = w->path->count;
    w->waits = NEW_ARRAY(w->arena, size_t, count + 1);
    w->order = NEW_ARRAY(w->arena, size_t, count + 1);
    for (size_t i = 0; i < count; i++) {
        w->waits[i] = w->path->tasks[i].after_count;
        if (w->waits[i] == 0)
            w->order[w->done++] = i;
    }
    for (size_t k = 0; k < w->done; k++)
        for (size_t j = w->first[w->order[k]]; j < w->first[w->order[k] + 1]; j++)
            if (--w->waits[w->next[j]] == 0)
                w->order[w->done++] = w->next[j];
}

/* What is left over is in a circle or comes after one. Taking away, from the end, what none
 * of the rest waits for leaves the circles. */
static void find_circles(struct working *w)
{
    struct task_path *path = w->path;
    size_t *users = NEW_ARRAY(w->arena, size_t, path->count + 1), *stack = w->order + w->done;
    size_t top = 0;
    for (size_t i = 0; i < path->count; i++) {
        users[i] = w->first[i + 1] - w->first[i];
        path->tasks[i].is_in_circle = w->waits[i] != 0;
        if (w->waits[i] != 0 && users[i] == 0)
            stack[top++] = i;
    }
    while (top > 0) {
        struct task_time *t = &path->tasks[stack[--top]];
        t->is_in_circle = false;
        for (size_t j = 0; j < t->after_count; j++)
            if (w->waits[t->after[j]] != 0 && --users[t->after[j]] == 0)
                stack[top++] = t->after[j];
    }
    for (size_t i = 0; i < path->count; i++)
        path->circle_count += path->tasks[i].is_in_circle;
}

/* -- Times ---------------------------------------------------------------------------------- */

static duration known_length(const struct task_time *t)
{
    return t->length == DURATION_NONE ? 0 : t->length;
}

static duration end_of(const struct task_time *t)
{
    return t->start + known_length(t);
}

static void find_starts(struct working *w)
{
    struct task_path *path = w->path;
    path->total = DURATION_NONE;
    for (size_t k = 0; k < w->done; k++) {
        struct task_time *t = &path->tasks[w->order[k]];
        t->start = 0;
        for (size_t j = 0; j < t->after_count; j++) {
            const struct task_time *before = &path->tasks[t->after[j]];
            t->start = end_of(before) > t->start ? end_of(before) : t->start;
            t->is_lower_bound |= before->is_lower_bound || before->length == DURATION_NONE;
        }
        path->is_lower_bound |= t->is_lower_bound || t->length == DURATION_NONE;
        path->total = end_of(t) > path->total ? end_of(t) : path->total;
    }
    path->is_lower_bound |= w->done < path->count;
    for (size_t i = 0; i < path->count; i++)
        path->unknown_count += path->tasks[i].length == DURATION_NONE;
}

static void find_slack(struct working *w)
{
    struct task_path *path = w->path;
    for (size_t k = w->done; k-- > 0;) {
        struct task_time *t = &path->tasks[w->order[k]];
        duration end = path->total;
        for (size_t j = w->first[w->order[k]]; j < w->first[w->order[k] + 1]; j++) {
            const struct task_time *next = &path->tasks[w->next[j]];
            if (next->latest != DURATION_NONE && next->latest < end)
                end = next->latest;
        }
        t->latest = end - known_length(t);
        t->slack = t->latest - t->start;
        t->is_critical = t->slack == 0;
    }
}

/* From the task that is done last, each time to one that it had to wait for. */
static void find_chain(struct working *w)
{
    struct task_path *path = w->path;
    size_t *chain = NEW_ARRAY(w->arena, size_t, path->count + 1), free = path->count;
    size_t last = w->done - 1;
    while (end_of(&path->tasks[w->order[last]]) != path->total)
        last--;
    size_t at = w->order[last];
    for (;;) {
        const struct task_time *t = &path->tasks[at];
        chain[--free] = at;
        if (t->after_count == 0)
            break;
        size_t j = 0;
        while (end_of(&path->tasks[t->after[j]]) != t->start)
            j++;
        at = t->after[j];
    }
    path->chain = chain + free;
    path->chain_count = path->count - free;
}

struct task_path *model_task_path(struct arena *a, const struct model *m, const struct record *plan)
{
    assert(plan->type == m->schema->types[TYPE_PLAN]);
    struct working w = {.arena = a, .path = NEW(a, struct task_path)};
    collect_tasks(&w, plan);
    link_tasks(&w);
    order_tasks(&w);
    find_circles(&w);
    find_starts(&w);
    find_slack(&w);
    if (w.done != 0)
        find_chain(&w);
    return w.path;
}
