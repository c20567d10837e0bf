/* text/json: JSON data for `render --data`, through jansson. */
#ifndef TEXT_JSON_H
#define TEXT_JSON_H

#include "text/value.h"

struct value *json_parse(struct arena *a, struct diags *d, uint32_t file);

#endif
