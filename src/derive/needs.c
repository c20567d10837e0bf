/* derive/needs: the records that can be lost, and which needs which. */
#include "derive/recovery_int.h"

static const enum type_id node_type[] = {
    TYPE_PRODUCT,  TYPE_ACTIVITY, TYPE_SERVICE, TYPE_RESOURCE,
    TYPE_SUPPLIER, TYPE_SITE,     TYPE_ROLE,    TYPE_PERSON,
};
enum { NODE_TYPES = COUNT_OF(node_type) };

/* What is being collected, and which nodes the user at hand already has. */
struct collecting {
    struct analysis *x;
    size_t *seen_by; /* by used: the user + 1 that was last given it */
};

size_t analysis_number(const struct analysis *x, const struct record *r)
{
    if (r == NULL || r->type->number >= TYPE_COUNT || x->first[r->type->number] == NODE_NONE)
        return NODE_NONE;
    return x->first[r->type->number] + r->number;
}

bool analysis_is(const struct analysis *x, size_t node, enum type_id type)
{
    return x->nodes[node].record->type->number == type;
}

/* -- Needs ------------------------------------------------------------------------------------ */

/* NULL when it is no node, or the user has it already: what is recorded first counts. */
static struct need *add_need(struct collecting *c, size_t user, const struct record *used,
                             struct span at)
{
    struct analysis *x = c->x;
    size_t number = analysis_number(x, used);
    if (number == NODE_NONE || number == user || c->seen_by[number] == user + 1)
        return NULL;
    c->seen_by[number] = user + 1;
    struct need *n = &PUSH(x->arena, x->needs, x->need_count, x->need_cap, struct need);
    *n = (struct need){.user = user, .used = number, .tolerance = DURATION_NONE, .at = at};
    return n;
}

static void add_refs(struct collecting *c, size_t user, enum field_id field)
{
    size_t count;
    const struct field_value *v = rec_items(c->x->nodes[user].record, field, &count);
    for (size_t i = 0; i < count; i++)
        if (v[i].state == FV_PRESENT)
            add_need(c, user, v[i].record, v[i].span);
}

static struct need *add_ref(struct collecting *c, size_t user, enum field_id field)
{
    const struct record *r = c->x->nodes[user].record;
    const struct record *used = rec_ref(r, field);
    return used == NULL ? NULL : add_need(c, user, used, rec_value(r, field)->span);
}

/* The words of the field stand in the order of enum loss. */
static void add_dependency(struct collecting *c, size_t user, const struct record *part)
{
    const struct record *on = rec_ref(part, DEPENDENCY_ON);
    struct need *n = on == NULL ? NULL : add_need(c, user, on, part->span);
    if (n == NULL)
        return;
    n->tolerance = rec_duration(part, DEPENDENCY_TOLERANCE);
    n->is_recorded = rec_has(part, DEPENDENCY_CRITICALITY);
    n->loss =
        n->is_recorded ? (enum loss)rec_value(part, DEPENDENCY_CRITICALITY)->number : LOSS_STOPS;
}

static void add_activity(struct collecting *c, size_t user)
{
    size_t count;
    const struct field_value *v =
        rec_items(c->x->nodes[user].record, ACTIVITY_DEPENDENCIES, &count);
    for (size_t i = 0; i < count; i++)
        if (v[i].state == FV_PRESENT)
            add_dependency(c, user, v[i].record);
    add_refs(c, user, ACTIVITY_SITES);
}

/* Whoever only supplied it is missed at the next repair. People are not lost with the place
 * where they work; where else they can, the needs of their activities say. */
static void add_resource(struct collecting *c, size_t user)
{
    bool is_people = str_eq(rec_text(c->x->nodes[user].record, RESOURCE_KIND), S("people"));
    add_refs(c, user, RESOURCE_DEPENDS_ON);
    struct need *supplier = add_ref(c, user, RESOURCE_SUPPLIER);
    if (supplier != NULL)
        supplier->loss = LOSS_DEGRADES;
    struct need *place = add_ref(c, user, RESOURCE_LOCATION);
    if (place != NULL && is_people)
        place->loss = LOSS_DEGRADES;
}

/* An activity says which products it serves, a product which activities: either will do. */
static void add_product(struct collecting *c, size_t user)
{
    const struct record *r = c->x->nodes[user].record;
    add_refs(c, user, PRODUCT_ACTIVITIES);
    for (size_t i = 0; i < r->back_count; i++)
        if (r->back[i].from->type->number == TYPE_ACTIVITY &&
            str_eq(r->back[i].field->key, S("products")))
            add_need(c, user, r->back[i].from, r->back[i].from->id_span);
}

