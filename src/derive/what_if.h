/* derive/what_if: what happens when something is lost, and when it is back.
 *
 * Time runs from the loss. A node stops when something that it cannot do without is gone,
 * after the tolerance of that need. Who has a spare at hand (a deputy, another of its own
 * sites) goes on with it; a spare that must be brought in ends the stop, but does not
 * prevent it. A loss that only degrades never stops its user. Degradation is told of the
 * user itself and of the products above it and is not passed on further: everything degrades
 * a little, and such a list helps nobody.
 *
 * It is back when the last thing that it waits for is back: each by its own commitment or by
 * that of a spare that is left, or the whole of it by a strategy that is chosen, in place and
 * not lost itself; the soonest counts. What commits to nothing is not known to be back:
 * `unknown` names it, and the value is then a lower bound.
 *
 * Follows only what is affected: the cost of one loss is n log n in the nodes and needs that it
 * reaches, circles or not. The soonest is settled first (E. W. Dijkstra, 1959), and for the
 * return the latest: of all ways to what a node waits for the longest counts, each as short as
 * the solutions and spares on it make it. */
#ifndef DERIVE_WHAT_IF_H
#define DERIVE_WHAT_IF_H

#include "model/recovery.h"

/* So many minutes after the loss; NEVER: not at all. */
#define NEVER INT64_MAX

enum fate_kind {
    FATE_RUNS,     /* nothing happens to it */
    FATE_DEGRADES, /* goes on, not as well */
    FATE_SPARE,    /* goes on with `spare` */
    FATE_STOPS,
    FATE_LOST, /* it is what was lost */
};

struct fate {
    enum fate_kind kind;
    duration stops_at, degrades_at; /* NEVER */
    size_t via;                     /* the used that is missing; NODE_NONE: it is lost itself */
    size_t spare;                   /* FATE_SPARE: what it goes on with; else NODE_NONE */
    duration back_at;               /* of what stops or is lost; DURATION_NONE: nothing is known */
    const struct record *back_by;   /* the strategy, or whose commitment it is; NULL */
    size_t unknown; /* a node that commits to nothing; NODE_NONE: back_at is known */
};

/* When an activity that stops is back, against what it must reach. */
enum verdict {
    VERDICT_NO_STOP, /* what it needs is back before it would stop, if promises are kept */
    VERDICT_IN_TIME,
    VERDICT_UNKNOWN, /* nobody says when it is back */
    VERDICT_PASSES_RTO,
    VERDICT_PASSES_MTPD,
};

struct what_if;
/* For any number of questions to one model, which must have its recovery; in `a`. Of each loss
 * so many nodes are followed beyond what is lost, those first that are hit first; SIZE_MAX: all. */
struct what_if *what_if_open(struct arena *a, const struct model *m, size_t reach_max);
/* The nodes are lost at once: what stops, what degrades. The answer holds until the next. */
void what_if_lose(struct what_if *w, const size_t *nodes, size_t count);
/* After that: when everything is back, and the order of what is affected. */
void what_if_work_out(struct what_if *w);

const struct fate *what_if_fate(const struct what_if *w, size_t node);
/* Not all were followed: more is hit later, and what is back may take longer. */
bool what_if_is_cut(const struct what_if *w);
/* All that do not just run; once worked out what is used comes before its users. */
const size_t *what_if_affected(const struct what_if *w, size_t *count);
/* Deadlines of a stopped activity, from the loss; NEVER when it states no such time. */
duration what_if_rto_at(const struct what_if *w, size_t node);
duration what_if_mtpd_at(const struct what_if *w, size_t node);
enum verdict what_if_verdict(const struct what_if *w, size_t node);

/* What is lost with a record: itself; the holder with a role; what a scenario affects; the
 * activities of a unit. One may be there twice. Empty when the record is nothing that can be
 * lost. */
const size_t *what_if_nodes(struct arena *a, const struct model *m, const struct record *r,
                            size_t *count);

#endif
