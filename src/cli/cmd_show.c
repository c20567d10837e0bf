/* cli/cmd_show: all of one record, asked in the shell. */
#include "cli/cli.h"

#include <stdio.h>

#include "cli/nearest.h"
#include "cli/reader.h"
#include "cli/terminal.h"
#include "form/table/due.h"
#include "form/table/fields.h"
#include "form/table/findings.h"
#include "form/table/lists.h"
#include "text/mustache.h"
#include "write/data/records.h"
#include "write/data/text.h"

enum { SECTIONS_MAX = 64 };

/* A heading with a table, or with Markdown. */
struct section {
    str id, title;
    const struct table *table; /* NULL: it has prose */
    str prose;
};

struct showing {
    struct arena *arena;
    struct workspace *workspace;
    const struct model *model;
    const struct record *record;
    struct section sections[SECTIONS_MAX];
    size_t count;
};

/* -- What there is to tell -------------------------------------------------------------------- */

static void add(struct showing *v, str id, str title, const struct table *t)
{
    if (t != NULL && t->row_count != 0 && v->count < SECTIONS_MAX)
        v->sections[v->count++] = (struct section){.id = id, .title = title, .table = t};
}

static void add_fields(struct showing *v)
{
    const struct record_fields *all = record_fields(v->arena, v->record);
    add(v, S("fields"), S("Fields"), all->values);
    for (size_t i = 0; i < all->prose_count && v->count < SECTIONS_MAX; i++)
        v->sections[v->count++] = (struct section){.id = all->prose[i].key,
                                                   .title = all->prose[i].heading,
                                                   .prose = all->prose[i].value->text};
    for (size_t i = 0; i < all->part_count; i++)
        add(v, all->parts[i]->id, all->parts[i]->caption, all->parts[i]);
}

static const struct table *users(const struct showing *v)
{
    static const struct column column[] = {COLUMN("id", "ID", CODE), COLUMN("title", "Title", TEXT),
                                           COLUMN("type", "Type", TEXT), COLUMN("as", "As", TEXT)};
    struct arena *a = v->arena;
    struct table *t = table_new(a, S("used-by"), S(""), column, COUNT_OF(column));
    for (size_t i = 0; i < v->record->back_count; i++) {
        const struct backlink *b = &v->record->back[i];
        struct cell *cells = table_row(a, t);
        cells[0] = cell_text(a, b->from->id);
        cells[1] = cell_text(a, b->from->title);
        cells[2] = cell_text(a, b->from->type->singular);
        cells[3] = cell_text(a, b->field->heading);
    }
    return t;
}

/* A copy that does not hold everything tells of no finding. */
static const struct table *findings(struct showing *v)
{
    if (model_is_partial(v->model))
        return NULL;
    v->workspace->model->results =
        check_system(v->workspace->model, v->workspace->diags, CONTROL_CHECK);
    struct findings_view view = {.id = S("findings"),
                                 .caption = S("Findings"),
                                 .list = check_about(v->model->results, v->record),
                                 .columns = FINDING_PLACE | FINDING_WAIVER};
    return findings_table(v->arena, v->model, &view);
}

static const struct table *due(const struct showing *v)
{
    struct due_run run = {0};
    for (size_t i = 0; i < v->model->due->count; i++)
        if (v->model->due->items[i].record == v->record)
            PUSH(v->arena, run.items, run.count, run.cap, const struct due_item *) =
                &v->model->due->items[i];
    return due_table(v->arena, v->model, &run, S("due"), S("What is due"));
}

/* -- Printing --------------------------------------------------------------------------------- */

/* In a copy that does not hold everything a line would tell how much stands before it. */
static str place_of(const struct showing *v)
{
    const struct record *r = v->record;
    struct diags *d = v->workspace->diags;
    uint32_t line, col;
    if (r->document != NULL)
        return str_fmt(v->arena, "content/" STR_FMT, STR_ARG(r->document->path));
    str path = diags_source_path(d, r->span.file);
    if (model_is_partial(v->model))
        return path;
    diags_place(d, r->span, &line, &col);
    return str_fmt(v->arena, STR_FMT ":%u", STR_ARG(path), line);
}

static void put_lines(struct arena *a, struct buf *out, str text)
{
    for (str line, rest = text; str_line(&rest, &line);)
        buf_fmt(out, STR_FMT "\n", STR_ARG(terminal_line(a, line)));
}

