/* write/pdf/file_int: the PDF file as libharu's objects.
 *
 * libharu numbers, keeps and saves the objects; its own fonts, pictures, pages
 * and encryption are never used. All its errors are either no memory or a
 * mistake of ours, and both end the process, so calls have no error branches.
 * Between file_open and file_close nothing may leave by a jump. */
#ifndef WRITE_PDF_FILE_INT_H
#define WRITE_PDF_FILE_INT_H

#include <hpdf.h>
#include <hpdf_objects.h>

#include "base/buf.h"

enum { FILE_STRING_BYTES_MAX = 32767 }; /* of one string: what PDF/A allows */

struct pdf_file;
struct pdf_file *file_open(struct arena *a);
/* Appends the bytes of the file and frees every object. */
void file_close(struct pdf_file *f, struct buf *out);

HPDF_Dict file_dict(struct pdf_file *f);       /* an object of the file */
HPDF_Dict file_inner_dict(struct pdf_file *f); /* to be added to another */
HPDF_Array file_array(struct pdf_file *f);
HPDF_Dict file_catalog(struct pdf_file *f);
HPDF_Dict file_info(struct pdf_file *f);
/* An object with these bytes, deflated. */
HPDF_Dict file_stream(struct pdf_file *f, str data);
/* The same for bytes that are already encoded; `filter` names how, NULL: plain. */
HPDF_Dict file_encoded_stream(struct pdf_file *f, str data, const char *filter);
/* Entries written as they are, behind the others; once for each dictionary. */
void file_raw(struct pdf_file *f, HPDF_Dict dict, str entries);
unsigned file_number(HPDF_Dict dict); /* for "12 0 R" in raw entries */

void file_add_text(HPDF_Dict dict, const char *key, str text); /* UTF-8 in, UTF-16 out */
void file_add_real(HPDF_Array array, double value);
/* Hangs pages (dictionaries of file_dict) into the tree, which nests as needed:
 * readers allow no array beyond 32,767. */
void file_add_pages(struct pdf_file *f, HPDF_Dict *pages, size_t count);

/* UTF-16BE, as hexadecimal digits without < >; what is longer than a string may
 * be is cut. */
void file_utf16_hex(struct buf *b, str text, bool with_mark);

#endif
