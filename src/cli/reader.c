/* cli/reader: for whom a command answers. */
#include "cli/reader.h"

#include "cli/nearest.h"
#include "cli/terminal.h"
#include "model/classes.h"

static const struct model *no_audience(const struct workspace *w, const char *command, str name)
{
    size_t count;
    const struct audience *all = model_audiences(w->model, w->arena, &count);
    struct nearest n = nearest_to(name);
    for (size_t i = 0; i < count; i++)
        nearest_offer(&n, all[i].id);
    fprintf(stderr, "continuo %s: there is no audience '" STR_FMT "'", command,
            STR_ARG(terminal_line(w->arena, name)));
    nearest_say(&n, stderr);
    fprintf(stderr, "\nSee 'continuo %s --help'.\n", command);
    return NULL;
}

static str who_sees_all(const struct workspace *w)
{
    size_t count;
    const struct audience *all = model_audiences(w->model, w->arena, &count);
    for (size_t i = 0; i < count; i++)
        if (all[i].clearance == CLASS_RESTRICTED)
            return all[i].id;
    return S("");
}

const struct model *reader_model(const struct workspace *w, const struct options *o,
                                 const char *command, str *audience)
{
    *audience = who_sees_all(w);
    if (o->audience_count == 0)
        return w->model;
    str name = str_from(o->audiences[0]);
    const struct audience *one = audience_named(w->model, w->arena, name);
    if (one == NULL)
        return no_audience(w, command, name);
    if (o->audience_count > 1) {
        fprintf(stderr, "continuo %s: name one audience, not also '%s'\n", command,
                o->audiences[1]);
        return NULL;
    }
    *audience = one->id;
    return workspace_seen(w, one->clearance);
}
