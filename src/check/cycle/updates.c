/* check/cycle/updates: whether what a change or an action announced has come. */
#include "check/cycle/updates.h"

static void report_version(struct checker *c, enum check_rule_id rule, const struct record *about,
                           const struct record *update, const struct update_view *v)
{
    str state = v->has.n == 0
                    ? S("no version is in force")
                    : str_fmt(c->scratch, "it is at version '" STR_FMT "'", STR_ARG(v->has));
    check_report(c, rule, about, update->span,
                 "'" STR_FMT "' was to reach version '" STR_FMT "' with '" STR_FMT
                 "', but " STR_FMT,
                 STR_ARG(v->what->id), STR_ARG(rec_text(update, UPDATE_VERSION)),
                 STR_ARG(about->id), STR_ARG(state));
}

static void check_update(struct checker *c, enum check_rule_id rule, const struct record *about,
                         const struct record *update, date since)
{
    struct update_view v = model_update(c->model, update, since);
    if (v.state != UPDATE_OPEN)
        return;
    if (v.by_version)
        report_version(c, rule, about, update, &v);
    else
        check_report(c, rule, about, update->span,
                     "'" STR_FMT "' was last looked at on " STR_FMT ", but '" STR_FMT
                     "' was to update it (" STR_FMT " or later)",
                     STR_ARG(v.what->id), STR_ARG(check_day_words(c, v.seen)), STR_ARG(about->id),
                     STR_ARG(check_day_words(c, v.due)));
}

void check_updates(struct checker *c, enum check_rule_id rule, const struct record *about,
                   enum field_id updates, date since)
{
    size_t count;
    const struct field_value *items = rec_items(about, updates, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *update = field_target(&items[i]);
        if (update != NULL)
            check_update(c, rule, about, update, since);
    }
}
