/* check/analysis/dependencies: whether what is needed can be back in time (DP1-DP7). */
#include "check/check_int.h"

#include "model/limits.h"
#include "model/recovery.h"

static const struct recovery *recovery(const struct checker *c)
{
    return c->model->recovery;
}

static duration longer(duration one, duration other)
{
    return one > other ? one : other;
}

static str words(const struct checker *c, duration time)
{
    return check_time_words(c, time);
}

/* -- One need (DP1, DP2, DP5) ----------------------------------------------------------------- */

/* When the user must have it back; DURATION_NONE: it asks for no time. */
static duration latest(const struct node *user, const struct need *n)
{
    duration rto = recovery_own(user->record, TIME_RTO);
    if (n->loss == LOSS_DEGRADES && n->tolerance == DURATION_NONE)
        return rec_duration(user->record, ACTIVITY_MTPD);
    return rto == DURATION_NONE ? DURATION_NONE : longer(rto, n->tolerance);
}

static bool is_slow(const struct need *n, const struct node *user, const struct node *used)
{
    duration able = used->able[TIME_RTO].value, needed = latest(user, n);
    return able != DURATION_NONE && needed != DURATION_NONE && able > needed;
}

static void report_slow(struct checker *c, const struct need *n, const struct node *user,
                        const struct node *used)
{
    const struct able *able = &used->able[TIME_RTO];
    duration needed = latest(user, n);
    check_reporter report = n->loss == LOSS_STOPS ? check_report : check_warn;
    report(c, CHECK_RULE_SLOW_RESOURCE, user->record, n->at,
           "'" STR_FMT "' needs '" STR_FMT "' within " STR_FMT ", which can be back in " STR_FMT
           "%s: " STR_FMT " → " STR_FMT,
           STR_ARG(user->record->id), STR_ARG(used->record->id), STR_ARG(words(c, needed)),
           STR_ARG(words(c, able->value)), able->unknown == NODE_NONE ? "" : " or later",
           STR_ARG(user->record->id),
           STR_ARG(chain_able(c->scratch, recovery(c), n->used, TIME_RTO)));
    diag_related(c->diags, recovery(c)->nodes[able->from].record->id_span,
                 "'" STR_FMT "' commits to " STR_FMT,
                 STR_ARG(recovery(c)->nodes[able->from].record->id),
                 STR_ARG(words(c, able->value)));
}

static void report_slow_upstream(struct checker *c, const struct need *n, const struct node *user,
                                 const struct node *used)
{
    duration rto = recovery_own(used->record, TIME_RTO), needed = latest(user, n);
    if (rto == DURATION_NONE || needed == DURATION_NONE || rto <= needed)
        return;
    check_reporter report = n->loss == LOSS_STOPS ? check_report : check_warn;
    report(c, CHECK_RULE_SLOW_UPSTREAM, user->record, n->at,
           "'" STR_FMT "' needs the activity '" STR_FMT "' within " STR_FMT
           ", whose RTO is " STR_FMT,
           STR_ARG(user->record->id), STR_ARG(used->record->id), STR_ARG(words(c, needed)),
           STR_ARG(words(c, rto)));
    diag_related(c->diags, check_place(used->record, ACTIVITY_RTO), "its RTO is here");
}

static void report_old_data(struct checker *c, const struct need *n, const struct node *user,
                            const struct node *used)
{
    duration rpo = recovery_own(user->record, TIME_RPO);
    const struct able *able = &used->able[TIME_RPO];
    if (rpo == DURATION_NONE || able->value == DURATION_NONE || able->value <= rpo)
        return;
    check_report(c, CHECK_RULE_OLD_DATA, user->record, n->at,
                 "'" STR_FMT "' can lose data of " STR_FMT ", '" STR_FMT "' may be " STR_FMT
                 " behind: " STR_FMT " → " STR_FMT,
                 STR_ARG(user->record->id), STR_ARG(words(c, rpo)), STR_ARG(used->record->id),
                 STR_ARG(words(c, able->value)), STR_ARG(user->record->id),
                 STR_ARG(chain_able(c->scratch, recovery(c), n->used, TIME_RPO)));
}

/* `told`, by node: the user, counted from 1, that was told last of what is slow there. Whoever
 * needs it in several ways is told once, and of what stops it first. */
static void check_need(struct checker *c, size_t *told, const struct node *user,
                       const struct need *n)
{
    const struct node *used = &recovery(c)->nodes[n->used];
    if (used->record->type->number == TYPE_ACTIVITY)
        report_slow_upstream(c, n, user, used);
    else if (is_slow(n, user, used) && told[used->able[TIME_RTO].from] != n->user + 1) {
        told[used->able[TIME_RTO].from] = n->user + 1;
        report_slow(c, n, user, used);
    }
    if (n->loss == LOSS_STOPS)
        report_old_data(c, n, user, used);
}

