/* unit/recovery: what must be back when, what can be, and what a loss does. */
#include <stdlib.h>
#include <unistd.h>

#include "unit.h"

#include "base/file.h"
#include "base/path.h"
#include "derive/lifecycle.h"
#include "derive/recovery.h"
#include "derive/what_if.h"
#include "form/table/lose/lose.h"
#include "load/load.h"
#include "recovery_plain.h"

static struct arena *memory;

static const struct model *model_of(str activities, str resources, str others)
{
    char folder[] = "/tmp/continuo-unit-XXXXXX";
    int root;
    assert_non_null(mkdtemp(folder));
    assert_int_equal(dir_open(folder, &root), 0);
    assert_int_equal(dir_make(root, S("records")), 0);
    assert_int_equal(file_replace(root, S("continuo.yaml"), S("title: T\nas_of: 2026-06-30\n")), 0);
    assert_int_equal(file_replace(root, S("records/activity.yaml"), activities), 0);
    assert_int_equal(file_replace(root, S("records/resource.yaml"), resources), 0);
    for (str rest = others, one; rest.n != 0;) {
        rest = str_cut(rest, '%', &one);
        str name, text = str_cut(one, '|', &name);
        assert_int_equal(
            file_replace(root, str_fmt(memory, "records/" STR_FMT ".yaml", STR_ARG(name)), text),
            0);
    }
    struct diags *d = diags_new(memory);
    struct model *m = model_new(memory);
    load_content(m, d, root, S("content"));
    derive_lifecycle(m);
    model_link(m);
    derive_recovery(m);
    assert_int_equal(diags_count(d, SEVERITY_ERROR), 0);
    close(root);
    assert_int_equal(unit_remove(folder), 0);
    return m;
}

static size_t number(const struct model *m, const char *id)
{
    const struct record *r = model_find(m, str_from(id));
    assert_non_null(r);
    return recovery_number(m, r);
}

static const struct node *node(const struct model *m, const char *id)
{
    return &m->recovery->nodes[number(m, id)];
}

static duration time_of(const char *text)
{
    duration d = DURATION_NONE;
    if (text != NULL)
        assert_true(duration_parse(str_from(text), &d));
    return d;
}

static void assert_asked(const struct model *m, const char *id, const char *rto, const char *chain)
{
    assert_int_equal(node(m, id)->asked[TIME_RTO].value, time_of(rto));
    assert_str(chain_asked(memory, m->recovery, number(m, id), TIME_RTO), chain);
}

static void assert_able(const struct model *m, const char *id, const char *rto, const char *chain,
                        const char *unknown)
{
    const struct able *able = &node(m, id)->able[TIME_RTO];
    assert_int_equal(able->value, time_of(rto));
    assert_str(chain_able(memory, m->recovery, number(m, id), TIME_RTO), chain);
    assert_int_equal(able->unknown, unknown == NULL ? NODE_NONE : number(m, unknown));
}

#define ACT(id, rto, needs)                                                                        \
    "- {id: " id ", title: A, unit: UNT-001, mtpd: 3d, rto: " rto ", dependencies: [" needs "]}\n"
#define RES(id, more) "- {id: " id ", title: R, kind: ict" more "}\n"

/* -- Asked: the minimum rule ------------------------------------------------------------------ */

static void the_strictest_user_counts(void **state)
{
    (void)state;
    const struct model *m = model_of(
        S(ACT("ACT-001", "4h", "{on: RES-001, criticality: stops}")
              ACT("ACT-002", "2h", "{on: RES-001, criticality: stops, tolerance: 1h}")),
        S(RES("RES-001", ", depends_on: [RES-002]") RES("RES-002", "") RES("RES-003", "")), S(""));
    assert_asked(m, "RES-001", "2h", "RES-001 ← ACT-002");
    assert_asked(m, "RES-002", "2h", "RES-002 ← RES-001 ← ACT-002");
    assert_asked(m, "RES-003", NULL, "RES-003");
}

