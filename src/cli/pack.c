/* cli/pack: an evidence pack, for an auditor or a customer's due diligence. */
#include "cli/pack.h"

#include <errno.h>
#include <stdio.h>

#include "base/file.h"
#include "base/path.h"
#include "cli/evidence_file.h"
#include "cli/jobs.h"
#include "form/doc/evidence.h"
#include "model/classes.h"
#include "model/later.h"
#include "publish/in_force.h"
#include "publish/pack.h"
#include "publish/rules.h"
#include "text/font.h"
#include "write/data/csv.h"
#include "write/pdf/pdf.h"

enum {
    EVIDENCE_FILE_BYTES_MAX = 256 * 1024 * 1024,
    NAME_BYTES_MAX = 40,  /* of a file in the pack, before its ending */
    ENDING_BYTES_MAX = 8, /* with what stands before both, short enough for every stick */
};

/* A file in content/ that goes into the pack. */
struct copied {
    str source, path;
};

struct packing {
    const struct options *options;
    const struct pack_plan *plan;
    struct workspace workspace;
    const struct model *model; /* as the audience sees it */
    struct audience audience;
    struct signer *signer;
    struct pack *pack;
    struct doc_world world;
    struct pdf_fonts *paper;
    const struct record **documents;
    size_t document_count, document_cap;
    struct evidence_file *files; /* what records name */
    size_t file_count, file_cap;
    struct copied *copied;
    size_t copied_count, copied_cap;
    struct map taken; /* paths in the pack */
};

/* -- What goes into it --------------------------------------------------------------------- */

/* "Report (signed).PDF" of EXE-019 is files/exe-019/report-signed.pdf, once. */
static str path_in_pack(struct packing *p, const struct record *r, str source)
{
    struct arena *a = p->workspace.arena;
    str name = path_name(source), ending = path_extension(name);
    str stem = ending.n == 0 ? name : str_from_to(name, 0, name.n - ending.n - 1);
    str slug = path_slug(a, stem), folder = path_slug(a, r->id);
    slug = str_from_to(slug, 0, slug.n < NAME_BYTES_MAX ? slug.n : NAME_BYTES_MAX);
    folder = str_from_to(folder, 0, folder.n < NAME_BYTES_MAX ? folder.n : NAME_BYTES_MAX);
    ending = path_slug(
        a, str_from_to(ending, 0, ending.n < ENDING_BYTES_MAX ? ending.n : ENDING_BYTES_MAX));
    for (size_t n = 1;; n++) {
        str number = n == 1 ? S("") : str_fmt(a, "-%zu", n);
        str path = str_fmt(a, "files/" STR_FMT "/" STR_FMT STR_FMT "%s" STR_FMT, STR_ARG(folder),
                           STR_ARG(slug.n != 0 ? slug : S("file")), STR_ARG(number),
                           ending.n != 0 ? "." : "", STR_ARG(ending));
        if (map_put(&p->taken, path, p) == NULL)
            return path;
    }
}

static void find_file(struct packing *p, struct evidence_file *f)
{
    struct arena *a = p->workspace.arena;
    struct evidence_found found =
        evidence_find(a, p->workspace.diags, p->workspace.content, f->record, f->part);
    f->place = found.is_file     ? EVIDENCE_IN_PACK
               : found.is_missed ? EVIDENCE_MISSING
                                 : EVIDENCE_ELSEWHERE;
    if (!found.is_file)
        return;
    f->sha256 = found.sha256;
    f->path = path_in_pack(p, f->record, found.path);
    PUSH(a, p->copied, p->copied_count, p->copied_cap, struct copied) =
        (struct copied){found.path, f->path};
}

static void add_files(struct packing *p, const struct record *r)
{
    size_t count;
    const struct field_value *v = rec_items(r, COMMON_EVIDENCE, &count);
    for (size_t i = 0; i < count; i++) {
        if (v[i].state != FV_PRESENT || !rec_has(v[i].record, EVIDENCE_PATH))
            continue;
        struct evidence_file *f =
            &PUSH(p->workspace.arena, p->files, p->file_count, p->file_cap, struct evidence_file);
        *f = (struct evidence_file){.record = r, .part = v[i].record};
        find_file(p, f);
    }
}

