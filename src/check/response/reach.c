/* check/response/reach: whether people, contacts and suppliers can be reached (PL7, PL10, PL11). */
#include "check/response/response_int.h"

#include "model/due.h"
#include "model/limits.h"

/* What is known of one role. */
struct role_use {
    const struct record *plan, *last_plan; /* the first and the last that names it; NULL: none */
    struct span at;                        /* where the first does */
    size_t plan_count;
    bool is_called; /* by a plan, a team or a call tree */
};

struct reaching {
    struct checker *c;
    struct role_use *roles; /* by number of the role */
};

/* -- People --------------------------------------------------------------------------------- */

static bool has_line(const struct record *person)
{
    size_t count;
    const struct field_value *phones = rec_items(person, PERSON_PHONES, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *phone = field_target(&phones[i]);
        if (phone != NULL && rec_has(phone, PHONE_NUMBER))
            return true;
    }
    return rec_has(person, PERSON_EMAIL);
}

static bool can_be_reached(const struct checker *c, const struct field_value *v)
{
    const struct record *person = field_target_of(v, TYPE_PERSON);
    return person != NULL && check_is_here(c, person) && has_line(person);
}

const char *role_is_silent(const struct checker *c, const struct record *role)
{
    size_t count;
    const struct field_value *deputies = rec_items(role, ROLE_DEPUTIES, &count);
    if (!rec_is_live(role))
        return "the role is out of use";
    if (can_be_reached(c, rec_value(role, ROLE_HOLDER)))
        return NULL;
    for (size_t i = 0; i < count; i++)
        if (can_be_reached(c, &deputies[i]))
            return NULL;
    return !rec_has(role, ROLE_HOLDER) && count == 0
               ? "nobody holds the role"
               : "its people have left, or have neither number nor e-mail address";
}

/* -- Who is called -------------------------------------------------------------------------- */

static void use_role(struct reaching *reach, const struct field_value *v, const struct record *plan)
{
    const struct record *role = field_target_of(v, TYPE_ROLE);
    if (role == NULL)
        return;
    struct role_use *use = &reach->roles[role->number];
    use->is_called = true;
    if (plan == NULL || use->last_plan == plan)
        return;
    if (use->plan == NULL)
        *use = (struct role_use){.plan = plan, .at = v->span, .is_called = true};
    use->last_plan = plan;
    use->plan_count++;
}

static void use_roles(struct reaching *reach, const struct record *r, enum field_id field,
                      const struct record *plan)
{
    size_t count;
    const struct field_value *items = rec_items(r, field, &count);
    for (size_t i = 0; i < count; i++)
        use_role(reach, &items[i], plan);
}

static void use_team(struct reaching *reach, const struct record *team, const struct record *plan)
{
    use_role(reach, rec_value(team, TEAM_LEAD), plan);
    use_roles(reach, team, TEAM_MEMBERS, plan);
}

static void use_plan(struct reaching *reach, const struct record *plan)
{
    const struct record *activation = rec_ref(plan, PLAN_ACTIVATION);
    const struct record *end = rec_ref(plan, PLAN_STAND_DOWN);
    size_t count;
    const struct field_value *teams = rec_items(plan, PLAN_TEAMS, &count);
    if (activation != NULL)
        use_roles(reach, activation, ACTIVATION_WHO, plan);
    if (end != NULL)
        use_role(reach, rec_value(end, STAND_DOWN_WHO), plan);
    for (size_t i = 0; i < count; i++)
        if (field_target_of(&teams[i], TYPE_TEAM) != NULL)
            use_team(reach, teams[i].record, plan);
    for (size_t i = 0; i < plan->back_count; i++) {
        const struct record *task = backlink_by(&plan->back[i], TASK_PLAN);
        if (task != NULL && rec_is_live(task))
            use_role(reach, rec_value(task, TASK_DONE_BY), plan);
    }
}

