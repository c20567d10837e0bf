/* form/draw/map/bcms: the processes of the BCMS on one page.
 *
 * In what order, by whom, who hands what to whom. Every hand-off is written in the box of the
 * process that gives, with the numbers of those that take. Arrows for all of them would hide each
 * other, so an arrow is left out when a chain of others in the same direction leads there too: what
 * stays shows the flow. */
#include "form/draw/draw_int.h"

#include <stdlib.h>

/* The order of the words of `phase` in schema.def. */
static const str phase_title[] = {S_INIT("Establish"), S_INIT("Implement"), S_INIT("Maintain"),
                                  S_INIT("Improve"), S_INIT("Without a phase")};
enum { PHASES = COUNT_OF(phase_title) };

#define CARD_WIDTH  196.0 /* of the words in a box, points: fills a sheet on its side best */
#define ARROW_WIDTH 11.0  /* of an arrow and the blank after it */

static const struct graph_style style_takes = {9, false, INK_MUTED, ARROW_WIDTH};
static const struct graph_style style_gives = {9, false, INK_TEXT, ARROW_WIDTH};
static const struct graph_style style_gap = {9, true, INK_BAD, ARROW_WIDTH};

struct handoff {
    size_t giver, taker;
    str item;
    bool is_trigger;
};

struct process_map {
    const struct request *q;
    struct graph *graph;
    const struct record **process; /* in the order they are worked through */
    size_t *place;                 /* of each in that order, by its number in the model */
    size_t count;
    struct handoff *handoffs;
    size_t handoff_count, handoff_cap;
};

static size_t phase_of(const struct record *p)
{
    long long phase = rec_int(p, PROCESS_PHASE, PHASES - 1);
    return phase >= 0 && phase < PHASES ? (size_t)phase : PHASES - 1;
}

static int working_order(const void *x, const void *y)
{
    const struct record *a = *(const struct record *const *)x;
    const struct record *b = *(const struct record *const *)y;
    size_t phase_a = phase_of(a), phase_b = phase_of(b);
    long long order_a = rec_int(a, PROCESS_ORDER, INT64_MAX);
    long long order_b = rec_int(b, PROCESS_ORDER, INT64_MAX);
    if (phase_a != phase_b)
        return phase_a < phase_b ? -1 : 1;
    if (order_a != order_b)
        return order_a < order_b ? -1 : 1;
    return a->number < b->number ? -1 : a->number > b->number;
}

static str number_text(const struct process_map *m, size_t i)
{
    const struct record *p = m->process[i];
    if (rec_has(p, PROCESS_ORDER))
        return str_fmt(m->q->arena, "%lld", rec_int(p, PROCESS_ORDER, 0));
    return str_fmt(m->q->arena, "%zu", i + 1);
}

static size_t place_of(const struct process_map *m, const struct record *r)
{
    return is_of(r, TYPE_PROCESS) ? m->place[r->number] : SIZE_MAX;
}

/* -- Who hands what to whom: told by givers, by takers, or by both ------------ */

static void add_handoff(struct process_map *m, size_t giver, size_t taker, str item, bool trigger)
{
    struct arena *a = m->q->arena;
    if (giver == SIZE_MAX || taker == SIZE_MAX || giver == taker)
        return;
    str key = str_lower(a, item);
    for (size_t i = 0; i < m->handoff_count; i++) {
        struct handoff *h = &m->handoffs[i];
        if (h->giver == giver && h->taker == taker && str_eq(str_lower(a, h->item), key)) {
            h->is_trigger |= trigger;
            return;
        }
    }
    PUSH(a, m->handoffs, m->handoff_count, m->handoff_cap, struct handoff) =
        (struct handoff){giver, taker, item, trigger};
}

static void collect_outputs(struct process_map *m, size_t giver)
{
    size_t count, taker_count;
    const struct field_value *out = rec_items(m->process[giver], PROCESS_OUTPUTS, &count);
    for (size_t i = 0; i < count; i++) {
        if (out[i].state != FV_PRESENT)
            continue;
        const struct field_value *to = rec_items(out[i].record, OUTPUT_TO, &taker_count);
        str item = graph_clean(m->q->arena, rec_text(out[i].record, OUTPUT_ITEM));
        for (size_t k = 0; k < taker_count; k++)
            add_handoff(m, giver, place_of(m, to[k].record), item, false);
    }
}

static void collect_inputs(struct process_map *m, size_t taker)
{
    size_t count;
    const struct field_value *in = rec_items(m->process[taker], PROCESS_INPUTS, &count);
    for (size_t i = 0; i < count; i++)
        if (in[i].state == FV_PRESENT)
            add_handoff(m, place_of(m, rec_ref(in[i].record, INPUT_FROM)), taker,
                        graph_clean(m->q->arena, rec_text(in[i].record, INPUT_ITEM)),
                        rec_bool(in[i].record, INPUT_TRIGGER));
}

