/* form/table/links: a cell of several records, each once. */
#include "form/table/links.h"

struct links links_in(struct arena *a)
{
    return (struct links){.arena = a, .data = buf_in(a, 32)};
}

static void add_piece(struct links *l, struct piece p, str data)
{
    for (size_t i = 0; i < l->count; i++)
        if (l->pieces[i].link == p.link && str_eq(l->pieces[i].text, p.text))
            return;
    buf_fmt(&l->data, "%s" STR_FMT, l->data.n != 0 ? ", " : "", STR_ARG(data));
    if (l->count == LINKS_MAX)
        l->left_out++;
    else
        PUSH(l->arena, l->pieces, l->count, l->cap, struct piece) = p;
}

void links_text(struct links *l, str text)
{
    if (text.n != 0)
        add_piece(l, (struct piece){.text = text}, text);
}

void links_add(struct links *l, const struct record *r)
{
    if (r != NULL)
        links_add_as(l, r, r->title.n != 0 ? r->title : r->id);
}

void links_add_as(struct links *l, const struct record *r, str text)
{
    add_piece(l, (struct piece){.text = text, .link = r}, r->id);
}

static void add_value(struct links *l, const struct field_value *v)
{
    if (field_target(v) != NULL)
        links_add(l, v->record);
    else if (v->state == FV_WITHHELD)
        links_text(l, text_not_in_copy(l->arena, v->text));
}

void links_add_field(struct links *l, const struct record *r, enum field_id field)
{
    size_t count;
    const struct field_value *v = rec_value(r, field);
    if (r->type->fields[schema_slot(r->type, field)].count == FIELD_ONE ||
        v->state == FV_WITHHELD) {
        add_value(l, v);
        return;
    }
    v = rec_items(r, field, &count);
    for (size_t i = 0; i < count; i++)
        add_value(l, &v[i]);
}

struct cell links_cell(struct links *l)
{
    if (l->left_out != 0)
        PUSH(l->arena, l->pieces, l->count, l->cap, struct piece) =
            (struct piece){.text = str_fmt(l->arena, "and %zu more", l->left_out)};
    return (struct cell){.pieces = l->pieces, .count = l->count, .data = buf_str(&l->data)};
}
