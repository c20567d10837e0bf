/* form/table/due: what falls due, as tables. */
#include "form/table/due.h"

#include "base/map.h"
#include "base/path.h"
#include "form/table/cells.h"
#include "form/table/part.h"
#include "form/table/system.h"

/* -- Which of them ------------------------------------------------------------------------ */

static void put(struct arena *a, struct due_run *run, const struct due_item *item)
{
    PUSH(a, run->items, run->count, run->cap, const struct due_item *) = item;
}

struct due_run due_all(struct arena *a, const struct model *m)
{
    struct due_run all = {NEW_ARRAY(a, const struct due_item *, m->due->count + 1), 0, 0};
    for (size_t i = 0; i < m->due->count; i++)
        all.items[all.count++] = &m->due->items[i];
    return all;
}

struct due_run due_ahead(struct arena *a, const struct model *m, const struct due_run *of,
                         date days)
{
    struct due_run ahead = {0};
    for (size_t i = 0; i < of->count; i++)
        if (of->items[i]->state != DUE_ON || due_is_within(m, of->items[i], days))
            put(a, &ahead, of->items[i]);
    return ahead;
}

/* -- Rows --------------------------------------------------------------------------------- */

static const struct column due_column[] = {
    COLUMN("day", "Due", DATE),      COLUMN("what", "What", TEXT),
    COLUMN("record", "About", TEXT), COLUMN("id", "ID", CODE),
    COLUMN("kind", "Kind", TEXT),    COLUMN("state", "State", CHIP),
    COLUMN("owner", "Owner", TEXT),  COLUMN("holder", "Holder", TEXT)};

static struct cell state_of(struct arena *a, const struct model *m, const struct due_item *item)
{
    if (item->state == DUE_AT_ONCE)
        return cell_chip(a, S("Never done"), TONE_BAD);
    if (item->state == DUE_OPEN)
        return cell_chip(a, S("No day set"), TONE_WARN);
    if (item->is_overdue)
        return cell_chip(a, S("Overdue"), TONE_BAD);
    if (item->state == DUE_UNKNOWN)
        return cell_chip(a, S("Not known"), TONE_WARN);
    return due_is_within(m, item, DUE_SOON_DAYS) ? cell_chip(a, S("Soon"), TONE_WARN)
                                                 : cell_chip(a, S("Planned"), TONE_MUTED);
}

static struct cell owner_of(struct arena *a, const struct due_item *item)
{
    if (item->owner != NULL)
        return cell_record(a, item->owner);
    if (item->is_owner_withheld)
        return cell_text(a, text_not_in_copy(a, S("")));
    return item->person != NULL ? (struct cell){0} : cell_text(a, S("no owner"));
}

static struct cell holder_of(struct arena *a, const struct due_item *item)
{
    const struct record *role = item->owner;
    if (item->person != NULL)
        return cell_record(a, item->person);
    bool is_vacant =
        role != NULL && role->type->number == TYPE_ROLE && rec_lacks(role, ROLE_HOLDER);
    return is_vacant ? cell_text(a, S("vacant")) : (struct cell){0};
}

struct table *due_table(struct arena *a, const struct model *m, const struct due_run *items, str id,
                        str caption)
{
    struct table *t = table_new(a, id, caption, due_column, COUNT_OF(due_column));
    for (size_t i = 0; i < items->count; i++) {
        const struct due_item *item = items->items[i];
        struct cell *cells = table_row(a, t);
        cells[0] = cell_day(a, item->day);
        cells[1] = cell_text(a, item->what);
        cells[2] = cell_record(a, item->record);
        cells[3] = cell_text(a, item->record->id);
        cells[4] = cell_text(a, due_kind_title(item->kind));
        cells[4].data = due_kind_key(item->kind);
        cells[5] = state_of(a, m, item);
        cells[6] = owner_of(a, item);
        cells[7] = holder_of(a, item);
    }
    return t;
}

