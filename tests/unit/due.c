/* unit/due: everything that falls due, each kind late and not due, and the calendar file. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "unit.h"

#include "base/buf.h"
#include "base/file.h"
#include "derive/derive.h"
#include "derive/due.h"
#include "derive/lifecycle.h"
#include "load/load.h"
#include "model/classes.h"
#include "model/later.h"
#include "write/data/ics.h"

static struct arena *memory;

/* Records of one type each: key, YAML, key, YAML, …, NULL; "documents/x.md" is a file of its own.
 * As of 30 June 2026. */
static struct model *load(const char *settings, const char *const *records)
{
    char folder[] = "/tmp/continuo-unit-XXXXXX";
    int root;
    struct diags *d = diags_new(memory);
    struct model *m = model_new(memory);
    str head = str_fmt(memory, "as_of: 2026-06-30\ntitle: T\n%s", settings);
    assert_non_null(mkdtemp(folder));
    assert_int_equal(dir_open(folder, &root), 0);
    assert_int_equal(dir_make(root, S("records")), 0);
    assert_int_equal(dir_make(root, S("documents")), 0);
    assert_int_equal(file_create(root, S("continuo.yaml"), head), 0);
    for (size_t i = 0; records[i] != NULL; i += 2) {
        bool is_file = strchr(records[i], '.') != NULL;
        str path = is_file ? str_from(records[i]) : str_fmt(memory, "records/%s.yaml", records[i]);
        assert_int_equal(file_create(root, path, str_from(records[i + 1])), 0);
    }
    load_content(m, d, root, S("content"));
    assert_int_equal(diags_count(d, SEVERITY_ERROR), 0);
    close(root);
    assert_int_equal(unit_remove(folder), 0);
    return m;
}

static struct model *settle(struct model *m)
{
    derive_lifecycle(m);
    model_link(m);
    derive_facts(m);
    return m;
}

static struct model *model_of(const char *settings, const char *const *records)
{
    return settle(load(settings, records));
}

/* "2026-05-01! EXE-1 ROL-1 PER-1; …" of one kind: '!' is overdue, '?' has no day. */
static str told(const struct model *m, const char *kind)
{
    struct buf out = buf_in(memory, 256);
    for (size_t i = 0; i < m->due->count; i++) {
        const struct due_item *item = &m->due->items[i];
        if (!str_eq(due_kind_key(item->kind), str_from(kind)))
            continue;
        buf_fmt(&out, "%s" STR_FMT "%s " STR_FMT, out.n != 0 ? "; " : "",
                STR_ARG(item->state == DUE_ON ? date_iso(memory, item->day) : S("?")),
                item->is_overdue ? "!" : "", STR_ARG(item->record->id));
        if (item->part.n != 0)
            buf_fmt(&out, " [" STR_FMT "]", STR_ARG(item->part));
        if (item->owner != NULL)
            buf_fmt(&out, " " STR_FMT, STR_ARG(item->owner->id));
        if (item->person != NULL)
            buf_fmt(&out, " " STR_FMT, STR_ARG(item->person->id));
    }
    return buf_str(&out);
}

#define HOUSE                                                                                      \
    "role",                                                                                        \
        "- {id: ROL-1, title: Keeper, kind: governance, holder: PER-1}\n"                          \
        "- {id: ROL-2, title: Vacant, kind: governance}\n",                                        \
        "person", "- {id: PER-1, title: Ann, verified_on: 2026-06-01}\n"

/* -- Reviews ------------------------------------------------------------------------------ */

