/* form/table/cells: fields of records as cells. */
#include "form/table/cells.h"

#include <assert.h>

#include "base/buf.h"
#include "text/md.h"

struct tone_row {
    str word;
    enum tone tone;
};

static const struct tone_row tone_row[] = {
#define TONE(word, tone) {S_INIT(word), TONE_##tone},
#include "form/table/tones.def"
};

/* Words that people write in capitals. */
static const str capitals[] = {S_INIT("it"),  S_INIT("ict"), S_INIT("bia"), S_INIT("ra"),
                               S_INIT("cab"), S_INIT("pdf"), S_INIT("a4"),  S_INIT("a5")};

enum tone tone_of_word(str word)
{
    for (size_t i = 0; i < COUNT_OF(tone_row); i++)
        if (str_eq(tone_row[i].word, word))
            return tone_row[i].tone;
    return TONE_NONE;
}

bool field_is_scale(const struct field_def *f)
{
    if (f->kind != FIELD_ENUM)
        return false;
    for (size_t i = 0; i < f->word_count; i++)
        if (tone_of_word(f->words[i]) == TONE_NONE)
            return false;
    return true;
}

static bool is_capital_word(str word)
{
    for (size_t i = 0; i < COUNT_OF(capitals); i++)
        if (str_eq(capitals[i], word))
            return true;
    return false;
}

static char ascii_upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

str word_for_people(struct arena *a, str word)
{
    struct buf out = buf_in(a, word.n);
    str rest = word, part;
    while (rest.n > 0) {
        rest = str_cut(rest, '_', &part);
        if (out.n > 0)
            buf_char(&out, ' ');
        bool all_upper = is_capital_word(part);
        for (size_t i = 0; i < part.n; i++)
            buf_char(&out, all_upper || out.n == 0 ? ascii_upper(part.p[i]) : part.p[i]);
    }
    return buf_str(&out);
}

/* -- Sort keys ------------------------------------------------------------------------- */

str sort_key_natural(struct arena *a, str text)
{
    enum { DIGITS = 10 };
    struct buf out = buf_in(a, text.n + DIGITS);
    for (size_t i = 0; i < text.n;) {
        if (!ascii_is_digit(text.p[i])) {
            buf_char(&out, ascii_lower(text.p[i++]));
            continue;
        }
        size_t end = i;
        while (end < text.n && ascii_is_digit(text.p[end]))
            end++;
        for (size_t zeros = end - i; zeros < DIGITS; zeros++)
            buf_char(&out, '0');
        buf_add(&out, str_from_to(text, i, end));
        i = end;
    }
    return buf_str(&out);
}

/* Shifted to be positive, so that both bytes and a browser's numbers sort it. */
str sort_key_number(struct arena *a, double value)
{
    enum { DECIMALS = 4 };
    const double shift = 1e12;
    double shifted = value < -shift ? 0 : value > shift ? 2 * shift : value + shift;
    return str_fmt(a, "%018.*f", DECIMALS, shifted);
}

static str sort_key_of(struct arena *a, const struct field_def *f, const struct field_value *v)
{
    if (v->state != FV_PRESENT)
        return S("");
    switch (f->kind) {
    case FIELD_DATE:
        return date_iso(a, v->day);
    case FIELD_MOMENT:
        return date_moment_iso(a, v->number);
    case FIELD_DURATION:
        return str_fmt(a, "%09lld", (long long)v->minutes);
    case FIELD_INT:
        return sort_key_number(a, (double)v->number);
    case FIELD_ENUM:
        return str_fmt(a, "%03lld", v->number);
    case FIELD_NUMBER:
        return sort_key_number(a, v->decimal);
    case FIELD_CODE:
        return sort_key_natural(a, v->text);
    default:
        return S("");
    }
}

/* -- Pieces ---------------------------------------------------------------------------- */

struct gather {
    struct arena *arena;
    enum cell_size size;
    struct piece *pieces;
    size_t count, cap;
    size_t values; /* all of them, shown or not */
    struct buf data;
    str sort;
};

