/* check/cycle/governance: who steers, the processes of the system, its meetings (GV1-GV7). */
#include "check/check_int.h"

#include <stdlib.h>

#include "model/due.h"
#include "model/limits.h"
#include "model/meetings.h"

/* -- Owner and sponsor (GV1, GV2) ------------------------------------------------------------- */

struct parts {
    const struct record **owners;
    size_t owner_count, owner_cap, sponsor_count;
    bool is_begun; /* there is a system that somebody could own */
};

/* A folder of documents alone is no management system. */
static struct parts parts_of(const struct checker *c)
{
    struct parts parts = {.is_begun = model_list(c->model, TYPE_SCOPE)->count != 0 ||
                                      model_list(c->model, TYPE_PROCESS)->count != 0};
    const struct record_list *roles = model_list(c->model, TYPE_ROLE);
    for (size_t i = 0; i < roles->count; i++) {
        const struct record *r = roles->items[i];
        str part = rec_text(r, ROLE_BCMS_PART);
        if (part.n == 0 || !rec_is_live(r))
            continue;
        parts.is_begun = true;
        parts.sponsor_count += str_eq(part, S("sponsor"));
        if (str_eq(part, S("owner")))
            PUSH(c->scratch, parts.owners, parts.owner_count, parts.owner_cap,
                 const struct record *) = r;
    }
    return parts;
}

static void check_owner(struct checker *c, const struct parts *parts)
{
    const struct record *workspace = c->model->workspace;
    if (parts->owner_count == 0) {
        check_report(c, CHECK_RULE_OWNER, check_house(c), workspace->span,
                     "no role is the owner of the BCMS");
        return;
    }
    const struct record *first = parts->owners[0];
    for (size_t i = 1; i < parts->owner_count; i++) {
        const struct record *other = parts->owners[i];
        check_report(c, CHECK_RULE_OWNER, other, check_place(other, ROLE_BCMS_PART),
                     "'" STR_FMT "' is a second owner of the BCMS", STR_ARG(other->id));
        diag_related(c->diags, check_place(first, ROLE_BCMS_PART), "'" STR_FMT "' is the first",
                     STR_ARG(first->id));
    }
    if (rec_lacks(first, ROLE_AUTHORITY))
        check_report(c, CHECK_RULE_OWNER, first, first->id_span,
                     "nothing says what the owner of the BCMS, '" STR_FMT "', has authority for",
                     STR_ARG(first->id));
}

static void check_parts(struct checker *c, const struct parts *parts)
{
    const struct record *workspace = c->model->workspace;
    if (!parts->is_begun)
        return;
    check_owner(c, parts);
    if (parts->sponsor_count == 0)
        check_report(c, CHECK_RULE_SPONSOR, check_house(c), workspace->span,
                     "no role is the executive sponsor of the BCMS");
}

/* -- RACI (GV3) ------------------------------------------------------------------------------- */

/* That there is none at all is X9. */
static void check_raci(struct checker *c, const struct record *r)
{
    const struct field_value *v = rec_value(r, RACI_ACCOUNTABLE);
    if (v->state == FV_PRESENT && v->list.count > 1)
        check_report(c, CHECK_RULE_ACCOUNTABLE, r, v->span,
                     "'" STR_FMT "' has %zu accountable roles instead of one", STR_ARG(r->id),
                     v->list.count);
}

/* -- The processes (GV4, GV5) ----------------------------------------------------------------- */

static void check_process(struct checker *c, const struct record *r)
{
    static const struct {
        enum field_id field;
        str name;
    } asked[] = {
        {COMMON_OWNER, S_INIT("owner")},
        {PROCESS_INPUTS, S_INIT("input")},
        {PROCESS_OUTPUTS, S_INIT("output")},
        {PROCESS_RECORDS, S_INIT("record")},
    };
    str lacking[COUNT_OF(asked)];
    size_t count = 0;
    for (size_t i = 0; i < COUNT_OF(asked); i++)
        if (rec_lacks(r, asked[i].field))
            lacking[count++] = asked[i].name;
    if (count != 0)
        check_report(c, CHECK_RULE_PROCESS_BARE, r, r->id_span,
                     "the process '" STR_FMT "' has no " STR_FMT, STR_ARG(r->id),
                     STR_ARG(str_join(c->scratch, lacking, count, S(", no "))));
}

