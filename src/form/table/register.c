/* form/table/register: the records of one type as a table. */
#include "form/table/register.h"

#include <assert.h>
#include <stdlib.h>

#include "form/table/cells.h"

enum { ORDER_PATHS_MAX = 3 };

struct register_row {
    str type, sort, columns;
};

static const struct register_row register_row[] = {
#define REGISTER(type, sort, columns) {S_INIT(type), S_INIT(sort), S_INIT(columns)},
#include "form/table/registers.def"
};

struct register_column {
    struct field_path path;
    struct column column;
    bool is_brief;
    bool is_link; /* leads to the record of the row */
};

/* A record on its way into order. */
struct ordered {
    const struct record *record;
    str key;
    size_t place; /* in the list by id: breaks ties */
};

struct register_view {
    const struct type_def *type;
    struct register_column *columns;
    size_t column_count, column_cap;
    const struct record **records;
    size_t record_count;
};

/* -- Columns --------------------------------------------------------------------------- */

/* The key of a column is its path with '_' for the dots: a name for CSV. */
static str column_key(struct arena *a, str path)
{
    char *key = str_c(a, path);
    for (size_t i = 0; i < path.n; i++)
        if (key[i] == '.')
            key[i] = '_';
    return (str){key, path.n};
}

static void add_column(struct arena *a, struct register_view *v, str path, str head, bool is_brief)
{
    struct register_column c = {.is_brief = is_brief};
    bool known = field_path_find(v->type, path, &c.path);
    assert(known);
    (void)known;
    const struct field_def *end = field_path_end(&c.path);
    c.column = (struct column){.key = column_key(a, path),
                               .head = head.n > 0 ? head : end->heading,
                               .kind = column_kind_of(end)};
    PUSH(a, v->columns, v->column_count, v->column_cap, struct register_column) = c;
}

static void add_written_columns(struct arena *a, struct register_view *v, str columns)
{
    str rest = columns, one;
    while (rest.n > 0) {
        rest = str_cut(rest, '|', &one);
        bool is_brief = str_starts(one, S("+"));
        str path, head = str_cut(is_brief ? str_skip(one, 1) : one, ':', &path);
        add_column(a, v, path, head, is_brief);
    }
}

static bool is_control_field(str key)
{
    return str_eq(key, S("id")) || str_eq(key, S("title")) || str_eq(key, S("owner")) ||
           str_eq(key, S("status")) || str_eq(key, S("next_review"));
}

/* Without a row in registers.def: what every record of the type must say, in
 * so far as it is short, between its name and who answers for it. */
static void add_default_columns(struct arena *a, struct register_view *v)
{
    enum { OWN_COLUMNS_MAX = 6 };
    add_column(a, v, S("id"), S(""), true);
    add_column(a, v, S("title"), S(""), true);
    size_t own = 0;
    for (size_t i = 0; i < v->type->field_count && own < OWN_COLUMNS_MAX; i++) {
        const struct field_def *f = &v->type->fields[i];
        bool is_short = f->kind != FIELD_PROSE && f->kind != FIELD_PART;
        if (f->need != FIELD_MUST || !is_short || is_control_field(f->key))
            continue;
        add_column(a, v, f->key, S(""), own == 0);
        own++;
    }
    add_column(a, v, S("owner"), S(""), false);
    add_column(a, v, S("status"), S(""), true);
    add_column(a, v, S("next_review"), S(""), false);
}

static struct register_column *find_column(struct register_view *v, str key)
{
    for (size_t i = 0; i < v->column_count; i++)
        if (str_eq(v->columns[i].column.key, key))
            return &v->columns[i];
    return NULL;
}

/* The title leads to the record; a plan's task has its text instead. */
static void choose_link(struct register_view *v)
{
    struct register_column *c = find_column(v, S("title"));
    if (c == NULL)
        c = find_column(v, S("text"));
    if (c == NULL)
        c = find_column(v, S("id"));
    assert(c != NULL);
    c->is_link = true;
}

/* -- Order ----------------------------------------------------------------------------- */

static int by_place(const struct ordered *x, const struct ordered *y)
{
    return x->place < y->place ? -1 : x->place > y->place;
}

/* Records without a value come last in either direction. */
static int first_first(const void *one, const void *other)
{
    const struct ordered *x = one, *y = other;
    if ((x->key.n == 0) != (y->key.n == 0))
        return x->key.n == 0 ? 1 : -1;
    int order = str_cmp(x->key, y->key);
    return order != 0 ? order : by_place(x, y);
}

static int last_first(const void *one, const void *other)
{
    const struct ordered *x = one, *y = other;
    if ((x->key.n == 0) != (y->key.n == 0))
        return x->key.n == 0 ? 1 : -1;
    int order = str_cmp(y->key, x->key);
    return order != 0 ? order : by_place(x, y);
}

/* Keys of several fields in a row; U+0001 sorts before all they hold. */
static str order_key(struct arena *a, const struct record *r, const struct field_path *paths,
                     size_t count)
{
    struct buf key = buf_in(a, 32);
    for (size_t i = 0; i < count; i++) {
        struct cell c = cell_of_path(a, r, &paths[i], CELL_SHORT);
        if (i > 0 && key.n > 0)
            buf_char(&key, 1);
        buf_add(&key, c.sort.n > 0 ? c.sort : sort_key_natural(a, cell_plain(a, &c)));
    }
    return buf_str(&key);
}

