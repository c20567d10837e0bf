/* cli/cmd_approve: an approval, bound to the text that was approved. */
#include "cli/cli.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/path.h"
#include "check/check.h"
#include "check/rules.h"
#include "cli/approval_write.h"
#include "cli/record_write.h"
#include "form/doc/doc.h"
#include "load/load.h"
#include "model/lifecycle.h"
#include "text/font.h"
#include "write/pdf/pdf.h"

struct approving {
    struct workspace workspace;
    const struct options *options;
    struct new_approval approval;
};

static void refuse(struct approving *v, struct span at, str text)
{
    diag(v->workspace.diags, CHECK_RULE(NOT_APPROVABLE), at, STR_FMT, STR_ARG(text));
}

/* -- What is asked for ----------------------------------------------------------------------- */

static const struct record *find(struct approving *v, const char *word, enum type_id type,
                                 const char *what)
{
    struct model *m = v->workspace.model;
    const struct record *r = model_find(m, str_from(word));
    if (r != NULL && r->type->number == type && (type != TYPE_DOCUMENT || r->document != NULL))
        return r;
    refuse(v, (struct span){0, 0, 0},
           str_fmt(v->workspace.arena, "no %s has the id '%s'", what, word));
    return NULL;
}

/* An approval of a later day counts too: nothing is approved twice. */
static bool is_recorded(struct approving *v)
{
    const struct record *r = v->approval.document;
    const struct record_list *list = model_list(v->workspace.model, TYPE_APPROVAL);
    for (size_t i = 0; i < list->count; i++) {
        const struct record *other = list->items[i];
        bool same = rec_ref(other, APPROVAL_DOCUMENT) == r &&
                    str_eq(rec_text(other, APPROVAL_VERSION), rec_text(r, DOCUMENT_VERSION));
        if (same && other != r->life->approval)
            refuse(v, other->id_span,
                   str_fmt(v->workspace.arena,
                           "version '" STR_FMT "' of '" STR_FMT "' has an approval already",
                           STR_ARG(rec_text(r, DOCUMENT_VERSION)), STR_ARG(r->id)));
        if (same)
            return true;
    }
    return false;
}

static bool find_parties(struct approving *v)
{
    struct new_approval *n = &v->approval;
    n->document = find(v, v->options->arguments[0], TYPE_DOCUMENT, "document");
    n->role = find(v, v->options->role, TYPE_ROLE, "role");
    if (n->document == NULL || n->role == NULL)
        return false;
    n->person = rec_ref(n->role, ROLE_HOLDER);
    n->on = v->options->as_of != DATE_NONE ? v->options->as_of : v->workspace.model->as_of;
    n->id = record_next_id(v->workspace.arena, v->workspace.model, TYPE_APPROVAL);
    n->note = str_from(v->options->note);
    n->paper = str_from(v->options->paper);
    n->source = diags_source_text(v->workspace.diags, n->document->span.file);
    return true;
}

/* -- Whether the text is finished ------------------------------------------------------------- */

/* What cannot be drawn is no finished text; a picture is decoded where it is drawn. */
static void draw_pictures(struct approving *v, const struct doc_world *world, const struct doc *doc)
{
    struct workspace *w = &v->workspace;
    struct buf paper = buf_in(w->arena, 64 * 1024);
    struct pdf_options how = {.root = w->content};
    struct pdf_fonts *fonts = pdf_fonts_open(w->arena, world->fonts, S("en"));
    pdf_document(w->arena, w->diags, fonts, &how, doc, &paper);
}

static int by_path(const void *x, const void *y)
{
    return str_cmp(((const struct approved_picture *)x)->path,
                   ((const struct approved_picture *)y)->path);
}

static void read_pictures(struct approving *v, const struct doc *doc)
{
    struct workspace *w = &v->workspace;
    struct approved_picture *all =
        NEW_ARRAY(w->arena, struct approved_picture, doc->picture_count + 1);
    for (size_t i = 0; i < doc->picture_count; i++) {
        str path = doc->pictures[i].source;
        struct file_read r = file_read(w->arena, w->content, path, LOAD_EMBEDDED_BYTES_MAX);
        if (r.fault != FILE_OK)
            refuse(v, v->approval.document->id_span,
                   str_fmt(w->arena, "the picture '" STR_FMT "' cannot be read", STR_ARG(path)));
        all[i] = (struct approved_picture){path, r.text, sha256_hex(w->arena, sha256_of(r.text))};
    }
    qsort(all, doc->picture_count, sizeof *all, by_path);
    v->approval.pictures = all;
    v->approval.picture_count = doc->picture_count;
}

