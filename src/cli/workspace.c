/* cli/workspace: opens, loads, links and checks the content. */
#include "cli/cli.h"

#include <fcntl.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/path.h"
#include "check/check.h"
#include "derive/derive.h"
#include "derive/lifecycle.h"
#include "load/load.h"
#include "model/classes.h"
#include "model/later.h"
#include "publish/in_force.h"

enum { SITE_BYTES_MAX = 0x7FFFFFFF };

bool may_color(const struct options *o, int stream)
{
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
    bool is_terminal = isatty(stream) && (no_color == NULL || no_color[0] == 0) && term != NULL &&
                       !str_eq(str_from(term), S("dumb"));
    return o->color < 0 ? is_terminal : o->color == 1;
}

void print_findings(struct diags *d, const struct options *o)
{
    struct diag_print how = {.format = o->format,
                             .max = o->max,
                             .least = o->quiet ? SEVERITY_ERROR : SEVERITY_INFO,
                             .color = may_color(o, STDERR_FILENO)};
    diags_print(d, &how, o->format == DIAG_TEXT ? stderr : stdout);
}

date clock_today(void)
{
    enum { SECONDS_PER_DAY = 86400 };
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (date)(now.tv_sec / SECONDS_PER_DAY);
}

int64_t clock_milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* What the command line or the environment said, the workspace's own, today: in
 * this order. Asked for an earlier day than its own, the content is looked back at. Where it
 * names none, its own is the last on which it says that something was done: a clock would give
 * other bytes every day. */
static void settle_as_of(struct workspace *w, const struct options *o)
{
    struct model *m = w->model;
    date own = m->as_of;
    if (own == DATE_NONE)
        own = o->as_of != DATE_NONE ? model_last_day(m) : clock_today();
    m->as_of = o->as_of != DATE_NONE ? o->as_of : own;
    m->known_until = m->as_of > own ? m->as_of : own;
}

/* The texts that held on that day; what was written since is of later versions. */
static void look_back(struct workspace *w)
{
    struct model *m = w->model;
    if (m->as_of == m->known_until)
        return;
    derive_lifecycle(m);
    in_force_take(m, w->diags, w->content, S("content"));
    model_classify(m); /* a copy has the class that it was approved with */
    model_look_back(m);
}

bool workspace_load(struct workspace *w, const struct options *o)
{
    w->arena = arena_new("site", SITE_BYTES_MAX);
    w->diags = diags_new(w->arena);
    w->model = model_new(w->arena);
    const char *path = str_c(w->arena, path_join(w->arena, str_from(o->workspace), S("content")));
    int error_number = dir_open(path, &w->content);
    if (error_number != 0) {
        diag_os(w->diags, str_from(path), error_number, "open the content folder");
        return false;
    }
    load_content(w->model, w->diags, w->content, S("content"));
    settle_as_of(w, o);
    look_back(w);
    return true;
}

bool workspace_open(struct workspace *w, const struct options *o)
{
    if (!workspace_load(w, o))
        return false;
    derive_settle(w->model);
    check_structure(w->model, w->diags);
    derive_facts(w->model);
    model_withhold(w->model);
    return true;
}

bool workspace_issue(struct workspace *w, const struct options *o, bool with_drafts,
                     struct in_force *taken)
{
    if (!workspace_load(w, o))
        return false;
    derive_lifecycle(w->model);
    *taken = in_force_take(w->model, w->diags, w->content, S("content"));
    model_classify(w->model); /* a copy has the class that it was approved with */
    model_link(w->model);
    check_structure(w->model, w->diags);
    derive_facts(w->model);
    model_withhold(w->model); /* before pages tell what was found */
    w->model->results =
        check_system(w->model, w->diags, with_drafts ? CONTROL_DRAFT : CONTROL_ISSUE);
    return diags_exit_status(w->diags) == EXIT_OK;
}

const char *workspace_for_whom(const struct workspace *w, const struct options *o,
                               struct audience *chosen)
{
    size_t count;
    const struct audience *all = model_audiences(w->model, w->arena, &count);
    if (o->audience_count > 1)
        return "name one audience";
    if (o->audience_count == 0 && count != 1)
        return "for whom is it? Name one with --audience";
    const struct audience *found =
        o->audience_count == 0 ? &all[0]
                               : audience_named(w->model, w->arena, str_from(o->audiences[0]));
    if (found == NULL)
        return "there is no such audience";
    *chosen = *found;
    return NULL;
}

const struct model *workspace_seen(const struct workspace *w, enum class_level clearance)
{
    struct model_copy how = {.clearance = clearance};
    if (clearance == CLASS_RESTRICTED)
        return w->model;
    struct model *copy = model_for(w->model, w->arena, &how);
    derive_settle(copy);
    derive_facts(copy);
    return copy;
}

static void count_word(size_t count, const char *one, const char *many)
{
    fprintf(stderr, "%zu %s", count, count == 1 ? one : many);
}

static void say_later(const struct model *m)
{
    struct arena *a = m->arena;
    if (m->later_count != 0 && m->as_of != m->known_until)
        fprintf(stderr, "%zu date%s after " STR_FMT " %s not count\n", m->later_count,
                m->later_count == 1 ? "" : "s", STR_ARG(date_long(a, m->as_of)),
                m->later_count == 1 ? "does" : "do");
}

int workspace_report(const struct workspace *w, const struct options *o)
{
    print_findings(w->diags, o);
    size_t errors = diags_count(w->diags, SEVERITY_ERROR),
           warnings = diags_count(w->diags, SEVERITY_WARNING);
    const struct check_results *all = w->model->results;
    size_t waived = all != NULL ? all->count - all->open_count : 0;
    if (o->format == DIAG_TEXT && !o->quiet)
        say_later(w->model);
    if (o->format == DIAG_TEXT && (!o->quiet || errors != 0)) {
        count_word(errors, "error", "errors");
        fputs(", ", stderr);
        count_word(warnings, "warning", "warnings");
        if (waived != 0)
            fprintf(stderr, ", %zu waived", waived);
        fputs(" in ", stderr);
        count_word(w->model->all.count, "record\n", "records\n");
    }
    return diags_exit_status(w->diags);
}
