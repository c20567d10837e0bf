/* spec/naughty: strings that break programs, in every place a document has for text.
 *
 *   naughty LIST…      JSON, a list of strings: the Big List of Naughty Strings
 *
 * Each string is put into headings, links, titles, tables, code, footnotes, HTML
 * attributes and so on; what comes out must be HTML that is balanced and
 * harmless. Where it is only text, all of its words must show as well.
 * Closes with `N passed, N failed`. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../unit/html_check.h"
#include "form/table/table.h"
#include "model/model.h"
#include "text/md.h"
#include "write/html/html.h"

enum { ARENA_BYTES_MAX = 64 * 1024 * 1024 };

/* '%' is where the string goes. */
static const char *const place[] = {
    "# %",
    "%\n===",
    "%",
    "> %",
    "- %",
    "1. [ ] %",
    "*%* **%** ~~%~~ `%`",
    "``` %\n%\n```",
    "    %",
    "[%](%)",
    "[a](<%> \"%\")",
    "[a](b '%')",
    "![%](% (%))",
    "<%>",
    "[a][%]\n\n[%]: b\n\n[c]: % \"%\"\n[c]",
    "[a](%:b)",
    "[a](#%)\n\n# %",
    "[a](http://%/)",
    "|%|b|\n|-|-|\n|c|%|d %|",
    "a[^%] b[^c]\n\n[^%]: %\n\n[^c]: %",
    "http://% www.%.b a@b.%",
    "<%",
    "</%>",
    "<b %>a</b>",
    "<img src=\"%\" alt=\"%\" title='%'>",
    "<img src=%>",
    "<abbr title=\"%\">%</abbr>",
    "<kbd %=\"%\">a</kbd>",
    "<details %><summary>%</summary>\n\n%\n\n</details>",
    "<table %><tr><td colspan=%>%<th>%</table>",
    "<ol start=\"%\"><li>%</ol>",
    "<!-- % -->a<!-- %",
    "<!% >a<?%?><![CDATA[%]]>",
    "<script>%</script>\n<style>%</style>",
    "&%; &#%; &#x%;",
    "\\%",
};

static size_t passed, failed;

static str no_page(void *self, struct arena *a, const struct record *r)
{
    (void)self;
    (void)a;
    (void)r;
    return S("");
}

static str filled(struct arena *a, const char *pattern, str naughty)
{
    struct buf b = buf_in(a, 256);
    for (; *pattern != 0; pattern++)
        if (*pattern == '%')
            buf_add(&b, naughty);
        else
            buf_char(&b, *pattern);
    return buf_str(&b);
}

static void judge(struct arena *a, str markdown, str html)
{
    const char *fault = html_fault(a, html);
    passed += fault == NULL;
    failed += fault != NULL;
    if (fault != NULL)
        printf("%s\n-- from\n" STR_FMT "\n-- came\n" STR_FMT "\n", fault, STR_ARG(markdown),
               STR_ARG(html));
}

static void run_document(struct arena *a, str markdown)
{
    struct html_context context = {.page_path = S("d/a.html"), .href = no_page, .arena = a};
    struct diags *d = diags_new(a);
    struct buf out = buf_in(a, 1024);
    struct html h = html_into(&out);
    html_tree(&h, &context,
              md_parse(a, d, markdown, diags_source(d, S("a.md"), markdown), 0, NULL));
    html_done(&h);
    judge(a, markdown, buf_str(&out));
}

/* The doors themselves, and cells of a computed table. */
static void run_doors(struct arena *a, str naughty)
{
    struct html_context context = {.page_path = S("d/a.html"), .href = no_page, .arena = a};
    struct column column = {.key = naughty, .head = naughty};
    struct table *t = table_new(a, S("t"), naughty, &column, 1);
    struct cell *cell = table_row(a, t);
    *cell = cell_text(a, naughty);
    cell->sort = naughty;
    t->note = naughty;
    struct buf out = buf_in(a, 1024);
    struct html h = html_into(&out);
    html_table(&h, &context, t, NULL);
    html_open(&h, "p");
    html_attr(&h, "title", naughty);
    html_text(&h, naughty);
    html_open(&h, "a");
    html_url(&h, "href", naughty);
    html_close(&h, "a");
    html_close(&h, "p");
    html_done(&h);
    judge(a, naughty, buf_str(&out));
    str missing;
    bool shown = words_survive(naughty, html_visible(a, buf_str(&out)), &missing);
    passed += shown;
    failed += !shown;
    if (!shown)
        printf("a word is lost: " STR_FMT "\n", STR_ARG(naughty));
}

static void run_string(struct arena *a, str naughty)
{
    /* What the loader refuses before any of this. */
    if (utf8_invalid_at(naughty) != SIZE_MAX || str_find_char(naughty, 0, 0) != SIZE_MAX)
        return;
    run_doors(a, naughty);
    arena_reset(a);
    for (size_t p = 0; p < sizeof place / sizeof *place; p++) {
        run_document(a, filled(a, place[p], naughty));
        arena_reset(a);
    }
}

int main(int argc, char **argv)
{
    struct arena *a = arena_new("naughty", ARENA_BYTES_MAX);
    size_t count = 0;
    for (int i = 1; i < argc; i++) {
        json_error_t error;
        json_t *list = json_load_file(argv[i], 0, &error);
        if (!json_is_array(list)) {
            fprintf(stderr, "%s: no list of strings\n", argv[i]);
            return 2;
        }
        for (size_t s = 0; s < json_array_size(list); s++, count++) {
            const json_t *item = json_array_get(list, s);
            run_string(a, (str){json_string_value(item), json_string_length(item)});
        }
        json_decref(list);
    }
    arena_free(a);
    if (count == 0) {
        fputs("usage: naughty LIST…\n", stderr);
        return 2;
    }
    printf("%zu strings in %zu places\n", count, sizeof place / sizeof *place + 1);
    printf("%zu passed, %zu failed\n", passed, failed);
    return failed != 0;
}
