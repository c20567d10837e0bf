/* write/html/page_doors: home, my part, manage, audit, and pages of words. */
#include "write/html/portal_int.h"

#include "form/table/cells.h"
#include "form/table/evidence.h"
#include "form/table/glossary.h"
#include "form/table/steering.h"
#include "model/lifecycle.h"

enum {
    STAFF_SITES_MAX = 20,
    STAFF_SCENARIOS_MAX = 12,
    STAFF_PLANS_MAX = 6, /* for each scenario */
    STAFF_GUIDES_MAX = 12,
    STAFF_LIST_MAX = 15,
};

/* -- Shared ---------------------------------------------------------------------------- */

static void add_fact(struct page *pg, struct items *facts, size_t value, str label, str href)
{
    struct tmap *m = items_add(pg, facts);
    put_text(m, S("value"), str_fmt(pg->arena, "%zu", value));
    put_text(m, S("label"), label);
    put_text(m, S("href"), href);
}

static const struct type_def *type_of(const struct page *pg, enum type_id type)
{
    return pg->model->schema->types[type];
}

static void add_type_fact(struct page *pg, struct items *facts, enum type_id type, size_t value,
                          str label)
{
    const struct type_def *t = type_of(pg, type);
    if (type_has_register(pg->portal, t))
        add_fact(pg, facts, value, label, page_link_register(pg, t));
}

void put_link(struct page *pg, str name, str href, str label)
{
    struct tmap *m = tmap_new(pg->arena);
    put_text(m, S("href"), href);
    put_text(m, S("label"), label);
    tmap_put(pg->data, name, tmap_value(m));
}

void put_rest(struct page *pg, str name, enum type_id type, size_t shown, str label)
{
    if (model_list(pg->model, type)->count > shown)
        put_link(pg, name, page_link_register(pg, pg->model->schema->types[type]), label);
    else
        put_nothing(pg->data, name);
}

void put_facts(struct page *pg)
{
    const struct facts *f = &pg->portal->facts;
    struct items facts = items_new(pg);
    add_type_fact(pg, &facts, TYPE_DOCUMENT, f->documents, S("Documents in use"));
    add_type_fact(pg, &facts, TYPE_DOCUMENT, f->approved, S("of them approved"));
    add_type_fact(pg, &facts, TYPE_PLAN, model_list(pg->model, TYPE_PLAN)->count, S("Plans"));
    add_type_fact(pg, &facts, TYPE_ACTIVITY, model_list(pg->model, TYPE_ACTIVITY)->count,
                  S("Activities"));
    add_fact(pg, &facts, f->overdue, S("Reviews overdue"),
             f->overdue > 0 ? page_link(pg, S("manage/index.html#overdue")) : S(""));
    add_fact(pg, &facts, pg->model->due->overdue_count, S("Overdue in all"),
             page_link(pg, S("manage/calendar.html")));
    add_type_fact(pg, &facts, TYPE_FINDING, f->open_findings, S("Open findings"));
    add_type_fact(pg, &facts, TYPE_ACTION, f->open_actions, S("Open actions"));
    put_items(pg, pg->data, S("facts"), &facts);
}

static void add_number(struct page *pg, struct items *numbers, str label, str number)
{
    str href = link_of_phone(pg->arena, number);
    if (href.n == 0)
        return;
    struct tmap *m = items_add(pg, numbers);
    put_text(m, S("href"), href);
    put_text(m, S("label"), label);
    put_text(m, S("number"), number);
}

void put_numbers(struct page *pg)
{
    const struct record *w = pg->model->workspace;
    struct items numbers = items_new(pg);
    add_number(pg, &numbers, S("Emergency services"), rec_text(w, WORKSPACE_EMERGENCY));
    add_number(pg, &numbers, S("Crisis line"), rec_text(w, WORKSPACE_CRISIS_LINE));
    put_items(pg, pg->data, S("numbers"), &numbers);
}

