/* write/html/page_evidence: the pages for who asks whether the system works. */
#include "write/html/portal_int.h"

#include "form/table/audits.h"
#include "form/table/evidence.h"

/* -- What these pages share ---------------------------------------------------------------- */

static void put_none(struct page *pg, struct tmap *m, str name)
{
    struct items none = items_new(pg);
    put_items(pg, m, name, &none);
}

/* The same table as a file: the list of this name. */
static void put_files(struct page *pg, str list)
{
    struct arena *a = pg->arena;
    struct items files = items_new(pg);
    static const char *const kind[] = {"CSV", "JSON"}, *const ending[] = {"csv", "json"};
    for (size_t i = 0; i < COUNT_OF(kind); i++) {
        str path = str_fmt(a, "data/lists/" STR_FMT ".%s", STR_ARG(list), ending[i]);
        put_flag(items_add_link(pg, &files, page_link(pg, path), str_from(kind[i]), S("")),
                 S("is_download"), true);
    }
    str path = str_fmt(a, "lists/" STR_FMT ".pdf", STR_ARG(list));
    if (!pg->portal->world.only_html)
        put_flag(items_add_link(pg, &files, page_link(pg, path), S("PDF"), S("")), S("is_download"),
                 false);
    put_items(pg, pg->data, S("files"), &files);
}

/* What stands above the sections; `list` is the page's table as a file. */
static void put_lead(struct page *pg, str lead, str list)
{
    put_text(pg->data, S("summary"), lead);
    put_none(pg, pg->data, S("facts"));
    put_files(pg, list);
}

/* A heading may be empty: then the page's own will do. */
static struct tmap *add_section(struct page *pg, struct items *sections, str id, str heading,
                                str about)
{
    struct tmap *m = items_add(pg, sections);
    put_text(m, S("id"), id);
    put_text(m, S("heading"), heading);
    put_text(m, S("about"), about);
    put_text(m, S("answer"), S(""));
    put_nothing(m, S("content"));
    put_none(pg, m, S("links"));
    put_none(pg, m, S("pitfalls"));
    return m;
}

static void add_pitfall(struct page *pg, struct items *pitfalls, str id, str what, str way_out,
                        str checks)
{
    const struct checks_view view = {id, what, checks};
    const struct table *t = checks_table(pg->arena, pg->model, &view);
    struct tmap *m = items_add(pg, pitfalls);
    put_text(m, S("what"), what);
    put_text(m, S("way_out"), way_out);
    if (t->row_count != 0)
        put_table(pg, m, S("checks"), t, "checks");
    else
        put_nothing(m, S("checks"));
}

static void put_sections(struct page *pg, const struct items *sections)
{
    put_items(pg, pg->data, S("sections"), sections);
}

static void add_fact(struct page *pg, struct items *facts, size_t value, str label)
{
    struct tmap *m = items_add(pg, facts);
    put_text(m, S("value"), str_fmt(pg->arena, "%zu", value));
    put_text(m, S("label"), label);
}

/* -- The coverage matrix ------------------------------------------------------------------- */

static void put_coverage(struct page *pg)
{
    size_t all = 0, shown = 0, with_gaps = 0, nothing = 0;
    for (size_t i = 0; i < clause_count(); i++) {
        const struct clause_evidence *c = &pg->model->evidence->clauses[i];
        if (c->clause->demand == DEMAND_CHAPTER)
            continue;
        bool is_proven = c->documents_count + c->records_count != 0;
        all++;
        nothing += !is_proven;
        shown += is_proven && c->gap_count == 0;
        with_gaps += is_proven && c->gap_count != 0;
    }
    struct items facts = items_new(pg);
    add_fact(pg, &facts, all, S("Clauses"));
    if (model_is_partial(pg->model)) {
        add_fact(pg, &facts, all - nothing, S("with evidence in this copy"));
    } else {
        add_fact(pg, &facts, shown, S("shown without a gap"));
        add_fact(pg, &facts, with_gaps, S("shown with gaps"));
        add_fact(pg, &facts, nothing, S("with nothing to show"));
    }
    put_items(pg, pg->data, S("facts"), &facts);
}

void fill_MATRIX(struct page *pg)
{
    struct items sections = items_new(pg);
    put_lead(pg,
             S("How much shows each clause, how new it is, who answers for it, and what is "
               "missing."),
             S("clauses"));
    put_coverage(pg);
    struct tmap *m = add_section(pg, &sections, S("matrix"), S(""), S(""));
    put_table(pg, m, S("content"), evidence_matrix(pg->arena, pg->model), "coverage");
    put_sections(pg, &sections);
}

/* -- What auditors ask --------------------------------------------------------------------- */