static void check_text(struct approving *v)
{
    struct workspace *w = &v->workspace;
    struct doc_world world = {.model = w->model, .content = w->content};
    world.fonts = font_open(w->arena, w->diags);
    if (world.fonts == NULL)
        return;
    const struct record *r = v->approval.document;
    const struct doc *doc = doc_assemble(w->arena, w->diags, &world, r);
    if (doc->gap_count != 0)
        refuse(v, r->id_span,
               str_fmt(w->arena, "'" STR_FMT "' is not finished: %zu placeholder%s left",
                       STR_ARG(r->id), doc->gap_count, doc->gap_count == 1 ? " is" : "s are"));
    if (doc->picture_count != 0)
        draw_pictures(v, &world, doc);
    read_pictures(v, doc);
}

/* -- The approver's own signature ------------------------------------------------------------- */

/* Where a key was named, the approver signs the statement; see model/canonical.h. */
static bool sign_statement(struct approving *v)
{
    struct workspace *w = &v->workspace;
    if (!options_sign(v->options))
        return true;
    struct sign_request request = v->options->sign;
    request.as_of = v->approval.on;
    struct signer *signer = signer_open(w->arena, w->diags, &request);
    if (signer == NULL)
        return false;
    str statement = new_approval_statement(w->arena, &v->approval);
    bool fine = sign_detached(signer, w->arena, w->diags, v->approval.id, statement,
                              &v->approval.signature);
    signer_close(signer);
    return fine;
}

/* -- The command ------------------------------------------------------------------------------ */

static int say_approved_before(const struct approving *v)
{
    const struct record *r = v->approval.document;
    printf(STR_FMT " version " STR_FMT " is approved already: " STR_FMT "\n", STR_ARG(r->id),
           STR_ARG(rec_text(r, DOCUMENT_VERSION)), STR_ARG(r->life->approval->id));
    return EXIT_OK;
}

static void say_done(const struct approving *v)
{
    const struct new_approval *n = &v->approval;
    struct arena *a = v->workspace.arena;
    printf(STR_FMT " version " STR_FMT " approved by " STR_FMT " (" STR_FMT ") on " STR_FMT
                   ": " STR_FMT "\ncontent/" STR_FMT "\n",
           STR_ARG(n->document->id), STR_ARG(rec_text(n->document, DOCUMENT_VERSION)),
           STR_ARG(n->role->title), STR_ARG(n->person->title), STR_ARG(date_long(a, n->on)),
           STR_ARG(n->id), STR_ARG(new_approval_path(a, n)));
}

static bool is_sound(struct approving *v)
{
    struct workspace *w = &v->workspace;
    struct approval_wish wish = {v->approval.document, v->approval.role, v->approval.on};
    is_recorded(v);
    check_wish(w->model, w->diags, &wish);
    check_text(v);
    return diags_exit_status(w->diags) == EXIT_OK;
}

int cmd_approve(const struct options *o)
{
    if (o->argument_count != 1 || o->role == NULL) {
        fputs("continuo approve: name one document and, with --as, the role that approves it\n"
              "See 'continuo approve --help'.\n",
              stderr);
        return EXIT_USAGE;
    }
    /* The content is judged as of its own day; --as-of is the day of the approval. */
    struct options of_today = *o;
    of_today.as_of = DATE_NONE;
    struct approving v = {.options = o};
    struct workspace *w = &v.workspace;
    int lock = -1;
    if (!content_lock(o, &lock)) {
        perror("continuo: cannot lock the content folder");
        return EXIT_MACHINE;
    }
    if (!workspace_open(w, &of_today) || !find_parties(&v) ||
        diags_exit_status(w->diags) != EXIT_OK)
        return workspace_report(w, o);
    if (life_is_approved(v.approval.document->life))
        return say_approved_before(&v);
    if (!is_sound(&v) || !sign_statement(&v) ||
        !new_approval_write(w->arena, w->diags, w->content, &v.approval))
        return workspace_report(w, o);
    say_done(&v);
    return EXIT_OK;
}