/* Who keeps the system: the role that says so of itself. */
void put_contact(struct page *pg)
{
    const struct record_list *roles = model_list(pg->model, TYPE_ROLE);
    const struct record *keeper = NULL;
    for (size_t i = 0; i < roles->count && keeper == NULL; i++)
        if (str_eq(rec_text(roles->items[i], ROLE_BCMS_PART), S("owner")))
            keeper = roles->items[i];
    if (keeper == NULL || !record_has_page(pg->portal, keeper)) {
        put_nothing(pg->data, S("contact"));
        return;
    }
    const struct record *holder = rec_ref(keeper, ROLE_HOLDER);
    struct tmap *m = tmap_new(pg->arena);
    put_text(m, S("href"), page_link_record(pg, keeper));
    put_text(m, S("label"), keeper->title);
    put_text(m, S("aside"), holder != NULL ? holder->title : S(""));
    tmap_put(pg->data, S("contact"), tmap_value(m));
}

void put_sites(struct page *pg)
{
    const struct column columns[] = {
        {S("site"), S("Site"), COLUMN_TEXT},
        {S("assembly_point"), S("Assembly point"), COLUMN_TEXT},
        {S("address"), S("Address"), COLUMN_TEXT},
        {S("alternates"), S("If it is closed"), COLUMN_TEXT},
    };
    const struct record_list *sites = model_list(pg->model, TYPE_SITE);
    struct table *t = table_new(pg->arena, S("sites-table"), S("Sites"), columns, 4);
    t->head_column = true;
    for (size_t i = 0; i < sites->count && i < STAFF_SITES_MAX; i++) {
        const struct record *r = sites->items[i];
        struct cell *cells = table_row(pg->arena, t);
        cells[0] = cell_link(pg->arena, r, r->title);
        cells[1] = cell_text(pg->arena, rec_text(r, SITE_ASSEMBLY_POINT));
        cells[2] = cell_text(pg->arena, rec_text(r, SITE_ADDRESS));
        cells[3] = cell_of_field(pg->arena, r, schema_slot(r->type, SITE_ALTERNATES), CELL_SHORT);
    }
    if (sites->count > STAFF_SITES_MAX)
        t->note = str_fmt(pg->arena, "%d of %zu are shown; the register has them all.",
                          STAFF_SITES_MAX, sites->count);
    put_flag(pg->data, S("has_sites"), t->row_count > 0);
    put_table(pg, pg->data, S("sites"), t, NULL);
}

/* -- Home and manage ------------------------------------------------------------------- */

void fill_HOME(struct page *pg)
{
    const struct portal *p = pg->portal;
    struct items recent = items_new(pg);
    for (size_t i = 0; i < p->recent_count; i++) {
        const struct record *r = p->recent[i];
        struct tmap *m = items_add(pg, &recent);
        put_text(m, S("href"), page_link_record(pg, r));
        put_text(m, S("label"), r->title);
        put_text(m, S("code"), r->id);
        put_text(m, S("version"), rec_text(r, DOCUMENT_VERSION));
        put_text(m, S("date"), date_long(pg->arena, rec_date(r, DOCUMENT_VERSION_DATE)));
    }
    put_items(pg, pg->data, S("recent"), &recent);
    put_changes_link(pg, S("changes"));
    put_facts(pg);
    put_findings_count(pg);
    put_numbers(pg);
}

static const struct {
    str shelf; /* "": the page stands on the shelf that began before it */
    enum page_kind kind;
    str aside;
} on_shelves[] = {
#define SHELF(title)      {S_INIT(title), PAGE_KIND_COUNT, S_INIT("")},
#define DOOR(KIND, aside) {S_INIT(""), PAGE_##KIND, S_INIT(aside)},
#include "write/html/shelves.def"
};
enum { ON_SHELVES = COUNT_OF(on_shelves) };

/* A shelf on which no page stands is not there. Gives where the next one begins. */
static size_t add_shelf(struct page *pg, struct items *shelves, size_t from)
{
    struct items doors = items_new(pg);
    size_t i = from + 1;
    for (; i < ON_SHELVES && on_shelves[i].shelf.n == 0; i++) {
        const struct page_def *def = page_def_of(on_shelves[i].kind);
        if (portal_has_kind(pg->portal, on_shelves[i].kind))
            items_add_link(pg, &doors, page_link(pg, def->path), def->title, on_shelves[i].aside);
    }
    if (doors.count > 0) {
        struct tmap *m = items_add(pg, shelves);
        put_text(m, S("heading"), on_shelves[from].shelf);
        put_items(pg, m, S("doors"), &doors);
    }
    return i;
}

