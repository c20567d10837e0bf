/* form/doc/binder/data: what the templates of a binder see. */
#include "form/doc/binder/binder_int.h"

#include "base/path.h"
#include "model/task_path.h"

enum { STEPS_MAX = 12 /* on an action card, which is one side of paper */ };

/* -- Lists ---------------------------------------------------------------------------------- */

static void put(struct binding *b, const char *name, struct tval value)
{
    tmap_put(b->data, str_from(name), value);
}

static void put_text(struct binding *b, const char *name, str text)
{
    put(b, name, tval_text(text));
}

static void put_chosen(struct binding *b, const char *name, const struct chosen *c)
{
    struct tlist *list = tlist_new(b->arena);
    for (size_t i = 0; i < c->count; i++)
        tlist_add(list, record_tval(c->items[i]));
    put(b, name, tlist_value(list));
}

static void put_live(struct binding *b, const char *name, enum type_id type)
{
    const struct record_list *all = model_list(b->model, type);
    struct tlist *list = tlist_new(b->arena);
    for (size_t i = 0; i < all->count; i++)
        if (rec_is_live(all->items[i]))
            tlist_add(list, record_tval(all->items[i]));
    put(b, name, tlist_value(list));
}

/* -- Copy and version ------------------------------------------------------------------------- */

str binder_version(const struct binding *b)
{
    str own = rec_text(b->wish->binder, BINDER_VERSION);
    return own.n != 0 ? own : b->papers.version;
}

str binder_copy(struct arena *a, const struct model *m, const struct binder_wish *wish)
{
    struct papers papers = paper_copies(a, m, wish->binder);
    size_t out = 0;
    for (size_t i = 0; i < papers.count; i++) /* with the one that is being made */
        out += papers.items[i].state == PAPER_OUT || papers.items[i].copy == wish->copy;
    if (wish->copy == NULL)
        return S("Not a numbered copy");
    return str_fmt(a, "Copy %lld; %zu %s out", rec_int(wish->copy, COPY_NO, 0), out,
                   out == 1 ? "is" : "are");
}

static void put_copy(struct binding *b)
{
    const struct record *r = b->wish->binder;
    date until = rec_date(r, COMMON_NEXT_REVIEW);
    put(b, "binder", record_tval(r));
    put_text(b, "version", binder_version(b));
    put_text(b, "valid_until", date_long(b->arena, until));
    put(b, "is_valid",
        tval_bool(until != DATE_NONE && b->model->as_of != DATE_NONE && b->model->as_of <= until));
    put_text(b, "copy_no", rec_display(b->arena, b->wish->copy, COPY_NO));
    put_text(b, "holder", rec_display(b->arena, b->wish->copy, COPY_HOLDER));
    put_text(b, "place", rec_display(b->arena, b->wish->copy, COPY_PLACE));
}

static void put_tabs(struct binding *b)
{
    const struct binder_tab *tabs = b->tabs;
    struct tlist *list = tlist_new(b->arena);
    struct tmap *at = tmap_new(b->arena);
    b->sections = map_in(b->arena);
    for (size_t i = 0; binder_section_key(i).n != 0; i++)
        tmap_put(at, binder_section_key(i), tval_text(S("")));
    for (size_t i = 0; i < b->tab_count; i++) {
        struct tmap *m = tmap_new(b->arena);
        size_t held = tabs[i].section_count, documents = 0;
        const struct field_value *v =
            tabs[i].record != NULL ? rec_items(tabs[i].record, BINDER_TAB_DOCUMENTS, &documents)
                                   : NULL;
        str *titles = NEW_ARRAY(b->arena, str, held + documents + 1);
        for (size_t k = 0; k < tabs[i].section_count; k++) {
            str anchor = binder_anchor(b->arena, i, k);
            titles[k] = binder_section_title(tabs[i].sections[k]);
            map_put(&b->sections, anchor, at);
            tmap_put(at, tabs[i].sections[k], tval_text(anchor));
        }
        for (size_t k = 0; k < documents; k++)
            if (binder_prints(v[k].record))
                titles[held++] = v[k].record->title;
        tmap_put(m, S("mark"), tval_text(tabs[i].mark));
        tmap_put(m, S("title"), tval_text(tabs[i].title));
        tmap_put(m, S("holds"), tval_text(str_join(b->arena, titles, held, S(" · "))));
        tlist_add(list, tmap_value(m));
    }
    put(b, "tabs", tlist_value(list));
    put(b, "at", tmap_value(at));
}

/* -- People --------------------------------------------------------------------------------- */

