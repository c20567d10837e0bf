/* cli/cmd_build: content/ → the drafts of a tree, all of it or nothing. */
#include "cli/jobs.h"

#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/path.h"
#include "cli/place.h"
#include "cli/states.h"
#include "form/doc/doc.h"
#include "form/draw/draw.h"
#include "form/table/register.h"
#include "publish/outputs.h"
#include "text/font.h"
#include "write/data/csv.h"
#include "write/data/records.h"
#include "write/html/portal.h"
#include "write/pdf/pdf.h"
#include "write/svg/svg.h"

enum { PICTURE_FILE_BYTES_MAX = 32 * 1024 * 1024 };

struct build {
    struct workspace *workspace;
    const struct model *model;
    struct doc_world world;
    struct pdf_fonts *paper;
    const struct portal *portal;
    const struct changes *changes; /* since the edition before; NULL: there is none */
    struct outputs *outputs;
    bool only_html;
    size_t first_job[8]; /* of each kind of job; the last is the count of all */
};

/* -- What one output of each kind takes ------------------------------------- */

static void make_page(struct build *b, size_t i, struct arena *a, struct diags *d)
{
    struct buf out = buf_in(a, 32 * 1024);
    str path = portal_page(b->portal, i, a, d, &out);
    outputs_put(b->outputs, d, path, buf_str(&out));
}

static void copy_pictures(struct build *b, const struct doc *doc, struct arena *a, struct diags *d)
{
    for (size_t i = 0; i < doc->picture_count; i++) {
        struct file_read r =
            file_read(a, b->workspace->content, doc->pictures[i].source, PICTURE_FILE_BYTES_MAX);
        if (r.fault == FILE_OK)
            outputs_put(b->outputs, d, doc->pictures[i].path, r.text);
    }
}

static struct pdf_options paper_options(struct build *b, struct arena *a)
{
    return (struct pdf_options){.root = b->workspace->content,
                                .as_of = date_long(a, b->model->as_of)};
}

static str beside(struct arena *a, str page, const char *ending)
{
    return str_fmt(a, STR_FMT "%s", STR_ARG(str_from_to(page, 0, page.n - 5)), ending);
}

static void make_document(struct build *b, size_t i, struct arena *a, struct diags *d)
{
    const struct record *r = model_list(b->model, TYPE_DOCUMENT)->items[i];
    if (r->document == NULL)
        return;
    struct doc *doc = doc_assemble(a, d, &b->world, r);
    struct buf page = buf_in(a, 32 * 1024);
    str path = portal_document(b->portal, doc, a, d, &page);
    outputs_put(b->outputs, d, path, buf_str(&page));
    copy_pictures(b, doc, a, d);
    if (b->only_html)
        return;
    struct buf paper = buf_in(a, 64 * 1024);
    struct pdf_options how = paper_options(b, a);
    pdf_document(a, d, b->paper, &how, doc, &paper);
    outputs_put(b->outputs, d, beside(a, path, ".pdf"), buf_str(&paper));
}

/* A register on paper carries the head and foot of the workspace. */
static struct doc about_register(const struct build *b, const struct type_def *t)
{
    const struct record *w = b->model->workspace, *o = rec_ref(w, WORKSPACE_ORGANISATION);
    return (struct doc){.title = t->plural,
                        .code = S(""),
                        .version = S(""),
                        .status = S("draft"),
                        .class_ = S("internal"),
                        .source = S(""),
                        .organisation = o ? o->title : w->title,
                        .language = S("en"),
                        .footer = rec_text(w, WORKSPACE_FOOTER),
                        .is_draft = true,
                        .letter_paper = str_eq(rec_text(w, WORKSPACE_PAPER), S("letter")),
                        .version_date = b->model->as_of,
                        .valid_until = S("")};
}

