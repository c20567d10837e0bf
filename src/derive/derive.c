/* derive: model → facts, in the order in which they rest on each other. */
#include "derive/derive.h"

#include "derive/due.h"
#include "derive/evidence.h"
#include "derive/figures.h"
#include "derive/lifecycle.h"
#include "derive/recovery.h"
#include "derive/review.h"
#include "model/later.h"

enum { PAST_BYTES_MAX = 0x7FFFFFFF }; /* as much as the site may have */

void derive_settle(struct model *m)
{
    derive_lifecycle(m);
    model_link(m);
}

static void derive_of_day(struct model *m)
{
    model_forget_later(m);
    derive_recovery(m);
    derive_evidence(m);
    derive_review(m);
}

void derive_facts(struct model *m)
{
    derive_of_day(m);
    derive_figures(m);
    derive_due(m);
}

struct model *derive_as_of(const struct model *m, date day)
{
    struct model *past = model_as_of(m, arena_new("past", PAST_BYTES_MAX), day, NULL);
    derive_settle(past);
    derive_of_day(past);
    return past;
}

void derive_as_of_free(struct model *past)
{
    arena_free(past->arena);
}
