/* check/waivers: how findings are reported, and which are accepted for a time (SY4, X14). */
#include "check/check_int.h"

#include <stdarg.h>
#include <stdio.h>

static str key_of(struct arena *a, str rule, str id)
{
    return str_fmt(a, STR_FMT " " STR_FMT, STR_ARG(rule), STR_ARG(id));
}

/* -- What the house has accepted or set ---------------------------------------------------- */

static bool names_check(struct checker *c, const struct record *r, enum field_id field)
{
    str id = rec_text(r, field);
    const struct rule *rule = check_find(id);
    if (rule == NULL && id.n != 0) {
        diag(c->diags, CHECK_RULE(CHECK_UNKNOWN), check_place(r, field),
             "there is no check '" STR_FMT "'", STR_ARG(diag_quote(id)));
    } else if (rule != NULL && check_is_fault(rule)) {
        diag(c->diags, CHECK_RULE(CHECK_UNKNOWN), check_place(r, field),
             "the check '" STR_FMT "' can neither be waived nor set", STR_ARG(id));
        diag_hint(c->diags, "mend what it finds");
    }
    return rule != NULL && !check_is_fault(rule);
}

static bool is_open(const struct record *w)
{
    return !str_eq(rec_status(w), S("closed")) && rec_counts(w) &&
           rec_date(w, WAIVER_EXPIRES) != DATE_NONE && rec_ref(w, WAIVER_APPROVER) != NULL;
}

static bool is_expired(const struct checker *c, const struct record *w)
{
    return check_is_past(c, rec_date(w, WAIVER_EXPIRES));
}

static void take_waiver(struct checker *c, const struct record *w)
{
    if (names_check(c, w, WAIVER_CHECK) && is_open(w))
        map_put(is_expired(c, w) ? &c->expired : &c->waivers,
                key_of(c->model->arena, rec_text(w, WAIVER_CHECK), rec_text(w, WAIVER_RECORD)),
                (void *)w);
}

/* Of those whose gap is still there and has no other waiver. Found among the results, so that
 * all rules must have run. */
void check_expired(struct checker *c)
{
    struct map told = map_in(c->scratch);
    for (size_t i = 0, found = c->results->count; i < found; i++) {
        const struct check_result *r = c->results->items[i];
        str key = key_of(c->scratch, str_from(r->rule->id), r->about->id);
        const struct record *w = map_find(&c->expired, key);
        if (w == NULL || r->waiver != NULL || map_put(&told, key, (void *)w) != NULL)
            continue;
        check_report(c, CHECK_RULE_WAIVER_EXPIRED, w, check_place(w, WAIVER_EXPIRES),
                     "the waiver of '" STR_FMT "' for '" STR_FMT "' ran out on " STR_FMT,
                     STR_ARG(rec_text(w, WAIVER_CHECK)), STR_ARG(rec_text(w, WAIVER_RECORD)),
                     STR_ARG(check_day_words(c, rec_date(w, WAIVER_EXPIRES))));
        diag_related(c->diags, r->at, "what it accepted is still there");
    }
}

static void take_settings(struct checker *c)
{
    size_t count;
    const struct field_value *items = rec_items(c->model->workspace, WORKSPACE_CHECKS, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *setting = field_target(&items[i]);
        if (setting != NULL && names_check(c, setting, CHECK_SETTING_CHECK) &&
            rec_has(setting, CHECK_SETTING_SEVERITY))
            map_put(&c->results->settings, rec_text(setting, CHECK_SETTING_CHECK), (void *)setting);
    }
}

void check_waivers(struct checker *c)
{
    const struct record_list *list = model_list(c->model, TYPE_WAIVER);
    c->waivers = map_in(c->model->arena);
    c->expired = map_in(c->model->arena);
    c->results->settings = map_in(c->model->arena);
    for (size_t i = 0; i < list->count; i++)
        take_waiver(c, list->items[i]);
    take_settings(c);
}

/* -- Reporting ------------------------------------------------------------------------------ */

struct span check_place(const struct record *r, enum field_id field)
{
    const struct field_value *v = rec_value(r, field);
    if (v->state != FV_ABSENT)
        return v->span;
    return r->whole != NULL ? r->span : r->id_span;
}

/* Nobody reads more; what is cut off is cut off behind a whole letter. */
static str text_of(struct arena *a, const char *format, va_list args)
{
    enum { MESSAGE_BYTES_MAX = 1024 };
    char text[MESSAGE_BYTES_MAX];
    if ((size_t)vsnprintf(text, sizeof text, format, args) < sizeof text)
        return str_dup(a, str_from(text));
    str kept = str_from(text);
    size_t half_letter = utf8_invalid_at(kept);
    kept.n = half_letter < kept.n ? half_letter : kept.n;
    return str_fmt(a, STR_FMT "…", STR_ARG(kept));
}

/* What a draft may still be: nothing is worse than a warning. */
static enum severity milder(enum severity severity)
{
    return severity == SEVERITY_ERROR ? SEVERITY_WARNING : severity;
}