static void reviews(void **state)
{
    (void)state;
    static const char *const records[] = {
        HOUSE,
        "site",
        "- {id: SIT-1, title: A, address: a, owner: ROL-1, next_review: 2026-06-29}\n"
        "- {id: SIT-2, title: B, address: b, owner: ROL-2, next_review: 2026-06-30}\n"
        "- {id: SIT-3, title: C, address: c, status: withdrawn, next_review: 2026-01-01}\n"
        "- {id: SIT-4, title: D, address: d}\n",
        "bia",
        "- {id: BIA-1, title: A, status: approved, activity: ACT-1, date: 2025-06-29}\n"
        "- {id: BIA-2, title: B, status: draft, activity: ACT-1, date: 2020-01-01}\n"
        "- {id: BIA-3, title: C, status: approved, activity: ACT-1}\n",
        "activity",
        "- {id: ACT-1, title: A, unit: UNT-1}\n",
        "unit",
        "- {id: UNT-1, title: U}\n",
        "risk",
        "- {id: RSK-1, title: A, kind: system, threat: t, likelihood: 1, impact: 1,"
        " next_review: 2026-05-01, accept_expires: 2026-07-01, accepted_by: ROL-1}\n"
        "- {id: RSK-2, title: B, kind: system, threat: t, likelihood: 1, impact: 1,"
        " next_review: 2026-05-01, accept_expires: 2026-06-01, status: closed}\n"
        "- {id: RSK-3, title: C, kind: system, threat: t, likelihood: 1, impact: 1,"
        " next_review: 2026-05-01}\n",
        "evaluation",
        "- {id: EVA-1, title: A, of: RSK-3, kind: ra, date: 2026-05-02}\n",
        "assumption",
        "- {id: ASM-1, title: A, text: a, expires: 2026-06-01}\n"
        "- {id: ASM-2, title: B, text: b, checked_on: 2026-06-01}\n"
        "- {id: ASM-3, title: C, text: c}\n",
        NULL};
    struct model *m = model_of("", records);
    assert_str(told(m, "review"), "2026-05-01! RSK-1; 2026-06-29! BIA-1; "
                                  "2026-06-29! SIT-1 ROL-1 PER-1; 2026-06-30 SIT-2 ROL-2; "
                                  "?! BIA-3");
    assert_str(told(m, "acceptance"), "2026-07-01 RSK-1 ROL-1 PER-1");
    assert_str(told(m, "assumption"), "2026-06-01! ASM-1; 2027-06-01 ASM-2; ?! ASM-3");
}

/* -- Documents and paper ------------------------------------------------------------------ */

static void documents(void **state)
{
    (void)state;
    static const char *const records[] = {
        HOUSE,
        "documents/a.md",
        "---\nid: DOC-1\ntitle: A\nkind: policy\nversion: '1.0'\nversion_date: 2026-01-01\n"
        "owner: ROL-1\napprover: ROL-2\nsubmitted_on: 2026-06-01\nnext_review: 2026-01-01\n"
        "copies: [{no: 1, holder: PER-1, issued_on: 2026-06-01},"
        " {no: 2, holder: ROL-1, issued_on: 2026-05-01, received_on: 2026-05-02},"
        " {no: 3, holder: ROL-2, issued_on: 2026-01-01, recalled_on: 2026-05-01},"
        " {no: 4, holder: ROL-2}]\n---\nText.\n",
        "documents/b.md",
        "---\nid: DOC-2\ntitle: B\nkind: policy\nversion: '1.0'\nversion_date: 2026-01-01\n"
        "submitted_on: 2026-06-01\nvalid_from: 2026-08-01\nowner: ROL-1\n---\nText.\n",
        "documents/c.md",
        "---\nid: DOC-3\ntitle: C\nkind: policy\nversion: '1.0'\nversion_date: 2026-01-01\n---\n"
        "A draft is not waited for.\n",
        "disposition",
        "- {id: DSP-1, title: A, what: w, due: 2026-06-01, by: ROL-1}\n"
        "- {id: DSP-2, title: B, what: w, due: 2026-06-01, done_on: 2026-06-02}\n",
        NULL};
    struct model *m = model_of("receipt_days: 30\n", records);
    assert_str(told(m, "approval"), "2026-08-01 DOC-2 ROL-1 PER-1; ? DOC-1 ROL-2");
    assert_str(told(m, "document-review"), ""); /* of what was approved once */
    assert_str(told(m, "receipt"), "2026-07-01 DOC-1 [copy 1] PER-1");
    assert_str(told(m, "recall"), "2026-05-31! DOC-1 [copy 3] ROL-2");
    assert_str(told(m, "disposal"), "2026-06-01! DSP-1 ROL-1 PER-1");
}

