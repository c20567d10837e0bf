/* model/evidence: what shows that the system does what each clause asks for. */
#include "model/evidence.h"

#include <assert.h>

/* -- Selectors ----------------------------------------------------------------------------- */

static struct selector selector_read(const struct schema *s, str text)
{
    str type, field, word = str_cut(str_cut(text, '.', &type), '=', &field);
    struct selector out = {schema_type(s, type), SIZE_MAX, word};
    assert(out.type != NULL && !out.type->is_part);
    if (field.n != 0) {
        out.slot = type_field(out.type, field);
        assert(out.slot != SIZE_MAX);
    }
    return out;
}

size_t selectors_read(const struct schema *s, str text, struct selector *out)
{
    size_t count = 0;
    for (str one, rest = text; rest.n != 0; count++) {
        assert(count < SELECTORS_MAX);
        rest = str_cut(rest, '|', &one);
        out[count] = selector_read(s, one);
    }
    return count;
}

bool selector_takes(const struct selector *s, const struct record *r)
{
    if (r->type != s->type)
        return false;
    if (s->slot == SIZE_MAX)
        return true;
    const struct field_value *v = &r->values[s->slot];
    return v->state == FV_PRESENT && (s->word.n == 0 || str_eq(v->text, s->word));
}

str selector_words(struct arena *a, const struct selector *s)
{
    str name = text_inside_sentence(a, s->type->singular);
    if (s->slot == SIZE_MAX)
        return name;
    str heading = str_lower(a, s->type->fields[s->slot].heading);
    if (s->word.n == 0)
        return str_fmt(a, STR_FMT " with '" STR_FMT "'", STR_ARG(name), STR_ARG(heading));
    return str_fmt(a, STR_FMT " (" STR_FMT ": " STR_FMT ")", STR_ARG(name), STR_ARG(heading),
                   STR_ARG(text_of_word(a, s->word)));
}

/* -- Proof --------------------------------------------------------------------------------- */

struct standing evidence_standing(const struct model *m, const struct record *r)
{
    return m->evidence->standings[r->type->number][r->number];
}

static void add_proof(struct evidence_fact *fact, const struct model *m, const struct record *r)
{
    struct standing standing = evidence_standing(m, r);
    if (!standing.counts)
        return;
    fact->count++;
    if (standing.day != DATE_NONE && (fact->newest == NULL || standing.day > fact->day)) {
        fact->newest = r;
        fact->day = standing.day;
    }
}

static bool is_taken(const struct selector *s, size_t count, const struct record *r)
{
    for (size_t i = 0; i < count; i++)
        if (selector_takes(&s[i], r))
            return true;
    return false;
}

struct evidence_fact evidence_fact(const struct model *m, str selectors)
{
    struct selector s[SELECTORS_MAX];
    size_t count = selectors_read(m->schema, selectors, s);
    struct evidence_fact fact = {.day = DATE_NONE};
    for (size_t i = 0; i < count; i++) {
        const struct record_list *list = &m->by_type[s[i].type->number];
        for (size_t j = 0; j < list->count; j++) /* each record for the first that takes it */
            if (selector_takes(&s[i], list->items[j]) && !is_taken(s, i, list->items[j]))
                add_proof(&fact, m, list->items[j]);
    }
    return fact;
}
