/* cli/cmd_server_config: what a web server must be told to keep the audiences apart. */
#include "cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "cli/place.h"
#include "model/classes.h"
#include "text/mustache.h"

enum { TEMPLATE_BYTES_MAX = 64 * 1024 };

/* The ids alone: they are of a few plain characters, which mean nothing in any of
 * these languages. Titles are an author's words. */
static struct tval data_of(const struct workspace *w)
{
    size_t count;
    const struct audience *audiences = model_audiences(w->model, w->arena, &count);
    struct tmap *data = tmap_new(w->arena);
    struct tlist *list = tlist_new(w->arena);
    for (size_t i = 0; i < count; i++) {
        struct tmap *one = tmap_new(w->arena);
        tmap_put(one, S("id"), tval_text(audiences[i].id));
        tlist_add(list, tmap_value(one));
    }
    tmap_put(data, S("audiences"), tlist_value(list));
    return tmap_value(data);
}

static bool fill(const struct workspace *w, str path, struct buf *out)
{
    int place = place_open(w->arena, w->diags);
    if (place < 0)
        return false;
    str text;
    if (!diag_file_read(w->arena, w->diags, place, path, TEMPLATE_BYTES_MAX, &text))
        return false;
    uint32_t file = diags_source(w->diags, path, text);
    const struct template *t =
        template_compile(w->arena, w->diags, file, text, 0, TEMPLATE_TEXT, false);
    return template_render(t, data_of(w), NULL, w->diags, out, NULL);
}

static void put(const struct workspace *w, const struct options *o, const struct buf *out)
{
    int error_number = 0;
    if (o->output != NULL)
        error_number = file_replace(AT_FDCWD, str_from(o->output), buf_str(out));
    else if (fwrite(out->p, 1, out->n, stdout) != out->n || fflush(stdout) != 0)
        error_number = errno;
    if (error_number != 0)
        diag_os(w->diags, str_from(o->output ? o->output : "standard output"), error_number,
                "write this file");
}

int cmd_server_config(const struct options *o)
{
    static const char *const server[] = {"nginx", "apache"};
    const char *asked = o->argument_count == 1 ? o->arguments[0] : "";
    if (strcmp(asked, server[0]) != 0 && strcmp(asked, server[1]) != 0) {
        fputs("continuo server-config: name one of nginx, apache\n"
              "See 'continuo server-config --help'.\n",
              stderr);
        return EXIT_USAGE;
    }
    struct workspace w = {0};
    /* A slip in the audiences would leave a tree without its guard. */
    if (!workspace_open(&w, o) || diags_exit_status(w.diags) != EXIT_OK)
        return workspace_report(&w, o);
    struct buf out = buf_in(w.arena, 4096);
    str path = str_fmt(w.arena, "templates/server/%s.conf", asked);
    if (fill(&w, path, &out))
        put(&w, o, &out);
    print_findings(w.diags, o);
    return diags_exit_status(w.diags);
}
