/* form/table/crisis: what counts first in a crisis, picked from a model.
 *
 * The crisis page and the crisis card put the same things in the same order.
 * Records that are over are not among them. Lists live in the arena; records are
 * the model's. */
#ifndef FORM_CRISIS_H
#define FORM_CRISIS_H

#include "model/model.h"

struct crisis_list {
    const struct record **items;
    size_t count;
};

/* The plan that says what to do in the first hour; NULL: none does. */
const struct record *crisis_plan(const struct model *m);
/* Roles that take decisions, those of a crisis first. */
struct crisis_list crisis_deciders(struct arena *a, const struct model *m);
/* Who sits in the crisis team: leads and members of teams of that kind, then those who take
 * decisions in a crisis. */
struct crisis_list crisis_members(struct arena *a, const struct model *m);
/* External contacts, those for emergencies first. */
struct crisis_list crisis_contacts(struct arena *a, const struct model *m);
/* The number to call, by day and night where there is one; "" for none. */
str crisis_number(const struct record *contact);
/* "Decided by: Crisis lead, within 30 minutes. Team: Crisis team"; may be empty. */
str crisis_decision(struct arena *a, const struct record *threshold);

struct crisis_phone {
    str label, number; /* "Mobile", "+44 1632 960911" */
};
/* Numbers that can be dialled, up to `most`; private ones stay out. NULL has none. */
size_t crisis_phones(struct arena *a, const struct record *person, struct crisis_phone *out,
                     size_t most);
bool crisis_can_dial(str text); /* it holds a digit */

/* After how many days a copy counts as old, and the first such day. */
long long crisis_copy_days(const struct model *m);
date crisis_valid_until(const struct model *m);

#endif