static void who_can_wait_asks_later(void **state)
{
    (void)state;
    const struct model *m =
        model_of(S(ACT("ACT-001", "4h",
                       "{on: RES-001, criticality: stops, tolerance: 1d}, "
                       "{on: RES-002, criticality: degrades, tolerance: 2h}, "
                       "{on: RES-003, criticality: degrades}, {on: RES-004, criticality: minor}, "
                       "{on: RES-005}")),
                 S(RES("RES-001", "") RES("RES-002", "") RES("RES-003", "") RES("RES-004", "")
                       RES("RES-005", "")),
                 S(""));
    assert_asked(m, "RES-001", "1d", "RES-001 ← ACT-001");
    assert_asked(m, "RES-002", "4h", "RES-002 ← ACT-001"); /* not before the activity itself */
    assert_asked(m, "RES-003", "3d", "RES-003 ← ACT-001"); /* its MTPD */
    assert_asked(m, "RES-004", NULL, "RES-004");
    assert_asked(m, "RES-005", "4h", "RES-005 ← ACT-001"); /* not recorded: as if it stopped */
}

static void an_activity_that_others_need_is_as_urgent(void **state)
{
    (void)state;
    const struct model *m = model_of(S(ACT("ACT-001", "2h", "{on: ACT-002, criticality: stops}")
                                           ACT("ACT-002", "2w", "{on: RES-001, criticality: stops}")
                                               ACT("ACT-003", "2w", "")),
                                     S(RES("RES-001", "")), S(""));
    assert_asked(m, "ACT-002", "2h", "ACT-002 ← ACT-001");
    assert_asked(m, "RES-001", "2h", "RES-001 ← ACT-002 ← ACT-001");
    assert_true(node(m, "ACT-002")->is_prioritised);
    assert_false(node(m, "ACT-003")->is_prioritised);
}

/* -- Able: the maximum rule ------------------------------------------------------------------- */

static void the_slowest_counts(void **state)
{
    (void)state;
    const struct model *m =
        model_of(S(ACT("ACT-001", "4h",
                       "{on: RES-001, criticality: stops}, {on: RES-004, criticality: degrades}")),
                 S(RES("RES-001", ", rto_committed: 1h, depends_on: [RES-002, RES-003]")
                       RES("RES-002", ", rto_committed: 6h") RES("RES-003", ", rto_committed: 2h")
                           RES("RES-004", ", rto_committed: 9d")),
                 S(""));
    assert_able(m, "ACT-001", "6h", "ACT-001 → RES-001 → RES-002", NULL);
    assert_able(m, "RES-001", "6h", "RES-001 → RES-002", NULL);
    assert_able(m, "RES-003", "2h", "RES-003", NULL);
}

static void what_nobody_promises_is_unknown(void **state)
{
    (void)state;
    const struct model *m = model_of(
        S(ACT("ACT-001", "4h", "{on: RES-001, criticality: stops}")
              ACT("ACT-002", "4h", "{on: ACT-001, criticality: stops}") ACT("ACT-003", "4h", "")),
        S(RES("RES-001", ", rto_committed: 1h, depends_on: [RES-002]") RES("RES-002", "")), S(""));
    assert_able(m, "RES-002", NULL, "RES-002", "RES-002");
    assert_able(m, "ACT-001", "1h", "ACT-001 → RES-001", "RES-002");
    assert_able(m, "ACT-002", "4h", "ACT-002 → ACT-001", "RES-002"); /* the RTO of ACT-001 */
    assert_able(m, "ACT-003", NULL, "ACT-003", NULL);
}