/* Each once, in the order of clauses. */
static void add_all(struct packing *p, const struct evidence_list *l, struct map *seen)
{
    for (size_t i = 0; i < l->count; i++) {
        const struct record *r = l->items[i];
        if (r->id.n == 0 || map_put(seen, r->id, p) != NULL)
            continue;
        add_files(p, r);
        if (r->document != NULL)
            PUSH(p->workspace.arena, p->documents, p->document_count, p->document_cap,
                 const struct record *) = r;
    }
}

static void collect(struct packing *p)
{
    struct map seen = map_in(p->workspace.arena);
    p->taken = map_in(p->workspace.arena);
    for (size_t i = p->plan->from; i < p->plan->to; i++) {
        add_all(p, &p->model->evidence->clauses[i].documents, &seen);
        add_all(p, &p->model->evidence->clauses[i].records, &seen);
    }
}

/* -- Making it ----------------------------------------------------------------------------- */

static void put_pdf(struct packing *p, struct arena *a, struct diags *d, const struct doc *doc,
                    str path)
{
    struct pdf_seal seal = pdf_seal_by(a, p->signer, p->model->as_of, S("Evidence pack"));
    struct pdf_options how = {.root = p->workspace.content,
                              .as_of = model_day_words(a, p->model),
                              .copy = str_fmt(a, "Copy for: " STR_FMT, STR_ARG(p->audience.title)),
                              .seal = &seal};
    struct buf out = buf_in(a, 64 * 1024);
    if (pdf_document(a, d, p->paper, &how, doc, &out) &&
        sign_pdf(p->signer, a, d, path, out.p, out.n))
        outputs_put(pack_outputs(p->pack), d, path, buf_str(&out));
}

static void make_front(struct packing *p, size_t i, struct arena *a, struct diags *d)
{
    struct evidence_pack front = {.from = p->plan->from,
                                  .to = p->plan->to,
                                  .audience = p->audience.title,
                                  .signer = signer_name(p->signer),
                                  .tool = S(CONTINUO_TOOL),
                                  .files = p->files,
                                  .file_count = p->file_count,
                                  .document_count = p->document_count};
    (void)i;
    put_pdf(p, a, d, doc_evidence(a, p->model, &front), S("evidence.pdf"));
}

static void make_data(struct packing *p, size_t i, struct arena *a, struct diags *d)
{
    const struct table *t = i == 0 ? evidence_range(a, p->model, p->plan->from, p->plan->to)
                                   : evidence_items(a, p->model, p->plan->from, p->plan->to);
    outputs_put(pack_outputs(p->pack), d, i == 0 ? S("data/clauses.csv") : S("data/evidence.csv"),
                data_csv_spreadsheet(a, t));
}

static void make_document(struct packing *p, size_t i, struct arena *a, struct diags *d)
{
    const struct record *r = p->documents[i];
    str path = str_fmt(a, "documents/" STR_FMT ".pdf", STR_ARG(path_slug(a, r->id)));
    put_pdf(p, a, d, doc_assemble(a, d, &p->world, r), path);
}

static void make_copy(struct packing *p, size_t i, struct arena *a, struct diags *d)
{
    const struct copied *c = &p->copied[i];
    struct file_read r = file_read(a, p->workspace.content, c->source, EVIDENCE_FILE_BYTES_MAX);
    if (r.fault != FILE_OK)
        diag_os(d, c->source, r.fault == FILE_TOO_LARGE ? EFBIG : r.error_number,
                "read this evidence");
    else
        outputs_put(pack_outputs(p->pack), d, c->path, r.text);
}

/* The front comes first: it takes longest. */
enum { FRONT_JOBS = 1, DATA_JOBS = 2 };