/* -- Boxes ------------------------------------------------------------------------ */

static bool is_from_nobody(const struct record *input)
{
    return rec_lacks(input, INPUT_FROM) && rec_lacks(input, INPUT_EXTERNAL);
}

static bool is_to_nobody(const struct record *output)
{
    return rec_lacks(output, OUTPUT_TO) && rec_lacks(output, OUTPUT_EXTERNAL);
}

static void say_below(const struct process_map *m, struct graph_node *n, str party, str item,
                      const struct graph_style *style)
{
    graph_say(m->graph, &n->below,
              str_fmt(m->q->arena, STR_FMT ": " STR_FMT, STR_ARG(party), STR_ARG(item)), *style,
              CARD_WIDTH);
}

static void say_inputs(const struct process_map *m, struct graph_node *n, const struct record *p)
{
    struct arena *a = m->q->arena;
    size_t count;
    const struct field_value *in = rec_items(p, PROCESS_INPUTS, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *input = in[i].record;
        if (in[i].state != FV_PRESENT)
            continue;
        str item = rec_text(input, INPUT_ITEM);
        if (is_from_nobody(input))
            say_below(m, n, S("← nobody"), item, &style_gap);
        else if (rec_has(input, INPUT_EXTERNAL))
            say_below(m, n, str_fmt(a, "← " STR_FMT, STR_ARG(rec_text(input, INPUT_EXTERNAL))),
                      item, &style_takes);
    }
}

/* "→ 2, 3, 4: Scope" once for each item. */
static void say_handoffs(const struct process_map *m, struct graph_node *n, size_t giver)
{
    struct arena *a = m->q->arena;
    for (size_t i = 0; i < m->handoff_count; i++) {
        const struct handoff *h = &m->handoffs[i];
        bool is_first = h->giver == giver;
        for (size_t k = 0; is_first && k < i; k++)
            is_first = m->handoffs[k].giver != giver || !str_eq(m->handoffs[k].item, h->item);
        if (!is_first)
            continue;
        struct buf takers = buf_in(a, 32);
        for (size_t k = i; k < m->handoff_count; k++)
            if (m->handoffs[k].giver == giver && str_eq(m->handoffs[k].item, h->item))
                buf_fmt(&takers, "%s" STR_FMT, k == i ? "→ " : ", ",
                        STR_ARG(number_text(m, m->handoffs[k].taker)));
        say_below(m, n, buf_str(&takers), h->item, &style_gives);
    }
}

static void say_outputs(const struct process_map *m, struct graph_node *n, const struct record *p)
{
    struct arena *a = m->q->arena;
    size_t count;
    const struct field_value *out = rec_items(p, PROCESS_OUTPUTS, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *output = out[i].record;
        if (out[i].state != FV_PRESENT)
            continue;
        str item = rec_text(output, OUTPUT_ITEM);
        if (is_to_nobody(output))
            say_below(m, n, S("→ nobody"), item, &style_gap);
        else if (rec_has(output, OUTPUT_EXTERNAL))
            say_below(m, n, str_fmt(a, "→ " STR_FMT, STR_ARG(rec_text(output, OUTPUT_EXTERNAL))),
                      item, &style_gives);
    }
}

static str triggers_of(struct arena *a, const struct record *p)
{
    struct buf words = buf_in(a, 64);
    size_t count;
    const struct field_value *v = rec_items(p, PROCESS_TRIGGERS, &count);
    for (size_t i = 0; i < count; i++)
        buf_fmt(&words, "%s" STR_FMT, i == 0 ? "" : "\u00a0· ", STR_ARG(v[i].text));
    return buf_str(&words);
}

static void draw_one(const struct process_map *m, size_t i, size_t cluster)
{
    struct arena *a = m->q->arena;
    const struct record *p = m->process[i], *owner = rec_ref(p, COMMON_OWNER);
    struct graph_node *n = graph_node(m->graph, p);
    n->cluster = cluster;
    n->badge = number_text(m, i);
    n->badge_ink = INK_ACCENT;
    n->badge_words = str_fmt(a, "process " STR_FMT, STR_ARG(n->badge));
    graph_say(m->graph, &n->above, triggers_of(a, p), style_detail, CARD_WIDTH);
    graph_say(m->graph, &n->block, record_name(p), style_title, CARD_WIDTH - GRAPH_BADGE);
    if (owner != NULL)
        graph_say(m->graph, &n->block, record_name(owner), style_detail, CARD_WIDTH - GRAPH_BADGE);
    else if (rec_lacks(p, COMMON_OWNER))
        graph_say(m->graph, &n->block, S("no owner"), style_alarm, CARD_WIDTH);
    say_inputs(m, n, p);
    say_handoffs(m, n, i);
    say_outputs(m, n, p);
}

