/* write/html/page_calendar: everything that is due, by month and by owner. */
#include "write/html/portal_int.h"

static void add_month(struct page *pg, struct items *months, const struct due_month *month,
                      size_t *room)
{
    struct arena *a = pg->arena;
    struct tmap *m = items_add(pg, months);
    struct due_groups how = {.id = str_fmt(a, "table-" STR_FMT, STR_ARG(month->id)),
                             .caption = month->title,
                             .rows_max = *room,
                             .columns = DUE_OF_ALL};
    struct table *t = due_grouped(a, pg->model, &month->items, &how);
    *room -= t->row_count;
    put_text(m, S("id"), month->id);
    put_text(m, S("href"), str_fmt(a, "#" STR_FMT, STR_ARG(month->id)));
    put_text(m, S("heading"), month->title);
    put_text(m, S("count"), str_fmt(a, "%zu", month->items.count));
    put_table(pg, m, S("content"), t, NULL);
}

/* Those of a large house are found by letter. */
static const struct table *first_owners(struct page *pg)
{
    const struct table *all = due_owners(pg->arena, pg->model);
    if (all->row_count <= STAFF_PEOPLE_MAX)
        return all;
    struct table *first = NEW(pg->arena, struct table);
    *first = *all;
    first->row_count = STAFF_PEOPLE_MAX;
    first->note = str_fmt(pg->arena, "%d of %zu are shown; all are among people and roles.",
                          STAFF_PEOPLE_MAX, all->row_count);
    return first;
}

void fill_CALENDAR(struct page *pg)
{
    struct arena *a = pg->arena;
    struct due_run all = due_all(a, pg->model),
                   ahead = due_ahead(a, pg->model, &all, DUE_AHEAD_DAYS);
    const struct table *owners = first_owners(pg);
    size_t count, room = CALENDAR_ROWS_MAX;
    struct due_month *list = due_months(a, &ahead, &count);
    struct items months = items_new(pg);
    for (size_t i = 0; i < count; i++)
        add_month(pg, &months, &list[i], &room);
    put_items(pg, pg->data, S("months"), &months);
    put_flag(pg->data, S("has_owners"), owners->row_count != 0);
    put_table(pg, pg->data, S("owners"), owners, NULL);
    put_text(pg->data, S("csv"), page_link(pg, S("data/lists/due.csv")));
    put_text(pg->data, S("json"), page_link(pg, S("data/lists/due.json")));
    put_text(pg->data, S("feed"), page_link(pg, S("feeds/calendar.ics")));
}
