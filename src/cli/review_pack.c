/* cli/review_pack: the pack of a management review, frozen as a file. */
#include "cli/review_pack.h"

#include "base/file.h"
#include "base/path.h"
#include "check/rules.h"
#include "model/classes.h"
#include "model/review.h"
#include "text/json.h"
#include "write/data/json.h"

#define FORMAT "continuo review pack 1"

enum { PACK_BYTES_MAX = 64 * 1024 * 1024 };

static const char *const kind_word[] = {"text", "code",  "number", "date",
                                        "chip", "prose", "blank",  "answer"};
static const char *const tone_word[] = {"", "good", "warn", "bad", "muted"};

/* -- Written --------------------------------------------------------------------------------- */

static void put_text(struct json *j, const char *key, str text)
{
    json_key(j, str_from(key));
    json_text(j, text);
}

static bool is_plain(const struct cell *c)
{
    return c->count <= 1 && c->sort.n == 0 && c->data.n == 0 && c->page.n == 0 && !c->is_text &&
           (c->count == 0 || (c->pieces[0].link == NULL && c->pieces[0].tone == TONE_NONE));
}

static void put_pieces(struct json *j, const struct cell *c)
{
    json_key(j, S("pieces"));
    json_open_list(j);
    for (size_t i = 0; i < c->count; i++) {
        json_open_list(j);
        json_text(j, c->pieces[i].text);
        json_text(j, c->pieces[i].link != NULL ? c->pieces[i].link->id : S(""));
        json_text(j, str_from(tone_word[c->pieces[i].tone]));
        json_close(j);
    }
    json_close(j);
}

static void put_cell(struct json *j, const struct cell *c)
{
    if (is_plain(c)) {
        json_text(j, c->count != 0 ? c->pieces[0].text : S(""));
        return;
    }
    json_open_map(j);
    put_pieces(j, c);
    if (c->sort.n != 0)
        put_text(j, "sort", c->sort);
    if (c->data.n != 0)
        put_text(j, "data", c->data);
    if (c->page.n != 0)
        put_text(j, "page", c->page);
    if (c->is_text)
        put_text(j, "is_text", S("yes"));
    json_close(j);
}

static void put_columns(struct json *j, const struct table *t)
{
    json_key(j, S("columns"));
    json_open_list(j);
    for (size_t i = 0; i < t->column_count; i++) {
        json_open_list(j);
        json_text(j, t->columns[i].key);
        json_text(j, t->columns[i].head);
        json_text(j, str_from(kind_word[t->columns[i].kind]));
        json_close(j);
    }
    json_close(j);
}

static void put_table(struct json *j, const struct table *t)
{
    json_open_map(j);
    put_text(j, "id", t->id);
    put_text(j, "caption", t->caption);
    put_text(j, "note", t->note);
    put_text(j, "head_column", t->head_column ? S("yes") : S(""));
    put_columns(j, t);
    json_key(j, S("rows"));
    json_open_list(j);
    for (size_t row = 0; row < t->row_count; row++) {
        json_open_list(j);
        for (size_t i = 0; i < t->column_count; i++)
            put_cell(j, table_cell(t, row, i));
        json_close(j);
    }
    json_close(j);
    json_close(j);
}

static void put_block(struct json *j, const struct report_block *b)
{
    json_open_map(j);
    if (b->table != NULL) {
        json_key(j, S("table"));
        put_table(j, b->table);
    } else if (b->drawing != NULL && b->drawing->table != NULL) {
        json_key(j, S("table")); /* what a drawing shows: its rows say the same */
        put_table(j, b->drawing->table);
    } else {
        put_text(j, "words", b->words);
    }
    json_close(j);
}

void review_pack_put(struct buf *out, struct arena *a, str review, const struct report_parts *p)
{
    struct json j = json_in(out);
    json_open_map(&j);
    put_text(&j, "format", S(FORMAT));
    put_text(&j, "review", review);
    put_text(&j, "as_of", date_iso(a, p->as_of));
    put_text(&j, "known_until", date_iso(a, p->known_until));
    put_text(&j, "text", p->text);
    json_key(&j, S("blocks"));
    json_open_list(&j);
    for (size_t i = 0; i < p->count; i++)
        put_block(&j, &p->blocks[i]);
    json_close(&j);
    json_close(&j);
}

