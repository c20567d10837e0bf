/* text/md_parser: cmark-gfm, with memory of ours.
 *
 * The parser asks for memory through three functions without a context, so the
 * arena is one for the process. It takes nothing back: all of it starts anew
 * with the next document, which is faster than freeing node by node. */
#include "text/md_int.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <cmark-gfm/houdini.h>
#include <string.h>

/* The most that 2 MB of text can make of the parser within our limits, twice. */
enum { MEMORY_BYTES_MAX = 1024 * 1024 * 1024 };

/* Stands before each piece of memory, for realloc. */
union head {
    size_t bytes;
    _Alignas(max_align_t) unsigned char align[1];
};

struct arena *md_scratch(void)
{
    static struct arena *scratch;
    if (scratch == NULL)
        scratch = arena_new("Markdown parser", MEMORY_BYTES_MAX);
    return scratch;
}

static void *take(size_t bytes)
{
    union head *h = arena_alloc(md_scratch(), 1, sizeof(union head) + bytes, _Alignof(union head));
    h->bytes = bytes;
    return h + 1;
}

static void *memory_calloc(size_t count, size_t size)
{
    return take(count * size);
}

static void *memory_realloc(void *old, size_t bytes)
{
    if (old == NULL)
        return take(bytes);
    size_t old_bytes = ((union head *)old - 1)->bytes;
    if (bytes <= old_bytes)
        return old;
    void *grown = take(bytes);
    memcpy(grown, old, old_bytes);
    return grown;
}

static void memory_free(void *old)
{
    (void)old;
}

static cmark_mem memory = {memory_calloc, memory_realloc, memory_free};

static void attach_extensions(cmark_parser *parser)
{
    static const char *const name[] = {"table", "strikethrough", "tasklist"};
    static cmark_syntax_extension *extension[COUNT_OF(name)];
    for (size_t i = 0; i < COUNT_OF(name); i++) {
        if (extension[i] == NULL) {
            cmark_gfm_core_extensions_ensure_registered();
            extension[i] = cmark_find_syntax_extension(name[i]);
        }
        cmark_parser_attach_syntax_extension(parser, extension[i]);
    }
}

struct cmark_node *md_parser_run(str text, bool footnotes)
{
    int options = CMARK_OPT_VALIDATE_UTF8 | (footnotes ? CMARK_OPT_FOOTNOTES : 0);
    cmark_parser *parser = cmark_parser_new_with_mem(options, &memory);
    attach_extensions(parser);
    cmark_parser_feed(parser, text.n ? text.p : "", text.n);
    return cmark_parser_finish(parser);
}

str md_unescape(struct arena *a, str text)
{
    if (str_find_char(text, '&', 0) == SIZE_MAX)
        return text;
    cmark_strbuf out;
    cmark_strbuf_init(&memory, &out, (bufsize_t)text.n);
    houdini_unescape_html_f(&out, (const uint8_t *)text.p, (bufsize_t)text.n);
    return str_dup(a, (str){(const char *)out.ptr, (size_t)out.size});
}
