/* model/paper: the numbered paper copies of a binder or document, and what is late about them.
 *
 * A copy that is out is either confirmed or not, and either called back or not. Receipts
 * and recalled copies are due within receipt_days (model/readers). What holds now is
 * the version in force of a document; of a binder it is its own, and where it keeps none the one
 * that was issued last. What was withdrawn or superseded holds in no version. */
#ifndef MODEL_PAPER_H
#define MODEL_PAPER_H

#include "model/model.h"

enum paper_state {
    PAPER_UNKNOWN, /* this copy of the content does not say */
    PAPER_NOT_ISSUED,
    PAPER_OUT,
    PAPER_RECALLED,
    PAPER_DESTROYED,
};

struct paper {
    const struct record *copy; /* the part of type `copy` */
    enum paper_state state;
    bool is_confirmed; /* its receipt */
    date due;          /* of the receipt (PAPER_OUT, not confirmed) or of the copy (PAPER_RECALLED);
                          DATE_NONE: nothing is, or the day is not known */
    bool is_late;      /* PAPER_OUT: the receipt is overdue; PAPER_RECALLED: the copy is */
    bool is_old;       /* its version holds no more; false where it does not say which it is */
};

struct papers {
    const struct paper *items; /* in the order in which they are written */
    size_t count;
    str version; /* that holds now; "": none, or none is known */
};

/* `of` is a binder or a document; the items are in the arena. */
struct papers paper_copies(struct arena *a, const struct model *m, const struct record *of);

#endif
