/* cli/cmd_review: freezes what was put before a management review. */
#include "cli/cli.h"

#include <stdio.h>

#include "base/hash.h"
#include "base/path.h"
#include "check/check.h"
#include "check/rules.h"
#include "cli/place.h"
#include "cli/record_write.h"
#include "cli/review_pack.h"
#include "model/classes.h"
#include "model/review.h"
#include "text/font.h"

enum { CLEARANCES = CLASS_RESTRICTED + 1 };

struct frozen_file {
    enum class_level clearance;
    str path, bytes, sha256;
};

struct freezing {
    struct workspace workspace;
    const struct options *options;
    const struct record *review;
    date on; /* the day on which it is frozen */
    str id;
    struct doc_world world;
    int place;
    struct frozen_file files[CLEARANCES];
    size_t file_count;
    str signature;
};

static void refuse(struct freezing *v, struct span at, str text)
{
    diag(v->workspace.diags, CHECK_RULE(NOT_FROZEN), at, STR_FMT, STR_ARG(text));
}

/* -- Which review ---------------------------------------------------------------------------- */

static bool find_review(struct freezing *v)
{
    struct workspace *w = &v->workspace;
    str id = str_from(v->options->arguments[0]);
    const struct record *r = model_find(w->model, id);
    if (r == NULL || r->type->number != TYPE_MANAGEMENT_REVIEW) {
        refuse(v, (struct span){0, 0, 0},
               str_fmt(w->arena, "no management review has the id '" STR_FMT "'", STR_ARG(id)));
        return false;
    }
    v->review = r;
    v->on = v->options->as_of != DATE_NONE ? v->options->as_of : w->model->as_of;
    v->id = record_next_id(w->arena, w->model, TYPE_REVIEW_PACK);
    return true;
}

/* It was held, and nothing was frozen for it. */
static void judge(struct freezing *v)
{
    struct arena *a = v->workspace.arena;
    const struct record *r = v->review, *pack = review_pack_of(r);
    date held = rec_date(r, MANAGEMENT_REVIEW_HELD);
    if (pack != NULL)
        refuse(v, pack->id_span,
               str_fmt(a, "the pack of '" STR_FMT "' is frozen already: '" STR_FMT "'",
                       STR_ARG(r->id), STR_ARG(pack->id)));
    if (v->on < v->workspace.model->as_of)
        refuse(v, r->id_span,
               str_fmt(a, "the records are of " STR_FMT ": nothing was frozen of them on " STR_FMT,
                       STR_ARG(date_long(a, v->workspace.model->as_of)),
                       STR_ARG(date_long(a, v->on))));
    if (held == DATE_NONE)
        refuse(v, r->id_span,
               str_fmt(a, "the review '" STR_FMT "' has not been held", STR_ARG(r->id)));
    else if (held > v->on)
        refuse(v, rec_value(r, MANAGEMENT_REVIEW_HELD)->span,
               str_fmt(a, "the review '" STR_FMT "' is held after " STR_FMT, STR_ARG(r->id),
                       STR_ARG(date_long(a, v->on))));
    if (review_period(r).to == DATE_NONE)
        refuse(v, r->id_span, str_fmt(a, "the review '" STR_FMT "' has no period", STR_ARG(r->id)));
}

/* -- What its readers see -------------------------------------------------------------------- */

static const struct report_def *review_def(void)
{
    for (size_t i = 0; i < report_count(); i++)
        if (str_eq(report_at(i)->key, S("review")))
            return report_at(i);
    return NULL; /* not reached: reports.def has it */
}

static bool freeze_for(struct freezing *v, enum class_level clearance)
{
    struct workspace *w = &v->workspace;
    struct doc_world world = v->world;
    struct report_parts parts;
    struct frozen_file *f = &v->files[v->file_count];
    struct model *m = (struct model *)workspace_seen(w, clearance);
    if (!model_is_partial(m))
        m->results = check_system(m, diags_child(w->arena, w->diags), CONTROL_DRAFT);
    world.model = m;
    struct report_wish wish = {
        .def = review_def(), .record = model_find(m, v->review->id), .place = v->place};
    if (doc_report(w->arena, w->diags, &world, &wish, &parts) == NULL)
        return false;
    struct buf out = buf_in(w->arena, 256 * 1024);
    review_pack_put(&out, w->arena, v->review->id, &parts);
    *f = (struct frozen_file){clearance, review_pack_path(w->arena, v->review, clearance),
                              buf_str(&out), sha256_hex(w->arena, sha256_of(buf_str(&out)))};
    v->file_count++;
    return true;
}

/* Each clearance once, of those that may see the review. */
static bool freeze_all(struct freezing *v)
{
    struct workspace *w = &v->workspace;
    size_t count;
    const struct audience *audiences = model_audiences(w->model, w->arena, &count);
    bool is_wanted[CLEARANCES] = {[CLASS_RESTRICTED] = true};
    for (size_t i = 0; i < count; i++)
        is_wanted[audiences[i].clearance] |= audiences[i].clearance >= v->review->class_level;
    v->place = place_open(w->arena, w->diags);
    v->world = (struct doc_world){.content = w->content, .fonts = font_open(w->arena, w->diags)};
    if (v->place < 0 || v->world.fonts == NULL)
        return false;
    for (int level = CLASS_PUBLIC; level < CLEARANCES; level++)
        if (is_wanted[level] && !freeze_for(v, (enum class_level)level))
            return false;
    return true;
}

/* -- Put on disk ----------------------------------------------------------------------------- */

