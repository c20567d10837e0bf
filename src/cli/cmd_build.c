/* cli/cmd_build: content/ → the drafts of every audience's tree, all of them or none. */
#include "cli/states.h"
#include "cli/tree.h"

#include <time.h>

#include "base/path.h"
#include "check/check.h"
#include "check/rules.h"
#include "derive/derive.h"
#include "model/classes.h"
#include "verify/format.h"

/* A tree while it is made. */
struct draft {
    const struct audience *audience;
    struct outputs *out;
};

static double steady_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static const char *folder_of(const struct options *o)
{
    return o->output ? o->output : "site";
}

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

static void say_where(const struct model *m, const struct options *o, size_t tree_count,
                      const struct audience *first, double start)
{
    size_t documents = model_list(m, TYPE_DOCUMENT)->count, records = m->all.count - documents;
    fprintf(stderr, "%zu document%s, %zu record%s, %zu tree%s in %.2f s\n", documents,
            plural(documents), records, plural(records), tree_count, plural(tree_count),
            steady_seconds() - start);
    fprintf(stderr, "open %s/" STR_FMT "/draft/index.html\n", folder_of(o), STR_ARG(first->id));
}

/* A folder holds what one audience may see: no other copy is compared with it. */
static bool since_is_fine(const struct options *o, size_t tree_count)
{
    if (o->since == NULL || tree_count == 1 || format_id(str_from(o->since)))
        return true;
    fputs("continuo build: --since takes a folder only with --audience, for one audience\n",
          stderr);
    return false;
}

static const char *folder_before(const struct workspace *w, const struct options *o,
                                 const struct tree_plan *plan)
{
    if (o->since != NULL && !format_id(str_from(o->since)))
        return o->since;
    str edition = o->since != NULL ? str_from(o->since) : plan->history.editions[0].id;
    str audience = path_join(w->arena, str_from(folder_of(o)), plan->audience);
    return str_c(w->arena, path_join(w->arena, audience, edition));
}

/* What is different from the edition that the audience reads now, or the one that was
 * named. False after a report. */
static bool find_changes(struct workspace *w, const struct options *o, struct tree_plan *plan)
{
    if (o->since == NULL && plan->history.count == 0)
        return diags_exit_status(w->diags) == EXIT_OK;
    plan->changes = changes_since(w, folder_before(w, o, plan), plan->model, S("draft"));
    return plan->changes != NULL;
}

/* Fills a sibling of the audience's draft, which is put in place later. */
static bool make_draft(struct workspace *w, const struct options *o, const struct tree_tools *tools,
                       const struct model *model, struct draft *draft)
{
    const struct audience *audience = draft->audience;
    str tree = str_fmt(w->arena, STR_FMT "/draft", STR_ARG(audience->id));
    draft->out = outputs_open(w->arena, w->diags, folder_of(o), tree);
    struct tree_plan plan = {.model = model,
                             .audience = audience->id,
                             .audience_title = audience->title,
                             .edition = S(""),
                             .history =
                                 history_read(w->arena, w->diags, folder_of(o), audience->id)};
    struct tree *t = draft->out && find_changes(w, o, &plan) ? tree_open(w, o, tools, &plan) : NULL;
    return t != NULL && tree_make(t, draft->out);
}

static void put_in_place(struct workspace *w, struct draft *drafts, size_t count, bool is_whole)
{
    for (size_t i = 0; i < count; i++) {
        if (drafts[i].out == NULL)
            continue;
        if (is_whole)
            outputs_commit(drafts[i].out, w->diags);
        else
            outputs_abandon(drafts[i].out);
    }
}

/* -- All audiences: for the operator, who sees the whole content --------------------- */

/* What no tree shows is looked at all the same. */
static void check_unseen(struct workspace *w, const struct options *o,
                         const struct audience *audiences, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (audiences[i].clearance == CLASS_RESTRICTED)
            return;
    check_texts(w, o);
}

