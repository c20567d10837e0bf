/* load/records: content/records/, in its three layouts. */
#include "load/load_int.h"

#include <errno.h>

#include "base/file.h"
#include "base/path.h"
#include "text/csv.h"
#include "text/rules.h"
#include "text/yaml.h"

static void add_record(struct loader *l, const struct type_def *t, const struct value *v)
{
    struct record *r = load_record(l, t, v);
    if (r != NULL) {
        model_add(l->model, r);
        return;
    }
    diag(l->diags, TEXT_RULE(YAML_SHAPE), v->span,
         "expected a record (a map of fields) of type '" STR_FMT "'", STR_ARG(t->key));
}

static const struct value *parse_source(struct loader *l, uint32_t file, str path)
{
    if (!str_eq(path_extension(path), S("csv")))
        return load_yaml(l, file, 0, diags_source_text(l->diags, file).n);
    arena_reset(l->scratch);
    return csv_parse_rows(l->scratch, l->diags, file);
}

static void load_file(struct loader *l, const struct type_def *t, str path)
{
    uint32_t file = load_source(l, path, YAML_BYTES_MAX, false);
    if (file == 0)
        return;
    const struct value *v = parse_source(l, file, path);
    if (v->kind == VALUE_NULL)
        return;
    if (v->kind != VALUE_LIST) {
        add_record(l, t, v);
        return;
    }
    for (size_t i = 0; i < v->count; i++)
        add_record(l, t, &v->items[i]);
}

static bool is_record_file(str name)
{
    str extension = path_extension(name);
    return str_eq(extension, S("yaml")) || str_eq(extension, S("csv"));
}

static void report_stranger(struct loader *l, str path, const char *why)
{
    str shown = path_join(l->model->arena, l->name, path);
    uint32_t file = diags_source(l->diags, shown, S(""));
    diag(l->diags, TEXT_RULE(FILE_UNKNOWN), (struct span){file, 0, 0}, "%s", why);
}

static const struct type_def *type_of_name(const struct loader *l, str name)
{
    const struct type_def *t = schema_type(l->model->schema, name);
    bool is_record = t != NULL && !t->is_part && t->number != TYPE_COMMON &&
                     t->number != TYPE_WORKSPACE && t->number != TYPE_DOCUMENT;
    return is_record ? t : NULL;
}

static void load_folder(struct loader *l, const struct type_def *t, str folder)
{
    struct dir_entry *entries;
    size_t count;
    int error_number = dir_list(l->model->arena, l->content, folder, &entries, &count);
    if (error_number != 0)
        report_folder(l, folder, error_number);
    for (size_t i = 0; i < count; i++) {
        str path = path_join(l->model->arena, folder, entries[i].name);
        if (!entries[i].is_folder && is_record_file(entries[i].name))
            load_file(l, t, path);
        else
            report_stranger(l, path, "only .yaml and .csv files are read here");
    }
}

static str without_extension(str name)
{
    str extension = path_extension(name);
    return extension.n ? str_from_to(name, 0, name.n - extension.n - 1) : name;
}

void load_records(struct loader *l)
{
    struct arena *a = l->model->arena;
    struct dir_entry *entries;
    size_t count;
    int error_number = dir_list(a, l->content, S("records"), &entries, &count);
    if (error_number != 0 && error_number != ENOENT) /* a workspace may hold documents only */
        report_folder(l, S("records"), error_number);
    for (size_t i = 0; i < count; i++) {
        str path = path_join(a, S("records"), entries[i].name);
        bool is_folder = entries[i].is_folder;
        str key = is_folder ? entries[i].name : without_extension(entries[i].name);
        const struct type_def *t = type_of_name(l, key);
        if (t == NULL || (!is_folder && !is_record_file(entries[i].name)))
            report_stranger(l, path, "no record type has this name");
        else if (is_folder)
            load_folder(l, t, path);
        else
            load_file(l, t, path);
    }
}
