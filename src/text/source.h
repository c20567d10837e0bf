/* text/source: whether a file that was read can be taken as text at all.
 *
 * Every reader asks this first: regular file, no link, within its limit, not
 * changed meanwhile, UTF-8, no NUL. What is wrong is reported at its place. */
#ifndef TEXT_SOURCE_H
#define TEXT_SOURCE_H

#include "base/diag.h"
#include "base/file.h"

/* `file` is the source made of r.text. What the machine refused (FILE_ERRNO) is
 * the caller's to report. */
bool source_is_text(struct diags *d, uint32_t file, const struct file_read *r,
                    size_t size_bytes_max);

#endif