static void approved_documents(void **state)
{
    (void)state;
    static const char document[] =
        "---\nid: DOC-1\ntitle: A\nkind: policy\nversion: '1.0'\nversion_date: 2026-01-01\n"
        "owner: ROL-1\nnext_review: 2026-05-01\nacknowledge: yes\ndistribution: [ROL-1, ROL-3]\n"
        "---\nText.\n";
    static const char role[] = "- {id: ROL-1, title: A, kind: governance, holder: PER-1}\n"
                               "- {id: ROL-3, title: C, kind: governance, holder: PER-2}\n";
    const char *records[] = {"documents/a.md",
                             document,
                             "role",
                             role,
                             "person",
                             "- {id: PER-1, title: A}\n- {id: PER-2, title: B}\n",
                             "acknowledgement",
                             "- {id: ACK-1, title: A, document: DOC-1, version: '1.0', person: "
                             "PER-2, date: 2026-03-01}\n",
                             NULL,
                             NULL,
                             NULL};
    struct model *first = model_of("", records);
    str hash = model_find(first, S("DOC-1"))->life->text_sha256;
    records[8] = "approval";
    records[9] = str_c(memory, str_fmt(memory,
                                       "- {id: APV-1, title: A, document: DOC-1, version: '1.0', "
                                       "approver: ROL-1, person: PER-1, date: 2026-02-01, "
                                       "text_sha256: " STR_FMT "}\n",
                                       STR_ARG(hash)));
    struct model *m = model_of("receipt_days: 14\n", records);
    assert_str(told(m, "document-review"), "2026-05-01! DOC-1 ROL-1 PER-1");
    assert_str(told(m, "reading"), "2026-02-15! DOC-1 ROL-1 PER-1");
    assert_str(told(m, "approval"), "");
}

/* -- Exercises, boxes, calls -------------------------------------------------------------- */

static void response(void **state)
{
    (void)state;
    static const char *const records[] = {
        HOUSE,
        "exercise",
        "- {id: EXE-1, title: A, kind: drill, planned: 2026-06-01, owner: ROL-1}\n"
        "- {id: EXE-2, title: B, kind: drill, planned: 2026-05-01, held: 2026-06-20}\n"
        "- {id: EXE-3, title: C, kind: drill, planned: 2026-05-01, held: 2026-05-01,"
        " report_date: 2026-05-02}\n"
        "- {id: EXE-4, title: D, kind: drill, planned: 2026-01-01, status: withdrawn}\n",
        "battle_box",
        "- {id: BOX-1, title: A, place: SIT-1, checked_on: 2025-12-01, owner: ROL-1,"
        " items: [{name: Torch, expiry: 2026-06-01}, {name: Torch, expiry: 2027-01-01},"
        " {name: Rope}]}\n"
        "- {id: BOX-2, title: B, place: SIT-1}\n"
        "- {id: BOX-3, title: C, place: SIT-1, status: closed, checked_on: 2020-01-01}\n",
        "site",
        "- {id: SIT-1, title: A, address: a}\n",
        "call_tree",
        "- {id: CAL-1, title: A, root: ROL-1, tested: [{date: 2025-06-30, reached_percent: 9},"
        " {date: 2024-01-01, reached_percent: 9}]}\n"
        "- {id: CAL-2, title: B, root: ROL-1}\n"
        "- {id: CAL-3, title: C, root: ROL-1, created: 2026-06-01}\n",
        "incident",
        "- {id: INC-1, title: A, kind: disruption, start: 2026-05-01T10:00,"
        " stood_down: 2026-05-02T10:00}\n"
        "- {id: INC-2, title: B, kind: near_miss, start: 2026-05-01T10:00}\n"
        "- {id: INC-3, title: C, kind: disruption, start: 2026-05-01T10:00,"
        " review_date: 2026-05-10}\n",
        NULL};
    struct model *m = model_of("limits: {report_days: 14}\n", records);
    assert_str(told(m, "exercise"), "2026-06-01! EXE-1 ROL-1 PER-1");
    assert_str(told(m, "exercise-report"), "2026-07-04 EXE-2");
    assert_str(told(m, "box-check"), "2026-06-01! BOX-1 ROL-1 PER-1; ?! BOX-2");
    assert_str(told(m, "box-item"),
               "2026-06-01! BOX-1 [Torch] ROL-1 PER-1; 2027-01-01 BOX-1 [Torch] ROL-1 PER-1");
    assert_str(told(m, "call-test"), "2026-06-30 CAL-1; 2027-06-01 CAL-3; ?! CAL-2");
    assert_str(told(m, "incident-review"), "2026-06-01! INC-1");
}

