/* model/recovery: what needs what, how soon it must be back, and how soon it can be.
 *
 * Nodes are the records that can be lost: products, activities, IT services, resources,
 * suppliers, sites, roles, persons. A need says that its user cannot go on, or not well,
 * without what is used; what is out of use needs nothing. derive/recovery fills all of it from
 * the records, after model_link; what the records do not say stays unknown and is never
 * guessed:
 *
 *   asked     how soon it must be back. An activity's own RTO; for what it needs, the
 *             smallest of what its users ask (minimum rule). A user that goes on for longer
 *             than its RTO without it asks for it after that tolerance; one that only
 *             degrades and records no tolerance asks for it at its MTPD; a minor loss asks
 *             for nothing.
 *   able      how soon it can be back: the longest of its own committed time and of what it
 *             cannot do without (maximum rule); of an activity that others need, its RTO is
 *             the commitment. Where one of these commits to nothing, the value is a lower
 *             bound and `unknown` names it. Sites and people commit to no time and are left
 *             out; the seats and deputies that stand in for them are judged elsewhere.
 *   proven    the newest time that an exercise, an incident or a test has shown.
 *
 * The same two rules give RPOs, over what holds data. Rules after ISO/TS 22317 (BIA,
 * dependencies) in our own reading; the arithmetic is tests/unit/recovery.c's. Circles are
 * allowed and named: all of a circle must and can only be back together.
 *
 * Of a copy that does not hold everything (model_is_partial) every value is of that copy:
 * whoever prints one must say so. */
#ifndef MODEL_RECOVERY_H
#define MODEL_RECOVERY_H

#include "model/model.h"

#define NODE_NONE SIZE_MAX

/* What happens to the user when the used is lost: the words of dependency.criticality. */
enum loss { LOSS_STOPS, LOSS_DEGRADES, LOSS_MINOR };

struct need {
    size_t user, used;  /* numbers of nodes */
    enum loss loss;     /* LOSS_STOPS where nothing is recorded: better too careful */
    bool is_recorded;   /* the records say what a loss would do */
    duration tolerance; /* so long the user goes on without it; DURATION_NONE: not recorded */
    bool moves;         /* another of what its user has at hand takes over */
    bool is_fixed;      /* nothing is brought in for it: a thing is where it is */
    struct span at;     /* where it is written */
};

/* Nodes in use, each as often as it is written. */
struct spares {
    const size_t *items;
    size_t count;
};

enum recovery_time { TIME_RTO, TIME_RPO, RECOVERY_TIMES };

/* How soon it must be back, and who asks for that. */
struct asked {
    duration value; /* DURATION_NONE: nobody asks */
    size_t from;    /* node whose own RTO, tolerance or MTPD it is; NODE_NONE */
    size_t via;     /* the user through which it is asked: the next link of the chain; NODE_NONE */
};

/* How soon it can be back, and what holds it up. */
struct able {
    duration value; /* the longest that is known; DURATION_NONE: nothing is */
    size_t from;    /* node whose own commitment that is; NODE_NONE */
    size_t via;     /* the used through which it holds: the next link of the chain; NODE_NONE */
    size_t unknown; /* a node at or below it that commits to nothing; NODE_NONE: all is known */
};

struct proof {
    duration value; /* DURATION_NONE: nothing shown */
    date day;
    const struct record *by; /* exercise, incident or the resource itself */
    struct span at;
};

struct node {
    const struct record *record;
    const struct need *needs; /* what it uses, in the order of its record */
    const size_t *users;      /* places of needs in recovery.needs whose `used` it is */
    size_t need_count, user_count;
    struct spares at_hand;              /* of a role its deputies, of an activity its sites */
    struct spares brought_in;           /* instead of it: alternates and substitutes */
    size_t circle;                      /* NODE_NONE, or the smallest node of the circle it is in */
    struct asked asked[RECOVERY_TIMES]; /* must */
    struct able able[RECOVERY_TIMES];   /* can */
    struct proof proven[RECOVERY_TIMES]; /* was */
    size_t stops;        /* prioritised activities that stop when it alone is lost and for which
                            nothing, at hand or brought in, stands in */
    bool stops_at_least; /* there are so many that not all of them were looked for */
    bool is_prioritised; /* of an activity: its RTO, asked or own, is within the limit of the
                            house, or it has none */
};

struct recovery {
    const struct node *nodes;
    const struct need *needs; /* by user, in order of nodes */
    const size_t *order;      /* all nodes: what is used before its users, circles together */
    size_t count, need_count;
    size_t first[TYPE_COUNT]; /* node of a type's first record; NODE_NONE: cannot be lost */
};

/* "minor" losses are recorded and ask for nothing. */
static inline bool need_matters(const struct need *n)
{
    return n->loss != LOSS_MINOR;
}

/* NULL when the record is of no type that can be lost. */
const struct node *recovery_node(const struct model *m, const struct record *r);
size_t recovery_number(const struct model *m, const struct record *r); /* NODE_NONE */

/* "RES-007 ← SVC-002 ← ACT-009": who asks, up to the node whose time it is. */
str chain_asked(struct arena *a, const struct recovery *r, size_t node, enum recovery_time time);
/* "ACT-009 → RES-007 → SUP-005": what holds it up, down to the node whose time it is. */
str chain_able(struct arena *a, const struct recovery *r, size_t node, enum recovery_time time);

/* The times that records state: of activities what is asked, of others what is committed.
 * DURATION_NONE where they state none, and for types that state no times. */
duration recovery_own(const struct record *r, enum recovery_time time);
/* How much longer than its target's own time a recovery took, of a part `achieved` of an exercise
 * or incident; negative: so much was left. DURATION_NONE: one of the two is not known. */
duration recovery_late_by(const struct record *achieved, enum recovery_time time);
/* Neither later than what is asked of its target nor than its own time. TRUTH_UNKNOWN: neither is
 * known, or it is not said how long it took. */
enum truth recovery_is_in_time(const struct model *m, const struct record *achieved);
/* The time is longer than the one in which it must be back; DURATION_NONE: neither is. */
bool recovery_is_late(const struct node *n, duration time);
/* Of whom a committed time is expected: silence is a gap. Suppliers need not promise data that
 * they may not hold; people, buildings and money are not recovered by a clock but replaced. */
bool recovery_commits(const struct record *r, enum recovery_time time);
/* What states a data loss can hold: services, applications, records, suppliers. */
bool recovery_holds_data(const struct record *r);

#endif
