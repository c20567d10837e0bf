/* write/html/portal: templates, the list of pages, and making one. */
#include "write/html/portal_int.h"

#include <assert.h>

#include "base/hash.h"
#include "base/path.h"
#include "form/table/findings.h"
#include "form/table/lose/lose.h"
#include "form/table/system.h"
#include "model/clauses.h"

enum {
    TEMPLATE_BYTES_MAX = 256 * 1024,
    ASSET_BYTES_MAX = 1024 * 1024,
    /* Records that all sheets "if we lose …" follow together, and each does in any case: what
     * hangs on a thing may be everything, and there may be as many things. */
    LOSE_REACH_IN_ALL = 2 * 1000 * 1000,
    LOSE_REACH_LEAST = 300,
};

static const struct page_def page_def[PAGE_KIND_COUNT] = {
#define PAGE(NAME, template, door, above, path, title)                                             \
    [PAGE_##NAME] = {S_INIT(template), S_INIT(path),  S_INIT(title),                               \
                     DOOR_##door,      PAGE_##above,  fill_##NAME},
#define PAGES(NAME, template, door, above)                                                         \
    [PAGE_##NAME] = {S_INIT(template), S_INIT(""),   S_INIT(""),                                   \
                     DOOR_##door,      PAGE_##above, fill_##NAME},
#include "write/html/pages.def"
};

const struct page_def *page_def_of(enum page_kind kind)
{
    return &page_def[kind];
}

/* Copied as they are. */
static const struct asset {
    str source, path;
} asset[] = {
#define ASSET(source, name) {S_INIT("assets/" source), S_INIT("assets/" name)},
#include "write/html/assets.def"
};

/* Flags by which the menu marks the door that a page belongs to. */
static const str door_flag[DOOR_COUNT] = {
    [DOOR_NONE] = S_INIT("in_none"),     [DOOR_HOME] = S_INIT("in_home"),
    [DOOR_CRISIS] = S_INIT("in_crisis"), [DOOR_STAFF] = S_INIT("in_staff"),
    [DOOR_MANAGE] = S_INIT("in_manage"), [DOOR_AUDIT] = S_INIT("in_audit"),
    [DOOR_INDEX] = S_INIT("in_index"),   [DOOR_HELP] = S_INIT("in_help"),
};

/* -- Templates ------------------------------------------------------------------------- */

const struct template *portal_find_template(void *self, str name)
{
    const struct map *templates = self;
    return map_find(templates, name);
}

static bool load_template(struct portal *p, struct arena *a, struct diags *d, str name)
{
    if (map_find(&p->templates, name) != NULL)
        return true;
    str text, path = str_fmt(a, "templates/portal/" STR_FMT ".html", STR_ARG(name));
    if (!diag_file_read(a, d, p->world.place, path, TEMPLATE_BYTES_MAX, &text))
        return false;
    size_t before = diags_count(d, SEVERITY_ERROR);
    uint32_t file = diags_source(d, path, text);
    map_put(&p->templates, name, template_compile(a, d, file, text, 0, TEMPLATE_HTML, false));
    return diags_count(d, SEVERITY_ERROR) == before;
}

/* Between <style> and </style>, as browsers hash it. The template has no tag in there, so what is
 * hashed is what every card says. */
static bool hash_card_style(struct portal *p, struct arena *a, struct diags *d)
{
    str text, path = S("templates/portal/card.html"), open = S("<style>");
    if (!diag_file_read(a, d, p->world.place, path, TEMPLATE_BYTES_MAX, &text))
        return false;
    size_t from = str_find(text, open, 0), to = str_find(text, S("</style>"), 0);
    assert(from != SIZE_MAX && to != SIZE_MAX && from < to);
    str style = str_from_to(text, from + open.n, to);
    assert(str_find(style, S("{{"), 0) == SIZE_MAX);
    p->card_style = str_fmt(a, "sha256-" STR_FMT, STR_ARG(sha256_base64(a, sha256_of(style))));
    return true;
}

static bool load_templates(struct portal *p, struct arena *a, struct diags *d)
{
    p->templates = map_in(a);
    bool fine = load_template(p, a, d, S("base")) && load_template(p, a, d, S("pointer")) &&
                load_template(p, a, d, S("toc")) && hash_card_style(p, a, d);
    for (int k = 0; k < PAGE_KIND_COUNT; k++) {
        fine = load_template(p, a, d, page_def[k].template) && fine;
        p->template_of[k] = map_find(&p->templates, page_def[k].template);
    }
    return fine;
}

/* -- The list of pages ----------------------------------------------------------------- */

static struct page_ref *add_page(struct portal *p, struct arena *a, enum page_kind kind, str path)
{
    struct page_ref *ref = &PUSH(a, p->pages, p->page_count, p->page_cap, struct page_ref);
    *ref = (struct page_ref){.kind = kind, .path = path};
    return ref;
}

/* What shows some types of records is a page where there are any. */
bool portal_has_kind(const struct portal *p, enum page_kind kind)
{
    static const struct {
        enum page_kind kind;
        enum type_id type;
    } needs[] = {{PAGE_RECOVERY, TYPE_ACTIVITY},   {PAGE_CAPABILITY, TYPE_ACTIVITY},
                 {PAGE_RESTORE, TYPE_ACTIVITY},    {PAGE_NEEDS, TYPE_ACTIVITY},
                 {PAGE_SCOPE, TYPE_SCOPE},         {PAGE_CHANGE_LOG, TYPE_CHANGE},
                 {PAGE_SUPPLIERS, TYPE_SUPPLIER},   {PAGE_LOSE_ALL, TYPE_ACTIVITY},
                 {PAGE_MAP_BCMS, TYPE_PROCESS},    {PAGE_MAP_ORG, TYPE_ROLE},
                 {PAGE_MAP_RACI, TYPE_RACI},       {PAGE_MAP_RECOVERY, TYPE_ACTIVITY},
                 {PAGE_MAP_RISKS, TYPE_RISK},      {PAGE_MAP_EXERCISES, TYPE_EXERCISE},
                 {PAGE_MAP_ACTIONS, TYPE_ACTION},
                 {PAGE_IMPROVEMENT, TYPE_FINDING}, {PAGE_IMPROVEMENT, TYPE_ACTION},
                 {PAGE_ACTION_LOG, TYPE_FINDING},  {PAGE_ACTION_LOG, TYPE_ACTION},
                 {PAGE_TRAINING, TYPE_COURSE},     {PAGE_TRAINING, TYPE_TRAINING},
                 {PAGE_TRAINING, TYPE_AWARENESS},  {PAGE_MEANS, TYPE_PROCESS},
                 {PAGE_MEASURES, TYPE_OBJECTIVE},  {PAGE_MEASURES, TYPE_KPI}};
    bool needs_records = false;
    for (size_t i = 0; i < COUNT_OF(needs); i++) {
        if (needs[i].kind == kind && model_list(p->model, needs[i].type)->count != 0)
            return true;
        needs_records |= needs[i].kind == kind;
    }
    return !needs_records && (kind != PAGE_CHANGES || p->world.changes != NULL) &&
           (kind != PAGE_REPORTS || p->has_reports);
}

bool portal_has_path(const struct portal *p, str path)
{
    for (int kind = 0; kind < PAGE_KIND_COUNT; kind++)
        if (str_eq(page_def_of((enum page_kind)kind)->path, path))
            return portal_has_kind(p, (enum page_kind)kind);
    return true;
}

static void list_single_pages(struct portal *p, struct arena *a)
{
    for (int k = 0; k < PAGE_KIND_COUNT; k++)
        if (page_def[k].path.n > 0 && portal_has_kind(p, (enum page_kind)k))
            add_page(p, a, (enum page_kind)k, page_def[k].path);
}

static void list_registers(struct portal *p, struct arena *a)
{
    const struct schema *s = p->model->schema;
    for (size_t t = 0; t < s->type_count; t++) {
        if (p->registers[t] == NULL)
            continue;
        size_t rows = register_row_count(p->registers[t]);
        size_t step = register_rows_per_page(p->registers[t]);
        for (size_t from = 0; from < rows; from += step) {
            str path = register_path(a, s->types[t], from / step);
            struct page_ref *ref = add_page(p, a, PAGE_REGISTER, path);
            ref->type = s->types[t];
            ref->from = from;
            ref->count = rows - from < step ? rows - from : step;
        }
    }
}

static void list_clauses(struct portal *p, struct arena *a)
{
    for (size_t i = 0; i < clause_count(); i++)
        add_page(p, a, PAGE_CLAUSE, clause_path(a, clause_at(i)))->clause = i;
}

static void list_changes(struct portal *p, struct arena *a)
{
    const struct changes *c = p->world.changes;
    if (c == NULL)
        return;
    for (size_t i = 0; i < c->documents.n; i++) {
        const struct change *change = &c->documents.v[i];
        if (change->kind == CHANGE_CHANGED)
            add_page(p, a, PAGE_CHANGED_DOCUMENT, changes_document_path(a, change))->change =
                change;
    }
    for (size_t i = 0; i < c->type_count; i++)
        add_page(p, a, PAGE_CHANGED_TYPE, changes_type_path(a, &c->types[i]))->changed =
            &c->types[i];
}

/* Only of a model that was judged: a copy that does not hold everything has no such page. */
static void list_findings(struct portal *p, struct arena *a)
{
    const struct check_results *all = p->model->results;
    if (all == NULL)
        return;
    add_page(p, a, PAGE_CHECKS, S(FINDINGS_REFERENCE));
    size_t from = 0;
    do {
        size_t rest = all->count - from;
        str path = findings_path(a, from / FINDINGS_ROWS_MAX);
        struct page_ref *ref = add_page(p, a, PAGE_FINDINGS, path);
        ref->from = from;
        ref->count = rest < FINDINGS_ROWS_MAX ? rest : FINDINGS_ROWS_MAX;
        from += ref->count;
    } while (from < all->count);
}

static void list_index(struct portal *p, struct arena *a)
{
    size_t from = 0, part = 1;
    do {
        size_t rest = p->titled_count - from;
        str path = part == 1 ? S("a-z.html") : str_fmt(a, "a-z-%zu.html", part);
        struct page_ref *ref = add_page(p, a, PAGE_INDEX, path);
        ref->from = from;
        ref->count = rest < INDEX_ENTRIES_MAX ? rest : INDEX_ENTRIES_MAX;
        from += ref->count;
        part++;
    } while (from < p->titled_count);
}

static void list_people(struct portal *p, struct arena *a)
{
    for (size_t from = 0; from < p->people_count; from += INDEX_ENTRIES_MAX) {
        size_t rest = p->people_count - from;
        struct page_ref *ref =
            add_page(p, a, PAGE_PEOPLE, people_path(a, from / INDEX_ENTRIES_MAX));
        ref->from = from;
        ref->count = rest < INDEX_ENTRIES_MAX ? rest : INDEX_ENTRIES_MAX;
    }
    for (size_t i = 0; i < p->people_count; i++)
        add_page(p, a, PAGE_PART, part_path(a, p->people[i]))->record = p->people[i];
}

/* Documents are not among them: they come assembled, see portal_document. */
static void list_records(struct portal *p, struct arena *a)
{
    for (size_t i = 0; i < p->model->all.count; i++) {
        const struct record *r = p->model->all.items[i];
        if (record_has_page(p, r) && r->type->number != TYPE_DOCUMENT)
            add_page(p, a, PAGE_RECORD, record_path(a, r))->record = r;
    }
}

static void list_flow_downs(struct portal *p, struct arena *a)
{
    const struct record_list *list = model_list(p->model, TYPE_SUPPLIER);
    for (size_t i = 0; i < list->count; i++)
        if (flow_down_has(p->model, list->items[i]) && record_has_page(p, list->items[i]))
            add_page(p, a, PAGE_FLOW_DOWN, flow_down_path(a, list->items[i]))->record =
                list->items[i];
}

/* Without activities there is nothing that a loss could stop. */
static void list_losses(struct portal *p, struct arena *a)
{
    size_t count;
    const struct record **subjects = lose_subjects(a, p->model, &count);
    if (model_list(p->model, TYPE_ACTIVITY)->count == 0)
        return;
    size_t each = count < LOSE_REACH_IN_ALL / LOSE_REACH_LEAST ? LOSE_REACH_IN_ALL / (count + 1)
                                                                 : LOSE_REACH_LEAST;
    p->lose = lose_open(a, p->model, each);
    for (size_t i = 0; i < count; i++)
        add_page(p, a, PAGE_LOSE, lose_path(a, subjects[i]))->record = subjects[i];
}

/* -- Opening --------------------------------------------------------------------------- */

static str organisation_name(const struct model *m)
{
    const struct record *o = rec_ref(m->workspace, WORKSPACE_ORGANISATION);
    if (o == NULL && model_list(m, TYPE_ORGANISATION)->count > 0)
        o = model_list(m, TYPE_ORGANISATION)->items[0];
    if (o == NULL)
        return m->workspace->title.n > 0 ? m->workspace->title : S("Business continuity");
    return rec_has(o, ORGANISATION_SHORT_NAME) ? rec_text(o, ORGANISATION_SHORT_NAME) : o->title;
}

struct portal *portal_open(struct arena *a, struct diags *d, const struct portal_world *world)
{
    assert(world->doc->model != NULL && world->doc->model->evidence != NULL && world->svg != NULL);
    assert(world->doc->model->results == NULL || !model_is_partial(world->doc->model));
    struct portal *p = NEW(a, struct portal);
    p->world = *world;
    p->model = world->doc->model;
    p->organisation = organisation_name(p->model);
    p->language = rec_text(p->model->workspace, WORKSPACE_LANGUAGE);
    if (p->language.n == 0)
        p->language = S("en");
    if (!load_templates(p, a, d))
        return NULL;
    portal_index(p, a);
    list_single_pages(p, a);
    list_findings(p, a);
    list_clauses(p, a);
    list_index(p, a);
    list_registers(p, a);
    list_records(p, a);
    p->parts = parts_open(a, p->model);
    list_people(p, a);
    list_losses(p, a);
    list_flow_downs(p, a);
    list_changes(p, a);
    return p;
}

bool portal_has_page(const struct portal *p, const struct record *r)
{
    return record_has_page(p, r);
}

size_t portal_page_count(const struct portal *p)
{
    return p->page_count;
}

str portal_page_path(const struct portal *p, size_t index)
{
    assert(index < p->page_count);
    return p->pages[index].path;
}

/* -- One page -------------------------------------------------------------------------- */

static str href_of_record(void *self, struct arena *a, const struct record *r)
{
    const struct page *pg = self;
    return record_has_page(pg->portal, r) ? record_path(a, r) : S("");
}

static str picture_of_document(void *self, struct arena *a, str url)
{
    const struct page *pg = self;
    const struct doc *doc = pg->ref->doc;
    (void)a;
    for (size_t i = 0; doc != NULL && i < doc->picture_count; i++)
        if (str_eq(doc->pictures[i].url, url))
            return doc->pictures[i].path;
    return S("");
}

/* What the SVG writer asks: a link from this page. */
static str link_of_record(void *self, struct arena *a, const struct record *r)
{
    const struct page *pg = self;
    (void)a;
    return page_link_record(pg, r);
}

/* The figure. Its canvas scrolls, since words must stay legible on a phone; the
 * table that says the same stands below it, from the tree's writer. */
static void write_figure(void *self, struct html *h, const struct drawing *d)
{
    struct page *pg = self;
    if (d->count == 0) {
        html_element(h, "p", "note", d->note);
        return;
    }
    struct buf svg = buf_in(pg->arena, 16 * 1024);
    pg->portal->world.svg(&svg, d, pg, link_of_record);
    html_open(h, "figure");
    html_attr(h, "class", S("drawing"));
    if (d->table == NULL) /* a part: the overview leads here */
        html_attr(h, "id", d->id);
    html_open(h, "div");
    html_attr(h, "class", S("canvas"));
    html_attr(h, "role", S("group"));
    html_attr_number(h, "tabindex", 0);
    html_attr(h, "aria-label", str_fmt(pg->arena, STR_FMT ", a picture", STR_ARG(d->title)));
    html_raw(h, buf_str(&svg));
    html_close(h, "div");
    html_open(h, "figcaption");
    html_text(h, d->title);
    if (d->note.n > 0)
        html_text(h, str_fmt(pg->arena, ". " STR_FMT, STR_ARG(d->note)));
    html_close(h, "figcaption");
    html_close(h, "figure");
    html_newline(h);
}

static void write_page(const struct portal *p, const struct page_ref *ref, struct arena *a,
                       struct diags *d, struct buf *out)
{
    const struct page_def *def = &page_def[ref->kind];
    struct page pg = {.portal = p, .ref = ref, .model = p->model, .arena = a, .diags = d,
                      .data = tmap_new(a), .title = def->title};
    pg.context = (struct html_context){.self = &pg, .page_path = ref->path,
                                       .href = href_of_record, .picture = picture_of_document,
                                       .drawing = write_figure, .arena = a};
    for (int door = 0; door < DOOR_COUNT; door++)
        put_flag(pg.data, door_flag[door], door == (int)def->door);
    put_flag(pg.data, S("has_tables"), ref->kind == PAGE_REGISTER);
    def->fill(&pg);
    page_frame(&pg);
    nav_fill(&pg);
    struct template_loader loader = {(void *)&p->templates, portal_find_template};
    template_render(p->template_of[ref->kind], tmap_value(pg.data), &loader, d, out, NULL);
}

str portal_page(const struct portal *p, size_t index, struct arena *a, struct diags *d,
                struct buf *out)
{
    assert(index < p->page_count);
    write_page(p, &p->pages[index], a, d, out);
    return p->pages[index].path;
}

str portal_document(const struct portal *p, const struct doc *doc, struct arena *a,
                    struct diags *d, struct buf *out)
{
    assert(doc->record != NULL);
    struct page_ref ref = {.kind = PAGE_DOCUMENT, .path = record_path(a, doc->record),
                           .record = doc->record, .doc = doc};
    write_page(p, &ref, a, d, out);
    return ref.path;
}

str portal_report(const struct portal *p, const struct report_def *def, const struct doc *doc,
                  struct arena *a, struct diags *d, struct buf *out)
{
    assert(doc->record != NULL);
    str path = str_fmt(a, STR_FMT ".html", STR_ARG(report_path(a, def, doc->record)));
    struct page_ref ref = {.kind = PAGE_REPORT, .path = path, .record = doc->record, .doc = doc,
                           .report = def};
    write_page(p, &ref, a, d, out);
    return ref.path;
}

str portal_logo(const struct portal *p)
{
    str source = rec_text(p->model->workspace, WORKSPACE_LOGO);
    if (source.n == 0)
        return source;
    bool is_png = str_ends(source, S(".png"));
    return is_png ? S("assets/logo.png") : S("assets/logo.jpg");
}

/* -- Files that are copied ------------------------------------------------------------- */

size_t portal_asset_count(const struct portal *p)
{
    (void)p;
    return COUNT_OF(asset);
}

str portal_asset_path(const struct portal *p, size_t index)
{
    assert(index < portal_asset_count(p));
    return asset[index].path;
}

bool portal_asset(const struct portal *p, size_t index, struct arena *a, struct diags *d,
                  str *path, str *data)
{
    assert(index < portal_asset_count(p));
    *path = asset[index].path;
    return diag_file_read(a, d, p->world.place, asset[index].source, ASSET_BYTES_MAX, data);
}
