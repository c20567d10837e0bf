/* form/diff/fields: the fields of one record, before and after. */
#include "base/edits.h"
#include "form/diff/redline.h"
#include "form/diff/report_int.h"
#include "form/table/cells.h"

/* One value of a field as people read it. */
struct item {
    str text;
    bool is_prose; /* then words are compared */
};

/* All values of a field. */
struct items {
    struct item *v;
    size_t n, cap;
};

struct side {
    struct arena *arena;
    const struct state *state; /* knows the titles of what is referred to */
};

/* -- How a value reads ----------------------------------------------------------------------- */

static str label_of(struct arena *a, const struct type_def *t, str key)
{
    size_t at = t != NULL ? type_field(t, key) : SIZE_MAX;
    return at != SIZE_MAX ? t->fields[at].heading : word_for_people(a, key);
}

static const struct field_def *field_of(const struct type_def *t, str key)
{
    size_t at = t != NULL ? type_field(t, key) : SIZE_MAX;
    return at != SIZE_MAX ? &t->fields[at] : NULL;
}

static str reference(const struct side *s, str id)
{
    const struct state_record *r = state_find(s->state, id);
    if (r == NULL || r->title.n == 0 || str_eq(r->title, id))
        return id;
    return str_fmt(s->arena, STR_FMT " (" STR_FMT ")", STR_ARG(r->title), STR_ARG(id));
}

static str scalar(const struct side *s, const struct field_def *f, const struct value *v)
{
    date day;
    duration minutes;
    if (v->plain && str_eq(v->text, S("true")))
        return S("yes");
    if (v->plain && str_eq(v->text, S("false")))
        return S("no");
    if (f == NULL)
        return v->text;
    if (f->kind == FIELD_REF)
        return reference(s, v->text);
    if (f->kind == FIELD_ENUM)
        return word_for_people(s->arena, v->text);
    if (f->kind == FIELD_DATE && date_parse(v->text, &day))
        return date_long(s->arena, day);
    if (f->kind == FIELD_DURATION && duration_parse(v->text, &minutes))
        return duration_words(s->arena, minutes);
    return v->text;
}

static void put_value(const struct side *s, struct buf *b, const struct field_def *f,
                      const struct value *v);

static void put_map(const struct side *s, struct buf *b, const struct type_def *t,
                    const struct value *v)
{
    for (size_t i = 0; i < v->count; i++) {
        str label = label_of(s->arena, t, v->keys[i].text);
        buf_fmt(b, "%s" STR_FMT ": ", i > 0 ? "; " : "", STR_ARG(label));
        put_value(s, b, field_of(t, v->keys[i].text), &v->items[i]);
    }
}

/* As deep as the JSON reader lets values nest. */
static void put_value(const struct side *s, struct buf *b, const struct field_def *f,
                      const struct value *v)
{
    if (v->kind == VALUE_SCALAR)
        buf_add(b, scalar(s, f, v));
    else if (v->kind == VALUE_MAP)
        put_map(s, b, f != NULL ? f->part : NULL, v);
    for (size_t i = 0; v->kind == VALUE_LIST && i < v->count; i++) {
        if (i > 0)
            buf_lit(b, ", ");
        put_value(s, b, f, &v->items[i]);
    }
}

static void add_item(const struct side *s, struct items *items, const struct field_def *f,
                     const struct value *v)
{
    struct buf b = buf_in(s->arena, 64);
    put_value(s, &b, f, v);
    bool is_prose = f == NULL || f->kind == FIELD_TEXT || f->kind == FIELD_PROSE ||
                    f->kind == FIELD_PART || v->kind != VALUE_SCALAR;
    if (b.n > 0)
        PUSH(s->arena, items->v, items->n, items->cap, struct item) =
            (struct item){buf_str(&b), is_prose};
}