/* Items that one process says it hands to another, and those that the other takes from it. */
struct handoffs {
    struct map given, taken; /* key_of → the process */
};

static str key_of(const struct checker *c, const struct record *giver, const struct record *taker,
                  str item)
{
    return str_fmt(c->scratch, "%zu %zu " STR_FMT, giver->number, taker->number,
                   STR_ARG(str_lower(c->scratch, str_trim(item))));
}

static void note_takers(const struct checker *c, struct handoffs *h, const struct record *r,
                        const struct record *output)
{
    size_t count;
    const struct field_value *to = rec_items(output, OUTPUT_TO, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *taker = field_target_of(&to[i], TYPE_PROCESS);
        if (taker != NULL)
            map_put(&h->given, key_of(c, r, taker, rec_text(output, OUTPUT_ITEM)), (void *)r);
    }
}

static void note_outputs(const struct checker *c, struct handoffs *h, const struct record *r)
{
    size_t count;
    const struct field_value *outputs = rec_items(r, PROCESS_OUTPUTS, &count);
    for (size_t i = 0; i < count; i++)
        if (field_target(&outputs[i]) != NULL)
            note_takers(c, h, r, outputs[i].record);
}

static void note_inputs(const struct checker *c, struct handoffs *h, const struct record *r)
{
    size_t count;
    const struct field_value *inputs = rec_items(r, PROCESS_INPUTS, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *input = field_target(&inputs[i]);
        const struct record *giver = input ? rec_ref_to(input, INPUT_FROM, TYPE_PROCESS) : NULL;
        if (giver != NULL)
            map_put(&h->taken, key_of(c, giver, r, rec_text(input, INPUT_ITEM)), (void *)r);
    }
}

static void check_takers(struct checker *c, const struct handoffs *h, const struct record *r,
                         const struct record *output)
{
    size_t count;
    const struct field_value *to = rec_items(output, OUTPUT_TO, &count);
    str item = rec_text(output, OUTPUT_ITEM);
    for (size_t i = 0; i < count; i++) {
        const struct record *taker = field_target_of(&to[i], TYPE_PROCESS);
        if (taker == NULL || map_find(&h->taken, key_of(c, r, taker, item)) != NULL)
            continue;
        check_report(c, CHECK_RULE_HANDOFF, r, to[i].span,
                     "'" STR_FMT "' hands '" STR_FMT "' to '" STR_FMT "', which does not take it",
                     STR_ARG(r->id), STR_ARG(diag_quote(item)), STR_ARG(taker->id));
        diag_related(c->diags, check_place(taker, PROCESS_INPUTS), "its inputs are here");
    }
}

static void check_outputs(struct checker *c, const struct handoffs *h, const struct record *r)
{
    size_t count;
    const struct field_value *outputs = rec_items(r, PROCESS_OUTPUTS, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *output = field_target(&outputs[i]);
        if (output == NULL)
            continue;
        check_takers(c, h, r, output);
        if (rec_lacks(output, OUTPUT_TO) && rec_lacks(output, OUTPUT_EXTERNAL))
            check_report(c, CHECK_RULE_HANDOFF, r, outputs[i].span,
                         "nobody takes '" STR_FMT "' from '" STR_FMT "'",
                         STR_ARG(diag_quote(rec_text(output, OUTPUT_ITEM))), STR_ARG(r->id));
    }
}

static void check_input(struct checker *c, const struct handoffs *h, const struct record *r,
                        const struct record *input)
{
    const struct record *giver = rec_ref_to(input, INPUT_FROM, TYPE_PROCESS);
    str item = rec_text(input, INPUT_ITEM);
    if (rec_lacks(input, INPUT_FROM) && rec_lacks(input, INPUT_EXTERNAL))
        check_report(c, CHECK_RULE_HANDOFF, r, input->span,
                     "nobody gives '" STR_FMT "' to '" STR_FMT "'", STR_ARG(diag_quote(item)),
                     STR_ARG(r->id));
    if (giver == NULL || map_find(&h->given, key_of(c, giver, r, item)) != NULL)
        return;
    check_report(c, CHECK_RULE_HANDOFF, r, check_place(input, INPUT_FROM),
                 "'" STR_FMT "' takes '" STR_FMT "' from '" STR_FMT
                 "', which does not hand it to it",
                 STR_ARG(r->id), STR_ARG(diag_quote(item)), STR_ARG(giver->id));
    diag_related(c->diags, check_place(giver, PROCESS_OUTPUTS), "its outputs are here");
}

