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

#endif
