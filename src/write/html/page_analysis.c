/* write/html/page_analysis: lists that are put together from many records, a page each. */
#include "write/html/portal_int.h"

#include "form/table/system.h"

static void add_list(struct page *pg, struct items *lists, const struct list_def *l)
{
    struct arena *a = pg->arena;
    struct tmap *m = items_add(pg, lists);
    put_text(m, S("id"), str_fmt(a, "list-of-" STR_FMT, STR_ARG(l->name)));
    put_text(m, S("heading"), l->title);
    put_text(m, S("about"), l->about);
    put_text(m, S("csv"),
             page_link(pg, str_fmt(a, "data/lists/" STR_FMT ".csv", STR_ARG(l->name))));
    put_text(m, S("json"),
             page_link(pg, str_fmt(a, "data/lists/" STR_FMT ".json", STR_ARG(l->name))));
    bool has_sheet = list_is_sheet(l->name) && !pg->portal->world.only_html;
    put_text(m, S("pdf"),
             has_sheet ? page_link(pg, str_fmt(a, "lists/" STR_FMT ".pdf", STR_ARG(l->name)))
                       : S(""));
    put_table(pg, m, S("content"), page_first_rows(pg, list_table(a, pg->model, l)), "filtered");
}

void put_lists(struct page *pg, enum list_group group)
{
    struct items lists = items_new(pg);
    for (size_t i = 0; i < list_count(); i++)
        if (list_at(i)->group == group)
            add_list(pg, &lists, list_at(i));
    put_items(pg, pg->data, S("lists"), &lists);
}

/* -- One page each ------------------------------------------------------------------------ */

enum { WAYS_MAX = 5, TYPES_MAX = 5 };

/* What a page says of itself, and where it leads on: registers, and other pages. */
struct analysis_page {
    enum list_group group;
    str lead;
    struct {
        str path, label, aside;
    } ways[WAYS_MAX];
    enum type_id types[TYPES_MAX]; /* up to TYPE_COMMON, which has no register */
};

static void put_ways(struct page *pg, const struct analysis_page *def)
{
    struct items ways = items_new(pg);
    for (size_t i = 0; i < WAYS_MAX && def->ways[i].path.n != 0; i++) {
        if (portal_has_path(pg->portal, def->ways[i].path))
            items_add_link(pg, &ways, page_link(pg, def->ways[i].path), def->ways[i].label,
                           def->ways[i].aside);
    }
    for (size_t i = 0; def->types[i] != TYPE_COMMON; i++) {
        const struct type_def *t = pg->model->schema->types[def->types[i]];
        if (type_has_register(pg->portal, t))
            items_add_link(pg, &ways, page_link_register(pg, t), t->plural, S("Register"));
    }
    put_items(pg, pg->data, S("ways"), &ways);
}

/* A page of one list is called like it. */
static size_t lists_of(enum list_group group)
{
    size_t count = 0;
    for (size_t i = 0; i < list_count(); i++)
        count += list_at(i)->group == group;
    return count;
}

static void put_analysis(struct page *pg, const struct analysis_page *def)
{
    put_text(pg->data, S("lead"), def->lead);
    put_flag(pg->data, S("has_several"), lists_of(def->group) > 1);
    put_ways(pg, def);
    put_lists(pg, def->group);
}

void fill_RECOVERY(struct page *pg)
{
    static const struct analysis_page def = {
        .group = LIST_RECOVERY,
        .lead = S_INIT("How soon every activity must be back, how soon it can be, and what was "
                       "shown, worked out from all dependencies."),
        .ways = {{S_INIT("maps/recovery.html"), S_INIT("Recovery times"),
                  S_INIT("The same on a scale of time")},
                 {S_INIT("manage/capabilities.html"), S_INIT("What can be back in time"),
                  S_INIT("Services, resources and suppliers")},
                 {S_INIT("manage/restore.html"), S_INIT("Order of bringing everything back"),
                  S_INIT("What comes first, what waits")},
                 {S_INIT("manage/needs.html"), S_INIT("Needs over time"),
                  S_INIT("People, seats, kit, ICT, records")},
                 {S_INIT("lose/index.html"), S_INIT("If we lose …"),
                  S_INIT("What a loss stops, and who answers")}},
        .types = {TYPE_ACTIVITY, TYPE_BIA, TYPE_COMMON}};
    put_analysis(pg, &def);
}

