/* unit/evidence: the catalogue of clauses, what counts as standing, the minimum evidence. */
#include <stdlib.h>
#include <unistd.h>

#include "unit.h"

#include "base/file.h"
#include "base/path.h"
#include "derive/evidence.h"
#include "derive/lifecycle.h"
#include "load/load.h"

static struct arena *memory;

/* Records of one type each: key, YAML, key, YAML, …, NULL; as of 30 June 2026. */
static struct model *model_of(const char *const *records)
{
    char folder[] = "/tmp/continuo-unit-XXXXXX";
    int root;
    struct diags *d = diags_new(memory);
    struct model *m = model_new(memory);
    assert_non_null(mkdtemp(folder));
    assert_int_equal(dir_open(folder, &root), 0);
    assert_int_equal(dir_make(root, S("records")), 0);
    assert_int_equal(file_create(root, S("continuo.yaml"), S("as_of: 2026-06-30\ntitle: T\n")), 0);
    for (size_t i = 0; records[i] != NULL; i += 2) {
        str path = str_fmt(memory, "records/%s.yaml", records[i]);
        assert_int_equal(file_create(root, path, str_from(records[i + 1])), 0);
    }
    load_content(m, d, root, S("content"));
    assert_int_equal(diags_count(d, SEVERITY_ERROR), 0);
    derive_lifecycle(m);
    model_link(m);
    derive_evidence(m);
    close(root);
    assert_int_equal(unit_remove(folder), 0);
    return m;
}

static const struct clause_evidence *of(const struct model *m, const char *id)
{
    size_t index = clause_index(str_from(id));
    assert_true(index != SIZE_MAX);
    return &m->evidence->clauses[index];
}

static str day_of(const struct model *m, const char *id)
{
    const struct record *r = model_find(m, str_from(id));
    assert_non_null(r);
    struct standing standing = evidence_standing(m, r);
    return standing.counts ? date_iso(memory, standing.day) : S("no");
}

/* -- The catalogue ------------------------------------------------------------------------- */

static void catalogue(void **state)
{
    (void)state;
    const struct schema *s = schema_new(memory);
    for (size_t i = 0; i < clause_count(); i++) {
        const struct clause *c = clause_at(i);
        struct selector selectors[SELECTORS_MAX];
        size_t count = selectors_read(s, c->records, selectors);
        assert_int_equal(clause_index(c->id), i); /* no id twice */
        assert_true(c->title.n != 0 && !str_ends(c->title, S(".")));
        assert_true(str_ends(c->shown, S(".")));
        assert_int_equal(count == 0, c->demand == DEMAND_CHAPTER);
        assert_int_equal(clause_end(i) > i + 1, c->demand == DEMAND_CHAPTER);
        if (i != 0 && clause_at(i - 1)->standard == c->standard)
            assert_true(str_cmp_natural(clause_at(i - 1)->number, c->number) < 0);
    }
    assert_int_equal(clause_index(S("8.44")), SIZE_MAX);
    assert_int_equal(clause_above(clause_index(S("8.4.1"))), clause_index(S("8.4")));
    assert_int_equal(clause_above(clause_index(S("4"))), SIZE_MAX);
    assert_int_equal(clause_above(clause_index(S("20000-1:8.7.2"))), SIZE_MAX);
    assert_int_equal(clause_end(clause_index(S("8.4"))), clause_index(S("8.5")));
    assert_int_equal(clause_end(clause_index(S("4.1"))), clause_index(S("4.2")));
    assert_true(standard_is(STANDARD_ISO_22301, S("BS EN ISO 22301:2019")));
    assert_false(standard_is(STANDARD_ISO_20000, S("ISO 20000")));
}

static void selectors_in_words(void **state)
{
    (void)state;
    const struct schema *schema = schema_new(memory);
    struct selector s[SELECTORS_MAX];
    assert_int_equal(selectors_read(schema, S("kpi|plan.kind=it_recovery|exercise.held"), s), 3);
    assert_str(selector_words(memory, &s[0]), "KPI");
    assert_str(selector_words(memory, &s[1]), "plan (kind: it recovery)");
    assert_str(selector_words(memory, &s[2]), "exercise with 'held'");
}

/* -- Proof --------------------------------------------------------------------------------- */

static const char *const house[] = {
    "role",
    "- {id: ROL-1, title: A, kind: governance, holder: PER-1}\n"
    "- {id: ROL-2, title: B, kind: governance, created: 2026-07-01}\n",
    "person",
    "- {id: PER-1, title: P}\n",
    "supplier",
    "- {id: SUP-1, title: A, services: a, created: 2024-01-01, owner: ROL-2, next_review: "
    "2026-09-01,"
    " reviews: [{date: 2026-03-01}, {date: 2026-02-01}], clauses: ['8.1', '8.1', '9.9', '8.2.1']}\n"
    "- {id: SUP-2, title: B, services: a, status: draft, reviewed: 2026-03-01, owner: ROL-1,"
    " next_review: 2026-07-31, clauses: ['9.9']}\n"
    "- {id: SUP-3, title: C, services: a, owner: ROL-2}\n",
    "exercise",
    "- {id: EXE-1, title: A, kind: drill, planned: 2026-01-01, created: 2026-01-01}\n"
    "- {id: EXE-2, title: B, kind: drill, planned: 2026-01-01, held: 2026-01-05}\n",
    "meeting",
    "- {id: MTG-1, title: A, kind: steering, date: 2026-06-30, decisions: [{text: Go}]}\n"
    "- {id: MTG-2, title: B, kind: steering, date: 2026-07-01, decisions: [{text: Go}]}\n",
    "incident",
    "- {id: INC-1, title: A, kind: disruption, start: 2026-02-03T23:59}\n",
    "finding",
    "- {id: FND-1, title: A, source: audit, grade: minor, statement: s, clause: 8.2.2}\n"
    "- {id: FND-2, title: B, source: audit, grade: minor, statement: s, clause: 8.2}\n",
    "audit",
    "- {id: AUD-1, title: A, kind: internal, held: 2026-04-01, scope_clauses: ['8.2', '8.2.2']}\n"
    "- {id: AUD-2, title: B, kind: internal, planned: 2026-09-01, scope_clauses: ['8.2']}\n",
    "system_process",
    "- {id: PRC-1, title: A, purpose: p, owner: ROL-1, clause: 9.2.1}\n"
    "- {id: PRC-2, title: B, purpose: p, owner: ROL-1, records: [bia_method, kpi]}\n"
    "- {id: PRC-3, title: C, purpose: p, clause: 8.6}\n",
    "evaluation",
    "- {id: EVA-1, title: A, of: ROL-1, kind: plan, date: 2026-06-30, owner: ROL-2}\n",
    NULL,
};

