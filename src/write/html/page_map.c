/* write/html/page_map: a drawing, and the table that says the same. */
#include "write/html/portal_int.h"

#include "form/draw/draw.h"

static void put_map(struct page *pg, str kind, str argument)
{
    struct span nowhere = {0, 0, 0};
    const struct drawing *d = draw_by_name(pg->arena, pg->diags, pg->model,
                                           pg->portal->world.doc->fonts, nowhere, kind, argument);
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
    put_nothing(pg->data, S("table"));
}

void fill_MAP_ORG(struct page *pg)
{
    put_map(pg, S("chart"), S("org"));
    put_nothing(pg->data, S("table"));
}

void fill_MAP_RACI(struct page *pg)
{
    put_nothing(pg->data, S("drawing"));
    put_text(pg->data, S("summary"), S("Activities of the system against the roles they need."));
    put_table(pg, pg->data, S("table"), raci_table(pg->arena, pg->model), "matrix");
}
