/* cli/query: some rows and columns of a table, as a command line asks for them. */
#include "cli/query.h"

#include <stdlib.h>

#include "cli/nearest.h"
#include "cli/terminal.h"
#include "form/table/cells.h"
#include "form/table/register.h"

enum operation { OP_IS, OP_IS_NOT, OP_HOLDS, OP_LESS, OP_LESS_IS, OP_MORE, OP_MORE_IS };

/* One field that is looked at: of the record of a row, or a cell of a list. */
struct asked {
    str name;
    struct field_path path; /* of a register */
    size_t column;          /* of a list */
};

struct condition {
    struct asked asked;
    enum operation op;
    str value;              /* in lower case */
    str time, date, number; /* the same as sort keys, as far as it is one */
};

struct row {
    size_t place;
    str key;
};

struct answering {
    struct query *query;
    struct arena *arena;
    struct register_view *view; /* of a register */
    struct condition conditions[WHERE_MAX];
    size_t condition_count;
    struct row *rows; /* those that fit */
    size_t row_count, row_cap;
};

/* -- Fields ----------------------------------------------------------------------------------- */

static bool no_field(const struct answering *v, str name)
{
    const struct query *q = v->query;
    struct nearest n = nearest_to(name);
    for (size_t i = 0; q->type != NULL && i < q->type->field_count; i++)
        nearest_offer(&n, q->type->fields[i].key);
    for (size_t i = 0; q->type == NULL && i < q->list->column_count; i++)
        nearest_offer(&n, q->list->columns[i].key);
    fprintf(stderr, "continuo list: '%s' has no field '" STR_FMT "'", q->options->arguments[0],
            STR_ARG(terminal_line(v->arena, name)));
    nearest_say(&n, stderr);
    fputs("\nFields:", stderr);
    for (size_t i = 0; q->type != NULL && i < q->type->field_count; i++)
        fprintf(stderr, " " STR_FMT, STR_ARG(q->type->fields[i].key));
    for (size_t i = 0; q->type == NULL && i < q->list->column_count; i++)
        fprintf(stderr, " " STR_FMT, STR_ARG(q->list->columns[i].key));
    fputc('\n', stderr);
    return false;
}

static bool find_asked(const struct answering *v, str name, struct asked *asked)
{
    const struct query *q = v->query;
    asked->name = name;
    if (q->type != NULL)
        return field_path_find(q->type, name, &asked->path) || no_field(v, name);
    for (asked->column = 0; asked->column < q->list->column_count; asked->column++)
        if (str_eq(q->list->columns[asked->column].key, name))
            return true;
    return no_field(v, name);
}

static struct cell cell_asked(const struct answering *v, const struct asked *asked, size_t row)
{
    if (v->query->type == NULL)
        return *table_cell(v->query->list, row, asked->column);
    return cell_of_path(v->arena, register_record(v->view, row), &asked->path, CELL_WHOLE);
}

/* What is written cannot be read, was written over since, or is not in this copy; of many values
 * one of them. A path has at most FIELD_PATH_STEPS_MAX steps, and this goes no deeper. */
static bool has_unknown(const struct record *r, const struct field_path *p, size_t step)
{
    if (r == NULL || r->type != p->from[step])
        return false;
    const struct field_value *v = &r->values[p->slot[step]];
    if (v->state != FV_PRESENT)
        return v->state != FV_ABSENT;
    bool is_list = p->step[step]->count == FIELD_MANY;
    const struct field_value *items = is_list ? v->list.items : v;
    size_t count = is_list ? v->list.count : 1;
    for (size_t i = 0; i < count; i++) {
        if (items[i].state != FV_PRESENT)
            return true;
        if (step + 1 < p->count && has_unknown(items[i].record, p, step + 1))
            return true;
    }
    return false;
}

static bool is_unknown(const struct answering *v, const struct asked *asked, size_t row)
{
    return v->query->type != NULL && has_unknown(register_record(v->view, row), &asked->path, 0);
}

/* -- Conditions ------------------------------------------------------------------------------- */

static const struct {
    str word;
    enum operation op;
} operation_row[] = {{S_INIT("!="), OP_IS_NOT},  {S_INIT("<="), OP_LESS_IS},
                     {S_INIT(">="), OP_MORE_IS}, {S_INIT("="), OP_IS},
                     {S_INIT("~"), OP_HOLDS},    {S_INIT("<"), OP_LESS},
                     {S_INIT(">"), OP_MORE}};

static bool read_operation(str *rest, enum operation *op)
{
    for (size_t i = 0; i < COUNT_OF(operation_row); i++)
        if (str_starts(*rest, operation_row[i].word)) {
            *op = operation_row[i].op;
            *rest = str_skip(*rest, operation_row[i].word.n);
            return true;
        }
    return false;
}

static bool is_number(str text)
{
    bool has_digit = false;
    for (size_t i = 0; i < text.n; i++) {
        if (!ascii_is_digit(text.p[i]) && text.p[i] != '.' && !(i == 0 && text.p[i] == '-'))
            return false;
        has_digit |= ascii_is_digit(text.p[i]);
    }
    return has_digit;
}

