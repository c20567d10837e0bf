/* form/draw/map/deps: what an activity, service or resource needs, and who needs it. */
#include "form/draw/draw_int.h"

#include "base/path.h"

/* What happens to who needs something when that is lost. */
static const struct {
    str word, letter;
    enum ink ink;
    enum tone tone;
    str legend;
} criticality[] = {
    {S_INIT("stops"), S_INIT("S"), INK_BAD, TONE_BAD, S_INIT("stops without it")},
    {S_INIT("degrades"), S_INIT("D"), INK_WARN, TONE_WARN, S_INIT("degrades without it")},
    {S_INIT("minor"), S_INIT("m"), INK_MUTED, TONE_MUTED, S_INIT("minor loss")},
};
enum { CRITICALITIES = sizeof criticality / sizeof *criticality };

/* One arrow: `user` needs `used`. */
struct need {
    size_t user, used;
    size_t how; /* place in criticality; CRITICALITIES: not recorded */
    duration tolerance;
};

struct needs {
    const struct request *q;
    const struct record *subject; /* node 0 */
    const struct record **who;    /* of each node */
    size_t who_count, who_cap;
    struct need *items;
    size_t count, cap;
};

static size_t number_of(struct needs *n, const struct record *r)
{
    for (size_t i = 0; i < n->who_count; i++)
        if (n->who[i] == r)
            return i;
    PUSH(n->q->arena, n->who, n->who_count, n->who_cap, const struct record *) = r;
    return n->who_count - 1;
}

static struct need *add_need(struct needs *n, const struct record *user, const struct record *used)
{
    size_t from = number_of(n, user), to = number_of(n, used);
    for (size_t i = 0; i < n->count; i++)
        if (n->items[i].user == from && n->items[i].used == to)
            return &n->items[i];
    struct need *need = &PUSH(n->q->arena, n->items, n->count, n->cap, struct need);
    *need = (struct need){from, to, CRITICALITIES, DURATION_NONE};
    return need;
}

static void add_refs(struct needs *n, const struct record *user, enum field_id field)
{
    size_t count;
    const struct field_value *v = rec_items(user, field, &count);
    for (size_t i = 0; i < count; i++)
        if (v[i].record != NULL && v[i].record != user)
            add_need(n, user, v[i].record);
}

static void add_ref(struct needs *n, const struct record *user, enum field_id field)
{
    const struct record *r = rec_ref(user, field);
    if (r != NULL && r != user)
        add_need(n, user, r);
}

/* One dependency of an activity; `only`: if it is on that record, NULL: any. */
static void add_dependency(struct needs *n, const struct record *user, const struct record *part,
                           const struct record *only)
{
    const struct record *on = rec_ref(part, DEPENDENCY_ON);
    if (on == NULL || on == user || (only != NULL && on != only))
        return;
    struct need *need = add_need(n, user, on);
    for (size_t k = 0; k < CRITICALITIES; k++)
        if (str_eq(rec_text(part, DEPENDENCY_CRITICALITY), criticality[k].word))
            need->how = k;
    need->tolerance = rec_duration(part, DEPENDENCY_TOLERANCE);
}

static void add_dependencies(struct needs *n, const struct record *user, const struct record *only)
{
    size_t count;
    const struct field_value *part = rec_items(user, ACTIVITY_DEPENDENCIES, &count);
    for (size_t i = 0; i < count; i++)
        add_dependency(n, user, part[i].record, only);
}

/* What one record needs. Of other activities only the name is shown: each has a
 * map of its own. */
static void add_needs_of(struct needs *n, const struct record *r)
{
    if (is_of(r, TYPE_ACTIVITY) && r == n->subject) {
        add_dependencies(n, r, NULL);
        add_refs(n, r, ACTIVITY_SITES);
    } else if (is_of(r, TYPE_RESOURCE)) {
        add_refs(n, r, RESOURCE_DEPENDS_ON);
        add_ref(n, r, RESOURCE_SUPPLIER);
        add_ref(n, r, RESOURCE_LOCATION);
    } else if (is_of(r, TYPE_SERVICE)) {
        add_refs(n, r, SERVICE_RESOURCES);
    }
}

