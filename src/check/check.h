/* check: model → findings.
 *
 * Structure first: everything that must hold before anything is derived or
 * drawn (rules X). Documents' own text is checked when they are assembled
 * (form/doc), with the rules of this folder. The model must be linked. */
#ifndef CHECK_H
#define CHECK_H

#include "model/model.h"

void check_structure(const struct model *m, struct diags *d);

#endif
