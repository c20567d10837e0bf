/* check/copies: the same words in many records (X7). */
#include "check/check_int.h"

enum {
    COPIES_MIN = 5,      /* so many equal texts are no accident */
    COPY_BYTES_MIN = 40, /* shorter ones may well be the plain truth */
    PLACEHOLDERS_MIN = 3,
};

struct use {
    const struct field_def *field;
    const struct record *first;
    struct span first_span;
    size_t count;
};

static bool is_placeholder(str text)
{
    static const str word[] = {S_INIT("n/a"), S_INIT("na"),  S_INIT("tbd"),
                               S_INIT("tba"), S_INIT("tbc"), S_INIT("todo"),
                               S_INIT("xxx"), S_INIT("?"),   S_INIT("-")};
    char lower[8];
    if (text.n >= sizeof lower)
        return false;
    for (size_t i = 0; i < text.n; i++)
        lower[i] = ascii_lower(text.p[i]);
    for (size_t w = 0; w < COUNT_OF(word); w++)
        if (str_eq((str){lower, text.n}, word[w]))
            return true;
    return false;
}

static void count_text(struct checker *c, const struct record *r, const struct field_def *f,
                       const struct field_value *v)
{
    bool is_prose = f->kind == FIELD_TEXT || f->kind == FIELD_PROSE;
    str text = str_trim(v->text);
    if (!is_prose || v->state != FV_PRESENT || (text.n < COPY_BYTES_MIN && !is_placeholder(text)))
        return;
    str key = str_fmt(c->scratch, "%zu.%zu " STR_FMT, r->type->number,
                      (size_t)(f - r->type->fields), STR_ARG(text));
    struct use *use = map_find(&c->uses, key);
    if (use == NULL) {
        use = NEW(c->scratch, struct use);
        *use = (struct use){f, r, v->span, 0};
        map_put(&c->uses, key, use);
    }
    use->count++;
}

static void count_record(struct checker *c, const struct record *r)
{
    check_each_value(c, r, count_text);
}

void check_copies(struct checker *c)
{
    c->uses = map_in(c->scratch);
    check_each(c, count_record);
    for (size_t i = 0; i < c->uses.count; i++) {
        const struct use *use = c->uses.entries[i].value;
        str text;
        text = str_cut(c->uses.entries[i].key, ' ', &text);
        if (use->count < (is_placeholder(text) ? PLACEHOLDERS_MIN : COPIES_MIN))
            continue;
        str shown = text.n > 60 ? str_from_to(text, 0, 60) : text;
        check_report(c, CHECK_RULE_COPIED, use->first, use->first_span,
                     "'" STR_FMT "' stands %zu times in '" STR_FMT "'", STR_ARG(shown), use->count,
                     STR_ARG(use->field->key));
    }
}