static void make_register(struct build *b, size_t i, struct arena *a, struct diags *d)
{
    const struct type_def *t = b->model->schema->types[i];
    if (b->model->by_type[i].count == 0 || t->is_part)
        return;
    const struct table *table = register_table(a, b->model, t);
    outputs_put(b->outputs, d, str_fmt(a, "data/" STR_FMT ".csv", STR_ARG(t->key)),
                data_csv_spreadsheet(a, table));
    outputs_put(b->outputs, d, str_fmt(a, "data/" STR_FMT ".json", STR_ARG(t->key)),
                data_records_json(a, b->model, t));
    if (b->only_html)
        return;
    struct doc about = about_register(b, t);
    struct pdf_options how = paper_options(b, a);
    struct buf paper = buf_in(a, 64 * 1024);
    pdf_table_document(a, d, b->paper, &how, &about, table, &paper);
    outputs_put(b->outputs, d, str_fmt(a, "registers/" STR_FMT ".pdf", STR_ARG(t->key)),
                buf_str(&paper));
}

/* One document with everything that changed, for the meeting that decides about it. */
static void make_changes(struct build *b, size_t i, struct arena *a, struct diags *d)
{
    (void)i;
    struct doc about = about_register(b, b->model->schema->types[TYPE_DOCUMENT]);
    about.title =
        str_fmt(a, "What changed since " STR_FMT, STR_ARG(state_display(a, b->changes->before)));
    about.body = changes_paper(a, b->changes);
    doc_list_headings(a, &about);
    struct pdf_options how = paper_options(b, a);
    struct buf paper = buf_in(a, 64 * 1024);
    pdf_document(a, d, b->paper, &how, &about, &paper);
    outputs_put(b->outputs, d, S("changes/changes.pdf"), buf_str(&paper));
}

static void make_asset(struct build *b, size_t i, struct arena *a, struct diags *d)
{
    str path, data;
    if (portal_asset(b->portal, i, a, d, &path, &data))
        outputs_put(b->outputs, d, path, data);
}

/* -- The jobs: one row for each kind ------------------------------------------ */

static size_t count_pages(const struct build *b)
{
    return portal_page_count(b->portal);
}

static size_t count_documents(const struct build *b)
{
    return model_list(b->model, TYPE_DOCUMENT)->count;
}

static size_t count_types(const struct build *b)
{
    return b->model->schema->type_count;
}

static size_t count_changes(const struct build *b)
{
    return b->changes != NULL && !b->only_html && !changes_are_none(b->changes);
}

static size_t count_assets(const struct build *b)
{
    return portal_asset_count(b->portal);
}

static const struct job_kind {
    const char *name;
    size_t (*count)(const struct build *b);
    void (*make)(struct build *b, size_t i, struct arena *a, struct diags *d);
} job_kind[] = {
    {"document", count_documents, make_document}, {"page", count_pages, make_page},
    {"register", count_types, make_register},     {"comparison", count_changes, make_changes},
    {"asset", count_assets, make_asset},
};
enum { KIND_COUNT = sizeof job_kind / sizeof *job_kind };

static size_t number_jobs(struct build *b)
{
    size_t count = 0;
    for (size_t k = 0; k < KIND_COUNT; k++) {
        b->first_job[k] = count;
        count += job_kind[k].count(b);
    }
    return b->first_job[KIND_COUNT] = count;
}

static size_t kind_of(const struct build *b, size_t job)
{
    size_t k = 0;
    while (job >= b->first_job[k + 1])
        k++;
    return k;
}

static void run_job(void *self, size_t job, struct arena *a, struct diags *d)
{
    struct build *b = self;
    size_t k = kind_of(b, job);
    job_kind[k].make(b, job - b->first_job[k], a, d);
}

static struct span place_of_job(void *self, size_t job)
{
    struct build *b = self;
    size_t k = kind_of(b, job);
    if (job_kind[k].make != make_document)
        return (struct span){0, 0, 0};
    return model_list(b->model, TYPE_DOCUMENT)->items[job - b->first_job[k]]->span;
}

