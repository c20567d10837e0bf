/* form/table/lose/fates: what stops, when it is back, and what goes on. */
#include "form/table/lose/lose_int.h"

#include <stdlib.h>

/* -- When it is back -------------------------------------------------------------------------- */

/* By its title: on paper nobody can look up what STR-015 is. */
static struct piece named(struct arena *a, const char *how, const struct record *r)
{
    str title = r->title.n != 0 ? r->title : r->id;
    return (struct piece){.text = str_fmt(a, "%s " STR_FMT, how, STR_ARG(title)), .link = r};
}

static struct cell back_cell(const struct asking *q, const struct fate *f)
{
    struct arena *a = q->arena;
    struct piece *p = NEW_ARRAY(a, struct piece, 4);
    struct cell c = {.pieces = p};
    if (f->back_at != DURATION_NONE) {
        str after = duration_words(a, f->back_at);
        bool is_sure = f->unknown == NODE_NONE && !what_if_is_cut(q->w);
        p[c.count++].text = is_sure ? str_fmt(a, "after " STR_FMT, STR_ARG(after))
                                    : str_fmt(a, "not before " STR_FMT, STR_ARG(after));
        c.data = duration_short(a, f->back_at);
        c.sort = sort_key_number(a, (double)f->back_at);
    }
    if (f->back_by != NULL)
        p[c.count++] = named(a, "through", f->back_by);
    if (f->unknown != NODE_NONE) {
        p[c.count++] = named(a, "not known of", q->r->nodes[f->unknown].record);
    }
    if (c.count == 0)
        p[c.count++].text = S("not known");
    return c;
}

static struct cell verdict_cell(const struct asking *q, size_t node)
{
    switch (what_if_verdict(q->w, node)) {
    case VERDICT_NO_STOP:
        return cell_chip(q->arena, S("Back before"), TONE_GOOD);
    case VERDICT_IN_TIME:
        return cell_chip(q->arena, S("In time"), TONE_GOOD);
    case VERDICT_PASSES_RTO:
        return cell_chip(q->arena, S("Passes RTO"), TONE_BAD);
    case VERDICT_PASSES_MTPD:
        return cell_chip(q->arena, S("Passes MTPD"), TONE_BAD);
    default:
        return cell_chip(q->arena, S("Not known"), TONE_WARN);
    }
}

/* -- Why -------------------------------------------------------------------------------------- */

/* What is directly missing, and what that waits for in turn; what is lost itself need not be
 * named again. */
static struct cell because(const struct asking *q, size_t node)
{
    struct lose_names names = {0};
    for (size_t at = what_if_fate(q->w, node)->via; at != NODE_NONE;
         at = what_if_fate(q->w, at)->via) {
        bool is_lost = what_if_fate(q->w, at)->kind == FATE_LOST;
        if (!is_lost || q->lost_count > 1 || names.count != 0)
            lose_names_add(q->arena, &names, q->r->nodes[at].record);
        if (names.count == LOSE_NAMES_MAX)
            break;
    }
    if (names.count == 0 && what_if_fate(q->w, node)->via != NODE_NONE)
        return cell_text(q->arena, S("the loss itself"));
    return lose_names_cell(q->arena, &names);
}

/* -- Activities that stop --------------------------------------------------------------------- */

static struct cell workaround(const struct asking *q, const struct record *activity)
{
    duration lasts = rec_duration(activity, ACTIVITY_WORKAROUND_MAX);
    if (!rec_has(activity, ACTIVITY_WORKAROUND))
        return (struct cell){0};
    if (lasts == DURATION_NONE)
        return cell_text(q->arena, S("how long is not recorded"));
    return cell_text(q->arena,
                     str_fmt(q->arena, "for " STR_FMT, STR_ARG(duration_words(q->arena, lasts))));
}

/* Counted from the loss. */
static struct cell within(struct arena *a, duration at)
{
    return at == NEVER ? (struct cell){0} : cell_duration(a, at);
}

static void add_stopped(struct asking *q, struct table *t, size_t node)
{
    const struct record *r = q->r->nodes[node].record;
    const struct fate *f = what_if_fate(q->w, node);
    struct cell *cells = lose_row(q, t);
    if (cells == NULL)
        return;
    cells[0] = cell_record(q->arena, r);
    cells[1] = lose_after(q->arena, f->stops_at);
    cells[2] = because(q, node);
    cells[3] = workaround(q, r);
    cells[4] = within(q->arena, what_if_rto_at(q->w, node));
    cells[5] = within(q->arena, what_if_mtpd_at(q->w, node));
    cells[6] = back_cell(q, f);
    cells[7] = verdict_cell(q, node);
}

struct stopped {
    duration rto_at;
    size_t node;
};

