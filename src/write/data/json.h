/* write/data/json: JSON, written in order, also safe inside a script element.
 *
 *     json_open_map(&j);
 *     json_key(&j, S("id"));
 *     json_text(&j, id);
 *     json_close(&j);
 *
 * Items of the outermost list or map get a line each, so that changes can be
 * read; everything within is on that line. < > & and the line separators of
 * JavaScript are escaped; text that is not UTF-8 becomes U+FFFD. Wrong nesting
 * is a bug of the caller and asserted. */
#ifndef WRITE_DATA_JSON_H
#define WRITE_DATA_JSON_H

#include "base/buf.h"

enum { JSON_DEPTH_MAX = 80 }; /* a record's parts, as deep as YAML nests them, twice over */

struct json {
    struct buf *out;
    size_t depth;
    char close[JSON_DEPTH_MAX];
    bool has_items; /* in the innermost list or map */
    bool has_key;
};

struct json json_in(struct buf *out);
void json_open_map(struct json *j);
void json_open_list(struct json *j);
void json_close(struct json *j); /* the outermost one ends with a line end */
void json_key(struct json *j, str key);
void json_text(struct json *j, str text);
void json_int(struct json *j, long long number);
void json_number(struct json *j, str digits); /* json_is_number (asserted) */
void json_bool(struct json *j, bool yes);
void json_nothing(struct json *j); /* null */

/* Whether text is a number as JSON writes it: no plus, no leading zeros. */
bool json_is_number(str text);

#endif
