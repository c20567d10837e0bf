/* cli/cmd_list: records and lists, asked in the shell. */
#include "cli/cli.h"

#include <stdio.h>

#include "check/check.h"
#include "cli/nearest.h"
#include "cli/query.h"
#include "cli/reader.h"
#include "cli/terminal.h"
#include "form/table/cells.h"
#include "form/table/lists.h"
#include "write/data/csv.h"
#include "write/data/records.h"
#include "write/data/text.h"

/* -- What there is ---------------------------------------------------------------------------- */

static void add_type(struct arena *a, struct table *t, const struct model *m,
                     const struct type_def *type)
{
    struct cell *cells = table_row(a, t);
    cells[0] = cell_text(a, type->key);
    cells[1] = cell_text(a, type->plural);
    cells[2] = cell_text(a, type->prefix);
    cells[3] = cell_count(a, m->by_type[type->number].count);
}

static void add_list(struct arena *a, struct table *t, const struct list_def *l)
{
    struct cell *cells = table_row(a, t);
    cells[0] = cell_text(a, l->name);
    cells[1] = cell_text(a, l->title);
}

static bool is_register(const struct type_def *type)
{
    return !type->is_part && type->number != TYPE_COMMON && type->number != TYPE_WORKSPACE;
}

static const struct table *overview(struct arena *a, const struct model *m)
{
    static const struct column column[] = {
        COLUMN("name", "Name", CODE), COLUMN("title", "What it is", TEXT),
        COLUMN("prefix", "Ids", CODE), COLUMN("records", "Records", NUMBER)};
    struct table *t = table_new(a, S("types"), S(""), column, COUNT_OF(column));
    for (size_t i = 0; i < m->schema->type_count; i++)
        if (is_register(m->schema->types[i]))
            add_type(a, t, m, m->schema->types[i]);
    for (size_t i = 0; i < list_count(); i++)
        if (list_is_there(m, list_at(i)))
            add_list(a, t, list_at(i));
    return t;
}

/* -- What is asked for ------------------------------------------------------------------------ */

/* "supplier", "suppliers", "IT services": people do not look keys up. */
static const struct type_def *find_type(struct arena *a, const struct model *m, str word)
{
    const struct type_def *type = schema_type(m->schema, word);
    if (type != NULL)
        return is_register(type) ? type : NULL;
    for (size_t i = 0; i < m->schema->type_count; i++) {
        type = m->schema->types[i];
        if (is_register(type) && (str_eq(str_lower(a, type->plural), str_lower(a, word)) ||
                                  str_eq(str_fmt(a, STR_FMT "s", STR_ARG(type->key)), word)))
            return type;
    }
    return NULL;
}

static int no_such(const struct workspace *w, str word)
{
    struct nearest n = nearest_to(word);
    for (size_t i = 0; i < w->model->schema->type_count; i++)
        if (is_register(w->model->schema->types[i]))
            nearest_offer(&n, w->model->schema->types[i]->key);
    for (size_t i = 0; i < list_count(); i++)
        nearest_offer(&n, list_at(i)->name);
    fprintf(stderr, "continuo list: there is no type or list '" STR_FMT "'",
            STR_ARG(terminal_line(w->arena, word)));
    nearest_say(&n, stderr);
    fputs("\n'continuo list' tells which there are.\n", stderr);
    return EXIT_USAGE;
}

/* -- Printing --------------------------------------------------------------------------------- */

static bool print_table(struct arena *a, const struct table *t, enum list_format format)
{
    struct buf out = buf_in(a, 16 * 1024);
    if (format == LIST_TEXT)
        data_table_text(a, &out, terminal_table(a, t), terminal_width());
    else
        buf_add(&out, format == LIST_CSV ? data_csv(a, t) : data_table_json(a, t));
    return fwrite(out.p, 1, out.n, stdout) == out.n && fflush(stdout) == 0;
}

static void say_count(const struct query *q, const struct model *whole)
{
    size_t shown = q->table->row_count;
    fprintf(stderr, "%zu of %zu", shown, q->row_count);
    if (q->unknown_count != 0)
        fprintf(stderr,
                "; of %zu nobody can tell: what is asked for is not known, or not in this "
                "copy",
                q->unknown_count);
    str day = date_long(q->arena, whole->as_of);
    fprintf(stderr, ", as of " STR_FMT "\n", STR_ARG(day));
}

static int answer(struct query *q)
{
    const struct options *o = q->options;
    if (!query_run(q))
        return EXIT_USAGE;
    if (!print_table(q->arena, q->table, o->list_format))
        return EXIT_MACHINE;
    if (o->list_format == LIST_TEXT && !o->quiet)
        say_count(q, q->model);
    return EXIT_OK;
}

/* For completion, at every key that is pressed: unchecked, and silent whatever is wrong. */
static int print_ids(const struct options *o)
{
    struct workspace w = {0};
    if (!workspace_load(&w, o))
        return EXIT_OK;
    str word = str_from(o->argument_count != 0 ? o->arguments[0] : NULL);
    const struct type_def *type = word.n != 0 ? find_type(w.arena, w.model, word) : NULL;
    for (size_t i = 0; i < w.model->all.count; i++) {
        const struct record *r = w.model->all.items[i];
        if (r->id.n != 0 && (word.n == 0 || r->type == type))
            printf(STR_FMT "\t" STR_FMT "\n", STR_ARG(terminal_line(w.arena, r->id)),
                   STR_ARG(terminal_line(w.arena, r->title)));
    }
    return EXIT_OK;
}

/* The lists of findings are of what was judged. */
static void judge(struct workspace *w, const struct list_def *l)
{
    if (l != NULL && l->group == LIST_FINDINGS)
        w->model->results = check_system(w->model, w->diags, CONTROL_CHECK);
}

static int list_word(struct workspace *w, const struct options *o)
{
    str word = str_from(o->arguments[0]), audience;
    const struct list_def *l = list_find(word);
    judge(w, l);
    struct query q = {.arena = w->arena, .options = o, .is_brief = o->list_format == LIST_TEXT};
    q.model = reader_model(w, o, "list", &audience);
    if (q.model == NULL)
        return EXIT_USAGE;
    q.type = find_type(w->arena, q.model, word);
    if (q.type == NULL && (l == NULL || !list_is_there(q.model, l)))
        return no_such(w, word);
    q.list = q.type == NULL ? list_table(w->arena, q.model, l) : NULL;
    return answer(&q);
}

static int list_all(const struct workspace *w, const struct options *o)
{
    str audience;
    const struct model *m = reader_model(w, o, "list", &audience);
    if (o->where_count != 0 || o->columns != NULL || o->sort != NULL) {
        fputs("continuo list: of what? Name a type or a list\n", stderr);
        return EXIT_USAGE;
    }
    if (m == NULL)
        return EXIT_USAGE;
    return print_table(w->arena, overview(w->arena, m), o->list_format) ? EXIT_OK : EXIT_MACHINE;
}

int cmd_list(const struct options *o)
{
    struct workspace w = {0};
    if (o->only_ids)
        return print_ids(o);
    if (!workspace_open(&w, o) || diags_exit_status(w.diags) != EXIT_OK)
        return workspace_report(&w, o);
    return o->argument_count == 0 ? list_all(&w, o) : list_word(&w, o);
}