static void a_circle_is_back_together(void **state)
{
    (void)state;
    const struct model *m =
        model_of(S(ACT("ACT-001", "4h", "{on: RES-001, criticality: stops}")),
                 S(RES("RES-001", ", rto_committed: 1h, depends_on: [RES-002]")
                       RES("RES-002", ", rto_committed: 5h, depends_on: [RES-003]")
                           RES("RES-003", ", rto_committed: 2h, depends_on: [RES-001, RES-003]")),
                 S(""));
    size_t first = number(m, "RES-001");
    assert_able(m, "RES-001", "5h", "RES-001 → RES-002", NULL);
    assert_able(m, "RES-003", "5h", "RES-003 → RES-001 → RES-002", NULL);
    assert_asked(m, "RES-003", "4h", "RES-003 ← RES-002 ← RES-001 ← ACT-001");
    assert_int_equal(node(m, "RES-001")->circle, first);
    assert_int_equal(node(m, "RES-003")->circle, first);
    assert_int_equal(node(m, "ACT-001")->circle, NODE_NONE);
}

static void data_is_asked_of_what_holds_it(void **state)
{
    (void)state;
    const struct model *m = model_of(
        S("- {id: ACT-001, title: A, unit: UNT-001, rto: 1d, rpo: 1h, dependencies: ["
          "{on: RES-001, criticality: stops, tolerance: 2d}, {on: RES-002}, {on: ACT-002}]}\n"
          "- {id: ACT-002, title: A, unit: UNT-001, rto: 1d, rpo: 2h, dependencies: [{on: "
          "RES-003}]}\n"),
        S(RES("RES-001",
              ", rpo_committed: 4h, depends_on: [RES-003]") "- {id: RES-002, title: R, kind: "
                                                            "building}\n" RES("RES-003", "")),
        S(""));
    assert_int_equal(node(m, "RES-001")->asked[TIME_RPO].value, 60);
    assert_int_equal(node(m, "RES-002")->asked[TIME_RPO].value, DURATION_NONE);
    assert_int_equal(node(m, "RES-003")->asked[TIME_RPO].value, 60); /* through RES-001 */
    assert_int_equal(node(m, "ACT-001")->able[TIME_RPO].value, 240);
    assert_int_equal(node(m, "ACT-001")->able[TIME_RPO].unknown, number(m, "RES-003"));
}

static void the_newest_proof_counts(void **state)
{
    (void)state;
    const struct model *m = model_of(
        S(ACT("ACT-001", "4h", "")),
        S(RES("RES-001", ", rta_proven: {value: 3h, date: 2025-02-01, exercise: EXE-001}")),
        S("exercise|- {id: EXE-001, title: E, kind: drill, planned: 2025-02-01, held: 2025-02-01}\n"
          "- {id: EXE-002, title: E, kind: drill, planned: 2026-02-01, held: 2026-02-01, achieved: "
          "[{target: RES-001, rto: 5h}, {target: ACT-001, rto: 6h}]}\n"
          "- {id: EXE-003, title: E, kind: drill, planned: 2026-09-01, held: 2026-09-01, achieved: "
          "[{target: RES-001, rto: 1h}]}\n"));
    assert_int_equal(node(m, "RES-001")->proven[TIME_RTO].value, 300); /* not the one to come */
    assert_str(node(m, "RES-001")->proven[TIME_RTO].by->id, "EXE-002");
    assert_int_equal(node(m, "ACT-001")->proven[TIME_RTO].value, 360);
}

/* -- What if ---------------------------------------------------------------------------------- */

static struct what_if *lose(const struct model *m, const char *id)
{
    size_t count;
    struct what_if *w = what_if_open(memory, m, SIZE_MAX);
    const size_t *nodes = what_if_nodes(memory, m, model_find(m, str_from(id)), &count);
    what_if_lose(w, nodes, count);
    what_if_work_out(w);
    return w;
}

static const struct fate *fate(const struct model *m, const struct what_if *w, const char *id)
{
    return what_if_fate(w, number(m, id));
}