static void draw_boxes(const struct process_map *m)
{
    size_t cluster = 0, group = 0;
    for (size_t i = 0; i < m->count; i++) {
        size_t phase = phase_of(m->process[i]);
        if (i == 0 || phase != phase_of(m->process[i - 1])) {
            cluster = graph_cluster(m->graph, phase_title[phase]);
            group = graph_group(m->graph, phase_title[phase]);
        }
        draw_one(m, i, cluster);
        m->graph->nodes[i].group = group;
    }
}

/* -- Arrows: as few as tell the same ---------------------------------------------- */

/* Which process leads to which, in one direction only, so there is no circle. */
struct ways {
    size_t count;
    bool *direct; /* count × count: from × to */
    bool *reach;  /* by way of others as well */
};

static struct ways ways_of(const struct process_map *m, bool forward)
{
    size_t n = m->count;
    struct ways w = {n, NEW_ARRAY(m->q->arena, bool, n *n), NEW_ARRAY(m->q->arena, bool, n *n)};
    for (size_t i = 0; i < m->handoff_count; i++) {
        const struct handoff *h = &m->handoffs[i];
        if ((h->giver < h->taker) == forward)
            w.direct[h->giver * n + h->taker] = true;
    }
    /* From the last on, or the first: what a process leads to is known before
     * those that lead to it are looked at. */
    for (size_t k = 0; k < n; k++) {
        size_t from = forward ? n - 1 - k : k;
        for (size_t via = 0; via < n; via++)
            for (size_t to = 0; w.direct[from * n + via] && to < n; to++)
                w.reach[from * n + to] |= via == to || w.reach[via * n + to];
    }
    return w;
}

static bool is_detour_known(const struct ways *w, size_t from, size_t to)
{
    for (size_t via = 0; via < w->count; via++)
        if (via != to && w->direct[from * w->count + via] && w->reach[via * w->count + to])
            return true;
    return false;
}

static bool is_trigger(const struct process_map *m, size_t giver, size_t taker)
{
    for (size_t i = 0; i < m->handoff_count; i++)
        if (m->handoffs[i].giver == giver && m->handoffs[i].taker == taker &&
            m->handoffs[i].is_trigger)
            return true;
    return false;
}

static void draw_arrows(const struct process_map *m, bool forward)
{
    struct ways w = ways_of(m, forward);
    for (size_t from = 0; from < m->count; from++)
        for (size_t to = 0; to < m->count; to++) {
            if (!w.direct[from * m->count + to] || is_detour_known(&w, from, to))
                continue;
            struct graph_edge *e = graph_edge(m->graph, from, to);
            e->dashed = forward && is_trigger(m, from, to);
            e->ink = forward ? INK_MUTED : INK_ACCENT;
            e->loose = !forward;
        }
}

/* -- The table --------------------------------------------------------------------- */

static struct cell cell_inputs(const struct process_map *m, const struct record *p)
{
    struct arena *a = m->q->arena;
    struct cell c = {.count = 0};
    size_t count;
    const struct field_value *in = rec_items(p, PROCESS_INPUTS, &count);
    for (size_t i = 0; i < count; i++) {
        if (in[i].state != FV_PRESENT)
            continue;
        const struct record *input = in[i].record, *from = rec_ref(input, INPUT_FROM);
        const char *trigger = rec_bool(input, INPUT_TRIGGER) ? ", a trigger" : "";
        str item = rec_text(input, INPUT_ITEM), party = rec_text(input, INPUT_EXTERNAL);
        if (from != NULL)
            party = record_name(from);
        if (is_from_nobody(input))
            cell_add(a, &c, str_fmt(a, STR_FMT " (from nobody)", STR_ARG(item)), NULL, TONE_BAD);
        else if (party.n != 0)
            cell_add(
                a, &c,
                str_fmt(a, STR_FMT " (from " STR_FMT "%s)", STR_ARG(item), STR_ARG(party), trigger),
                from, TONE_NONE);
        else
            cell_add(a, &c, item, NULL, TONE_NONE);
    }
    return c;
}

