/* check/cycle/people: who holds the roles, and who stands in (GV8-GV11). */
#include "check/check_int.h"

#include "model/limits.h"

/* -- Every role is held (GV8, GV11) ----------------------------------------------------------- */

static void check_holder(struct checker *c, const struct record *r)
{
    const struct record *holder = rec_ref_to(r, ROLE_HOLDER, TYPE_PERSON);
    if (rec_lacks(r, ROLE_HOLDER))
        check_report(c, CHECK_RULE_VACANT, r, r->id_span, "nobody holds the role '" STR_FMT "'",
                     STR_ARG(r->id));
    if (holder == NULL || check_is_here(c, holder))
        return;
    date left = rec_date(holder, PERSON_LEAVES_ON);
    bool is_past = check_is_past(c, left);
    check_report(c, CHECK_RULE_VACANT, r, check_place(r, ROLE_HOLDER),
                 "the role '" STR_FMT "' is vacant: '" STR_FMT "' %s" STR_FMT, STR_ARG(r->id),
                 STR_ARG(holder->id), is_past ? "left on " : "is not in service, but ",
                 STR_ARG(is_past ? check_day_words(c, left) : rec_status(holder)));
}

/* A successor needs as long to be trained as a new holder is given. */
static date soon_days(const struct checker *c)
{
    return (date)model_limit(c->model, LIMITS_NEW_HOLDER_DAYS);
}

static void check_leaving(struct checker *c, const struct record *r)
{
    const struct record *holder = rec_ref_to(r, ROLE_HOLDER, TYPE_PERSON);
    date leaves = holder ? rec_date(holder, PERSON_LEAVES_ON) : DATE_NONE;
    date review = rec_date(r, COMMON_NEXT_REVIEW);
    if (leaves == DATE_NONE || !check_is_here(c, holder))
        return;
    if (rec_lacks(r, COMMON_NEXT_REVIEW) && leaves <= c->model->as_of + soon_days(c))
        check_report(c, CHECK_RULE_LEAVING, r, check_place(r, ROLE_HOLDER),
                     "'" STR_FMT "', who holds the role '" STR_FMT "', leaves on " STR_FMT
                     ", and the role is not to be reviewed before",
                     STR_ARG(holder->id), STR_ARG(r->id), STR_ARG(check_day_words(c, leaves)));
    if (review == DATE_NONE || leaves >= review)
        return;
    check_report(c, CHECK_RULE_LEAVING, r, check_place(r, ROLE_HOLDER),
                 "'" STR_FMT "', who holds the role '" STR_FMT "', leaves on " STR_FMT
                 ", before its next review on " STR_FMT,
                 STR_ARG(holder->id), STR_ARG(r->id), STR_ARG(check_day_words(c, leaves)),
                 STR_ARG(check_day_words(c, review)));
}

/* -- Somebody else stands in (GV9, GV10) ------------------------------------------------------ */

static void check_deputies(struct checker *c, const struct record *r)
{
    const struct record *holder = rec_ref_to(r, ROLE_HOLDER, TYPE_PERSON);
    size_t count, here = 0;
    const struct field_value *deputies = rec_items(r, ROLE_DEPUTIES, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *deputy = field_target_of(&deputies[i], TYPE_PERSON);
        here += deputy != NULL && check_is_here(c, deputy);
        if (deputy != NULL && deputy == holder)
            check_report(c, CHECK_RULE_TWO_SEATS, r, deputies[i].span,
                         "'" STR_FMT "' holds the role '" STR_FMT "' and is its deputy, too",
                         STR_ARG(deputy->id), STR_ARG(r->id));
    }
    if (here == 0 && str_eq(rec_text(r, ROLE_KIND), S("crisis")))
        check_report(c, CHECK_RULE_NO_DEPUTY, r, check_place(r, ROLE_DEPUTIES),
                     "the crisis role '" STR_FMT "' has no deputy%s", STR_ARG(r->id),
                     count ? " who is still here" : "");
}

/* The seats of one team. */
struct seats {
    struct map taken;        /* person → the crisis role held */
    struct check_notes told; /* of a role, the other one it was reported with, for any team */
};

static void take_seat(struct checker *c, struct seats *seats, const struct record *role)
{
    bool is_crisis = role && rec_is_live(role) && str_eq(rec_text(role, ROLE_KIND), S("crisis"));
    const struct record *holder = is_crisis ? rec_ref_to(role, ROLE_HOLDER, TYPE_PERSON) : NULL;
    if (holder == NULL)
        return;
    const struct record *other = map_put(&seats->taken, holder->id, (void *)role);
    if (other == NULL || other == role)
        return;
    if (*check_note(seats->told, role) == other || *check_note(seats->told, other) == role)
        return;
    *check_note(seats->told, role) = other;
    check_report(c, CHECK_RULE_TWO_SEATS, role, check_place(role, ROLE_HOLDER),
                 "'" STR_FMT "' holds two crisis roles of one team, '" STR_FMT "' and '" STR_FMT
                 "'",
                 STR_ARG(holder->id), STR_ARG(other->id), STR_ARG(role->id));
    diag_related(c->diags, check_place(other, ROLE_HOLDER), "the other role is here");
}

static void check_team(struct checker *c, struct check_notes told, const struct record *team)
{
    struct seats seats = {map_in(c->scratch), told};
    size_t count;
    const struct field_value *members = rec_items(team, TEAM_MEMBERS, &count);
    take_seat(c, &seats, rec_ref_to(team, TEAM_LEAD, TYPE_ROLE));
    for (size_t i = 0; i < count; i++)
        take_seat(c, &seats, field_target_of(&members[i], TYPE_ROLE));
}

static void check_role(struct checker *c, const struct record *r)
{
    check_holder(c, r);
    check_deputies(c, r);
    check_leaving(c, r);
}

void check_people(struct checker *c)
{
    const struct record_list *teams = model_list(c->model, TYPE_TEAM);
    struct check_notes told = check_notes_new(c);
    check_each_live(c, TYPE_ROLE, check_role);
    for (size_t i = 0; i < teams->count; i++)
        if (rec_is_live(teams->items[i]))
            check_team(c, told, teams->items[i]);
}
