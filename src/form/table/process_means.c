/* form/table/process_means: competences, tools and time of each process of the system (S0.15). */
#include "form/table/system.h"

#include <stdlib.h>

#include "form/table/cells.h"

static int in_order(const void *one, const void *other)
{
    const struct record *x = *(const struct record *const *)one;
    const struct record *y = *(const struct record *const *)other;
    long long a = rec_int(x, PROCESS_ORDER, 0), b = rec_int(y, PROCESS_ORDER, 0);
    if (a != b)
        return a < b ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

struct competences {
    struct piece *pieces;
    size_t count;
    struct buf ids;
};

static void add_competence(struct competences *c, const struct record *r)
{
    for (size_t i = 0; i < c->count; i++)
        if (c->pieces[i].link == r)
            return;
    buf_add(&c->ids, c->count != 0 ? S("; ") : S(""));
    buf_add(&c->ids, r->id);
    c->pieces[c->count++] = (struct piece){.text = r->title, .link = r};
}

/* Those that the role names, then those that name the role. */
static struct cell competences_of(struct arena *a, const struct record *role)
{
    enum { ID_BYTES = 10 };
    size_t count;
    const struct field_value *v = rec_items(role, ROLE_COMPETENCES, &count);
    size_t most = count + role->back_count;
    struct competences c = {NEW_ARRAY(a, struct piece, most + 1), 0, buf_in(a, most * ID_BYTES)};
    for (size_t i = 0; i < count; i++)
        if (field_target(&v[i]) != NULL)
            add_competence(&c, v[i].record);
    for (size_t i = 0; i < role->back_count; i++) {
        const struct record *from = role->back[i].from;
        if (from->type->number == TYPE_COMPETENCE && rec_is_live(from) &&
            str_eq(role->back[i].field->key, S("required_by")))
            add_competence(&c, from);
    }
    return (struct cell){.pieces = c.pieces, .count = c.count, .data = buf_str(&c.ids)};
}

static void add_process(struct arena *a, struct table *t, const struct record *r)
{
    const struct record *owner = rec_ref(r, COMMON_OWNER);
    struct cell *cells = table_row(a, t);
    cells[0] = cell_field(a, r, PROCESS_ORDER);
    cells[1] = cell_record(a, r);
    cells[2] = cell_field(a, r, COMMON_OWNER);
    if (owner != NULL && owner->type->number == TYPE_ROLE) {
        cells[3] = cell_field(a, owner, ROLE_HOLDER);
        cells[4] = cell_field(a, owner, ROLE_TIME);
        cells[5] = competences_of(a, owner);
    }
    cells[6] = cell_field(a, r, PROCESS_TOOLS);
    cells[7] = cell_field(a, r, PROCESS_EFFORT_DAYS);
}

/* "346 days a year in all, 1 process does not say how many" */
static str total_of(struct arena *a, const struct record *const *processes, size_t count)
{
    double days = 0;
    size_t silent = 0;
    for (size_t i = 0; i < count; i++) {
        const struct field_value *v = rec_value(processes[i], PROCESS_EFFORT_DAYS);
        days += v->state == FV_PRESENT ? v->decimal : 0;
        silent += v->state != FV_PRESENT;
    }
    if (silent == count)
        return S("");
    str total =
        str_fmt(a, "%.*f days a year in all", days == (double)(long long)days ? 0 : 1, days);
    if (silent == 0)
        return str_fmt(a, STR_FMT ".", STR_ARG(total));
    return str_fmt(a, STR_FMT "; %zu %s not say how many.", STR_ARG(total), silent,
                   silent == 1 ? "process does" : "processes do");
}

const struct table *process_means(struct arena *a, const struct model *m)
{
    static const struct column column[] = {
        COLUMN("order", "No.", NUMBER),
        COLUMN("process", "Process", TEXT),
        COLUMN("owner", "Owner", TEXT),
        COLUMN("held_by", "Held by", TEXT),
        COLUMN("time", "Time of the owner", TEXT),
        COLUMN("competences", "Competences of the owner", TEXT),
        COLUMN("tools", "Tools", TEXT),
        COLUMN("days", "Days a year", NUMBER),
    };
    const struct record_list *list = model_list(m, TYPE_PROCESS);
    const struct record **live = NEW_ARRAY(a, const struct record *, list->count + 1);
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++)
        if (rec_is_live(list->items[i]))
            live[count++] = list->items[i];
    if (count != 0)
        qsort(live, count, sizeof *live, in_order);
    struct table *t =
        table_new(a, S("list-means"), S("Means of the processes"), column, COUNT_OF(column));
    for (size_t i = 0; i < count; i++)
        add_process(a, t, live[i]);
    t->note = total_of(a, live, count);
    return t;
}
