/* bench/floor: the least that any tool must do, to measure against.
 *
 *   floor CONTENT OUTPUT
 *
 * Reads every document below CONTENT, lets cmark-gfm parse it and write its HTML, puts
 * 3 KB of fixed page around it and writes one file each. One thread, plain malloc. */
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"

enum { CHROME_BYTES = 3 * 1024, DOCUMENT_BYTES_MAX = 1024 * 1024 };

static str without_front_matter(str text)
{
    size_t end = str_starts(text, S("---\n")) ? str_find(text, S("\n---\n"), 3) : SIZE_MAX;
    return end == SIZE_MAX ? text : str_skip(text, end + 5);
}

static void render(struct arena *a, int in, int out, str path)
{
    static char chrome[CHROME_BYTES];
    struct file_read r = file_read(a, in, path, DOCUMENT_BYTES_MAX);
    str text = without_front_matter(r.text);
    cmark_parser *parser = cmark_parser_new(CMARK_OPT_DEFAULT);
    cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension("table"));
    cmark_parser_feed(parser, text.p, text.n);
    cmark_node *tree = cmark_parser_finish(parser);
    char *html =
        cmark_render_html(tree, CMARK_OPT_DEFAULT, cmark_parser_get_syntax_extensions(parser));
    size_t n = strlen(html);
    memset(chrome, ' ', sizeof chrome);
    char *page = arena_alloc(a, n + sizeof chrome, 1, 1);
    memcpy(page, chrome, sizeof chrome);
    memcpy(page + sizeof chrome, html, n);
    str name = str_fmt(a, STR_FMT ".html", STR_ARG(path));
    if (file_create(out, name, (str){page, n + sizeof chrome}) != 0)
        fprintf(stderr, "floor: cannot write " STR_FMT "\n", STR_ARG(name));
    free(html);
    cmark_node_free(tree);
    cmark_parser_free(parser);
}

static void folder(struct arena *names, struct arena *page, int in, int out, str path)
{
    struct dir_entry *entries;
    size_t count;
    if (dir_list(names, in, path, &entries, &count) != 0)
        return;
    dir_make(out, path);
    for (size_t i = 0; i < count; i++) {
        str below = str_fmt(names, STR_FMT "/" STR_FMT, STR_ARG(path), STR_ARG(entries[i].name));
        render(page, in, out, below);
        arena_reset(page);
    }
}

int main(int argc, char **argv)
{
    struct arena *names = arena_new("names", (size_t)1 << 30);
    struct arena *page = arena_new("page", (size_t)1 << 30);
    struct dir_entry *entries;
    size_t count;
    int in, out;
    if (argc != 3 || dir_open(argv[1], &in) != 0 || dir_open(argv[2], &out) != 0 ||
        dir_list(names, in, S("."), &entries, &count) != 0) {
        fputs("usage: floor CONTENT OUTPUT (two folders)\n", stderr);
        return 2;
    }
    cmark_gfm_core_extensions_ensure_registered();
    for (size_t i = 0; i < count; i++)
        folder(names, page, in, out, entries[i].name);
    arena_free(names);
    arena_free(page);
    return 0;
}