static void check_needs(struct checker *c, size_t *told, const struct node *user)
{
    for (int loss = LOSS_STOPS; loss < LOSS_MINOR; loss++)
        for (size_t i = 0; i < user->need_count; i++)
            if ((int)user->needs[i].loss == loss)
                check_need(c, told, user, &user->needs[i]);
}

/* -- What was proven (DP3, DP4) --------------------------------------------------------------- */

static bool is_worth_proof(const struct checker *c, const struct node *n)
{
    duration asked = n->asked[TIME_RTO].value;
    size_t type = n->record->type->number;
    bool is_technical =
        type == TYPE_SERVICE ||
        (type == TYPE_RESOURCE && str_eq(rec_text(n->record, RESOURCE_KIND), S("ict")));
    return is_technical && asked != DURATION_NONE &&
           asked <= model_limit_duration(c->model, LIMITS_CRITICAL_RTO);
}

static void check_slow_proof(struct checker *c, const struct node *n)
{
    const struct proof *p = &n->proven[TIME_RTO];
    duration asked = n->asked[TIME_RTO].value;
    if (asked == DURATION_NONE || p->value <= asked)
        return;
    check_report(
        c, CHECK_RULE_PROVEN_SLOW, n->record, p->at,
        "'" STR_FMT "' took " STR_FMT " on " STR_FMT " ('" STR_FMT "') and must be back in " STR_FMT
        ": " STR_FMT,
        STR_ARG(n->record->id), STR_ARG(words(c, p->value)), STR_ARG(check_day_words(c, p->day)),
        STR_ARG(p->by->id), STR_ARG(words(c, asked)),
        STR_ARG(chain_asked(c->scratch, recovery(c), (size_t)(n - recovery(c)->nodes), TIME_RTO)));
}

static void check_proof(struct checker *c, const struct node *n)
{
    const struct proof *p = &n->proven[TIME_RTO];
    long long months = model_limit(c->model, LIMITS_PROOF_MONTHS);
    if (p->value != DURATION_NONE)
        check_slow_proof(c, n);
    bool is_unknown = n->record->type->number == TYPE_RESOURCE &&
                      rec_is_unknown(n->record, RESOURCE_RTA_PROVEN);
    if (!is_worth_proof(c, n) || (is_unknown && p->value == DURATION_NONE))
        return;
    if (p->value == DURATION_NONE && check_is_new(c, n->record, months))
        return;
    if (p->value == DURATION_NONE)
        check_report(c, CHECK_RULE_UNPROVEN, n->record, n->record->id_span,
                     "no exercise or incident has shown how soon '" STR_FMT
                     "' is back, which must be in " STR_FMT,
                     STR_ARG(n->record->id), STR_ARG(words(c, n->asked[TIME_RTO].value)));
    else if (check_is_months_ago(c, p->day, months))
        check_report(c, CHECK_RULE_UNPROVEN, n->record, p->at,
                     "that '" STR_FMT "' is back in time was last shown on " STR_FMT
                     ", more than %lld months ago",
                     STR_ARG(n->record->id), STR_ARG(check_day_words(c, p->day)), months);
}

/* -- Single points of failure and circles (DP6, DP7) ------------------------------------------ */

static bool has_strategy(const struct record *r)
{
    for (size_t i = 0; i < r->back_count; i++) {
        const struct record *s = backlink_by(&r->back[i], STRATEGY_FOR);
        if (s != NULL && rec_is_live(s) && str_eq(rec_text(s, STRATEGY_DECISION), S("selected")))
            return true;
    }
    return false;
}

static bool has_live(const struct record *r, enum field_id field)
{
    size_t count;
    const struct field_value *v = rec_items(r, field, &count);
    for (size_t i = 0; i < count; i++)
        if (field_target(&v[i]) != NULL && rec_is_live(v[i].record))
            return true;
    return false;
}

/* What can have an alternate and has none in use. */
static bool is_alone(const struct node *n)
{
    switch (n->record->type->number) {
    case TYPE_RESOURCE:
        return !has_live(n->record, RESOURCE_ALTERNATES);
    case TYPE_SUPPLIER:
        return !has_live(n->record, SUPPLIER_SUBSTITUTES);
    case TYPE_SITE:
        return !has_live(n->record, SITE_ALTERNATES);
    default:
        return false;
    }
}

static void check_single_point(struct checker *c, const struct node *n)
{
    size_t least = (size_t)model_limit(c->model, LIMITS_SINGLE_POINT);
    bool is_few =
        n->stops < least && !n->stops_at_least; /* where so much hangs on it, better said */
    if (is_few || !is_alone(n) || has_strategy(n->record))
        return;
    check_report(c, CHECK_RULE_SINGLE_POINT, n->record, n->record->id_span,
                 "nothing stands in for '" STR_FMT
                 "', and %s%zu prioritised activities stop without it",
                 STR_ARG(n->record->id), n->stops_at_least ? "at least " : "", n->stops);
    diag_hint(c->diags, "see what stops: continuo what-if --lose " STR_FMT, STR_ARG(n->record->id));
}

