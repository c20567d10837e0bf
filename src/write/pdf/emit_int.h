/* write/pdf/emit_int: pages, tags and facts about a document become a file. */
#ifndef WRITE_PDF_EMIT_INT_H
#define WRITE_PDF_EMIT_INT_H

#include "base/date.h"
#include "write/pdf/page_int.h"
#include "write/pdf/pdf.h"
#include "write/pdf/tag_int.h"

struct pdf_bookmark {
    int rank; /* 0 the highest */
    str text, anchor;
};

struct pdf_emission {
    const struct fonts *faces;
    struct font_shaper *shaper;
    const struct pdf_pages *pages;
    struct pdf_tags *tags;
    const struct pdf_picture *const *pictures; /* by number */
    size_t picture_count;
    const struct pdf_bookmark *bookmarks;
    size_t bookmark_count;
    str title, author, subject, language;
    date dated;                  /* DATE_NONE: no dates */
    str mark;                    /* across every sheet; empty: none */
    const struct pdf_seal *seal; /* NULL: none */
    bool has_parts;              /* pages are not called 1, 2, 3 */
    const bool *only;            /* of the pages, that are written; NULL: all */
    size_t only_count;
};

void emit_file(struct arena *a, const struct pdf_emission *e, struct buf *out);

/* The bookmarks as an outline in the catalog; pages: the page objects. */
void outline_write(struct pdf_file *f, struct arena *a, const struct pdf_emission *e,
                   HPDF_Dict const *pages);
/* True when a written page has that anchor; the page objects of others are NULL. */
bool emit_reaches(const struct pdf_pages *pages, HPDF_Dict const *objects, str anchor);
/* "12 0 R /XYZ 0 700 null" in brackets; false when nothing that is written has that anchor. */
bool emit_destination(struct buf *b, const struct pdf_pages *pages, HPDF_Dict const *objects,
                      str anchor);

#endif