static int build_all(struct workspace *w, const struct options *o, double start)
{
    size_t count, made = 0;
    const struct audience *audiences = model_audiences(w->model, w->arena, &count);
    struct draft *drafts = NEW_ARRAY(w->arena, struct draft, count + 1);
    if (!since_is_fine(o, count))
        return EXIT_USAGE;
    struct tree_tools *tools = tree_tools_open(w);
    if (tools == NULL)
        return workspace_report(w, o);
    w->model->results = check_system(w->model, w->diags, CONTROL_DRAFT);
    check_unseen(w, o, audiences, count);
    bool is_whole = diags_exit_status(w->diags) == EXIT_OK;
    for (; is_whole && made < count; made++) {
        drafts[made].audience = &audiences[made];
        is_whole =
            make_draft(w, o, tools, workspace_seen(w, audiences[made].clearance), &drafts[made]);
    }
    put_in_place(w, drafts, made, is_whole);
    int status = workspace_report(w, o);
    if (status == EXIT_OK && !o->quiet)
        say_where(w->model, o, count, &audiences[0], start);
    return status;
}

/* -- One audience: for readers who see no more than its copy -------------------------- */

/* What cannot be read has no class: the copy is not made, and its log says no
 * more than that. */
static void judge_loading(struct workspace *seen, const struct workspace *whole)
{
    if (diags_exit_status(whole->diags) != EXIT_OK)
        diag(seen->diags, CHECK_RULE(UNSEEN), (struct span){0, 0, 0},
             "not all of the content can be read");
}

static struct workspace workspace_for(const struct workspace *whole, enum class_level clearance)
{
    struct workspace seen = *whole;
    struct model_copy how = {.clearance = clearance, .loaded = whole->diags};
    if (clearance < CLASS_RESTRICTED) {
        seen.diags = how.places = diags_new(whole->arena);
        judge_loading(&seen, whole);
    }
    seen.model = model_for(whole->model, whole->arena, &how);
    derive_settle(seen.model);
    check_structure(seen.model, seen.diags);
    derive_facts(seen.model);
    if (!model_is_partial(seen.model))
        seen.model->results = check_system(seen.model, seen.diags, CONTROL_DRAFT);
    return seen;
}

static int build_one(const struct workspace *whole, const struct options *o,
                     const struct audience *audience, double start)
{
    struct workspace w = workspace_for(whole, audience->clearance);
    struct draft draft = {.audience = audience};
    struct tree_tools *tools = NULL;
    if (diags_exit_status(w.diags) == EXIT_OK && (tools = tree_tools_open(&w)) != NULL)
        put_in_place(&w, &draft, 1, make_draft(&w, o, tools, w.model, &draft));
    int status = workspace_report(&w, o);
    if (status == EXIT_OK && !o->quiet)
        say_where(w.model, o, 1, audience, start);
    return status;
}

static bool is_asked_for(const struct options *o, str id)
{
    for (size_t i = 0; i < o->audience_count; i++)
        for (str word, rest = str_from(o->audiences[i]); rest.n != 0;) {
            rest = str_cut(rest, ',', &word);
            if (str_eq(word, id))
                return true;
        }
    return false;
}

static size_t asked_for(const struct options *o, const struct audience *audiences, size_t count)
{
    size_t trees = 0;
    for (size_t i = 0; i < count; i++)
        trees += is_asked_for(o, audiences[i].id);
    return trees;
}

static bool knows_all(const struct options *o, const struct audience *audiences, size_t count)
{
    for (size_t i = 0; i < o->audience_count; i++)
        for (str word, rest = str_from(o->audiences[i]); rest.n != 0;) {
            rest = str_cut(rest, ',', &word);
            size_t known = 0;
            while (known < count && !str_eq(audiences[known].id, word))
                known++;
            if (known < count)
                continue;
            fprintf(stderr, "continuo build: there is no audience '" STR_FMT "'\n", STR_ARG(word));
            return false;
        }
    return true;
}

static int build_some(struct workspace *w, const struct options *o, double start)
{
    size_t count;
    const struct audience *audiences = model_audiences(w->model, w->arena, &count);
    if (!knows_all(o, audiences, count) || !since_is_fine(o, asked_for(o, audiences, count)))
        return EXIT_USAGE;
    int worst = EXIT_OK;
    for (size_t i = 0; i < count; i++) {
        if (!is_asked_for(o, audiences[i].id))
            continue;
        int status = build_one(w, o, &audiences[i], start);
        worst = status > worst ? status : worst;
    }
    return worst;
}

/* -- The command ---------------------------------------------------------------------- */

int cmd_build(const struct options *o)
{
    double start = steady_seconds();
    struct workspace w = {0};
    if (o->audience_count != 0)
        return workspace_load(&w, o) ? build_some(&w, o, start) : workspace_report(&w, o);
    if (!workspace_open(&w, o) || diags_exit_status(w.diags) != EXIT_OK)
        return workspace_report(&w, o);
    return build_all(&w, o, start);
}
