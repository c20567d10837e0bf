/* base/name: each distinct name becomes one small number.
 *
 * Templates, record fields and page data compare these numbers, never text.
 * One table for the process, filled before workers are forked; numbers
 * depend on the order of use and must never reach an output. */
#ifndef BASE_NAME_H
#define BASE_NAME_H

#include "base/str.h"

typedef uint32_t name_id;
enum { NAME_NONE = 0 };

name_id name_of(str text);  /* makes it known; text is copied */
name_id name_find(str text); /* NAME_NONE when nobody has used it */
str name_text(name_id name);

#endif
