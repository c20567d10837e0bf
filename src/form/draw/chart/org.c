/* form/draw/chart/org: who reports to whom, with holders and vacancies. */
#include "form/draw/draw_int.h"

#include "base/path.h"

static const struct {
    str word, letter;
    enum ink ink;
} role_kind[] = {
    {S_INIT("governance"), S_INIT("G"), INK_ACCENT}, {S_INIT("crisis"), S_INIT("C"), INK_BAD},
    {S_INIT("recovery"), S_INIT("R"), INK_WARN},     {S_INIT("process"), S_INIT("P"), INK_MUTED},
    {S_INIT("audit"), S_INIT("A"), INK_GOOD},
};
enum { ROLE_KINDS = COUNT_OF(role_kind) };

/* The roles of one chart, each under its number in the model's list. */
struct chart {
    const struct request *q;
    struct graph *graph;
    bool *shown;  /* by number */
    size_t *node; /* by number; valid when shown */
    bool kinds_seen[ROLE_KINDS];
};

static const struct record *superior_of(const struct record *role)
{
    const struct record *r = rec_ref(role, ROLE_REPORTS_TO);
    return is_of(r, TYPE_ROLE) ? r : NULL;
}

/* A chain that is longer than there are roles goes round in a circle. */
static bool is_below(const struct model *m, const struct record *role, const struct record *top)
{
    size_t steps = model_list(m, TYPE_ROLE)->count;
    for (; role != NULL && steps-- > 0; role = superior_of(role))
        if (role == top)
            return true;
    return false;
}

static size_t kind_of(const struct record *role)
{
    for (size_t k = 0; k < ROLE_KINDS; k++)
        if (str_eq(rec_text(role, ROLE_KIND), role_kind[k].word))
            return k;
    return ROLE_KINDS;
}

/* All roles, those of one kind, or those below one of them. */
static bool choose(struct chart *c, const struct record **top)
{
    const struct request *q = c->q;
    const struct record_list *roles = model_list(q->model, TYPE_ROLE);
    size_t kind = 0;
    *top = NULL;
    while (kind < ROLE_KINDS && !str_eq(role_kind[kind].word, q->subject))
        kind++;
    if (q->subject.n != 0 && kind == ROLE_KINDS) {
        const enum type_id role = TYPE_ROLE;
        *top = request_record(q, &role, 1);
        if (*top == NULL)
            return false;
    }
    for (size_t i = 0; i < roles->count; i++) {
        const struct record *r = roles->items[i];
        bool is_fit = *top != NULL ? is_below(q->model, r, *top) : kind_of(r) == kind;
        c->shown[i] = q->subject.n == 0 || is_fit;
    }
    return true;
}

static void add_role(struct chart *c, const struct record *role)
{
    struct graph_node *n = graph_node(c->graph, role);
    size_t kind = kind_of(role);
    say_role(c->graph, n, role);
    if (kind < ROLE_KINDS) {
        c->kinds_seen[kind] = true;
        n->badge = role_kind[kind].letter;
        n->badge_ink = role_kind[kind].ink;
        n->badge_words = str_fmt(c->q->arena, STR_FMT " role", STR_ARG(role_kind[kind].word));
    }
    c->node[role->number] = c->graph->node_count - 1;
}

static void fill(struct chart *c)
{
    const struct record_list *roles = model_list(c->q->model, TYPE_ROLE);
    for (size_t i = 0; i < roles->count; i++)
        if (c->shown[i])
            add_role(c, roles->items[i]);
    for (size_t i = 0; i < roles->count; i++) {
        const struct record *superior = superior_of(roles->items[i]);
        if (!c->shown[i] || superior == NULL || !c->shown[superior->number])
            continue;
        struct graph_edge *e = graph_edge(c->graph, c->node[superior->number], c->node[i]);
        e->ink = INK_LINE;
        e->no_arrow = true;
    }
    for (size_t k = 0; k < ROLE_KINDS; k++)
        if (c->kinds_seen[k])
            graph_legend(c->graph, role_kind[k].letter, role_kind[k].ink, false, role_kind[k].word);
}

static const struct table *table_of(const struct chart *c, str id, str caption)
{
    const struct column columns[] = {
        {S("role"), S("Role"), COLUMN_TEXT},
        {S("kind"), S("Kind"), COLUMN_TEXT},
        {S("reports_to"), S("Reports to"), COLUMN_TEXT},
        {S("holder"), S("Holder"), COLUMN_TEXT},
        {S("deputies"), S("Deputies"), COLUMN_TEXT},
    };
    struct arena *a = c->q->arena;
    const struct record_list *roles = model_list(c->q->model, TYPE_ROLE);
    struct table *t = table_new(a, id, caption, columns, COUNT_OF(columns));
    t->head_column = true;
    for (size_t i = 0; i < roles->count; i++) {
        const struct record *role = roles->items[i], *superior = superior_of(role);
        if (!c->shown[i])
            continue;
        struct cell *cell = table_row(a, t);
        size_t count;
        const struct field_value *deputy = rec_items(role, ROLE_DEPUTIES, &count);
        cell[0] = cell_link(a, role, record_name(role));
        cell[1] = cell_text(a, rec_text(role, ROLE_KIND));
        if (superior != NULL)
            cell[2] = cell_link(a, superior, record_name(superior));
        cell[3] = cell_holder(a, role);
        for (size_t k = 0; k < count; k++)
            if (deputy[k].record != NULL)
                cell_add(a, &cell[4], record_name(deputy[k].record), deputy[k].record, TONE_NONE);
    }
    return t;
}

const struct drawing *chart_org(const struct request *q)
{
    struct arena *a = q->arena;
    size_t role_count = model_list(q->model, TYPE_ROLE)->count;
    struct chart c = {.q = q, .graph = graph_new(a, q->ruler, GRAPH_DOWN)};
    const struct record *top;
    c.shown = NEW_ARRAY(a, bool, role_count);
    c.node = NEW_ARRAY(a, size_t, role_count);
    c.graph->same_width = c.graph->left = true;
    c.graph->wrap_width = 142;
    if (!choose(&c, &top))
        return NULL;
    fill(&c);
    struct graph_caption caption = request_caption(q);
    caption.id = S("chart-org");
    caption.title = S("Organisation of the BCMS");
    if (q->subject.n != 0)
        caption.id = path_slug(a, str_fmt(a, "chart-org-" STR_FMT, STR_ARG(q->subject)));
    if (top != NULL)
        caption.title = str_fmt(a, STR_FMT " and who reports there", STR_ARG(record_name(top)));
    else if (q->subject.n != 0)
        caption.title = str_fmt(a, "Roles of the kind '" STR_FMT "'", STR_ARG(q->subject));
    caption.description = S("Each box is a role with the person who holds it. A line leads from a "
                            "role down to those that report to it. The letter tells the kind of "
                            "role; a dashed box is vacant.");
    caption.table = table_of(&c, caption.id, caption.title);
    return graph_draw(q->diags, c.graph, &layout_as_tree, &caption);
}