/* -- People ------------------------------------------------------------------------------- */

static void people(void **state)
{
    (void)state;
    static const char *const records[] = {
        "role",
        "- {id: ROL-1, title: A, kind: crisis, holder: PER-1, deputies: [PER-2], owner: ROL-2}\n"
        "- {id: ROL-2, title: B, kind: crisis, holder: PER-2, holder_since: 2026-06-01}\n"
        "- {id: ROL-3, title: C, kind: crisis, holder: PER-2, status: withdrawn}\n",
        "person",
        "- {id: PER-1, title: Ann, verified_on: 2025-12-31, leaves_on: 2026-07-31}\n"
        "- {id: PER-2, title: Bo}\n"
        "- {id: PER-3, title: Cy, verified_on: 2020-01-01, leaves_on: 2026-01-01}\n"
        "- {id: PER-4, title: Di}\n",
        "contact",
        "- {id: CON-1, title: A, kind: other, verified_on: 2026-01-01}\n"
        "- {id: CON-2, title: B, kind: other, status: closed}\n",
        "course",
        "- {id: CRS-1, title: A, required_by: [ROL-1, ROL-2, ROL-3], validity_months: 12}\n"
        "- {id: CRS-2, title: B, required_by: [ROL-1]}\n",
        "training_record",
        "- {id: TRN-1, title: A, person: PER-1, course: CRS-1, date: 2025-06-01, result: passed}\n"
        "- {id: TRN-2, title: B, person: PER-1, course: CRS-2, date: 2020-06-01, result: passed}\n"
        "- {id: TRN-3, title: C, person: PER-2, course: CRS-1, date: 2026-06-01, result: failed}\n",
        NULL};
    struct model *m = model_of("", records);
    assert_str(told(m, "person"), "2026-06-29! PER-1; ?! PER-2");
    assert_str(told(m, "contact"), "2026-06-30 CON-1");
    assert_str(told(m, "training"), "2026-06-01! CRS-1 [Ann] ROL-1 PER-1; "
                                    "2026-08-30 CRS-1 [Bo] ROL-2 PER-2; "
                                    "?! CRS-2 [Bo] ROL-1 PER-2");
    assert_str(told(m, "leaving"), "2026-07-31 ROL-1 [Ann leaves] ROL-2 PER-2");
}

/* -- The cycle ---------------------------------------------------------------------------- */

