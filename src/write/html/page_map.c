/* write/html/page_map: a drawing, and the table that says the same. */
#include "write/html/portal_int.h"

#include "form/draw/draw.h"
#include "model/recovery.h"

/* Reached from the register of what is drawn, too. */
static const struct {
    enum type_id of;
    enum page_kind page;
} map_link[] = {
    {TYPE_PROCESS, PAGE_MAP_BCMS},   {TYPE_ACTIVITY, PAGE_MAP_RECOVERY},
    {TYPE_RISK, PAGE_MAP_RISKS},     {TYPE_EXERCISE, PAGE_MAP_EXERCISES},
    {TYPE_ACTION, PAGE_MAP_ACTIONS}, {TYPE_ROLE, PAGE_MAP_ORG},
    {TYPE_RACI, PAGE_MAP_RACI},
};
enum { MAP_LINKS = COUNT_OF(map_link) };

void put_map_link(struct page *pg, str name, const struct type_def *type)
{
    for (size_t i = 0; i < MAP_LINKS; i++)
        if (map_link[i].of == type->number) {
            const struct page_def *def = page_def_of(map_link[i].page);
            put_link(pg, name, page_link(pg, def->path), def->title);
            return;
        }
    put_nothing(pg->data, name);
}

/* -- One map or chart ------------------------------------------------------------------ */

static const struct drawing *draw(struct page *pg, str kind, str argument)
{
    struct span nowhere = {0, 0, 0};
    return draw_by_name(pg->arena, pg->diags, pg->model, pg->portal->world.doc->fonts, nowhere,
                        kind, argument);
}

static void put_map(struct page *pg, str kind, str argument)
{
    const struct drawing *d = draw(pg, kind, argument);
    put_nothing(pg->data, S("table"));
    if (d == NULL) {
        put_nothing(pg->data, S("drawing"));
        put_text(pg->data, S("summary"), S(""));
        return;
    }
    put_text(pg->data, S("summary"), d->description);
    put_drawing(pg, pg->data, S("drawing"), d);
}

void fill_MAP_BCMS(struct page *pg)
{
    put_map(pg, S("map"), S("bcms"));
}

void fill_MAP_ORG(struct page *pg)
{
    put_map(pg, S("chart"), S("org"));
}

void fill_MAP_RECOVERY(struct page *pg)
{
    put_map(pg, S("chart"), S("recovery"));
}

void fill_MAP_RISKS(struct page *pg)
{
    put_map(pg, S("chart"), S("risks"));
}

void fill_MAP_EXERCISES(struct page *pg)
{
    put_map(pg, S("chart"), S("exercises"));
}

void fill_MAP_ACTIONS(struct page *pg)
{
    put_map(pg, S("chart"), S("actions"));
}

void fill_MAP_RACI(struct page *pg)
{
    put_nothing(pg->data, S("drawing"));
    put_text(pg->data, S("summary"), S("Activities of the system against the roles they need."));
    const struct table *t = raci_table(pg->arena, pg->model, RACI_COLUMNS_MAX);
    put_table(pg, pg->data, S("table"), page_first_rows(pg, t), "matrix");
}

/* -- On the page of a record ----------------------------------------------------------- */

static const struct record_map {
    enum type_id of;
    str kind, name, heading;
} record_map[] = {
    {TYPE_PLAN, S_INIT("map"), S_INIT("tasks "), S_INIT("Its tasks")},
    {TYPE_PRODUCT, S_INIT("map"), S_INIT("product "), S_INIT("What it depends on")},
    {TYPE_ACTIVITY, S_INIT("map"), S_INIT("deps "), S_INIT("What it needs, and who needs it")},
    {TYPE_CALL_TREE, S_INIT("calltree"), S_INIT(""), S_INIT("Who calls whom")},
    {TYPE_KPI, S_INIT("chart"), S_INIT("kpi "), S_INIT("Over time")},
};

/* What stands for itself alone needs no picture. */
static bool is_alone(const struct model *m, const struct record *r)
{
    const struct node *n = recovery_node(m, r);
    return n != NULL && n->need_count + n->user_count == 0;
}

void put_record_map(struct page *pg)
{
    const struct record *r = pg->ref->record;
    const struct drawing *d = NULL;
    struct tmap *m = tmap_new(pg->arena);
    for (size_t i = 0; i < COUNT_OF(record_map); i++) {
        const struct record_map *map = &record_map[i];
        if (map->of != r->type->number || model_find(pg->model, r->id) != r ||
            is_alone(pg->model, r))
            continue;
        d = draw(pg, map->kind,
                 str_fmt(pg->arena, STR_FMT STR_FMT, STR_ARG(map->name), STR_ARG(r->id)));
        put_text(m, S("heading"), map->heading);
    }
    if (d == NULL || (d->table->row_count == 0 && r->type->number != TYPE_KPI)) {
        put_nothing(pg->data, S("map"));
        return;
    }
    put_text(m, S("summary"), d->description);
    put_drawing(pg, m, S("content"), d);
    tmap_put(pg->data, S("map"), tmap_value(m));
}
