/* base/path: names inside a workspace and inside an output tree.
 *
 * Paths are relative, with '/', without a leading "./" and without "..". */
#ifndef BASE_PATH_H
#define BASE_PATH_H

#include "base/str.h"

str path_join(struct arena *a, str folder, str name);
str path_name(str path);      /* after the last '/' */
str path_folder(str path);    /* before it; "" when there is none */
str path_extension(str path); /* "md", without the dot; "" when there is none */
/* The relative link from one file of a tree to another: ("r/a.html", "d/b.html")
 * gives "../d/b.html". */
str path_relative(struct arena *a, str from_file, str to_file);
/* Resolves a relative link written in from_file; false when it leaves the tree
 * or is absolute. */
bool path_resolve(struct arena *a, str from_file, str link, str *out);
/* Lower-case ASCII letters, digits and '-' only: an id as a file name. */
str path_slug(struct arena *a, str text);
/* Why the name of one file or folder from the outside is refused, or NULL when it
 * is fine: control and bidi characters, slash, backslash, colon, leading or
 * trailing dot or blank, device names of Windows, over 200 bytes. Spaces inside
 * are fine. */
const char *path_name_fault(str name);

#endif