static void audits_and_reviews(void **state)
{
    (void)state;
    static const char *const records[] = {
        HOUSE,
        "audit",
        "- {id: AUD-1, title: A, kind: internal, planned: 2026-06-01, auditor: PER-1}\n"
        "- {id: AUD-2, title: B, kind: internal, planned: 2026-02-01, held: 2026-02-01,"
        " scope_clauses: ['8.4']}\n"
        "- {id: AUD-3, title: C, kind: internal, planned: 2026-09-01, scope_clauses: ['6.1', "
        "'9']}\n",
        "audit_programme",
        "- {id: AUP-1, title: A, from_year: 2026, to_year: 2026, owner: ROL-1, slots: ["
        "{quarter: 2026-Q1, clauses: ['8.4.1', '5.1']}, {quarter: 2026-Q3, clauses: ['6.1', "
        "'8.4']}, {quarter: 2026-Q3, clauses: ['6.1', '9.2']}, {quarter: 2026-Q4, clauses: "
        "['9.3']}, {quarter: soon, clauses: ['8.4', '4']}]}\n",
        "management_review",
        "- {id: MRV-1, title: A, period_from: 2025-01-01, period_to: 2025-12-31,"
        " held: 2025-07-01, chair: ROL-1, next_date: 2026-06-15, outputs: ["
        "{kind: plan, decision: Do it, owner: ROL-1, due: 2026-06-01},"
        " {kind: plan, decision: Done, due: 2026-06-01, effected_by: AC-1},"
        " {kind: plan, decision: Vague}]}\n"
        "- {id: MRV-2, title: B, period_from: 2024-01-01, period_to: 2024-12-31,"
        " held: 2024-07-01, chair: ROL-1, next_date: 2025-06-15}\n",
        "action",
        "- {id: AC-1, title: A, kind: improvement, plan: p, due: 2026-05-01, owner: ROL-1,"
        " revised_due: [{date: 2026-06-30}]}\n"
        "- {id: AC-2, title: B, kind: corrective, plan: p, due: 2026-05-01, done_on: 2026-05-01,"
        " effect_due: 2026-06-01, effect_by: ROL-1}\n"
        "- {id: AC-3, title: C, kind: corrective, plan: p, due: 2026-05-01, done_on: 2026-05-01}\n"
        "- {id: AC-4, title: D, kind: corrective, plan: p, due: 2026-05-01, done_on: 2026-05-01,"
        " effect_due: 2026-06-01, effect_result: effective}\n"
        "- {id: AC-5, title: E, kind: corrective, plan: p, due: 2026-05-01, status: withdrawn}\n"
        "- {id: AC-6, title: F, kind: corrective, plan: p, due: 2026-09-01,"
        " effect_due: 2026-06-01}\n",
        "meeting",
        "- {id: MTG-1, title: A, kind: steering, date: 2026-01-01, next_date: 2026-02-01}\n"
        "- {id: MTG-2, title: B, kind: steering, date: 2026-03-01, next_date: 2026-06-01}\n"
        "- {id: MTG-3, title: C, kind: crisis, date: 2026-03-01, next_date: 2026-03-02}\n"
        "- {id: MTG-4, title: D, kind: cab, date: 2026-06-01, next_date: 2026-09-01}\n"
        "- {id: MTG-5, title: E, kind: cab, date: 2026-08-01}\n",
        NULL};
    struct model *m = model_of("", records);
    assert_str(told(m, "audit"), "2026-06-01! AUD-1 PER-1; 2026-09-01 AUD-3");
    assert_str(told(m, "audit-slot"), "2026-03-31! AUP-1 [clause 5.1 in 2026-Q1] ROL-1 PER-1; "
                                      "2026-09-30 AUP-1 [clause 8.4 in 2026-Q3] ROL-1 PER-1; "
                                      "2026-12-31 AUP-1 [clause 9.3 in 2026-Q4] ROL-1 PER-1; "
                                      "? AUP-1 [clause 4 in soon] ROL-1 PER-1");
    assert_str(told(m, "management-review"), "2026-06-15! MRV-1 [the one after MRV-1] ROL-1 PER-1");
    assert_str(told(m, "review-output"), "2026-06-01! MRV-1 [Do it] ROL-1 PER-1");
    assert_str(told(m, "action"), "2026-06-30 AC-1 ROL-1 PER-1; 2026-09-01 AC-6");
    assert_str(told(m, "effect"), "2026-06-01! AC-2 ROL-1 PER-1; ? AC-3");
    assert_str(told(m, "meeting"), "2026-06-01! MTG-2 [the one after MTG-2]; 2026-08-01 MTG-5");
}