/* Whether none of the two can begin without the other: at once, and not only less well. */
static bool is_deadlock(const struct need *n)
{
    return n->loss == LOSS_STOPS && (n->tolerance == DURATION_NONE || n->tolerance == 0);
}

/* A circle while those are taken out of it who need not wait. All by node. */
struct circle {
    const struct recovery *r;
    const size_t *nodes; /* they stand together in the order */
    size_t count;
    bool *is_left;
    size_t *links; /* how many of those left it waits for, or wait for it */
    size_t *queue;
};

/* Which needs of a node are looked at: its own, or those of others for it. */
enum side { OWN, OF_OTHERS };

static size_t side_count(const struct node *n, enum side side)
{
    return side == OWN ? n->need_count : n->user_count;
}

/* The other end of a deadlock with one that is left; NODE_NONE: it is none. */
static size_t partner(const struct circle *k, size_t node, enum side side, size_t i)
{
    const struct node *n = &k->r->nodes[node];
    const struct need *need = side == OWN ? &n->needs[i] : &k->r->needs[n->users[i]];
    size_t other = side == OWN ? need->used : need->user;
    bool is_one = is_deadlock(need) && k->is_left[other] && k->r->nodes[other].circle == n->circle;
    return is_one ? other : NODE_NONE;
}

/* Takes out who waits for nobody (OWN), or for whom nobody waits, and then whom that frees. */
static void peel(struct circle *k, enum side side)
{
    size_t waiting = 0;
    for (size_t c = 0; c < k->count; c++) {
        size_t node = k->nodes[c];
        k->links[node] = 0;
        for (size_t i = 0; i < side_count(&k->r->nodes[node], side); i++)
            k->links[node] += partner(k, node, side, i) != NODE_NONE;
        if (k->is_left[node] && k->links[node] == 0)
            k->queue[waiting++] = node;
    }
    while (waiting != 0) {
        size_t node = k->queue[--waiting];
        enum side back = side == OWN ? OF_OTHERS : OWN;
        k->is_left[node] = false;
        for (size_t i = 0; i < side_count(&k->r->nodes[node], back); i++) {
            size_t other = partner(k, node, back, i);
            if (other != NODE_NONE && --k->links[other] == 0)
                k->queue[waiting++] = other;
        }
    }
}

static void report_circle(struct checker *c, const struct circle *k)
{
    enum { NAMES_MAX = 12 };
    const struct record *about = NULL;
    struct buf ids = buf_in(c->scratch, 128);
    size_t count = 0;
    for (size_t i = 0; i < k->count; i++) {
        const struct record *one = k->r->nodes[k->nodes[i]].record;
        if (!k->is_left[k->nodes[i]])
            continue;
        about = about == NULL ? one : about;
        if (count++ < NAMES_MAX)
            buf_fmt(&ids, "%s" STR_FMT, count == 1 ? "" : ", ", STR_ARG(one->id));
    }
    if (count > NAMES_MAX)
        buf_fmt(&ids, " and %zu more", count - NAMES_MAX);
    if (count != 0)
        check_report(c, CHECK_RULE_NEED_CIRCLE, about, about->id_span,
                     "these need each other in a circle: " STR_FMT, STR_ARG(buf_str(&ids)));
}

static void check_circles(struct checker *c)
{
    const struct recovery *r = recovery(c);
    struct circle k = {.r = r,
                       .is_left = NEW_ARRAY(c->scratch, bool, r->count + 1),
                       .links = NEW_ARRAY(c->scratch, size_t, r->count + 1),
                       .queue = NEW_ARRAY(c->scratch, size_t, r->count + 1)};
    for (size_t i = 0; i < r->count; i += k.count) {
        size_t circle = r->nodes[r->order[i]].circle;
        k.nodes = &r->order[i];
        k.count = 1;
        while (circle != NODE_NONE && i + k.count < r->count &&
               r->nodes[k.nodes[k.count]].circle == circle)
            k.count++;
        for (size_t j = 0; j < k.count; j++)
            k.is_left[k.nodes[j]] = true;
        peel(&k, OWN);
        peel(&k, OF_OTHERS);
        report_circle(c, &k);
    }
}

void check_dependencies(struct checker *c)
{
    const struct recovery *r = recovery(c);
    size_t *told = NEW_ARRAY(c->scratch, size_t, r->count + 1);
    for (size_t i = 0; i < r->count; i++) {
        const struct node *n = &r->nodes[i];
        if (!rec_is_live(n->record))
            continue;
        if (n->record->type->number == TYPE_ACTIVITY)
            check_needs(c, told, n);
        check_proof(c, n);
        check_single_point(c, n);
    }
    check_circles(c);
}