/* What is out of use needs nothing any more, and asks for nothing. */
static void add_needs_of(struct collecting *c, size_t user)
{
    struct node *n = &c->x->nodes[user];
    size_t before = c->x->need_count;
    switch (rec_is_live(n->record) ? n->record->type->number : TYPE_COUNT) {
    case TYPE_PRODUCT:
        add_product(c, user);
        break;
    case TYPE_ACTIVITY:
        add_activity(c, user);
        break;
    case TYPE_SERVICE:
        add_refs(c, user, SERVICE_RESOURCES);
        break;
    case TYPE_RESOURCE:
        add_resource(c, user);
        break;
    case TYPE_ROLE:
        add_ref(c, user, ROLE_HOLDER);
        break;
    default:
        break;
    }
    n->need_count = c->x->need_count - before;
}

/* -- What stands in --------------------------------------------------------------------------- */

static enum field_id spare_field(const struct record *r)
{
    switch (r->type->number) {
    case TYPE_RESOURCE:
        return RESOURCE_ALTERNATES;
    case TYPE_SITE:
        return SITE_ALTERNATES;
    case TYPE_SUPPLIER:
        return SUPPLIER_SUBSTITUTES;
    default:
        return FIELD_COUNT;
    }
}

static struct spares spares_of(const struct analysis *x, size_t node, enum field_id field)
{
    size_t count;
    struct spares s = {0};
    const struct field_value *v = rec_items(x->nodes[node].record, field, &count);
    size_t *items = NEW_ARRAY(x->arena, size_t, count + 1);
    for (size_t i = 0; i < count; i++) {
        size_t number = v[i].state == FV_PRESENT ? analysis_number(x, v[i].record) : NODE_NONE;
        if (number != NODE_NONE && number != node && rec_is_live(v[i].record))
            items[s.count++] = number;
    }
    s.items = items;
    return s;
}

/* Only work can move to another place. */
static void find_spares(struct analysis *x)
{
    for (size_t i = 0; i < x->count; i++) {
        enum field_id field = spare_field(x->nodes[i].record);
        if (field != FIELD_COUNT)
            x->nodes[i].brought_in = spares_of(x, i, field);
        if (analysis_is(x, i, TYPE_ACTIVITY))
            x->nodes[i].at_hand = spares_of(x, i, ACTIVITY_SITES);
        if (analysis_is(x, i, TYPE_ROLE))
            x->nodes[i].at_hand = spares_of(x, i, ROLE_DEPUTIES);
    }
    for (size_t i = 0; i < x->need_count; i++) {
        struct need *n = &x->needs[i];
        bool is_of_site = analysis_is(x, n->used, TYPE_SITE);
        n->moves = analysis_is(x, n->user, TYPE_ROLE) ||
                   (analysis_is(x, n->user, TYPE_ACTIVITY) && is_of_site);
        n->is_fixed = analysis_is(x, n->user, TYPE_RESOURCE) && is_of_site;
    }
}

/* -- Putting it together ---------------------------------------------------------------------- */

static void number_nodes(struct analysis *x)
{
    for (size_t t = 0; t < TYPE_COUNT; t++)
        x->first[t] = NODE_NONE;
    for (size_t t = 0; t < NODE_TYPES; t++) {
        x->first[node_type[t]] = x->count;
        x->count += model_list(x->model, node_type[t])->count;
    }
    x->nodes = NEW_ARRAY(x->arena, struct node, x->count + 1);
    for (size_t t = 0; t < NODE_TYPES; t++) {
        const struct record_list *list = model_list(x->model, node_type[t]);
        for (size_t i = 0; i < list->count; i++)
            x->nodes[x->first[node_type[t]] + i] =
                (struct node){.record = list->items[i], .circle = NODE_NONE};
    }
}

/* The needs have stopped growing: from here on their places hold. */
static void join(struct analysis *x)
{
    size_t *users = NEW_ARRAY(x->arena, size_t, x->need_count + 1);
    size_t needs_before = 0, users_before = 0;
    for (size_t i = 0; i < x->need_count; i++)
        x->nodes[x->needs[i].used].user_count++;
    for (size_t i = 0; i < x->count; i++) {
        struct node *n = &x->nodes[i];
        n->needs = x->needs + needs_before;
        n->users = users + users_before;
        needs_before += n->need_count;
        users_before += n->user_count;
        n->user_count = 0;
    }
    for (size_t i = 0; i < x->need_count; i++) {
        struct node *n = &x->nodes[x->needs[i].used];
        users[(size_t)(n->users - users) + n->user_count++] = i;
    }
}

void analysis_needs(struct analysis *x)
{
    number_nodes(x);
    struct collecting c = {x, NEW_ARRAY(x->arena, size_t, x->count + 1)};
    for (size_t i = 0; i < x->count; i++)
        add_needs_of(&c, i);
    join(x);
    find_spares(x);
}
