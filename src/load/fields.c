/* load/fields: values of YAML, CSV and front matter as the schema types them. */
#include "load/load_int.h"

static bool parse_int(const struct field_def *f, str text, long long *out)
{
    bool negative = text.n > 1 && text.p[0] == '-';
    long long value = 0;
    if (text.n == 0 || text.n > 18)
        return false;
    for (size_t i = negative; i < text.n; i++) {
        if (!ascii_is_digit(text.p[i]))
            return false;
        value = value * 10 + (text.p[i] - '0');
    }
    *out = negative ? -value : value;
    return f->int_min == f->int_max || (*out >= f->int_min && *out <= f->int_max);
}

/* Digits with at most one point: no exponent, no locale. */
static bool parse_number(str text, double *out)
{
    bool negative = text.n > 1 && text.p[0] == '-';
    double value = 0, scale = 0;
    size_t digits = 0;
    for (size_t i = negative; i < text.n; i++) {
        if (text.p[i] == '.' && scale == 0 && i + 1 < text.n) {
            scale = 1;
        } else if (ascii_is_digit(text.p[i])) {
            value = value * 10 + (text.p[i] - '0');
            scale *= 10;
            digits++;
        } else {
            return false;
        }
    }
    *out = (negative ? -value : value) / (scale > 1 ? scale : 1);
    return digits != 0 && digits <= 15;
}

static bool parse_bool(str text, long long *out)
{
    bool yes = str_eq(text, S("yes")) || str_eq(text, S("true"));
    bool no = str_eq(text, S("no")) || str_eq(text, S("false"));
    *out = yes;
    return yes || no;
}

static bool parse_enum(const struct field_def *f, str text, long long *out)
{
    for (size_t i = 0; i < f->word_count; i++) {
        if (str_eq(f->words[i], text)) {
            *out = (long long)i;
            return true;
        }
    }
    return false;
}

static bool parse_scalar(const struct field_def *f, struct field_value *v)
{
    int64_t minutes = 0;
    bool fine;
    switch (f->kind) {
    case FIELD_INT:
        return parse_int(f, v->text, &v->number);
    case FIELD_NUMBER:
        return parse_number(v->text, &v->decimal);
    case FIELD_BOOL:
        return parse_bool(v->text, &v->number);
    case FIELD_ENUM:
        return parse_enum(f, v->text, &v->number);
    case FIELD_DATE:
        return date_parse(v->text, &v->day);
    case FIELD_MOMENT:
        fine = date_parse_moment(v->text, &minutes);
        v->number = minutes;
        return fine;
    case FIELD_DURATION:
        return duration_parse(v->text, &v->minutes);
    case FIELD_TEXT:
    case FIELD_CODE:
        return str_find_char(v->text, '\n', 0) == SIZE_MAX;
    default:
        return f->kind != FIELD_PART;
    }
}

/* Text that the source has word for word is borrowed from it; what the parser
 * put together is only in its scratch and is copied. */
static str keep(struct loader *l, const struct value *in, str text)
{
    str source = diags_source_text(l->diags, in->span.file);
    bool borrowed = source.n != 0 && text.p >= source.p && text.p < source.p + source.n;
    return borrowed || text.n == 0 ? text : str_dup(l->model->arena, text);
}

static struct field_value broken(const struct value *in, str what)
{
    return (struct field_value){.state = FV_BROKEN, .span = in->span, .text = what};
}

static struct field_value one_value(struct loader *l, const struct field_def *f,
                                    const struct value *in, const struct record *whole)
{
    struct field_value v = {.state = FV_PRESENT, .span = in->span};
    if (in->kind == VALUE_NULL || (in->kind == VALUE_SCALAR && str_is_blank(in->text)))
        return (struct field_value){.state = FV_ABSENT, .span = in->span};
    if (f->kind == FIELD_PART) {
        if (in->kind != VALUE_MAP)
            return broken(in, in->kind == VALUE_LIST ? S("a list") : keep(l, in, in->text));
        v.record = record_new(l->model, f->part, in->span);
        v.record->whole = whole;
        load_fields(l, v.record, in);
        return v;
    }
    if (in->kind != VALUE_SCALAR)
        return broken(in, in->kind == VALUE_LIST ? S("a list") : S("a map"));
    v.text = keep(l, in, f->kind == FIELD_PROSE ? in->text : str_trim(in->text));
    if (!parse_scalar(f, &v))
        return broken(in, v.text);
    return v;
}

static struct field_value many_values(struct loader *l, const struct field_def *f,
                                      const struct value *in, const struct record *whole)
{
    bool is_list = in->kind == VALUE_LIST;
    size_t count = is_list ? in->count : 1;
    struct field_value v = {.state = FV_PRESENT, .span = in->span};
    if (in->kind == VALUE_NULL || count == 0)
        return (struct field_value){.state = FV_ABSENT, .span = in->span};
    v.list.items = NEW_ARRAY(l->model->arena, struct field_value, count);
    for (size_t i = 0; i < count; i++) {
        struct field_value item = one_value(l, f, is_list ? &in->items[i] : in, whole);
        if (item.state != FV_ABSENT)
            v.list.items[v.list.count++] = item;
    }
    if (v.list.count == 0)
        v.state = FV_ABSENT;
    return v;
}

void load_fields(struct loader *l, struct record *r, const struct value *map)
{
    for (size_t i = 0; i < map->count; i++) {
        size_t slot = type_field(r->type, map->keys[i].text);
        if (slot == SIZE_MAX || r->type->fields[slot].need == FIELD_DERIVED) {
            PUSH(l->model->arena, r->unknown, r->unknown_count, r->unknown_cap,
                 struct unknown_field) =
                (struct unknown_field){keep(l, map, map->keys[i].text), map->keys[i].span};
            continue;
        }
        const struct field_def *f = &r->type->fields[slot];
        const struct value *in = &map->items[i];
        const struct record *whole = r->whole ? r->whole : r;
        r->values[slot] =
            f->count == FIELD_MANY ? many_values(l, f, in, whole) : one_value(l, f, in, whole);
    }
}

struct record *load_record(struct loader *l, const struct type_def *t, const struct value *v)
{
    if (v->kind != VALUE_MAP)
        return NULL;
    struct record *r = record_new(l->model, t, v->span);
    load_fields(l, r, v);
    const struct field_value *id = rec_value(r, COMMON_ID);
    if (id->state != FV_ABSENT) {
        r->id = id->text;
        r->id_span = id->span;
    }
    r->title = rec_has(r, COMMON_TITLE) ? rec_text(r, COMMON_TITLE) : r->id;
    return r;
}