static void use_tree(struct reaching *reach, const struct record *tree)
{
    size_t count;
    const struct field_value *edges = rec_items(tree, CALL_TREE_EDGES, &count);
    use_role(reach, rec_value(tree, CALL_TREE_ROOT), NULL);
    for (size_t i = 0; i < count; i++) {
        const struct record *call = field_target(&edges[i]);
        if (call == NULL)
            continue;
        use_role(reach, rec_value(call, CALL_CALLER), NULL);
        use_roles(reach, call, CALL_CALLEES, NULL);
    }
}

static void find_uses(struct reaching *reach)
{
    const struct model *m = reach->c->model;
    const struct record_list *list = model_list(m, TYPE_PLAN);
    for (size_t i = 0; i < list->count; i++)
        if (rec_is_live(list->items[i]))
            use_plan(reach, list->items[i]);
    list = model_list(m, TYPE_TEAM);
    for (size_t i = 0; i < list->count; i++)
        if (rec_is_live(list->items[i]))
            use_team(reach, list->items[i], NULL);
    list = model_list(m, TYPE_CALL_TREE);
    for (size_t i = 0; i < list->count; i++)
        if (rec_is_live(list->items[i]))
            use_tree(reach, list->items[i]);
}

/* -- Somebody behind every role (PL7) ------------------------------------------------------- */

/* Said once for each role, whatever the number of plans that name it. */
static void check_role(struct checker *c, const struct record *role, const struct role_use *use)
{
    const char *why = role_is_silent(c, role);
    if (why == NULL)
        return;
    str callers = use->plan_count > 1
                      ? str_fmt(c->scratch, "%zu plans call", use->plan_count)
                      : str_fmt(c->scratch, "'" STR_FMT "' calls", STR_ARG(use->plan->id));
    check_report(c, CHECK_RULE_UNREACHABLE, role, check_place(role, ROLE_HOLDER),
                 "nobody can be reached as '" STR_FMT "', whom " STR_FMT ": %s", STR_ARG(role->id),
                 STR_ARG(callers), why);
    diag_related(c->diags, use->at, "'" STR_FMT "' calls here", STR_ARG(use->plan->id));
}

/* -- Verified (PL11) ------------------------------------------------------------------------ */

static void check_verified(struct checker *c, const struct record *r, enum field_id verified)
{
    long long days = model_limit(c->model, LIMITS_CONTACT_DAYS);
    date on = rec_date(r, verified);
    if (rec_lacks(r, verified))
        check_report(c, CHECK_RULE_CONTACT_DATA, r, check_place(r, verified),
                     "nobody has verified how '" STR_FMT
                     "' is reached; that is due every %lld days",
                     STR_ARG(r->id), days);
    else if (due_is_past(c->model, due_verified(c->model, r)))
        check_report(c, CHECK_RULE_CONTACT_DATA, r, check_place(r, verified),
                     "how '" STR_FMT "' is reached was last verified on " STR_FMT
                     "; that is due every %lld days",
                     STR_ARG(r->id), STR_ARG(check_day_words(c, on)), days);
}

static void check_person_of(struct checker *c, struct check_notes seen, const struct field_value *v)
{
    const struct record *person = field_target_of(v, TYPE_PERSON);
    if (person == NULL || !check_is_here(c, person) || *check_note(seen, person) != NULL)
        return;
    *check_note(seen, person) = person;
    check_verified(c, person, PERSON_VERIFIED_ON);
}

static void check_people_of(struct checker *c, struct check_notes seen, const struct record *role)
{
    size_t count;
    const struct field_value *deputies = rec_items(role, ROLE_DEPUTIES, &count);
    check_person_of(c, seen, rec_value(role, ROLE_HOLDER));
    for (size_t i = 0; i < count; i++)
        check_person_of(c, seen, &deputies[i]);
}

/* -- Numbers that can be dialled (PL10, PL11) ----------------------------------------------- */

/* Emergency and other short numbers are dialled as they are. */
enum { SHORT_DIGITS_MAX = 6, SHORT_DIGITS_MIN = 3 };

static bool has_number(str text)
{
    struct number number;
    for (size_t at = 0; number_next(text, &at, &number);)
        if (number.is_apart && number.count >= SHORT_DIGITS_MIN)
            return true;
    return false;
}