static struct items items_of(struct arena *a, const struct state *state, const struct field_def *f,
                             const struct value *v)
{
    struct side s = {a, state};
    struct items items = {0};
    if (v == NULL)
        return items;
    if (v->kind != VALUE_LIST)
        add_item(&s, &items, f, v);
    for (size_t i = 0; v->kind == VALUE_LIST && i < v->count; i++)
        add_item(&s, &items, f, &v->items[i]);
    return items;
}

/* -- Before and after, in two cells ---------------------------------------------------------- */

struct cells {
    struct arena *arena;
    struct md_node *before, *after;
    size_t unchanged; /* items since the last change */
};

static void break_line(struct arena *a, struct md_node *cell)
{
    if (cell->first == NULL)
        return;
    struct md_node *n = report_node(a, MD_BREAK);
    md_append(cell, n);
}

static void add_marked(struct arena *a, struct md_node *cell, enum md_kind kind, str text)
{
    struct md_node *mark = report_node(a, kind);
    break_line(a, cell);
    report_text(a, mark, text);
    md_append(cell, mark);
}

static void add_pair(struct cells *c, const struct item *before, const struct item *after)
{
    if (!before->is_prose || !after->is_prose) {
        add_marked(c->arena, c->before, MD_DELETED, before->text);
        add_marked(c->arena, c->after, MD_INSERTED, after->text);
        return;
    }
    break_line(c->arena, c->before);
    break_line(c->arena, c->after);
    redline_words(c->arena, before->text, after->text, c->before, c->after);
}

static void note_unchanged(struct cells *c)
{
    if (c->unchanged == 0)
        return;
    struct md_node *cell[] = {c->before, c->after};
    str text = str_fmt(c->arena, "… %zu without a change", c->unchanged);
    for (size_t i = 0; i < 2; i++) {
        struct md_node *emph = report_node(c->arena, MD_EMPH);
        break_line(c->arena, cell[i]);
        report_text(c->arena, emph, text);
        md_append(cell[i], emph);
    }
    c->unchanged = 0;
}

/* A run that was taken out and one that was put in at the same place. */
static void add_run(struct cells *c, const struct item *before, size_t out,
                    const struct item *after, size_t in)
{
    note_unchanged(c);
    for (size_t i = 0; i < out || i < in; i++) {
        if (i < out && i < in)
            add_pair(c, &before[i], &after[i]);
        else if (i < out)
            add_marked(c->arena, c->before, MD_DELETED, before[i].text);
        else
            add_marked(c->arena, c->after, MD_INSERTED, after[i].text);
    }
}

static void number_items(struct arena *a, struct map *numbers, const struct items *items,
                         uint32_t *v)
{
    for (size_t i = 0; i < items->n; i++) {
        uint32_t *number = map_find(numbers, items->v[i].text);
        if (number == NULL) {
            number = NEW(a, uint32_t);
            *number = (uint32_t)numbers->count + 1;
            map_put(numbers, items->v[i].text, number);
        }
        v[i] = *number;
    }
}

static size_t run_of(const bool *flags, size_t from, size_t count)
{
    size_t to = from;
    while (to < count && flags[to])
        to++;
    return to - from;
}

static void add_items(struct cells *c, const struct items *before, const struct items *after)
{
    struct map numbers = map_in(c->arena);
    uint32_t *a = NEW_ARRAY(c->arena, uint32_t, before->n);
    uint32_t *b = NEW_ARRAY(c->arena, uint32_t, after->n);
    number_items(c->arena, &numbers, before, a);
    number_items(c->arena, &numbers, after, b);
    struct edits e = edits_between(edits_desk_new(c->arena), c->arena, a, before->n, b, after->n);
    size_t i = 0, j = 0;
    while (i < before->n || j < after->n) {
        size_t out = run_of(e.is_deleted, i, before->n), in = run_of(e.is_inserted, j, after->n);
        if (out + in > 0)
            add_run(c, before->v + i, out, after->v + j, in);
        i += out;
        j += in;
        if (i < before->n && j < after->n) {
            c->unchanged++;
            i++;
            j++;
        }
    }
    note_unchanged(c);
}

