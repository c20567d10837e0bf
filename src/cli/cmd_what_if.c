/* cli/cmd_what_if: what a loss does, asked in the shell. */
#include "cli/cli.h"

#include <stdlib.h>

#include "cli/terminal.h"
#include "derive/what_if.h"
#include "form/table/lose/lose.h"
#include "write/data/records.h"
#include "write/data/text.h"

enum { LOST_MAX = 1000 };

struct lost {
    const struct record *items[LOST_MAX];
    size_t count;
};

/* -- Who is lost ------------------------------------------------------------------------------ */

static bool can_be_lost(const struct workspace *w, const struct record *r)
{
    size_t count;
    what_if_nodes(w->arena, w->model, r, &count);
    return count != 0 || r->type->number == TYPE_SCENARIO;
}

static bool add(const struct workspace *w, struct lost *l, str id)
{
    const struct record *r = model_find(w->model, id);
    if (r == NULL || !can_be_lost(w, r) || l->count == LOST_MAX) {
        fprintf(stderr, "continuo what-if: '" STR_FMT "' %s\n", STR_ARG(id),
                r == NULL ? "is no record"
                : l->count == LOST_MAX
                    ? "is one too many"
                    : "is nothing that this analysis can lose (name a site, supplier, resource, "
                      "service, activity, product, role, person, unit or scenario)");
        return false;
    }
    l->items[l->count++] = r;
    return true;
}

static bool add_words(const struct workspace *w, struct lost *l, const char *words)
{
    for (str id, rest = str_from(words); rest.n != 0;) {
        rest = str_cut(rest, ',', &id);
        if (str_trim(id).n != 0 && !add(w, l, str_trim(id)))
            return false;
    }
    return true;
}

/* -- Printing --------------------------------------------------------------------------------- */

static void put_text(struct arena *a, struct buf *out, const struct lose_answer *answer)
{
    size_t width = terminal_width();
    buf_fmt(out, STR_FMT "\n" STR_FMT "\n", STR_ARG(answer->title), STR_ARG(answer->summary));
    for (size_t i = 0; i < answer->section_count; i++) {
        const struct lose_section *s = &answer->sections[i];
        buf_fmt(out, "\n" STR_FMT "\n", STR_ARG(s->title));
        data_table_text(a, out, s->table, width);
    }
}

static void put_json(struct arena *a, struct buf *out, const struct lose_answer *answer,
                     const struct lost *lost)
{
    struct json j = json_in(out);
    json_open_map(&j);
    json_key(&j, S("lost"));
    json_open_list(&j);
    for (size_t i = 0; i < lost->count; i++)
        json_text(&j, lost->items[i]->id);
    json_close(&j);
    json_key(&j, S("summary"));
    json_text(&j, answer->summary);
    for (size_t i = 0; i < answer->section_count; i++) {
        json_key(&j, answer->sections[i].id);
        data_table_put(&j, a, answer->sections[i].table);
    }
    json_close(&j);
}

int cmd_what_if(const struct options *o)
{
    struct workspace w = {0};
    struct lost lost = {.count = 0};
    if (!workspace_open(&w, o) || diags_exit_status(w.diags) != EXIT_OK)
        return workspace_report(&w, o);
    bool fine = o->lose == NULL || add_words(&w, &lost, o->lose);
    for (size_t i = 0; fine && i < o->argument_count; i++)
        fine = add_words(&w, &lost, o->arguments[i]);
    if (fine && lost.count == 0)
        fputs("continuo what-if: name what is lost: --lose SIT-001,SUP-004\n", stderr);
    if (!fine || lost.count == 0)
        return EXIT_USAGE;
    struct lose_question question = {lost.items, lost.count, SIZE_MAX};
    struct lose_answer answer =
        lose_answer(w.arena, lose_open(w.arena, w.model, SIZE_MAX), &question);
    struct buf out = buf_in(w.arena, 16 * 1024);
    if (o->format == DIAG_TEXT)
        put_text(w.arena, &out, &answer);
    else
        put_json(w.arena, &out, &answer, &lost);
    fwrite(out.p, 1, out.n, stdout);
    return EXIT_OK;
}