/* Pages on which the answer goes on. */
static const struct {
    size_t question;
    str path, label;
} answer_page[] = {
    {0, S_INIT("audit/scope.html"), S_INIT("Scope against real operations")},
    {0, S_INIT("audit/requirements.html"), S_INIT("From requirement to review")},
    {1, S_INIT("maps/bcms.html"), S_INIT("Map of the system")},
    {1, S_INIT("maps/raci.html"), S_INIT("Who does what (RACI)")},
    {2, S_INIT("audit/gate.html"), S_INIT("Minimum evidence")},
    {2, S_INIT("audit/control.html"), S_INIT("Control of documents")},
    {3, S_INIT("manage/change-log.html"), S_INIT("Change log")},
    {3, S_INIT("audit/phases.html"), S_INIT("Phases of the system")},
    {4, S_INIT("manage/story.html"), S_INIT("Improvement story")},
    {4, S_INIT("manage/actions.html"), S_INIT("Action log")},
    {4, S_INIT("audit/programme.html"), S_INIT("Audit programme")},
    {4, S_INIT("manage/roadmap.html"), S_INIT("Roadmap")},
};

static void put_answer_pages(struct page *pg, struct tmap *m, size_t question)
{
    struct items links = items_new(pg);
    for (size_t i = 0; i < COUNT_OF(answer_page); i++)
        if (answer_page[i].question == question && portal_has_path(pg->portal, answer_page[i].path))
            items_add_link(pg, &links, page_link(pg, answer_page[i].path), answer_page[i].label,
                           S(""));
    put_items(pg, m, S("links"), &links);
}

/* Of one question, or with SIZE_MAX of the system as a whole. */
static void put_pitfalls(struct page *pg, struct tmap *m, size_t question)
{
    struct items pitfalls = items_new(pg);
    for (size_t i = 0; i < pitfall_count(); i++) {
        const struct pitfall *p = pitfall_at(i);
        if (p->question == question)
            add_pitfall(pg, &pitfalls, str_fmt(pg->arena, "pitfall-%zu", i + 1), p->what,
                        p->way_out, p->checks);
    }
    put_items(pg, m, S("pitfalls"), &pitfalls);
}

static void add_question(struct page *pg, struct items *sections, size_t i)
{
    const struct auditor_question *q = question_at(i);
    str id = str_fmt(pg->arena, "question-%zu", i + 1);
    str heading = str_fmt(pg->arena, "%zu. " STR_FMT, i + 1, STR_ARG(q->question));
    struct tmap *m = add_section(pg, sections, id, heading, q->look);
    put_text(m, S("answer"), question_answer(pg->arena, pg->model, i));
    put_table(pg, m, S("content"), question_table(pg->arena, pg->model, i), NULL);
    put_answer_pages(pg, m, i);
    put_pitfalls(pg, m, i);
}

void fill_QUESTIONS(struct page *pg)
{
    struct items sections = items_new(pg);
    put_lead(pg, S("What auditors ask first, what answers it, and where others fail."),
             S("questions"));
    for (size_t i = 0; i < QUESTION_COUNT; i++)
        add_question(pg, &sections, i);
    struct tmap *m = add_section(pg, &sections, S("mistakes"), S("Mistakes, and the way out"),
                                 S("They are made with the system as a whole."));
    put_pitfalls(pg, m, SIZE_MAX);
    put_sections(pg, &sections);
}

/* -- The minimum --------------------------------------------------------------------------- */

void fill_GATE(struct page *pg)
{
    struct items sections = items_new(pg), watched = items_new(pg);
    put_lead(pg,
             S("Six things without which nobody believes that a system is run, and whether "
               "what is done keeps up with what is written."),
             S("gate"));
    struct tmap *m =
        add_section(pg, &sections, S("minimum"), S(""), gate_sentence(pg->arena, pg->model));
    put_table(pg, m, S("content"), gate_table(pg->arena, pg->model), NULL);
    add_pitfall(pg, &watched, S("gate-checks"),
                S("A policy and a plan alone show nothing: these checks watch over it."), S(""),
                S("SY1 SY2 SY3"));
    if (!model_is_partial(pg->model))
        put_items(pg, m, S("pitfalls"), &watched);
    put_sections(pg, &sections);
}

/* -- Phases -------------------------------------------------------------------------------- */