static void put_shelves(struct page *pg)
{
    struct items shelves = items_new(pg);
    for (size_t i = 0; i < ON_SHELVES;)
        i = add_shelf(pg, &shelves, i);
    put_items(pg, pg->data, S("shelves"), &shelves);
}

static void put_registers(struct page *pg)
{
    const struct portal *p = pg->portal;
    const struct schema *s = pg->model->schema;
    struct items groups = items_new(pg);
    for (size_t g = 0; g < p->group_count; g++) {
        struct items registers = items_new(pg);
        for (size_t t = 0; t < s->type_count; t++) {
            if (p->registers[t] == NULL || !str_eq(s->types[t]->group, p->groups[g]))
                continue;
            struct tmap *m = items_add(pg, &registers);
            put_text(m, S("href"), page_link_register(pg, s->types[t]));
            put_text(m, S("label"), s->types[t]->plural);
            put_text(m, S("count"), str_fmt(pg->arena, "%zu", pg->model->by_type[t].count));
        }
        if (registers.count == 0)
            continue;
        struct tmap *m = items_add(pg, &groups);
        put_text(m, S("heading"), p->groups[g].n > 0 ? p->groups[g] : S("Other"));
        put_items(pg, m, S("registers"), &registers);
    }
    put_items(pg, pg->data, S("groups"), &groups);
}

static void put_roadmap(struct page *pg)
{
    if (model_list(pg->model, TYPE_ROADMAP)->count == 0)
        put_nothing(pg->data, S("roadmap"));
    else
        put_link(pg, S("roadmap"), page_link(pg, S("manage/roadmap.html")),
                 roadmap_sentence(pg->arena, pg->model, SIZE_MAX));
}

static void put_overdue(struct page *pg)
{
    const struct portal *p = pg->portal;
    struct table *t = overdue_rows(pg->arena, &p->overdue, OVERDUE_ROWS_MAX);
    if (p->overdue.count > OVERDUE_ROWS_MAX)
        t->note = str_fmt(pg->arena, "The %d longest overdue of %zu are shown.", OVERDUE_ROWS_MAX,
                          p->overdue.count);
    put_flag(pg->data, S("has_overdue"), t->row_count > 0);
    put_table(pg, pg->data, S("overdue"), t, NULL);
}

void fill_MANAGE(struct page *pg)
{
    put_facts(pg);
    put_findings_count(pg);
    put_shelves(pg);
    put_roadmap(pg);
    put_overdue(pg);
    put_registers(pg);
}

/* -- My part --------------------------------------------------------------------------- */

str page_link_plan(struct page *pg, const struct record *plan)
{
    const struct record *document = rec_ref(plan, PLAN_DOCUMENT);
    str link = document != NULL ? page_link_record(pg, document) : S("");
    return link.n > 0 ? link : page_link_record(pg, plan);
}

static void add_scenario(struct page *pg, struct items *scenarios, const struct record *r)
{
    size_t count;
    const struct field_value *v = rec_items(r, SCENARIO_PLANS, &count);
    struct items plans = items_new(pg);
    for (size_t i = 0; i < count && plans.count < STAFF_PLANS_MAX; i++) {
        const struct record *plan = v[i].record;
        if (plan != NULL && plan->type->number == TYPE_PLAN && record_has_page(pg->portal, plan))
            items_add_link(pg, &plans, page_link_plan(pg, plan), plan->title, S(""));
    }
    struct tmap *m = items_add_link(pg, scenarios, page_link_record(pg, r), r->title, S(""));
    put_items(pg, m, S("plans"), &plans);
}