/* Cuts at the last blank before the limit, so that no word is broken. */
static str shortened(struct arena *a, str text)
{
    size_t at = 0, blank = 0, points = 0;
    for (; at < text.n && points < REGISTER_PROSE_MAX; points++) {
        if (text.p[at] == ' ')
            blank = at;
        utf8_next(text, &at);
    }
    if (at == text.n)
        return text;
    str head = str_from_to(text, 0, blank > 0 ? blank : at);
    return str_fmt(a, STR_FMT " …", STR_ARG(head));
}

/* Prose in a cell is its words; the markup is for the record's own page. What
 * is wrong with the Markdown was reported when the content was checked. */
static str prose_words(struct arena *a, const struct field_value *v)
{
    struct diags *unheard = diags_new(a);
    return md_text(a, md_parse(a, unheard, v->text, v->span.file, v->span.off, NULL));
}

/* Of a hash the first digits tell one from another; the data has all of them. */
static str short_code(struct arena *a, str text)
{
    enum { HASH_DIGITS = 64, SHOWN_DIGITS = 12 };
    if (text.n != HASH_DIGITS)
        return text;
    return str_fmt(a, STR_FMT "…", STR_ARG(str_from_to(text, 0, SHOWN_DIGITS)));
}

static struct piece piece_of(struct gather *g, const struct field_def *f,
                             const struct field_value *v)
{
    struct arena *a = g->arena;
    if (v->state == FV_BROKEN)
        return (struct piece){.text = v->text, .tone = TONE_BAD};
    if (v->state == FV_WITHHELD || v->state == FV_UNKNOWN)
        return (struct piece){.text = item_display(a, f, v)};
    switch (f->kind) {
    case FIELD_ENUM:
        return (struct piece){.text = word_for_people(a, v->text),
                              .tone = field_is_scale(f) ? tone_of_word(v->text) : TONE_NONE};
    case FIELD_REF:
        return (struct piece){.text = value_display(a, f, v), .link = v->record};
    case FIELD_PROSE: {
        str words = prose_words(a, v);
        return (struct piece){.text = g->size == CELL_SHORT ? shortened(a, words) : words};
    }
    case FIELD_CODE:
        return (struct piece){.text = g->size == CELL_SHORT ? short_code(a, v->text) : v->text};
    case FIELD_DURATION:
        return (struct piece){.text = g->size == CELL_SHORT ? duration_short(a, v->minutes)
                                                            : duration_words(a, v->minutes)};
    default:
        return (struct piece){.text = value_display(a, f, v)};
    }
}

/* A field of many values is looked at as the field of each one of them. */
static struct field_def as_one(const struct field_def *f)
{
    struct field_def one = *f;
    one.count = FIELD_ONE;
    return one;
}

static void add_value(struct gather *g, const struct field_def *f, const struct field_value *v)
{
    struct field_def one = as_one(f);
    if (g->values == 0)
        g->sort = sort_key_of(g->arena, f, v);
    else
        buf_add(&g->data, f->kind == FIELD_TEXT || f->kind == FIELD_PART ? S("; ") : S(", "));
    buf_add(&g->data, value_data(g->arena, &one, v));
    g->values++;
    if (g->size == CELL_SHORT && g->count == REGISTER_PIECES_MAX)
        return;
    PUSH(g->arena, g->pieces, g->count, g->cap, struct piece) = piece_of(g, &one, v);
}

static void follow(struct gather *g, const struct record *r, const struct field_path *p,
                   size_t step);

static void add_or_follow(struct gather *g, const struct field_value *v, const struct field_path *p,
                          size_t step)
{
    if (step + 1 == p->count)
        add_value(g, p->step[step], v);
    else if (field_target(v) != NULL)
        follow(g, v->record, p, step + 1);
}

/* A path has at most FIELD_PATH_STEPS_MAX steps, and this goes no deeper. */
static void follow(struct gather *g, const struct record *r, const struct field_path *p,
                   size_t step)
{
    if (r->type != p->from[step])
        return; /* a reference to the wrong type was reported by the check */
    const struct field_def *f = p->step[step];
    const struct field_value *v = &r->values[p->slot[step]];
    if (!value_is_shown(v))
        return;
    if (f->count == FIELD_ONE || v->state != FV_PRESENT) {
        add_or_follow(g, v, p, step);
        return;
    }
    for (size_t i = 0; i < v->list.count; i++)
        add_or_follow(g, &v->list.items[i], p, step);
}

