/* verify/pdf_int: the objects of a PDF as slices of its bytes. */
#ifndef VERIFY_PDF_INT_H
#define VERIFY_PDF_INT_H

#include "verify/pdf.h"

enum pdf_kind {
    PDF_NULL,
    PDF_BOOLEAN,
    PDF_INTEGER,
    PDF_REAL,
    PDF_REFERENCE,
    PDF_NAME,   /* with its slash */
    PDF_STRING, /* with its parentheses */
    PDF_HEX,    /* with its angles */
    PDF_ARRAY,
    PDF_DICT,
};

struct pdf_value {
    enum pdf_kind kind;
    size_t from, to; /* of the file */
    int64_t number;  /* of an integer, or the object of a reference */
};

struct pdf_object {
    size_t from, to;        /* of "N 0 obj" and of "endobj" */
    struct pdf_value value; /* a stream's dictionary */
    size_t first_reference, reference_count;
    bool reached;
};

struct pdf {
    struct arena *arena;
    str file;
    enum pdf_fault fault; /* the first one; later steps do nothing */
    size_t fault_at;
    size_t at;                  /* of the scanner */
    struct pdf_object *objects; /* by number; 0 is not used */
    size_t object_count;
    uint32_t *references; /* object numbers, in order of the file */
    size_t reference_count, reference_cap;
    size_t fields, ranges, widgets; /* dictionaries with /FT, with /ByteRange, widgets */
    struct pdf_value trailer;
};

bool pdf_fail(struct pdf *p, enum pdf_fault fault, size_t at); /* always false */

/* -- pdf_scan --------------------------------------------------------------------- */

void pdf_skip_space(struct pdf *p);
bool pdf_has(struct pdf *p, str word);               /* takes it if it is there */
bool pdf_scan_digits(struct pdf *p, int64_t *value); /* one to 15 of them */
/* The value at p->at, which moves behind it. Counts and collects on the way. */
bool pdf_scan_value(struct pdf *p, struct pdf_value *out);
/* Looks into a dictionary that was scanned before. False: no such key. */
bool pdf_find(const struct pdf *p, const struct pdf_value *dict, str key, struct pdf_value *out);
/* The same for the items of an array: false at the end. *at starts as 0. */
bool pdf_next(const struct pdf *p, const struct pdf_value *array, size_t *at,
              struct pdf_value *out);
/* Every key is among these, written without slash and parted by blanks. */
bool pdf_keys_are(const struct pdf *p, const struct pdf_value *dict, str allowed);
str pdf_text(const struct pdf *p, const struct pdf_value *v);

/* -- pdf_objects ------------------------------------------------------------------ */

/* Reads table, trailer and every object; false after a fault. */
bool pdf_read(struct pdf *p);
/* A reference becomes the value of its object; others stay as they are. */
struct pdf_value pdf_resolve(const struct pdf *p, struct pdf_value v);

#endif
