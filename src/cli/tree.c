/* cli/tree: makes one tree of the output from a model. */
#include "cli/tree_int.h"

#include "base/file.h"
#include "base/path.h"
#include "cli/address.h"
#include "cli/jobs.h"
#include "cli/logo.h"
#include "cli/place.h"
#include "cli/review_pack.h"
#include "cli/sheets.h"
#include "form/doc/binder/binder.h"
#include "form/doc/reports.h"
#include "form/diff/changes.h"
#include "form/draw/draw.h"
#include "form/table/blank.h"
#include "form/table/card.h"
#include "form/table/due.h"
#include "form/doc/part.h"
#include "form/table/lists.h"
#include "form/table/register.h"
#include "model/classes.h"
#include "model/later.h"
#include "model/canonical.h"
#include "model/lifecycle.h"
#include "text/font.h"
#include "write/data/csv.h"
#include "write/data/ics.h"
#include "write/data/records.h"
#include "write/html/portal.h"
#include "write/pdf/pdf.h"
#include "write/svg/svg.h"

enum {
    PICTURE_FILE_BYTES_MAX = 32 * 1024 * 1024,
    SIGNATURE_FILE_BYTES_MAX = 64 * 1024, /* as verify reads it */
    ASSET_BYTES_MAX = 64 * 1024 * 1024,
};

struct tree_tools {
    int place; /* open folder that holds templates/ and assets/ */
    struct fonts *fonts;
};

/* A draft has no name. */
static bool is_edition(const struct tree *tree)
{
    return tree->plan->edition.n > 0;
}

/* One job makes both, in one pass over what both show; a page alone does without its paper. */
static bool wants_screen(const struct tree *tree)
{
    return tree->part != TREE_PAPER;
}

static bool wants_paper(const struct tree *tree)
{
    return tree->paper != NULL && tree->part != TREE_SCREEN;
}

/* -- What one output of each kind takes ------------------------------------- */

static void make_page(struct tree *tree, size_t i, struct arena *a, struct diags *d)
{
    struct buf out = buf_in(a, 32 * 1024);
    str path = portal_page(tree->portal, i, a, d, &out);
    outputs_put(tree->outputs, d, path, buf_str(&out));
}

static void copy_pictures(struct tree *tree, const struct doc *doc, struct arena *a,
                          struct diags *d)
{
    for (size_t i = 0; i < doc->picture_count; i++) {
        struct file_read r =
            file_read(a, tree->workspace->content, doc->pictures[i].source, PICTURE_FILE_BYTES_MAX);
        if (r.fault == FILE_OK)
            outputs_put(tree->outputs, d, doc->pictures[i].path, r.text);
    }
}

/* What closes a sheet of an edition; NULL: nothing is sealed. */
static const struct pdf_seal *seal_of(const struct tree *tree, struct arena *a)
{
    if (tree->plan->signer == NULL)
        return NULL;
    struct pdf_seal *seal = NEW(a, struct pdf_seal);
    str reason = str_fmt(a, "Issue of edition " STR_FMT, STR_ARG(tree->plan->edition));
    *seal = pdf_seal_by(a, tree->plan->signer, tree->model->as_of, reason);
    return seal;
}

static struct pdf_options paper_options(const struct tree *tree, struct arena *a)
{
    str reader = tree->plan->audience_title;
    return (struct pdf_options){.root = tree->workspace->content,
                                .logo = rec_text(tree->model->workspace, WORKSPACE_LOGO),
                                .as_of = model_day_words(a, tree->model),
                                .copy = reader.n ? str_fmt(a, "Copy for: " STR_FMT, STR_ARG(reader))
                                                 : S(""),
                                .seal = seal_of(tree, a)};
}

static str beside(struct arena *a, str page, const char *ending)
{
    return str_fmt(a, STR_FMT "%s", STR_ARG(str_from_to(page, 0, page.n - 5)), ending);
}

/* Of the record in the edition in force. A draft leads nowhere. */
static str permanent_address(const struct tree *tree, struct arena *a, const struct record *r)
{
    return is_edition(tree) ? address_of_record(a, tree->model, tree->plan->audience, r) : S("");
}

/* What the approver signed, where there is such a file. */
static void copy_signature(struct tree *tree, const struct record *approval, str path,
                           struct arena *a, struct diags *d)
{
    str source = rec_text(approval, APPROVAL_SIGNATURE);
    if (source.n == 0)
        return;
    struct file_read r = file_read(a, tree->workspace->content, source, SIGNATURE_FILE_BYTES_MAX);
    if (r.fault == FILE_OK)
        outputs_put(tree->outputs, d, path, r.text);
}

