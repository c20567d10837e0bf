/* text/json: JSON data for `render --data`, through jansson.
 *
 * Nested as deep as YAML may be. Numbers are plain text as short as they can be
 * read back from; maps keep the order of the source. jansson tells no places,
 * so the span of every value is the beginning of the file. */
#ifndef TEXT_JSON_H
#define TEXT_JSON_H

#include "text/value.h"

/* Never NULL: what is broken becomes VALUE_NULL after a report. */
struct value *json_parse(struct arena *a, struct diags *d, uint32_t file);

#endif
