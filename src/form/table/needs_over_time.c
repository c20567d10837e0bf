/* form/table/needs_over_time: what each activity needs from when on (8.3.4). */
#include "form/table/system.h"

#include "form/table/cells.h"
#include "model/impact.h"

static void add_need(struct arena *a, struct table *t, const struct record *activity,
                     const struct record *need)
{
    static const enum field_id field[] = {NEED_AFTER,     NEED_PEOPLE,    NEED_SEATS,
                                          NEED_KIT,       NEED_ICT,       NEED_RECORDS,
                                          NEED_SUPPLIERS, NEED_TRANSPORT, NEED_MONEY};
    struct cell *cells = table_row(a, t);
    cells[0] = cell_record(a, activity);
    for (size_t i = 0; i < COUNT_OF(field); i++)
        cells[i + 1] = cell_field(a, need, field[i]);
}

const struct table *needs_over_time(struct arena *a, const struct model *m)
{
    static const struct column column[] = {
        COLUMN("activity", "Activity", TEXT),
        COLUMN("after", "From", TEXT),
        COLUMN("people", "People", NUMBER),
        COLUMN("seats", "Seats", NUMBER),
        COLUMN("kit", "Kit", TEXT),
        COLUMN("ict", "ICT", TEXT),
        COLUMN("records", "Records", TEXT),
        COLUMN("suppliers", "Suppliers", TEXT),
        COLUMN("transport", "Transport", TEXT),
        COLUMN("money", "Money", TEXT),
    };
    size_t without = 0;
    const struct record_list *list = model_list(m, TYPE_ACTIVITY);
    struct table *t = table_new(a, S("list-needs"), S("Needs over time"), column, COUNT_OF(column));
    for (size_t i = 0; i < list->count; i++) {
        const struct record *bia = model_bia(m, list->items[i]);
        size_t count = 0;
        const struct field_value *v = bia == NULL ? NULL : rec_items(bia, BIA_NEEDS, &count);
        if (!rec_is_live(list->items[i]))
            continue;
        for (size_t k = 0; v != NULL && k < count; k++)
            if (v[k].state == FV_PRESENT)
                add_need(a, t, list->items[i], v[k].record);
        without += count == 0;
    }
    if (without != 0)
        t->note =
            str_fmt(a, "Of %zu activities no approved analysis says what they need.", without);
    return t;
}