static void check_number(struct checker *c, const struct record *r, const struct field_value *v)
{
    struct number number;
    bool is_emergency =
        str_eq(str_trim(v->text), rec_text(c->model->workspace, WORKSPACE_EMERGENCY));
    for (size_t at = 0; v->state == FV_PRESENT && number_next(v->text, &at, &number);) {
        if (number.is_international || !number.is_apart || number.count <= SHORT_DIGITS_MAX ||
            is_emergency)
            continue;
        check_report(c, CHECK_RULE_CONTACT_DATA, r, v->span,
                     "the number '" STR_FMT "' of '" STR_FMT "' has no country code",
                     STR_ARG(str_from_to(v->text, number.off, number.off + number.len)),
                     STR_ARG(r->id));
    }
}

/* Private numbers are withheld by now, and have no digits. */
static void check_phones(struct checker *c)
{
    const struct record_list *people = model_list(c->model, TYPE_PERSON);
    for (size_t i = 0; i < people->count; i++) {
        size_t count;
        const struct field_value *phones = rec_items(people->items[i], PERSON_PHONES, &count);
        for (size_t j = 0; check_is_here(c, people->items[i]) && j < count; j++)
            if (field_target(&phones[j]) != NULL)
                check_number(c, people->items[i], rec_value(phones[j].record, PHONE_NUMBER));
    }
}

static void check_contacts(struct checker *c)
{
    const struct record_list *list = model_list(c->model, TYPE_CONTACT);
    for (size_t i = 0; i < list->count; i++) {
        const struct record *contact = list->items[i];
        if (!rec_is_live(contact))
            continue;
        if (!has_number(rec_text(contact, CONTACT_PHONE)) &&
            !has_number(rec_text(contact, CONTACT_PHONE_24H)))
            check_report(c, CHECK_RULE_ONLINE_ONLY, contact, check_place(contact, CONTACT_PHONE),
                         "'" STR_FMT "' has no telephone number", STR_ARG(contact->id));
        check_number(c, contact, rec_value(contact, CONTACT_PHONE));
        check_number(c, contact, rec_value(contact, CONTACT_PHONE_24H));
        check_verified(c, contact, CONTACT_VERIFIED_ON);
    }
}

/* -- Suppliers (PL10, PL11) ----------------------------------------------------------------- */

static void check_lines_of_suppliers(struct checker *c)
{
    const struct record_list *list = model_list(c->model, TYPE_SUPPLIER);
    for (size_t i = 0; i < list->count; i++) {
        const struct record *supplier = list->items[i];
        if (!rec_is_live(supplier))
            continue;
        if (rec_has(supplier, SUPPLIER_CONTACT_24H) &&
            !has_number(rec_text(supplier, SUPPLIER_CONTACT_24H)))
            check_report(c, CHECK_RULE_ONLINE_ONLY, supplier,
                         check_place(supplier, SUPPLIER_CONTACT_24H),
                         "the 24-hour contact of '" STR_FMT "' is no telephone number",
                         STR_ARG(supplier->id));
        check_number(c, supplier, rec_value(supplier, SUPPLIER_CONTACT_24H));
        if (check_is_critical(c, supplier) && !rec_has(supplier, SUPPLIER_ACCOUNT))
            check_report(c, CHECK_RULE_CONTACT_DATA, supplier, supplier->id_span,
                         "the critical supplier '" STR_FMT "' has no account number",
                         STR_ARG(supplier->id));
    }
}

void check_reachable(struct checker *c)
{
    const struct record_list *roles = model_list(c->model, TYPE_ROLE);
    struct reaching reach = {c, NEW_ARRAY(c->scratch, struct role_use, roles->count + 1)};
    struct check_notes seen = check_notes_new(c);
    find_uses(&reach);
    for (size_t i = 0; i < roles->count; i++) {
        if (reach.roles[i].plan != NULL)
            check_role(c, roles->items[i], &reach.roles[i]);
        if (reach.roles[i].is_called)
            check_people_of(c, seen, roles->items[i]);
    }
    check_contacts(c);
    check_phones(c);
    check_lines_of_suppliers(c);
}