/* Sort keys tell dates, times and numbers apart by their length. */
static void read_keys(struct answering *v, struct condition *c)
{
    date day;
    duration minutes;
    if (date_parse(c->value, &day)) {
        c->date = date_iso(v->arena, day);
    } else if (duration_parse(c->value, &minutes)) {
        c->time = str_fmt(v->arena, "%09lld", (long long)minutes);
        c->number = sort_key_number(v->arena, (double)minutes);
    } else if (is_number(c->value)) {
        c->number = sort_key_number(v->arena, strtod(str_c(v->arena, c->value), NULL));
    }
}

/* Of a list nobody knows before its cells are looked at. */
static bool has_order(const struct answering *v, const struct asked *asked)
{
    if (v->query->type == NULL)
        return true;
    switch (field_path_end(&asked->path)->kind) {
    case FIELD_INT:
    case FIELD_NUMBER:
    case FIELD_DATE:
    case FIELD_MOMENT:
    case FIELD_DURATION:
        return true;
    default:
        return false;
    }
}

static bool add_condition(struct answering *v, const char *words)
{
    struct condition *c = &v->conditions[v->condition_count++];
    str rest = str_from(words);
    size_t end = 0;
    while (end < rest.n &&
           (ascii_is_alnum(rest.p[end]) || rest.p[end] == '_' || rest.p[end] == '.'))
        end++;
    str name = str_from_to(rest, 0, end);
    rest = str_skip(rest, end);
    if (name.n == 0 || !read_operation(&rest, &c->op)) {
        fprintf(stderr, "continuo list: '%s' is no condition; one looks like status=open\n", words);
        return false;
    }
    c->value = str_lower(v->arena, str_trim(rest));
    read_keys(v, c);
    if (!find_asked(v, name, &c->asked))
        return false;
    if (c->op <= OP_HOLDS || ((c->date.n != 0 || c->number.n != 0) && has_order(v, &c->asked)))
        return true;
    fprintf(stderr,
            "continuo list: < and > compare dates (2026-07-01), times (4h) and numbers, not '%s'\n",
            words);
    return false;
}

static bool same(struct arena *a, str text, str value)
{
    return str_eq(str_lower(a, str_trim(text)), value);
}

static bool says(struct arena *a, const struct cell *cell, str value)
{
    if (value.n == 0)
        return cell->count == 0;
    for (size_t i = 0; i < cell->count; i++)
        if (same(a, cell->pieces[i].text, value) ||
            (cell->pieces[i].link != NULL && same(a, cell->pieces[i].link->id, value)))
            return true;
    for (str word, rest = cell->data; rest.n != 0;) {
        rest = str_cut(rest, ',', &word);
        if (same(a, word, value))
            return true;
    }
    return same(a, cell->data, value);
}

static bool holds(struct arena *a, const struct cell *cell, str value)
{
    return str_find(str_lower(a, cell_plain(a, cell)), value, 0) != SIZE_MAX ||
           str_find(str_lower(a, cell->data), value, 0) != SIZE_MAX;
}

/* What cannot be compared fits nothing. */
static bool compares(const struct cell *cell, const struct condition *c)
{
    enum { MOMENT_BYTES = 16 };
    str key = cell->sort.n == c->date.n || cell->sort.n == MOMENT_BYTES ? c->date
              : cell->sort.n == c->time.n                               ? c->time
                                                                        : c->number;
    bool is_alike = key.n == cell->sort.n || (key.n != 0 && cell->sort.n == MOMENT_BYTES);
    if (cell->sort.n == 0 || !is_alike)
        return false;
    int order = str_cmp(str_from_to(cell->sort, 0, key.n), key);
    return c->op == OP_LESS      ? order < 0
           : c->op == OP_LESS_IS ? order <= 0
           : c->op == OP_MORE    ? order > 0
                                 : order >= 0;
}

static bool fits(const struct answering *v, const struct condition *c, size_t row)
{
    struct cell cell = cell_asked(v, &c->asked, row);
    switch (c->op) {
    case OP_IS:
        return says(v->arena, &cell, c->value);
    case OP_IS_NOT:
        return !says(v->arena, &cell, c->value);
    case OP_HOLDS:
        return holds(v->arena, &cell, c->value);
    default:
        return compares(&cell, c);
    }
}

/* One value that fits is enough, whatever others there may be; that none is there, or another
 * one, is only known where all are. */
static enum truth judge(const struct answering *v, const struct condition *c, size_t row)
{
    bool fit = fits(v, c, row), is_lack = c->op == OP_IS_NOT || (c->op == OP_IS && c->value.n == 0);
    if (fit != is_lack)
        return fit ? TRUTH_YES : TRUTH_NO;
    if (is_unknown(v, &c->asked, row))
        return TRUTH_UNKNOWN;
    return fit ? TRUTH_YES : TRUTH_NO;
}