/* -- All fields
 * ------------------------------------------------------------------------------------ */

static size_t field_count(const struct state_record *r)
{
    return r != NULL && r->fields->kind == VALUE_MAP ? r->fields->count : 0;
}

struct field_walk {
    const struct changes *changes;
    const struct change *change;
    size_t at;
    str key;
    const struct value *before, *after;
};

static const struct value *value_of(const struct state_record *r, str key)
{
    return r != NULL ? state_field(r, key) : NULL;
}

/* The id is what makes both the same record; a hash says no more than the words do. */
static bool is_told_otherwise(str key)
{
    return str_eq(key, S("id")) || str_eq(key, S("content_sha256"));
}

/* The next field that is different: those of the later record, then those that only the earlier
 * one has. */
static bool next_field(struct field_walk *w)
{
    const struct state_record *a = w->change->before, *b = w->change->after;
    size_t first = field_count(b), all = first + field_count(a);
    while (w->at < all) {
        size_t at = w->at++;
        w->key = at < first ? b->fields->keys[at].text : a->fields->keys[at - first].text;
        w->before = value_of(a, w->key);
        w->after = value_of(b, w->key);
        bool is_seen = at >= first && w->after != NULL;
        if (!is_seen && !is_told_otherwise(w->key) && !state_value_eq(w->before, w->after))
            return true;
    }
    return false;
}

static const struct type_def *type_of(const struct changes *c, const struct change *change)
{
    const struct state_record *r = change->after != NULL ? change->after : change->before;
    return schema_type(c->schema, r->type);
}

static void add_field(struct arena *a, const struct changes *c, const struct field_walk *w,
                      struct md_node *table)
{
    const struct type_def *t = type_of(c, w->change);
    const struct field_def *f = field_of(t, w->key);
    struct md_node *cell = report_row(a, table);
    report_text(a, cell, label_of(a, t, w->key));
    struct cells cells = {.arena = a, .before = cell->next, .after = cell->next->next};
    struct items before = items_of(a, c->before, f, w->before);
    struct items after = items_of(a, c->after, f, w->after);
    add_items(&cells, &before, &after);
    if (cells.before->first == NULL)
        report_text(a, cells.before, S("–"));
    if (cells.after->first == NULL)
        report_text(a, cells.after, S("–"));
}

bool report_fields(struct arena *a, const struct changes *c, const struct change *change,
                   struct md_node *to)
{
    const str heads[] = {S("Field"), S("Before"), S("After")};
    struct field_walk w = {.changes = c, .change = change};
    struct md_node *table = NULL;
    while (next_field(&w)) {
        if (table == NULL)
            table = report_table(a, to, heads, 3);
        add_field(a, c, &w, table);
    }
    return table != NULL;
}

static str joined(struct arena *a, const struct items *items)
{
    str *texts = NEW_ARRAY(a, str, items->n);
    for (size_t i = 0; i < items->n; i++)
        texts[i] = items->v[i].text;
    return str_join(a, texts, items->n, S("; "));
}

size_t changes_fields(struct arena *a, const struct changes *c, const struct change *change,
                      struct field_change **fields)
{
    struct field_walk w = {.changes = c, .change = change};
    const struct type_def *t = type_of(c, change);
    size_t count = 0, cap = 0;
    *fields = NULL;
    while (next_field(&w)) {
        const struct field_def *f = field_of(t, w.key);
        struct items before = items_of(a, c->before, f, w.before);
        struct items after = items_of(a, c->after, f, w.after);
        PUSH(a, *fields, count, cap, struct field_change) =
            (struct field_change){.key = w.key,
                                  .label = label_of(a, t, w.key),
                                  .before = joined(a, &before),
                                  .after = joined(a, &after)};
    }
    return count;
}

bool changes_in_fields(const struct changes *c, const struct change *change)
{
    struct field_walk w = {.changes = c, .change = change};
    return next_field(&w);
}