static struct cell cell_outputs(const struct process_map *m, const struct record *p)
{
    struct arena *a = m->q->arena;
    struct cell c = {.count = 0};
    size_t count, taker_count;
    const struct field_value *out = rec_items(p, PROCESS_OUTPUTS, &count);
    for (size_t i = 0; i < count; i++) {
        if (out[i].state != FV_PRESENT)
            continue;
        const struct record *output = out[i].record;
        const struct field_value *to = rec_items(output, OUTPUT_TO, &taker_count);
        struct buf text = buf_in(a, 64);
        const char *between = " (to ";
        buf_add(&text, rec_text(output, OUTPUT_ITEM));
        for (size_t k = 0; k < taker_count; k++)
            if (to[k].record != NULL) {
                buf_fmt(&text, "%s" STR_FMT, between, STR_ARG(record_name(to[k].record)));
                between = "; ";
            }
        if (rec_has(output, OUTPUT_EXTERNAL)) {
            buf_fmt(&text, "%s" STR_FMT, between, STR_ARG(rec_text(output, OUTPUT_EXTERNAL)));
            between = "; ";
        }
        if (is_to_nobody(output))
            buf_lit(&text, " (to nobody)");
        else if (between[0] == ';')
            buf_char(&text, ')');
        cell_add(a, &c, buf_str(&text), NULL, is_to_nobody(output) ? TONE_BAD : TONE_NONE);
    }
    return c;
}

static const struct table *table_of(const struct process_map *m, str id, str caption)
{
    const struct column columns[] = {
        {S("order"), S("No."), COLUMN_NUMBER},         {S("process"), S("Process"), COLUMN_TEXT},
        {S("phase"), S("Phase"), COLUMN_TEXT},         {S("owner"), S("Owner"), COLUMN_TEXT},
        {S("triggers"), S("Set off by"), COLUMN_TEXT}, {S("inputs"), S("Takes"), COLUMN_TEXT},
        {S("outputs"), S("Hands on"), COLUMN_TEXT},    {S("clause"), S("Clause"), COLUMN_CODE},
    };
    struct arena *a = m->q->arena;
    struct table *t = table_new(a, id, caption, columns, COUNT_OF(columns));
    for (size_t i = 0; i < m->count; i++) {
        const struct record *p = m->process[i], *owner = rec_ref(p, COMMON_OWNER);
        struct cell *cell = table_row(a, t);
        cell[0] = cell_text(a, number_text(m, i));
        cell[1] = cell_link(a, p, record_name(p));
        cell[2] = cell_text(a, phase_title[phase_of(p)]);
        if (owner != NULL)
            cell[3] = cell_link(a, owner, record_name(owner));
        else if (rec_lacks(p, COMMON_OWNER))
            cell_add(a, &cell[3], S("no owner"), NULL, TONE_BAD);
        cell[4] = cell_text(a, triggers_of(a, p));
        cell[5] = cell_inputs(m, p);
        cell[6] = cell_outputs(m, p);
        cell[7] = cell_text(a, rec_text(p, PROCESS_CLAUSE));
    }
    return t;
}

static void add_legend(struct graph *g)
{
    graph_legend(g, S(""), INK_MUTED, false, S("hands on"));
    graph_legend(g, S(""), INK_MUTED, true, S("sets off"));
    graph_legend(g, S(""), INK_ACCENT, false, S("feeds back"));
}

const struct drawing *map_bcms(const struct request *q)
{
    const struct record_list *all = model_list(q->model, TYPE_PROCESS);
    struct process_map m = {.q = q, .graph = graph_new(q->arena, q->ruler, GRAPH_DOWN)};
    m.count = all->count;
    m.process = NEW_ARRAY(q->arena, const struct record *, m.count);
    for (size_t i = 0; i < m.count; i++)
        m.process[i] = all->items[i];
    if (m.count > 1)
        qsort(m.process, m.count, sizeof *m.process, working_order);
    m.place = NEW_ARRAY(q->arena, size_t, m.count);
    for (size_t i = 0; i < m.count; i++)
        m.place[m.process[i]->number] = i;
    for (size_t i = 0; i < m.count; i++)
        collect_outputs(&m, i);
    for (size_t i = 0; i < m.count; i++)
        collect_inputs(&m, i);
    m.graph->same_width = m.graph->left = true;
    draw_boxes(&m);
    if (m.count <= (size_t)GRAPH_READABLE_MAX * GRAPH_PARTS_MAX) {
        draw_arrows(&m, true);
        draw_arrows(&m, false);
    }
    add_legend(m.graph);
    struct graph_caption caption = request_caption(q);
    caption.id = S("map-bcms");
    caption.title = S("Processes of the BCMS");
    caption.description =
        S("Each box is a process: its number and name, its owner, what sets it off (dashed field), "
          "what comes from outside (arrow to the left) and what it hands on to whom (arrow to the "
          "right, with the numbers of the takers). Lines show the main flow.");
    caption.table = table_of(&m, caption.id, caption.title);
    return graph_draw(q->diags, m.graph, &layout_in_lanes, &caption);
}
