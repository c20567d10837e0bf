/* form/table/cells: fields of records as cells.
 *
 * One place decides how each kind of field reads for people, what it says as
 * data and by what it sorts; registers, record pages and matrices share it. */
#ifndef FORM_TABLE_CELLS_H
#define FORM_TABLE_CELLS_H

#include "form/table/table.h"
#include "model/model.h"

enum {
    FIELD_PATH_STEPS_MAX = 4,
    /* In a register a cell stays readable: further values are counted, not
     * shown (the data has them all), and prose is cut at a word. */
    REGISTER_PIECES_MAX = 12,
    REGISTER_PROSE_MAX = 220, /* code points */
};

/* "owner", or through references and parts of one type: "requirement.rto",
 * "lead.holder". The head is the last field's own. */
struct field_path {
    const struct field_def *step[FIELD_PATH_STEPS_MAX]; /* fields of the type before */
    size_t slot[FIELD_PATH_STEPS_MAX];                  /* where it is in that type */
    const struct type_def *from[FIELD_PATH_STEPS_MAX];
    size_t count;
};

/* False when the type has no such path. */
bool field_path_find(const struct type_def *t, str path, struct field_path *out);
const struct field_def *field_path_end(const struct field_path *p);

/* How much a cell may hold; whole cells are for a record's own page. */
enum cell_size { CELL_WHOLE, CELL_SHORT };

/* All values the path leads to, in order. */
struct cell cell_of_path(struct arena *a, const struct record *r, const struct field_path *p,
                         enum cell_size size);
/* One field of a record or part, by its place in the type. */
struct cell cell_of_field(struct arena *a, const struct record *r, size_t slot,
                          enum cell_size size);

enum column_kind column_kind_of(const struct field_def *f);
/* A word of an enum as people write it: "in_review" is "In review". */
str word_for_people(struct arena *a, str word);
/* An enum is a scale when each of its words takes a side (tones.def): then its
 * values are chips. "crisis" is bad among thresholds, but no more than a name
 * among kinds of teams. */
bool field_is_scale(const struct field_def *f);
enum tone tone_of_word(str word); /* TONE_NONE: takes no side */

/* Cells that many lists have. */
struct cell cell_field(struct arena *a, const struct record *r, enum field_id field); /* short */
struct cell cell_record(struct arena *a, const struct record *r); /* its title, as a link; NULL:
                                                                     empty */
struct cell cell_day(struct arena *a, date day); /* empty for DATE_NONE */
struct cell cell_count(struct arena *a, size_t count);
struct cell cell_duration(struct arena *a, duration d); /* in words; empty for DURATION_NONE */

/* Keys that compare bytewise in the right order. */
str sort_key_natural(struct arena *a, str text);    /* ACT-9 before ACT-10; case is ignored */
str sort_key_number(struct arena *a, double value); /* within ±1e12 */

#endif