static int most_urgent_first(const void *one, const void *other)
{
    const struct stopped *x = one, *y = other;
    if (x->rto_at != y->rto_at)
        return x->rto_at < y->rto_at ? -1 : 1;
    return x->node < y->node ? -1 : x->node > y->node;
}

void lose_stopped(struct asking *q)
{
    static const struct column column[] = {
        COLUMN("activity", "Activity", TEXT),   COLUMN("stops", "Stops", TEXT),
        COLUMN("because", "Because of", TEXT),  COLUMN("workaround", "Workaround", TEXT),
        COLUMN("rto", "Must be back in", TEXT), COLUMN("mtpd", "Not bearable after", TEXT),
        COLUMN("back", "Is back", TEXT),        COLUMN("verdict", "Outlook", CHIP),
    };
    struct table *t =
        table_new(q->arena, S("lose-stops"), S("Activities that stop"), column, COUNT_OF(column));
    struct stopped *list = NEW_ARRAY(q->arena, struct stopped, q->affected_count + 1);
    size_t count = 0;
    t->head_column = true;
    for (size_t i = 0; i < q->affected_count; i++) {
        size_t node = q->affected[i];
        if (lose_is(q, node, TYPE_ACTIVITY) && lose_stops(q, node))
            list[count++] = (struct stopped){what_if_rto_at(q->w, node), node};
    }
    qsort(list, count, sizeof *list, most_urgent_first);
    for (size_t i = 0; i < count; i++)
        add_stopped(q, t, list[i].node);
    lose_add(q, "stops", "What stops",
             "Times run from the loss. \"Must be back\" is the RTO, \"not bearable\" the MTPD.", t,
             "No activity stops.");
}

/* -- What goes on, and what else is gone ------------------------------------------------------ */

static struct cell how_it_goes_on(const struct asking *q, const struct fate *f)
{
    if (f->kind != FATE_SPARE)
        return cell_text(q->arena, S("not as well"));
    const struct record *spare = q->r->nodes[f->spare].record;
    struct piece *p = NEW_ARRAY(q->arena, struct piece, 2);
    p[0].text = S("with");
    p[1] = (struct piece){.text = spare->title.n ? spare->title : spare->id, .link = spare};
    return (struct cell){.pieces = p, .count = 2};
}

void lose_reduced(struct asking *q)
{
    static const struct column column[] = {
        COLUMN("what", "What", TEXT),          COLUMN("type", "Kind", TEXT),
        COLUMN("how", "Goes on", TEXT),        COLUMN("from", "From", TEXT),
        COLUMN("because", "Because of", TEXT),
    };
    struct table *t = table_new(q->arena, S("lose-goes-on"), S("What goes on with less"), column,
                                COUNT_OF(column));
    for (size_t i = 0; i < q->affected_count; i++) {
        const struct record *r = q->r->nodes[q->affected[i]].record;
        const struct fate *f = what_if_fate(q->w, q->affected[i]);
        bool goes_on = f->kind == FATE_DEGRADES || f->kind == FATE_SPARE;
        if (!goes_on || r->type->number == TYPE_ROLE) /* roles have a section of their own */
            continue;
        struct cell *cells = lose_row(q, t);
        if (cells == NULL)
            continue;
        cells[0] = cell_record(q->arena, r);
        cells[1] = cell_text(q->arena, r->type->singular);
        cells[2] = how_it_goes_on(q, f);
        cells[3] = lose_after(q->arena, f->degrades_at);
        cells[4] = because(q, q->affected[i]);
    }
    lose_add(q, "reduced", "What goes on with less",
             "With something that stands in, or not as well as usual.", t, "Nothing.");
}

void lose_others(struct asking *q)
{
    static const struct column column[] = {
        COLUMN("what", "What", TEXT),    COLUMN("type", "Kind", TEXT),
        COLUMN("gone", "Is gone", TEXT), COLUMN("because", "Because of", TEXT),
        COLUMN("back", "Is back", TEXT),
    };
    struct table *t =
        table_new(q->arena, S("lose-others"), S("What else is gone"), column, COUNT_OF(column));
    for (size_t i = 0; i < q->affected_count; i++) {
        size_t node = q->affected[i];
        const struct record *r = q->r->nodes[node].record;
        if (lose_is(q, node, TYPE_ACTIVITY) || !lose_stops(q, node))
            continue;
        struct cell *cells = lose_row(q, t);
        if (cells == NULL)
            continue;
        cells[0] = cell_record(q->arena, r);
        cells[1] = cell_text(q->arena, r->type->singular);
        cells[2] = lose_after(q->arena, what_if_fate(q->w, node)->stops_at);
        cells[3] = because(q, node);
        cells[4] = back_cell(q, what_if_fate(q->w, node));
    }
    lose_add(q, "others", "What is lost, and what goes with it",
             "\"Is back\" goes by the commitment of each, or by a solution that is in place.", t,
             "Nothing that this analysis knows.");
}