/* The texts as they were approved and as they are read, and who approved them: proof
 * that needs no program of ours, and what the next edition is compared with. */
static void put_proof(struct tree *tree, const struct doc *doc, struct arena *a, struct diags *d)
{
    const struct record *r = doc->record;
    str slug = path_slug(a, r->id);
    outputs_put(tree->outputs, d, str_fmt(a, "source/" STR_FMT ".md", STR_ARG(slug)),
                document_canonical(a, r));
    outputs_put(tree->outputs, d, str_fmt(a, "source/" STR_FMT ".rendered.md", STR_ARG(slug)),
                doc->text);
    if (!life_is_bound(r->life))
        return;
    const struct record *approval = r->life->approval;
    outputs_put(tree->outputs, d, str_fmt(a, "approvals/" STR_FMT ".txt", STR_ARG(slug)),
                approval_statement(a, approval));
    copy_signature(tree, approval, str_fmt(a, "approvals/" STR_FMT ".p7s", STR_ARG(slug)), a, d);
}

static void make_document(struct tree *tree, size_t i, struct arena *a, struct diags *d)
{
    const struct record *r = model_list(tree->model, TYPE_DOCUMENT)->items[i];
    if (r->document == NULL)
        return;
    struct doc *doc = doc_assemble(a, d, &tree->world, r);
    if (wants_screen(tree)) {
        struct buf page = buf_in(a, 32 * 1024);
        str path = portal_document(tree->portal, doc, a, d, &page);
        outputs_put(tree->outputs, d, path, buf_str(&page));
        copy_pictures(tree, doc, a, d);
    }
    if (is_edition(tree))
        put_proof(tree, doc, a, d);
    if (!wants_paper(tree))
        return;
    struct buf paper = buf_in(a, 64 * 1024);
    struct pdf_options how = paper_options(tree, a);
    how.address = permanent_address(tree, a, r);
    pdf_document(a, d, tree->paper, &how, doc, &paper);
    outputs_put(tree->outputs, d, beside(a, record_path(a, r), ".pdf"), buf_str(&paper));
}

/* A register is as close as the closest record in it. */
static str register_class(const struct tree *tree, const struct type_def *t)
{
    const struct record_list *list = &tree->model->by_type[t->number];
    enum class_level highest = CLASS_PUBLIC;
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i]->class_level > highest)
            highest = list->items[i]->class_level;
    return class_word(highest);
}

/* A register on paper carries the head and foot of the workspace. */
static struct doc about_register(const struct tree *tree, const struct type_def *t)
{
    struct doc about = {.title = t->plural,
                        .code = S(""),
                        .version = S(""),
                        .status = is_edition(tree) ? S("issued") : S("draft"),
                        .class_ = register_class(tree, t),
                        .source = S(""),
                        .mark = is_edition(tree) ? S("") : S("DRAFT"),
                        .version_date = tree->model->as_of,
                        .valid_until = S("")};
    doc_put_house(&about, tree->model);
    return about;
}

static void make_register(struct tree *tree, size_t i, struct arena *a, struct diags *d)
{
    const struct type_def *t = tree->model->schema->types[i];
    if (tree->model->by_type[i].count == 0 || t->is_part)
        return;
    const struct table *table = register_table(a, tree->model, t);
    str rows = data_csv_spreadsheet(a, table);
    if (wants_screen(tree)) {
        outputs_put(tree->outputs, d, str_fmt(a, "data/" STR_FMT ".csv", STR_ARG(t->key)), rows);
        outputs_put(tree->outputs, d, str_fmt(a, "data/" STR_FMT ".json", STR_ARG(t->key)),
                    data_records_json(a, tree->model, t));
    }
    if (!wants_paper(tree))
        return;
    struct doc about = about_register(tree, t);
    about.hash = sha256_hex(a, sha256_of(rows));
    struct pdf_options how = paper_options(tree, a);
    struct buf paper = buf_in(a, 64 * 1024);
    pdf_table_document(a, d, tree->paper, &how, &about, table, &paper);
    outputs_put(tree->outputs, d, str_fmt(a, "registers/" STR_FMT ".pdf", STR_ARG(t->key)),
                buf_str(&paper));
}