static struct cell gathered(struct gather *g)
{
    if (g->values > g->count) {
        str more = str_fmt(g->arena, "and %zu more", g->values - g->count);
        PUSH(g->arena, g->pieces, g->count, g->cap, struct piece) =
            (struct piece){.text = more, .tone = TONE_NONE};
    }
    struct cell c = {.pieces = g->pieces, .count = g->count, .sort = g->sort};
    str data = buf_str(&g->data);
    if (!str_eq(data, cell_plain(g->arena, &c)))
        c.data = data;
    return c;
}

struct cell cell_of_path(struct arena *a, const struct record *r, const struct field_path *p,
                         enum cell_size size)
{
    assert(p->count > 0);
    struct gather g = {.arena = a, .size = size, .data = buf_in(a, 32)};
    follow(&g, r, p, 0);
    return gathered(&g);
}

struct cell cell_of_field(struct arena *a, const struct record *r, size_t slot, enum cell_size size)
{
    assert(slot < r->type->field_count);
    struct field_path p = {
        .step = {&r->type->fields[slot]}, .slot = {slot}, .from = {r->type}, .count = 1};
    return cell_of_path(a, r, &p, size);
}

/* -- Paths and columns ----------------------------------------------------------------- */

/* Where the next step of a path is looked up: inside a part, or in the one
 * type that a reference may lead to. */
static const struct type_def *next_type(const struct field_def *f)
{
    if (f->kind == FIELD_PART)
        return f->part;
    return f->kind == FIELD_REF && f->target_count == 1 ? f->targets[0] : NULL;
}

bool field_path_find(const struct type_def *t, str path, struct field_path *out)
{
    *out = (struct field_path){0};
    str rest = path, key;
    while (rest.n > 0) {
        if (t == NULL || out->count == FIELD_PATH_STEPS_MAX)
            return false;
        rest = str_cut(rest, '.', &key);
        size_t slot = type_field(t, key);
        if (slot == SIZE_MAX)
            return false;
        out->step[out->count] = &t->fields[slot];
        out->slot[out->count] = slot;
        out->from[out->count++] = t;
        t = next_type(&t->fields[slot]);
    }
    return out->count > 0;
}

const struct field_def *field_path_end(const struct field_path *p)
{
    return p->step[p->count - 1];
}

enum column_kind column_kind_of(const struct field_def *f)
{
    switch (f->kind) {
    case FIELD_CODE:
        return COLUMN_CODE;
    case FIELD_INT:
    case FIELD_NUMBER:
    case FIELD_DURATION:
        return f->count == FIELD_ONE ? COLUMN_NUMBER : COLUMN_TEXT;
    case FIELD_DATE:
    case FIELD_MOMENT:
        return COLUMN_DATE;
    case FIELD_ENUM:
        return field_is_scale(f) ? COLUMN_CHIP : COLUMN_TEXT;
    case FIELD_PROSE:
        return COLUMN_PROSE;
    default:
        return COLUMN_TEXT;
    }
}

/* -- Cells that many lists have --------------------------------------------------------------- */

struct cell cell_field(struct arena *a, const struct record *r, enum field_id field)
{
    return cell_of_field(a, r, schema_slot(r->type, field), CELL_SHORT);
}

struct cell cell_record(struct arena *a, const struct record *r)
{
    if (r == NULL)
        return (struct cell){0};
    struct cell c = cell_link(a, r, r->title.n != 0 ? r->title : r->id);
    c.data = r->id;
    return c;
}

struct cell cell_day(struct arena *a, date day)
{
    struct cell c = cell_text(a, date_long(a, day));
    c.sort = c.data = date_iso(a, day);
    return c;
}

struct cell cell_count(struct arena *a, size_t count)
{
    struct cell c = cell_text(a, str_fmt(a, "%zu", count));
    c.sort = sort_key_number(a, (double)count);
    return c;
}

struct cell cell_duration(struct arena *a, duration d)
{
    if (d == DURATION_NONE)
        return (struct cell){0};
    struct cell c = cell_text(a, duration_words(a, d));
    c.data = duration_short(a, d);
    c.sort = sort_key_number(a, (double)d);
    return c;
}
