/* cli/cmd_import: existing Markdown and spreadsheets become content, and a report of what did not.
 */
#include "cli/import_int.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/durable.h"
#include "base/file.h"
#include "base/path.h"
#include "cli/record_write.h"
#include "write/data/json.h"

enum { ARENA_BYTES_MAX = 0x7FFFFFFF, FILE_MODE = 0644 };

/* -- Notes ---------------------------------------------------------------------------- */

struct import_item *import_item(struct import *im, str source)
{
    struct import_item *it = NEW(im->arena, struct import_item);
    it->source = source;
    PUSH(im->arena, im->items, im->count, im->cap, struct import_item *) = it;
    map_put(&im->by_source, source, it);
    return it;
}

void import_note(struct import *im, struct import_item *it, uint32_t line, str what,
                 const char *why, ...)
{
    char text[1024];
    va_list args;
    va_start(args, why);
    vsnprintf(text, sizeof text, why, args);
    va_end(args);
    str words = str_from(text);
    size_t broken = utf8_invalid_at(words); /* cut inside a character */
    words = str_from_to(words, 0, broken < words.n ? broken : words.n);
    PUSH(im->arena, it->notes, it->note_count, it->note_cap, struct import_note) =
        (struct import_note){.line = line,
                             .what = str_dup(im->arena, diag_quote(what)),
                             .why = str_dup(im->arena, words)};
}

/* -- The report ----------------------------------------------------------------------- */

/* Names and values are the author's: nothing in them may steer a terminal. */
static void print_text(str text)
{
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (c < 0x20 || c == 0x7F)
            printf("\\x%02x", c);
        else
            putchar(c);
    }
}

static void print_note(const struct import_item *it, const struct import_note *n)
{
    fputs("  ", stdout);
    if (n->line != 0) {
        print_text(it->source);
        printf(n->col != 0 ? ":%u:%u: " : ":%u: ", n->line, n->col);
    }
    print_text(n->what);
    fputs(": ", stdout);
    print_text(n->why);
    putchar('\n');
}

static void print_item(const struct import_item *it)
{
    print_text(it->source);
    if (it->target.n != 0) {
        fputs(" -> content/", stdout);
        print_text(it->target);
    }
    if (it->id.n != 0) {
        printf(": " STR_FMT ", " STR_FMT ", ", STR_ARG(it->id), STR_ARG(it->kind));
        print_text(it->title);
    } else if (it->count > 1 || it->title.n != 0) {
        printf(": ");
        print_text(it->title);
    }
    putchar('\n');
    for (size_t i = 0; i < it->note_count; i++)
        print_note(it, &it->notes[i]);
}

static void put_pair(struct json *j, str key, str value)
{
    json_key(j, key);
    json_text(j, value);
}

static void put_item(struct json *j, struct arena *a, const struct import_item *it)
{
    json_open_map(j);
    put_pair(j, S("source"), it->source);
    put_pair(j, S("target"), it->target.n != 0 ? path_join(a, S("content"), it->target) : S(""));
    put_pair(j, S("id"), it->id);
    put_pair(j, S("kind"), it->kind);
    put_pair(j, S("title"), it->title);
    json_key(j, S("notes"));
    json_open_list(j);
    for (size_t i = 0; i < it->note_count; i++) {
        json_open_map(j);
        json_key(j, S("line"));
        json_int(j, it->notes[i].line);
        json_key(j, S("col"));
        json_int(j, it->notes[i].col);
        put_pair(j, S("what"), it->notes[i].what);
        put_pair(j, S("why"), it->notes[i].why);
        json_close(j);
    }
    json_close(j);
    json_close(j);
}

static void print_report(const struct import *im)
{
    struct buf out = buf_in(im->arena, 64 * 1024);
    struct json j = json_in(&out);
    if (im->options->format == DIAG_TEXT) {
        for (size_t i = 0; i < im->count; i++)
            print_item(im->items[i]);
        return;
    }
    json_open_map(&j);
    json_key(&j, S("files"));
    json_open_list(&j);
    for (size_t i = 0; i < im->count; i++)
        put_item(&j, im->arena, im->items[i]);
    json_close(&j);
    json_close(&j);
    fwrite(out.p, 1, out.n, stdout);
}

static void print_summary(const struct import *im, bool is_written)
{
    size_t taken = 0, records = 0, notes = 0;
    for (size_t i = 0; i < im->count; i++) {
        taken += im->items[i]->target.n != 0;
        records += im->items[i]->target.n != 0 ? im->items[i]->count : 0;
        notes += im->items[i]->note_count;
    }
    fprintf(stderr, "%zu of %zu file%s %s, ", taken, im->count, im->count == 1 ? "" : "s",
            is_written ? "imported" : "would be imported");
    fprintf(stderr, "%zu record%s and document%s, %zu note%s\n", records, records == 1 ? "" : "s",
            records == 1 ? "" : "s", notes, notes == 1 ? "" : "s");
}

