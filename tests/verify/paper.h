/* verify/paper: small signed PDFs for tests, right ones and wrong ones. */
#ifndef VERIFY_PAPER_H
#define VERIFY_PAPER_H

#include "forge.h"

/* Where the file is made otherwise than it should be, though properly signed. NULL keeps
 * what is right. */
struct paper_spec {
    const char *title;
    const char *header, *catalog, *page, *form, *field, *perms; /* catalog, page: more keys */
    const char *signature;      /* the signature dictionary up to ByteRange */
    const char *more_signature; /* keys after Contents */
    const char *object[4];      /* further objects, "10 0 obj" and so on; bodies only */
    const char *between;        /* bytes between two objects */
    const char *trailer;        /* more keys */
    const char *table;          /* instead of "xref\n0 N\n" */
    size_t hole_bytes;          /* of the signature, decoded; 0: 3000 */
    size_t range[4];            /* ByteRange; all 0: the right one */
    bool lower_hex, padding_junk, entry_is_free, wrong_offset, unlisted_object;
    size_t text_bytes; /* of the page's stream, at least */
    const struct forge_options *how;
};
str paper_make(struct arena *a, const struct forger *f, const struct paper_spec *spec);

#endif
