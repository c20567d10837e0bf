/* cli/cmd_new: a record or document from a skeleton. */
#include "cli/cli.h"

#include <stdio.h>
#include <unistd.h>

#include "base/path.h"
#include "cli/nearest.h"
#include "cli/place.h"
#include "cli/record_write.h"
#include "cli/skeleton.h"
#include "cli/terminal.h"
#include "form/table/cells.h"
#include "write/data/text.h"

enum { SKELETON_BYTES_MAX = 256 * 1024 };

struct making {
    struct workspace workspace;
    const struct options *options;
    const struct skeleton_def *document; /* NULL: a record */
    const struct type_def *type;
    struct skeleton skeleton;
    str path;
};

/* -- What can be made ------------------------------------------------------------------------- */

/* Approvals and frozen packs are evidence that other commands write. */
static bool can_be_made(const struct type_def *t)
{
    return !t->is_part && t->number != TYPE_COMMON && t->number != TYPE_WORKSPACE &&
           t->number != TYPE_DOCUMENT && t->number != TYPE_APPROVAL &&
           t->number != TYPE_REVIEW_PACK;
}

static str next_of_type(const struct workspace *w, const struct type_def *t)
{
    return record_next_of_prefix(w->arena, w->model, (enum type_id)t->number, t->prefix);
}

static void add_kind(struct arena *a, struct table *t, str name, str about, str next)
{
    struct cell *cells = table_row(a, t);
    cells[0] = cell_text(a, name);
    cells[1] = cell_text(a, about);
    cells[2] = cell_text(a, next);
}

static int print_kinds(struct workspace *w)
{
    static const struct column column[] = {COLUMN("type", "Type", CODE),
                                           COLUMN("what", "What it is", TEXT),
                                           COLUMN("next", "Next id", CODE)};
    struct arena *a = w->arena;
    struct table *t = table_new(a, S("kinds"), S(""), column, COUNT_OF(column));
    for (size_t i = 0; i < skeleton_count(); i++) {
        const struct skeleton_def *s = skeleton_at(i);
        add_kind(a, t, s->name, str_fmt(a, "Document. " STR_FMT, STR_ARG(s->about)),
                 record_next_of_prefix(a, w->model, TYPE_DOCUMENT, s->prefix));
    }
    for (size_t i = 0; i < w->model->schema->type_count; i++) {
        const struct type_def *type = w->model->schema->types[i];
        if (can_be_made(type))
            add_kind(a, t, type->key, type->singular, next_of_type(w, type));
    }
    struct buf out = buf_in(a, 8192);
    data_table_text(a, &out, t, terminal_width());
    fwrite(out.p, 1, out.n, stdout);
    return EXIT_OK;
}

static bool no_kind(const struct workspace *w, str word)
{
    struct nearest n = nearest_to(word);
    for (size_t i = 0; i < skeleton_count(); i++)
        nearest_offer(&n, skeleton_at(i)->name);
    for (size_t i = 0; i < w->model->schema->type_count; i++)
        if (can_be_made(w->model->schema->types[i]))
            nearest_offer(&n, w->model->schema->types[i]->key);
    fprintf(stderr, "continuo new: there is no type '" STR_FMT "'",
            STR_ARG(terminal_line(w->arena, word)));
    nearest_say(&n, stderr);
    fputs("\n'continuo new --list' tells which there are.\n", stderr);
    return false;
}

/* -- What is asked for ------------------------------------------------------------------------ */

static bool find_kind(struct making *v)
{
    str word = str_from(v->options->arguments[0]);
    v->document = skeleton_find(word);
    v->type = v->document != NULL ? v->workspace.model->schema->types[TYPE_DOCUMENT]
                                  : schema_type(v->workspace.model->schema, word);
    if (v->document == NULL && (v->type == NULL || !can_be_made(v->type)))
        return no_kind(&v->workspace, word);
    return true;
}

