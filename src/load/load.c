/* load: content/ → model. */
#include "load/load_int.h"

#include <errno.h>

#include "base/file.h"
#include "base/path.h"
#include "model/classes.h"
#include "text/rules.h"
#include "text/source.h"
#include "text/yaml.h"

enum { SCRATCH_BYTES_MAX = 1024 * 1024 * 1024 };

uint32_t load_source(struct loader *l, str path, size_t size_bytes_max, bool missing_is_fine)
{
    struct arena *a = l->model->arena;
    struct file_read r = file_read(a, l->content, path, size_bytes_max);
    if (r.fault == FILE_ERRNO && r.error_number == ENOENT && missing_is_fine)
        return 0;
    str shown = path_join(a, l->name, str_dup(a, path));
    if (r.fault == FILE_ERRNO) {
        diag_os(l->diags, shown, r.error_number, "read this file");
        return 0;
    }
    uint32_t file = diags_source(l->diags, shown, r.text);
    return source_is_text(l->diags, file, &r, size_bytes_max) ? file : 0;
}

void report_folder(struct loader *l, str folder, int error_number)
{
    str shown = path_join(l->model->arena, l->name, folder);
    if (error_number != ELOOP && error_number != ENOTDIR) {
        diag_os(l->diags, shown, error_number, "list this folder");
        return;
    }
    uint32_t file = diags_source(l->diags, shown, S(""));
    diag(l->diags, TEXT_RULE(FILE_KIND), (struct span){file, 0, 0},
         "this is no folder, or a symbolic link");
    diag_hint(l->diags, "put the folder itself here");
}

const struct value *load_yaml(struct loader *l, uint32_t file, size_t from, size_t to)
{
    arena_reset(l->scratch);
    return yaml_parse(l->scratch, l->diags, file, from, to);
}

/* content/continuo.yaml is the workspace record; its id and title are implied. */
static void load_workspace(struct loader *l)
{
    uint32_t file = load_source(l, S("continuo.yaml"), YAML_BYTES_MAX, false);
    struct record *w = l->model->workspace;
    w->id = w->title = S("WORKSPACE");
    if (file == 0)
        return;
    const struct value *v = load_yaml(l, file, 0, diags_source_text(l->diags, file).n);
    w->span = w->id_span = (struct span){file, 0, 0};
    if (v->kind == VALUE_MAP)
        load_fields(l, w, v);
    else if (v->kind != VALUE_NULL)
        diag(l->diags, TEXT_RULE(YAML_SHAPE), v->span, "expected a map of settings");
    if (rec_has(w, COMMON_TITLE))
        w->title = rec_text(w, COMMON_TITLE);
    l->model->as_of = rec_date(w, WORKSPACE_AS_OF);
}

/* Whatever lies in content/ itself must have a known name. */
static void report_strangers(struct loader *l)
{
    static const str known[] = {S_INIT("continuo.yaml"), S_INIT("types.yaml"), S_INIT("records"),
                                S_INIT("documents"),     S_INIT("files"),      S_INIT("approved"),
                                S_INIT("reviews")};
    struct dir_entry *entries;
    size_t count;
    int error_number = dir_list(l->model->arena, l->content, S(""), &entries, &count);
    if (error_number != 0)
        diag_os(l->diags, l->name, error_number, "list this folder");
    for (size_t i = 0; i < count; i++) {
        bool expected = false;
        for (size_t k = 0; k < COUNT_OF(known); k++)
            expected |= str_eq(entries[i].name, known[k]);
        if (expected)
            continue;
        str shown = path_join(l->model->arena, l->name, entries[i].name);
        uint32_t file = diags_source(l->diags, shown, S(""));
        diag(l->diags, TEXT_RULE(FILE_UNKNOWN), (struct span){file, 0, 0},
             "nothing reads '" STR_FMT "'", STR_ARG(entries[i].name));
    }
}

void load_content(struct model *m, struct diags *d, int content, str name)
{
    struct loader l = {.model = m, .diags = d, .content = content, .name = name};
    l.scratch = arena_new("one file", SCRATCH_BYTES_MAX);
    load_types(&l);
    model_open(m);
    load_workspace(&l);
    load_records(&l);
    load_documents(&l);
    model_classify(m);
    load_approved_files(&l);
    load_frozen_files(&l);
    report_strangers(&l);
    arena_free(l.scratch);
}
