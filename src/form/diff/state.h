/* form/diff/state: what one audience sees at one time: records, and texts of documents.
 *
 * Of an edition as it is on the disk, or of the content as it is now, in the very same way: records
 * are what data/<type>.json says of them, texts are the Markdown after its template, as in
 * source/<id>.rendered.md. So equal content gives equal states, wherever it comes from.
 *
 * An edition is input like any other: what is broken in it becomes a finding (ED1, or that of
 * the JSON reader) and is left out. */
#ifndef FORM_DIFF_STATE_H
#define FORM_DIFF_STATE_H

#include "model/model.h"
#include "text/value.h"

struct state_record {
    str type; /* key: "supplier" */
    str id, title;
    const struct value *fields; /* a map */
    str text;                   /* of a document: its Markdown */
    bool has_text;
};

struct state_type {
    str key;
    struct state_record **records; /* in the order of the file */
    size_t count, cap;
};

struct state {
    struct arena *arena;
    str name;                  /* "2026.2", or "draft" */
    date as_of;                /* DATE_NONE: unknown */
    struct state_type **types; /* in the order of adding */
    size_t type_count, type_cap;
    struct map type_of_key;
    struct map by_id; /* records of all types, first come */
};

struct state *state_new(struct arena *a, str name, date as_of);
/* The JSON source `file` of d holds the records of the type: a list of maps with id. What the
 * text borrows must live as long as the state. */
void state_add_type(struct state *s, struct diags *d, str key, uint32_t file);
/* The text of a document; it must be a record of the state (asserted). */
void state_add_text(struct state *s, str id, str text);

const struct state_type *state_type(const struct state *s, str key);  /* NULL: none */
const struct state_record *state_find(const struct state *s, str id); /* NULL: absent */
/* A field as written, or NULL. */
const struct value *state_field(const struct state_record *r, str key);
str state_field_text(const struct state_record *r, str key); /* of a scalar, else empty */
bool state_value_eq(const struct value *one, const struct value *other);

#endif
