/* spec/commonmark: runs the examples of the CommonMark and GFM specifications.
 *
 *   commonmark [-v] SPEC…      a spec.txt, plain or compressed
 *
 * Each example is written twice. In plain mode the HTML must be the reference's.
 * As the portal shows it, the HTML must be balanced and harmless, and every word
 * that the reference shows must be there. -v prints what differs. Closes with
 * `N passed, N failed`. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "../unit/html_check.h"
#include "text/md.h"
#include "write/html/html.h"

enum { ARENA_BYTES_MAX = 256 * 1024 * 1024, SPEC_BYTES_MAX = 4 * 1024 * 1024 };

/* What differs from the GFM specification on purpose. */
static const struct exception {
    int number;
    const char *html, *why;
} gfm_exception[] = {
#define EXCEPTION(number, html, why) {number, html, why},
#include "commonmark.def"
};

struct example {
    int number;
    str kind; /* "", "table", "autolink", … */
    str markdown, html;
};

static size_t passed, failed;
static bool verbose;

/* -- Reading the specification ---------------------------------------------- */

static str spec_text(struct arena *a, const char *path)
{
    gzFile file = gzopen(path, "rb"); /* reads plain files as well */
    if (file == NULL) {
        fprintf(stderr, "%s: cannot be opened\n", path);
        exit(2);
    }
    char *bytes = NEW_ARRAY(a, char, SPEC_BYTES_MAX);
    int n = gzread(file, bytes, SPEC_BYTES_MAX);
    gzclose(file);
    if (n <= 0 || n == SPEC_BYTES_MAX) {
        fprintf(stderr, "%s: cannot be read\n", path);
        exit(2);
    }
    return (str){bytes, (size_t)n};
}

/* The specification shows tabs as arrows. */
static str with_tabs(struct arena *a, str text)
{
    struct buf out = buf_in(a, text.n + 1);
    str arrow = S("→");
    for (size_t at = 0; at < text.n;) {
        bool tab = str_starts(str_skip(text, at), arrow);
        buf_char(&out, tab ? '\t' : text.p[at]);
        at += tab ? arrow.n : 1;
    }
    return buf_str(&out);
}

static bool next_example(struct arena *a, str *rest, struct example *e)
{
    static const str fence = S_INIT("````````````````````````````````");
    str line;
    while (str_line(rest, &line)) {
        if (!str_starts(line, fence) || str_find(line, S("example"), 0) == SIZE_MAX)
            continue;
        e->number++;
        e->kind = str_trim(str_skip(line, fence.n + S(" example").n));
        const char *from = rest->p, *dot = NULL;
        while (str_line(rest, &line) && !str_eq(line, fence))
            if (dot == NULL && str_eq(line, S(".")))
                dot = line.p;
        if (dot == NULL)
            return false;
        e->markdown = with_tabs(a, (str){from, (size_t)(dot - from)});
        e->html = with_tabs(a, (str){dot + 2, (size_t)(line.p - dot - 2)});
        return true;
    }
    return false;
}

/* -- Comparing -------------------------------------------------------------- */

/* Both write the same in other words: "/>" and ">", entities for quotes. */
static str normal(struct arena *a, str html)
{
    static const struct {
        str from, to;
    } same[] = {{S_INIT(" />"), S_INIT(">")},
                {S_INIT("&#39;"), S_INIT("'")},
                {S_INIT("&#x27;"), S_INIT("'")},
                {S_INIT("&quot;"), S_INIT("\"")}};
    struct buf out = buf_in(a, html.n + 1);
    for (size_t at = 0; at < html.n;) {
        size_t s = 0, count = sizeof same / sizeof *same;
        while (s < count && !str_starts(str_skip(html, at), same[s].from))
            s++;
        if (s < count) {
            buf_add(&out, same[s].to);
            at += same[s].from.n;
        } else {
            buf_char(&out, html.p[at++]);
        }
    }
    return str_trim(buf_str(&out));
}

static str no_page(void *self, struct arena *a, const struct record *r)
{
    (void)self;
    (void)a;
    (void)r;
    return S("");
}

static str written(struct arena *a, const struct md_node *root, bool plain)
{
    struct html_context context = {.page_path = S("d/spec.html"), .href = no_page, .arena = a};
    struct buf out = buf_in(a, 1024);
    struct html h = html_into(&out);
    h.plain = plain;
    html_tree(&h, &context, root);
    html_done(&h);
    return buf_str(&out);
}

static void tell(const char *path, const struct example *e, const char *what, str got, str expected)
{
    failed++;
    printf("%s: example %d: %s\n", path, e->number, what);
    if (verbose)
        printf("-- Markdown\n" STR_FMT "-- got\n" STR_FMT "\n-- expected\n" STR_FMT "\n--\n",
               STR_ARG(e->markdown), STR_ARG(got), STR_ARG(expected));
}

static str expected_html(const char *path, const struct example *e, bool is_gfm)
{
    for (size_t i = 0; i < sizeof gfm_exception / sizeof *gfm_exception; i++) {
        const struct exception *x = &gfm_exception[i];
        if (!is_gfm || x->number != e->number)
            continue;
        printf("%s: example %d: other on purpose: %s\n", path, x->number, x->why);
        return str_from(x->html);
    }
    return e->html;
}

static void run_plain(struct arena *a, const char *path, const struct example *e, bool is_gfm)
{
    bool bare_links = str_eq(e->kind, S("autolink"));
    str got = normal(a, written(a, md_parse_plain(a, e->markdown, bare_links), true));
    str expected = normal(a, expected_html(path, e, is_gfm));
    if (str_eq(got, expected))
        passed++;
    else
        tell(path, e, "the HTML differs", got, expected);
}

static void run_shown(struct arena *a, const char *path, const struct example *e)
{
    struct diags *d = diags_new(a);
    uint32_t file = diags_source(d, S("spec.md"), e->markdown);
    str got = written(a, md_parse(a, d, e->markdown, file, 0, NULL), false), missing;
    const char *fault = html_fault(a, got);
    if (fault != NULL)
        tell(path, e, fault, got, S(""));
    else if (!words_survive(html_visible(a, e->html), html_visible(a, got), &missing))
        tell(path, e, "a word is lost", got, missing);
    else
        passed++;
}

static int run(struct arena *a, struct arena *scratch, const char *path)
{
    str rest = spec_text(a, path);
    bool is_gfm = str_find(rest, S("GitHub Flavored"), 0) != SIZE_MAX;
    struct example e = {0};
    while (next_example(a, &rest, &e)) {
        run_plain(scratch, path, &e, is_gfm);
        run_shown(scratch, path, &e);
        arena_reset(scratch);
    }
    printf("%s: %d examples\n", path, e.number);
    return e.number;
}

int main(int argc, char **argv)
{
    struct arena *a = arena_new("specification", ARENA_BYTES_MAX);
    struct arena *scratch = arena_new("example", ARENA_BYTES_MAX);
    int count = 0;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "-v") == 0)
            verbose = true;
        else
            count += run(a, scratch, argv[i]);
    }
    if (count == 0) {
        fputs("usage: commonmark [-v] SPEC…\n", stderr);
        return 2;
    }
    arena_free(a);
    arena_free(scratch);
    printf("%zu passed, %zu failed\n", passed, failed);
    return failed != 0;
}
