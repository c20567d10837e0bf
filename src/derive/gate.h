/* derive/gate: the minimum evidence, and whether the system lives (S0.63, S0.68). */
#ifndef DERIVE_GATE_H
#define DERIVE_GATE_H

#include "model/evidence.h"

/* Fills e.gate and e.paper; m.evidence is e, with its standings. */
void derive_gate(struct evidence *e, const struct model *m);

#endif