static str name_of_job(void *self, size_t job, struct arena *a)
{
    struct build *b = self;
    size_t k = kind_of(b, job), i = job - b->first_job[k];
    if (job_kind[k].make == make_document)
        return model_list(b->model, TYPE_DOCUMENT)->items[i]->id;
    return str_fmt(a, "%s %zu", job_kind[k].name, i);
}

/* -- The command ---------------------------------------------------------------- */

static void draw_inline(struct buf *out, const struct drawing *d, void *self,
                        str (*href)(void *self, struct arena *a, const struct record *r))
{
    struct svg_links links = {self, href};
    svg_inline(out, d, &links, S(""));
}

static bool open_tools(struct build *b)
{
    struct workspace *w = b->workspace;
    int place = place_open(w->arena, w->diags);
    b->world = (struct doc_world){.model = w->model, .content = w->content};
    b->world.fonts = font_open(w->arena, w->diags);
    if (place < 0 || b->world.fonts == NULL)
        return false;
    str language = rec_text(w->model->workspace, WORKSPACE_LANGUAGE);
    if (!b->only_html)
        b->paper = pdf_fonts_open(w->arena, b->world.fonts, language.n ? language : S("en"));
    struct portal_world world = {.doc = &b->world,
                                 .place = place,
                                 .svg = draw_inline,
                                 .changes = b->changes,
                                 .only_html = b->only_html};
    b->portal = portal_open(w->arena, w->diags, &world);
    return b->portal != NULL;
}

/* What is different from the edition that this audience reads now. */
static bool find_changes(struct build *b, const struct options *o, const char *folder)
{
    enum { SCRATCH_BYTES_MAX = 1 << 30 };
    struct workspace *w = b->workspace;
    str audience = S("staff");
    const char *before = o->since != NULL
                             ? edition_folder_named(w->arena, folder, audience, o->since)
                             : edition_folder_current(w->arena, w->diags, folder, audience);
    if (before == NULL)
        return diags_exit_status(w->diags) == EXIT_OK;
    const struct state *then = state_of_folder(w->arena, w->diags, before);
    if (diags_exit_status(w->diags) != EXIT_OK)
        return false;
    const struct state *now = state_of_model(w->arena, w->diags, w->model, S("draft"));
    struct arena *scratch = arena_new("comparison", SCRATCH_BYTES_MAX);
    b->changes = changes_between(w->arena, scratch, then, now, w->model->schema, w->model);
    arena_free(scratch);
    return true;
}

static double steady_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void say_where(const struct build *b, const char *folder, double seconds)
{
    size_t documents = count_documents(b), records = b->model->all.count - documents;
    fprintf(stderr, "%zu document%s, %zu record%s in %.2f s\nopen %s/staff/draft/index.html\n",
            documents, documents == 1 ? "" : "s", records, records == 1 ? "" : "s", seconds,
            folder);
}

/* The pipeline, in the order of execution. */
int cmd_build(const struct options *o)
{
    double start = steady_seconds();
    struct workspace w = {0};
    const char *folder = o->output ? o->output : "site";
    if (!workspace_open(&w, o) || diags_exit_status(w.diags) != EXIT_OK)
        return workspace_report(&w, o);
    struct build b = {.workspace = &w, .model = w.model, .only_html = o->only_html};
    if (!find_changes(&b, o, folder) || !open_tools(&b))
        return workspace_report(&w, o);
    b.outputs = outputs_open(w.arena, w.diags, folder, S("staff/draft"));
    if (b.outputs == NULL)
        return workspace_report(&w, o);
    struct jobs jobs = {&b, number_jobs(&b), run_job, place_of_job, name_of_job, "building"};
    jobs_run(&jobs, &w, o);
    if (diags_exit_status(w.diags) != EXIT_OK)
        outputs_abandon(b.outputs);
    else
        outputs_commit(b.outputs, w.diags);
    int status = workspace_report(&w, o);
    if (status == EXIT_OK && !o->quiet)
        say_where(&b, folder, steady_seconds() - start);
    return status;
}
