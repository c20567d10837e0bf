/* cli/sheets: the pages of a binder as they were printed, and what to exchange in a copy. */
#include "cli/sheets.h"

#include "form/table/table.h"
#include "publish/rules.h"
#include "text/json.h"
#include "write/data/json.h"

/* -- As a file ------------------------------------------------------------------------------ */

struct sheets sheets_of(struct arena *a, const struct pdf_sheets *pages, const struct doc *binder,
                        str edition, date as_of)
{
    struct sheets s = {.binder = binder->code,
                       .version = binder->version,
                       .edition = edition,
                       .as_of = date_iso(a, as_of),
                       .items = NEW_ARRAY(a, struct sheet, pages->count + 1),
                       .count = pages->count};
    for (size_t i = 0; i < pages->count; i++) {
        const struct pdf_sheet_entry *e = &pages->entries[i];
        s.items[i] = (struct sheet){e->label, e->part, sha256_hex(a, e->hash)};
    }
    return s;
}

static void put(struct json *j, const char *key, str text)
{
    json_key(j, str_from(key));
    json_text(j, text);
}

void sheets_put(struct buf *out, const struct sheets *s)
{
    struct json j = json_in(out);
    json_open_map(&j);
    put(&j, "binder", s->binder);
    put(&j, "version", s->version);
    put(&j, "edition", s->edition);
    put(&j, "as_of", s->as_of);
    put(&j, "only", s->only);
    json_key(&j, S("sheets"));
    json_open_list(&j);
    for (size_t i = 0; i < s->count; i++) {
        json_open_map(&j);
        put(&j, "label", s->items[i].label);
        put(&j, "part", s->items[i].part);
        put(&j, "sha256", s->items[i].sha256);
        json_close(&j);
    }
    json_close(&j);
    json_close(&j);
}

static str get(const struct value *map, str key)
{
    const struct value *v = value_get(map, key);
    return v != NULL && v->kind == VALUE_SCALAR ? v->text : S("");
}

/* Each page has its label and its hash. */
static bool read_sheet(const struct value *v, struct sheet *sheet)
{
    enum { HEX_BYTES = 64 };
    *sheet = (struct sheet){get(v, S("label")), get(v, S("part")), get(v, S("sha256"))};
    return sheet->label.n != 0 && sheet->sha256.n == HEX_BYTES;
}

bool sheets_read(struct arena *a, struct diags *d, str name, str bytes, struct sheets *s)
{
    size_t before = diags_count(d, SEVERITY_ERROR);
    uint32_t file = diags_source(d, name, bytes);
    const struct value *v = json_parse(a, d, file);
    if (diags_count(d, SEVERITY_ERROR) != before)
        return false;
    const struct value *list = value_get(v, S("sheets"));
    bool is_list = list != NULL && list->kind == VALUE_LIST && list->count > 0 &&
                   get(v, S("binder")).n != 0 && get(v, S("as_of")).n != 0;
    size_t count = is_list ? list->count : 0;
    *s = (struct sheets){.binder = get(v, S("binder")),
                         .version = get(v, S("version")),
                         .edition = get(v, S("edition")),
                         .as_of = get(v, S("as_of")),
                         .only = get(v, S("only")),
                         .items = NEW_ARRAY(a, struct sheet, count + 1),
                         .count = count};
    for (size_t i = 0; i < count; i++)
        is_list = read_sheet(&list->items[i], &s->items[i]) && is_list;
    if (!is_list)
        diag(d, PUBLISH_RULE(SHEETS), (struct span){file, 0, 0},
             "'" STR_FMT "' does not list the pages of a binder", STR_ARG(name));
    return is_list;
}

bool sheets_are_told_apart(struct arena *a, struct diags *d, const struct record *binder,
                           const struct sheets *s)
{
    struct map labels = map_in(a);
    for (size_t i = 0; i < s->count; i++)
        if (map_put(&labels, s->items[i].label, &s->items[i]) != NULL) {
            diag(d, PUBLISH_RULE(SHEETS), binder->span,
                 "two pages of '" STR_FMT "' are called " STR_FMT, STR_ARG(binder->id),
                 STR_ARG(s->items[i].label));
            return false;
        }
    return true;
}

static bool is_same(const struct sheet *one, const struct sheet *other)
{
    return str_eq(one->label, other->label) && str_eq(one->sha256, other->sha256);
}

static size_t front_of(const struct sheets *s)
{
    size_t i = 0;
    while (i < s->count && s->items[i].part.n == 0)
        i++;
    return i;
}

