/* check/cycle/updates: whether what a change or an action announced has come. */
#include "check/cycle/updates.h"

#include "model/impact.h"
#include "model/lifecycle.h"

str version_in_force(const struct record *document)
{
    const struct lifecycle *life = document->life;
    return life != NULL && life->in_force != NULL ? rec_text(life->in_force, APPROVAL_VERSION)
                                                  : S("");
}

/* What is withdrawn, superseded or closed needs no update any more. */
static bool is_over(const struct record *r)
{
    if (r->type->number == TYPE_DOCUMENT)
        return r->life == NULL || life_is_over(r->life);
    return !rec_is_live(r) && !str_eq(rec_status(r), S("planned"));
}

/* Editions of outside documents are not in the order of their names. */
static bool counts_versions(const struct record *r)
{
    size_t slot = type_field(r->type, S("version"));
    bool is_outside =
        r->type->number == TYPE_DOCUMENT && str_eq(rec_text(r, DOCUMENT_KIND), S("external"));
    return slot != SIZE_MAX && r->values[slot].state == FV_PRESENT && !is_outside;
}

/* "": none, or none that holds yet. */
static str version_of(const struct checker *c, const struct record *r)
{
    if (r->type->number == TYPE_DOCUMENT)
        return version_in_force(r);
    if (r->type->number == TYPE_BIA && !model_bia_is_approved(c->model, r))
        return S("");
    return r->values[type_field(r->type, S("version"))].text;
}

static date looked_at(const struct record *r)
{
    date reviewed = rec_date(r, COMMON_REVIEWED), created = rec_date(r, COMMON_CREATED);
    date day = reviewed != DATE_NONE && reviewed > created ? reviewed : created;
    if (r->type->number == TYPE_DOCUMENT && r->life->in_force != NULL) {
        date approved = rec_date(r->life->in_force, APPROVAL_DATE);
        return approved > day ? approved : day;
    }
    return day;
}

static void check_version(struct checker *c, enum check_rule_id rule, const struct record *about,
                          const struct record *update)
{
    const struct record *what = rec_ref(update, UPDATE_WHAT);
    str wanted = rec_text(update, UPDATE_VERSION), has = version_of(c, what);
    if (has.n != 0 && str_cmp_natural(has, wanted) >= 0)
        return;
    str state = has.n == 0 ? S("no version is in force")
                           : str_fmt(c->scratch, "it is at version '" STR_FMT "'", STR_ARG(has));
    check_report(c, rule, about, update->span,
                 "'" STR_FMT "' was to reach version '" STR_FMT "' with '" STR_FMT
                 "', but " STR_FMT,
                 STR_ARG(what->id), STR_ARG(wanted), STR_ARG(about->id), STR_ARG(state));
}

/* Records without versions have the month of their update instead: "2026-05". */
static date month_named(const struct checker *c, str version)
{
    date first;
    str month = str_from_to(version, 0, version.n < 7 ? version.n : 7);
    return date_parse(str_fmt(c->scratch, STR_FMT "-01", STR_ARG(month)), &first) ? first
                                                                                  : DATE_NONE;
}

static void check_update(struct checker *c, enum check_rule_id rule, const struct record *about,
                         const struct record *update, date since)
{
    const struct record *what = rec_ref(update, UPDATE_WHAT);
    date month = month_named(c, rec_text(update, UPDATE_VERSION));
    if (what == NULL || is_over(what))
        return;
    if (counts_versions(what) && rec_has(update, UPDATE_VERSION)) {
        check_version(c, rule, about, update);
        return;
    }
    date day = looked_at(what), due = month != DATE_NONE ? month : since;
    if (day == DATE_NONE || day >= due)
        return;
    check_report(c, rule, about, update->span,
                 "'" STR_FMT "' was last reviewed on " STR_FMT ", but '" STR_FMT
                 "' was to update it (" STR_FMT " or later)",
                 STR_ARG(what->id), STR_ARG(check_day_words(c, day)), STR_ARG(about->id),
                 STR_ARG(check_day_words(c, due)));
}

void check_updates(struct checker *c, enum check_rule_id rule, const struct record *about,
                   enum field_id updates, date since)
{
    size_t count;
    const struct field_value *items = rec_items(about, updates, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *update = check_part(&items[i]);
        if (update != NULL)
            check_update(c, rule, about, update, since);
    }
}