static void tolerance_delays_the_stop(void **state)
{
    (void)state;
    const struct model *m = model_of(
        S(ACT("ACT-001", "4h", "{on: RES-001, criticality: stops, tolerance: 2h}")
              ACT("ACT-002", "1d", "{on: ACT-001, criticality: stops, tolerance: 1h}")
                  ACT("ACT-003", "1d", "{on: RES-001, criticality: degrades, tolerance: 3h}")
                      ACT("ACT-004", "1d", "{on: ACT-003, criticality: stops}")),
        S(RES("RES-001", ", rto_committed: 8h")), S(""));
    struct what_if *w = lose(m, "RES-001");
    assert_int_equal(fate(m, w, "RES-001")->kind, FATE_LOST);
    assert_int_equal(fate(m, w, "ACT-001")->stops_at, 120);
    assert_int_equal(fate(m, w, "ACT-002")->stops_at, 180);
    assert_int_equal(fate(m, w, "ACT-002")->via, number(m, "ACT-001"));
    assert_int_equal(fate(m, w, "ACT-003")->kind, FATE_DEGRADES);
    assert_int_equal(fate(m, w, "ACT-003")->degrades_at, 180);
    assert_int_equal(fate(m, w, "ACT-004")->kind, FATE_RUNS);
    assert_int_equal(fate(m, w, "ACT-001")->back_at, 480);
    assert_int_equal(what_if_rto_at(w, number(m, "ACT-001")), 360);
    assert_int_equal(what_if_verdict(w, number(m, "ACT-001")), VERDICT_PASSES_RTO);
    assert_int_equal(what_if_verdict(w, number(m, "ACT-002")), VERDICT_IN_TIME);
    assert_int_equal(node(m, "RES-001")->stops, 2);
}

static void what_is_back_before_stops_nobody(void **state)
{
    (void)state;
    const struct model *m =
        model_of(S(ACT("ACT-001", "4h", "{on: RES-001, criticality: stops, tolerance: 2h}")
                       ACT("ACT-002", "1d", "{on: ACT-001, criticality: stops, tolerance: 1h}")
                           ACT("ACT-003", "1d", "{on: RES-001, criticality: stops}")),
                 S(RES("RES-001", ", rto_committed: 2h")), S(""));
    struct what_if *w = lose(m, "RES-001");
    assert_int_equal(what_if_verdict(w, number(m, "ACT-001")), VERDICT_NO_STOP);
    assert_int_equal(what_if_verdict(w, number(m, "ACT-002")), VERDICT_NO_STOP);
    assert_int_equal(what_if_verdict(w, number(m, "ACT-003")), VERDICT_IN_TIME);
}

static void a_spare_takes_over_until_it_is_lost_too(void **state)
{
    (void)state;
    const struct model *m = model_of(
        S("- {id: ACT-001, title: A, unit: UNT-001, rto: 4h, sites: [SIT-001, SIT-002], "
          "dependencies: [{on: RES-001, criticality: degrades}]}\n"
          "- {id: ACT-002, title: A, unit: UNT-001, rto: 4h, sites: [SIT-001]}\n"),
        S(RES("RES-001", ", location: SIT-001, alternates: [RES-002, RES-003]")
              RES("RES-002", ", location: SIT-002") RES("RES-003", ", status: withdrawn")),
        S("site|- {id: SIT-001, title: S, address: A}\n"
          "- {id: SIT-002, title: S, address: B, alternates: [SIT-001]}\n%"
          "scenario|- {id: SCN-001, title: Both, loss: site, affects: [SIT-001, SIT-002]}\n"));
    struct what_if *w = lose(m, "SIT-001");
    assert_int_equal(fate(m, w, "RES-001")->kind, FATE_STOPS); /* things do not move */
    assert_int_equal(fate(m, w, "ACT-001")->kind, FATE_SPARE);
    assert_int_equal(fate(m, w, "ACT-002")->kind, FATE_STOPS); /* nowhere else is recorded */
    w = lose(m, "SIT-002");
    assert_int_equal(fate(m, w, "ACT-001")->kind, FATE_SPARE);
    assert_int_equal(fate(m, w, "ACT-001")->spare, number(m, "SIT-001"));
    w = lose(m, "SCN-001");
    assert_int_equal(fate(m, w, "ACT-001")->kind, FATE_STOPS);
    assert_int_equal(fate(m, w, "ACT-001")->back_at, DURATION_NONE);
    assert_int_equal(what_if_verdict(w, number(m, "ACT-001")), VERDICT_UNKNOWN);
}

