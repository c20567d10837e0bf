/* form/table/blank: an empty form to write in, computed once, drawn by every writer. */
#include "form/table/blank.h"

#include "base/buf.h"
#include "base/path.h"
#include "model/model.h"

/* Words of a head that tell how much is written below it. The first row that has one of the
 * head's words counts, so the long ones come first; a head that says none of them takes names. */
static const struct {
    str word;
    enum blank_kind kind;
} told_by[] = {
    {S_INIT("what"), BLANK_TEXT},        {S_INIT("decision"), BLANK_TEXT},
    {S_INIT("reason"), BLANK_TEXT},      {S_INIT("action"), BLANK_TEXT},
    {S_INIT("description"), BLANK_TEXT}, {S_INIT("subject"), BLANK_TEXT},
    {S_INIT("remarks"), BLANK_TEXT},     {S_INIT("message"), BLANK_TEXT},
    {S_INIT("step"), BLANK_TEXT},        {S_INIT("risk"), BLANK_TEXT},
    {S_INIT("answer"), BLANK_TEXT},      {S_INIT("why"), BLANK_TEXT},
    {S_INIT("time"), BLANK_SHORT},       {S_INIT("date"), BLANK_SHORT},
    {S_INIT("due"), BLANK_SHORT},        {S_INIT("at"), BLANK_SHORT},
    {S_INIT("initials"), BLANK_SHORT},   {S_INIT("done"), BLANK_SHORT},
    {S_INIT("no"), BLANK_SHORT},         {S_INIT("today"), BLANK_SHORT},
    {S_INIT("amount"), BLANK_SHORT},     {S_INIT("estimate"), BLANK_SHORT},
    {S_INIT("needs"), BLANK_SHORT},      {S_INIT("out"), BLANK_SHORT},
};

static bool has_word(str head, str word)
{
    for (size_t at = 0; (at = str_find(head, word, at)) != SIZE_MAX; at += word.n) {
        bool begins = at == 0 || !ascii_is_alnum(head.p[at - 1]);
        bool ends = at + word.n == head.n || !ascii_is_alnum(head.p[at + word.n]);
        if (begins && ends)
            return true;
    }
    return false;
}

enum blank_kind blank_kind_of(str head, bool is_first)
{
    static const str number[] = {S_INIT("no"), S_INIT("no."), S_INIT("nr"), S_INIT("nr."),
                                 S_INIT("#")};
    for (size_t i = 0; is_first && i < COUNT_OF(number); i++)
        if (str_eq(head, number[i]))
            return BLANK_NUMBER;
    for (size_t i = 0; i < COUNT_OF(told_by); i++)
        if (has_word(head, told_by[i].word))
            return told_by[i].kind;
    return BLANK_NAME;
}

static bool is_taken(const str *keys, size_t count, str key)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(keys[i], key))
            return true;
    return false;
}

/* Fields to type in are told apart by it: a second one of the same name gets "-2". There are
 * few of them (BLANK_COLUMNS_MAX). */
static str key_of(struct arena *a, const str *names, str *keys, size_t at)
{
    str slug = path_slug(a, names[at]), base = slug.n > 0 ? slug : S("field"), key = base;
    for (size_t number = 2; is_taken(keys, at, key); number++)
        key = str_fmt(a, STR_FMT "-%zu", STR_ARG(base), number);
    return keys[at] = key;
}

struct names {
    str *v;
    size_t n;
};

/* Up to `most` names of a field; those that are too many are noted as left out. */
static struct names names_of(struct arena *a, struct blank *b, const struct record *form,
                             enum field_id field, size_t most)
{
    size_t count;
    const struct field_value *v = rec_items(form, field, &count);
    struct names names = {NEW_ARRAY(a, str, count + 1), 0};
    struct buf left_out = buf_in(a, 64);
    buf_add(&left_out, b->left_out);
    for (size_t i = 0; i < count; i++) {
        if (v[i].state != FV_PRESENT)
            continue;
        if (names.n < most)
            names.v[names.n++] = v[i].text;
        else
            buf_fmt(&left_out, "%s" STR_FMT, left_out.n == 0 ? "" : ", ", STR_ARG(v[i].text));
    }
    b->left_out = buf_str(&left_out);
    return names;
}

static void add_lines(struct arena *a, struct blank *b, const struct record *form)
{
    struct names names = names_of(a, b, form, FORM_HEADER_FIELDS, BLANK_LINES_MAX);
    b->lines = NEW_ARRAY(a, struct blank_line, names.n + 1);
    b->line_count = names.n;
    str *keys = NEW_ARRAY(a, str, names.n + 1);
    for (size_t i = 0; i < names.n; i++)
        b->lines[i] = (struct blank_line){names.v[i], key_of(a, names.v, keys, i)};
}

/* Of a form whose columns this copy does not hold one remains, to write in all the same. */
static void add_columns(struct arena *a, struct blank *b, const struct record *form)
{
    struct names names = names_of(a, b, form, FORM_COLUMNS, BLANK_COLUMNS_MAX);
    if (names.n == 0)
        names.v[names.n++] = S("Remarks");
    b->columns = NEW_ARRAY(a, struct blank_column, names.n);
    b->column_count = names.n;
    str *keys = NEW_ARRAY(a, str, names.n);
    for (size_t i = 0; i < names.n; i++)
        b->columns[i] = (struct blank_column){names.v[i], key_of(a, names.v, keys, i),
                                              blank_kind_of(str_lower(a, names.v[i]), i == 0)};
}

const struct blank *blank_form(struct arena *a, const struct record *form)
{
    struct blank *b = NEW(a, struct blank);
    b->id = form->id;
    b->title = form->title.n > 0 ? form->title : form->id;
    b->purpose = rec_text(form, FORM_PURPOSE);
    b->rows = (size_t)rec_int(form, FORM_ROWS, 0);
    add_lines(a, b, form);
    add_columns(a, b, form);
    return b;
}

str form_path(struct arena *a, const struct record *form)
{
    return str_fmt(a, "forms/" STR_FMT ".pdf", STR_ARG(path_slug(a, form->id)));
}

str blank_left_out(struct arena *a, const struct blank *b)
{
    if (b->left_out.n == 0)
        return S("");
    return str_fmt(a, "Without room on this sheet: " STR_FMT ".", STR_ARG(b->left_out));
}
