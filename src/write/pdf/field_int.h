/* write/pdf/field_int: the field of a seal, as objects of the file. */
#ifndef WRITE_PDF_FIELD_INT_H
#define WRITE_PDF_FIELD_INT_H

#include "write/pdf/file_int.h"
#include "write/pdf/pdf.h"

struct field {
    HPDF_Dict signature, widget;
    str entries; /* of the widget, so far */
};

/* The signature with its hole; it forbids every change (DocMDP, P 1). */
struct field field_new(struct pdf_file *f, struct arena *a, const struct pdf_seal *seal);
/* The widget on its page, at left, bottom, right, top; then its key in the tree
 * of tags. */
HPDF_Dict field_place(struct pdf_file *f, struct arena *a, struct field *field, HPDF_Dict page,
                      const double corners[4]);
void field_tag(struct pdf_file *f, struct arena *a, const struct field *field, unsigned key);
/* What the catalog says of it. */
void field_catalog(struct pdf_file *f, struct arena *a, const struct field *field, struct buf *out);

#endif