static void a_spare_that_is_brought_in_ends_the_stop(void **state)
{
    (void)state;
    const struct model *m =
        model_of(S(ACT("ACT-001", "4h", "{on: RES-001, criticality: stops, tolerance: 1h}")
                       ACT("ACT-002", "4h", "{on: RES-004, criticality: stops}")),
                 S(RES("RES-001", ", alternates: [RES-002, RES-003], rto_committed: 9h")
                       RES("RES-002", ", rto_committed: 3h")
                           RES("RES-003", ", rto_committed: 1h, depends_on: [RES-001]")
                               RES("RES-004", ", alternates: [RES-005]") RES("RES-005", "")),
                 S(""));
    struct what_if *w = lose(m, "RES-001");
    assert_int_equal(fate(m, w, "ACT-001")->kind, FATE_STOPS);
    assert_int_equal(fate(m, w, "ACT-001")->stops_at, 60);
    assert_int_equal(fate(m, w, "ACT-001")->back_at, 180); /* RES-003 is lost as well */
    assert_str(fate(m, w, "ACT-001")->back_by->id, "RES-002");
    assert_int_equal(fate(m, w, "RES-001")->back_at, 540);
    assert_int_equal(node(m, "RES-001")->stops, 0);
    w = lose(m, "RES-004");
    assert_int_equal(fate(m, w, "ACT-002")->unknown, number(m, "RES-004"));
    assert_int_equal(what_if_verdict(w, number(m, "ACT-002")), VERDICT_UNKNOWN);
}

static void a_strategy_brings_it_back_unless_lost_itself(void **state)
{
    (void)state;
    static const char strategies[] =
        "strategy_option|- {id: STR-001, title: S, for: [ACT-001], phase: during, solution: S, "
        "decision: selected, meets_rto: 3h, implemented_on: 2026-01-01, resources: [RES-002]}\n"
        "- {id: STR-002, title: S, for: [ACT-001], phase: during, solution: S, decision: selected, "
        "meets_rto: 1h}\n"
        "- {id: STR-003, title: S, for: [ACT-001], phase: during, solution: S, decision: rejected, "
        "meets_rto: 1h, implemented_on: 2026-01-01}\n";
    const struct model *m =
        model_of(S(ACT("ACT-001", "4h", "{on: RES-001, criticality: stops}")),
                 S(RES("RES-001", "") RES("RES-002", ", depends_on: [RES-003]") RES("RES-003", "")),
                 str_from(strategies));
    struct what_if *w = lose(m, "RES-001");
    assert_int_equal(fate(m, w, "ACT-001")->back_at, 180);
    assert_str(fate(m, w, "ACT-001")->back_by->id, "STR-001");
    assert_int_equal(what_if_verdict(w, number(m, "ACT-001")), VERDICT_IN_TIME);
    size_t both[] = {number(m, "RES-001"), number(m, "RES-003")};
    what_if_lose(w, both, 2);
    what_if_work_out(w);
    assert_int_equal(fate(m, w, "ACT-001")->back_at, DURATION_NONE);
    assert_int_equal(fate(m, w, "ACT-001")->unknown, number(m, "RES-001"));
}

