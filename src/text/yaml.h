/* text/yaml: a strict subset of YAML 1.1, read as libyaml events.
 *
 * Maps, lists, scalars (plain, quoted, literal, folded), comments. Refused with
 * the place: anchors, aliases, tags, directives, several documents, merge
 * keys, duplicate keys, keys that are not scalars, control characters (escaped
 * ones too) and line ends that only libyaml sees. Empty, `~` and `null` are
 * nothing; all other scalars are text. JSON without escapes beyond YAML's is
 * read too. */
#ifndef TEXT_YAML_H
#define TEXT_YAML_H

#include "text/value.h"

enum {
    YAML_BYTES_MAX = 8 * 1024 * 1024, /* a list file of some 20,000 records */
    YAML_DEPTH_MAX = 32,              /* libyaml is quadratic in open brackets */
    YAML_SCALAR_BYTES_MAX = 64 * 1024,
    YAML_EVENTS_MAX = 2 * 1000 * 1000,
};

/* Reads bytes [from, to) of the source `file`, whose whole text is known to d.
 * Strings borrow the source where they can. Never NULL: what is broken becomes
 * VALUE_NULL after a report; a fault of the syntax ends the reading, and what
 * stood before it is kept. Of duplicate keys the first one stays. */
struct value *yaml_parse(struct arena *a, struct diags *d, uint32_t file, size_t from, size_t to);

#endif
