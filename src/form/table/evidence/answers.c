/* form/table/evidence/answers: what the records say to an auditor's question, in a sentence. */
#include "form/table/evidence.h"

#include <assert.h>

/* -- Counting ------------------------------------------------------------------------------ */

static size_t count_items(const struct record *r, enum field_id field)
{
    size_t count;
    rec_items(r, field, &count);
    return count;
}

static size_t count_with(const struct record_list *l, enum field_id field)
{
    size_t count = 0;
    for (size_t i = 0; i < l->count; i++)
        count += rec_has(l->items[i], field);
    return count;
}

static size_t count_word(const struct record_list *l, enum field_id field, str word)
{
    size_t count = 0;
    for (size_t i = 0; i < l->count; i++)
        count += str_eq(rec_text(l->items[i], field), word);
    return count;
}

/* -- Scope: what is in, what is out and why, and what is done outside of it -------------------- */

static bool is_scoped(const struct record *unit)
{
    const struct field_def *in = NULL;
    for (size_t i = 0; i < unit->back_count; i++) {
        const struct record *scope = unit->back[i].from;
        if (scope->type->number != TYPE_SCOPE)
            continue;
        in = &scope->type->fields[schema_slot(scope->type, SCOPE_IN_UNITS)];
        if (unit->back[i].field == in)
            return true;
    }
    return false;
}

static size_t count_scoped_activities(const struct model *m)
{
    const struct record_list *l = model_list(m, TYPE_ACTIVITY);
    size_t count = 0;
    for (size_t i = 0; i < l->count; i++) {
        const struct record *unit = rec_ref(l->items[i], ACTIVITY_UNIT);
        count += unit != NULL && is_scoped(unit);
    }
    return count;
}

static void count_exclusions(const struct record *scope, size_t *all, size_t *with_reason)
{
    size_t count;
    const struct field_value *v = rec_items(scope, SCOPE_EXCLUSIONS, &count);
    for (size_t i = 0; i < count; i++) {
        if (v[i].state != FV_PRESENT)
            continue;
        ++*all;
        *with_reason += rec_has(v[i].record, EXCLUSION_RATIONALE);
    }
}

static str answer_scope(struct arena *a, const struct model *m)
{
    const struct record_list *scopes = model_list(m, TYPE_SCOPE);
    size_t in[4] = {0}, out = 0, with_reason = 0;
    static const enum field_id field[] = {SCOPE_IN_UNITS, SCOPE_IN_SITES, SCOPE_IN_PRODUCTS,
                                          SCOPE_IN_TECHNOLOGIES};
    for (size_t i = 0; i < scopes->count; i++) {
        for (size_t f = 0; f < 4; f++)
            in[f] += count_items(scopes->items[i], field[f]);
        count_exclusions(scopes->items[i], &out, &with_reason);
    }
    return str_fmt(a,
                   "In scope: %zu units, %zu sites, %zu products and services, %zu technologies. "
                   "Left out: %zu, of them %zu with a reason. "
                   "%zu of %zu activities belong to units in scope.",
                   in[0], in[1], in[2], in[3], out, with_reason, count_scoped_activities(m),
                   model_list(m, TYPE_ACTIVITY)->count);
}

/* -- The others ---------------------------------------------------------------------------- */

static str answer_interaction(struct arena *a, const struct model *m)
{
    const struct record_list *l = model_list(m, TYPE_PROCESS);
    size_t in = 0, out = 0;
    for (size_t i = 0; i < l->count; i++) {
        in += count_items(l->items[i], PROCESS_INPUTS);
        out += count_items(l->items[i], PROCESS_OUTPUTS);
    }
    return str_fmt(a, "%zu processes take in %zu things and hand on %zu. %zu have an owner.",
                   l->count, in, out, count_with(l, COMMON_OWNER));
}

static str answer_change(struct arena *a, const struct model *m)
{
    const struct record_list *l = model_list(m, TYPE_CHANGE);
    size_t material = 0;
    for (size_t i = 0; i < l->count; i++)
        material += rec_bool(l->items[i], CHANGE_MATERIAL);
    return str_fmt(a,
                   "%zu changes were reported, %zu of them material. %zu were assessed, %zu led to "
                   "a new version of something, %zu are closed.",
                   l->count, material, count_with(l, CHANGE_ASSESSED_ON),
                   count_with(l, CHANGE_UPDATES), count_with(l, CHANGE_CLOSED_ON));
}

static str answer_improvement(struct arena *a, const struct model *m)
{
    const struct record_list *l = model_list(m, TYPE_ACTION);
    return str_fmt(a,
                   "%zu of %zu actions are done. The effect of %zu was checked: %zu effective, %zu "
                   "in part, %zu not.",
                   count_with(l, ACTION_DONE_ON), l->count, count_with(l, ACTION_EFFECT_RESULT),
                   count_word(l, ACTION_EFFECT_RESULT, S("effective")),
                   count_word(l, ACTION_EFFECT_RESULT, S("partly")),
                   count_word(l, ACTION_EFFECT_RESULT, S("not")));
}

str question_answer(struct arena *a, const struct model *m, size_t question)
{
    static str (*const answer[])(struct arena * a, const struct model *m) = {
        answer_scope, answer_interaction, gate_sentence, answer_change, answer_improvement};
    assert(question < COUNT_OF(answer) && question < QUESTION_COUNT);
    return answer[question](a, m);
}
