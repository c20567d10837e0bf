/* cli/cmd_publish: freezes an edition for every audience, or none.
 *
 * Everything is made, signed, listed, written to the disk and read back before the
 * ledger names it; up to then the edition before stays the one in force. */
#include "cli/history.h"
#include "cli/pointers.h"
#include "cli/states.h"
#include "cli/tree.h"

#include "base/path.h"
#include "check/rules.h"
#include "model/classes.h"
#include "publish/archive.h"
#include "publish/in_force.h"

struct publish {
    const struct options *options;
    struct workspace *workspace;
    struct tree_tools *tools;
    struct signer *signer;
    struct archive *archive;
    struct archive_signer seal;
    struct in_force in_force;
    const char *folder;
    str edition;
};

static bool seal_pdf(void *self, struct arena *a, struct diags *d, str name, char *pdf,
                     size_t size_bytes)
{
    return sign_pdf(self, a, d, name, pdf, size_bytes);
}

static bool seal_file(void *self, struct arena *a, struct diags *d, str name, str data, str *der)
{
    return sign_detached(self, a, d, name, data, der);
}

static bool open_signer(struct publish *p)
{
    struct workspace *w = p->workspace;
    struct sign_request request = p->options->sign;
    request.as_of = w->model->as_of;
    p->signer = signer_open(w->arena, w->diags, &request);
    if (p->signer == NULL)
        return false;
    p->seal = (struct archive_signer){.self = p->signer,
                                      .certificate = signer_certificate(p->signer),
                                      .is_demo = signer_is_demo(p->signer),
                                      .sign_pdf = seal_pdf,
                                      .sign_detached = seal_file};
    return true;
}

/* The edition in front of those before it, for the page that lists them. */
static struct history with_this(struct publish *p, str audience)
{
    struct workspace *w = p->workspace;
    struct history before = history_read(w->arena, w->diags, p->folder, audience);
    struct history all = {NEW_ARRAY(w->arena, struct portal_edition, before.count + 1),
                          before.count + 1};
    all.editions[0] = (struct portal_edition){p->edition, w->model->as_of, S("")};
    for (size_t i = 0; i < before.count; i++)
        all.editions[i + 1] = before.editions[i];
    return all;
}

/* -- What is issued ------------------------------------------------------------------ */

/* Looked back at, some of the content is left out and some is as it is now: no edition says so. */
static bool is_of_its_day(const struct publish *p)
{
    struct model *m = p->workspace->model;
    if (m->later_count == 0)
        return true;
    diag(p->workspace->diags, CHECK_RULE(FUTURE), m->workspace->span,
         "%zu date%s of the content %s after the as-of date " STR_FMT
         ": an edition is of the day of its content",
         m->later_count, m->later_count == 1 ? "" : "s", m->later_count == 1 ? "is" : "are",
         STR_ARG(date_iso(m->arena, m->as_of)));
    return false;
}

/* The content as the edition shows it: of each document the text that was approved. What
 * nobody approved is an error, or with --with-drafts a warning and marked DRAFT. */
static bool settle(struct publish *p)
{
    bool is_fine =
        workspace_issue(p->workspace, p->options, p->options->with_drafts, &p->in_force);
    return is_of_its_day(p) && is_fine;
}

/* -- One edition for each audience ----------------------------------------------------- */

static bool find_changes(struct publish *p, str before, struct tree_plan *plan)
{
    struct workspace *w = p->workspace;
    str folder =
        path_join(w->arena, path_join(w->arena, str_from(p->folder), plan->audience), before);
    plan->changes = changes_since(w, str_c(w->arena, folder), plan->model, plan->edition);
    return plan->changes != NULL;
}