static void put_processes(struct page *pg, struct tmap *m, enum phase phase)
{
    const struct record_list *list = model_list(pg->model, TYPE_PROCESS);
    struct items links = items_new(pg);
    for (size_t i = 0; i < list->count; i++) {
        const struct record *r = list->items[i], *owner = rec_ref(r, COMMON_OWNER);
        if (rec_int(r, PROCESS_PHASE, -1) == (long long)phase && record_has_page(pg->portal, r))
            items_add_link(pg, &links, page_link_record(pg, r), r->title,
                           owner != NULL ? owner->title : S(""));
    }
    put_items(pg, m, S("links"), &links);
}

void fill_PHASES(struct page *pg)
{
    static const struct {
        str heading, about;
    } part[PHASE_COUNT] = {
        [PHASE_ESTABLISH] = {S_INIT("Establish"),
                             S_INIT("The system is defined: what it covers, who answers for it.")},
        [PHASE_IMPLEMENT] = {S_INIT("Implement"),
                             S_INIT("It is used: analyses, solutions and plans, people who can.")},
        [PHASE_MAINTAIN] = {S_INIT("Maintain"),
                            S_INIT("It is kept current: meetings, changes, exercises.")},
        [PHASE_IMPROVE] = {S_INIT("Improve"),
                           S_INIT("It learns: figures, audits, actions, reviews.")},
    };
    struct items sections = items_new(pg);
    put_lead(pg, S("The system in four phases: its processes, and what shows that each is done."),
             S("phases"));
    for (int phase = 0; phase < PHASE_COUNT; phase++) {
        struct tmap *m = add_section(pg, &sections, phase_word((enum phase)phase),
                                     part[phase].heading, part[phase].about);
        put_processes(pg, m, (enum phase)phase);
        put_table(pg, m, S("content"), phase_table(pg->arena, pg->model, (enum phase)phase), NULL);
    }
    put_sections(pg, &sections);
}

/* -- From requirement to review ------------------------------------------------------------ */

static void add_requirements(struct page *pg, struct items *sections, str id, const struct table *t)
{
    struct tmap *m = add_section(pg, sections, id, t->caption, S(""));
    put_table(pg, m, S("content"), page_first_rows(pg, t), "coverage");
}

void fill_REQUIREMENTS(struct page *pg)
{
    struct items sections = items_new(pg);
    put_lead(pg,
             S("From each clause and duty to what is done for it, who answers, the newest "
               "evidence and the next review."),
             S("requirements"));
    add_requirements(pg, &sections, S("standards"),
                     requirements_of_standards(pg->arena, pg->model));
    add_requirements(pg, &sections, S("law"), requirements_of_law(pg->arena, pg->model));
    put_sections(pg, &sections);
}

/* -- Self-assessment ------------------------------------------------------------------------ */

void fill_SELF_ASSESSMENT(struct page *pg)
{
    struct items sections = items_new(pg);
    put_lead(pg,
             S("One question for each clause, in our own words: answer yes, partly or no, and say "
               "what shows it. Print the sheet, or fill in the CSV file."),
             S("self-assessment"));
    struct tmap *m = add_section(pg, &sections, S("questions"), S(""),
                                 S("What is answered with partly or no becomes a finding of the "
                                   "self-assessment, and stands here the next time."));
    put_table(pg, m, S("content"), page_first_rows(pg, self_assessment(pg->arena, pg->model)),
              "coverage");
    put_sections(pg, &sections);
}

/* -- Roadmap ------------------------------------------------------------------------------- */

static str phase_heading(struct arena *a, str days)
{
    return str_eq(days, S("later")) ? S("Later")
                                    : str_fmt(a, "Within " STR_FMT " days", STR_ARG(days));
}

void fill_ROADMAP(struct page *pg)
{
    const struct type_def *t = pg->model->schema->types[TYPE_ROADMAP];
    const struct field_def *phase = &t->fields[schema_slot(t, ROADMAP_PHASE)];
    struct items sections = items_new(pg);
    put_lead(pg, roadmap_sentence(pg->arena, pg->model, SIZE_MAX), S("roadmap"));
    for (size_t i = 0; i < phase->word_count; i++) {
        const struct table *items = roadmap_table(pg->arena, pg->model, i);
        if (items->row_count == 0)
            continue;
        struct tmap *m = add_section(pg, &sections, str_fmt(pg->arena, "phase-%zu", i + 1),
                                     phase_heading(pg->arena, phase->words[i]),
                                     roadmap_sentence(pg->arena, pg->model, i));
        put_table(pg, m, S("content"), page_first_rows(pg, items), NULL);
    }
    const struct table *moves = rebaselined_table(pg->arena, pg->model);
    struct tmap *m = add_section(pg, &sections, S("rebaselined"), S("Drawn anew"),
                                 S("When dates were moved, from when to when, and why."));
    put_table(pg, m, S("content"), page_first_rows(pg, moves), NULL);
    put_sections(pg, &sections);
}