str sheets_differ(const struct sheets *one, const struct sheets *other)
{
    size_t i = front_of(one), k = front_of(other);
    for (; i < one->count && k < other->count; i++, k++)
        if (!is_same(&one->items[i], &other->items[k]))
            return one->items[i].label;
    return i < one->count ? one->items[i].label : k < other->count ? other->items[k].label : S("");
}

/* -- What to exchange ------------------------------------------------------------------------- */

struct run {
    size_t from, to;
};

/* The pages of a part stand together. */
static struct run run_of(const struct sheets *s, str part)
{
    struct run r = {0, 0};
    while (r.from < s->count && !str_eq(s->items[r.from].part, part))
        r.from++;
    for (r.to = r.from; r.to < s->count && str_eq(s->items[r.to].part, part);)
        r.to++;
    return r;
}

struct exchanging {
    struct arena *arena;
    const struct sheets *before, *after;
    bool is_duplex;
    struct exchange result;
    struct table *moves;
};

static str from_to(struct arena *a, str first, str last)
{
    return str_eq(first, last) ? first
                               : str_fmt(a, STR_FMT " to " STR_FMT, STR_ARG(first), STR_ARG(last));
}

static str range(struct arena *a, const struct sheets *s, struct run r)
{
    return r.from == r.to ? S("nothing")
                          : from_to(a, s->items[r.from].label, s->items[r.to - 1].label);
}

static void add_move(struct exchanging *x, str part, struct run out, struct run in)
{
    struct cell *cells = table_row(x->arena, x->moves);
    cells[0] = cell_text(x->arena, part.n != 0 ? part : S("before the first tab"));
    cells[1] = cell_text(x->arena, range(x->arena, x->before, out));
    cells[2] = cell_text(x->arena, range(x->arena, x->after, in));
    for (size_t i = in.from; i < in.to; i++) {
        x->result.is_new[i] = true;
        x->result.new_count += part.n != 0;
    }
}

/* The leaf that begins at the page: its back too, where there is one. */
static size_t leaf_end(const struct exchanging *x, size_t from, size_t end)
{
    return x->is_duplex && from + 1 < end ? from + 2 : from + 1;
}

static bool leaf_differs(const struct exchanging *x, size_t in, size_t out, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!is_same(&x->after->items[in + i], &x->before->items[out + i]))
            return true;
    return false;
}

/* Leaves that differ, those side by side in one line. */
static void exchange_leaves(struct exchanging *x, str part, struct run out, struct run in)
{
    for (size_t i = in.from; i < in.to;) {
        size_t from = i, end = leaf_end(x, i, in.to);
        while (i < in.to && leaf_differs(x, i, out.from + (i - in.from), end - i)) {
            i = end;
            end = leaf_end(x, i, in.to);
        }
        if (i > from)
            add_move(x, part, (struct run){out.from + (from - in.from), out.from + (i - in.from)},
                     (struct run){from, i});
        else
            i = end;
    }
}

static void exchange_part(struct exchanging *x, str part)
{
    struct run out = run_of(x->before, part), in = run_of(x->after, part);
    bool is_whole = part.n == 0 || out.to - out.from != in.to - in.from;
    if (is_whole)
        add_move(x, part, out, in);
    else
        exchange_leaves(x, part, out, in);
}

/* Only what was there and is not any more. */
static void take_out_parts(struct exchanging *x)
{
    for (size_t i = 0; i < x->before->count;) {
        str part = x->before->items[i].part;
        struct run out = run_of(x->before, part), in = run_of(x->after, part);
        if (in.from == in.to && part.n != 0)
            add_move(x, part, out, in);
        i = out.to > i ? out.to : i + 1;
    }
}

struct exchange sheets_exchange(struct arena *a, const struct sheets *before,
                                const struct sheets *after, bool is_duplex)
{
    static const struct column columns[] = {
        COLUMN("tab", "Tab", TEXT), COLUMN("out", "Take out", TEXT), COLUMN("in", "Put in", TEXT),
        COLUMN("done", "Done", BLANK)};
    struct exchanging x = {.arena = a,
                           .before = before,
                           .after = after,
                           .is_duplex = is_duplex,
                           .moves = table_new(a, S(""), S(""), columns, 4)};
    x.result.is_new = NEW_ARRAY(a, bool, after->count + 1);
    x.result.moves = x.moves;
    for (size_t i = 0; i < after->count;) {
        str part = after->items[i].part;
        exchange_part(&x, part);
        struct run in = run_of(after, part);
        i = in.to > i ? in.to : i + 1;
    }
    take_out_parts(&x);
    return x.result;
}

void sheets_front_is(struct arena *a, struct exchange *x, str first, str last)
{
    struct cell *cells = x->moves->cells; /* the front is the first line */
    cells[2] = cell_text(a, from_to(a, first, last));
}
