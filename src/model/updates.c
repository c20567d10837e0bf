/* model/updates: whether what a change or an action announced has come. */
#include "model/updates.h"

#include <string.h>

#include "model/impact.h"
#include "model/lifecycle.h"

str version_in_force(const struct record *document)
{
    const struct lifecycle *life = document->life;
    return life != NULL && life->in_force != NULL ? rec_text(life->in_force, APPROVAL_VERSION)
                                                  : S("");
}

/* What is withdrawn, superseded or closed needs no update any more; of what is of a later day
 * nobody knows what it was before. */
static bool is_over(const struct record *r)
{
    if (r->type->number == TYPE_DOCUMENT)
        return r->life == NULL || life_is_over(r->life) || r->is_later;
    if (r->type->number == TYPE_BIA && rec_is_unknown(r, BIA_APPROVED_ON))
        return true;
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
static str version_of(const struct model *m, const struct record *r)
{
    if (r->type->number == TYPE_DOCUMENT)
        return version_in_force(r);
    if (r->type->number == TYPE_BIA && !model_bia_is_approved(m, r))
        return S("");
    return r->values[type_field(r->type, S("version"))].text;
}

static date looked_at(const struct record *r)
{
    date day = rec_last_look(r, COMMON_CREATED);
    if (r->type->number == TYPE_DOCUMENT && r->life->in_force != NULL) {
        date approved = rec_date(r->life->in_force, APPROVAL_DATE);
        return approved > day ? approved : day;
    }
    return day;
}

date update_month(str version)
{
    enum { MONTH_BYTES = 7 };
    char day[MONTH_BYTES + 3];
    date first;
    if (version.n < MONTH_BYTES)
        return DATE_NONE;
    memcpy(day, version.p, MONTH_BYTES);
    memcpy(day + MONTH_BYTES, "-01", 3);
    return date_parse((str){day, sizeof day}, &first) ? first : DATE_NONE;
}

bool revision_was_due(const struct record *document, const struct record *row,
                      const struct record *before)
{
    enum { EARLY_DAYS = 31 };
    duration cycle = rec_duration(document, DOCUMENT_REVIEW_CYCLE);
    date from = rec_date(before, REVISION_DATE), to = rec_date(row, REVISION_DATE);
    return cycle != DURATION_NONE && from != DATE_NONE && to != DATE_NONE &&
           to + EARLY_DAYS >= from + cycle / MINUTES_PER_DAY;
}

struct update_view model_update(const struct model *m, const struct record *update, date since)
{
    struct update_view v = {.what = rec_ref(update, UPDATE_WHAT), .seen = DATE_NONE};
    str wanted = rec_text(update, UPDATE_VERSION);
    date month = update_month(wanted);
    if (v.what == NULL) {
        v.state = UPDATE_UNKNOWN;
        return v;
    }
    v.seen = v.what->type->number != TYPE_DOCUMENT || v.what->life != NULL ? looked_at(v.what)
                                                                           : DATE_NONE;
    if (is_over(v.what)) {
        v.state = UPDATE_NOT_NEEDED;
    } else if (counts_versions(v.what) && wanted.n != 0) {
        v.by_version = true;
        v.has = version_of(m, v.what);
        v.state = v.has.n != 0 && str_cmp_natural(v.has, wanted) >= 0 ? UPDATE_COME : UPDATE_OPEN;
    } else {
        v.due = month != DATE_NONE ? month : since;
        v.state = v.seen == DATE_NONE ? UPDATE_UNKNOWN
                  : v.seen >= v.due   ? UPDATE_COME
                                      : UPDATE_OPEN;
    }
    return v;
}