static void house(void **state)
{
    (void)state;
    static const char *const records[] = {
        HOUSE,
        "objective",
        "- {id: OBJ-1, title: A, due: 2026-06-01, who: ROL-1}\n"
        "- {id: OBJ-2, title: B, due: 2026-06-01, status: closed}\n",
        "kpi",
        "- {id: KPI-1, title: A, direction: up, frequency: 30d,"
        " measurements: [{date: 2026-05-30, value: 1}]}\n"
        "- {id: KPI-2, title: B, direction: up, frequency: 90d,"
        " measurements: [{date: 2026-05-30, value: 1}, {date: 2026-01-01, value: 1}]}\n"
        "- {id: KPI-3, title: C, direction: up, measurements: [{date: 2026-05-30, value: 1}]}\n"
        "- {id: KPI-4, title: D, direction: up}\n",
        "strategy_option",
        "- {id: STR-1, title: A, for: SUP-1, phase: during, solution: s, decision: selected,"
        " due: 2026-06-01, owner: ROL-1}\n"
        "- {id: STR-2, title: B, for: SUP-1, phase: during, solution: s, decision: selected}\n"
        "- {id: STR-3, title: C, for: SUP-1, phase: during, solution: s, decision: rejected,"
        " due: 2026-06-01}\n"
        "- {id: STR-4, title: D, for: SUP-1, phase: during, solution: s, decision: selected,"
        " due: 2026-06-01, implemented_on: 2026-06-01}\n",
        "supplier",
        "- {id: SUP-1, title: A, services: s, critical: yes, reviews: [{date: 2025-06-29}]}\n"
        "- {id: SUP-2, title: B, services: s, critical: yes,"
        " onboarding: {due_diligence: 2026-01-01}}\n"
        "- {id: SUP-3, title: C, services: s}\n"
        "- {id: SUP-4, title: D, services: s, critical: yes}\n",
        "obligation",
        "- {id: OBL-1, title: A, kind: law, duty: d, checked_on: 2025-06-29, checker: ROL-1}\n"
        "- {id: OBL-2, title: B, kind: law, duty: d, created: 2026-01-01}\n"
        "- {id: OBL-3, title: C, kind: law, duty: d}\n",
        "interested_party",
        "- {id: PTY-1, title: A, kind: staff, feedback: [{date: 2026-06-01, text: t}]}\n"
        "- {id: PTY-2, title: B, kind: staff}\n",
        "change_trigger",
        "- {id: TRG-1, title: A, kind: system, assess_days: 5}\n",
        "change",
        "- {id: CHG-1, title: A, trigger: TRG-1, date: 2026-06-24, description: d, material: yes}\n"
        "- {id: CHG-2, title: B, trigger: TRG-1, date: 2026-06-24, description: d, material: no}\n"
        "- {id: CHG-3, title: C, trigger: TRG-1, date: 2026-06-24, description: d, material: yes,"
        " assessed_on: 2026-06-25}\n",
        "waiver",
        "- {id: WAV-1, title: A, check: DP1, record: SUP-1, reason: r, approver: ROL-1,"
        " expires: 2026-07-01, owner: ROL-1}\n"
        "- {id: WAV-2, title: B, check: DP1, record: SUP-1, reason: r, approver: ROL-1,"
        " expires: 2026-06-01, status: closed}\n",
        "roadmap_item",
        "- {id: RMP-1, title: A, phase: 30, due: 2026-06-01}\n"
        "- {id: RMP-2, title: B, phase: 30, due: 2026-06-01, done_on: 2026-06-01}\n",
        NULL};
    struct model *m = model_of("", records);
    assert_str(told(m, "objective"), "2026-06-01! OBJ-1 ROL-1 PER-1");
    assert_str(told(m, "measurement"), "2026-06-29! KPI-1; 2026-08-28 KPI-2; ?! KPI-4");
    assert_str(told(m, "strategy"), "2026-06-01! STR-1 ROL-1 PER-1; ? STR-2");
    assert_str(told(m, "supplier"), "2026-06-29! SUP-1; 2027-01-01 SUP-2; ?! SUP-4");
    assert_str(told(m, "obligation"), "2026-06-29! OBL-1 ROL-1 PER-1; 2027-01-01 OBL-2; ?! OBL-3");
    assert_str(told(m, "feedback"), "2027-06-01 PTY-1; ?! PTY-2");
    assert_str(told(m, "change"), "2026-06-29! CHG-1");
    assert_str(told(m, "waiver"), "2026-07-01 WAV-1 ROL-1 PER-1");
    assert_str(told(m, "roadmap"), "2026-06-01! RMP-1");
    struct due_run run = due_of(m, model_find(m, S("ROL-1")));
    assert_int_equal(run.count, 4);
    assert_int_equal(due_of(m, model_find(m, S("PER-1"))).count, 4);
    assert_int_equal(due_of(m, model_find(m, S("ROL-2"))).count, 0);
}

