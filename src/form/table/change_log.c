/* form/table/change_log: what changed, how that was assessed, and what it forced (S0.32-S0.34). */
#include "form/table/system.h"

#include <stdlib.h>

#include "form/table/cells.h"
#include "model/limits.h"
#include "model/updates.h"

static int newest_first(const void *one, const void *other)
{
    const struct record *x = *(const struct record *const *)one;
    const struct record *y = *(const struct record *const *)other;
    date a = rec_date(x, CHANGE_DATE), b = rec_date(y, CHANGE_DATE);
    if (a != b)
        return a > b ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

struct cell updates_cell(struct arena *a, const struct model *m, const struct record *r,
                         enum field_id updates, date since, size_t *open)
{
    static const struct {
        const char *words;
        enum tone tone;
    } said[] = {[UPDATE_COME] = {"done", TONE_GOOD},
                [UPDATE_OPEN] = {"open", TONE_WARN},
                [UPDATE_UNKNOWN] = {"not known", TONE_WARN},
                [UPDATE_NOT_NEEDED] = {"not needed any more", TONE_MUTED}};
    size_t count;
    const struct field_value *v = rec_items(r, updates, &count);
    struct piece *p = NEW_ARRAY(a, struct piece, 2 * count + 1);
    struct cell c = {.pieces = p};
    *open = 0;
    for (size_t i = 0; i < count; i++) {
        if (v[i].state != FV_PRESENT)
            continue;
        struct update_view u = model_update(m, v[i].record, since);
        str version = rec_text(v[i].record, UPDATE_VERSION),
            id = rec_text(v[i].record, UPDATE_WHAT);
        p[c.count++] = (struct piece){.text = str_fmt(a, STR_FMT "%s" STR_FMT,
                                                      STR_ARG(u.what != NULL ? u.what->id : id),
                                                      version.n != 0 ? " " : "", STR_ARG(version)),
                                      .link = u.what};
        p[c.count++] =
            (struct piece){.text = str_from(said[u.state].words), .tone = said[u.state].tone};
        *open += u.state == UPDATE_OPEN || u.state == UPDATE_UNKNOWN;
    }
    return c;
}

static long long days_allowed(const struct model *m, const struct record *change)
{
    const struct record *trigger = rec_ref(change, CHANGE_TRIGGER);
    long long usual = model_limit(m, LIMITS_ASSESS_DAYS);
    return trigger != NULL && trigger->type->number == TYPE_TRIGGER
               ? rec_int(trigger, TRIGGER_ASSESS_DAYS, usual)
               : usual;
}

static struct cell state_of(struct arena *a, const struct model *m, const struct record *change,
                            size_t open)
{
    date day = rec_date(change, CHANGE_DATE);
    bool is_assessed = rec_has(change, CHANGE_ASSESSED_ON);
    bool is_late =
        day != DATE_NONE && m->as_of != DATE_NONE && day + (date)days_allowed(m, change) < m->as_of;
    if (day != DATE_NONE && m->as_of != DATE_NONE && day > m->as_of)
        return cell_chip(a, S("Planned"), TONE_MUTED);
    if (!rec_bool(change, CHANGE_MATERIAL))
        return cell_chip(a, S("Not material"), TONE_MUTED);
    if (!is_assessed)
        return is_late ? cell_chip(a, S("Not assessed"), TONE_BAD)
                       : cell_chip(a, S("To be assessed"), TONE_WARN);
    if (open != 0)
        return cell_chip(a, S("Updates open"), TONE_WARN);
    return rec_has(change, CHANGE_CLOSED_ON) ? cell_chip(a, S("Closed"), TONE_GOOD)
                                             : cell_chip(a, S("Updated"), TONE_GOOD);
}

/* "8 of 10": how many days the assessment took, and how many it may. */
static struct cell days_of(struct arena *a, const struct model *m, const struct record *change)
{
    date day = rec_date(change, CHANGE_DATE), done = rec_date(change, CHANGE_ASSESSED_ON);
    if (day == DATE_NONE || done == DATE_NONE)
        return (struct cell){0};
    struct cell c =
        cell_text(a, str_fmt(a, "%d of %lld", (int)(done - day), days_allowed(m, change)));
    c.data = str_fmt(a, "%d", (int)(done - day));
    c.sort = sort_key_number(a, (double)(done - day));
    return c;
}

static void add_change(struct arena *a, const struct model *m, struct table *t,
                       const struct record *change)
{
    size_t open;
    struct cell *cells = table_row(a, t);
    cells[0] = cell_text(a, change->id);
    cells[1] = cell_record(a, change);
    cells[2] = cell_field(a, change, CHANGE_DATE);
    cells[3] = cell_field(a, change, CHANGE_TRIGGER);
    cells[4] = cell_field(a, change, CHANGE_TOUCHES);
    cells[5] = cell_field(a, change, CHANGE_IMPACT_ON);
    cells[6] = days_of(a, m, change);
    cells[7] = cell_field(a, change, CHANGE_ASSESSMENT);
    cells[8] = updates_cell(a, m, change, CHANGE_UPDATES, rec_date(change, CHANGE_DATE), &open);
    cells[9] = state_of(a, m, change, open);
}

const struct table *change_log(struct arena *a, const struct model *m)
{
    static const struct column column[] = {
        COLUMN("id", "ID", CODE),
        COLUMN("change", "Change", TEXT),
        COLUMN("date", "Date", DATE),
        COLUMN("trigger", "Trigger", TEXT),
        COLUMN("touches", "Touches", TEXT),
        COLUMN("impact_on", "Impact on", TEXT),
        COLUMN("days", "Assessed within (days)", NUMBER),
        COLUMN("assessment", "Assessment", PROSE),
        COLUMN("updates", "Updates", TEXT),
        COLUMN("state", "State", CHIP),
    };
    const struct record_list *list = model_list(m, TYPE_CHANGE);
    const struct record **changes = NEW_ARRAY(a, const struct record *, list->count + 1);
    struct table *t = table_new(a, S("list-change-log"), S("Change log"), column, COUNT_OF(column));
    for (size_t i = 0; i < list->count; i++)
        changes[i] = list->items[i];
    if (list->count != 0)
        qsort(changes, list->count, sizeof *changes, newest_first);
    for (size_t i = 0; i < list->count; i++)
        add_change(a, m, t, changes[i]);
    return t;
}
