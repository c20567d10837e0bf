/* write/html/page_crisis: the page for the first hour.
 *
 * Under 30 KB, usable without scripts, on a phone and on paper: every list is
 * cut at a number, and what is cut is a link away. */
#include "write/html/portal_int.h"

#include "form/table/cells.h"
#include "form/table/crisis.h"

enum {
    STEPS_MAX = 15,
    SCENARIOS_MAX = 16,
    SCENARIO_PLANS_MAX = 6,
    OTHER_PLANS_MAX = 12,
    THRESHOLDS_MAX = 8,
    CRITERIA_MAX = 8,
    DECIDERS_MAX = 9,
    PHONES_MAX = 3,
    CONTACTS_MAX = 15,
    MESSAGES_MAX = 12,
    BINDERS_MAX = 6,
    FORMS_MAX = 10,
};

/* -- The first hour -------------------------------------------------------------------- */

static void put_first_hour(struct page *pg)
{
    const struct record *plan = crisis_plan(pg->model);
    struct items steps = items_new(pg);
    size_t count = 0;
    const struct field_value *v =
        plan != NULL ? rec_items(plan, PLAN_IMMEDIATE_ACTIONS, &count) : NULL;
    for (size_t i = 0; i < count && i < STEPS_MAX; i++) {
        struct tmap *m = items_add(pg, &steps);
        put_text(m, S("id"), str_fmt(pg->arena, "step-%zu", i + 1));
        put_text(m, S("text"), v[i].text);
    }
    put_items(pg, pg->data, S("first"), &steps);
    if (plan != NULL)
        put_link(pg, S("first_plan"), page_link_plan(pg, plan), plan->title);
    else
        put_nothing(pg->data, S("first_plan"));
}

/* -- Plans, by what was lost ----------------------------------------------------------- */

static bool is_plan(const struct page *pg, const struct record *r)
{
    return r != NULL && r->type->number == TYPE_PLAN && record_has_page(pg->portal, r);
}

static str kind_of_plan(struct page *pg, const struct record *plan)
{
    str kind = rec_text(plan, PLAN_KIND);
    if (kind.n == 0)
        return S("Plan");
    return str_fmt(pg->arena, STR_FMT " plan", STR_ARG(word_for_people(pg->arena, kind)));
}

static void add_plan(struct page *pg, struct items *plans, const struct record *plan)
{
    items_add_link(pg, plans, page_link_plan(pg, plan), plan->title, kind_of_plan(pg, plan));
}

static void add_scenario(struct page *pg, struct items *scenarios, const struct record *r,
                         bool *is_listed)
{
    struct items plans = items_new(pg);
    size_t count;
    const struct field_value *v = rec_items(r, SCENARIO_PLANS, &count);
    for (size_t i = 0; i < count && plans.count < SCENARIO_PLANS_MAX; i++) {
        if (!is_plan(pg, v[i].record))
            continue;
        is_listed[v[i].record->number] = true;
        add_plan(pg, &plans, v[i].record);
    }
    if (plans.count == 0)
        return;
    struct tmap *m = items_add_link(pg, scenarios, page_link_record(pg, r), r->title, S(""));
    str causes = value_display(pg->arena, &r->type->fields[schema_slot(r->type, SCENARIO_CAUSES)],
                               rec_value(r, SCENARIO_CAUSES));
    put_text(m, S("causes"), causes);
    put_items(pg, m, S("plans"), &plans);
}

