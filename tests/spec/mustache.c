/* spec/mustache: runs suites of the public Mustache specification.
 *
 *   mustache FOLDER|FILE…
 *
 * Reads every *.json of each FOLDER, in the layout of the specification's own
 * suites: {"tests": [{"name", "data", "template", "partials", "expected"}]}.
 * Each test is rendered leniently; what differs is shown. Closes with
 * `N passed, N failed`. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/map.h"
#include "text/mustache.h"

enum { ARENA_BYTES_MAX = 64 * 1024 * 1024, DEPTH_MAX = 100 };

static size_t passed, failed;

/* -- Data -------------------------------------------------------------------------------------- */

static struct tval value_of(struct arena *a, const json_t *j, int depth);

static struct tval map_of(struct arena *a, json_t *j, int depth)
{
    struct tmap *m = tmap_new(a);
    for (void *at = json_object_iter(j); at != NULL; at = json_object_iter_next(j, at))
        tmap_put(m, str_from(json_object_iter_key(at)),
                 value_of(a, json_object_iter_value(at), depth));
    return tmap_value(m);
}

static struct tval list_of(struct arena *a, const json_t *j, int depth)
{
    struct tlist *l = tlist_new(a);
    for (size_t i = 0; i < json_array_size(j); i++)
        tlist_add(l, value_of(a, json_array_get(j, i), depth));
    return tlist_value(l);
}

static struct tval value_of(struct arena *a, const json_t *j, int depth)
{
    if (depth == DEPTH_MAX) {
        fprintf(stderr, "the data is more than %d deep\n", DEPTH_MAX);
        exit(1);
    }
    switch (json_typeof(j)) {
    case JSON_OBJECT:
        return map_of(a, (json_t *)(uintptr_t)j, depth + 1);
    case JSON_ARRAY:
        return list_of(a, j, depth + 1);
    case JSON_STRING:
        return tval_text((str){json_string_value(j), json_string_length(j)});
    case JSON_INTEGER:
        return tval_text(str_fmt(a, "%" JSON_INTEGER_FORMAT, json_integer_value(j)));
    case JSON_REAL:
        return tval_text(str_fmt(a, "%.15g", json_real_value(j)));
    case JSON_TRUE:
        return tval_bool(true);
    case JSON_FALSE:
        return tval_bool(false);
    case JSON_NULL:
        break;
    }
    return (struct tval){.kind = TV_NULL};
}

/* -- Templates --------------------------------------------------------------------------------- */

struct partials {
    struct arena *arena;
    struct diags *diags;
    const json_t *texts;
    struct map compiled;
};

static const struct template *compile(struct arena *a, struct diags *d, str text)
{
    return template_compile(a, d, 0, text, 0, TEMPLATE_HTML, true);
}

static const struct template *find_partial(void *self, str name)
{
    struct partials *p = self;
    struct template *known = map_find(&p->compiled, name);
    const json_t *text = json_object_get(p->texts, str_c(p->arena, name));
    if (known != NULL || text == NULL)
        return known;
    str s = {json_string_value(text), json_string_length(text)};
    struct template *t = template_compile(p->arena, p->diags, 0, s, 0, TEMPLATE_HTML, true);
    map_put(&p->compiled, str_dup(p->arena, name), t);
    return t;
}

/* -- Tests ------------------------------------------------------------------------------------- */

static str text_in(const json_t *test, const char *key)
{
    const json_t *j = json_object_get(test, key);
    if (!json_is_string(j)) {
        fprintf(stderr, "a test has no '%s'\n", key);
        exit(1);
    }
    return (str){json_string_value(j), json_string_length(j)};
}

static void run_test(const char *file, const json_t *test)
{
    struct arena *a = arena_new("spec", ARENA_BYTES_MAX);
    struct diags *d = diags_new(a);
    struct partials p = {a, d, json_object_get(test, "partials"), map_in(a)};
    struct template_loader loader = {&p, find_partial};
    const struct template *t = compile(a, d, text_in(test, "template"));
    const json_t *data = json_object_get(test, "data");
    struct tval value = data ? value_of(a, data, 0) : (struct tval){.kind = TV_NULL};
    struct buf out = buf_in(a, 256);
    template_render(t, value, &loader, d, &out, NULL);
    str expected = text_in(test, "expected"), name = text_in(test, "name");
    if (str_eq(buf_str(&out), expected) && diags_count(d, SEVERITY_ERROR) == 0) {
        passed++;
    } else {
        failed++;
        printf("%s: " STR_FMT "\n  expected \"" STR_FMT "\"\n  got      \"" STR_FMT "\"\n", file,
               STR_ARG(name), STR_ARG(expected), STR_ARG(buf_str(&out)));
        diags_print(d, &(struct diag_print){.format = DIAG_TEXT}, stdout);
    }
    arena_free(a);
}

static void run_file(const char *path)
{
    json_error_t error;
    json_t *suite = json_load_file(path, 0, &error);
    const json_t *tests = json_object_get(suite, "tests");
    if (json_array_size(tests) == 0) {
        fprintf(stderr, "%s: no tests: %s\n", path, error.text);
        exit(1);
    }
    for (size_t i = 0; i < json_array_size(tests); i++)
        run_test(path, json_array_get(tests, i));
    json_decref(suite);
}

static void run_folder(struct arena *a, const char *folder)
{
    struct dir_entry *entries;
    size_t count;
    int fd, fault = dir_open(folder, &fd);
    if (fault == 0)
        fault = dir_list(a, fd, S("."), &entries, &count);
    if (fault != 0) {
        fprintf(stderr, "%s: %s\n", folder, strerror(fault));
        exit(1);
    }
    for (size_t i = 0; i < count; i++) {
        if (str_ends(entries[i].name, S(".json")))
            run_file(str_fmt(a, "%s/" STR_FMT "%c", folder, STR_ARG(entries[i].name), 0).p);
    }
}

int main(int argc, char **argv)
{
    struct arena *a = arena_new("paths", ARENA_BYTES_MAX);
    for (int i = 1; i < argc; i++) {
        struct stat about;
        if (stat(argv[i], &about) == 0 && S_ISDIR(about.st_mode))
            run_folder(a, argv[i]);
        else
            run_file(argv[i]);
    }
    arena_free(a);
    printf("%zu passed, %zu failed\n", passed, failed);
    return failed != 0 || passed == 0;
}
