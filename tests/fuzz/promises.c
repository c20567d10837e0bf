/* fuzz/promises: what the readers promise about any tree they return. */
#include "promises.h"

#include <assert.h>

#include "text/csv.h"
#include "text/json.h"
#include "text/yaml.h"
#include "write/data/csv.h"
#include "write/data/json.h"

/* Comparing each key with each would take long in large maps. */
enum { KEYS_COMPARED_MAX = 40 };

static void check_text(const struct diags *d, struct span at, str text)
{
    str source = diags_source_text(d, at.file);
    bool borrowed = text.n != 0 && text.p >= source.p && text.p < source.p + source.n;
    assert(at.off <= source.n && at.len <= source.n - at.off);
    assert(!borrowed || text.p == source.p + at.off);
    assert(utf8_invalid_at(text) == SIZE_MAX && str_find_char(text, 0, 0) == SIZE_MAX);
}

static void check_keys(const struct diags *d, const struct value *v)
{
    for (size_t i = 0; i < v->count; i++) {
        const struct key *k = &v->keys[i];
        assert(k->span.file == v->span.file && k->text.n != 0);
        assert(utf8_invalid_at(k->text) == SIZE_MAX);
        assert(k->span.len <= diags_source_text(d, k->span.file).n - k->span.off);
        for (size_t j = 0; j < i && i < KEYS_COMPARED_MAX; j++)
            assert(!str_eq(k->text, v->keys[j].text));
    }
}

static void check_tree(const struct diags *d, const struct value *v, int depth)
{
    bool has_items = v->kind == VALUE_LIST || v->kind == VALUE_MAP;
    assert(depth <= YAML_DEPTH_MAX);
    assert(has_items || v->count == 0);
    assert(v->kind == VALUE_SCALAR || v->text.n == 0);
    check_text(d, v->span, v->text);
    if (v->kind == VALUE_MAP)
        check_keys(d, v);
    for (size_t i = 0; i < v->count; i++)
        check_tree(d, &v->items[i], depth + 1);
}

void promise_tree(const struct diags *d, const struct value *v)
{
    check_tree(d, v, 0);
}

/* -- Round trips ----------------------------------------------------------------------------- */

static void write_json(struct json *j, const struct value *v)
{
    switch (v->kind) {
    case VALUE_NULL:
        json_nothing(j);
        return;
    case VALUE_SCALAR:
        json_text(j, v->text);
        return;
    case VALUE_LIST:
        json_open_list(j);
        break;
    case VALUE_MAP:
        json_open_map(j);
        break;
    }
    for (size_t i = 0; i < v->count; i++) {
        if (v->kind == VALUE_MAP)
            json_key(j, v->keys[i].text);
        write_json(j, &v->items[i]);
    }
    json_close(j);
}

static void assert_same(const struct value *x, const struct value *y)
{
    assert(x->kind == y->kind && x->count == y->count && str_eq(x->text, y->text));
    for (size_t i = 0; i < x->count; i++) {
        assert(x->kind != VALUE_MAP || str_eq(x->keys[i].text, y->keys[i].text));
        assert_same(&x->items[i], &y->items[i]);
    }
}

void promise_json(struct arena *a, const struct value *v)
{
    struct diags *d = diags_new(a);
    struct buf b = buf_in(a, 256);
    struct json j = json_in(&b);
    write_json(&j, v);
    const struct value *again = json_parse(a, d, diags_source(d, S("json"), buf_str(&b)));
    assert(diags_count(d, SEVERITY_ERROR) == 0);
    assert_same(v, again);
}

static void add_texts(struct arena *a, struct table *t, const struct value *v)
{
    if (v->kind == VALUE_SCALAR && v->text.n != 0 && str_find_char(v->text, '\r', 0) == SIZE_MAX)
        *table_row(a, t) = cell_text(a, v->text);
    for (size_t i = 0; i < v->count; i++)
        add_texts(a, t, &v->items[i]);
}

void promise_csv(struct arena *a, const struct value *v)
{
    const struct column column = {.key = S("text"), .head = S("Text")};
    struct table *t = table_new(a, S("t"), S(""), &column, 1);
    struct diags *d = diags_new(a);
    add_texts(a, t, v);
    const struct value *rows = csv_parse_rows(a, d, diags_source(d, S("csv"), data_csv(a, t)));
    assert(diags_count(d, SEVERITY_ERROR) == 0 && rows->count == t->row_count);
    for (size_t i = 0; i < rows->count; i++)
        assert(str_eq(rows->items[i].items[0].text, t->cells[i].pieces[0].text));
}