/* The steps of a role in all plans, the first of them on its card. */
static void put_steps(struct binding *b, struct tmap *m, const struct record *role)
{
    struct tlist *list = tlist_new(b->arena);
    size_t count = 0;
    for (size_t i = 0; i < role->back_count; i++) {
        const struct record *task = role->back[i].from;
        if (task->type->number != TYPE_TASK || !task_is_real(task) ||
            rec_ref(task, TASK_DONE_BY) != role)
            continue;
        if (count++ < STEPS_MAX)
            tlist_add(list, record_tval(task));
    }
    tmap_put(m, S("steps"), tlist_value(list));
    tmap_put(m, S("has_steps"), tval_bool(count != 0));
    tmap_put(m, S("more_steps"),
             tval_text(count > STEPS_MAX ? str_fmt(b->arena, "%zu", count - STEPS_MAX) : S("")));
}

static void put_roles(struct binding *b)
{
    struct tlist *list = tlist_new(b->arena);
    bool has_crisis_roles = false;
    for (size_t i = 0; i < b->roles.count; i++) {
        const struct record *role = b->roles.items[i];
        struct tmap *m = tmap_new(b->arena);
        put_steps(b, m, role);
        tmap_put(m, S("has_duties"), tval_bool(rec_has(role, ROLE_DUTIES)));
        tlist_add(list, tval_over(b->arena, m, record_tval(role)));
        has_crisis_roles |= str_eq(rec_text(role, ROLE_KIND), S("crisis"));
    }
    put(b, "roles", tlist_value(list));
    put(b, "has_crisis_roles", tval_bool(has_crisis_roles));
}

static void add_once(struct tlist *list, struct map *seen, const struct record *r)
{
    if (r != NULL && r->type->number == TYPE_ROLE && map_put(seen, r->id, list) == NULL)
        tlist_add(list, record_tval(r));
}

/* Who decides at a threshold, then who may call a crisis team. */
static void put_deciders(struct binding *b)
{
    const struct record_list *thresholds = model_list(b->model, TYPE_THRESHOLD);
    const struct record_list *teams = model_list(b->model, TYPE_TEAM);
    struct tlist *list = tlist_new(b->arena);
    struct map seen = map_in(b->arena);
    for (size_t i = 0; i < thresholds->count; i++)
        if (rec_is_live(thresholds->items[i]))
            add_once(list, &seen, rec_ref(thresholds->items[i], THRESHOLD_DECIDED_BY));
    for (size_t i = 0; i < teams->count; i++) {
        size_t count;
        const struct field_value *v = rec_items(teams->items[i], TEAM_ACTIVATED_BY, &count);
        bool is_crisis = rec_is_live(teams->items[i]) &&
                         str_eq(rec_text(teams->items[i], TEAM_KIND), S("crisis"));
        for (size_t k = 0; k < count && is_crisis; k++)
            add_once(list, &seen, v[k].record);
    }
    put(b, "deciders", tlist_value(list));
}

/* -- Plans ---------------------------------------------------------------------------------- */

/* "At least 4 hours 20 minutes from the activation; 2 steps have no length." */
static str time_needed(struct binding *b, const struct record *plan)
{
    const struct task_path *path = model_task_path(b->arena, b->model, plan);
    if (path->count == 0)
        return S("");
    if (path->total == DURATION_NONE)
        return S("How long it takes is not known.");
    str words = duration_words(b->arena, path->total);
    str partial = model_is_partial(b->model) ? S(" Worked out from what this copy holds.") : S("");
    if (path->unknown_count == 0 && !path->is_lower_bound)
        return str_fmt(b->arena, "Takes " STR_FMT " from the activation." STR_FMT, STR_ARG(words),
                       STR_ARG(partial));
    return str_fmt(b->arena,
                   "Takes at least " STR_FMT " from the activation; how long %zu of %zu steps take "
                   "is not recorded." STR_FMT,
                   STR_ARG(words), path->unknown_count, path->count, STR_ARG(partial));
}

static void put_plans(struct binding *b)
{
    struct tlist *list = tlist_new(b->arena), *crisis = tlist_new(b->arena);
    const struct record_list *all = model_list(b->model, TYPE_PLAN);
    for (size_t i = 0; i < b->plans.count; i++) {
        struct tmap *m = tmap_new(b->arena);
        tmap_put(m, S("time_needed"), tval_text(time_needed(b, b->plans.items[i])));
        tlist_add(list, tval_over(b->arena, m, record_tval(b->plans.items[i])));
    }
    for (size_t i = 0; i < all->count; i++)
        if (rec_is_live(all->items[i]) && str_eq(rec_text(all->items[i], PLAN_KIND), S("crisis")))
            tlist_add(crisis, record_tval(all->items[i]));
    put(b, "plans", tlist_value(list));
    put(b, "crisis_plans", tlist_value(crisis));
}

/* -- Changes -------------------------------------------------------------------------------- */

static bool is_known_issue(const struct binding *b, size_t copy)
{
    str version = rec_text(b->papers.items[copy].copy, COPY_ISSUED_VERSION);
    for (size_t i = 0; i < copy; i++)
        if (str_eq(rec_text(b->papers.items[i].copy, COPY_ISSUED_VERSION), version))
            return true;
    return version.n == 0;
}