const struct table *due_list(struct arena *a, const struct model *m)
{
    struct due_run all = due_all(a, m), ahead = due_ahead(a, m, &all, DUE_AHEAD_DAYS);
    return due_table(a, m, &ahead, S("list-due"), S("What is due"));
}

/* -- Groups ------------------------------------------------------------------------------- */

static const struct column group_column[] = {
    COLUMN("day", "Due", DATE),      COLUMN("what", "What", TEXT),
    COLUMN("record", "About", TEXT), COLUMN("state", "State", CHIP),
    COLUMN("owner", "Owner", TEXT),  COLUMN("holder", "Holder", TEXT)};

/* Things of one day and kind that one owner has to do; of reviews of records, which are many and
 * often of one day, all owners. */
struct group {
    size_t row;
    struct piece *pieces;
    size_t count;
};

static void fill_group(struct arena *a, const struct model *m, struct cell *cells,
                       const struct due_item *item, enum due_columns columns)
{
    cells[0] = cell_day(a, item->day);
    cells[1] = cell_text(a, item->what);
    cells[3] = state_of(a, m, item);
    if (columns > DUE_OF_ROLE)
        cells[4] = owner_of(a, item);
    if (columns > DUE_OF_PERSON)
        cells[5] = holder_of(a, item);
}

static str id_of(const struct record *r)
{
    return r != NULL ? r->id : S("");
}

static str group_key(struct arena *a, const struct due_item *item, enum due_columns columns)
{
    str key = str_fmt(a, "%ld %d %d " STR_FMT, (long)item->day, (int)item->state, (int)item->kind,
                      STR_ARG(item->part));
    if (item->kind == DUE_KIND_REVIEW && columns == DUE_OF_ALL)
        return key;
    return str_fmt(a, STR_FMT "\n" STR_FMT "\n" STR_FMT, STR_ARG(key), STR_ARG(id_of(item->owner)),
                   STR_ARG(id_of(item->person)));
}

static void add_to_group(struct arena *a, struct table *t, struct group *g,
                         const struct due_item *item)
{
    struct cell *cells = &t->cells[g->row * t->column_count];
    if (g->count < REGISTER_PIECES_MAX)
        g->pieces[g->count] = (struct piece){.text = item->record->title, .link = item->record};
    g->count++;
    cells[2] =
        (struct cell){.pieces = g->pieces,
                      .count = g->count < REGISTER_PIECES_MAX ? g->count : REGISTER_PIECES_MAX};
    if (g->count > 1 && item->kind == DUE_KIND_REVIEW && t->column_count == DUE_OF_ALL) {
        cells[4] = cell_text(a, S("their owners"));
        cells[5] = (struct cell){0};
    }
    if (g->count <= REGISTER_PIECES_MAX)
        return;
    g->pieces[REGISTER_PIECES_MAX] =
        (struct piece){.text = str_fmt(a, "%zu more", g->count - (size_t)REGISTER_PIECES_MAX)};
    cells[2].count++;
}

struct table *due_grouped(struct arena *a, const struct model *m, const struct due_run *items,
                          const struct due_groups *how)
{
    struct table *t = table_new(a, how->id, how->caption, group_column, how->columns);
    struct map groups = map_in(a);
    size_t left_out = 0;
    for (size_t i = 0; i < items->count; i++) {
        const struct due_item *item = items->items[i];
        str key = group_key(a, item, how->columns);
        struct group *g = map_find(&groups, key);
        if (g == NULL && t->row_count == how->rows_max) {
            left_out++;
            continue;
        }
        if (g == NULL) {
            g = NEW(a, struct group);
            *g = (struct group){t->row_count, NEW_ARRAY(a, struct piece, REGISTER_PIECES_MAX + 1),
                                0};
            map_put(&groups, key, g);
            fill_group(a, m, table_row(a, t), item, how->columns);
        }
        add_to_group(a, t, g, item);
    }
    if (left_out != 0)
        t->note = str_fmt(a, "%zu more are in the list as data.", left_out);
    return t;
}

/* -- Owners ------------------------------------------------------------------------------- */

