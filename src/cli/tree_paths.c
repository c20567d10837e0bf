/* cli/tree_paths: which job of a tree makes the file at a path. */
#include "cli/tree_int.h"

#include "base/path.h"
#include "cli/logo.h"
#include "form/doc/binder/binder.h"
#include "form/table/blank.h"
#include "form/table/due.h"
#include "form/table/lists.h"
#include "form/table/part.h"
#include "write/html/portal.h"

/* A job, and what was made of it; paths of one job share it. */
struct target {
    size_t job;
    bool is_made, has_failed;
};

static str without_ending(str path)
{
    str name = path_name(path);
    size_t dot = str_find_char(name, '.', 0);
    return dot == SIZE_MAX ? path : str_from_to(path, 0, path.n - name.n + dot);
}

static void add(struct tree *t, struct map *to, enum job_kind kind, size_t i, str path)
{
    struct target *target = NEW(t->workspace->arena, struct target);
    target->job = t->first_job[kind] + i;
    map_put(to, without_ending(path), target);
}

static void add_both(struct tree *t, enum job_kind kind, size_t i, str path)
{
    add(t, &t->of_screen, kind, i, path);
    add(t, &t->of_paper, kind, i, path);
}

static void add_documents(struct tree *t, struct arena *a)
{
    const struct record_list *documents = model_list(t->model, TYPE_DOCUMENT),
                             *binders = model_list(t->model, TYPE_BINDER),
                             *forms = model_list(t->model, TYPE_FORM);
    for (size_t i = 0; i < documents->count; i++)
        add_both(t, JOB_DOCUMENT, i, record_path(a, documents->items[i]));
    for (size_t i = 0; i < t->report_count; i++)
        add_both(t, JOB_REPORT, i, report_path(a, t->reports[i].def, t->reports[i].record));
    for (size_t i = 0; i < binders->count; i++)
        add(t, &t->of_paper, JOB_BINDER, i, binder_path(a, binders->items[i]));
    for (size_t i = 0; i < forms->count; i++)
        add(t, &t->of_paper, JOB_FORM, i, form_path(a, forms->items[i]));
    add(t, &t->of_paper, JOB_CARD, 0, S("card.pdf"));
}

static void add_lists(struct tree *t, struct arena *a)
{
    const struct schema *s = t->model->schema;
    for (size_t i = 0; i < s->type_count; i++) {
        add(t, &t->of_screen, JOB_REGISTER, i,
            str_fmt(a, "data/" STR_FMT, STR_ARG(s->types[i]->key)));
        add(t, &t->of_paper, JOB_REGISTER, i, type_path(a, s->types[i]));
    }
    for (size_t i = 0; i < list_count(); i++) {
        str name = list_at(i)->name;
        add(t, &t->of_screen, JOB_LIST, i, str_fmt(a, "data/lists/" STR_FMT, STR_ARG(name)));
        add(t, &t->of_paper, JOB_LIST, i, str_fmt(a, "lists/" STR_FMT, STR_ARG(name)));
    }
}

static void add_people(struct tree *t, struct arena *a)
{
    const struct record_list *of[] = {model_list(t->model, TYPE_ROLE),
                                      model_list(t->model, TYPE_PERSON)};
    size_t number = 0;
    add(t, &t->of_screen, JOB_FEED, 0, S("feeds/calendar.ics"));
    for (size_t k = 0; k < COUNT_OF(of); k++)
        for (size_t i = 0; i < of[k]->count; i++, number++) {
            add(t, &t->of_paper, JOB_PART, number, part_paper_path(a, of[k]->items[i]));
            add(t, &t->of_screen, JOB_FEED, number + 1, due_feed_path(a, of[k]->items[i]));
        }
}

/* By their whole names: a style sheet and a script may differ in their endings alone. */
static void add_assets(struct tree *t)
{
    size_t count = portal_asset_count(t->portal) + logo_is_named(t->model);
    for (size_t i = 0; i < count; i++) {
        bool is_logo = i == portal_asset_count(t->portal);
        struct target *target = NEW(t->workspace->arena, struct target);
        target->job = t->first_job[JOB_ASSET] + i;
        map_put(&t->of_screen, is_logo ? portal_logo(t->portal) : portal_asset_path(t->portal, i),
                target);
    }
}

static void list_paths(struct tree *t)
{
    struct arena *a = t->workspace->arena;
    t->of_screen = map_in(a);
    t->of_paper = map_in(a);
    for (size_t i = 0; i < portal_page_count(t->portal); i++)
        add(t, &t->of_screen, JOB_PAGE, i, portal_page_path(t->portal, i));
    add_documents(t, a);
    add_lists(t, a);
    add_people(t, a);
    add_assets(t);
}

/* Pictures are in a folder beside the page of their document. */
static struct target *find(struct tree *t, str path, bool is_paper)
{
    if (t->of_screen.arena == NULL)
        list_paths(t);
    const struct map *of = is_paper ? &t->of_paper : &t->of_screen;
    const str keys[] = {path, without_ending(path), is_paper ? S("") : path_folder(path)};
    struct target *target = NULL;
    for (size_t i = 0; i < COUNT_OF(keys) && target == NULL; i++)
        target = map_find(of, keys[i]);
    return target;
}

/* Nothing of an author's is in it that could hang or swell. */
static bool is_asset(const struct tree *t, size_t job)
{
    return job >= t->first_job[JOB_ASSET] && job < t->first_job[JOB_ASSET + 1];
}

enum tree_made tree_make_path(struct tree *t, struct workspace *w, struct outputs *out, str path)
{
    bool is_paper = str_ends(path, S(".pdf")) || str_ends(path, S(".sheets.json"));
    struct target *target = find(t, path, is_paper);
    if (target == NULL || target->job >= t->first_job[JOB_KIND_COUNT])
        return TREE_NO_SUCH;
    if (!target->is_made) {
        t->part = is_paper ? TREE_PAPER : TREE_SCREEN;
        if (is_asset(t, target->job))
            tree_make_here(t, w, out, target->job);
        else
            target->has_failed = !tree_make_jobs(t, w, out, target->job, 1);
        target->is_made = true;
    }
    return target->has_failed ? TREE_FAILED : TREE_MADE;
}
