/* derive/able: how soon everything can be back (maximum rule), and what was proven.
 *
 * What a node can reach is the longest commitment of all that it cannot do without. Taken
 * from the longest down, each commitment goes to all users above it that have no longer one
 * yet, so each node is reached once, and circles do no harm. */
#include "derive/recovery_int.h"

#include <stdlib.h>

/* -- Upwards from one node -------------------------------------------------------------------- */

struct climb {
    struct analysis *x;
    enum recovery_time time;
    size_t *queue;
    size_t count;
};

/* Data that an activity has lost is not lost a second time by those who need the activity. */
static bool goes_on(const struct climb *c, size_t node)
{
    return c->time == TIME_RTO || !analysis_is(c->x, node, TYPE_ACTIVITY);
}

static void take_value(struct able *to, const struct able *from, size_t via)
{
    to->value = from->value;
    to->from = from->from;
    to->via = via;
}

/* Gives what stands in `start` to all above it that have nothing yet. */
static void climb_with(struct climb *c, size_t start, struct able given, bool is_unknown)
{
    struct analysis *x = c->x;
    c->count = 0;
    c->queue[c->count++] = start;
    for (size_t at = 0; at < c->count; at++) {
        size_t used = c->queue[at];
        if (at != 0 && !goes_on(c, used))
            continue;
        for (size_t i = 0; i < x->nodes[used].user_count; i++) {
            const struct need *n = &x->needs[x->nodes[used].users[i]];
            struct able *able = &x->nodes[n->user].able[c->time];
            bool has = is_unknown ? able->unknown != NODE_NONE : able->value != DURATION_NONE;
            if (n->loss != LOSS_STOPS || has)
                continue;
            if (is_unknown)
                able->unknown = start;
            else
                take_value(able, &given, used);
            c->queue[c->count++] = n->user;
        }
    }
}

/* -- From the longest commitment down --------------------------------------------------------- */

struct commitment {
    duration value;
    size_t node;
};

static int longest_first(const void *one, const void *other)
{
    const struct commitment *x = one, *y = other;
    if (x->value != y->value)
        return x->value > y->value ? -1 : 1;
    return x->node < y->node ? -1 : x->node > y->node;
}

static struct commitment *commitments(const struct analysis *x, enum recovery_time time,
                                      size_t *count)
{
    struct commitment *list = NEW_ARRAY(x->arena, struct commitment, x->count + 1);
    *count = 0;
    for (size_t i = 0; i < x->count; i++) {
        bool is_activity = analysis_is(x, i, TYPE_ACTIVITY);
        duration own = recovery_own(x->nodes[i].record, time);
        if (own != DURATION_NONE && !(is_activity && time == TIME_RPO))
            list[(*count)++] = (struct commitment){own, i};
    }
    qsort(list, *count, sizeof *list, longest_first);
    return list;
}

/* The RTO of an activity is its promise to those who need it, and no promise to itself. */
static void give(struct climb *c, const struct commitment *from)
{
    struct able *own = &c->x->nodes[from->node].able[c->time];
    bool is_activity = analysis_is(c->x, from->node, TYPE_ACTIVITY);
    struct able given = {.value = from->value, .from = from->node};
    if (!is_activity) {
        if (own->value != DURATION_NONE)
            return; /* something below takes longer, and all above know it */
        take_value(own, &given, NODE_NONE);
    }
    climb_with(c, from->node, given, false);
}

/* The RTO of an activity is what its users are promised. */
static bool expects(const struct analysis *x, size_t node, enum recovery_time time)
{
    bool is_promise = analysis_is(x, node, TYPE_ACTIVITY) && time == TIME_RTO;
    return is_promise || recovery_commits(x->nodes[node].record, time);
}

