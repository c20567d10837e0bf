/* form/table/register: the records of one type as a table.
 *
 * What a register shows is a row of registers.def, or a sensible choice for
 * types without one. A register view is opened once (columns and order), then
 * gives all rows, a run of them (a page of the portal), or the short form
 * for any records of its type. */
#ifndef FORM_TABLE_REGISTER_H
#define FORM_TABLE_REGISTER_H

#include "form/table/table.h"
#include "model/model.h"

struct register_view;

/* Sorts the type's records; lives in a. */
struct register_view *register_open(struct arena *a, const struct model *m,
                                    const struct type_def *type);
size_t register_row_count(const struct register_view *v);
size_t register_column_count(const struct register_view *v);
const struct record *register_record(const struct register_view *v, size_t row);
const struct table *register_rows(struct arena *a, const struct register_view *v, size_t from,
                                  size_t count);
/* The few columns that tell records of this type apart, for lists of some of
 * them. `through`, parallel to records, becomes a last column that says how
 * they are connected; NULL: no such column. */
struct table *register_brief(struct arena *a, const struct register_view *v,
                             const struct record *const *records, size_t count, const str *through);

/* All of it in one go: paper, CSV, JSON. */
const struct table *register_table(struct arena *a, const struct model *m,
                                   const struct type_def *type);

/* Who does what in each activity: rows of type `raci` against the roles they
 * name, with R, A, C and I in the cells. With more columns than that, a column for
 * each part, which names the roles. Without rows it says so in its note. */
const struct table *raci_table(struct arena *a, const struct model *m, size_t columns_max);

#endif
