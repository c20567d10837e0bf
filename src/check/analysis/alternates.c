/* check/analysis/alternates: whether what stands in is there when it is needed (DP8-DP11). */
#include "check/check_int.h"

#include "model/learning.h"
#include "model/seats.h"

/* -- Seats (DP8) ------------------------------------------------------------------------------ */

static void check_seats(struct checker *c, const struct record *site)
{
    struct seats s = model_seats(c->scratch, c->model, &site, 1);
    size_t i = 0;
    while (i < s.count && s.steps[i].seats <= s.room)
        i++;
    if (i == s.count)
        return;
    str room = s.alternates == 0 ? S("no alternate site is recorded")
                                 : str_fmt(c->scratch, "its alternates have %lld%s", s.room,
                                           s.unmeasured ? " as far as recorded" : "");
    check_report(c, CHECK_RULE_SEATS_SHORT, site, check_place(site, SITE_ALTERNATES),
                 "when '" STR_FMT "' is lost, %s%lld seats are needed after " STR_FMT "; " STR_FMT,
                 STR_ARG(site->id), s.unknown ? "at least " : "", s.steps[i].seats,
                 STR_ARG(check_time_words(c, s.steps[i].after)), STR_ARG(room));
}

/* -- One alternate for two plans (DP9) -------------------------------------------------------- */

/* What stands in for something and can be in one place only. Seats of a site are counted (DP8). */
static bool is_spare(const struct record *r)
{
    static const str kind[] = {S_INIT("people"), S_INIT("building"), S_INIT("equipment"),
                               S_INIT("transport")};
    bool stands_in = false, is_thing = false;
    for (size_t i = 0; i < r->back_count; i++)
        stands_in |= str_eq(r->back[i].field->key, S("alternates"));
    for (size_t i = 0; i < sizeof kind / sizeof *kind; i++)
        is_thing |= str_eq(rec_text(r, RESOURCE_KIND), kind[i]);
    return stands_in && is_thing && !rec_has(r, RESOURCE_ORDER_OF_USE);
}

/* What counts on one resource while the first plan is compared with the others. */
struct claims {
    struct checker *c;
    const struct record *resource;
    struct map scenarios; /* id → the first plan in it that counts on the resource */
};

/* False once a second plan of one scenario is found: one is enough. */
static bool claim(struct claims *k, const struct record *plan)
{
    for (size_t i = 0; i < plan->back_count; i++) {
        const struct record *scenario = check_link(&plan->back[i], SCENARIO_PLANS);
        if (scenario == NULL || !rec_is_live(scenario))
            continue;
        const struct record *first = map_put(&k->scenarios, scenario->id, (void *)plan);
        if (first == NULL || first == plan)
            continue;
        check_report(k->c, CHECK_RULE_CLAIMED_TWICE, k->resource, k->resource->id_span,
                     "'" STR_FMT "' and '" STR_FMT "' both count on '" STR_FMT
                     "' in the scenario '" STR_FMT "'",
                     STR_ARG(first->id), STR_ARG(plan->id), STR_ARG(k->resource->id),
                     STR_ARG(scenario->id));
        return false;
    }
    return true;
}

/* Every live plan whose scope names what the strategy is for. */
static bool claim_for(struct claims *k, const struct record *strategy)
{
    size_t count;
    const struct field_value *v = rec_items(strategy, STRATEGY_FOR, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *for_what = v[i].state == FV_PRESENT ? v[i].record : NULL;
        for (size_t b = 0; for_what != NULL && b < for_what->back_count; b++) {
            const struct record *plan = check_link(&for_what->back[b], PLAN_SCOPE);
            if (plan != NULL && rec_is_live(plan) && !claim(k, plan))
                return false;
        }
    }
    return true;
}

static bool is_solution(const struct record *s)
{
    return rec_is_live(s) && str_eq(rec_text(s, STRATEGY_DECISION), S("selected")) &&
           str_eq(rec_text(s, STRATEGY_PHASE), S("during"));
}

static void check_claims(struct checker *c, const struct record *resource)
{
    struct claims k = {c, resource, map_in(c->scratch)};
    for (size_t i = 0; is_spare(resource) && i < resource->back_count; i++) {
        const struct record *s = check_link(&resource->back[i], STRATEGY_RESOURCES);
        if (s != NULL && is_solution(s) && !claim_for(&k, s))
            return;
    }
}

/* -- Alternates that fall together (DP10) ----------------------------------------------------- */