/* -- A copy that does not hold everything ------------------------------------------------- */

/* What may be withheld is neither late nor open: who can confirm it is not in this copy. */
static void copies(void **state)
{
    (void)state;
    static const char *const records[] = {
        "role",
        "- {id: ROL-1, title: A, kind: crisis, holder: PER-1, class: internal}\n",
        "person",
        "- {id: PER-1, title: Ann, class: internal}\n",
        "course",
        "- {id: CRS-1, title: A, required_by: [ROL-1], class: internal}\n",
        "audit_programme",
        "- {id: AUP-1, title: A, from_year: 2026, to_year: 2026, class: internal,"
        " slots: [{quarter: 2026-Q1, clauses: ['5.1']}]}\n",
        "meeting",
        "- {id: MTG-1, title: A, kind: steering, date: 2026-01-01, class: internal}\n"
        "- {id: MTG-2, title: B, kind: steering, date: 2026-06-01}\n",
        "exercise",
        "- {id: EXE-1, title: A, kind: drill, planned: 2026-06-01, owner: ROL-9, class: internal}\n"
        "- {id: EXE-2, title: B, kind: drill, planned: 2026-06-01}\n",
        "contact",
        "- {id: CON-1, title: A, kind: other, verified_on: 2020-01-01, class: internal}\n",
        NULL};
    static const char settings[] = "audiences: [{id: staff, title: S, clearance: internal}]\n"
                                   "classes: [{of: contact.verified_on, class: confidential}]\n";
    struct model *whole = load(settings, records);
    derive_lifecycle(whole);
    model_classify(whole);
    struct model_copy how = {.clearance = CLASS_INTERNAL};
    struct model *m = settle(model_for(whole, memory, &how));
    assert_str(told(m, "training"), "");
    assert_str(told(m, "audit-slot"), "");
    assert_str(told(m, "meeting"), "");
    assert_str(told(m, "contact"), "");
    assert_str(told(m, "exercise"), "2026-06-01! EXE-1");
    assert_true(m->due->items[0].is_owner_withheld);
    struct model *all = settle(whole);
    assert_str(told(all, "training"), "?! CRS-1 [Ann] ROL-1 PER-1");
    assert_str(told(all, "audit-slot"), "2026-03-31! AUP-1 [clause 5.1 in 2026-Q1]");
    assert_str(told(all, "meeting"), "2026-10-01 MTG-2 [the one after MTG-2]");
    assert_str(told(all, "contact"), "2020-06-29! CON-1");
}

/* -- The calendar file -------------------------------------------------------------------- */

static struct due_run all_of(const struct model *m)
{
    struct due_run run = {NEW_ARRAY(memory, const struct due_item *, m->due->count + 1), 0, 0};
    for (size_t i = 0; i < m->due->count; i++)
        run.items[run.count++] = &m->due->items[i];
    return run;
}

/* Every line is short, ends with CRLF and cuts no letter; gives what they say unfolded. */
static str unfolded(str ics)
{
    enum { LINE_BYTES_MAX = 75 };
    struct buf out = buf_in(memory, ics.n);
    while (ics.n != 0) {
        size_t end = str_find(ics, S("\r\n"), 0);
        assert_true(end != SIZE_MAX && end <= LINE_BYTES_MAX && end != 0);
        str line = str_from_to(ics, 0, end);
        assert_int_equal(utf8_invalid_at(line), SIZE_MAX);
        assert_int_equal(str_find_char(line, '\n', 0), SIZE_MAX);
        bool goes_on = line.p[0] == ' ';
        if (!goes_on && out.n != 0)
            buf_char(&out, '\n');
        buf_add(&out, goes_on ? str_skip(line, 1) : line);
        ics = str_skip(ics, end + 2);
    }
    return buf_str(&out);
}

#define FIRE  "\xf0\x9f\x94\xa5"
#define FIRES FIRE FIRE FIRE FIRE FIRE FIRE FIRE FIRE FIRE FIRE FIRE FIRE

