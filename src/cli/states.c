/* cli/states: the content and frozen editions as states that can be compared. */
#include "cli/states.h"

#include <assert.h>
#include <errno.h>
#include <unistd.h>

#include "base/file.h"
#include "base/path.h"
#include "check/rules.h"
#include "form/doc/doc.h"
#include "text/json.h"
#include "text/source.h"
#include "verify/format.h"
#include "write/data/records.h"

/* -- The content as it is now ---------------------------------------------------------------- */

static void add_type(struct state *s, struct diags *own, const struct model *m,
                     const struct type_def *t)
{
    if (t->is_part || m->by_type[t->number].count == 0)
        return;
    str json = data_records_json(s->arena, m, t);
    state_add_type(s, own, t->key, diags_source(own, t->key, json));
}

static void add_texts(struct state *s, const struct diags *d, const struct model *m)
{
    const struct record_list *documents = model_list(m, TYPE_DOCUMENT);
    struct diags *unheard = diags_child(s->arena, d); /* told where the document is made */
    for (size_t i = 0; i < documents->count; i++) {
        const struct record *r = documents->items[i];
        if (r->document != NULL && state_find(s, r->id) != NULL)
            state_add_text(s, r->id, doc_text(s->arena, unheard, m, r));
    }
}

struct state *state_of_model(struct arena *a, const struct diags *d, const struct model *m,
                             str name)
{
    struct state *s = state_new(a, name, m->as_of);
    struct diags *own = diags_new(a);
    for (size_t i = 0; i < m->schema->type_count; i++)
        add_type(s, own, m, m->schema->types[i]);
    add_texts(s, d, m);
    return s;
}

/* -- An edition on the disk ------------------------------------------------------------------ */

struct edition {
    struct arena *arena;
    struct diags *diags;
    str folder;
    int root;
};

/* Reads a file of the edition as text. False: it is absent, or something was reported. */
static bool read_text(const struct edition *e, str path, size_t bytes_max, uint32_t *file)
{
    struct file_read r = file_read(e->arena, e->root, path, bytes_max);
    str shown = path_join(e->arena, e->folder, path);
    if (r.fault == FILE_ERRNO) {
        if (r.error_number != ENOENT)
            diag_os(e->diags, shown, r.error_number, "read this file");
        return false;
    }
    *file = diags_source(e->diags, shown, r.text);
    return source_is_text(e->diags, *file, &r, bytes_max);
}

static const struct value *read_json(const struct edition *e, str path)
{
    uint32_t file;
    return read_text(e, path, EDITION_BYTES_MAX, &file) ? json_parse(e->arena, e->diags, file)
                                                        : NULL;
}

static struct state *new_state(const struct edition *e)
{
    const struct value *about = read_json(e, S("edition.json"));
    const struct value *name = value_get(about, S("edition")), *day = value_get(about, S("as_of"));
    date as_of = DATE_NONE;
    if (day != NULL && !date_parse(day->text, &as_of))
        diag(e->diags, CHECK_RULE(EDITION), day->span, "'as_of' is no date");
    bool is_named = name != NULL && name->kind == VALUE_SCALAR && format_id(name->text);
    if (name != NULL && !is_named)
        diag(e->diags, CHECK_RULE(EDITION), name->span, "'edition' is no name of an edition");
    return state_new(e->arena, is_named ? name->text : path_name(e->folder), as_of);
}

static void add_data(const struct edition *e, struct state *s)
{
    struct dir_entry *entries;
    size_t count;
    struct span at = {diags_source(e->diags, e->folder, S("")), 0, 0};
    int error_number = dir_list(e->arena, e->root, S("data"), &entries, &count);
    if (error_number == ENOENT)
        diag(e->diags, CHECK_RULE(EDITION), at, "this is no edition: it has no folder 'data'");
    else if (error_number != 0)
        diag_os(e->diags, path_join(e->arena, e->folder, S("data")), error_number,
                "read this folder");
    for (size_t i = 0; error_number == 0 && i < count; i++) {
        str name = entries[i].name, path = path_join(e->arena, S("data"), name);
        uint32_t file;
        if (s->type_count == STATE_TYPES_MAX) {
            diag(e->diags, CHECK_RULE(EDITION), at, "it has more than %d types of records",
                 STATE_TYPES_MAX);
            return;
        }
        if (!entries[i].is_folder && str_eq(path_extension(name), S("json")) &&
            read_text(e, path, STATE_FILE_BYTES_MAX, &file))
            state_add_type(s, e->diags, str_from_to(name, 0, name.n - 5), file);
    }
}

static bool add_text(const struct edition *e, struct state *s, str id, const char *ending)
{
    uint32_t file;
    str path = str_fmt(e->arena, "source/" STR_FMT "%s", STR_ARG(path_slug(e->arena, id)), ending);
    if (!read_text(e, path, MD_BYTES_MAX, &file))
        return false;
    state_add_text(s, id, diags_source_text(e->diags, file));
    return true;
}

struct state *state_of_folder(struct arena *a, struct diags *d, const char *folder)
{
    struct edition e = {a, d, str_from(folder), -1};
    int error_number = dir_open(folder, &e.root);
    while (e.folder.n > 1 && str_ends(e.folder, S("/")))
        e.folder.n--;
    if (error_number != 0) {
        diag_os(d, e.folder, error_number, "open this edition");
        return state_new(a, path_name(e.folder), DATE_NONE);
    }
    struct state *s = new_state(&e);
    add_data(&e, s);
    const struct state_type *documents = state_type(s, S("document"));
    for (size_t i = 0; documents != NULL && i < documents->count; i++) {
        str id = documents->records[i]->id;
        if (!add_text(&e, s, id, ".rendered.md"))
            add_text(&e, s, id, ".md");
    }
    close(e.root);
    return s;
}

/* -- Which edition -------------------------------------------------------------------------- */

static bool is_folder(const char *path)
{
    int root;
    if (dir_open(path, &root) != 0)
        return false;
    close(root);
    return true;
}

/* What is found neither way is missed in the archive. */
const char *edition_folder_named(struct arena *a, const char *site, str audience, const char *name)
{
    if (!format_id(str_from(name)))
        return name;
    const char *folder =
        str_c(a, path_join(a, path_join(a, str_from(site), audience), str_from(name)));
    return !is_folder(folder) && is_folder(name) ? name : folder;
}

const struct changes *changes_since(struct workspace *w, const char *folder,
                                    const struct model *now, str name)
{
    const struct state *then = state_of_folder(w->arena, w->diags, folder);
    if (diags_exit_status(w->diags) != EXIT_OK)
        return NULL;
    const struct state *state = state_of_model(w->arena, w->diags, now, name);
    struct arena *scratch = arena_new("comparison", COMPARISON_BYTES_MAX);
    const struct changes *c = changes_between(w->arena, scratch, then, state, now->schema, now);
    arena_free(scratch);
    return c;
}