/* -- Writing -------------------------------------------------------------------------- */

static bool all_are_free(struct import *im, struct diags *d, int content)
{
    bool is_free = true;
    for (size_t i = 0; i < im->count; i++)
        if (im->items[i]->target.n != 0)
            is_free = content_is_free(im->arena, d, content, im->items[i]->target) && is_free;
    return is_free;
}

/* Written beside nothing that is there; what was written before a failure stays and is named. */
static bool put_all(struct import *im, struct diags *d, int content)
{
    for (size_t i = 0; i < im->count; i++) {
        const struct import_item *it = im->items[i];
        if (it->target.n == 0)
            continue;
        int error_number = dir_make(content, path_folder(it->target));
        if (error_number == 0)
            error_number = file_create_mode(content, it->target, it->bytes, FILE_MODE);
        if (error_number != 0) {
            diag_os(d, path_join(im->arena, S("content"), it->target), error_number,
                    "write this file");
            return false;
        }
    }
    int error_number = dir_flush(content);
    if (error_number != 0)
        diag_os(d, S("content"), error_number, "write out what was imported");
    return error_number == 0;
}

bool import_write(struct import *im, int content)
{
    struct diags *d = diags_new(im->arena);
    bool is_written = all_are_free(im, d, content) && put_all(im, d, content);
    if (!is_written)
        print_findings(d, im->options);
    return is_written;
}

/* -- The command ---------------------------------------------------------------------- */

/* A folder, or one file of it. */
static bool open_from(struct import *im, bool *is_folder)
{
    struct stat st;
    str from = str_from(im->from);
    while (from.n > 1 && from.p[from.n - 1] == '/')
        from.n--;
    const char *path = str_c(im->arena, from);
    int error_number = stat(path, &st) == 0 ? 0 : errno;
    *is_folder = error_number == 0 && S_ISDIR(st.st_mode);
    str folder = *is_folder ? from : path_folder(from);
    const char *top = str_starts(from, S("/")) ? "/" : ".";
    if (error_number == 0)
        error_number = dir_open(folder.n != 0 ? str_c(im->arena, folder) : top, &im->root);
    if (error_number != 0)
        fprintf(stderr, "continuo import: cannot read '%s': %s\n", im->from,
                strerror(error_number));
    return error_number == 0;
}

/* Below content/documents and content/files: what was named, else as the folder is called. */
static bool settle_into(struct import *im, bool is_folder)
{
    const char *named = im->options->into;
    str path =
        named != NULL ? str_from(named) : path_slug(im->arena, path_name(str_from(im->from)));
    while (path.n > 1 && path.p[path.n - 1] == '/')
        path.n--;
    if (named == NULL && (path.n == 0 || !is_folder))
        path = S("imported");
    im->into = path;
    for (str part, rest = path; rest.n != 0;) {
        rest = str_cut(rest, '/', &part);
        if (path_name_fault(part) != NULL || part.n == 0) {
            fprintf(stderr, "continuo import: '" STR_FMT "' is no folder below content/documents\n",
                    STR_ARG(path));
            return false;
        }
    }
    return true;
}

static bool has_errors(const struct import *im)
{
    for (size_t i = 0; i < im->count; i++)
        for (size_t k = 0; k < im->items[i]->note_count; k++)
            if (str_starts(im->items[i]->notes[k].why, S("still an error")))
                return true;
    return false;
}

static int import(struct import *im, int content)
{
    bool is_folder;
    if (!open_from(im, &is_folder))
        return EXIT_MACHINE;
    if (!settle_into(im, is_folder))
        return EXIT_USAGE;
    bool is_table = str_eq(path_extension(str_from(im->from)), S("csv")) || im->options->as_type;
    int status = is_table && !is_folder ? import_records(im) : import_documents(im);
    if (status != EXIT_OK)
        return status;
    bool is_dry = im->options->dry_run;
    if (!is_dry && !import_write(im, content))
        return EXIT_MACHINE;
    print_report(im);
    if (!im->options->quiet)
        print_summary(im, !is_dry);
    return has_errors(im) ? EXIT_CONTENT : EXIT_OK;
}

int cmd_import(const struct options *o)
{
    struct arena *a = arena_new("import", ARENA_BYTES_MAX);
    struct import im = {
        .options = o, .arena = a, .root = -1, .by_source = map_in(a), .by_id = map_in(a)};
    int content = -1;
    if (o->argument_count != 1) {
        fputs("continuo import: name one folder or file\n", stderr);
        return EXIT_USAGE;
    }
    im.from = o->arguments[0];
    if (!content_lock(o, &content) || content < 0) {
        fputs("continuo import: there is no folder content/ to import into\n", stderr);
        return EXIT_MACHINE;
    }
    int status = import(&im, content);
    close(content);
    if (im.root >= 0)
        close(im.root);
    arena_free(a);
    return status;
}
