/* model/limits: the limits and frequencies that the rules and the analysis go by. */
#include "model/limits.h"

#include <assert.h>

/* Yearly where the standard asks for planned intervals, as most houses do. */
static const struct {
    enum field_id field;
    long long value; /* of a duration in minutes */
} usual[] = {
    {LIMITS_CRITICAL_RTO, 3 * MINUTES_PER_DAY},
    {LIMITS_HIGH_RISK, 12},
    {LIMITS_MEDIUM_RISK, 6},
    {LIMITS_BIA_MONTHS, 12},
    {LIMITS_PROOF_MONTHS, 12},
    {LIMITS_SINGLE_POINT, 2},
    {LIMITS_OBLIGATION_MONTHS, 12},
    {LIMITS_FEEDBACK_MONTHS, 12},
    {LIMITS_SUPPLIER_REVIEW_MONTHS, 12},
    {LIMITS_CONTACT_DAYS, 180},
    {LIMITS_CALL_DEPTH, 4},
    {LIMITS_CALL_TEST_MONTHS, 12},
    {LIMITS_BOX_CHECK_MONTHS, 6},
    {LIMITS_EXERCISE_MONTHS, 12},
    {LIMITS_REPORT_DAYS, 30},
    {LIMITS_COVERAGE_PERCENT, 80},
    {LIMITS_INCIDENT_REVIEW_DAYS, 30},
    {LIMITS_ANSWER_DAYS, 30},
    {LIMITS_DUE_MOVES, 2},
    {LIMITS_ASSESS_DAYS, 30},
    {LIMITS_SILENT_TRIGGER_MONTHS, 12},
    {LIMITS_NEW_HOLDER_DAYS, 90},
    {LIMITS_AWARENESS_PERCENT, 80},
    {LIMITS_AUDIT_MONTHS, 36},
    {LIMITS_REVIEW_MONTHS, 12},
    {LIMITS_MEETING_MONTHS, 4},
    {LIMITS_EMPTY_MEETINGS, 2},
    {LIMITS_EVALUATION_MONTHS, 12},
    {LIMITS_EVIDENCE_MONTHS, 12},
    {LIMITS_TELL_DAYS, 30},
    {LIMITS_PAPER_SYSTEM_MONTHS, 6},
};

enum { LIMIT_COUNT = COUNT_OF(usual) };

size_t limit_count(void)
{
    return LIMIT_COUNT;
}

enum field_id limit_at(size_t index)
{
    assert(index < LIMIT_COUNT);
    return usual[index].field;
}

long long limit_usual(enum field_id limit)
{
    size_t i = 0;
    while (usual[i].field != limit) {
        i++;
        assert(i < LIMIT_COUNT);
    }
    return usual[i].value;
}

long long model_limit(const struct model *m, enum field_id limit)
{
    const struct record *own = rec_ref(m->workspace, WORKSPACE_LIMITS);
    return own == NULL ? limit_usual(limit) : rec_int(own, limit, limit_usual(limit));
}

duration model_limit_duration(const struct model *m, enum field_id limit)
{
    const struct record *own = rec_ref(m->workspace, WORKSPACE_LIMITS);
    duration set = own == NULL ? DURATION_NONE : rec_duration(own, limit);
    return set == DURATION_NONE ? limit_usual(limit) : set;
}

bool model_limit_is_set(const struct model *m, enum field_id limit)
{
    const struct record *own = rec_ref(m->workspace, WORKSPACE_LIMITS);
    return own != NULL && rec_has(own, limit);
}
