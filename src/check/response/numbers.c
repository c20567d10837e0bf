/* check/response/numbers: private telephone numbers that stand where others read them (BN6). */
#include "check/response/response_int.h"

#include "model/classes.h"

/* -- Numbers in texts ----------------------------------------------------------------------- */

/* Between two digits: "+44 (0)1632 960801", "0800/11-22.33". */
static size_t skip_marks(str text, size_t at)
{
    enum { MARKS_MAX = 2 };
    size_t to = at;
    while (to < text.n && to - at < MARKS_MAX &&
           str_find_char(S(" ()-./\n"), text.p[to], 0) != SIZE_MAX)
        to++;
    return to;
}

/* Before a number, what makes it part of something else: SUP-004, …/page/12345. */
static bool is_joined(char before)
{
    return ascii_is_alnum(before) || str_find_char(S("-_./=#&?%@"), before, 0) != SIZE_MAX;
}

bool number_next(str text, size_t *at, struct number *out)
{
    *out = (struct number){0};
    while (*at < text.n && !ascii_is_digit(text.p[*at]))
        ++*at;
    size_t from = *at, end = from;
    for (size_t i = from; i < text.n && ascii_is_digit(text.p[i]) && out->count < NUMBER_DIGITS_MAX;
         i = skip_marks(text, end)) {
        out->digits[out->count++] = text.p[i];
        end = i + 1;
    }
    out->is_international = from > 0 && text.p[from - 1] == '+';
    from -= out->is_international;
    out->is_apart = (from == 0 || !is_joined(text.p[from - 1])) &&
                    (end == text.n || !ascii_is_alnum(text.p[end]));
    out->off = from;
    out->len = end - from;
    *at = end;
    return out->count != 0;
}

/* -- What is private (BN6) ------------------------------------------------------------------ */

enum {
    KEY_DIGITS = 9, /* the last ones: with and without country code they are the same */
    KEY_DIGITS_MIN = 6,
};

struct hunt {
    struct checker *c;
    struct map owners;          /* last digits of a private number → whose it is */
    const struct record *whole; /* that is searched */
};

static void take_phone(struct hunt *h, const struct record *person, const struct record *phone)
{
    struct number number;
    str text = rec_bool(phone, PHONE_PRIVATE) ? rec_text(phone, PHONE_NUMBER) : S("");
    for (size_t at = 0; number_next(text, &at, &number);) {
        str digits = str_dup(h->c->scratch, (str){number.digits, number.count});
        if (digits.n > KEY_DIGITS)
            digits = str_skip(digits, digits.n - KEY_DIGITS);
        if (digits.n >= KEY_DIGITS_MIN)
            map_put(&h->owners, digits, (void *)person);
    }
}

static void take_people(struct hunt *h)
{
    const struct record_list *people = model_list(h->c->model, TYPE_PERSON);
    for (size_t i = 0; i < people->count; i++) {
        size_t count;
        const struct field_value *phones = rec_items(people->items[i], PERSON_PHONES, &count);
        for (size_t j = 0; j < count; j++)
            if (field_target(&phones[j]) != NULL)
                take_phone(h, people->items[i], phones[j].record);
    }
}

/* Numbers that follow each other read as one; so every place in it is tried. */
static const struct record *owner_of(const struct hunt *h, const struct number *number)
{
    const struct record *owner = NULL;
    for (size_t i = 0; owner == NULL && i + KEY_DIGITS <= number->count; i++)
        owner = map_find(&h->owners, (str){number->digits + i, KEY_DIGITS});
    if (number->count < KEY_DIGITS && number->count >= KEY_DIGITS_MIN)
        owner = map_find(&h->owners, (str){number->digits, number->count});
    return owner;
}

/* -- Where it must not stand ---------------------------------------------------------------- */

/* The number itself is not repeated, since findings are shown to others than its owner. No
 * waiver lets it stand: nothing is published before it is gone. */
static void report_number(struct hunt *h, const struct record *owner, struct span at)
{
    str id = h->whole->id.n != 0 ? h->whole->id : h->whole->type->key;
    diag(h->c->diags, CHECK_RULE(PRIVATE_NUMBER), at,
         "'" STR_FMT "' shows a number that '" STR_FMT "' keeps private", STR_ARG(id),
         STR_ARG(owner->id));
}

static void search_value(void *self, const struct field_value *v)
{
    struct hunt *h = self;
    struct number number;
    const struct record *owner = NULL;
    for (size_t at = 0; owner == NULL && number_next(v->text, &at, &number);)
        owner = owner_of(h, &number);
    if (owner != NULL)
        report_number(h, owner, v->span);
}

static void search_body(struct hunt *h, const struct document *document)
{
    struct number number;
    for (size_t at = 0; number_next(document->body, &at, &number);) {
        const struct record *owner = owner_of(h, &number);
        size_t off = document->body_off + number.off;
        struct span span = {h->whole->span.file, (uint32_t)off, (uint32_t)number.len};
        if (owner != NULL)
            report_number(h, owner, span);
    }
}

/* What is confidential is for those who may call these numbers, and where a number is
 * marked as private it is never published. */
static bool is_open(const struct record *r, size_t slot)
{
    bool is_private = r->type->number == TYPE_PHONE && rec_bool(r, PHONE_PRIVATE);
    return !is_private && class_of_field(r, slot) < CLASS_CONFIDENTIAL;
}

static void search_whole(struct hunt *h, const struct record *r)
{
    if (r->class_level >= CLASS_CONFIDENTIAL || r->class_level == CLASS_NONE)
        return;
    const struct text_walk walk = {h, is_open, search_value};
    h->whole = r;
    text_walk(&walk, r);
    if (r->document != NULL)
        search_body(h, r->document);
}

void check_numbers(struct checker *c)
{
    struct hunt h = {.c = c, .owners = map_in(c->scratch)};
    take_people(&h);
    if (h.owners.count == 0)
        return;
    search_whole(&h, c->model->workspace);
    for (size_t i = 0; i < c->model->all.count; i++)
        search_whole(&h, c->model->all.items[i]);
}
