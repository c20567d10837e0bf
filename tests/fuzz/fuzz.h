/* fuzz/fuzz: readers of what strangers wrote, one target each.
 *
 * A target gets bytes and must come back: no crash, no sanitizer report, no more
 * than a second. What the loader refuses before a reader of texts sees it (bytes
 * that are not UTF-8, NUL) is left out by fuzz_run; readers of archives get all. */
#ifndef FUZZ_FUZZ_H
#define FUZZ_FUZZ_H

#include "base/diag.h"

struct fuzz_target {
    const char *name;
    void (*read)(struct arena *a, struct diags *d, uint32_t file, str text);
    void (*judge)(struct arena *a, str bytes); /* instead of read */
};

/* Readers that need a file of their own. */
void fuzz_markdown(struct arena *a, struct diags *d, uint32_t file, str text);
void fuzz_mustache(struct arena *a, struct diags *d, uint32_t file, str text);
void fuzz_archive(struct arena *a, str bytes);
void fuzz_cms(struct arena *a, str bytes);
void fuzz_signed_pdf(struct arena *a, str bytes);

extern const struct fuzz_target fuzz_target[];
extern const size_t fuzz_target_count;

const struct fuzz_target *fuzz_find(const char *name); /* NULL: none of that name */
/* Reads the bytes and prints what was found into nowhere. The arena is reset. */
void fuzz_run(const struct fuzz_target *t, struct arena *a, str bytes);
struct arena *fuzz_arena(void);

#endif