str due_feed_path(struct arena *a, const struct record *who)
{
    return str_fmt(a, "feeds/%s-" STR_FMT ".ics",
                   who->type->number == TYPE_ROLE ? "role" : "person",
                   STR_ARG(path_slug(a, who->id)));
}

bool due_has_feed(const struct model *m, const struct record *who)
{
    struct due_run all = due_of(m, who);
    for (size_t i = 0; i < all.count; i++)
        if (all.items[i]->state == DUE_ON)
            return part_is_there(m, who);
    return false;
}

static void add_owner(struct arena *a, const struct model *m, struct table *t,
                      const struct record *who)
{
    struct due_run all = due_of(m, who);
    size_t overdue = 0, soon = 0, ahead = 0, other = 0;
    for (size_t i = 0; i < all.count; i++) {
        const struct due_item *item = all.items[i];
        overdue += item->is_overdue;
        other += item->state != DUE_ON && !item->is_overdue;
        soon += !item->is_overdue && due_is_within(m, item, DUE_SOON_DAYS);
        ahead += !item->is_overdue && due_is_within(m, item, DUE_AHEAD_DAYS);
    }
    if (overdue + other + ahead == 0 || !part_is_there(m, who))
        return;
    struct cell *cells = table_row(a, t);
    cells[0] = cell_text(a, who->title);
    cells[0].page = str_fmt(a, STR_FMT "#due", STR_ARG(part_path(a, who)));
    cells[1] = cell_text(a, who->id);
    cells[2] = cell_count(a, overdue);
    cells[3] = cell_count(a, soon);
    cells[4] = cell_count(a, ahead);
    cells[5] = cell_count(a, other);
    if (!due_has_feed(m, who))
        return;
    cells[6] = cell_text(a, S("ICS"));
    cells[6].page = due_feed_path(a, who);
}

const struct table *due_owners(struct arena *a, const struct model *m)
{
    static const struct column column[] = {
        COLUMN("who", "Who", TEXT),
        COLUMN("id", "ID", CODE),
        COLUMN("overdue", "Overdue", NUMBER),
        COLUMN("soon", "Within 30 days", NUMBER),
        COLUMN("ahead", "Within 12 months", NUMBER),
        COLUMN("open", "Without a day", NUMBER),
        COLUMN("feed", "Calendar file", TEXT),
    };
    static const enum type_id type[] = {TYPE_ROLE, TYPE_PERSON};
    struct table *t = table_new(a, S("due-owners"), S("By owner"), column, COUNT_OF(column));
    t->head_column = true;
    for (size_t k = 0; k < COUNT_OF(type); k++) {
        const struct record_list *list = model_list(m, type[k]);
        for (size_t i = 0; i < list->count; i++)
            add_owner(a, m, t, list->items[i]);
    }
    return t;
}

/* -- Months ------------------------------------------------------------------------------- */

static struct due_month month_of(struct arena *a, const struct due_item *item)
{
    if (item->is_overdue)
        return (struct due_month){.id = S("due-overdue"), .title = S("Overdue")};
    if (item->state != DUE_ON)
        return (struct due_month){.id = S("due-open"), .title = S("Without a day")};
    struct ymd day = date_ymd(item->day);
    return (struct due_month){
        .id = str_fmt(a, "due-%04d-%02d", day.year, day.month),
        .title = str_fmt(a, STR_FMT " %d", STR_ARG(date_month_name(day.month)), day.year)};
}

/* What is to be done at once stands with the overdue, although it has no day and so comes last. */
struct due_month *due_months(struct arena *a, const struct due_run *items, size_t *count)
{
    struct due_month *months = NULL;
    size_t cap = 0;
    *count = 0;
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < items->count; i++) {
            const struct due_item *item = items->items[i];
            if (item->is_overdue != (pass == 0))
                continue;
            struct due_month month = month_of(a, item);
            if (*count == 0 || !str_eq(months[*count - 1].id, month.id))
                PUSH(a, months, *count, cap, struct due_month) = month;
            put(a, &months[*count - 1].items, item);
        }
    return months;
}
