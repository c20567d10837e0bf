/* fuzz/targets: how each reader is called. */
#include "fuzz.h"

#include <string.h>

#include "base/date.h"
#include "base/duration.h"
#include "base/path.h"
#include "text/csv.h"
#include "text/json.h"
#include "text/yaml.h"
#include "promises.h"

enum { ARENA_BYTES_MAX = 512 * 1024 * 1024 };

static void read_yaml(struct arena *a, struct diags *d, uint32_t file, str text)
{
    /* Front matter begins somewhere inside a file. */
    size_t from = str_starts(text, S("---\n")) ? 4 : 0;
    const struct value *v = yaml_parse(a, d, file, from, text.n);
    promise_tree(d, v);
    promise_json(a, v);
    promise_csv(a, v);
}

static void read_csv(struct arena *a, struct diags *d, uint32_t file, str text)
{
    (void)text;
    const struct value *v = csv_parse_rows(a, d, file);
    promise_tree(d, v);
    promise_json(a, v);
    promise_csv(a, v);
}

static void read_json(struct arena *a, struct diags *d, uint32_t file, str text)
{
    (void)text;
    promise_json(a, json_parse(a, d, file));
}

/* The small readers, line by line. */
static void read_scalars(struct arena *a, struct diags *d, uint32_t file, str text)
{
    str line, resolved;
    (void)d;
    (void)file;
    while (str_line(&text, &line)) {
        date day;
        duration minutes;
        date_parse(line, &day);
        duration_parse(line, &minutes);
        path_slug(a, line);
        path_resolve(a, S("content/documents/a.md"), line, &resolved);
    }
}

const struct fuzz_target fuzz_target[] = {
    {"yaml", read_yaml, NULL},
    {"csv", read_csv, NULL},
    {"json", read_json, NULL},
    {"mustache", fuzz_mustache, NULL},
    {"markdown", fuzz_markdown, NULL},
    {"scalars", read_scalars, NULL},
    {"archive", NULL, fuzz_archive},
    {"cms", NULL, fuzz_cms},
    {"signed-pdf", NULL, fuzz_signed_pdf},
};
const size_t fuzz_target_count = sizeof fuzz_target / sizeof *fuzz_target;

const struct fuzz_target *fuzz_find(const char *name)
{
    for (size_t i = 0; i < fuzz_target_count; i++) {
        if (strcmp(fuzz_target[i].name, name) == 0)
            return &fuzz_target[i];
    }
    return NULL;
}

struct arena *fuzz_arena(void)
{
    return arena_new("fuzz", ARENA_BYTES_MAX);
}

void fuzz_run(const struct fuzz_target *t, struct arena *a, str bytes)
{
    static FILE *nowhere;
    const struct diag_print how = {.format = DIAG_TEXT, .max = 200};
    if (nowhere == NULL)
        nowhere = fopen("/dev/null", "w");
    if (t->judge != NULL) {
        t->judge(a, str_dup(a, bytes)); /* of exactly this size: sanitizers see its end */
    } else if (utf8_invalid_at(bytes) == SIZE_MAX && str_find_char(bytes, 0, 0) == SIZE_MAX) {
        struct diags *d = diags_new(a);
        str text = str_from(str_c(a, bytes)); /* a loaded file is followed by one zero byte */
        t->read(a, d, diags_source(d, S("fuzz"), text), text);
        diags_print(d, &how, nowhere);
    }
    arena_reset(a);
}
