/* text/yaml_int: what the reader of YAML and the teller of its faults share. */
#ifndef TEXT_YAML_INT_H
#define TEXT_YAML_INT_H

#include <yaml.h>

#include "text/yaml.h"

/* libyaml counts characters from where it began, spans count bytes of the file.
 * Marks come almost in order, so walking from the last one is linear overall. */
struct yaml_cursor {
    str text;          /* the source up to the end of the YAML in it */
    size_t from;       /* where libyaml began */
    size_t index, off; /* the same place: libyaml's and ours */
};
size_t yaml_offset(struct yaml_cursor *c, size_t index);

/* Reports why libyaml stopped, at the place where the author can mend it.
 * open_off is where the innermost list or map began that is not yet closed, or
 * SIZE_MAX. */
void yaml_report(struct diags *d, uint32_t file, struct yaml_cursor *c, size_t open_off,
                 const yaml_parser_t *p);

#endif