/* As `sha256sum --check` reads it, inside content/. */
static str sums_of(struct freezing *v)
{
    struct buf out = buf_in(v->workspace.arena, 256);
    for (size_t i = 0; i < v->file_count; i++)
        buf_fmt(&out, STR_FMT "  " STR_FMT "\n", STR_ARG(v->files[i].sha256),
                STR_ARG(path_name(v->files[i].path)));
    return buf_str(&out);
}

static str beside(struct freezing *v, const char *name)
{
    return path_join(v->workspace.arena, path_folder(v->files[0].path), str_from(name));
}

static bool sign_sums(struct freezing *v)
{
    struct workspace *w = &v->workspace;
    if (!options_sign(v->options))
        return true;
    struct sign_request request = v->options->sign;
    request.as_of = v->on;
    struct signer *signer = signer_open(w->arena, w->diags, &request);
    if (signer == NULL)
        return false;
    bool fine = sign_detached(signer, w->arena, w->diags, v->id, sums_of(v), &v->signature);
    signer_close(signer);
    return fine;
}

static str record_text(struct freezing *v)
{
    struct arena *a = v->workspace.arena;
    struct buf out = buf_in(a, 1024);
    buf_lit(&out, "# Written by `continuo review`. The hashes bind it to what was put before the "
                  "meeting.\n");
    buf_fmt(&out, "id: " STR_FMT "\n", STR_ARG(v->id));
    record_put_line(&out, "title", str_fmt(a, "Frozen pack of " STR_FMT, STR_ARG(v->review->id)));
    buf_fmt(&out,
            "review: " STR_FMT "\ndate: " STR_FMT "\nas_of: " STR_FMT "\nclass: " STR_FMT
            "\nfiles:\n",
            STR_ARG(v->review->id), STR_ARG(date_iso(a, v->on)),
            STR_ARG(date_iso(a, rec_date(v->review, MANAGEMENT_REVIEW_HELD))),
            STR_ARG(class_word(v->review->class_level)));
    for (size_t i = 0; i < v->file_count; i++) {
        buf_fmt(&out, "  - clearance: " STR_FMT "\n    path: ",
                STR_ARG(class_word(v->files[i].clearance)));
        record_put_quoted(&out, v->files[i].path);
        buf_fmt(&out, "\n    sha256: " STR_FMT "\n", STR_ARG(v->files[i].sha256));
    }
    if (v->signature.n != 0)
        record_put_line(&out, "signature", beside(v, "SHA256SUMS.p7s"));
    buf_lit(&out, "clauses: [9.3.2]\n");
    return buf_str(&out);
}

static str pack_record_path(struct freezing *v)
{
    struct arena *a = v->workspace.arena;
    return str_fmt(a, "records/review_pack/" STR_FMT ".yaml", STR_ARG(path_slug(a, v->review->id)));
}

static bool put_all(struct freezing *v)
{
    struct workspace *w = &v->workspace;
    struct arena *a = w->arena;
    if (!content_is_free(a, w->diags, w->content, pack_record_path(v)))
        return false;
    for (size_t i = 0; i < v->file_count; i++)
        if (!content_put(a, w->diags, w->content, v->files[i].path, v->files[i].bytes))
            return false;
    if (!content_put(a, w->diags, w->content, beside(v, "SHA256SUMS"), sums_of(v)))
        return false;
    if (v->signature.n != 0 &&
        !content_put(a, w->diags, w->content, beside(v, "SHA256SUMS.p7s"), v->signature))
        return false;
    return content_put(a, w->diags, w->content, pack_record_path(v), record_text(v));
}

static void say_done(struct freezing *v)
{
    struct arena *a = v->workspace.arena;
    printf(STR_FMT " as of " STR_FMT " frozen on " STR_FMT ": " STR_FMT "%s\n",
           STR_ARG(v->review->id),
           STR_ARG(date_long(a, rec_date(v->review, MANAGEMENT_REVIEW_HELD))),
           STR_ARG(date_long(a, v->on)), STR_ARG(v->id),
           v->signature.n != 0 ? ", signed" : ", not signed");
    for (size_t i = 0; i < v->file_count; i++)
        printf("content/" STR_FMT "\n", STR_ARG(v->files[i].path));
    printf("content/" STR_FMT "\n", STR_ARG(pack_record_path(v)));
}

/* -- The command ----------------------------------------------------------------------------- */

int cmd_review(const struct options *o)
{
    if (o->argument_count != 1) {
        fputs("continuo review: name one management review\nSee 'continuo review --help'.\n",
              stderr);
        return EXIT_USAGE;
    }
    /* The content is judged as of its own day; --as-of is the day of the freezing. */
    struct options of_today = *o;
    of_today.as_of = DATE_NONE;
    struct freezing v = {.options = o, .signature = S("")};
    struct workspace *w = &v.workspace;
    int lock = -1;
    if (!content_lock(o, &lock)) {
        perror("continuo: cannot lock the content folder");
        return EXIT_MACHINE;
    }
    if (!workspace_open(w, &of_today) || diags_exit_status(w->diags) != EXIT_OK || !find_review(&v))
        return workspace_report(w, o);
    judge(&v);
    if (diags_exit_status(w->diags) != EXIT_OK || !freeze_all(&v) ||
        diags_exit_status(w->diags) != EXIT_OK || !sign_sums(&v) || !put_all(&v))
        return workspace_report(w, o);
    say_done(&v);
    return EXIT_OK;
}
