/* cli/cmd_evidence: by clause, what shows that it is met.
 *
 * --format json prints one map:
 *   {"as_of": "2026-06-30",
 *    "clauses": [{"id", "standard", "number", "title", "demand": "documented" | "usual" | "",
 *                 "owner", "process", "newest": day, "newest_in": id, "next_review": day,
 *                 "documents_count", "records_count", "gaps": ["words", …]}]}
 * where the counts are of what counts, and what is not there is null. With --clause each clause
 * also has "documents" and "records": [{"id", "type", "title", "owner", "counts", "day",
 * "place": "content/records/bia.yaml:12"}]. */
#include "cli/pack.h"

#include <stdio.h>
#include <string.h>

#include "cli/terminal.h"
#include "model/classes.h"
#include "model/evidence.h"
#include "write/data/json.h"

struct telling {
    const struct workspace *workspace;
    const struct model *model; /* as the audience sees it */
    struct arena *arena;
    struct buf out;
    size_t from, to; /* clauses */
    bool is_whole;   /* all clauses: then a line each */
};

static const struct clause_evidence *evidence_at(const struct telling *t, size_t clause)
{
    return &t->model->evidence->clauses[clause];
}

static str place_of(const struct telling *t, const struct record *r)
{
    uint32_t line, col;
    const struct diags *d = t->workspace->diags;
    diags_place(d, r->span, &line, &col);
    return str_fmt(t->arena, STR_FMT ":%u", STR_ARG(diags_source_path(d, r->span.file)), line);
}

/* -- For people ---------------------------------------------------------------------------- */

static void add_padded(struct telling *t, str text, size_t width)
{
    str shown = terminal_line(t->arena, text);
    buf_add(&t->out, shown);
    for (size_t i = utf8_count(shown); i < width; i++)
        buf_char(&t->out, ' ');
    buf_lit(&t->out, "  ");
}

static str day_or_dash(const struct telling *t, date day)
{
    return day == DATE_NONE ? S("-") : date_iso(t->arena, day);
}

static void end_line(struct telling *t)
{
    while (t->out.n != 0 && t->out.p[t->out.n - 1] == ' ')
        t->out.n--;
    buf_char(&t->out, '\n');
}

/* Chapters are heads in the list; what is below them has the figures. */
static void tell_line(struct telling *t, const struct clause_evidence *c)
{
    enum { ID = 14, TITLE = 32, COUNT = 9, DAY = 10 };
    struct arena *a = t->arena;
    add_padded(t, c->clause->id, ID);
    add_padded(t, c->clause->title, TITLE);
    if (c->clause->demand != DEMAND_CHAPTER) {
        add_padded(t, str_fmt(a, "%9zu", c->documents_count), COUNT);
        add_padded(t, str_fmt(a, "%9zu", c->records_count), COUNT);
        add_padded(t, day_or_dash(t, c->day), DAY);
        for (size_t i = 0; i < c->gap_count; i++) {
            buf_add(&t->out, i != 0 ? S("; ") : S(""));
            buf_add(&t->out, terminal_line(a, c->gaps[i].words));
        }
    }
    end_line(t);
}

static void tell_list(struct telling *t, const char *head, const struct evidence_list *l)
{
    enum { ID = 10, DAY = 10, TITLE = 48, OWNER = 32 };
    if (l->count != 0)
        buf_fmt(&t->out, "  %s\n", head);
    for (size_t i = 0; i < l->count; i++) {
        const struct record *r = l->items[i], *owner = rec_ref(r, COMMON_OWNER);
        struct standing standing = evidence_standing(t->model, r);
        buf_lit(&t->out, "    ");
        add_padded(t, r->id, ID);
        add_padded(t, standing.counts ? day_or_dash(t, standing.day) : S("not yet"), DAY);
        add_padded(t, r->title, TITLE);
        add_padded(t, owner != NULL ? owner->title : S("-"), OWNER);
        buf_add(&t->out, terminal_line(t->arena, place_of(t, r)));
        end_line(t);
    }
}

static void tell_clause(struct telling *t, const struct clause_evidence *c)
{
    buf_fmt(&t->out, STR_FMT " " STR_FMT "\n  " STR_FMT "\n", STR_ARG(c->clause->id),
            STR_ARG(c->clause->title), STR_ARG(c->clause->shown));
    if (c->clause->demand != DEMAND_CHAPTER) {
        str owner = c->owner != NULL ? terminal_line(t->arena, c->owner->title) : S("nobody");
        buf_fmt(&t->out, "  answers for it: " STR_FMT ", newest evidence: " STR_FMT "\n",
                STR_ARG(owner), STR_ARG(day_or_dash(t, c->day)));
        tell_list(t, "documents", &c->documents);
        tell_list(t, "records", &c->records);
    }
    for (size_t i = 0; i < c->gap_count; i++)
        buf_fmt(&t->out, "  gap: " STR_FMT "\n",
                STR_ARG(terminal_line(t->arena, c->gaps[i].words)));
    buf_char(&t->out, '\n');
}

static void tell(struct telling *t)
{
    if (t->is_whole)
        buf_fmt(&t->out, "%-14s  %-32s  %9s  %9s  %-10s  %s\n", "CLAUSE", "", "DOCUMENTS",
                "RECORDS", "NEWEST", "GAPS");
    for (size_t i = t->from; i < t->to; i++) {
        if (t->is_whole)
            tell_line(t, evidence_at(t, i));
        else
            tell_clause(t, evidence_at(t, i));
    }
}

/* -- For a program ------------------------------------------------------------------------- */