static void check_processes(struct checker *c)
{
    const struct record_list *list = model_list(c->model, TYPE_PROCESS);
    struct handoffs h = {map_in(c->scratch), map_in(c->scratch)};
    for (size_t i = 0; i < list->count; i++) {
        note_outputs(c, &h, list->items[i]);
        note_inputs(c, &h, list->items[i]);
    }
    for (size_t i = 0; i < list->count; i++) {
        const struct record *r = list->items[i];
        size_t count;
        const struct field_value *inputs = rec_items(r, PROCESS_INPUTS, &count);
        if (!rec_is_live(r))
            continue;
        check_process(c, r);
        check_outputs(c, &h, r);
        for (size_t k = 0; k < count; k++)
            if (field_target(&inputs[k]) != NULL)
                check_input(c, &h, r, inputs[k].record);
    }
}

/* -- Meetings of the steering group (GV6, GV7) ------------------------------------------------ */

static int by_day(const void *x, const void *y)
{
    const struct record *a = *(const struct record *const *)x;
    const struct record *b = *(const struct record *const *)y;
    date day_a = rec_date(a, MEETING_DATE), day_b = rec_date(b, MEETING_DATE);
    if (day_a != day_b)
        return day_a < day_b ? -1 : 1;
    return a->number < b->number ? -1 : a->number > b->number;
}

static void check_cadence(struct checker *c, const struct record *last)
{
    long long months = model_limit(c->model, LIMITS_MEETING_MONTHS);
    date day = rec_date(last, MEETING_DATE), next = rec_date(last, MEETING_NEXT_DATE);
    if (!due_is_past(c->model, due_steering(c->model, last)))
        return;
    if (check_is_past(c, next))
        check_report(c, CHECK_RULE_CADENCE, last, check_place(last, MEETING_NEXT_DATE),
                     "no steering meeting is on record since '" STR_FMT "', though the next was "
                     "to be on " STR_FMT,
                     STR_ARG(last->id), STR_ARG(check_day_words(c, next)));
    else
        check_report(c, CHECK_RULE_CADENCE, last, check_place(last, MEETING_DATE),
                     "no steering meeting is on record since '" STR_FMT "' on " STR_FMT
                     ", more than %lld months ago",
                     STR_ARG(last->id), STR_ARG(check_day_words(c, day)), months);
}

static bool is_empty(const struct record *meeting)
{
    return rec_lacks(meeting, MEETING_DECISIONS) && rec_lacks(meeting, MEETING_ACTIONS);
}

/* Only the run up to now can still be mended. */
static void check_yield(struct checker *c, const struct record *const *held, size_t count)
{
    long long most = model_limit(c->model, LIMITS_EMPTY_MEETINGS), run = 0;
    while ((size_t)run < count && is_empty(held[count - 1 - (size_t)run]))
        run++;
    if (run <= most)
        return;
    const struct record *last = held[count - 1];
    check_report(c, CHECK_RULE_EMPTY_MEETINGS, last, check_place(last, MEETING_DATE),
                 "the last %lld steering meetings, up to '" STR_FMT
                 "', led to no decision and no action",
                 run, STR_ARG(last->id));
}

static void check_meetings(struct checker *c, bool is_begun)
{
    const struct record_list *list = model_list(c->model, TYPE_MEETING);
    const struct record *workspace = c->model->workspace;
    const struct record **held = NEW_ARRAY(c->scratch, const struct record *, list->count + 1);
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++)
        if (str_eq(rec_text(list->items[i], MEETING_KIND), S("steering")) &&
            meeting_was_held(c->model, list->items[i]))
            held[count++] = list->items[i];
    if (count == 0) {
        if (is_begun)
            check_report(c, CHECK_RULE_CADENCE, check_house(c), workspace->span,
                         "no steering meeting of the BCMS is on record");
        return;
    }
    qsort(held, count, sizeof *held, by_day);
    check_cadence(c, held[count - 1]);
    check_yield(c, held, count);
}

void check_governance(struct checker *c)
{
    struct parts parts = parts_of(c);
    check_parts(c, &parts);
    check_each_live(c, TYPE_RACI, check_raci);
    check_processes(c);
    check_meetings(c, parts.is_begun);
}