/* Policies and guides are for everybody. */
static void put_guides(struct page *pg)
{
    const struct portal *p = pg->portal;
    size_t all = model_list(pg->model, TYPE_DOCUMENT)->count;
    struct items guides = items_new(pg);
    for (size_t i = 0; i < all && guides.count < STAFF_GUIDES_MAX; i++) {
        const struct record *r = p->by_kind[i];
        str kind = rec_text(r, DOCUMENT_KIND);
        bool is_for_all = str_eq(kind, S("policy")) || str_eq(kind, S("guide"));
        bool is_over = r->life != NULL && life_is_over(r->life);
        if (!is_for_all || is_over || !record_has_page(p, r))
            continue;
        str aside = str_fmt(pg->arena, STR_FMT ", version " STR_FMT, STR_ARG(r->id),
                            STR_ARG(rec_text(r, DOCUMENT_VERSION)));
        items_add_link(pg, &guides, page_link_record(pg, r), r->title, aside);
    }
    put_items(pg, pg->data, S("guides"), &guides);
}

static void add_list(struct page *pg, struct items *lists, enum type_id type, str heading,
                     str label)
{
    const struct type_def *t = type_of(pg, type);
    if (!type_has_register(pg->portal, t))
        return;
    const struct record_list *list = model_list(pg->model, type);
    size_t shown = list->count < STAFF_LIST_MAX ? list->count : STAFF_LIST_MAX;
    struct table *table = register_brief(pg->arena, pg->portal->registers[type],
                                         (const struct record *const *)list->items, shown, NULL);
    struct tmap *m = items_add_link(pg, lists, page_link_register(pg, t), label, S(""));
    put_text(m, S("id"), t->key);
    put_text(m, S("heading"), heading);
    put_table(pg, m, S("content"), table, NULL);
}

void fill_STAFF(struct page *pg)
{
    const struct record_list *list = model_list(pg->model, TYPE_SCENARIO);
    struct items scenarios = items_new(pg), lists = items_new(pg);
    for (size_t i = 0; i < list->count && i < STAFF_SCENARIOS_MAX; i++)
        if (record_has_page(pg->portal, list->items[i]))
            add_scenario(pg, &scenarios, list->items[i]);
    put_items(pg, pg->data, S("scenarios"), &scenarios);
    put_rest(pg, S("more_scenarios"), TYPE_SCENARIO, STAFF_SCENARIOS_MAX, S("All scenarios"));
    add_list(pg, &lists, TYPE_TEAM, S("Teams"), S("All teams"));
    add_list(pg, &lists, TYPE_COURSE, S("Training"), S("All courses"));
    put_items(pg, pg->data, S("lists"), &lists);
    put_people(pg);
    put_numbers(pg);
    put_sites(pg);
    put_guides(pg);
}

/* -- Audit ----------------------------------------------------------------------------- */

static void add_clause(struct page *pg, struct items *clauses, const struct clause_evidence *c)
{
    struct arena *a = pg->arena;
    str label =
        str_fmt(a, STR_FMT " " STR_FMT, STR_ARG(c->clause->number), STR_ARG(c->clause->title));
    struct cell state = evidence_state(a, pg->model, c);
    struct tmap *m = items_add_link(pg, clauses, page_link(pg, clause_path(a, c->clause)), label,
                                    date_long(a, c->day));
    put_cell(pg, m, S("state"), &state);
}

/* Under the outermost chapters; what is under none has its standard for a heading. */
static void put_clauses(struct page *pg)
{
    struct items chapters = items_new(pg);
    for (size_t top = 0; top < clause_count(); top = clause_end(top)) {
        const struct clause *c = clause_at(top);
        bool is_chapter = c->demand == DEMAND_CHAPTER;
        struct items clauses = items_new(pg);
        for (size_t i = top; i < clause_end(top); i++)
            if (clause_at(i)->demand != DEMAND_CHAPTER)
                add_clause(pg, &clauses, &pg->model->evidence->clauses[i]);
        struct tmap *m = items_add(pg, &chapters);
        put_text(m, S("id"), str_fmt(pg->arena, "chapter-%zu", chapters.count));
        put_text(m, S("heading"),
                 is_chapter ? str_fmt(pg->arena, STR_FMT " " STR_FMT, STR_ARG(c->number),
                                      STR_ARG(c->title))
                            : standard_title(c->standard));
        put_text(m, S("href"), is_chapter ? page_link(pg, clause_path(pg->arena, c)) : S(""));
        put_items(pg, m, S("clauses"), &clauses);
    }
    put_items(pg, pg->data, S("chapters"), &chapters);
}