static bool make_edition(struct publish *p, const struct audience *audience)
{
    struct workspace *w = p->workspace;
    const struct model *copy = workspace_seen(w, audience->clearance);
    struct outputs *out =
        archive_stage(p->archive, w->diags, audience->id, model_organisation(copy));
    if (out == NULL)
        return false;
    struct tree_plan plan = {.model = copy,
                             .audience = audience->id,
                             .audience_title = audience->title,
                             .edition = p->edition,
                             .history = with_this(p, audience->id),
                             .signer = p->signer};
    const struct archive_last *before = archive_last(p->archive, audience->id);
    if (before != NULL && !find_changes(p, before->edition, &plan))
        return false;
    struct tree *t = tree_open(w, p->options, p->tools, &plan);
    return t != NULL && tree_make(t, out) &&
           pointers_put(w, p->archive, p->folder, &plan, tree_portal(t));
}

static bool make_editions(struct publish *p)
{
    struct workspace *w = p->workspace;
    size_t count;
    const struct audience *audiences = model_audiences(w->model, w->arena, &count);
    for (size_t i = 0; i < count; i++)
        if (!make_edition(p, &audiences[i]))
            return false;
    return true;
}

static bool begin(struct publish *p)
{
    struct workspace *w = p->workspace;
    p->archive = archive_open(w->arena, w->diags, p->folder);
    if (p->archive == NULL)
        return false;
    struct archive_edition *e = NEW(w->arena, struct archive_edition);
    *e = (struct archive_edition){
        .id = p->edition, .as_of = w->model->as_of, .tool = S(CONTINUO_TOOL), .signer = &p->seal};
    return archive_begin(p->archive, w->diags, e);
}

static bool freeze(struct publish *p)
{
    struct diags *d = p->workspace->diags;
    if (begin(p) && make_editions(p) && archive_seal(p->archive, d))
        return archive_commit(p->archive, d);
    if (p->archive != NULL)
        archive_abandon(p->archive);
    return false;
}

/* What stands in content/ is not what readers get. */
static void say_not_issued(const struct publish *p)
{
    for (size_t i = 0; i < p->in_force.exchanged_count; i++) {
        const struct not_issued *n = &p->in_force.exchanged[i];
        fprintf(stderr, "  " STR_FMT " as it was approved, version " STR_FMT ": " STR_FMT "\n",
                STR_ARG(n->document->id), STR_ARG(rec_text(n->document, DOCUMENT_VERSION)),
                STR_ARG(n->reason));
    }
}

/* What the operator keeps on paper: it proves later what was published. */
static void say_done(const struct publish *p)
{
    struct workspace *w = p->workspace;
    size_t count;
    const struct audience *audiences = model_audiences(w->model, w->arena, &count);
    fprintf(stderr, "published edition " STR_FMT ", signed by '" STR_FMT "'\n", STR_ARG(p->edition),
            STR_ARG(signer_name(p->signer)));
    say_not_issued(p);
    for (size_t i = 0; i < count; i++) {
        struct history h = history_read(w->arena, w->diags, p->folder, audiences[i].id);
        fprintf(stderr, "  %s/" STR_FMT "/index.html  checkpoint " STR_FMT "\n", p->folder,
                STR_ARG(audiences[i].id), STR_ARG(h.count ? h.editions[0].checkpoint : S("?")));
    }
}

static int usage(const char *what)
{
    fprintf(stderr, "continuo publish: %s\nSee 'continuo publish --help'.\n", what);
    return EXIT_USAGE;
}

int cmd_publish(const struct options *o)
{
    struct workspace w = {0};
    struct publish p = {.options = o, .workspace = &w, .folder = o->output ? o->output : "site"};
    if (o->argument_count != 1)
        return usage("name one edition, such as 2026.1");
    if (!options_sign(o))
        return usage("an edition is signed: name a key (--key and --cert, --p12 or --pkcs11)");
    p.edition = str_from(o->arguments[0]);
    if (!settle(&p))
        return workspace_report(&w, o);
    bool done = open_signer(&p) && (p.tools = tree_tools_open(&w)) != NULL && freeze(&p);
    int status = workspace_report(&w, o);
    if (done && !o->quiet)
        say_done(&p);
    if (p.signer != NULL)
        signer_close(p.signer);
    return status;
}