/* -- Read ------------------------------------------------------------------------------------ */

struct reading {
    struct arena *arena;
    const struct model *model;
    bool is_fine;
};

static str text_of(const struct value *v)
{
    return v != NULL && v->kind == VALUE_SCALAR ? v->text : S("");
}

static str get(const struct value *map, const char *key)
{
    return text_of(value_get(map, str_from(key)));
}

/* The items of a list, or none. */
static const struct value *list_in(struct reading *r, const struct value *v, size_t *count)
{
    bool is_list = v != NULL && v->kind == VALUE_LIST;
    r->is_fine &= is_list;
    *count = is_list ? v->count : 0;
    return is_list ? v->items : NULL;
}

static size_t word_place(const char *const *words, size_t count, str word)
{
    size_t i = 0;
    while (i < count && !str_eq(str_from(words[i]), word))
        i++;
    return i < count ? i : 0;
}

/* False: it names a record that this copy does not hold. */
static bool read_pieces(struct reading *r, const struct value *v, struct cell *c)
{
    size_t count, parts;
    const struct value *items = list_in(r, v, &count);
    struct piece *pieces = NEW_ARRAY(r->arena, struct piece, count + 1);
    bool is_here = true;
    for (size_t i = 0; i < count; i++) {
        const struct value *part = list_in(r, &items[i], &parts);
        if (parts != 3) {
            r->is_fine = false;
            return true;
        }
        str id = text_of(&part[1]);
        pieces[i].text = text_of(&part[0]);
        pieces[i].link = id.n != 0 ? model_find(r->model, id) : NULL;
        pieces[i].tone = (enum tone)word_place(tone_word, COUNT_OF(tone_word), text_of(&part[2]));
        is_here &= id.n == 0 || pieces[i].link != NULL || !model_is_partial(r->model);
    }
    c->pieces = pieces;
    c->count = count;
    return is_here;
}

static bool read_cell(struct reading *r, const struct value *v, struct cell *c)
{
    if (v->kind != VALUE_MAP) {
        r->is_fine &= v->kind != VALUE_LIST;
        *c = cell_text(r->arena, text_of(v));
        return true;
    }
    c->sort = get(v, "sort");
    c->data = get(v, "data");
    c->page = get(v, "page");
    c->is_text = get(v, "is_text").n != 0;
    return read_pieces(r, value_get(v, S("pieces")), c);
}

static void read_row(struct reading *r, struct table *t, const struct value *row)
{
    size_t count;
    const struct value *cells = list_in(r, row, &count);
    bool is_here = true;
    r->is_fine &= count == t->column_count;
    if (!r->is_fine)
        return; /* before rows that are wide and empty take room */
    struct cell *to = table_row(r->arena, t);
    for (size_t i = 0; i < count; i++)
        is_here &= read_cell(r, &cells[i], &to[i]);
    if (is_here)
        return;
    for (size_t i = 0; i < t->column_count; i++)
        to[i] = (struct cell){0};
    to[0] = cell_text(r->arena, text_not_in_copy(r->arena, S("")));
}

static const struct table *read_table(struct reading *r, const struct value *v)
{
    size_t column_count, row_count, parts;
    const struct value *columns = list_in(r, value_get(v, S("columns")), &column_count);
    const struct value *rows = list_in(r, value_get(v, S("rows")), &row_count);
    struct column *column = NEW_ARRAY(r->arena, struct column, column_count + 1);
    r->is_fine &= column_count != 0;
    if (!r->is_fine)
        return NULL;
    for (size_t i = 0; i < column_count; i++) {
        const struct value *part = list_in(r, &columns[i], &parts);
        if (parts != 3) {
            r->is_fine = false;
            continue;
        }
        column[i] = (struct column){
            text_of(&part[0]), text_of(&part[1]),
            (enum column_kind)word_place(kind_word, COUNT_OF(kind_word), text_of(&part[2]))};
    }
    struct table *t = table_new(r->arena, get(v, "id"), get(v, "caption"), column, column_count);
    t->note = get(v, "note");
    t->head_column = get(v, "head_column").n != 0;
    for (size_t i = 0; i < row_count; i++)
        read_row(r, t, &rows[i]);
    return t;
}

