/* form/table/improve: from what was found to what was changed by it (clauses 10.1 and 10.2).
 *
 * One log of all actions, how old the open ones are and whose, what each source of findings
 * leads to, and the story of what changed, why and from where. All in `a`, never NULL. Of a copy
 * that does not hold everything they tell of that copy: what it does not say is neither open
 * nor closed. What is withdrawn, or of a later day, does not count. */
#ifndef FORM_TABLE_IMPROVE_H
#define FORM_TABLE_IMPROVE_H

#include "form/table/table.h"
#include "model/model.h"

/* Every action with its source, cause, remedy, dates and check; what is open and late first. */
const struct table *action_log(struct arena *a, const struct model *m);
/* How one action stands, as labels and values: what follows from it and is not written in it.
 * None when it does not count. */
const struct table *action_facts(struct arena *a, const struct model *m,
                                 const struct record *action);
/* Open actions by owner and age, with what is overdue; the last row adds them up. */
const struct table *action_ageing(struct arena *a, const struct model *m);
/* A row for each source and grade of findings; the last one is of all of them. */
const struct table *findings_by_source(struct arena *a, const struct model *m);

/* What changed, why and from where; what has not come first, then the newest (improve/story.h). */
const struct table *story_table(struct arena *a, const struct model *m);

/* How far an action is, as a chip; `open` of its updates have not come. */
struct cell action_state(struct arena *a, const struct model *m, const struct record *action,
                         size_t open);
/* "5 actions are not listed …" or empty: how many of a type are withdrawn. */
str withdrawn_note(struct arena *a, const struct model *m, enum type_id type);

#endif