static void find_unknown(struct climb *c)
{
    struct analysis *x = c->x;
    for (size_t i = 0; i < x->count; i++) {
        if (!expects(x, i, c->time) || recovery_own(x->nodes[i].record, c->time) != DURATION_NONE)
            continue;
        if (!analysis_is(x, i, TYPE_ACTIVITY))
            x->nodes[i].able[c->time].unknown = i;
        climb_with(c, i, (struct able){0}, true);
    }
}

static void find_able(struct analysis *x, enum recovery_time time)
{
    struct climb c = {x, time, NEW_ARRAY(x->arena, size_t, x->count + 1), 0};
    size_t count;
    for (size_t i = 0; i < x->count; i++)
        x->nodes[i].able[time] = (struct able){DURATION_NONE, NODE_NONE, NODE_NONE, NODE_NONE};
    const struct commitment *list = commitments(x, time, &count);
    for (size_t i = 0; i < count; i++)
        give(&c, &list[i]);
    find_unknown(&c);
}

void analysis_able(struct analysis *x)
{
    find_able(x, TIME_RTO);
    find_able(x, TIME_RPO);
}

/* -- What was shown --------------------------------------------------------------------------- */

/* The newest counts; of two on one day the longer, since better too careful. */
static void show(const struct analysis *x, struct node *n, enum recovery_time time,
                 struct proof proof)
{
    struct proof *known = &n->proven[time];
    bool is_future = x->model->as_of != DATE_NONE && proof.day > x->model->as_of;
    if (proof.value == DURATION_NONE || proof.day == DATE_NONE || is_future)
        return;
    if (known->value == DURATION_NONE || proof.day > known->day ||
        (proof.day == known->day && proof.value > known->value))
        *known = proof;
}

static void show_achieved(struct analysis *x, const struct record *by, date day,
                          enum field_id field)
{
    size_t count;
    const struct field_value *v = rec_items(by, field, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *part = field_target(&v[i]);
        size_t node = part == NULL ? NODE_NONE : analysis_number(x, rec_ref(part, ACHIEVED_TARGET));
        if (node == NODE_NONE)
            continue;
        show(x, &x->nodes[node], TIME_RTO,
             (struct proof){rec_duration(part, ACHIEVED_RTO), day, by, part->span});
        show(x, &x->nodes[node], TIME_RPO,
             (struct proof){rec_duration(part, ACHIEVED_RPO), day, by, part->span});
    }
}

static date day_of_incident(const struct record *r)
{
    bool has_start = rec_has(r, INCIDENT_START);
    return has_start ? date_of_moment(rec_int(r, INCIDENT_START, 0)) : DATE_NONE;
}

static void show_own(struct analysis *x, size_t node)
{
    const struct record *r = x->nodes[node].record;
    const struct record *part =
        analysis_is(x, node, TYPE_RESOURCE) ? rec_ref(r, RESOURCE_RTA_PROVEN) : NULL;
    if (part == NULL)
        return;
    const struct record *by = rec_ref(part, PROOF_EXERCISE);
    show(x, &x->nodes[node], TIME_RTO,
         (struct proof){rec_duration(part, PROOF_VALUE), rec_date(part, PROOF_DATE),
                        by != NULL ? by : r, part->span});
}

void analysis_proven(struct analysis *x)
{
    for (size_t i = 0; i < x->count; i++) {
        for (int t = 0; t < RECOVERY_TIMES; t++)
            x->nodes[i].proven[t] = (struct proof){.value = DURATION_NONE, .day = DATE_NONE};
        show_own(x, i);
    }
    const struct record_list *exercises = model_list(x->model, TYPE_EXERCISE);
    for (size_t i = 0; i < exercises->count; i++)
        show_achieved(x, exercises->items[i], rec_date(exercises->items[i], EXERCISE_HELD),
                      EXERCISE_ACHIEVED);
    const struct record_list *incidents = model_list(x->model, TYPE_INCIDENT);
    for (size_t i = 0; i < incidents->count; i++)
        show_achieved(x, incidents->items[i], day_of_incident(incidents->items[i]),
                      INCIDENT_ACHIEVED);
}
