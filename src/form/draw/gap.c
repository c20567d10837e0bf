/* form/draw/gap: whether something can be back when it must. */
#include "form/draw/gap_int.h"

#include "base/buf.h"
#include "form/table/cells.h"

const struct gap_look gap_look[GAPS] = {
    [GAP_NONE] = {S_INIT(""), S_INIT(""), S_INIT(""), INK_NONE, TONE_NONE},
    [GAP_LATE] = {S_INIT("G"), S_INIT("can be back later than asked"), S_INIT("too late"), INK_BAD,
                  TONE_BAD},
    [GAP_UNKNOWN] = {S_INIT("?"), S_INIT("not known when it can be back"), S_INIT("not known"),
                     INK_WARN, TONE_WARN},
};

/* An activity that others need sooner than it promises is late by its own word. */
enum gap gap_of(const struct node *n)
{
    const struct able *able = &n->able[TIME_RTO];
    if (recovery_is_late(n, able->value) || recovery_is_late(n, recovery_own(n->record, TIME_RTO)))
        return GAP_LATE;
    bool is_asked = n->asked[TIME_RTO].value != DURATION_NONE;
    return is_asked && able->unknown != NODE_NONE ? GAP_UNKNOWN : GAP_NONE;
}

struct cell gap_cell_time(struct arena *a, duration time, const char *before)
{
    if (time == DURATION_NONE)
        return (struct cell){0};
    struct cell c =
        cell_text(a, str_fmt(a, "%s" STR_FMT, before, STR_ARG(duration_short(a, time))));
    c.sort = sort_key_number(a, (double)time);
    return c;
}

struct cell gap_cell_able(struct arena *a, const struct node *n)
{
    const struct able *able = &n->able[TIME_RTO];
    return gap_cell_time(a, able->value, able->unknown != NODE_NONE ? "≥ " : "");
}

void gap_say(const struct graph *g, struct graph_node *box, const struct node *n)
{
    struct arena *a = g->arena;
    const struct able *able = &n->able[TIME_RTO];
    duration asked = n->asked[TIME_RTO].value;
    enum gap gap = gap_of(n);
    struct buf words = buf_in(a, 48);
    if (asked != DURATION_NONE)
        buf_fmt(&words, "must " STR_FMT, STR_ARG(duration_short(a, asked)));
    if (able->value != DURATION_NONE)
        buf_fmt(&words, "%scan %s" STR_FMT, words.n != 0 ? "\u00a0· " : "",
                able->unknown != NODE_NONE ? "≥ " : "", STR_ARG(duration_short(a, able->value)));
    graph_say(g, &box->block, buf_str(&words), gap == GAP_LATE ? style_alarm : style_detail,
              g->wrap_width);
    if (gap == GAP_NONE)
        return;
    box->flag = gap_look[gap].letter;
    box->flag_words = gap_look[gap].words;
    box->flag_ink = gap_look[gap].ink;
    box->stroke = gap_look[gap].ink;
}

void gap_legend(struct graph *g)
{
    for (size_t k = 0; k < GAPS; k++) {
        bool is_seen = false;
        for (size_t i = 0; i < g->node_count && !is_seen; i++)
            is_seen = k != GAP_NONE && str_eq(g->nodes[i].flag, gap_look[k].letter);
        if (is_seen)
            graph_legend(g, gap_look[k].letter, gap_look[k].ink, false, gap_look[k].words);
    }
}