/* One document with everything that changed, for the meeting that decides about it. */
static void make_changes(struct tree *tree, size_t i, struct arena *a, struct diags *d)
{
    (void)i;
    const struct changes *c = tree->plan->changes;
    struct doc about = about_register(tree, tree->model->schema->types[TYPE_DOCUMENT]);
    about.class_ =
        class_word(tree->model->clearance); /* it quotes any record, also such as are gone */
    about.title = str_fmt(a, "What changed since " STR_FMT, STR_ARG(state_display(a, c->before)));
    about.body = changes_paper(a, c);
    doc_list_headings(a, &about);
    struct pdf_options how = paper_options(tree, a);
    struct buf paper = buf_in(a, 64 * 1024);
    pdf_document(a, d, tree->paper, &how, &about, &paper);
    outputs_put(tree->outputs, d, S("changes/changes.pdf"), buf_str(&paper));
}

/* What the portal shows as a page, on paper for an audit. It may quote any record. */
static void make_sheet(struct tree *tree, const struct list_def *l, const struct table *table,
                       str rows, struct arena *a, struct diags *d)
{
    struct doc about = about_register(tree, tree->model->schema->types[TYPE_DOCUMENT]);
    about.title = l->title;
    about.class_ = class_word(tree->model->clearance);
    about.hash = sha256_hex(a, sha256_of(rows));
    struct pdf_options how = paper_options(tree, a);
    struct buf paper = buf_in(a, 64 * 1024);
    pdf_table_document(a, d, tree->paper, &how, &about, table, &paper);
    outputs_put(tree->outputs, d, str_fmt(a, "lists/" STR_FMT ".pdf", STR_ARG(l->name)),
                buf_str(&paper));
}

static void make_list(struct tree *tree, size_t i, struct arena *a, struct diags *d)
{
    const struct list_def *l = list_at(i);
    if (!list_is_there(tree->model, l))
        return;
    const struct table *table = list_table(a, tree->model, l);
    str rows = data_csv_spreadsheet(a, table);
    if (wants_screen(tree)) {
        outputs_put(tree->outputs, d, str_fmt(a, "data/lists/" STR_FMT ".csv", STR_ARG(l->name)),
                    rows);
        outputs_put(tree->outputs, d, str_fmt(a, "data/lists/" STR_FMT ".json", STR_ARG(l->name)),
                    data_table_json(a, table));
    }
    if (wants_paper(tree) && list_is_sheet(l->name))
        make_sheet(tree, l, table, rows, a, d);
}

/* With which a later edition finds the pages that a copy must exchange. */
static void put_sheets(struct tree *tree, const struct record *binder, const struct doc *doc,
                       const struct pdf_sheets *pages, struct arena *a, struct diags *d)
{
    struct sheets s = sheets_of(a, pages, doc, tree->plan->edition, tree->model->as_of);
    struct buf out = buf_in(a, 32 * 1024);
    sheets_put(&out, &s);
    outputs_put(tree->outputs, d,
                str_fmt(a, STR_FMT ".sheets.json", STR_ARG(binder_path(a, binder))), buf_str(&out));
}

/* The master of each binder; numbered copies are made by `continuo binder --copy`. */
static void make_binder(struct tree *tree, size_t i, struct arena *a, struct diags *d)
{
    const struct record *r = model_list(tree->model, TYPE_BINDER)->items[i];
    struct binder_wish wish = {
        .binder = r, .edition = tree->plan->edition, .place = tree->tools->place};
    if (tree->paper == NULL || !rec_is_live(r))
        return;
    const struct doc *doc = doc_binder(a, d, &tree->world, &wish);
    if (doc == NULL)
        return;
    struct pdf_options how = paper_options(tree, a);
    struct pdf_sheets pages = {0};
    struct buf paper = buf_in(a, 1024 * 1024);
    how.address = permanent_address(tree, a, r);
    how.sheets = &pages;
    pdf_document(a, d, tree->paper, &how, doc, &paper);
    outputs_put(tree->outputs, d, str_fmt(a, STR_FMT ".pdf", STR_ARG(binder_path(a, r))),
                buf_str(&paper));
    put_sheets(tree, r, doc, &pages, a, d);
}

