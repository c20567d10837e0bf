/* model/readers: who must have read a document, and who has.
 *
 * Its readers are the people who hold the roles of its distribution list, and those
 * who lead or belong to the teams of it. Only documents with `acknowledge: yes` ask
 * for a confirmation, of the version at hand. */
#ifndef MODEL_READERS_H
#define MODEL_READERS_H

#include "model/model.h"

struct reader {
    const struct record *person;
    const struct record *role;            /* through which; the first of several */
    const struct record *acknowledgement; /* of this version, by the as-of day; NULL: not yet */
};

struct readers {
    struct reader *items; /* in order of the distribution list, each person once */
    size_t count, cap;
    size_t confirmed;
};

/* After model_link. Empty for a document that asks for no confirmation. */
struct readers document_readers(struct arena *a, const struct model *m, const struct record *r);
/* Percent of the readers who must have confirmed: the workspace's, or 90. */
long long readers_target(const struct model *m);
/* Days until a confirmation, a receipt or a recalled copy is late: the workspace's, or 30. */
long long receipt_days(const struct model *m);
/* By when the readers of a document have to confirm: they have some time after a version begins to
 * hold. DATE_NONE: nobody knows when it does. */
date reading_due(const struct model *m, const struct record *document);

#endif
