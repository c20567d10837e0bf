/* check/fields: unknown, missing and unreadable fields (X5, X8, X9, X13). */
#include "check/check_int.h"

static str nearest_field(const struct type_def *t, str key)
{
    size_t best = key.n / 3 + 1;
    str nearest = S("");
    for (size_t i = 0; i < t->field_count; i++) {
        size_t distance = str_distance(key, t->fields[i].key, best);
        if (distance <= best && (nearest.n == 0 || distance < best)) {
            best = distance;
            nearest = t->fields[i].key;
        }
    }
    return nearest;
}

static void report_derived(struct checker *c, const struct record *r, const struct unknown_field *u)
{
    diag(c->diags, CHECK_RULE(DERIVED), u->span, "'" STR_FMT "' of a " STR_FMT " is derived",
         STR_ARG(u->key), STR_ARG(r->type->key));
    if (r->type->number == TYPE_DOCUMENT)
        diag_hint(c->diags,
                  "remove it; record the approval instead: continuo approve " STR_FMT " --as ROLE",
                  STR_ARG(r->id.n ? r->id : S("CODE")));
}

static void report_unknown(struct checker *c, const struct record *r)
{
    for (size_t i = 0; i < r->unknown_count; i++) {
        str key = r->unknown[i].key, nearest = nearest_field(r->type, key);
        if (type_field(r->type, key) != SIZE_MAX) {
            report_derived(c, r, &r->unknown[i]);
            continue;
        }
        diag(c->diags, CHECK_RULE(UNKNOWN_FIELD), r->unknown[i].span,
             "'" STR_FMT "' has no field '" STR_FMT "'", STR_ARG(r->type->key), STR_ARG(key));
        if (nearest.n != 0)
            diag_hint(c->diags, "did you mean '" STR_FMT "'?", STR_ARG(nearest));
    }
}

static const char *expectation(const struct field_def *f)
{
    switch (f->kind) {
    case FIELD_DATE:
        return "write it as 2026-06-30";
    case FIELD_MOMENT:
        return "write it as 2026-06-30 14:05";
    case FIELD_DURATION:
        return "write it as 15m, 4h, 2d, 1w, or parts of them: 1d 12h";
    case FIELD_BOOL:
        return "write yes or no";
    case FIELD_NUMBER:
        return "write digits with at most one point: 97.5";
    case FIELD_TEXT:
    case FIELD_CODE:
        return "write it on one line";
    case FIELD_PART:
        return "write it as a map of fields";
    default:
        return "write one value";
    }
}

static void hint_missing(struct checker *c, const struct field_def *f)
{
    if (f->kind == FIELD_ENUM)
        diag_hint(c->diags, "add '" STR_FMT ":' with one of: " STR_FMT, STR_ARG(f->key),
                  STR_ARG(str_join(c->scratch, f->words, f->word_count, S(", "))));
    else if (f->kind == FIELD_REF)
        diag_hint(c->diags, "add '" STR_FMT ":' with the id of a %s", STR_ARG(f->key),
                  f->target_count ? str_c(c->scratch, f->arg) : "record");
    else
        diag_hint(c->diags, "add '" STR_FMT ":'; %s", STR_ARG(f->key), expectation(f));
}

static void report_missing(struct checker *c, const struct record *r)
{
    for (size_t i = 0; i < r->type->field_count; i++) {
        const struct field_def *f = &r->type->fields[i];
        if (f->need != FIELD_MUST || r->values[i].state != FV_ABSENT || r == c->model->workspace)
            continue;
        diag(c->diags, CHECK_RULE(MISSING_FIELD), r->id.n ? r->id_span : r->span,
             "'" STR_FMT "' needs the field '" STR_FMT "'", STR_ARG(r->id.n ? r->id : r->type->key),
             STR_ARG(f->key));
        hint_missing(c, f);
    }
}

static str nearest_word(const struct field_def *f, str text)
{
    for (size_t i = 0; i < f->word_count; i++)
        if (str_distance(text, f->words[i], 2) <= 2)
            return f->words[i];
    return S("");
}

static void hint_words(struct checker *c, const struct field_def *f, str text)
{
    str words = str_join(c->scratch, f->words, f->word_count, S(", ")),
        near = nearest_word(f, text);
    if (near.n != 0)
        diag_hint(c->diags, "did you mean '" STR_FMT "'? known: " STR_FMT, STR_ARG(near),
                  STR_ARG(words));
    else
        diag_hint(c->diags, "use one of: " STR_FMT, STR_ARG(words));
}

static void report_broken(struct checker *c, const struct record *r, const struct field_def *f,
                          const struct field_value *v)
{
    (void)r;
    if (v->state != FV_BROKEN)
        return;
    str shown = v->text.n > 80 ? str_from_to(v->text, 0, 80) : v->text;
    diag(c->diags, CHECK_RULE(UNREADABLE), v->span,
         "'" STR_FMT "' cannot be read as %s for '" STR_FMT "'", STR_ARG(shown),
         field_kind_name(f->kind), STR_ARG(f->key));
    if (f->kind == FIELD_ENUM)
        hint_words(c, f, v->text);
    else if (f->kind == FIELD_INT && f->int_min != f->int_max)
        diag_hint(c->diags, "write a whole number from %lld to %lld", f->int_min, f->int_max);
    else
        diag_hint(c->diags, "%s", f->kind == FIELD_INT ? "write a whole number" : expectation(f));
}

static void check_record(struct checker *c, const struct record *r)
{
    report_unknown(c, r);
    report_missing(c, r);
    check_each_value(c, r, report_broken);
}

void check_fields(struct checker *c)
{
    check_each(c, check_record);
}