static void put_plans(struct page *pg)
{
    const struct record_list *all = model_list(pg->model, TYPE_PLAN);
    const struct record_list *losses = model_list(pg->model, TYPE_SCENARIO);
    bool *is_listed = NEW_ARRAY(pg->arena, bool, all->count + 1);
    struct items scenarios = items_new(pg), other = items_new(pg);
    size_t seen = 0;
    for (; seen < losses->count && scenarios.count < SCENARIOS_MAX; seen++)
        if (record_has_page(pg->portal, losses->items[seen]))
            add_scenario(pg, &scenarios, losses->items[seen], is_listed);
    put_rest(pg, S("more_scenarios"), TYPE_SCENARIO, seen, S("All scenarios"));
    size_t shown = 0;
    for (size_t i = 0; i < all->count; i++) {
        bool fits = !is_listed[i] && other.count < OTHER_PLANS_MAX && is_plan(pg, all->items[i]);
        if (fits)
            add_plan(pg, &other, all->items[i]);
        shown += fits || is_listed[i];
    }
    put_items(pg, pg->data, S("scenarios"), &scenarios);
    put_items(pg, pg->data, S("other_plans"), &other);
    put_text(pg->data, S("other_heading"), scenarios.count > 0 ? S("Other plans") : S("All plans"));
    put_flag(pg->data, S("has_plans"), scenarios.count + other.count > 0);
    put_rest(pg, S("more_plans"), TYPE_PLAN, shown, S("All plans"));
}

/* -- Decisions ------------------------------------------------------------------------- */

static void put_thresholds(struct page *pg)
{
    const struct record_list *list = model_list(pg->model, TYPE_THRESHOLD);
    struct items thresholds = items_new(pg);
    for (size_t i = 0; i < list->count && i < THRESHOLDS_MAX; i++) {
        const struct record *r = list->items[i];
        struct items criteria = items_new(pg);
        size_t count;
        const struct field_value *v = rec_items(r, THRESHOLD_CRITERIA, &count);
        for (size_t j = 0; j < count && j < CRITERIA_MAX; j++)
            put_text(items_add(pg, &criteria), S("text"), v[j].text);
        struct tmap *m = items_add_link(pg, &thresholds, page_link_record(pg, r), r->title, S(""));
        put_text(m, S("css"), rec_text(r, THRESHOLD_LEVEL));
        /* A threshold that is named like its level has said it. */
        if (str_eq(str_lower(pg->arena, r->title), rec_text(r, THRESHOLD_LEVEL)))
            put_nothing(m, S("chip"));
        else
            put_field(pg, m, S("chip"), r, THRESHOLD_LEVEL);
        put_items(pg, m, S("criteria"), &criteria);
        put_text(m, S("decision"), crisis_decision(pg->arena, r));
    }
    put_items(pg, pg->data, S("thresholds"), &thresholds);
    put_rest(pg, S("more_thresholds"), TYPE_THRESHOLD, thresholds.count, S("All thresholds"));
}

static void put_phones(struct page *pg, struct tmap *m, const struct record *person)
{
    struct crisis_phone found[PHONES_MAX];
    size_t count = crisis_phones(pg->arena, person, found, PHONES_MAX);
    struct items phones = items_new(pg);
    for (size_t i = 0; i < count; i++) {
        struct tmap *one = items_add(pg, &phones);
        put_text(one, S("href"), link_of_phone(pg->arena, found[i].number));
        put_text(one, S("number"), found[i].number);
        put_text(one, S("label"), found[i].label);
    }
    put_items(pg, m, S("phones"), &phones);
}

static void add_decider(struct page *pg, struct items *deciders, const struct record *role)
{
    const struct record *holder = rec_ref(role, ROLE_HOLDER);
    struct tmap *m = items_add_link(pg, deciders, page_link_record(pg, role), role->title, S(""));
    put_field(pg, m, S("holder"), role, ROLE_HOLDER);
    put_field(pg, m, S("deputies"), role, ROLE_DEPUTIES);
    put_text(m, S("authority"), rec_text(role, ROLE_AUTHORITY));
    put_phones(pg, m, holder);
}

static void put_deciders(struct page *pg)
{
    struct crisis_list roles = crisis_deciders(pg->arena, pg->model);
    struct items deciders = items_new(pg);
    for (size_t i = 0; i < roles.count && i < DECIDERS_MAX; i++)
        add_decider(pg, &deciders, roles.items[i]);
    put_items(pg, pg->data, S("deciders"), &deciders);
    if (roles.count > deciders.count)
        put_link(pg, S("more_deciders"),
                 page_link_register(pg, pg->model->schema->types[TYPE_ROLE]), S("All roles"));
    else
        put_nothing(pg->data, S("more_deciders"));
}

