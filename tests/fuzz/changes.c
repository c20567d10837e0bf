/* fuzz/changes: two texts, or two editions, and what is different between them.
 *
 * A form feed parts what is before from what is after; without one, the middle does. Besides
 * surviving: no word is lost or made up, the HTML is balanced, and nothing differs from itself. */
#include "fuzz.h"

#include <stdlib.h>

#include "../unit/html_check.h"
#include "../unit/redline_check.h"
#include "cli/diff_text.h"
#include "form/diff/redline.h"
#include "write/html/html.h"

static void must(bool kept, const char *promise, str shown)
{
    if (kept)
        return;
    fprintf(stderr, "not kept: %s\n" STR_FMT "\n", promise, STR_ARG(shown));
    abort();
}

static str no_page(void *self, struct arena *a, const struct record *r)
{
    (void)self;
    (void)a;
    (void)r;
    return S("");
}

static void write_page(struct arena *a, const struct md_node *root)
{
    struct html_context context = {
        .page_path = S("changes/fuzz.html"), .href = no_page, .arena = a};
    struct buf out = buf_in(a, 1024);
    struct html h = html_into(&out);
    html_tree(&h, &context, root);
    html_done(&h);
    const char *fault = html_fault(a, buf_str(&out));
    must(fault == NULL, fault, buf_str(&out));
}

static str part(str text, str *before)
{
    size_t at = str_find_char(text, '\f', 0);
    if (at == SIZE_MAX)
        for (at = text.n / 2; at < text.n && ((unsigned char)text.p[at] & 0xC0) == 0x80;)
            at++;
    *before = str_from_to(text, 0, at);
    return str_skip(text, at < text.n && text.p[at] == '\f' ? at + 1 : at);
}

void fuzz_redline(struct arena *a, struct diags *d, uint32_t file, str text)
{
    str before, after = part(text, &before);
    (void)d;
    (void)file;
    const char *lie = redline_lie(a, before, after);
    must(lie == NULL, lie, text);
    struct redline_request r = {.before = before, .after = after};
    write_page(a, redline_make(a, &r).body);
    r.after = before;
    must(!redline_make(a, &r).is_changed, "nothing differs from itself", before);
}

static struct state *read_state(struct arena *a, struct diags *d, str name, str json)
{
    struct state *s = state_new(a, name, DATE_NONE);
    str text = str_from(str_c(a, json));
    state_add_type(s, d, S("supplier"), diags_source(d, name, text));
    return s;
}

static void show(struct arena *a, struct arena *scratch, const struct state *before,
                 const struct state *after)
{
    struct schema *schema = schema_new(a);
    struct buf out = buf_in(a, 1024);
    const struct changes *c = changes_between(a, scratch, before, after, schema, NULL);
    write_page(a, changes_paper(a, c));
    diff_text(a, c, true, &out);
    must(before != after || changes_are_none(c), "nothing differs from itself", before->name);
}

void fuzz_states(struct arena *a, struct diags *d, uint32_t file, str text)
{
    static struct arena *scratch;
    str before, after = part(text, &before);
    (void)file;
    if (scratch == NULL)
        scratch = fuzz_arena();
    const struct state *one = read_state(a, d, S("one"), before);
    const struct state *two = read_state(a, d, S("two"), after);
    show(a, scratch, one, two);
    show(a, scratch, two, one);
    show(a, scratch, one, one);
}
