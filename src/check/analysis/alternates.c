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
    for (size_t i = 0; i < COUNT_OF(kind); i++)
        is_thing |= str_eq(rec_text(r, RESOURCE_KIND), kind[i]);
    return stands_in && is_thing && !rec_has(r, RESOURCE_ORDER_OF_USE);
}

/* A resource has a few plans that count on it. What all resources have has a bound, so that
 * thousands of them do not take their product with the scenarios of a large house. */
enum { CLAIM_STEPS_MAX = 20 * 1000 * 1000 };

/* What counts on one resource while the first plan is compared with the others. */
struct claims {
    struct checker *c;
    const struct record *resource;
    struct map scenarios; /* id → the first plan in it that counts on the resource */
    struct map seen;      /* what strategies are for, and plans: each is looked at once */
    size_t steps;         /* references that were followed */
};

/* False once a second plan of one scenario is found: one is enough. */
static bool claim(struct claims *k, const struct record *plan)
{
    k->steps += plan->back_count;
    for (size_t i = 0; i < plan->back_count; i++) {
        const struct record *scenario = backlink_by(&plan->back[i], SCENARIO_PLANS);
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
        const struct record *for_what = field_target(&v[i]);
        if (for_what == NULL || map_put(&k->seen, for_what->id, (void *)for_what) != NULL)
            continue;
        k->steps += for_what->back_count;
        for (size_t b = 0; b < for_what->back_count; b++) {
            const struct record *plan = backlink_by(&for_what->back[b], PLAN_SCOPE);
            if (plan != NULL && rec_is_live(plan) &&
                map_put(&k->seen, plan->id, (void *)plan) == NULL && !claim(k, plan))
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

/* How many steps it took. */
static size_t check_claims(struct checker *c, const struct record *resource)
{
    struct claims k = {c, resource, map_in(c->scratch), map_in(c->scratch), resource->back_count};
    bool goes_on = is_spare(resource);
    for (size_t i = 0; goes_on && i < resource->back_count; i++) {
        const struct record *s = backlink_by(&resource->back[i], STRATEGY_RESOURCES);
        if (s != NULL && is_solution(s))
            goes_on = claim_for(&k, s);
    }
    return k.steps;
}

static void check_all_claims(struct checker *c)
{
    const struct record_list *list = model_list(c->model, TYPE_RESOURCE);
    size_t steps = 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct record *r = list->items[i];
        if (steps > CLAIM_STEPS_MAX) {
            check_report(c, CHECK_RULE_CLAIMED_TWICE, r, r->id_span,
                         "the plans that count on '" STR_FMT "' and on the resources after it "
                         "were not compared: those before it have too many",
                         STR_ARG(r->id));
            return;
        }
        if (rec_is_live(r))
            steps += check_claims(c, r);
    }
}

/* -- Alternates that fall together (DP10) ----------------------------------------------------- */

/* Hazards of sites in small letters, and what was found of two of them. */
struct hazards {
    struct map **of_site; /* by number of the site: hazard → its value; NULL: not read yet */
    struct map shared;    /* two numbers → the hazard, or no_hazard */
    struct check_notes backed_by; /* of what stands in, what it was last seen to stand in for */
};

static const struct field_value no_hazard;

static const struct map *hazards_of(struct checker *c, struct hazards *h, const struct record *site)
{
    size_t count;
    const struct field_value *v = rec_items(site, SITE_HAZARDS, &count);
    struct map **known = &h->of_site[site->number];
    if (*known != NULL)
        return *known;
    *known = NEW(c->scratch, struct map);
    **known = map_in(c->scratch);
    for (size_t i = 0; i < count; i++)
        if (v[i].state == FV_PRESENT)
            map_put(*known, str_lower(c->scratch, v[i].text), (void *)&v[i]);
    return *known;
}

/* Of the first site's the first that both have; goes over the shorter of the lists. */
static const struct field_value *find_shared(const struct map *one, const struct map *other)
{
    const struct field_value *first = &no_hazard;
    const struct map *few = one->count <= other->count ? one : other;
    for (size_t i = 0; i < few->count; i++) {
        const struct field_value *v = map_find(one, few->entries[i].key);
        bool is_shared = v != NULL && map_find(other, few->entries[i].key) != NULL;
        if (is_shared && (first == &no_hazard || v < first)) /* they stand in one list */
            first = v;
    }
    return first;
}

static str shared_hazard(struct checker *c, struct hazards *h, const struct record *site,
                         const struct record *other)
{
    str key = str_fmt(c->scratch, "%zu %zu", site->number, other->number);
    const struct field_value *found = map_find(&h->shared, key);
    if (found == NULL) {
        found = find_shared(hazards_of(c, h, site), hazards_of(c, h, other));
        map_put(&h->shared, key, (void *)found);
    }
    return found->text;
}

static const struct record *site_of(const struct record *r)
{
    if (r->type->number == TYPE_SITE)
        return r;
    return r->type->number == TYPE_RESOURCE ? rec_ref_to(r, RESOURCE_LOCATION, TYPE_SITE) : NULL;
}

/* Each stands in for the other: that is one pair, told of the first. */
static bool is_told(const struct hazards *h, const struct record *r, const struct record *alternate)
{
    return alternate->type == r->type && alternate->number <= r->number &&
           *check_note(h->backed_by, alternate) == r;
}

static void check_apart(struct checker *c, struct hazards *h, const struct record *r,
                        const struct field_value *v)
{
    const struct record *one = site_of(r), *other = site_of(v->record);
    if (one == NULL || other == NULL || v->record == r)
        return;
    str hazard = one == other ? S("") : shared_hazard(c, h, one, other);
    if (one == other)
        check_report(c, CHECK_RULE_FALLS_TOGETHER, r, v->span,
                     "'" STR_FMT "' and its alternate '" STR_FMT "' are both at '" STR_FMT "'",
                     STR_ARG(r->id), STR_ARG(v->record->id), STR_ARG(one->id));
    else if (hazard.n != 0)
        check_report(c, CHECK_RULE_FALLS_TOGETHER, r, v->span,
                     "'" STR_FMT "' and its alternate '" STR_FMT "' share the hazard '" STR_FMT "'",
                     STR_ARG(r->id), STR_ARG(v->record->id), STR_ARG(diag_quote(hazard)));
}

static void check_alternates_of(struct checker *c, struct hazards *h, const struct record *r,
                                enum field_id field)
{
    size_t count;
    const struct field_value *v = rec_items(r, field, &count);
    for (size_t i = 0; count != 0 && i < r->back_count; i++)
        if (backlink_by(&r->back[i], field) != NULL)
            *check_note(h->backed_by, r->back[i].from) = r;
    for (size_t i = 0; i < count; i++)
        if (field_target(&v[i]) != NULL && rec_is_live(v[i].record) && !is_told(h, r, v[i].record))
            check_apart(c, h, r, &v[i]);
}

static void check_all_apart(struct checker *c)
{
    const struct record_list *sites = model_list(c->model, TYPE_SITE);
    const struct record_list *resources = model_list(c->model, TYPE_RESOURCE);
    struct hazards h = {NEW_ARRAY(c->scratch, struct map *, sites->count + 1), map_in(c->scratch),
                        check_notes_new(c)};
    for (size_t i = 0; i < sites->count; i++)
        if (rec_is_live(sites->items[i]))
            check_alternates_of(c, &h, sites->items[i], SITE_ALTERNATES);
    for (size_t i = 0; i < resources->count; i++)
        if (rec_is_live(resources->items[i]))
            check_alternates_of(c, &h, resources->items[i], RESOURCE_ALTERNATES);
}

/* -- A skill that one person holds (DP11) ----------------------------------------------------- */

/* Who is here and has a valid training in a course. */
struct skilled {
    const struct record *who; /* NULL: nobody */
    bool are_many;
};

static void add_skilled(struct skilled *s, const struct record *who)
{
    s->are_many |= s->who != NULL && who != NULL && who != s->who;
    s->who = who != NULL ? who : s->who;
}

/* By number of the course. */
static struct skilled *skilled_in(struct checker *c)
{
    const struct record_list *list = model_list(c->model, TYPE_TRAINING);
    size_t courses = model_list(c->model, TYPE_COURSE)->count;
    struct skilled *in_course = NEW_ARRAY(c->scratch, struct skilled, courses + 1);
    for (size_t i = 0; i < list->count; i++) {
        const struct record *t = list->items[i];
        const struct record *course = rec_ref_to(t, TRAINING_COURSE, TYPE_COURSE);
        const struct record *person = rec_ref_to(t, TRAINING_PERSON, TYPE_PERSON);
        if (course != NULL && person != NULL && check_is_here(c, person) && learning_is_taken(t) &&
            learning_counts(c->model, t))
            add_skilled(&in_course[course->number], person);
    }
    return in_course;
}

static void check_skill(struct checker *c, const struct skilled *in_course,
                        const struct record *competence)
{
    struct skilled skilled = {0};
    size_t count;
    const struct field_value *v = rec_items(competence, COMPETENCE_COURSES, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *course = field_target_of(&v[i], TYPE_COURSE);
        if (course == NULL)
            continue;
        add_skilled(&skilled, in_course[course->number].who);
        skilled.are_many |= in_course[course->number].are_many;
    }
    if (skilled.who == NULL || skilled.are_many)
        return;
    check_report(c, CHECK_RULE_ONE_HEAD, competence, competence->id_span,
                 "only '" STR_FMT "' has a valid training in '" STR_FMT "'",
                 STR_ARG(skilled.who->id), STR_ARG(competence->id));
}

static void check_all_skills(struct checker *c)
{
    const struct record_list *list = model_list(c->model, TYPE_COMPETENCE);
    const struct skilled *in_course = skilled_in(c);
    for (size_t i = 0; i < list->count; i++)
        if (rec_is_live(list->items[i]))
            check_skill(c, in_course, list->items[i]);
}

/* -- All -------------------------------------------------------------------------------------- */

void check_alternates(struct checker *c)
{
    check_each_live(c, TYPE_SITE, check_seats);
    check_all_claims(c);
    check_all_apart(c);
    check_all_skills(c);
}
