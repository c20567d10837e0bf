/* verify/pdf: is this PDF whole, as it was signed, and nothing but what was signed.
 *
 * A signed PDF of ours is one revision: header, objects, one classic table that
 * names every object, trailer, end. The scanner accounts for every byte of it:
 * objects lie end to end, each is in the table and is reachable from the
 * trailer; nothing stands between or after. That leaves no room for appended
 * revisions, moved ranges, hidden objects and second tables, the ways in which
 * signed PDFs are attacked. What is not understood is refused.
 *
 * The file is read by the caller, once; hash and judge the same bytes. */
#ifndef VERIFY_PDF_H
#define VERIFY_PDF_H

#include "verify/cms.h"

enum {
    PDF_BYTES_MAX = 256 * 1024 * 1024, /* read into memory; a binder of 50,000 pages */
    PDF_OBJECTS_MAX = 1000000,
    PDF_DEPTH_MAX = 32,                     /* trees are cut into objects; ours nest 6 deep */
    PDF_KEYS_MAX = 4096,                    /* of one dictionary: fonts and pictures of a page */
    PDF_CONTENTS_BYTES_MAX = CMS_BYTES_MAX, /* the reserved hole, decoded */
};

enum pdf_fault {
#define PDF_FAULT(name, words) PDF_##name,
#include "verify/pdf.def"
    PDF_FAULT_COUNT
};
const char *pdf_fault_words(enum pdf_fault fault); /* to follow "the PDF" */

struct pdf_question {
    str bytes;
    const struct trust *trust;
    date as_of, today; /* as in struct cms_question */
};
struct pdf_verdict {
    enum pdf_fault fault;
    size_t at;                 /* where, in bytes */
    struct cms_verdict signer; /* its fault tells more about PDF_SIGNER */
};
/* The arena is scratch, 60 bytes a reference and object; the signer's name stays in it. */
struct pdf_verdict pdf_judge(struct arena *a, const struct pdf_question *q);

#endif
