/* write/pdf/missing: characters that no font has are reported where they were written. */
#include "model/model.h"
#include "text/rules.h"
#include "write/pdf/para_int.h"

static bool span_of_fields(const struct record *r, str letter, struct span *at);

/* `item`: one value of a field that holds many. */
static bool span_of_item(const struct field_def *f, const struct field_value *item, str letter,
                         struct span *at)
{
    if (item->state != FV_PRESENT)
        return false;
    if (f->kind == FIELD_PART)
        return item->record != NULL && span_of_fields(item->record, letter, at);
    *at = item->span;
    return str_find(item->text, letter, 0) != SIZE_MAX;
}

static bool span_of_value(const struct field_def *f, const struct field_value *v, str letter,
                          struct span *at)
{
    if (f->count == FIELD_ONE || v->state != FV_PRESENT)
        return span_of_item(f, v, letter, at);
    for (size_t i = 0; i < v->list.count; i++)
        if (span_of_item(f, &v->list.items[i], letter, at))
            return true;
    return false;
}

/* The first field in which the letter stands; as deep as the schema nests parts. */
static bool span_of_fields(const struct record *r, str letter, struct span *at)
{
    for (size_t i = 0; i < r->type->field_count; i++)
        if (span_of_value(&r->type->fields[i], &r->values[i], letter, at))
            return true;
    return false;
}

static struct span span_of_record(const struct record *r, str letter)
{
    struct span at;
    return span_of_fields(r, letter, &at) ? at : r->span;
}

/* The letter itself where the source has it in that stretch, else where that begins. */
static struct span letter_in(const struct diags *d, struct span stretch, str letter)
{
    str source = diags_source_text(d, stretch.file);
    if (stretch.off > source.n)
        return stretch;
    size_t end = stretch.len < source.n - stretch.off ? stretch.off + stretch.len : source.n;
    size_t found = str_find(str_from_to(source, 0, end), letter, stretch.off);
    if (found == SIZE_MAX)
        return stretch;
    return (struct span){stretch.file, (uint32_t)found, (uint32_t)letter.n};
}

static struct span place_of(const struct pdf_layout *l, const struct origin *origin, str letter)
{
    if (origin)
        return letter_in(l->diags,
                         origin->record ? span_of_record(origin->record, letter) : origin->span,
                         letter);
    if (l->at.file != 0)
        return letter_in(l->diags, l->at, letter);
    const struct record *r = l->doc->record;
    return letter_in(l->diags, r ? span_of_record(r, letter) : l->doc->body->span, letter);
}

static void tell(struct pdf_layout *l, str letter, const struct origin *origin)
{
    size_t at = 0;
    unsigned code = (unsigned)utf8_next(letter, &at);
    if (map_find(&l->missing, letter) != NULL)
        return;
    map_put(&l->missing, letter, l);
    diag(l->diags, TEXT_RULE(FONT_GLYPH), place_of(l, origin, letter),
         "no font has the character '" STR_FMT "' (U+%04X)", STR_ARG(letter), code);
}

void missing_tell(struct pdf_layout *l, const struct font_text *t, const struct origin *origin)
{
    for (size_t i = 0; i < t->run_count; i++)
        for (size_t k = 0; k < t->runs[i].glyph_count && t->runs[i].is_box; k++) {
            size_t from = t->runs[i].glyphs[k].cluster, to = from;
            utf8_next(t->text, &to);
            tell(l, str_from_to(t->text, from, to), origin);
        }
}