static void put_text(const struct showing *v, struct buf *out)
{
    struct arena *a = v->arena;
    const struct record *r = v->record;
    buf_fmt(out, STR_FMT "  " STR_FMT "\n" STR_FMT ", " STR_FMT "\n", STR_ARG(r->id),
            STR_ARG(terminal_line(a, r->title)), STR_ARG(r->type->singular), STR_ARG(place_of(v)));
    for (size_t i = 0; i < v->count; i++) {
        const struct section *s = &v->sections[i];
        buf_fmt(out, "\n" STR_FMT "\n", STR_ARG(s->title));
        if (s->table != NULL)
            data_table_text(a, out, terminal_table(a, s->table), terminal_width());
        else
            put_lines(a, out, s->prose);
    }
}

static void put_table_md(struct arena *a, struct buf *out, const struct table *t)
{
    for (size_t c = 0; c < t->column_count; c++)
        buf_fmt(out, "| " STR_FMT " ", STR_ARG(t->columns[c].head));
    buf_lit(out, "|\n");
    for (size_t c = 0; c < t->column_count; c++)
        buf_lit(out, "|---");
    buf_lit(out, "|\n");
    for (size_t r = 0; r < t->row_count; r++) {
        for (size_t c = 0; c < t->column_count; c++) {
            buf_lit(out, "| ");
            escape_markdown(out, cell_plain(a, table_cell(t, r, c)));
            buf_char(out, ' ');
        }
        buf_lit(out, "|\n");
    }
}

static void put_md(const struct showing *v, struct buf *out)
{
    buf_fmt(out, "# " STR_FMT " ", STR_ARG(v->record->id));
    escape_markdown(out, v->record->title);
    buf_char(out, '\n');
    for (size_t i = 0; i < v->count; i++) {
        const struct section *s = &v->sections[i];
        buf_fmt(out, "\n## " STR_FMT "\n\n", STR_ARG(s->title));
        if (s->table != NULL)
            put_table_md(v->arena, out, s->table);
        else
            buf_fmt(out, STR_FMT "%s", STR_ARG(s->prose), str_ends(s->prose, S("\n")) ? "" : "\n");
    }
}

/* The fields as data; of the rest the tables. */
static void put_json(const struct showing *v, struct buf *out)
{
    static const str computed[] = {S_INIT("used-by"), S_INIT("findings"), S_INIT("due")};
    struct json j = json_in(out);
    json_open_map(&j);
    json_key(&j, S("type"));
    json_text(&j, v->record->type->key);
    json_key(&j, S("place"));
    json_text(&j, place_of(v));
    json_key(&j, S("record"));
    data_record_put(&j, v->arena, v->record);
    for (size_t i = 0; i < v->count; i++)
        for (size_t c = 0; c < COUNT_OF(computed); c++)
            if (v->sections[i].table != NULL && str_eq(v->sections[i].id, computed[c])) {
                json_key(&j, computed[c]);
                data_table_put(&j, v->arena, v->sections[i].table);
            }
    json_close(&j);
}

static int print(const struct showing *v, enum list_format format)
{
    struct buf out = buf_in(v->arena, 16 * 1024);
    if (format == LIST_JSON)
        put_json(v, &out);
    else if (format == LIST_MD)
        put_md(v, &out);
    else
        put_text(v, &out);
    return fwrite(out.p, 1, out.n, stdout) == out.n && fflush(stdout) == 0 ? EXIT_OK : EXIT_MACHINE;
}

/* -- The command ------------------------------------------------------------------------------ */

static const struct record *find(struct workspace *w, const struct model *m, str id)
{
    const struct record *r = model_find(m, id);
    struct nearest n = nearest_to(id);
    if (r != NULL)
        return r;
    for (size_t i = 0; i < m->schema->type_count; i++)
        nearest_offer_ids(&n, &m->by_type[i]);
    fprintf(stderr, "continuo show: %s the id '" STR_FMT "'",
            model_is_partial(m) ? "nothing in this copy has" : "nothing has",
            STR_ARG(terminal_line(w->arena, id)));
    nearest_say(&n, stderr);
    fputs("\n'continuo list' tells what there is.\n", stderr);
    return NULL;
}

int cmd_show(const struct options *o)
{
    struct workspace w = {0};
    str audience;
    if (o->argument_count == 0) {
        fputs("continuo show: of what? Name an id\nSee 'continuo show --help'.\n", stderr);
        return EXIT_USAGE;
    }
    if (!workspace_open(&w, o) || diags_exit_status(w.diags) != EXIT_OK)
        return workspace_report(&w, o);
    struct showing v = {.arena = w.arena, .workspace = &w};
    v.model = reader_model(&w, o, "show", &audience);
    v.record = v.model != NULL ? find(&w, v.model, str_from(o->arguments[0])) : NULL;
    if (v.record == NULL)
        return EXIT_USAGE;
    add_fields(&v);
    add(&v, S("used-by"), S("Used by"), users(&v));
    add(&v, S("findings"), S("Findings"), findings(&v));
    add(&v, S("due"), S("What is due"), due(&v));
    return print(&v, o->list_format);
}
