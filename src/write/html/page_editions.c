/* write/html/page_editions: what was published, and the pages that lead there. */
#include "write/html/portal_int.h"

static void add_edition(struct page *pg, struct items *list, const struct portal_edition *e)
{
    bool is_this = str_eq(e->id, pg->portal->world.edition);
    struct tmap *m = items_add(pg, list);
    put_text(m, S("id"), e->id);
    put_text(m, S("as_of"), date_long(pg->arena, e->as_of));
    put_text(m, S("as_of_iso"), date_iso(pg->arena, e->as_of));
    put_text(m, S("checkpoint"), e->checkpoint);
    put_flag(m, S("is_this"), is_this);
}

void fill_EDITIONS(struct page *pg)
{
    const struct portal_world *world = &pg->portal->world;
    struct items list = items_new(pg);
    for (size_t i = 0; i < world->edition_count; i++)
        add_edition(pg, &list, &world->editions[i]);
    put_items(pg, pg->data, S("editions"), &list);
}

/* -- Outside the editions ---------------------------------------------------------------- */

void portal_pointer(const struct portal *p, const struct portal_pointer *to, struct arena *a,
                    struct diags *d, struct buf *out)
{
    struct tmap *m = tmap_new(a);
    str up = portal_root(a, to->path);
    put_text(m, S("language"), p->language);
    put_text(m, S("organisation"), p->organisation);
    put_text(m, S("edition"), to->edition);
    put_text(m, S("code"), to->code);
    put_text(m, S("current"), p->world.edition);
    put_text(m, S("home"), str_fmt(a, STR_FMT "index.html", STR_ARG(up)));
    put_text(m, S("assets"), str_fmt(a, STR_FMT STR_FMT "/assets/", STR_ARG(up),
                                     STR_ARG(p->world.edition)));
    put_text(m, S("href"), str_fmt(a, STR_FMT STR_FMT "/" STR_FMT, STR_ARG(up),
                                   STR_ARG(to->edition), STR_ARG(to->target)));
    put_flag(m, S("is_gone"), to->is_gone);
    struct template_loader loader = {(void *)&p->templates, portal_find_template};
    template_render(map_find(&p->templates, S("pointer")), tmap_value(m), &loader, d, out, NULL);
}