/* Fields through which another record needs the subject. */
static const struct {
    enum type_id type;
    const char *key;
} user_field[] = {
    {TYPE_ACTIVITY, "on"},       {TYPE_ACTIVITY, "sites"},      {TYPE_PRODUCT, "activities"},
    {TYPE_SERVICE, "resources"}, {TYPE_RESOURCE, "depends_on"}, {TYPE_RESOURCE, "supplier"},
    {TYPE_RESOURCE, "location"},
};

static bool is_user(const struct backlink *link)
{
    for (size_t i = 0; i < sizeof user_field / sizeof *user_field; i++)
        if (is_of(link->from, user_field[i].type) &&
            str_eq(link->field->key, str_from(user_field[i].key)))
            return true;
    return false;
}

static void add_users_of_subject(struct needs *n)
{
    const struct record *r = n->subject;
    for (size_t i = 0; i < r->back_count; i++)
        if (is_user(&r->back[i])) {
            add_need(n, r->back[i].from, r);
            if (is_of(r->back[i].from, TYPE_ACTIVITY))
                add_dependencies(n, r->back[i].from, r);
        }
    if (!is_of(r, TYPE_ACTIVITY))
        return;
    size_t count;
    const struct field_value *product = rec_items(r, ACTIVITY_PRODUCTS, &count);
    for (size_t i = 0; i < count; i++)
        if (product[i].record != NULL)
            add_need(n, product[i].record, r);
}

/* The time in which a record is back, as somebody promised; else DURATION_NONE. */
static duration recovers_in(const struct record *r)
{
    if (is_of(r, TYPE_ACTIVITY))
        return rec_duration(r, ACTIVITY_RTO);
    if (is_of(r, TYPE_RESOURCE))
        return rec_duration(r, RESOURCE_RTO_COMMITTED);
    if (is_of(r, TYPE_SERVICE) && rec_ref(r, SERVICE_SLA) != NULL)
        return rec_duration(rec_ref(r, SERVICE_SLA), SLA_RTO);
    if (is_of(r, TYPE_SUPPLIER) && rec_ref(r, SUPPLIER_COMMITMENT) != NULL)
        return rec_duration(rec_ref(r, SUPPLIER_COMMITMENT), COMMITMENT_RTO);
    return DURATION_NONE;
}

/* What a need may take at most: its tolerance, else what its user promises. */
static bool is_late(const struct needs *n, const struct need *need)
{
    duration limit = need->tolerance, back = recovers_in(n->who[need->used]);
    if (limit == DURATION_NONE)
        limit = recovers_in(n->who[need->user]);
    return limit != DURATION_NONE && back != DURATION_NONE && back > limit;
}

static bool is_late_for_anyone(const struct needs *n, size_t node)
{
    for (size_t i = 0; i < n->count; i++)
        if (n->items[i].used == node && is_late(n, &n->items[i]))
            return true;
    return false;
}

/* Between a node and the subject, whichever needs the other. */
static const struct need *need_beside(const struct needs *n, size_t node)
{
    for (size_t i = 0; i < n->count; i++) {
        const struct need *need = &n->items[i];
        if ((need->user == 0 && need->used == node) || (need->user == node && need->used == 0))
            return need;
    }
    return NULL;
}

static void draw_one(const struct needs *n, struct graph *g, size_t i)
{
    struct arena *a = n->q->arena;
    const struct record *r = n->who[i];
    const struct need *need = need_beside(n, i);
    struct graph_node *node = graph_node(g, r);
    bool late = is_late_for_anyone(n, i);
    duration back = recovers_in(r);
    str detail = r->type->singular;
    if (back != DURATION_NONE)
        detail = str_fmt(a, STR_FMT " · %s " STR_FMT, STR_ARG(detail), late ? "late:" : "back in",
                         STR_ARG(duration_short(a, back)));
    graph_say(g, &node->block, record_name(r), style_title, g->wrap_width);
    graph_say(g, &node->block, detail, late ? style_alarm : style_detail, g->wrap_width);
    if (i == 0) {
        node->fill = INK_ACCENT_FILL;
        node->stroke = INK_ACCENT;
        node->line_width = 1.5;
    }
    if (late)
        node->stroke = INK_BAD;
    node->rounded = is_of(r, TYPE_SUPPLIER) || is_of(r, TYPE_PRODUCT);
    if (need == NULL || need->how == CRITICALITIES)
        return;
    node->badge = criticality[need->how].letter;
    node->badge_ink = criticality[need->how].ink;
    node->badge_words = criticality[need->how].legend;
}

