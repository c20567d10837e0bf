/* cli/cmd_build: content/ → the drafts of a tree, all of it or nothing. */
#include "cli/tree.h"

#include <time.h>

static double steady_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void say_where(const struct model *m, const char *folder, double seconds)
{
    size_t documents = model_list(m, TYPE_DOCUMENT)->count, records = m->all.count - documents;
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
    struct tree_tools *tools = tree_tools_open(&w, o);
    if (tools == NULL)
        return workspace_report(&w, o);
    struct outputs *out = outputs_open(w.arena, w.diags, folder, S("staff/draft"));
    if (out == NULL)
        return workspace_report(&w, o);
    struct tree_plan plan = {.model = w.model, .audience_title = S(""), .edition = S("")};
    if (tree_make(&w, o, tools, &plan, out))
        outputs_commit(out, w.diags);
    else
        outputs_abandon(out);
    int status = workspace_report(&w, o);
    if (status == EXIT_OK && !o->quiet)
        say_where(w.model, folder, steady_seconds() - start);
    return status;
}