static void run_job(void *self, size_t job, struct arena *a, struct diags *d)
{
    struct packing *p = self;
    if (job < FRONT_JOBS)
        make_front(p, job, a, d);
    else if ((job -= FRONT_JOBS) < DATA_JOBS)
        make_data(p, job, a, d);
    else if ((job -= DATA_JOBS) < p->document_count)
        make_document(p, job, a, d);
    else
        make_copy(p, job - p->document_count, a, d);
}

static struct span place_of_job(void *self, size_t job)
{
    const struct packing *p = self;
    size_t first = FRONT_JOBS + DATA_JOBS;
    bool is_document = job >= first && job < first + p->document_count;
    return is_document ? p->documents[job - first]->span : (struct span){0, 0, 0};
}

static str name_of_job(void *self, size_t job, struct arena *a)
{
    (void)self;
    return str_fmt(a, "part %zu of the pack", job + 1);
}

static bool make_all(struct packing *p)
{
    struct workspace *w = &p->workspace;
    struct jobs jobs = {.self = p,
                        .count = FRONT_JOBS + DATA_JOBS + p->document_count + p->copied_count,
                        .run = run_job,
                        .place = place_of_job,
                        .name = name_of_job,
                        .doing = "packing"};
    jobs_run(&jobs, w, p->options);
    return diags_exit_status(w->diags) == EXIT_OK;
}

/* -- For whom, and by whom ----------------------------------------------------------------- */

static bool open_tools(struct packing *p)
{
    struct workspace *w = &p->workspace;
    struct sign_request request = p->options->sign;
    str language = rec_text(p->model->workspace, WORKSPACE_LANGUAGE);
    request.as_of = w->model->as_of;
    p->signer = signer_open(w->arena, w->diags, &request);
    p->world = (struct doc_world){.model = p->model,
                                  .fonts = font_open(w->arena, w->diags),
                                  .content = w->content,
                                  .is_edition = true};
    if (p->signer == NULL || p->world.fonts == NULL)
        return false;
    p->paper = pdf_fonts_open(w->arena, p->world.fonts, language.n ? language : S("en"));
    return true;
}

static bool make(struct packing *p)
{
    struct workspace *w = &p->workspace;
    if (!open_tools(p))
        return false;
    collect(p);
    if (diags_exit_status(w->diags) != EXIT_OK)
        return false;
    p->pack = pack_open(w->arena, w->diags, p->plan->folder);
    if (p->pack == NULL)
        return false;
    if (make_all(p))
        return pack_seal(p->pack, w->diags, p->signer);
    pack_abandon(p->pack);
    return false;
}

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

static void say_done(const struct packing *p)
{
    size_t elsewhere = p->file_count - p->copied_count;
    fprintf(stderr, "%s: for " STR_FMT ", signed by '" STR_FMT "'\n", p->plan->folder,
            STR_ARG(p->audience.title), STR_ARG(signer_name(p->signer)));
    fprintf(stderr, "  %zu document%s and %zu file%s; ", p->document_count,
            plural(p->document_count), p->copied_count, plural(p->copied_count));
    fprintf(stderr, "%zu piece%s of evidence %s kept elsewhere or missing\n", elsewhere,
            plural(elsewhere), elsewhere == 1 ? "is" : "are");
}

int pack_make(const struct options *o, const struct pack_plan *plan)
{
    struct packing p = {.options = o, .plan = plan};
    struct workspace *w = &p.workspace;
    struct in_force in_force;
    if (!workspace_issue(w, o, true, &in_force))
        return workspace_report(w, o);
    const char *wrong = workspace_for_whom(w, o, &p.audience);
    if (wrong != NULL) {
        fprintf(stderr, "continuo evidence: %s\nSee 'continuo evidence --help'.\n", wrong);
        return EXIT_USAGE;
    }
    p.model = workspace_seen(w, p.audience.clearance);
    bool done = make(&p);
    int status = workspace_report(w, o);
    if (done && !o->quiet)
        say_done(&p);
    if (p.signer != NULL)
        signer_close(p.signer);
    return status;
}