static void a_role_is_lost_with_its_holder(void **state)
{
    (void)state;
    const struct model *m = model_of(
        S(ACT("ACT-001", "4h", "{on: ROL-001, criticality: stops}")
              ACT("ACT-002", "4h", "{on: ROL-002, criticality: stops}")),
        S("[]\n"),
        S("role|- {id: ROL-001, title: R, kind: crisis, holder: PER-001, deputies: [PER-002]}\n"
          "- {id: ROL-002, title: R, kind: crisis, holder: PER-001}\n%"
          "person|- {id: PER-001, title: Ann}\n- {id: PER-002, title: Bo}\n"));
    struct what_if *w = lose(m, "ROL-001");
    assert_int_equal(fate(m, w, "PER-001")->kind, FATE_LOST);
    assert_int_equal(fate(m, w, "ROL-001")->kind, FATE_SPARE);
    assert_int_equal(fate(m, w, "ACT-001")->kind, FATE_RUNS);
    assert_int_equal(fate(m, w, "ROL-002")->kind, FATE_STOPS);
    assert_int_equal(fate(m, w, "ACT-002")->kind, FATE_STOPS);
}

/* A ladder of 12,000 activities: each stops with all below it. */
static void what_hangs_on_too_much_is_counted_at_least(void **state)
{
    (void)state;
    enum { RUNGS = 12000 };
    struct buf act = buf_in(memory, 1 << 20);
    for (int i = 1; i <= RUNGS; i++)
        buf_fmt(
            &act,
            "- {id: ACT-%05d, title: A, unit: UNT-001, rto: 1h, dependencies: [{on: ACT-%05d}]}\n",
            i, i + 1);
    const struct model *m = model_of(buf_str(&act), S("[]\n"), S(""));
    assert_int_equal(node(m, "ACT-00001")->stops, 0);
    assert_int_equal(node(m, "ACT-01001")->stops, 1000);
    assert_false(node(m, "ACT-01001")->stops_at_least);
    assert_true(node(m, "ACT-12000")->stops >= 10000 && node(m, "ACT-12000")->stops < RUNGS - 1);
    assert_true(node(m, "ACT-12000")->stops_at_least);
}

/* What is hit first is right; the rest is said to be missing. */
static void a_loss_that_is_cut_says_so(void **state)
{
    (void)state;
    const struct model *m = model_of(
        S(ACT("ACT-001", "9d", "{on: RES-001, tolerance: 5h}") ACT("ACT-002", "9d", "{on: ACT-001}")
              ACT("ACT-003", "9d", "{on: RES-001, tolerance: 1h}")
                  ACT("ACT-004", "9d", "{on: RES-001, tolerance: 2h}")),
        S(RES("RES-001", ", rto_committed: 8h")), S(""));
    const struct record *lost = model_find(m, S("RES-001"));
    struct lose_question question = {&lost, 1, 1};
    struct lose_answer answer = lose_answer(memory, lose_open(memory, m, 2), &question);
    struct what_if *w = what_if_open(memory, m, 2);
    size_t node = number(m, "RES-001");
    what_if_lose(w, &node, 1);
    what_if_work_out(w);
    assert_true(what_if_is_cut(w));
    assert_int_equal(fate(m, w, "ACT-003")->stops_at, 60);
    assert_int_equal(fate(m, w, "ACT-004")->stops_at, 120);
    assert_int_equal(fate(m, w, "ACT-001")->kind, FATE_RUNS);
    assert_int_equal(what_if_verdict(w, number(m, "ACT-003")), VERDICT_UNKNOWN);
    assert_str(answer.summary,
               "At least 2 activities stop. Of 2 it is not known when they are back. Only the 3 "
               "records that are hit first were followed: more stop, and for longer. 'continuo "
               "what-if --lose RES-001' follows them all.");
    assert_int_equal(answer.sections[0].table->row_count, 1);
    assert_str(answer.sections[0].table->note,
               "1 more are not listed; continuo what-if --lose RES-001 lists them all.");
    answer = lose_answer(memory, lose_open(memory, m, SIZE_MAX), &question);
    assert_str(answer.summary, "4 activities stop. All are back within the RTO.");
}

/* -- Against the plainest way to work it out -------------------------------------------------- */

