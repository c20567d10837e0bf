/* cli/cmd_init: a new workspace. */
#include "cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "base/durable.h"
#include "base/file.h"
#include "base/path.h"
#include "cli/place.h"
#include "cli/record_write.h"
#include "cli/skeleton.h"
#include "cli/terminal.h"
#include "text/mustache.h"

/* All of content/ is made here and then takes its name, so that a crash leaves none of it. */
#define STAGING ".continuo-init"

enum { TEMPLATE_BYTES_MAX = 256 * 1024, MEMORY_BYTES_MAX = 64 * 1024 * 1024 };

static const struct init_file {
    str template, path;
    bool always;
} init_file[] = {
#define ALWAYS                          true
#define FULL                            false
#define INIT_FILE(template, path, when) {S_INIT(template), S_INIT(path), when},
#define INIT_DOCUMENT(skeleton, code, title, when)
#include "cli/init_files.def"
};

static const struct init_document {
    str skeleton, code, title;
    bool always;
} init_document[] = {
#define INIT_FILE(template, path, when)
#define INIT_DOCUMENT(skeleton, code, title, when)                                                 \
    {S_INIT(skeleton), S_INIT(code), S_INIT(title), when},
#include "cli/init_files.def"
};

struct starting {
    struct arena *arena;
    struct diags *diags;
    const struct options *options;
    const char *folder;
    int root;    /* the workspace */
    int content; /* STAGING/content */
    int place;   /* templates */
    struct tval data;
    size_t count;
};

/* -- What templates see ----------------------------------------------------------------------- */

static str quoted(struct arena *a, str text)
{
    struct buf out = buf_in(a, text.n + 2);
    record_put_quoted(&out, text);
    return buf_str(&out);
}

static struct tval data_of(struct arena *a, const struct options *o)
{
    struct tmap *data = tmap_new(a);
    str name = str_from(o->name != NULL ? o->name : "Our organisation");
    str title = str_fmt(a, STR_FMT ": business continuity", STR_ARG(name));
    date day = o->as_of != DATE_NONE ? o->as_of : clock_today();
    tmap_put(data, S("name"), tval_text(quoted(a, name)));
    tmap_put(data, S("title"), tval_text(quoted(a, title)));
    tmap_put(data, S("plain_title"), tval_text(title));
    tmap_put(data, S("footer"),
             tval_text(quoted(a, str_fmt(a, STR_FMT " · Business continuity", STR_ARG(name)))));
    tmap_put(data, S("as_of"), tval_text(date_iso(a, day)));
    return tmap_value(data);
}

static bool read_template(struct starting *v, str path, uint32_t *file, str *text)
{
    if (!diag_file_read(v->arena, v->diags, v->place, path, TEMPLATE_BYTES_MAX, text))
        return false;
    *file = diags_source(v->diags, path, *text);
    return true;
}

static bool filled(struct starting *v, str name, struct buf *out)
{
    uint32_t file;
    str text;
    *out = buf_in(v->arena, 4096);
    if (!read_template(v, str_fmt(v->arena, "templates/workspace/" STR_FMT, STR_ARG(name)), &file,
                       &text))
        return false;
    const struct template *t =
        template_compile(v->arena, v->diags, file, text, 0, TEMPLATE_TEXT, false);
    return template_render(t, v->data, NULL, v->diags, out, NULL);
}

/* -- Files ------------------------------------------------------------------------------------ */

static bool put_files(struct starting *v)
{
    for (size_t i = 0; i < COUNT_OF(init_file); i++) {
        const struct init_file *f = &init_file[i];
        struct buf out;
        if (v->options->minimal && !f->always)
            continue;
        if (!filled(v, f->template, &out) ||
            !content_put(v->arena, v->diags, v->content, f->path, buf_str(&out)))
            return false;
        v->count++;
    }
    return true;
}

static bool put_document(struct starting *v, const struct model *m, const struct init_document *d)
{
    const struct skeleton_def *def = skeleton_find(d->skeleton);
    struct skeleton s = {.model = m, .id = d->code, .title = d->title};
    struct buf out = buf_in(v->arena, 8192);
    uint32_t file;
    str text, path = str_fmt(v->arena, "documents/" STR_FMT "/" STR_FMT ".md", STR_ARG(def->folder),
                             STR_ARG(path_slug(v->arena, d->code)));
    v->count++;
    return read_template(
               v, str_fmt(v->arena, "templates/documents/" STR_FMT ".md", STR_ARG(d->skeleton)),
               &file, &text) &&
           skeleton_document(v->arena, v->diags, &s, file, text, &out) &&
           content_put(v->arena, v->diags, v->content, path, buf_str(&out));
}