static size_t order_paths(const struct type_def *t, str sort, struct field_path *paths)
{
    str rest = sort, one;
    size_t count = 0;
    while (rest.n > 0) {
        rest = str_cut(rest, '|', &one);
        assert(count < ORDER_PATHS_MAX);
        bool known = field_path_find(t, one, &paths[count++]);
        assert(known);
        (void)known;
    }
    return count;
}

static void put_in_order(struct arena *a, struct register_view *v, const struct record_list *list,
                         str sort)
{
    v->records = NEW_ARRAY(a, const struct record *, list->count);
    v->record_count = list->count;
    for (size_t i = 0; i < list->count; i++)
        v->records[i] = list->items[i];
    bool is_backward = str_starts(sort, S("-"));
    struct field_path paths[ORDER_PATHS_MAX];
    size_t path_count = order_paths(v->type, is_backward ? str_skip(sort, 1) : sort, paths);
    if (str_eq(sort, S("id")) || list->count < 2)
        return; /* the model keeps its lists in this order */
    struct ordered *rows = NEW_ARRAY(a, struct ordered, list->count);
    for (size_t i = 0; i < list->count; i++)
        rows[i] = (struct ordered){.record = v->records[i],
                                   .place = i,
                                   .key = order_key(a, v->records[i], paths, path_count)};
    qsort(rows, list->count, sizeof *rows, is_backward ? last_first : first_first);
    for (size_t i = 0; i < list->count; i++)
        v->records[i] = rows[i].record;
}

/* -- The view -------------------------------------------------------------------------- */

static const struct register_row *row_of_type(str key)
{
    for (size_t i = 0; i < COUNT_OF(register_row); i++)
        if (str_eq(register_row[i].type, key))
            return &register_row[i];
    return NULL;
}

struct register_view *register_open(struct arena *a, const struct model *m,
                                    const struct type_def *type)
{
    assert(!type->is_part);
    struct register_view *v = NEW(a, struct register_view);
    v->type = type;
    const struct register_row *row = row_of_type(type->key);
    if (row != NULL)
        add_written_columns(a, v, row->columns);
    else
        add_default_columns(a, v);
    choose_link(v);
    put_in_order(a, v, &m->by_type[type->number], row != NULL ? row->sort : S("id"));
    return v;
}

size_t register_row_count(const struct register_view *v)
{
    return v->record_count;
}

size_t register_column_count(const struct register_view *v)
{
    return v->column_count;
}

const struct record *register_record(const struct register_view *v, size_t row)
{
    assert(row < v->record_count);
    return v->records[row];
}

/* -- Tables ---------------------------------------------------------------------------- */

static struct cell cell_of_column(struct arena *a, const struct register_column *c,
                                  const struct record *r)
{
    struct cell cell = cell_of_path(a, r, &c->path, CELL_SHORT);
    if (!c->is_link)
        return cell;
    str text = cell.count > 0 ? cell_plain(a, &cell) : r->id;
    struct cell link = cell_link(a, r, text);
    link.sort = cell.sort;
    link.data = cell.data;
    return link;
}

/* With room for one more column at the end. */
static size_t view_columns(const struct register_view *v, bool is_brief, struct column *columns)
{
    size_t count = 0;
    for (size_t i = 0; i < v->column_count; i++)
        if (!is_brief || v->columns[i].is_brief)
            columns[count++] = v->columns[i].column;
    return count;
}

static struct table *view_table(struct arena *a, const struct register_view *v,
                                const struct column *columns, size_t count)
{
    str id = str_fmt(a, "register-" STR_FMT, STR_ARG(v->type->key));
    struct table *t = table_new(a, id, v->type->plural, columns, count);
    t->head_column = true;
    return t;
}

static struct cell *add_record(struct arena *a, struct table *t, const struct register_view *v,
                               const struct record *r, bool is_brief)
{
    struct cell *cells = table_row(a, t);
    for (size_t i = 0; i < v->column_count; i++)
        if (!is_brief || v->columns[i].is_brief)
            *cells++ = cell_of_column(a, &v->columns[i], r);
    return cells;
}

const struct table *register_rows(struct arena *a, const struct register_view *v, size_t from,
                                  size_t count)
{
    assert(from <= v->record_count && count <= v->record_count - from);
    struct column *columns = NEW_ARRAY(a, struct column, v->column_count);
    struct table *t = view_table(a, v, columns, view_columns(v, false, columns));
    for (size_t i = from; i < from + count; i++)
        add_record(a, t, v, v->records[i], false);
    if (v->record_count == 0)
        t->note = S("Nothing recorded.");
    return t;
}

struct table *register_brief(struct arena *a, const struct register_view *v,
                             const struct record *const *records, size_t count, const str *through)
{
    struct column *columns = NEW_ARRAY(a, struct column, v->column_count + 1);
    size_t column_count = view_columns(v, true, columns);
    if (through != NULL)
        columns[column_count++] = (struct column){S("through"), S("As"), COLUMN_TEXT};
    struct table *t = view_table(a, v, columns, column_count);
    for (size_t i = 0; i < count; i++) {
        assert(records[i]->type == v->type);
        struct cell *last = add_record(a, t, v, records[i], true);
        if (through != NULL)
            *last = cell_text(a, through[i]);
    }
    return t;
}

const struct table *register_table(struct arena *a, const struct model *m,
                                   const struct type_def *type)
{
    const struct register_view *v = register_open(a, m, type);
    return register_rows(a, v, 0, v->record_count);
}
