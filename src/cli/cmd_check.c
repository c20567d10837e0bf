/* cli/cmd_check: everything that is wrong, at its place. */
#include "cli/jobs.h"

#include "form/doc/doc.h"
#include "text/font.h"
#include "write/pdf/pdf.h"

struct checking {
    struct workspace *workspace;
    struct doc_world world;
    struct pdf_fonts *paper;
};

static const struct record *document_of(const struct checking *c, size_t job)
{
    return model_list(c->workspace->model, TYPE_DOCUMENT)->items[job];
}

static void check_document(void *self, size_t job, struct arena *a, struct diags *d)
{
    const struct checking *c = self;
    const struct record *r = document_of(c, job);
    if (r->document == NULL)
        return;
    struct doc *doc = doc_assemble(a, d, &c->world, r);
    if (doc->picture_count == 0)
        return;
    /* Whether a picture can be decoded is seen where it is drawn. */
    struct buf paper = buf_in(a, 64 * 1024);
    struct pdf_options how = {.root = c->workspace->content};
    pdf_document(a, d, c->paper, &how, doc, &paper);
}

static struct span place_of(void *self, size_t job)
{
    return document_of(self, job)->span;
}

static str name_of_job(void *self, size_t job, struct arena *a)
{
    (void)a;
    return document_of(self, job)->id;
}

int cmd_check(const struct options *o)
{
    struct workspace w = {0};
    if (!workspace_open(&w, o))
        return workspace_report(&w, o);
    struct checking c = {.workspace = &w, .world = {.model = w.model, .content = w.content}};
    c.world.fonts = font_open(w.arena, w.diags);
    struct jobs jobs = {.self = &c,
                        .count = model_list(w.model, TYPE_DOCUMENT)->count,
                        .run = check_document,
                        .place = place_of,
                        .name = name_of_job,
                        .doing = "checking"};
    if (c.world.fonts != NULL) {
        c.paper = pdf_fonts_open(w.arena, c.world.fonts, S("en"));
        jobs_run(&jobs, &w, o);
    }
    return workspace_report(&w, o);
}