/* Documents name the roles that the records, which are there by now, have. */
static bool put_documents(struct starting *v)
{
    struct options o = *v->options;
    struct workspace w = {0};
    o.workspace = str_c(v->arena, path_join(v->arena, str_from(v->folder), S(STAGING)));
    if (!workspace_load(&w, &o) || diags_exit_status(w.diags) != EXIT_OK) {
        workspace_report(&w, &o);
        return false;
    }
    for (size_t i = 0; i < COUNT_OF(init_document); i++)
        if ((!v->options->minimal || init_document[i].always) &&
            !put_document(v, w.model, &init_document[i]))
            return false;
    return true;
}

/* Beside content/: what is there already is somebody's. */
static bool put_beside(struct starting *v, str template, str name)
{
    struct buf out;
    if (!filled(v, template, &out))
        return false;
    int error_number = file_create(v->root, name, buf_str(&out));
    if (error_number != 0 && error_number != EEXIST)
        diag_os(v->diags, name, error_number, "write this file");
    return error_number == 0 || error_number == EEXIST;
}

/* -- The command ------------------------------------------------------------------------------ */

static int open_root(struct starting *v)
{
    int error_number = dir_make(AT_FDCWD, str_from(v->folder));
    if (error_number == 0)
        error_number = dir_open(v->folder, &v->root);
    if (error_number != 0)
        diag_os(v->diags, str_from(v->folder), error_number, "make this folder");
    return error_number;
}

static bool is_taken(const struct starting *v)
{
    if (faccessat(v->root, "content", F_OK, AT_SYMLINK_NOFOLLOW) != 0)
        return false;
    fprintf(stderr, "continuo init: '%s' has a folder content/ already\n", v->folder);
    return true;
}

static bool open_staging(struct starting *v)
{
    str path = path_join(v->arena, str_from(v->folder), S(STAGING "/content"));
    int error_number = dir_remove_tree(v->root, S(STAGING));
    if (error_number == 0 || error_number == ENOENT)
        error_number = dir_make(v->root, S(STAGING "/content"));
    if (error_number == 0)
        error_number = dir_open(str_c(v->arena, path), &v->content);
    if (error_number != 0)
        diag_os(v->diags, path, error_number, "make this folder");
    return error_number == 0;
}

static bool put_in_place(struct starting *v)
{
    int error_number = file_move(v->root, S(STAGING "/content"), S("content"));
    if (error_number == 0)
        error_number = dir_sync(v->root, S("."));
    if (error_number != 0)
        diag_os(v->diags, S("content"), error_number, "make this folder");
    dir_remove_tree(v->root, S(STAGING));
    return error_number == 0;
}

static bool make(struct starting *v)
{
    v->data = data_of(v->arena, v->options);
    v->place = place_open(v->arena, v->diags);
    bool fine = v->place >= 0 && open_staging(v) && put_files(v) && put_documents(v) &&
                put_beside(v, S("README.md"), S("README.md")) &&
                put_beside(v, S("gitignore"), S(".gitignore"));
    if (fine)
        return put_in_place(v);
    dir_remove_tree(v->root, S(STAGING));
    return false;
}

static void say_done(const struct starting *v)
{
    if (v->options->quiet)
        return;
    str folder = terminal_line(v->arena, str_from(v->folder));
    printf("%zu files in " STR_FMT "/content.\n"
           "What to do next: continuo check -C " STR_FMT "\n"
           "The portal:      continuo build -C " STR_FMT " -o " STR_FMT "/site\n",
           v->count, STR_ARG(folder), STR_ARG(folder), STR_ARG(folder), STR_ARG(folder));
}

static bool name_is_fine(const struct options *o)
{
    str name = str_from(o->name);
    bool is_fine = utf8_invalid_at(name) == SIZE_MAX;
    for (size_t at = 0; is_fine && at < name.n;)
        is_fine = !terminal_obeys(utf8_next(name, &at));
    if (!is_fine)
        fputs("continuo init: the name must be one line of UTF-8\n", stderr);
    return is_fine;
}

int cmd_init(const struct options *o)
{
    struct starting v = {.arena = arena_new("init", MEMORY_BYTES_MAX),
                         .options = o,
                         .folder = o->argument_count != 0 ? o->arguments[0] : ".",
                         .root = -1,
                         .content = -1,
                         .place = -1};
    v.diags = diags_new(v.arena);
    if (!name_is_fine(o))
        return EXIT_USAGE;
    if (open_root(&v) == 0 && is_taken(&v))
        return EXIT_USAGE;
    if (v.root >= 0 && make(&v))
        say_done(&v);
    print_findings(v.diags, o);
    int status = diags_exit_status(v.diags);
    arena_free(v.arena);
    return status;
}
