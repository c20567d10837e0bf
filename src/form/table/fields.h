/* form/table/fields: one record, all of it, for its page, paper or a terminal.
 *
 * Short fields are one table of labels and values. Prose stays Markdown, for
 * the writer to draw as such. A field that holds parts (reviews, steps, …)
 * is a table of its own. Absent fields are left out. */
#ifndef FORM_TABLE_FIELDS_H
#define FORM_TABLE_FIELDS_H

#include "form/table/table.h"
#include "model/model.h"

struct record_fields {
    const struct table *values; /* columns "field" and "value"; without id and title */
    struct record_prose {
        str key, heading;
        const struct field_value *value; /* its text is Markdown */
    } * prose;
    size_t prose_count, prose_cap;
    /* One table for each field that holds parts; its caption is the field's
     * heading. A single part has the columns of `values`, several parts have
     * their fields for columns. */
    const struct table **parts;
    size_t part_count, part_cap;
};

struct record_fields *record_fields(struct arena *a, const struct record *r);
/* The first table of them alone. */
const struct table *record_table(struct arena *a, const struct record *r);

#endif