void fill_CAPABILITY(struct page *pg)
{
    static const struct analysis_page def = {
        .group = LIST_CAPABILITY,
        .lead = S_INIT("What is asked of everything that activities stand on, what it commits to, "
                       "and what an exercise or incident has shown."),
        .types = {TYPE_RESOURCE, TYPE_SERVICE, TYPE_SUPPLIER, TYPE_COMMON}};
    put_analysis(pg, &def);
}

void fill_RESTORE(struct page *pg)
{
    static const struct analysis_page def = {
        .group = LIST_RESTORE,
        .lead = S_INIT("If all were down: what to bring back first. All of a wave can be worked on "
                       "at the same time."),
        .types = {TYPE_COMMON}};
    put_analysis(pg, &def);
}

void fill_NEEDS(struct page *pg)
{
    static const struct analysis_page def = {
        .group = LIST_NEEDS,
        .lead = S_INIT("What each activity needs to go on at its minimum, and from when."),
        .types = {TYPE_BIA, TYPE_RESOURCE, TYPE_COMMON}};
    put_analysis(pg, &def);
}

void fill_SCOPE(struct page *pg)
{
    static const struct analysis_page def = {
        .group = LIST_SCOPE,
        .lead = S_INIT("The scope tested against what the activities really depend on. What is "
                       "left out and needed all the same comes first."),
        .types = {TYPE_SCOPE, TYPE_UNIT, TYPE_PRODUCT, TYPE_COMMON}};
    put_analysis(pg, &def);
}

void fill_CHANGE_LOG(struct page *pg)
{
    static const struct analysis_page def = {
        .group = LIST_CHANGES,
        .lead = S_INIT("Every reported change: what it touched, how soon it was assessed, which "
                       "updates it forced, and how far they are."),
        .types = {TYPE_CHANGE, TYPE_TRIGGER, TYPE_COMMON}};
    put_analysis(pg, &def);
}

void fill_SUPPLIERS(struct page *pg)
{
    static const struct analysis_page def = {
        .group = LIST_SUPPLIERS,
        .lead = S_INIT("What our activities need of suppliers, what is required and promised, and "
                       "how they are looked after. Each critical one has a sheet of its own."),
        .types = {TYPE_SUPPLIER, TYPE_COMMON}};
    put_analysis(pg, &def);
}

void fill_IMPROVEMENT(struct page *pg)
{
    static const struct analysis_page def = {
        .group = LIST_IMPROVEMENT,
        .lead = S_INIT("One log for what audits, exercises, incidents, changes and reviews found: "
                       "each finding with its cause, its action, the check of the effect, and what "
                       "was updated."),
        .types = {TYPE_FINDING, TYPE_ACTION, TYPE_COMMON}};
    put_analysis(pg, &def);
}

void fill_ACTION_LOG(struct page *pg)
{
    static const struct analysis_page def = {
        .group = LIST_ACTIONS,
        .lead = S_INIT("One log of all actions: where each comes from, its cause and remedy, who "
                       "owns it, by when, how often that moved, and whether it worked."),
        .ways = {{S_INIT("maps/actions.html"), S_INIT("Age of open actions"),
                  S_INIT("The same as bars")},
                 {S_INIT("manage/improvement.html"), S_INIT("From finding to update"),
                  S_INIT("Every finding with what was done about it")},
                 {S_INIT("manage/story.html"), S_INIT("Improvement story"),
                  S_INIT("What changed by it, month by month")}},
        .types = {TYPE_ACTION, TYPE_FINDING, TYPE_COMMON}};
    put_analysis(pg, &def);
}

