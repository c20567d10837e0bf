/* load/documents: content/documents/, Markdown with YAML front matter. */
#include "load/load_int.h"

#include <errno.h>

#include "base/file.h"
#include "base/path.h"
#include "text/md.h"
#include "text/rules.h"

enum { TEXT_SCRATCH_BYTES_MAX = 256 * 1024 * 1024 };

static const struct value *front_matter(struct loader *l, uint32_t file, str text, size_t *body)
{
    static const struct value nothing = {.kind = VALUE_NULL};
    size_t from = 0, to = 0;
    *body = 0;
    if (!md_front_matter(text, &from, &to, body)) {
        diag(l->diags, TEXT_RULE(MD_FRONT), (struct span){file, 0, 3},
             "the front matter is not closed");
        *body = text.n;
        return &nothing;
    }
    return to > from ? load_yaml(l, file, from, to) : &nothing;
}

struct record *load_document_record(struct loader *l, uint32_t file, struct document place)
{
    struct model *m = l->model;
    str text = diags_source_text(l->diags, file);
    size_t body;
    const struct value *front = front_matter(l, file, text, &body);
    const struct type_def *t = m->schema->types[TYPE_DOCUMENT];
    struct record *r = load_record(l, t, front);
    if (r == NULL)
        r = record_new(m, t, (struct span){file, 0, 0});
    struct document *document = NEW(m->arena, struct document);
    *document = place;
    document->body = str_skip(text, body);
    document->body_off = body;
    r->document = document;
    return r;
}

static void load_document(struct loader *l, str path)
{
    uint32_t file = load_source(l, path, MD_BYTES_MAX, false);
    if (file == 0)
        return;
    model_add(l->model, load_document_record(l, file, (struct document){.path = path}));
}

struct record *load_document_text(struct model *m, struct diags *d, str name, str path, str text)
{
    struct loader l = {.model = m, .diags = d, .content = -1, .name = name};
    l.scratch = arena_new("one file", TEXT_SCRATCH_BYTES_MAX);
    uint32_t file = diags_source(d, path_join(m->arena, name, path), text);
    struct record *r = load_document_record(&l, file, (struct document){.path = path});
    model_add(m, r);
    arena_free(l.scratch);
    return r;
}

/* A picture beside the Markdown is used by it; anything else is a stranger. */
static bool is_picture(str name)
{
    str e = path_extension(name);
    return str_eq(e, S("png")) || str_eq(e, S("jpg")) || str_eq(e, S("jpeg"));
}

static void load_entry(struct loader *l, const struct dir_entry *e, str path)
{
    struct arena *a = l->model->arena;
    const char *fault = path_name_fault(e->name);
    uint32_t file;
    if (fault != NULL) {
        file = diags_source(l->diags, path_join(a, l->name, path), S(""));
        diag(l->diags, TEXT_RULE(FILE_NAME), (struct span){file, 0, 0},
             "this name cannot be used: %s", fault);
    } else if (str_eq(path_extension(e->name), S("md"))) {
        load_document(l, path);
    } else if (!is_picture(e->name)) {
        file = diags_source(l->diags, path_join(a, l->name, path), S(""));
        diag(l->diags, TEXT_RULE(FILE_UNKNOWN), (struct span){file, 0, 0},
             "only .md files and pictures are read here");
    }
}

static void load_folder(struct loader *l, str folder, int depth)
{
    struct arena *a = l->model->arena;
    struct dir_entry *entries;
    size_t count;
    int error_number = dir_list(a, l->content, folder, &entries, &count);
    if (error_number != 0 && (depth > 0 || error_number != ENOENT))
        report_folder(l, folder, error_number);
    for (size_t i = 0; i < count; i++) {
        str path = path_join(a, folder, entries[i].name);
        if (!entries[i].is_folder)
            load_entry(l, &entries[i], path);
        else if (depth < LOAD_FOLDER_DEPTH_MAX)
            load_folder(l, path, depth + 1);
        else
            diag(l->diags, TEXT_RULE(FILE_NAME), (struct span){0, 0, 0},
                 "folders are nested more than %d deep at '" STR_FMT "'", LOAD_FOLDER_DEPTH_MAX,
                 STR_ARG(path));
    }
}

void load_documents(struct loader *l)
{
    load_folder(l, S("documents"), 0);
}
