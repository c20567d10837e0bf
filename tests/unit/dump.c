/* unit/dump: value trees and findings as short text, for tables of cases. */
#include "dump.h"

#include "unit.h"

#include "base/diag_int.h"

static void put_text(struct buf *b, str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '\n')
            buf_lit(b, "\\n");
        else
            buf_char(b, s.p[i]);
}

static void put_scalar(struct buf *b, const struct value *v)
{
    if (!v->plain)
        buf_char(b, '"');
    put_text(b, v->text);
    if (!v->plain)
        buf_char(b, '"');
}

/* The depth is that of a parsed tree, which has a limit. */
static void put_value(struct buf *b, const struct value *v)
{
    bool is_map = v->kind == VALUE_MAP;
    if (v->kind == VALUE_NULL)
        buf_lit(b, "()");
    if (v->kind == VALUE_SCALAR)
        put_scalar(b, v);
    if (!is_map && v->kind != VALUE_LIST)
        return;
    buf_char(b, is_map ? '{' : '[');
    for (size_t i = 0; i < v->count; i++) {
        if (i != 0)
            buf_lit(b, ", ");
        if (is_map) {
            put_text(b, v->keys[i].text);
            buf_lit(b, ": ");
        }
        put_value(b, &v->items[i]);
    }
    buf_char(b, is_map ? '}' : ']');
}

str dump_value(struct arena *a, const struct value *v)
{
    struct buf b = buf_in(a, 256);
    put_value(&b, v);
    return buf_str(&b);
}

str dump_findings(struct arena *a, struct diags *d)
{
    struct buf b = buf_in(a, 256);
    diags_sort(d);
    for (size_t i = 0; i < d->count; i++) {
        const struct finding *f = &d->findings[i];
        uint32_t line, col;
        diags_place(d, f->at, &line, &col);
        buf_fmt(&b, "%s%u:%u %s " STR_FMT, i ? " | " : "", line, col, f->rule->id,
                STR_ARG(f->text));
    }
    return buf_str(&b);
}

str dump_span(struct arena *a, const struct diags *d, struct span at)
{
    uint32_t line, col;
    str text = diags_source_text(d, at.file);
    diags_place(d, at, &line, &col);
    struct buf b = buf_in(a, 64);
    buf_fmt(&b, "%u:%u ", line, col);
    put_text(&b, str_from_to(text, at.off, at.off + at.len));
    return buf_str(&b);
}

void dump_check(const struct dump_row *row, size_t count, struct dump (*of)(str text))
{
    size_t wrong = 0;
    for (size_t i = 0; i < count; i++) {
        struct dump came = of(row[i].text);
        if (str_eq(came.tree, str_from(row[i].tree)) &&
            str_eq(came.findings, str_from(row[i].findings)))
            continue;
        wrong++;
        print_error(STR_FMT "gives '" STR_FMT "', '" STR_FMT "'\n", STR_ARG(row[i].text),
                    STR_ARG(came.tree), STR_ARG(came.findings));
    }
    assert_int_equal(wrong, 0);
}
