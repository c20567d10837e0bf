/* model/limits: the limits and frequencies that the rules and the analysis go by.
 *
 * The house sets them under `limits:` in content/continuo.yaml (S2.22); what it leaves
 * open has the value of the table in limits.c, none of which a standard prescribes. */
#ifndef MODEL_LIMITS_H
#define MODEL_LIMITS_H

#include "model/model.h"

/* Of a LIMITS_ field: whole numbers, in the unit that the key ends with. */
long long model_limit(const struct model *m, enum field_id limit);
duration model_limit_duration(const struct model *m, enum field_id limit);

/* All of them, in the order of the schema. */
size_t limit_count(void);
enum field_id limit_at(size_t index);
long long limit_usual(enum field_id limit);                          /* of a duration in minutes */
bool model_limit_is_set(const struct model *m, enum field_id limit); /* by the house */

#endif