static bool read_days(struct reading *r, const struct value *v, struct report_parts *p)
{
    return date_parse(get(v, "as_of"), &p->as_of) &&
           date_parse(get(v, "known_until"), &p->known_until) &&
           str_eq(get(v, "format"), S(FORMAT)) && r->is_fine;
}

bool review_pack_read(struct arena *a, struct diags *d, const struct model *m, str review, str path,
                      str bytes, struct report_parts *p)
{
    struct reading r = {a, m, true};
    size_t before = diags_count(d, SEVERITY_ERROR);
    uint32_t file = diags_source(d, path, bytes);
    const struct value *v = json_parse(a, d, file);
    if (diags_count(d, SEVERITY_ERROR) != before)
        return false;
    const struct value *blocks = list_in(&r, value_get(v, S("blocks")), &p->count);
    p->text = get(v, "text");
    p->blocks = NEW_ARRAY(a, struct report_block, p->count + 1);
    for (size_t i = 0; i < p->count; i++) {
        const struct value *table = value_get(&blocks[i], S("table"));
        p->blocks[i].words = get(&blocks[i], "words");
        if (table != NULL)
            p->blocks[i].table = read_table(&r, table);
    }
    r.is_fine &= p->text.n != 0 && str_eq(get(v, "review"), review);
    if (read_days(&r, v, p))
        return true;
    diag(d, CHECK_RULE(FROZEN), (struct span){file, 0, 0},
         "this is no frozen pack of the review '" STR_FMT "'", STR_ARG(review));
    return false;
}

/* -- Kept ------------------------------------------------------------------------------------ */

str review_pack_path(struct arena *a, const struct record *review, enum class_level clearance)
{
    return str_fmt(a, "reviews/" STR_FMT "/" STR_FMT ".json", STR_ARG(path_slug(a, review->id)),
                   STR_ARG(class_word(clearance)));
}

/* The part of the pack for readers who see as much as the model holds. */
static const struct record *file_for(const struct record *pack, enum class_level clearance)
{
    size_t count;
    const struct field_value *v = rec_items(pack, REVIEW_PACK_FILES, &count);
    for (size_t i = 0; i < count; i++)
        if (v[i].state == FV_PRESENT &&
            str_eq(rec_text(v[i].record, FROZEN_FILE_CLEARANCE), class_word(clearance)))
            return v[i].record;
    return NULL;
}

bool review_pack_open(struct arena *a, struct diags *d, const struct model *m, int content,
                      struct report_wish *wish)
{
    const struct record *pack = review_pack_of(wish->record);
    const struct record *file = pack != NULL ? file_for(pack, m->clearance) : NULL;
    if (file == NULL)
        return true; /* nothing was frozen for these readers */
    str path = rec_text(file, FROZEN_FILE_PATH);
    struct file_read r = file_read(a, content, path, PACK_BYTES_MAX);
    if (r.fault != FILE_OK ||
        !str_eq(sha256_hex(a, sha256_of(r.text)), rec_text(file, FROZEN_FILE_SHA256))) {
        diag(d, CHECK_RULE(FROZEN), file->span, "the frozen pack '" STR_FMT "' %s", STR_ARG(path),
             r.fault != FILE_OK ? "cannot be read" : "is not what was frozen");
        return false;
    }
    struct report_parts *parts = NEW(a, struct report_parts);
    wish->frozen = parts;
    wish->pack = pack;
    return review_pack_read(a, d, m, wish->record->id, path_join(a, S("content"), path), r.text,
                            parts);
}
