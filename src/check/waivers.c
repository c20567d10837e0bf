/* check/waivers: findings that are accepted for a time (SY4). */
#include "check/check_int.h"

#include <stdarg.h>
#include <stdio.h>

static str key_of(struct arena *a, str rule, str id)
{
    return str_fmt(a, STR_FMT " " STR_FMT, STR_ARG(rule), STR_ARG(id));
}

void check_waivers(struct checker *c)
{
    const struct record_list *list = model_list(c->model, TYPE_WAIVER);
    c->waivers = map_in(c->scratch);
    for (size_t i = 0; i < list->count; i++) {
        const struct record *w = list->items[i];
        date expires = rec_date(w, WAIVER_EXPIRES);
        bool is_over =
            expires != DATE_NONE && c->model->as_of != DATE_NONE && expires < c->model->as_of;
        bool is_open = !str_eq(rec_text(w, COMMON_STATUS), S("closed")) &&
                       !str_eq(rec_text(w, COMMON_STATUS), S("withdrawn"));
        if (!is_open || expires == DATE_NONE || rec_ref(w, WAIVER_APPROVER) == NULL)
            continue;
        if (!is_over)
            map_put(&c->waivers,
                    key_of(c->scratch, rec_text(w, WAIVER_CHECK), rec_text(w, WAIVER_RECORD)),
                    (void *)w);
        else
            diag(c->diags, CHECK_RULE(WAIVER_EXPIRED), check_place(w, WAIVER_EXPIRES),
                 "the waiver of '" STR_FMT "' for '" STR_FMT "' ran out on " STR_FMT,
                 STR_ARG(rec_text(w, WAIVER_CHECK)), STR_ARG(rec_text(w, WAIVER_RECORD)),
                 STR_ARG(date_long(c->scratch, expires)));
    }
}

struct span check_place(const struct record *r, enum field_id field)
{
    const struct field_value *v = rec_value(r, field);
    return v->state != FV_ABSENT ? v->span : r->id_span;
}

static str text_of(struct arena *a, const char *format, va_list args)
{
    enum { MESSAGE_BYTES_MAX = 1024 };
    char text[MESSAGE_BYTES_MAX];
    vsnprintf(text, sizeof text, format, args);
    return str_dup(a, str_from(text));
}

/* What a draft may still be: nothing is worse than a warning. */
static enum severity milder(enum severity severity)
{
    return severity == SEVERITY_ERROR ? SEVERITY_WARNING : severity;
}

/* A waiver lets a finding stand until its day; it never hides one. */
static void report(struct checker *c, enum check_rule_id rule, enum severity severity,
                   const struct record *about, struct span at, str text)
{
    const struct record *w =
        map_find(&c->waivers, key_of(c->scratch, str_from(check_rule[rule].id), about->id));
    if (w == NULL) {
        diag_as(c->diags, &check_rule[rule], severity, at, STR_FMT, STR_ARG(text));
        return;
    }
    diag_as(c->diags, &check_rule[rule], SEVERITY_INFO, at,
            "waived until " STR_FMT " (" STR_FMT "): " STR_FMT,
            STR_ARG(date_long(c->scratch, rec_date(w, WAIVER_EXPIRES))), STR_ARG(w->id),
            STR_ARG(text));
    diag_hint(c->diags, "reason given: " STR_FMT,
              STR_ARG(diag_quote(str_trim(rec_text(w, WAIVER_REASON)))));
}

void check_report(struct checker *c, enum check_rule_id rule, const struct record *about,
                  struct span at, const char *format, ...)
{
    enum severity severity = check_rule[rule].severity;
    va_list args;
    va_start(args, format);
    report(c, rule, c->level == CONTROL_DRAFT ? milder(severity) : severity, about, at,
           text_of(c->scratch, format, args));
    va_end(args);
}

void check_warn(struct checker *c, enum check_rule_id rule, const struct record *about,
                struct span at, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    report(c, rule, milder(check_rule[rule].severity), about, at,
           text_of(c->scratch, format, args));
    va_end(args);
}