/* A pack or report as page and as paper. */
static void make_report(struct tree *tree, size_t i, struct arena *a, struct diags *d)
{
    struct report_wish wish = tree->reports[i];
    wish.edition = tree->plan->edition;
    wish.place = tree->tools->place;
    if (str_eq(wish.def->key, S("review")) &&
        !review_pack_open(a, d, tree->model, tree->workspace->content, &wish))
        return;
    const struct doc *doc = doc_report(a, d, &tree->world, &wish, NULL);
    if (doc == NULL)
        return;
    if (wants_screen(tree)) {
        struct buf page = buf_in(a, 32 * 1024);
        str path = portal_report(tree->portal, wish.def, doc, a, d, &page);
        outputs_put(tree->outputs, d, path, buf_str(&page));
    }
    if (!wants_paper(tree))
        return;
    struct buf paper = buf_in(a, 64 * 1024);
    struct pdf_options how = paper_options(tree, a);
    how.address = permanent_address(tree, a, wish.record);
    pdf_document(a, d, tree->paper, &how, doc, &paper);
    str path = str_fmt(a, STR_FMT ".pdf", STR_ARG(report_path(a, wish.def, wish.record)));
    outputs_put(tree->outputs, d, path, buf_str(&paper));
}

/* A form to print, or to fill in on a screen: what is typed changes the file, so it has no seal. */
static void make_form(struct tree *tree, size_t i, struct arena *a, struct diags *d)
{
    const struct record *r = model_list(tree->model, TYPE_FORM)->items[i];
    struct doc about = about_register(tree, r->type);
    about.title = r->title.n > 0 ? r->title : r->id;
    about.code = r->id;
    about.class_ = class_word(r->class_level);
    struct pdf_options how = paper_options(tree, a);
    struct buf paper = buf_in(a, 64 * 1024);
    pdf_form(a, d, tree->paper, &how, &about, blank_form(a, r), &paper);
    outputs_put(tree->outputs, d, form_path(a, r), buf_str(&paper));
}

/* What people carry, folded. It may quote any record. */
static void make_card(struct tree *tree, size_t i, struct arena *a, struct diags *d)
{
    (void)i;
    struct doc about = about_register(tree, tree->model->schema->types[TYPE_DOCUMENT]);
    about.title = S("Crisis card");
    about.version = tree->plan->edition;
    about.class_ = class_word(tree->model->clearance);
    struct pdf_options how = paper_options(tree, a);
    how.address = address_of_audience(a, tree->model, tree->plan->audience);
    struct buf paper = buf_in(a, 64 * 1024);
    pdf_card(a, d, tree->paper, &how, &about, card_of(a, tree->model), &paper);
    outputs_put(tree->outputs, d, S("card.pdf"), buf_str(&paper));
}

/* All of it, then what belongs to each role and each person. */
static void make_feed(struct tree *tree, size_t i, struct arena *a, struct diags *d)
{
    const struct model *m = tree->model;
    const struct record_list *roles = model_list(m, TYPE_ROLE);
    const struct record_list *people = model_list(m, TYPE_PERSON);
    const struct record *who = i == 0              ? NULL
                               : i <= roles->count ? roles->items[i - 1]
                                                   : people->items[i - 1 - roles->count];
    if (who != NULL && !due_has_feed(m, who))
        return;
    struct due_run items = who != NULL ? due_of(m, who) : due_all(a, m);
    str house = model_organisation(m);
    struct ics_world world = {.model = m,
                              .name = who == NULL
                                          ? str_fmt(a, "Continuity, " STR_FMT, STR_ARG(house))
                                          : str_fmt(a, "Continuity, " STR_FMT, STR_ARG(who->title)),
                              .address = address_of_audience(a, m, tree->plan->audience)};
    outputs_put(tree->outputs, d, who == NULL ? S("feeds/calendar.ics") : due_feed_path(a, who),
                data_ics(a, &world, &items));
}

/* What a role or person owns, owes and must know, to print. */
static void make_part(struct tree *tree, size_t i, struct arena *a, struct diags *d)
{
    const struct record_list *roles = model_list(tree->model, TYPE_ROLE);
    const struct record *who = i < roles->count
                                   ? roles->items[i]
                                   : model_list(tree->model, TYPE_PERSON)->items[i - roles->count];
    if (!part_is_there(tree->model, who))
        return;
    struct doc about = about_register(tree, who->type);
    about.title = str_fmt(a, "My part: " STR_FMT, STR_ARG(who->title));
    about.code = who->id;
    about.class_ = class_word(tree->model->clearance); /* it quotes any record */
    about.body = doc_part(a, part_of(a, tree->parts, who));
    struct pdf_options how = paper_options(tree, a);
    struct buf paper = buf_in(a, 64 * 1024);
    pdf_document(a, d, tree->paper, &how, &about, &paper);
    outputs_put(tree->outputs, d, part_paper_path(a, who), buf_str(&paper));
}