/* The house may set how bad a finding is, but not what may be issued. */
static enum severity severity_of(const struct checker *c, enum check_rule_id rule)
{
    const struct map *settings = c->results != NULL ? &c->results->settings : NULL;
    const struct record *setting =
        settings != NULL ? map_find(settings, str_from(check_rule[rule].id)) : NULL;
    if (setting == NULL || c->level == CONTROL_ISSUE)
        return check_rule[rule].severity;
    return (enum severity)rec_value(setting, CHECK_SETTING_SEVERITY)->number;
}

static str place_of(struct checker *c, struct span at)
{
    str path = diags_source_path(c->diags, at.file);
    if (path.n == 0)
        return S("");
    return str_fmt(c->model->arena, STR_FMT ":%u", STR_ARG(path), diags_line_number(c->diags, at));
}

static void keep(struct checker *c, const struct check_result *result)
{
    struct check_results *all = c->results;
    struct arena *a = c->model->arena;
    if (all == NULL)
        return;
    struct check_result *kept = NEW(a, struct check_result);
    *kept = *result;
    kept->text = str_dup(a, result->text);
    kept->place = place_of(c, result->at);
    kept->number = diags_kept(c->diags); /* of its diagnostic, until check_settle */
    PUSH(a, all->items, all->count, all->cap, struct check_result *) = kept;
}

/* A waiver lets a finding stand until its day; it never hides one. */
static void report(struct checker *c, const struct check_result *found, enum severity shown)
{
    const struct record *w = found->waiver;
    keep(c, found);
    if (w == NULL) {
        diag_as(c->diags, found->rule, shown, found->at, STR_FMT, STR_ARG(found->text));
        return;
    }
    diag_as(c->diags, found->rule, SEVERITY_INFO, found->at,
            "waived until " STR_FMT " (" STR_FMT "): " STR_FMT,
            STR_ARG(check_day_words(c, rec_date(w, WAIVER_EXPIRES))), STR_ARG(w->id),
            STR_ARG(found->text));
    diag_related(c->diags, check_place(w, WAIVER_REASON), "reason given: " STR_FMT,
                 STR_ARG(diag_quote(str_trim(rec_text(w, WAIVER_REASON)))));
}

static const struct record *owner_of(const struct record *r)
{
    return schema_has(r->type, COMMON_OWNER) ? rec_ref(r, COMMON_OWNER) : NULL;
}

static const struct record *whole_of(const struct record *r)
{
    while (r->whole != NULL)
        r = r->whole;
    return r;
}

static struct check_result result_of(struct checker *c, enum check_rule_id rule,
                                     const struct record *about, struct span at, const char *format,
                                     va_list args)
{
    const struct record *whole = whole_of(about);
    str key = key_of(c->scratch, str_from(check_rule[rule].id), whole->id);
    return (struct check_result){.rule = &check_rule[rule],
                                 .family = check_family_of(&check_rule[rule]),
                                 .severity = severity_of(c, rule),
                                 .about = whole,
                                 .owner = owner_of(whole),
                                 .waiver = map_find(&c->waivers, key),
                                 .at = at,
                                 .text = text_of(c->scratch, format, args)};
}

/* Says how many were not told. */
static void end_flood(struct checker *c)
{
    struct check_flood *f = &c->flood;
    struct check_result rest = f->last;
    if (f->count > f->told) {
        rest.at = rest.about->id_span;
        rest.text = str_fmt(c->scratch, "%zu more of this kind are found about '" STR_FMT "'",
                            f->count - f->told, STR_ARG(rest.about->id));
        report(c, &rest, f->shown);
    }
    f->count = f->told = 0;
}

static bool is_flood(struct checker *c, enum check_rule_id rule, const struct record *about)
{
    struct check_flood *f = &c->flood;
    if (f->count != 0 && (f->last.rule != &check_rule[rule] || f->last.about != whole_of(about)))
        end_flood(c);
    bool is_told = f->told < CHECK_FLOOD_LEAST ||
                   (f->told < CHECK_FLOOD && f->told_in_all < CHECK_FLOOD_IN_ALL);
    f->count++;
    f->told += is_told;
    f->told_in_all += is_told && f->told > CHECK_FLOOD_LEAST;
    if (!is_told)
        diag_drop(c->diags);
    return !is_told;
}

static void report_one(struct checker *c, const struct check_result *found, enum severity shown)
{
    c->flood.last = *found;
    c->flood.shown = shown;
    report(c, found, shown);
}

void check_report(struct checker *c, enum check_rule_id rule, const struct record *about,
                  struct span at, const char *format, ...)
{
    if (is_flood(c, rule, about))
        return;
    va_list args;
    va_start(args, format);
    struct check_result found = result_of(c, rule, about, at, format, args);
    va_end(args);
    report_one(c, &found, c->level == CONTROL_DRAFT ? milder(found.severity) : found.severity);
}

void check_warn(struct checker *c, enum check_rule_id rule, const struct record *about,
                struct span at, const char *format, ...)
{
    if (is_flood(c, rule, about))
        return;
    va_list args;
    va_start(args, format);
    struct check_result found = result_of(c, rule, about, at, format, args);
    va_end(args);
    found.severity = milder(found.severity);
    report_one(c, &found, found.severity);
}

void check_family_done(struct checker *c)
{
    end_flood(c);
    arena_reset(c->scratch);
}
