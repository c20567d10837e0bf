/* cli/cmd_diff: what changed between two editions, in a terminal or for a program.
 *
 * --format json prints one map:
 *   {"before": "2026.1", "after": "draft",
 *    "documents": [{"id", "title", "change": "added" | "changed" | "withdrawn",
 *                   "words_inserted", "words_deleted",
 *                   "fields": [{"key", "label", "before", "after"}]}],
 *    "records": [{"type", "id", "title", "change", "fields": […]}]}
 * with values as people read them; empty: it was not there. fields only of what changed. */
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/diff_text.h"
#include "cli/states.h"
#include "form/diff/changes.h"
#include "model/classes.h"
#include "write/data/json.h"

enum { ARENA_BYTES_MAX = 0x7FFFFFFF };

/* -- For a program --------------------------------------------------------------------------- */

static void put_text(struct json *j, const char *key, str text)
{
    json_key(j, str_from(key));
    json_text(j, text);
}

static void put_fields(struct json *j, struct arena *a, const struct changes *c,
                       const struct change *change)
{
    struct field_change *fields;
    size_t count = change->kind == CHANGE_CHANGED ? changes_fields(a, c, change, &fields) : 0;
    if (count == 0)
        return;
    json_key(j, S("fields"));
    json_open_list(j);
    for (size_t i = 0; i < count; i++) {
        json_open_map(j);
        put_text(j, "key", fields[i].key);
        put_text(j, "label", fields[i].label);
        put_text(j, "before", fields[i].before);
        put_text(j, "after", fields[i].after);
        json_close(j);
    }
    json_close(j);
}

static void put_change(struct json *j, struct arena *a, const struct changes *c,
                       const struct change *change, bool is_document)
{
    const struct state_record *r = change->after != NULL ? change->after : change->before;
    json_open_map(j);
    if (!is_document)
        put_text(j, "type", r->type);
    put_text(j, "id", r->id);
    put_text(j, "title", r->title);
    put_text(j, "change", str_from(change_word(change->kind)));
    if (is_document && change->kind == CHANGE_CHANGED) {
        json_key(j, S("words_inserted"));
        json_int(j, (long long)change->words_in);
        json_key(j, S("words_deleted"));
        json_int(j, (long long)change->words_out);
    }
    put_fields(j, a, c, change);
    json_close(j);
}

static void print_json(struct arena *a, const struct changes *c, struct buf *out)
{
    struct json j = json_in(out);
    json_open_map(&j);
    put_text(&j, "before", c->before->name);
    put_text(&j, "after", c->after->name);
    json_key(&j, S("documents"));
    json_open_list(&j);
    for (size_t i = 0; i < c->documents.n; i++)
        put_change(&j, a, c, &c->documents.v[i], true);
    json_close(&j);
    json_key(&j, S("records"));
    json_open_list(&j);
    for (size_t t = 0; t < c->type_count; t++)
        for (size_t i = 0; i < c->types[t].n; i++)
            put_change(&j, a, c, &c->types[t].v[i], false);
    json_close(&j);
    json_close(&j);
}

/* -- The command ----------------------------------------------------------------------------- */

/* What both sides need: the content, where one is the draft, else only the built-in schema. */
struct sides {
    struct workspace workspace;
    const struct model *seen; /* the content as the audience sees it; NULL: no side is the draft */
    const struct schema *schema;
    str audience;
    bool has_content;
};

static bool is_draft(const char *name)
{
    return strcmp(name, "draft") == 0;
}

static struct state *state_named(struct sides *s, const struct options *o, const char *name)
{
    struct workspace *w = &s->workspace;
    if (is_draft(name))
        return state_of_model(w->arena, w->diags, s->seen, S("draft"));
    const char *site = o->output ? o->output : "site";
    return state_of_folder(w->arena, w->diags,
                           edition_folder_named(w->arena, site, s->audience, name));
}

/* The content as the audience sees it. False after a report. */
static bool filter(struct sides *s)
{
    struct workspace *w = &s->workspace;
    const struct audience *audience = audience_named(w->model, w->arena, s->audience);
    if (audience == NULL) {
        fprintf(stderr, "continuo diff: there is no audience '" STR_FMT "'\n",
                STR_ARG(s->audience));
        return false;
    }
    s->seen = workspace_seen(w, audience->clearance);
    s->schema = w->model->schema;
    return true;
}

/* False after a report. */
static bool open_sides(struct sides *s, const struct options *o)
{
    struct workspace *w = &s->workspace;
    s->has_content = is_draft(o->arguments[0]) || is_draft(o->arguments[1]);
    if (s->has_content) {
        return workspace_open(w, o) && diags_exit_status(w->diags) == EXIT_OK && filter(s);
    }
    w->arena = arena_new("diff", ARENA_BYTES_MAX);
    w->diags = diags_new(w->arena);
    s->schema = schema_new(w->arena);
    return true;
}

static int print(const struct sides *s, const struct options *o, const struct changes *c)
{
    struct arena *a = s->workspace.arena;
    struct buf out = buf_in(a, 4096);
    if (o->format == DIAG_JSON)
        print_json(a, c, &out);
    else
        diff_text(a, c, may_color(o, STDOUT_FILENO), &out);
    if (fwrite(out.p, 1, out.n, stdout) != out.n || fflush(stdout) != 0)
        return EXIT_MACHINE;
    return EXIT_OK;
}

int cmd_diff(const struct options *o)
{
    struct sides s = {0};
    struct workspace *w = &s.workspace;
    if (o->argument_count != 2) {
        fputs("continuo diff: name two editions, or an edition and 'draft'\n"
              "See 'continuo diff --help'.\n",
              stderr);
        return EXIT_USAGE;
    }
    if (o->format == DIAG_SARIF) {
        fputs("continuo diff: --format is text or json\n", stderr);
        return EXIT_USAGE;
    }
    s.audience = o->audience_count ? str_from(o->audiences[0]) : S("staff");
    if (!open_sides(&s, o)) {
        print_findings(w->diags, o);
        int status = diags_exit_status(w->diags);
        return status == EXIT_OK ? EXIT_USAGE : status;
    }
    const struct state *before = state_named(&s, o, o->arguments[0]);
    const struct state *after = state_named(&s, o, o->arguments[1]);
    int status = diags_exit_status(w->diags);
    if (status != EXIT_OK) {
        print_findings(w->diags, o);
        return status;
    }
    struct arena *scratch = arena_new("comparison", COMPARISON_BYTES_MAX);
    const struct changes *c = changes_between(w->arena, scratch, before, after, s.schema, s.seen);
    return print(&s, o, c);
}