static void put_text(struct json *j, const char *key, str text)
{
    json_key(j, str_from(key));
    if (text.n != 0)
        json_text(j, text);
    else
        json_nothing(j);
}

static str id_of(const struct record *r)
{
    return r != NULL ? r->id : S("");
}

static void put_count(struct json *j, const char *key, size_t count)
{
    json_key(j, str_from(key));
    json_int(j, (long long)count);
}

static void put_list(struct json *j, const struct telling *t, const char *key,
                     const struct evidence_list *l)
{
    json_key(j, str_from(key));
    json_open_list(j);
    for (size_t i = 0; i < l->count; i++) {
        const struct record *r = l->items[i];
        struct standing standing = evidence_standing(t->model, r);
        json_open_map(j);
        put_text(j, "id", r->id);
        put_text(j, "type", r->type->key);
        put_text(j, "title", r->title);
        put_text(j, "owner", id_of(rec_ref(r, COMMON_OWNER)));
        json_key(j, S("counts"));
        json_bool(j, standing.counts);
        put_text(j, "day", date_iso(t->arena, standing.day));
        put_text(j, "place", place_of(t, r));
        json_close(j);
    }
    json_close(j);
}

static void put_clause(struct json *j, const struct telling *t, const struct clause_evidence *c)
{
    json_open_map(j);
    put_text(j, "id", c->clause->id);
    put_text(j, "standard", standard_title(c->clause->standard));
    put_text(j, "number", c->clause->number);
    put_text(j, "title", c->clause->title);
    put_text(j, "demand", demand_words(c->clause->demand));
    put_text(j, "owner", id_of(c->owner));
    put_text(j, "process", id_of(c->process));
    put_text(j, "newest", date_iso(t->arena, c->day));
    put_text(j, "newest_in", id_of(c->newest));
    put_text(j, "next_review", date_iso(t->arena, c->review_day));
    put_count(j, "documents_count", c->documents_count);
    put_count(j, "records_count", c->records_count);
    json_key(j, S("gaps"));
    json_open_list(j);
    for (size_t i = 0; i < c->gap_count; i++)
        json_text(j, c->gaps[i].words);
    json_close(j);
    if (!t->is_whole) {
        put_list(j, t, "documents", &c->documents);
        put_list(j, t, "records", &c->records);
    }
    json_close(j);
}

static void put_json(struct telling *t)
{
    struct json j = json_in(&t->out);
    json_open_map(&j);
    put_text(&j, "as_of", date_iso(t->arena, t->model->as_of));
    json_key(&j, S("clauses"));
    json_open_list(&j);
    for (size_t i = t->from; i < t->to; i++)
        put_clause(&j, t, evidence_at(t, i));
    json_close(&j);
    json_close(&j);
}

/* -- The command --------------------------------------------------------------------------- */

static int usage(const char *what, const char *word)
{
    fprintf(stderr, "continuo evidence: %s%s\nSee 'continuo evidence --help'.\n", what, word);
    return EXIT_USAGE;
}

/* "8.7.2" too, of a standard whose clauses are named with its own number, "20000-1:8.7.2". */
static size_t clause_asked_for(str name)
{
    for (size_t i = 0; clause_index(name) == SIZE_MAX && i < clause_count(); i++)
        if (str_eq(clause_at(i)->number, name))
            return i;
    return clause_index(name);
}

/* False when there is no such clause. */
static bool choose(struct telling *t, const struct options *o)
{
    t->is_whole = o->clause == NULL;
    t->to = clause_count();
    if (t->is_whole)
        return true;
    t->from = clause_asked_for(str_from(o->clause));
    if (t->from == SIZE_MAX)
        return false;
    t->to = clause_end(t->from);
    return true;
}

/* The whole content, unless an audience is named. False: there is none of this name. */
static bool see(struct telling *t, const struct options *o)
{
    const struct workspace *w = t->workspace;
    t->model = w->model;
    if (o->audience_count == 0)
        return true;
    const struct audience *audience = audience_named(w->model, w->arena, str_from(o->audiences[0]));
    if (audience != NULL)
        t->model = workspace_seen(w, audience->clearance);
    return audience != NULL;
}

static int pack(const struct options *o, const struct telling *t)
{
    struct pack_plan plan = {o->pack, t->from, t->to};
    if (!options_sign(o))
        return usage("a pack is signed: name a key ", "(--key and --cert, --p12 or --pkcs11)");
    return pack_make(o, &plan);
}

int cmd_evidence(const struct options *o)
{
    struct workspace w = {0};
    struct telling t = {.workspace = &w};
    if (o->format == DIAG_SARIF)
        return usage("--format is text or json", "");
    if (!choose(&t, o))
        return usage("there is no clause ", o->clause);
    if (o->audience_count > 1)
        return usage("name one audience", "");
    if (o->pack != NULL)
        return pack(o, &t);
    if (options_sign(o))
        return usage("only a pack is signed: add ", "--pack DIR");
    if (!workspace_open(&w, o) || diags_exit_status(w.diags) != EXIT_OK)
        return workspace_report(&w, o);
    if (!see(&t, o))
        return usage("there is no audience ", o->audiences[0]);
    t.arena = w.arena;
    t.out = buf_in(w.arena, 16 * 1024);
    if (o->format == DIAG_JSON)
        put_json(&t);
    else
        tell(&t);
    if (fwrite(t.out.p, 1, t.out.n, stdout) != t.out.n || fflush(stdout) != 0)
        return EXIT_MACHINE;
    return EXIT_OK;
}