/* Where an audit begins. */
static void put_asked(struct page *pg)
{
    static const struct {
        str path, label, aside;
    } page[] = {
        {S_INIT("audit/questions.html"), S_INIT("What auditors ask"),
         S_INIT("Five questions with what answers them, and where others fail")},
        {S_INIT("audit/matrix.html"), S_INIT("Evidence by clause"),
         S_INIT("Documents, records, newest day, who answers, gaps")},
        {S_INIT("audit/gate.html"), S_INIT("Minimum evidence"),
         S_INIT("Six things that must be there, and whether the system lives")},
        {S_INIT("audit/phases.html"), S_INIT("Phases of the system"),
         S_INIT("Establish, implement, maintain, improve: what shows each")},
        {S_INIT("audit/requirements.html"), S_INIT("From requirement to review"),
         S_INIT("Clause or duty, what is done for it, owner, evidence, next review")},
        {S_INIT("audit/programme.html"), S_INIT("Audit programme"),
         S_INIT("Slots and audits, auditors, findings, and which clause was audited when")},
        {S_INIT("audit/self-assessment.html"), S_INIT("Self-assessment"),
         S_INIT("A question for each clause, to print or to fill in")},
        {S_INIT("manage/roadmap.html"), S_INIT("Roadmap"),
         S_INIT("30, 60, 90 days and later, with dates that were moved")},
    };
    struct items asked = items_new(pg);
    for (size_t i = 0; i < COUNT_OF(page); i++)
        items_add_link(pg, &asked, page_link(pg, page[i].path), page[i].label, page[i].aside);
    put_items(pg, pg->data, S("asked"), &asked);
}

static void add_start(struct page *pg, struct items *starts, enum type_id type, str aside)
{
    const struct type_def *t = type_of(pg, type);
    if (type_has_register(pg->portal, t))
        items_add_link(pg, starts, page_link_register(pg, t), t->plural, aside);
}

static void put_starts(struct page *pg)
{
    struct items starts = items_new(pg);
    items_add_link(pg, &starts, page_link(pg, S("audit/control.html")), S("Control of documents"),
                   S("Approvals, numbered copies, who read what, disposals, outside documents"));
    add_findings_starts(pg, &starts);
    add_start(pg, &starts, TYPE_DOCUMENT, S("Versions, approvals, owners, reviews, distribution"));
    add_start(pg, &starts, TYPE_RETENTION, S("What is kept where, for how long"));
    add_start(pg, &starts, TYPE_AUDIT, S("Internal and external audits, and self-assessments"));
    add_start(pg, &starts, TYPE_FINDING, S("What audits, exercises, incidents and reviews found"));
    add_start(pg, &starts, TYPE_ACTION, S("One log: cause, remedy, owner, due date, effect"));
    add_start(pg, &starts, TYPE_EXERCISE, S("What was exercised, with what result"));
    add_start(pg, &starts, TYPE_MANAGEMENT_REVIEW, S("What top management saw and decided"));
    put_items(pg, pg->data, S("starts"), &starts);
}

void fill_AUDIT(struct page *pg)
{
    put_asked(pg);
    put_clauses(pg);
    put_starts(pg);
    put_shelves(pg);
}

/* -- Pages of words -------------------------------------------------------------------- */

void fill_HELP(struct page *pg)
{
    put_contact(pg);
}

void fill_ACCESSIBILITY(struct page *pg)
{
    put_contact(pg);
}

void fill_GLOSSARY(struct page *pg)
{
    struct items words = items_new(pg);
    for (size_t i = 0; i < glossary_count(); i++) {
        const struct glossary_word *w = glossary_at(i);
        struct tmap *m = items_add(pg, &words);
        put_text(m, S("id"), w->anchor);
        put_text(m, S("word"), w->word);
        put_text(m, S("meaning"), w->meaning);
    }
    put_items(pg, pg->data, S("words"), &words);
}