static void make_asset(struct tree *tree, size_t i, struct arena *a, struct diags *d)
{
    str path, data;
    if (i == portal_asset_count(tree->portal)) {
        data = logo_read(a, d, tree->model, tree->workspace->content);
        if (data.n != 0)
            outputs_put(tree->outputs, d, portal_logo(tree->portal), data);
    } else if (portal_asset(tree->portal, i, a, d, &path, &data))
        outputs_put(tree->outputs, d, path, data);
}

/* -- The jobs: one row for each kind ------------------------------------------ */

static size_t count_pages(const struct tree *tree)
{
    return portal_page_count(tree->portal);
}

static size_t count_documents(const struct tree *tree)
{
    return model_list(tree->model, TYPE_DOCUMENT)->count;
}

static size_t count_reports(const struct tree *tree)
{
    return tree->report_count;
}

static size_t count_types(const struct tree *tree)
{
    return tree->model->schema->type_count;
}

static size_t count_lists(const struct tree *tree)
{
    (void)tree;
    return list_count();
}

static size_t count_changes(const struct tree *tree)
{
    const struct changes *c = tree->plan->changes;
    return c != NULL && tree->paper != NULL && !changes_are_none(c);
}

static size_t count_binders(const struct tree *tree)
{
    return model_list(tree->model, TYPE_BINDER)->count;
}

static size_t count_forms(const struct tree *tree)
{
    return tree->paper != NULL ? model_list(tree->model, TYPE_FORM)->count : 0;
}

static size_t count_cards(const struct tree *tree)
{
    return tree->paper != NULL;
}

static size_t count_feeds(const struct tree *tree)
{
    return 1 + model_list(tree->model, TYPE_ROLE)->count +
           model_list(tree->model, TYPE_PERSON)->count;
}

static size_t count_parts(const struct tree *tree)
{
    return tree->paper != NULL ? count_feeds(tree) - 1 : 0;
}

static size_t count_assets(const struct tree *tree)
{
    return portal_asset_count(tree->portal) + logo_is_named(tree->model);
}

static const struct job_def {
    const char *name;
    size_t (*count)(const struct tree *tree);
    void (*make)(struct tree *tree, size_t i, struct arena *a, struct diags *d);
} job_def[JOB_KIND_COUNT] = {
    [JOB_BINDER] = {"binder", count_binders, make_binder},
    [JOB_DOCUMENT] = {"document", count_documents, make_document},
    [JOB_REPORT] = {"report", count_reports, make_report},
    [JOB_PAGE] = {"page", count_pages, make_page},
    [JOB_REGISTER] = {"register", count_types, make_register},
    [JOB_LIST] = {"list", count_lists, make_list},
    [JOB_CHANGES] = {"comparison", count_changes, make_changes},
    [JOB_ASSET] = {"asset", count_assets, make_asset},
    [JOB_FORM] = {"form", count_forms, make_form},
    [JOB_CARD] = {"card", count_cards, make_card},
    [JOB_PART] = {"part", count_parts, make_part},
    [JOB_FEED] = {"calendar", count_feeds, make_feed},
};

static size_t number_jobs(struct tree *tree)
{
    size_t count = 0;
    for (size_t k = 0; k < JOB_KIND_COUNT; k++) {
        tree->first_job[k] = count;
        count += job_def[k].count(tree);
    }
    return tree->first_job[JOB_KIND_COUNT] = count;
}

static enum job_kind kind_of(const struct tree *tree, size_t job)
{
    size_t k = 0;
    while (job >= tree->first_job[k + 1])
        k++;
    return (enum job_kind)k;
}

static void run_job(void *self, size_t job, struct arena *a, struct diags *d)
{
    struct tree *tree = self;
    enum job_kind k = kind_of(tree, tree->from + job);
    job_def[k].make(tree, tree->from + job - tree->first_job[k], a, d);
}

static struct span place_of_job(void *self, size_t job)
{
    struct tree *tree = self;
    size_t i = tree->from + job - tree->first_job[JOB_DOCUMENT];
    if (kind_of(tree, tree->from + job) != JOB_DOCUMENT)
        return (struct span){0, 0, 0};
    return model_list(tree->model, TYPE_DOCUMENT)->items[i]->span;
}