/* -- Outside --------------------------------------------------------------------------- */

static void add_contact(struct page *pg, struct items *contacts, const struct record *r)
{
    str number = crisis_number(r), href = link_of_phone(pg->arena, number);
    if (href.n == 0)
        return;
    struct tmap *m = items_add_link(pg, contacts, href, r->title, rec_text(r, CONTACT_USED_FOR));
    put_text(m, S("number"), number);
}

static void put_contacts(struct page *pg)
{
    struct crisis_list list = crisis_contacts(pg->arena, pg->model);
    struct items contacts = items_new(pg);
    for (size_t i = 0; i < list.count && contacts.count < CONTACTS_MAX; i++)
        add_contact(pg, &contacts, list.items[i]);
    put_items(pg, pg->data, S("contacts"), &contacts);
    put_rest(pg, S("more_contacts"), TYPE_CONTACT, contacts.count, S("All outside contacts"));
}

static void put_messages(struct page *pg)
{
    const struct record_list *list = model_list(pg->model, TYPE_MESSAGE);
    struct items messages = items_new(pg);
    for (size_t i = 0; i < list->count && i < MESSAGES_MAX; i++) {
        const struct record *r = list->items[i], *approver = rec_ref(r, MESSAGE_APPROVER);
        struct buf aside = buf_in(pg->arena, 64);
        if (approver != NULL)
            buf_fmt(&aside, "released by " STR_FMT, STR_ARG(approver->title));
        if (rec_has(r, MESSAGE_DEADLINE)) {
            str within = duration_words(pg->arena, rec_duration(r, MESSAGE_DEADLINE));
            buf_fmt(&aside, "%swithin " STR_FMT, aside.n > 0 ? ", " : "", STR_ARG(within));
        }
        if (record_has_page(pg->portal, r))
            items_add_link(pg, &messages, page_link_record(pg, r), r->title, buf_str(&aside));
    }
    put_items(pg, pg->data, S("messages"), &messages);
    put_rest(pg, S("more_messages"), TYPE_MESSAGE, messages.count, S("All message templates"));
}

/* Without PDFs their pages show them. */
static void put_forms(struct page *pg)
{
    const struct record_list *list = model_list(pg->model, TYPE_FORM);
    struct items forms = items_new(pg);
    for (size_t i = 0; i < list->count && forms.count < FORMS_MAX; i++) {
        const struct record *r = list->items[i];
        str pdf = page_link_form(pg, r), href = pdf.n > 0 ? pdf : page_link_record(pg, r);
        if (href.n > 0)
            items_add_link(pg, &forms, href, r->title, rec_text(r, FORM_PURPOSE));
    }
    put_items(pg, pg->data, S("forms"), &forms);
    put_rest(pg, S("more_forms"), TYPE_FORM, forms.count, S("All forms"));
}

/* The same on paper, for who has a printer. */
static void put_binders(struct page *pg)
{
    const struct record_list *list = model_list(pg->model, TYPE_BINDER);
    struct items binders = items_new(pg);
    for (size_t i = 0; i < list->count && binders.count < BINDERS_MAX; i++) {
        const struct record *r = list->items[i];
        str href = page_link_binder(pg, r);
        if (href.n > 0)
            items_add_link(pg, &binders, href, r->title, rec_text(r, BINDER_AUDIENCE));
    }
    put_items(pg, pg->data, S("binders"), &binders);
    put_rest(pg, S("more_binders"), TYPE_BINDER, binders.count, S("All binders"));
}

void fill_CRISIS(struct page *pg)
{
    put_numbers(pg);
    put_first_hour(pg);
    put_plans(pg);
    put_thresholds(pg);
    put_deciders(pg);
    put_sites(pg);
    put_contacts(pg);
    put_messages(pg);
    put_forms(pg);
    put_binders(pg);
    put_losses(pg);
}
