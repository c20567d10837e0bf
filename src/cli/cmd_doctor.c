/* cli/cmd_doctor: is everything there that this program needs. */
#include "cli/cli.h"

#include <cmark-gfm.h>
#include <csv.h>
#include <errno.h>
#include <fribidi.h>
#include <graphviz/graphviz_version.h>
#include <hb.h>
#include <hpdf.h>
#include <jansson.h>
#include <openssl/crypto.h>
#include <png.h>
#include <qrencode.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <yaml.h>
#include <zlib.h>

#include "base/durable.h"
#include "base/file.h"
#include "base/path.h"
#include "cli/place.h"
#include "cli/terminal.h"
#include "text/font.h"

/* Below this, a publish of a few hundred documents may run out of room. */
#define ROOM_BYTES_LEAST ((uint64_t)200 * 1024 * 1024)

enum { MEMORY_BYTES_MAX = 64 * 1024 * 1024 };

enum verdict { FINE, NOTE, BAD };

struct doctor {
    struct arena *arena;
    const struct options *options;
    size_t note_count, bad_count;
};

static void tell(struct doctor *v, enum verdict verdict, const char *what, str detail)
{
    static const char *const word[] = {"ok", "note", "MISSING"};
    v->note_count += verdict == NOTE;
    v->bad_count += verdict == BAD;
    if (verdict != FINE || !v->options->quiet)
        printf("%-8s %-14s " STR_FMT "\n", word[verdict], what,
               STR_ARG(terminal_line(v->arena, detail)));
}

/* -- The program ------------------------------------------------------------------------------ */

static void see_program(struct doctor *v)
{
    struct diags *d = diags_new(v->arena);
    int place = place_open(v->arena, d);
    tell(v, FINE, "program", S(CONTINUO_TOOL));
    tell(v, place >= 0 ? FINE : BAD, "templates",
         place >= 0 ? S("found, with the assets")
                    : S("not found beside the program; see make install"));
    if (place >= 0)
        close(place);
}

/* As they are on this machine; of those that cannot be asked, as this program was built. */
static void see_libraries(struct doctor *v)
{
    const struct {
        const char *name, *version;
    } library[] = {
        {"cmark-gfm", cmark_version_string()},
        {"libyaml", yaml_get_version_string()},
        {"libcsv", str_c(v->arena, str_fmt(v->arena, "%d.%d (built with)", CSV_MAJOR, CSV_MINOR))},
        {"jansson", jansson_version_str()},
        {"OpenSSL", OpenSSL_version(OPENSSL_VERSION_STRING)},
        {"Graphviz", PACKAGE_VERSION " (built with)"},
        {"libharu", HPDF_GetVersion()},
        {"HarfBuzz", hb_version_string()},
        {"FriBidi", FRIBIDI_VERSION " (built with)"},
        {"libqrencode", QRcode_APIVersionString()},
        {"libpng", png_get_libpng_ver(NULL)},
        {"zlib", zlibVersion()}};
    for (size_t i = 0; i < COUNT_OF(library); i++)
        tell(v, FINE, library[i].name, str_from(library[i].version));
}

static void see_fonts(struct doctor *v)
{
    size_t found = 0;
    for (size_t i = 0; i < font_file_count; i++) {
        const struct font_file *f = &font_file[i];
        bool is_there = access(f->path, R_OK) == 0;
        found += is_there;
        if (!is_there)
            tell(v, f->is_needed ? BAD : NOTE, "font",
                 str_fmt(v->arena, "%s, of the package %s%s", f->path, f->package,
                         f->is_needed ? "" : ": its letters would be boxes"));
    }
    tell(v, FINE, "fonts", str_fmt(v->arena, "%zu of %zu", found, font_file_count));
}

/* -- The workspace ---------------------------------------------------------------------------- */

static void see_content(struct doctor *v)
{
    struct workspace w = {0};
    if (!workspace_load(&w, v->options)) {
        tell(v, NOTE, "content",
             str_fmt(v->arena,
                     "no folder content/ in '%s' that can be read; continuo init makes "
                     "one",
                     v->options->workspace));
        return;
    }
    size_t errors = diags_count(w.diags, SEVERITY_ERROR);
    if (diags_machine_failed(w.diags))
        tell(v, BAD, "content", S("not all of it can be read; continuo check names the files"));
    else
        tell(v, errors != 0 ? NOTE : FINE, "content",
             errors != 0
                 ? str_fmt(v->arena, "%zu files or entries are wrong; see continuo check", errors)
                 : str_fmt(v->arena, "%zu records", w.model->all.count));
    tell(v, FINE, "as of", date_long(v->arena, w.model->as_of));
}