static str shared_hazard(const struct checker *c, const struct record *site,
                         const struct record *other)
{
    size_t count, other_count;
    const struct field_value *v = rec_items(site, SITE_HAZARDS, &count);
    const struct field_value *o = rec_items(other, SITE_HAZARDS, &other_count);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < other_count; k++)
            if (v[i].state == FV_PRESENT && o[k].state == FV_PRESENT &&
                str_eq(str_lower(c->scratch, v[i].text), str_lower(c->scratch, o[k].text)))
                return v[i].text;
    return S("");
}

static const struct record *site_of(const struct record *r)
{
    if (r->type->number == TYPE_SITE)
        return r;
    return r->type->number == TYPE_RESOURCE ? check_ref(r, RESOURCE_LOCATION, TYPE_SITE) : NULL;
}

/* Each stands in for the other: that is one pair, told of the first. */
static bool is_told(const struct record *r, const struct record *alternate, enum field_id field)
{
    size_t count;
    if (alternate->type != r->type || alternate->number > r->number)
        return false;
    const struct field_value *v = rec_items(alternate, field, &count);
    for (size_t i = 0; i < count; i++)
        if (check_part(&v[i]) == r)
            return true;
    return false;
}

static void check_apart(struct checker *c, const struct record *r, const struct field_value *v)
{
    const struct record *one = site_of(r), *other = site_of(v->record);
    if (one == NULL || other == NULL || v->record == r)
        return;
    str hazard = one == other ? S("") : shared_hazard(c, one, other);
    if (one == other)
        check_report(c, CHECK_RULE_FALLS_TOGETHER, r, v->span,
                     "'" STR_FMT "' and its alternate '" STR_FMT "' are both at '" STR_FMT "'",
                     STR_ARG(r->id), STR_ARG(v->record->id), STR_ARG(one->id));
    else if (hazard.n != 0)
        check_report(c, CHECK_RULE_FALLS_TOGETHER, r, v->span,
                     "'" STR_FMT "' and its alternate '" STR_FMT "' share the hazard '" STR_FMT "'",
                     STR_ARG(r->id), STR_ARG(v->record->id), STR_ARG(diag_quote(hazard)));
}

static void check_alternates_of(struct checker *c, const struct record *r, enum field_id field)
{
    size_t count;
    const struct field_value *v = rec_items(r, field, &count);
    for (size_t i = 0; i < count; i++)
        if (v[i].state == FV_PRESENT && v[i].record != NULL && rec_is_live(v[i].record) &&
            !is_told(r, v[i].record, field))
            check_apart(c, r, &v[i]);
}

/* -- A skill that one person holds (DP11) ----------------------------------------------------- */

/* Who is here and has a valid training in one of its courses: nobody, one, or more. */
static size_t count_skilled(const struct checker *c, const struct record *competence,
                            const struct record **who)
{
    size_t courses;
    const struct field_value *v = rec_items(competence, COMPETENCE_COURSES, &courses);
    *who = NULL;
    for (size_t i = 0; i < courses; i++) {
        const struct record *course = check_target(&v[i], TYPE_COURSE);
        for (size_t b = 0; course != NULL && b < course->back_count; b++) {
            const struct record *t = check_link(&course->back[b], TRAINING_COURSE);
            if (t == NULL || !learning_is_taken(t) || !learning_counts(c->model, t))
                continue;
            const struct record *person = check_ref(t, TRAINING_PERSON, TYPE_PERSON);
            if (person == NULL || !check_is_here(c, person))
                continue;
            if (*who != NULL && person != *who)
                return 2;
            *who = person;
        }
    }
    return *who != NULL;
}

static void check_skill(struct checker *c, const struct record *competence)
{
    const struct record *who;
    if (count_skilled(c, competence, &who) != 1)
        return;
    check_report(c, CHECK_RULE_ONE_HEAD, competence, competence->id_span,
                 "only '" STR_FMT "' has a valid training in '" STR_FMT "'", STR_ARG(who->id),
                 STR_ARG(competence->id));
}

/* -- All -------------------------------------------------------------------------------------- */

static void check_site(struct checker *c, const struct record *site)
{
    check_seats(c, site);
    check_alternates_of(c, site, SITE_ALTERNATES);
}

static void check_resource(struct checker *c, const struct record *resource)
{
    check_alternates_of(c, resource, RESOURCE_ALTERNATES);
    check_claims(c, resource);
}

void check_alternates(struct checker *c)
{
    check_each_live(c, TYPE_SITE, check_site);
    check_each_live(c, TYPE_RESOURCE, check_resource);
    check_each_live(c, TYPE_COMPETENCE, check_skill);
}
