/* model/suppliers: which suppliers matter, whether they were looked at, and what they promise. */
#ifndef MODEL_SUPPLIERS_H
#define MODEL_SUPPLIERS_H

#include "model/model.h"

/* Marked so, or to be back as soon as what is prioritised; once recovery is derived. */
bool supplier_is_critical(const struct model *m, const struct record *supplier);
/* Reviewed last, or else taken on after due diligence; DATE_NONE: never, or unknown. */
date supplier_last_look(const struct record *supplier);
/* Somebody has written a day of due diligence, whether or not it can be told. */
bool supplier_has_onboarding(const struct record *supplier);
/* Looked at within the months of the house. */
enum truth supplier_is_reviewed(const struct model *m, const struct record *supplier);

/* DURATION_NONE: nothing is required, or promised. */
bool promise_is_kept(duration required, duration promised);
/* What is required is promised, of time and of data; without a requirement nothing is. */
enum truth supplier_promises(const struct model *m, const struct record *supplier);

#endif