static str name_of_job(void *self, size_t job, struct arena *a)
{
    struct tree *tree = self;
    enum job_kind k = kind_of(tree, tree->from + job);
    size_t i = tree->from + job - tree->first_job[k];
    if (k == JOB_DOCUMENT)
        return model_list(tree->model, TYPE_DOCUMENT)->items[i]->id;
    return str_fmt(a, "%s %zu", job_def[k].name, i);
}

/* -- One tree ------------------------------------------------------------------- */

static void draw_inline(struct buf *out, const struct drawing *d, void *self,
                        str (*href)(void *self, struct arena *a, const struct record *r))
{
    struct svg_links links = {self, href};
    svg_inline(out, d, &links, S(""));
}

struct tree_tools *tree_tools_open(struct workspace *w)
{
    struct tree_tools *t = NEW(w->arena, struct tree_tools);
    t->place = place_open(w->arena, w->diags);
    t->fonts = font_open(w->arena, w->diags);
    return t->place < 0 || t->fonts == NULL ? NULL : t;
}

static struct pdf_fonts *open_paper(const struct tree *tree)
{
    str language = rec_text(tree->model->workspace, WORKSPACE_LANGUAGE);
    return pdf_fonts_open(tree->workspace->arena, tree->tools->fonts,
                          language.n ? language : S("en"));
}

static const struct portal *open_portal(const struct tree *tree)
{
    const struct tree_plan *plan = tree->plan;
    struct portal_world world = {
        .doc = &tree->world,
        .place = tree->tools->place,
        .svg = draw_inline,
        .edition = plan->edition,
        .audience = plan->audience_title,
        .address = address_of_audience(tree->workspace->arena, tree->model, plan->audience),
        .tool = S(CONTINUO_TOOL),
        .changes = plan->changes,
        .editions = plan->history.editions,
        .edition_count = plan->history.count,
        .only_html = tree->paper == NULL};
    return portal_open(tree->workspace->arena, tree->workspace->diags, &world);
}

static void list_reports(struct tree *t)
{
    const struct reports *all = reports_of(t->workspace->arena, t->model);
    for (size_t k = 0; k < report_count(); k++) {
        const struct record_list *list = model_list(t->model, report_at(k)->type);
        for (size_t i = 0; i < list->count; i++)
            if (portal_has_page(t->portal, list->items[i]) &&
                report_is_there(all, report_at(k), list->items[i]))
                PUSH(t->workspace->arena, t->reports, t->report_count, t->report_cap,
                     struct report_wish) =
                    (struct report_wish){.def = report_at(k), .record = list->items[i]};
    }
}

struct tree *tree_open(struct workspace *w, const struct options *o, const struct tree_tools *tools,
                       const struct tree_plan *plan)
{
    struct tree *t = NEW(w->arena, struct tree);
    *t = (struct tree){.workspace = w,
                       .options = o,
                       .tools = tools,
                       .plan = plan,
                       .model = plan->model,
                       .world = {.model = plan->model,
                                 .fonts = tools->fonts,
                                 .content = w->content,
                                 .is_edition = plan->edition.n > 0}};
    t->paper = o->only_html ? NULL : open_paper(t);
    t->parts = parts_open(w->arena, plan->model);
    t->portal = open_portal(t);
    if (t->portal == NULL)
        return NULL;
    list_reports(t);
    number_jobs(t);
    return t;
}

const struct portal *tree_portal(const struct tree *t)
{
    return t->portal;
}

static size_t failures(const struct workspace *w)
{
    return diags_count(w->diags, SEVERITY_ERROR) + diags_machine_failed(w->diags);
}

bool tree_make_jobs(struct tree *t, struct workspace *w, struct outputs *out, size_t from,
                    size_t count)
{
    size_t before = failures(w);
    struct jobs jobs = {t, count, run_job, place_of_job, name_of_job, "building"};
    t->outputs = out;
    t->from = from;
    jobs_run(&jobs, w, t->options);
    return failures(w) == before;
}

void tree_make_here(struct tree *t, struct workspace *w, struct outputs *out, size_t job)
{
    struct arena *a = arena_new("asset", ASSET_BYTES_MAX);
    t->outputs = out;
    t->from = job;
    run_job(t, 0, a, w->diags);
    arena_free(a);
}

bool tree_make(struct tree *t, struct outputs *out)
{
    bool is_whole = tree_make_jobs(t, t->workspace, out, 0, t->first_job[JOB_KIND_COUNT]);
    if (t->paper != NULL)
        pdf_fonts_close(t->paper);
    return is_whole;
}