/* The numbers of the copies of one version, and the first day on which one was issued. */
static void add_issue(struct binding *b, struct tlist *list, str version)
{
    struct buf copies = buf_in(b->arena, 48);
    date first = DATE_NONE;
    for (size_t i = 0; i < b->papers.count; i++) {
        const struct record *copy = b->papers.items[i].copy;
        date day = rec_date(copy, COPY_ISSUED_ON);
        if (!str_eq(rec_text(copy, COPY_ISSUED_VERSION), version))
            continue;
        buf_fmt(&copies, "%s%lld", copies.n == 0 ? "" : ", ", rec_int(copy, COPY_NO, 0));
        first = first == DATE_NONE || (day != DATE_NONE && day < first) ? day : first;
    }
    struct tmap *m = tmap_new(b->arena);
    tmap_put(m, S("version"), tval_text(version));
    tmap_put(m, S("day"), tval_text(date_long(b->arena, first)));
    tmap_put(m, S("copies"), tval_text(buf_str(&copies)));
    tlist_add(list, tmap_value(m));
}

static void put_issues(struct binding *b)
{
    struct tlist *list = tlist_new(b->arena);
    bool has_issues = false;
    for (size_t i = 0; i < b->papers.count; i++)
        if (!is_known_issue(b, i)) {
            add_issue(b, list, rec_text(b->papers.items[i].copy, COPY_ISSUED_VERSION));
            has_issues = true;
        }
    put(b, "issues", tlist_value(list));
    put(b, "has_issues", tval_bool(has_issues));
}

/* What its version brought, wherever the row stands. */
static str last_change(const struct record *document)
{
    size_t count;
    const struct field_value *v = rec_items(document, DOCUMENT_REVISIONS, &count);
    str version = rec_text(document, DOCUMENT_VERSION);
    for (size_t i = 0; i < count; i++)
        if (v[i].state == FV_PRESENT && str_eq(rec_text(v[i].record, REVISION_VERSION), version))
            return rec_text(v[i].record, REVISION_TEXT);
    return S("");
}

/* Those that the plans name, each once. */
static void put_documents(struct binding *b)
{
    struct tlist *list = tlist_new(b->arena);
    struct map seen = map_in(b->arena);
    size_t count = 0;
    for (size_t i = 0; i < b->plans.count; i++) {
        const struct record *r = rec_ref(b->plans.items[i], PLAN_DOCUMENT);
        if (r == NULL || r->type->number != TYPE_DOCUMENT || map_put(&seen, r->id, list) != NULL)
            continue;
        struct tmap *m = tmap_new(b->arena);
        tmap_put(m, S("last_change"), tval_text(last_change(r)));
        tlist_add(list, tval_over(b->arena, m, record_tval(r)));
        count++;
    }
    put(b, "documents", tlist_value(list));
    put(b, "has_documents", tval_bool(count != 0));
}

/* -- All of it ------------------------------------------------------------------------------ */

static void add_form(struct binding *b, struct tlist *list, const struct record *form)
{
    if (form == NULL || form->type->number != TYPE_FORM || !rec_is_live(form))
        return;
    struct tmap *m = tmap_new(b->arena);
    tmap_put(m, S("slug"), tval_text(path_slug(b->arena, form->id)));
    tlist_add(list, tval_over(b->arena, m, record_tval(form)));
}

void binder_put_forms(struct binding *b, const struct record *tab)
{
    size_t count = 0;
    const struct field_value *v = tab != NULL ? rec_items(tab, BINDER_TAB_FORMS, &count) : NULL;
    const struct record_list *all = model_list(b->model, TYPE_FORM);
    struct tlist *list = tlist_new(b->arena);
    for (size_t i = 0; i < count; i++)
        add_form(b, list, v[i].record);
    for (size_t i = 0; i < all->count && count == 0; i++)
        add_form(b, list, all->items[i]);
    put(b, "forms", tlist_value(list));
}

void binder_fill(struct binding *b)
{
    b->data = tmap_new(b->arena);
    put_copy(b);
    put_tabs(b);
    put_roles(b);
    put_deciders(b);
    put_plans(b);
    put_issues(b);
    put_documents(b);
    put_chosen(b, "sites", &b->sites);
    put_chosen(b, "teams", &b->teams);
    put_chosen(b, "losses", &b->losses);
    put_live(b, "thresholds", TYPE_THRESHOLD);
    put_live(b, "call_trees", TYPE_CALL_TREE);
    put_live(b, "messages", TYPE_MESSAGE);
    put_live(b, "boxes", TYPE_BATTLE_BOX);
    put_live(b, "products", TYPE_PRODUCT);
}

struct tval binder_data(struct binding *b)
{
    return tval_over(b->arena, b->data, model_tval(b->model, b->wish->binder, b->arena));
}