/* "SUP-007", of this type; "CLAIMS-1" of a document. Anything else is a title. */
static bool is_id(const struct making *v, str word)
{
    str prefix = v->type->prefix;
    size_t dash = str_find_char(word, '-', 0);
    if (dash == SIZE_MAX || dash == 0 || dash + 1 == word.n)
        return false;
    if (prefix.n != 0)
        return str_starts(word, prefix) && dash == prefix.n && ascii_is_digit(word.p[dash + 1]);
    for (size_t i = 0; i < dash; i++)
        if (word.p[i] < 'A' || word.p[i] > 'Z')
            return false;
    return ascii_is_digit(word.p[dash + 1]);
}

static bool take_words(struct making *v)
{
    struct arena *a = v->workspace.arena;
    const struct options *o = v->options;
    size_t at = 1;
    struct skeleton *s = &v->skeleton;
    if (at < o->argument_count && is_id(v, str_from(o->arguments[at])))
        s->id = str_from(o->arguments[at++]);
    struct buf title = buf_in(a, 64);
    for (; at < o->argument_count; at++)
        buf_fmt(&title, "%s%s", title.n == 0 ? "" : " ", o->arguments[at]);
    s->title = str_trim(buf_str(&title));
    if (utf8_invalid_at(s->title) != SIZE_MAX) {
        fputs("continuo new: the title is not UTF-8\n", stderr);
        return false;
    }
    if (s->id.n == 0)
        s->id = v->document != NULL ? record_next_of_prefix(a, v->workspace.model, TYPE_DOCUMENT,
                                                            v->document->prefix)
                                    : next_of_type(&v->workspace, v->type);
    if (model_find(v->workspace.model, s->id) == NULL &&
        map_find(&v->workspace.model->later, s->id) == NULL)
        return true;
    fprintf(stderr, "continuo new: the id '" STR_FMT "' is taken; ids are never used again\n",
            STR_ARG(s->id));
    return false;
}

/* -- Values ----------------------------------------------------------------------------------- */

static bool cannot_set(const char *words, const char *why)
{
    fprintf(stderr, "continuo new: --set '%s': %s\n", words, why);
    return false;
}

static bool no_field(const struct making *v, str name)
{
    struct nearest n = nearest_to(name);
    for (size_t i = 0; i < v->type->field_count; i++)
        nearest_offer(&n, v->type->fields[i].key);
    fprintf(stderr, "continuo new: '" STR_FMT "' has no field '" STR_FMT "'", STR_ARG(v->type->key),
            STR_ARG(terminal_line(v->workspace.arena, name)));
    nearest_say(&n, stderr);
    fputc('\n', stderr);
    return false;
}

static bool is_word_of(const struct field_def *f, str value)
{
    for (size_t i = 0; i < f->word_count; i++)
        if (str_eq(f->words[i], value))
            return true;
    return false;
}

/* An unknown word would be an error of the check; here it is known which are meant. */
static bool words_are_known(const struct field_def *f, const char *words, str value)
{
    for (str word, rest = value; rest.n != 0 && f->kind == FIELD_ENUM;) {
        rest = str_cut(rest, ',', &word);
        if (is_word_of(f, str_trim(word)))
            continue;
        struct nearest n = nearest_to(str_trim(word));
        fprintf(stderr, "continuo new: --set '%s': the words are", words);
        for (size_t i = 0; i < f->word_count; i++) {
            nearest_offer(&n, f->words[i]);
            fprintf(stderr, " " STR_FMT, STR_ARG(f->words[i]));
        }
        nearest_say(&n, stderr);
        fputc('\n', stderr);
        return false;
    }
    return true;
}

static bool set_one(struct making *v, const char *words, struct skeleton_value *value)
{
    str name;
    str text = str_cut(str_from(words), '=', &name);
    if (text.p == NULL || str_trim(text).n == 0)
        return cannot_set(words, "a field and its value look like owner=ROL-004");
    size_t slot = type_field(v->type, str_trim(name));
    if (slot == SIZE_MAX)
        return no_field(v, str_trim(name));
    *value = (struct skeleton_value){&v->type->fields[slot], str_trim(text)};
    if (value->field->kind == FIELD_PART || value->field->need == FIELD_DERIVED ||
        str_eq(value->field->key, S("id")))
        return cannot_set(words, "this field is filled in by an editor, or follows from others");
    if (utf8_invalid_at(text) != SIZE_MAX)
        return cannot_set(words, "the value is not UTF-8");
    return words_are_known(value->field, words, value->text);
}