void fill_AUDITS(struct page *pg)
{
    static const struct analysis_page def = {
        .group = LIST_AUDITS,
        .lead = S_INIT("What is audited when and by whom, whether it was held, what was found, and "
                       "which clause has never been looked at."),
        .ways = {{S_INIT("audit/self-assessment.html"), S_INIT("Self-assessment"),
                  S_INIT("A question for each clause")},
                 {S_INIT("audit/matrix.html"), S_INIT("Evidence by clause"),
                  S_INIT("What is on file for the auditor")},
                 {S_INIT("manage/actions.html"), S_INIT("Action log"),
                  S_INIT("What is done about findings")}},
        .types = {TYPE_AUDIT_PROGRAMME, TYPE_AUDIT, TYPE_FINDING, TYPE_COMMON}};
    put_analysis(pg, &def);
}

void fill_MEANS(struct page *pg)
{
    static const struct analysis_page def = {
        .group = LIST_MEANS,
        .lead = S_INIT("What the system is given to run on: competences, tools and time of each "
                       "process."),
        .ways = {{S_INIT("manage/training.html"), S_INIT("Training and awareness"),
                  S_INIT("Who has learnt what their role asks for")}},
        .types = {TYPE_PROCESS, TYPE_COMPETENCE, TYPE_COMMON}};
    put_analysis(pg, &def);
}

void fill_TRAINING(struct page *pg)
{
    static const struct analysis_page def = {
        .group = LIST_TRAINING,
        .lead = S_INIT("Who in a role has learnt what it asks for and until when, who attended "
                       "which course, and how many the awareness events reached."),
        .ways = {{S_INIT("audit/control.html"), S_INIT("Reading confirmed"),
                  S_INIT("Who has read the version in force, and who has not")},
                 {S_INIT("manage/means.html"), S_INIT("Means of the processes"),
                  S_INIT("Competences that the owners need")}},
        .types = {TYPE_COURSE, TYPE_COMPETENCE, TYPE_TRAINING, TYPE_AWARENESS, TYPE_COMMON}};
    put_analysis(pg, &def);
}

void fill_MEASURES(struct page *pg)
{
    static const struct analysis_page def = {
        .group = LIST_MEASURES,
        .lead = S_INIT("What shows that objectives are reached and services are good enough, and "
                       "the frequencies and limits that the house has set itself."),
        .types = {TYPE_OBJECTIVE, TYPE_KPI, TYPE_SERVICE, TYPE_COMMON}};
    put_analysis(pg, &def);
}

void fill_STEERING(struct page *pg)
{
    static const struct analysis_page def = {
        .group = LIST_STEERING,
        .lead = S_INIT("What every meeting looks at: what waits for a decision, what is not done, "
                       "which figures miss their limits, which reviews are overdue."),
        .types = {TYPE_MEETING, TYPE_ACTION, TYPE_KPI, TYPE_COMMON}};
    put_analysis(pg, &def);
}

/* -- The sheet for a supplier ----------------------------------------------------------------- */

void fill_FLOW_DOWN(struct page *pg)
{
    const struct record *r = pg->ref->record;
    struct flow_down sheet = flow_down(pg->arena, pg->model, r);
    pg->title = str_fmt(pg->arena, "Continuity terms for " STR_FMT, STR_ARG(r->title));
    put_text(pg->data, S("code"), id_and_type(pg->arena, r));
    put_text(pg->data, S("heading"), pg->title);
    put_text(pg->data, S("ours"), model_organisation(pg->model));
    put_fields(pg, pg->data, S("particulars"), sheet.particulars);
    put_table(pg, pg->data, S("terms"), sheet.terms, NULL);
    put_table(pg, pg->data, S("users"), sheet.users, NULL);
    put_link(pg, S("own"), page_link_record(pg, r), r->title);
}

void put_flow_down(struct page *pg)
{
    const struct record *r = pg->ref->record;
    if (r->type->number != TYPE_SUPPLIER || !flow_down_has(pg->model, r))
        put_nothing(pg->data, S("flow_down"));
    else
        put_link(pg, S("flow_down"), page_link(pg, flow_down_path(pg->arena, r)),
                 S("Continuity terms, as a sheet for the supplier"));
}