static void fill(const struct needs *n, struct graph *g)
{
    bool late = false, seen[CRITICALITIES] = {false};
    for (size_t i = 0; i < n->who_count; i++) {
        draw_one(n, g, i);
        late |= is_late_for_anyone(n, i);
    }
    for (size_t i = 0; i < n->count; i++) {
        graph_edge(g, n->items[i].user, n->items[i].used);
        if (n->items[i].how < CRITICALITIES)
            seen[n->items[i].how] = true;
    }
    for (size_t k = 0; k < CRITICALITIES; k++)
        if (seen[k])
            graph_legend(g, criticality[k].letter, criticality[k].ink, false,
                         criticality[k].legend);
    if (late)
        graph_legend(g, S(""), INK_BAD, false, S("back later than is needed"));
}

static void add_row(const struct needs *n, struct table *t, const struct need *need)
{
    struct arena *a = n->q->arena;
    const struct record *user = n->who[need->user], *used = n->who[need->used];
    duration back = recovers_in(used);
    bool late = is_late(n, need);
    struct cell *cell = table_row(a, t);
    cell[0] = cell_link(a, user, record_name(user));
    cell[1] = cell_link(a, used, record_name(used));
    cell[2] = cell_text(a, used->type->singular);
    if (need->how < CRITICALITIES)
        cell_add(a, &cell[3], criticality[need->how].word, NULL, criticality[need->how].tone);
    cell[4] = cell_text(a, duration_short(a, need->tolerance));
    cell[5] = cell_text(a, duration_short(a, back));
    if (late)
        cell_add(a, &cell[5], S("too late"), NULL, TONE_BAD);
}

static const struct table *table_of(const struct needs *n, str id, str caption)
{
    const struct column columns[] = {
        {S("user"), S("Who needs"), COLUMN_TEXT},      {S("used"), S("What"), COLUMN_TEXT},
        {S("type"), S("Kind"), COLUMN_TEXT},           {S("if_lost"), S("If lost"), COLUMN_CHIP},
        {S("tolerance"), S("Tolerates"), COLUMN_TEXT}, {S("back_in"), S("Back in"), COLUMN_TEXT},
    };
    struct table *t =
        table_new(n->q->arena, id, caption, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < n->count; i++)
        add_row(n, t, &n->items[i]);
    return t;
}

const struct drawing *map_deps(const struct request *q)
{
    const enum type_id types[] = {TYPE_ACTIVITY, TYPE_SERVICE, TYPE_RESOURCE, TYPE_SUPPLIER,
                                  TYPE_SITE};
    struct arena *a = q->arena;
    struct needs n = {.q = q, .subject = request_record(q, types, sizeof types / sizeof *types)};
    if (n.subject == NULL)
        return NULL;
    number_of(&n, n.subject);
    for (size_t i = 0; i < n.who_count && n.who_count <= GRAPH_NODES_MAX; i++)
        add_needs_of(&n, n.who[i]);
    add_users_of_subject(&n);
    struct graph *g = graph_new(a, q->ruler, GRAPH_RIGHT);
    g->node_gap = 12;
    g->rank_gap = 56;
    g->same_width = true;
    fill(&n, g);
    struct graph_caption caption = request_caption(q);
    caption.id = path_slug(a, str_fmt(a, "map-deps-" STR_FMT, STR_ARG(n.subject->id)));
    caption.title = str_fmt(a, "Dependencies of " STR_FMT, STR_ARG(record_name(n.subject)));
    caption.description = S("An arrow leads from who needs something to what is needed. To the "
                            "left of the marked box stands who needs it, to the right what it "
                            "needs. The letter tells what the loss does to who needs it: S stops, "
                            "D degrades, m minor.");
    caption.table = table_of(&n, caption.id, caption.title);
    return graph_draw(q->diags, g, &layout_usual, &caption);
}