enum { ROUNDS = 60, RANDOM_NODES = 12 };

static unsigned next_random(unsigned *seed)
{
    *seed = *seed * 1103515245U + 12345U;
    return *seed >> 16;
}

/* Up to `most` ids of a type that stands RANDOM_NODES times: "sites: [SIT-003, SIT-001], ". */
static void put_list(struct buf *out, unsigned *seed, const char *field, const char *prefix,
                     unsigned most)
{
    unsigned count = next_random(seed) % (most + 1);
    buf_fmt(out, "%s: [", field);
    for (unsigned i = 0; i < count; i++)
        buf_fmt(out, "%s%s-%03u", i == 0 ? "" : ", ", prefix, next_random(seed) % RANDOM_NODES + 1);
    buf_lit(out, "], ");
}

/* Places with alternates, and solutions, some of which use what may be lost. */
static str random_others(unsigned *seed)
{
    struct buf out = buf_in(memory, 4096);
    buf_lit(&out, "site|");
    for (int i = 1; i <= RANDOM_NODES; i++) {
        buf_fmt(&out, "- {id: SIT-%03d, title: S, ", i);
        put_list(&out, seed, "alternates", "SIT", 2);
        buf_lit(&out, "address: A}\n");
    }
    buf_lit(&out, "%strategy_option|");
    for (int i = 1; i <= RANDOM_NODES / 2; i++) {
        buf_fmt(&out, "- {id: STR-%03d, title: S, phase: during, solution: S, decision: selected, ",
                i);
        buf_fmt(&out, "implemented_on: 2026-01-01, meets_rto: %uh, ", next_random(seed) % 60);
        buf_fmt(&out, "for: [%s-%03u], ", next_random(seed) % 2 ? "ACT" : "RES",
                next_random(seed) % RANDOM_NODES + 1);
        put_list(&out, seed, "resources", "RES", 2);
        buf_lit(&out, "reason: R}\n");
    }
    return buf_str(&out);
}

/* Activities and resources with random needs, circles and all. */
static const struct model *random_model(unsigned *seed)
{
    static const char *const loss[] = {"stops", "degrades", "minor"};
    struct buf act = buf_in(memory, 4096), res = buf_in(memory, 4096);
    for (int i = 1; i <= RANDOM_NODES; i++) {
        buf_fmt(&act, "- {id: ACT-%03d, title: A, unit: UNT-001, rto: %uh, mtpd: 9d, ", i,
                next_random(seed) % 40 + 1);
        put_list(&act, seed, "sites", "SIT", 3);
        buf_lit(&act, "dependencies: [");
        for (int k = 1; k <= RANDOM_NODES; k++) {
            if (next_random(seed) % 4 != 0 || k == i)
                continue;
            buf_fmt(&act, "{on: %s-%03d, criticality: %s", next_random(seed) % 3 ? "RES" : "ACT", k,
                    loss[next_random(seed) % 3]);
            if (next_random(seed) % 2)
                buf_fmt(&act, ", tolerance: %uh", next_random(seed) % 30);
            buf_lit(&act, "}, ");
        }
        buf_lit(&act, "]}\n");
        buf_fmt(&res, "- {id: RES-%03d, title: R, kind: ict, ", i);
        if (next_random(seed) % 4)
            buf_fmt(&res, "rto_committed: %uh, ", next_random(seed) % 40 + 1);
        buf_fmt(&res, "depends_on: [RES-%03u], ", next_random(seed) % RANDOM_NODES + 1);
        if (next_random(seed) % 3 == 0)
            put_list(&res, seed, "alternates", "RES", 2);
        if (next_random(seed) % 3 == 0)
            buf_fmt(&res, "location: SIT-%03u, ", next_random(seed) % RANDOM_NODES + 1);
        buf_lit(&res, "backup: B}\n");
    }
    return model_of(buf_str(&act), buf_str(&res), random_others(seed));
}

