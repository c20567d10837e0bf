/* cli/cmd_schema: JSON Schema for editors. */
#include "cli/cli.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "base/file.h"
#include "base/path.h"
#include "cli/nearest.h"
#include "cli/terminal.h"
#include "write/data/json.h"
#include "write/data/json_schema.h"

static bool has_schema(const struct type_def *t)
{
    return !t->is_part && t->number != TYPE_COMMON;
}

static int no_type(const struct workspace *w, str word)
{
    struct nearest n = nearest_to(word);
    fprintf(stderr, "continuo schema: there is no type '" STR_FMT "'",
            STR_ARG(terminal_line(w->arena, word)));
    for (size_t i = 0; i < w->model->schema->type_count; i++)
        if (has_schema(w->model->schema->types[i]))
            nearest_offer(&n, w->model->schema->types[i]->key);
    nearest_say(&n, stderr);
    fputs("\n'continuo list' tells which there are; 'workspace' is continuo.yaml.\n", stderr);
    return EXIT_USAGE;
}

static int print_one(struct workspace *w, str word)
{
    const struct type_def *t = schema_type(w->model->schema, word);
    if (t == NULL || !has_schema(t))
        return no_type(w, word);
    str text = data_json_schema(w->arena, w->model, t);
    return fwrite(text.p, 1, text.n, stdout) == text.n && fflush(stdout) == 0 ? EXIT_OK
                                                                              : EXIT_MACHINE;
}

/* -- A folder of them ------------------------------------------------------------------------- */

/* Which schema is for which files, as the YAML extension of Visual Studio Code reads it. */
static str editor_settings(struct arena *a, const struct model *m, str folder)
{
    struct buf out = buf_in(a, 8192);
    struct json j = json_in(&out);
    json_open_map(&j);
    json_key(&j, S("yaml.schemas"));
    json_open_map(&j);
    for (size_t i = 0; i < m->schema->type_count; i++) {
        const struct type_def *t = m->schema->types[i];
        if (!has_schema(t) || t->number == TYPE_DOCUMENT)
            continue;
        json_key(&j, str_fmt(a, STR_FMT "/" STR_FMT ".json", STR_ARG(folder), STR_ARG(t->key)));
        json_open_list(&j);
        if (t->number == TYPE_WORKSPACE) {
            json_text(&j, S("content/continuo.yaml"));
        } else {
            json_text(&j, str_fmt(a, "content/records/" STR_FMT ".yaml", STR_ARG(t->key)));
            json_text(&j, str_fmt(a, "content/records/" STR_FMT "/*.yaml", STR_ARG(t->key)));
        }
        json_close(&j);
    }
    json_close(&j);
    json_close(&j);
    return buf_str(&out);
}

static bool put(struct workspace *w, int folder, str name, str text)
{
    int error_number = file_replace(folder, name, text);
    if (error_number != 0)
        diag_os(w->diags, name, error_number, "write this file");
    return error_number == 0;
}

static int write_all(struct workspace *w, const struct options *o)
{
    const struct schema *s = w->model->schema;
    size_t count = 0;
    int folder = -1, error_number = dir_make(AT_FDCWD, str_from(o->out));
    if (error_number == 0)
        error_number = dir_open(o->out, &folder);
    if (error_number != 0)
        diag_os(w->diags, str_from(o->out), error_number, "make this folder");
    bool fine = error_number == 0;
    for (size_t i = 0; fine && i < s->type_count; i++) {
        if (!has_schema(s->types[i]))
            continue;
        str name = str_fmt(w->arena, STR_FMT ".json", STR_ARG(s->types[i]->key));
        fine = put(w, folder, name, data_json_schema(w->arena, w->model, s->types[i]));
        count++;
    }
    fine = fine && put(w, folder, S("vscode-settings.json"),
                       editor_settings(w->arena, w->model, str_from(o->out)));
    if (folder >= 0)
        close(folder);
    if (fine && !o->quiet)
        printf("%zu schemas in %s. In an editor with a YAML language server, either begin a file "
               "with\n  # yaml-language-server: $schema=%s/supplier.json\n"
               "(from where the file is), or take over %s/vscode-settings.json.\n",
               count, o->out, o->out, o->out);
    print_findings(w->diags, o);
    return diags_exit_status(w->diags);
}

int cmd_schema(const struct options *o)
{
    struct workspace w = {0};
    if ((o->argument_count == 0) == (o->out == NULL)) {
        fputs("continuo schema: name a type, or a folder for all with --out\n"
              "See 'continuo schema --help'.\n",
              stderr);
        return EXIT_USAGE;
    }
    /* Errors in records are what the schema is to find; only what cannot be opened stops it. */
    if (!workspace_load(&w, o))
        return workspace_report(&w, o);
    return o->argument_count != 0 ? print_one(&w, str_from(o->arguments[0])) : write_all(&w, o);
}