/* The folder itself, or the nearest above it that is there; -1: something else is in the way. */
static int open_near(struct arena *a, str path, str *near)
{
    int folder;
    for (*near = path; near->n != 0; *near = path_folder(*near)) {
        int error_number = dir_open(str_c(a, *near), &folder);
        if (error_number != ENOENT)
            return error_number == 0 ? folder : -1;
    }
    *near = str_starts(path, S("/")) ? S("/") : S(".");
    return dir_open(str_c(a, *near), &folder) == 0 ? folder : -1;
}

static void see_output(struct doctor *v)
{
    uint64_t bytes = 0;
    str near, path = str_from(v->options->output != NULL ? v->options->output : "site");
    int folder = open_near(v->arena, path, &near);
    bool is_known = folder >= 0 && dir_space(folder, &bytes) == 0;
    bool may_write = folder >= 0 && faccessat(folder, ".", W_OK, 0) == 0;
    if (!may_write)
        tell(v, BAD, "output",
             str_fmt(v->arena, "'" STR_FMT "' cannot be written to", STR_ARG(near)));
    else if (!is_known)
        tell(v, NOTE, "output", S("nobody can tell how much room there is"));
    else
        tell(v, bytes < ROOM_BYTES_LEAST ? NOTE : FINE, "output",
             str_fmt(v->arena, "%llu MB free in '" STR_FMT "'",
                     (unsigned long long)(bytes / 1000000), STR_ARG(near)));
    if (folder >= 0)
        close(folder);
}

/* -- The surroundings ------------------------------------------------------------------------- */

/* Files do not depend on it; what a terminal shows of them does. */
static void see_locale(struct doctor *v)
{
    static const char *const name[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    const char *set = NULL;
    for (size_t i = 0; i < COUNT_OF(name) && (set == NULL || set[0] == 0); i++)
        set = getenv(name[i]);
    str locale = str_lower(v->arena, str_from(set));
    bool is_utf8 =
        str_find(locale, S("utf-8"), 0) != SIZE_MAX || str_find(locale, S("utf8"), 0) != SIZE_MAX;
    tell(v, is_utf8 ? FINE : NOTE, "locale",
         is_utf8 ? str_from(set)
                 : S("not UTF-8: a terminal may show other letters; files do not depend on it"));
}

/* What is wrong with it is told as when something is signed. */
static int see_key(struct doctor *v)
{
    struct sign_request request = v->options->sign;
    struct diags *d = diags_new(v->arena);
    if (!options_sign(v->options)) {
        tell(v, FINE, "key", S("none was named; --key, --p12 or --pkcs11 tries one"));
        return EXIT_OK;
    }
    request.as_of = v->options->as_of != DATE_NONE ? v->options->as_of : clock_today();
    struct signer *s = signer_open(v->arena, d, &request);
    if (s == NULL) {
        tell(v, BAD, "key", S("it cannot sign"));
        print_findings(d, v->options);
        return diags_exit_status(d);
    }
    tell(v, signer_is_demo(s) ? NOTE : FINE, "key",
         str_fmt(v->arena, STR_FMT "%s", STR_ARG(signer_name(s)),
                 signer_is_demo(s) ? ": a demonstration key, which proves nothing" : ""));
    signer_close(s);
    return EXIT_OK;
}

int cmd_doctor(const struct options *o)
{
    struct doctor v = {.arena = arena_new("doctor", MEMORY_BYTES_MAX), .options = o};
    see_program(&v);
    see_libraries(&v);
    see_fonts(&v);
    see_content(&v);
    see_output(&v);
    see_locale(&v);
    int status = see_key(&v);
    if (!o->quiet)
        printf("%zu missing, %zu worth knowing\n", v.bad_count, v.note_count);
    arena_free(v.arena);
    return status != EXIT_OK ? status : v.bad_count != 0 ? EXIT_MACHINE : EXIT_OK;
}