static void what_counts(void **state)
{
    (void)state;
    const struct model *m = model_of(house);
    assert_str(day_of(m, "SUP-1"), "2026-03-01"); /* the newest of its days and parts */
    assert_str(day_of(m, "SUP-2"), "no");         /* a draft */
    assert_str(day_of(m, "SUP-3"), "");           /* counts, and says no day */
    assert_str(day_of(m, "EXE-1"), "no");         /* not held, though written down */
    assert_str(day_of(m, "EXE-2"), "2026-01-05");
    assert_str(day_of(m, "MTG-1"), "2026-06-30"); /* the as-of day itself */
    assert_str(day_of(m, "MTG-2"), "no");
    assert_str(day_of(m, "INC-1"), "2026-02-03");
    assert_str(day_of(m, "ROL-2"), ""); /* a slip of a day is no proof */
    struct evidence_fact f = evidence_fact(m, S("exercise.held|exercise|supplier"));
    assert_int_equal(f.count, 3); /* each once */
    assert_str(f.newest->id, "SUP-1");
    assert_int_equal(evidence_fact(m, S("bia")).count, 0);
    assert_null(evidence_fact(m, S("bia")).newest);
}

static void by_clause(void **state)
{
    (void)state;
    const struct model *m = model_of(house);
    const struct clause_evidence *c = of(m, "8.1");
    assert_int_equal(c->records.count, 3); /* named and selected: once; a draft is listed */
    assert_int_equal(c->records_count, 2);
    assert_str(c->review->id, "SUP-1"); /* of what counts */
    assert_str(c->owner->id, "ROL-2");
    assert_str(c->gaps[0].words, "no change is recorded");
    assert_int_equal(of(m, "8.2")->records_count, 1); /* what is below a chapter is its own */
    assert_int_equal(of(m, "8")->newest->type->number, TYPE_EVALUATION);
    assert_int_equal(of(m, "8.2.2")->findings.count, 1);
    assert_int_equal(of(m, "8.2")->findings.count, 2);
    assert_int_equal(of(m, "8.2.3")->audits.count, 1); /* its chapter was audited, as was held */
    assert_int_equal(of(m, "8.2.2")->audits.count, 1);
    assert_int_equal(of(m, "8")->audits.count, 1);
    assert_int_equal(m->evidence->unknown_count, 1);
    assert_str(m->evidence->unknown[0].number, "9.9");
    assert_int_equal(m->evidence->unknown[0].count, 2);
    assert_str(m->evidence->unknown[0].first->id, "SUP-1");
}

static void who_answers(void **state)
{
    (void)state;
    const struct model *m = model_of(house);
    assert_str(of(m, "9.2.1")->process->id, "PRC-1");
    assert_str(of(m, "9.2.2")->process->id, "PRC-1"); /* of the same small chapter */
    assert_null(of(m, "9.1")->process);               /* a part of a type proves nothing */
    assert_str(of(m, "8.2.1")->process->id, "PRC-2"); /* its records come from it */
    assert_str(of(m, "8.6")->process->id, "PRC-3");
    assert_str(of(m, "8.6")->owner->id, "ROL-2"); /* the process has none: the commonest */
    assert_null(of(m, "8.4.1")->owner);
}

static void the_minimum(void **state)
{
    (void)state;
    const struct evidence *e = model_of(house)->evidence;
    const struct {
        bool is_met;
        size_t count;
    } expected[GATE_COUNT] = {{true, 1}, {true, 1}, {false, 0}, {false, 0}, {true, 1}, {false, 0}};
    for (size_t i = 0; i < GATE_COUNT; i++) {
        assert_int_equal(e->gate[i].is_met, expected[i].is_met);
        assert_int_equal(e->gate[i].fact.count, expected[i].count);
    }
    assert_false(e->paper.is_paper); /* nothing is written, so nothing is only written */
    assert_str(e->paper.work.newest->id, "MTG-1");
}

int unit_evidence(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test(catalogue),   cmocka_unit_test(selectors_in_words),
        cmocka_unit_test(what_counts), cmocka_unit_test(by_clause),
        cmocka_unit_test(who_answers), cmocka_unit_test(the_minimum),
    };
    memory = arena_new("unit", (size_t)1 << 28);
    int failed = unit_run("evidence", cases);
    arena_free(memory);
    return failed;
}