static bool take_values(struct making *v)
{
    const struct options *o = v->options;
    struct skeleton_value *values =
        NEW_ARRAY(v->workspace.arena, struct skeleton_value, o->set_count + 1);
    v->skeleton.values = values;
    if (v->document != NULL && o->set_count != 0) {
        fputs("continuo new: --set fills in records; a document is written by hand\n", stderr);
        return false;
    }
    for (size_t i = 0; i < o->set_count; i++)
        if (!set_one(v, o->set[i], &values[v->skeleton.value_count++]))
            return false;
    return true;
}

/* -- On disk ---------------------------------------------------------------------------------- */

static bool write_document(struct making *v)
{
    struct workspace *w = &v->workspace;
    struct arena *a = w->arena;
    str text, name = str_fmt(a, "templates/documents/" STR_FMT ".md", STR_ARG(v->document->name));
    int place = place_open(a, w->diags);
    bool fine = place >= 0 && diag_file_read(a, w->diags, place, name, SKELETON_BYTES_MAX, &text);
    if (place >= 0)
        close(place);
    struct buf out = buf_in(a, 8192);
    return fine &&
           skeleton_document(a, w->diags, &v->skeleton, diags_source(w->diags, name, text), text,
                             &out) &&
           content_put(a, w->diags, w->content, v->path, buf_str(&out));
}

static bool write_record(struct making *v, str *empty)
{
    struct workspace *w = &v->workspace;
    str text = skeleton_record(w->arena, &v->skeleton, v->type, empty);
    return content_put(w->arena, w->diags, w->content, v->path, text);
}

static str path_of(const struct making *v)
{
    struct arena *a = v->workspace.arena;
    str name = path_slug(a, v->skeleton.id);
    if (v->document == NULL)
        return str_fmt(a, "records/" STR_FMT "/" STR_FMT ".yaml", STR_ARG(v->type->key),
                       STR_ARG(name));
    return str_fmt(a, "documents/" STR_FMT "/" STR_FMT ".md", STR_ARG(v->document->folder),
                   STR_ARG(name));
}

static void say_done(const struct making *v, str empty)
{
    printf("content/" STR_FMT "\n", STR_ARG(v->path));
    if (v->options->quiet)
        return;
    if (empty.n != 0)
        fprintf(stderr, "To be filled in: " STR_FMT "\n", STR_ARG(empty));
    if (v->document != NULL)
        fputs("What stands in [brackets] or as Guidance: is for you; `continuo check` lists it.\n",
              stderr);
}

static int make(struct making *v)
{
    struct workspace *w = &v->workspace;
    str empty = S("");
    v->skeleton.model = w->model;
    if (!find_kind(v) || !take_words(v) || !take_values(v))
        return EXIT_USAGE;
    if (v->document != NULL && v->skeleton.title.n == 0)
        v->skeleton.title =
            str_fmt(w->arena, "[Title of the " STR_FMT "]", STR_ARG(v->document->name));
    v->path = path_of(v);
    bool fine = content_is_free(w->arena, w->diags, w->content, v->path) &&
                (v->document != NULL ? write_document(v) : write_record(v, &empty));
    if (!fine)
        return workspace_report(w, v->options);
    say_done(v, empty);
    return EXIT_OK;
}

int cmd_new(const struct options *o)
{
    struct making v = {.options = o};
    int lock = -1;
    if (o->argument_count == 0 && !o->list_kinds) {
        fputs("continuo new: a new what? 'continuo new --list' tells what can be made\n", stderr);
        return EXIT_USAGE;
    }
    if (!content_lock(o, &lock))
        return EXIT_MACHINE;
    /* What cannot be read may hold an id that would be given a second time. */
    if (!workspace_load(&v.workspace, o) || diags_exit_status(v.workspace.diags) != EXIT_OK)
        return workspace_report(&v.workspace, o);
    return o->list_kinds ? print_kinds(&v.workspace) : make(&v);
}