static void calendar(void **state)
{
    (void)state;
    static const char *const records[] = {
        HOUSE,
        "exercise",
        "- {id: EXE-1, title: \"A; b, c\\\\d e " FIRES FIRES
        "END:VEVENT\", kind: drill, planned: 2026-02-28, owner: ROL-1}\n",
        "battle_box",
        "- {id: BOX-1, title: B, place: SIT-1, items: [{name: Torch, expiry: 2026-12-31},"
        " {name: Torch, expiry: 2027-01-01}]}\n",
        "site",
        "- {id: SIT-1, title: A, address: a}\n",
        NULL};
    struct model *m = model_of("", records);
    struct due_run run = all_of(m);
    struct ics_world world = {m, S("N, x\ny\r\x07\tz"), S("https://x.example/a b/")};
    str ics = data_ics(memory, &world, &run), text = unfolded(ics);
    assert_true(str_starts(text, S("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:")));
    assert_true(str_ends(text, S("END:VEVENT\nEND:VCALENDAR")));
    assert_true(str_find(text, S("\nX-WR-CALNAME:N\\, x\\ny z\n"), 0) != SIZE_MAX);
    assert_true(str_find(text, S("\nX-WR-CALDESC:1 thing without a day is not in it.\n"), 0) !=
                SIZE_MAX); /* the box was never checked */
    assert_true(str_find(text, S("SUMMARY:Hold the exercise – A\\; b\\, c\\\\d e "), 0) !=
                SIZE_MAX);
    assert_true(str_find(text, S("END:VEVENT (EXE-1)\n"), 0) != SIZE_MAX);
    assert_true(str_find(text,
                         S("\nDTSTAMP:20260630T000000Z\nDTSTART;VALUE=DATE:20260228\n"
                           "DTEND;VALUE=DATE:20260301\n"),
                         0) != SIZE_MAX);
    assert_true(str_find(text, S("\nURL:https://x.example/a%20b/to/exe-1/\n"), 0) != SIZE_MAX);
    assert_true(
        str_find(text,
                 S("\\nHolder: Ann (PER-1)\\nOverdue as of 30 June 2026\nCATEGORIES:Exercise\n"),
                 0) != SIZE_MAX);
    assert_true(str_find(text, S("\nUID:exe-1.exercise@"), 0) != SIZE_MAX);
    assert_true(str_find(text, S(".2@"), 0) != SIZE_MAX); /* the second torch */
    assert_str(data_ics(memory, &world, &run), str_c(memory, ics));
}

/* Lines of every length are folded at the right byte. */
static void folding(void **state)
{
    (void)state;
    for (size_t n = 40; n < 160; n++) {
        struct buf title = buf_in(memory, 256);
        for (size_t i = 0; i < n; i++)
            buf_add(&title, i % 3 == 0 ? S("\xc3\xa9") : S("x"));
        str yaml = str_fmt(memory,
                           "- {id: SIT-1, title: " STR_FMT ", address: a, next_review: "
                           "2026-07-01}\n",
                           STR_ARG(buf_str(&title)));
        const char *records[] = {"site", str_c(memory, yaml), NULL};
        struct model *m = model_of("", records);
        struct due_run run = all_of(m);
        struct ics_world world = {m, S("N"), S("")};
        str text = unfolded(data_ics(memory, &world, &run));
        assert_true(str_find(text, buf_str(&title), 0) != SIZE_MAX);
        assert_int_equal(str_find(text, S("\nURL"), 0), SIZE_MAX);
        arena_reset(memory);
    }
}

int unit_due(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test(reviews),
        cmocka_unit_test(documents),
        cmocka_unit_test(approved_documents),
        cmocka_unit_test(response),
        cmocka_unit_test(people),
        cmocka_unit_test(audits_and_reviews),
        cmocka_unit_test(house),
        cmocka_unit_test(copies),
        cmocka_unit_test(calendar),
        cmocka_unit_test(folding),
    };
    memory = arena_new("unit", (size_t)256 << 20);
    int failed = unit_run("due", cases);
    arena_free(memory);
    return failed;
}
