/* model/display: how values read for people, and as data. */
#include "model/model.h"

#include "base/buf.h"

str text_of_word(struct arena *a, str word)
{
    char *copy = str_c(a, word);
    for (size_t i = 0; i < word.n; i++)
        if (copy[i] == '_')
            copy[i] = ' ';
    return (str){copy, word.n};
}

static str part_text(struct arena *a, const struct record *part, bool for_people)
{
    struct buf b = buf_in(a, 64);
    for (size_t i = 0; i < part->type->field_count; i++) {
        const struct field_value *v = &part->values[i];
        if (!value_is_shown(v))
            continue;
        if (b.n != 0)
            buf_lit(&b, " · ");
        const struct field_def *f = &part->type->fields[i];
        buf_add(&b, for_people ? value_display(a, f, v) : value_data(a, f, v));
    }
    return buf_str(&b);
}

str text_not_in_copy(struct arena *a, str id)
{
    if (id.n == 0)
        return S("not in this copy");
    return str_fmt(a, STR_FMT " (not in this copy)", STR_ARG(id));
}

str text_inside_sentence(struct arena *a, str name)
{
    bool is_word = name.n > 1 && !(name.p[1] >= 'A' && name.p[1] <= 'Z');
    if (!is_word)
        return name;
    return str_fmt(a, "%c" STR_FMT, ascii_lower(name.p[0]), STR_ARG(str_skip(name, 1)));
}

str item_display(struct arena *a, const struct field_def *f, const struct field_value *v)
{
    if (v->state == FV_BROKEN)
        return v->text;
    if (v->state == FV_UNKNOWN)
        return S("not known: written anew since");
    if (v->state == FV_WITHHELD)
        return text_not_in_copy(a, v->text);
    switch (f->kind) {
    case FIELD_DATE:
        return date_long(a, v->day);
    case FIELD_MOMENT:
        return date_moment_iso(a, v->number);
    case FIELD_DURATION:
        return duration_words(a, v->minutes);
    case FIELD_BOOL:
        return v->number ? S("yes") : S("no");
    case FIELD_ENUM:
        return text_of_word(a, v->text);
    case FIELD_REF:
        return v->record ? v->record->title : str_fmt(a, STR_FMT " (unknown)", STR_ARG(v->text));
    case FIELD_PART:
        return part_text(a, v->record, true);
    default:
        return v->text;
    }
}

static str one_data(struct arena *a, const struct field_def *f, const struct field_value *v)
{
    if (v->state != FV_PRESENT)
        return v->text;
    switch (f->kind) {
    case FIELD_DATE:
        return date_iso(a, v->day);
    case FIELD_MOMENT:
        return date_moment_iso(a, v->number);
    case FIELD_DURATION:
        return duration_short(a, v->minutes);
    case FIELD_BOOL:
        return v->number ? S("yes") : S("no");
    case FIELD_PART:
        return part_text(a, v->record, false);
    default:
        return v->text;
    }
}

typedef str (*one_value)(struct arena *, const struct field_def *, const struct field_value *);

static str all_values(struct arena *a, const struct field_def *f, const struct field_value *v,
                      one_value one)
{
    if (v->state == FV_ABSENT)
        return S("");
    if (f->count == FIELD_ONE || v->state != FV_PRESENT)
        return one(a, f, v);
    struct buf b = buf_in(a, 64);
    for (size_t i = 0; i < v->list.count; i++) {
        if (i != 0)
            buf_add(&b, f->kind == FIELD_PART || f->kind == FIELD_TEXT ? S("; ") : S(", "));
        buf_add(&b, one(a, f, &v->list.items[i]));
    }
    return buf_str(&b);
}

str value_display(struct arena *a, const struct field_def *f, const struct field_value *v)
{
    return all_values(a, f, v, item_display);
}

str rec_display(struct arena *a, const struct record *r, enum field_id field)
{
    if (r == NULL)
        return S("");
    return value_display(a, &r->type->fields[schema_slot(r->type, field)], rec_value(r, field));
}

str value_data(struct arena *a, const struct field_def *f, const struct field_value *v)
{
    return all_values(a, f, v, one_data);
}