static void agrees_with_the_plainest_way(void **state)
{
    (void)state;
    unsigned seed = 20260630;
    for (int round = 0; round < ROUNDS; round++) {
        const struct model *m = random_model(&seed);
        const struct recovery *r = m->recovery;
        duration *asked = NEW_ARRAY(memory, duration, r->count);
        duration *stops = NEW_ARRAY(memory, duration, r->count);
        plain_asked(r, asked);
        for (size_t i = 0; i < r->count; i++) {
            duration is = r->nodes[i].asked[TIME_RTO].value;
            assert_int_equal(is == DURATION_NONE ? INT64_MAX : is, asked[i]);
            assert_int_equal(r->nodes[i].able[TIME_RTO].value, plain_able(memory, r, i));
            for (size_t k = 0; k < r->count; k++)
                stops[k] = k == i ? 0 : NEVER;
            plain_stops(r, true, stops);
            assert_int_equal(r->nodes[i].stops, plain_count(r, i, stops));
        }
        arena_reset(memory);
    }
}

/* Three at once, some of them twice. */
static void a_loss_agrees_with_the_plainest_way(void **state)
{
    (void)state;
    unsigned seed = 20260701;
    for (int round = 0; round < 4 * ROUNDS; round++) {
        const struct model *m = random_model(&seed);
        size_t count = m->recovery->count, lost[3];
        duration *stops = NEW_ARRAY(memory, duration, count);
        bool *is_lost = NEW_ARRAY(memory, bool, count);
        struct plain_back *backs = NEW_ARRAY(memory, struct plain_back, count);
        struct what_if *w = what_if_open(memory, m, SIZE_MAX);
        for (size_t again = 0; again < 8; again++) {
            for (size_t i = 0; i < count; i++) {
                stops[i] = NEVER;
                is_lost[i] = false;
            }
            for (size_t i = 0; i < 3; i++) {
                lost[i] = next_random(&seed) % count;
                stops[lost[i]] = 0;
                is_lost[lost[i]] = true;
            }
            plain_stops(m->recovery, false, stops);
            plain_backs(m, stops, is_lost, backs);
            what_if_lose(w, lost, 3);
            what_if_work_out(w);
            for (size_t i = 0; i < count; i++) {
                const struct fate *f = what_if_fate(w, i);
                assert_int_equal(f->stops_at, stops[i]);
                assert_int_equal(f->back_at, backs[i].value);
                assert_int_equal(f->unknown != NODE_NONE, backs[i].is_unknown);
            }
        }
        arena_reset(memory);
    }
}

int unit_recovery(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test(the_strictest_user_counts),
        cmocka_unit_test(who_can_wait_asks_later),
        cmocka_unit_test(an_activity_that_others_need_is_as_urgent),
        cmocka_unit_test(the_slowest_counts),
        cmocka_unit_test(what_nobody_promises_is_unknown),
        cmocka_unit_test(a_circle_is_back_together),
        cmocka_unit_test(data_is_asked_of_what_holds_it),
        cmocka_unit_test(the_newest_proof_counts),
        cmocka_unit_test(tolerance_delays_the_stop),
        cmocka_unit_test(what_is_back_before_stops_nobody),
        cmocka_unit_test(a_spare_takes_over_until_it_is_lost_too),
        cmocka_unit_test(a_spare_that_is_brought_in_ends_the_stop),
        cmocka_unit_test(a_strategy_brings_it_back_unless_lost_itself),
        cmocka_unit_test(a_role_is_lost_with_its_holder),
        cmocka_unit_test(what_hangs_on_too_much_is_counted_at_least),
        cmocka_unit_test(a_loss_that_is_cut_says_so),
        cmocka_unit_test(agrees_with_the_plainest_way),
        cmocka_unit_test(a_loss_agrees_with_the_plainest_way),
    };
    memory = arena_new("test", (size_t)1 << 30);
    int failed = unit_run("recovery", cases);
    arena_free(memory);
    return failed;
}