/* A row that fails what is known of it fails, whatever the rest would say. */
static void judge_row(struct answering *v, size_t row)
{
    bool unknown = false;
    for (size_t i = 0; i < v->condition_count; i++) {
        enum truth truth = judge(v, &v->conditions[i], row);
        if (truth == TRUTH_NO)
            return;
        unknown |= truth == TRUTH_UNKNOWN;
    }
    if (unknown)
        v->query->unknown_count++;
    else
        PUSH(v->arena, v->rows, v->row_count, v->row_cap, struct row) = (struct row){row, {0}};
}

/* -- Order ------------------------------------------------------------------------------------ */

static int by_key(const struct row *x, const struct row *y, int direction)
{
    if ((x->key.n == 0) != (y->key.n == 0))
        return x->key.n == 0 ? 1 : -1;
    int order = str_cmp(x->key, y->key) * direction;
    return order != 0 ? order : x->place < y->place ? -1 : x->place > y->place;
}

static int first_first(const void *x, const void *y)
{
    return by_key(x, y, 1);
}

static int last_first(const void *x, const void *y)
{
    return by_key(x, y, -1);
}

static bool put_in_order(struct answering *v)
{
    struct asked asked;
    str field = str_from(v->query->options->sort);
    bool is_backward = str_starts(field, S("-"));
    if (field.n == 0)
        return true;
    if (!find_asked(v, is_backward ? str_skip(field, 1) : field, &asked))
        return false;
    for (size_t i = 0; i < v->row_count; i++) {
        struct cell c = cell_asked(v, &asked, v->rows[i].place);
        v->rows[i].key =
            c.sort.n != 0 ? c.sort : sort_key_natural(v->arena, cell_plain(v->arena, &c));
    }
    if (v->row_count > 1)
        qsort(v->rows, v->row_count, sizeof *v->rows, is_backward ? last_first : first_first);
    return true;
}

/* -- The answer ------------------------------------------------------------------------------- */

static const struct record **records_of(const struct answering *v)
{
    const struct record **records = NEW_ARRAY(v->arena, const struct record *, v->row_count + 1);
    for (size_t i = 0; i < v->row_count; i++)
        records[i] = register_record(v->view, v->rows[i].place);
    return records;
}

/* The rows that fit, of a table that has all of them. */
static const struct table *pick_rows(const struct answering *v, const struct table *all)
{
    struct table *t = table_new(v->arena, all->id, all->caption, all->columns, all->column_count);
    for (size_t i = 0; i < v->row_count; i++) {
        struct cell *cells = table_row(v->arena, t);
        for (size_t c = 0; c < t->column_count; c++)
            cells[c] = *table_cell(all, v->rows[i].place, c);
    }
    return t;
}

/* The columns as the register or list has them. */
static const struct table *usual(const struct answering *v)
{
    const struct query *q = v->query;
    if (q->type == NULL)
        return pick_rows(v, q->list);
    if (q->is_brief)
        return register_brief(v->arena, v->view, records_of(v), v->row_count, NULL);
    return pick_rows(v, register_rows(v->arena, v->view, 0, q->row_count));
}

static struct column column_of(const struct answering *v, const struct asked *asked)
{
    if (v->query->type == NULL)
        return v->query->list->columns[asked->column];
    const struct field_def *end = field_path_end(&asked->path);
    return (struct column){asked->name, end->heading, column_kind_of(end)};
}

static const struct table *chosen(const struct answering *v, const struct asked *asked,
                                  size_t count)
{
    struct column *columns = NEW_ARRAY(v->arena, struct column, count);
    for (size_t i = 0; i < count; i++)
        columns[i] = column_of(v, &asked[i]);
    struct table *t = table_new(v->arena, S("answer"), S(""), columns, count);
    for (size_t r = 0; r < v->row_count; r++) {
        struct cell *cells = table_row(v->arena, t);
        for (size_t i = 0; i < count; i++)
            cells[i] = v->query->type == NULL
                           ? cell_asked(v, &asked[i], v->rows[r].place)
                           : cell_of_path(v->arena, register_record(v->view, v->rows[r].place),
                                          &asked[i].path, CELL_SHORT);
    }
    return t;
}

static bool make_table(struct answering *v)
{
    struct asked *asked = NULL;
    size_t count = 0, cap = 0;
    for (str word, rest = str_from(v->query->options->columns); rest.n != 0;) {
        rest = str_cut(rest, ',', &word);
        struct asked one = {0};
        if (!find_asked(v, str_trim(word), &one))
            return false;
        PUSH(v->arena, asked, count, cap, struct asked) = one;
    }
    v->query->table = count != 0 ? chosen(v, asked, count) : usual(v);
    return true;
}

bool query_run(struct query *q)
{
    struct answering v = {.query = q, .arena = q->arena};
    if (q->type != NULL)
        v.view = register_open(q->arena, q->model, q->type);
    q->row_count = q->type != NULL ? register_row_count(v.view) : q->list->row_count;
    for (size_t i = 0; i < q->options->where_count; i++)
        if (!add_condition(&v, q->options->where[i]))
            return false;
    for (size_t row = 0; row < q->row_count; row++)
        judge_row(&v, row);
    return put_in_order(&v) && make_table(&v);
}
