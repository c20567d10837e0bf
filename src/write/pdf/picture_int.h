/* write/pdf/picture_int: author's pictures, decoded under limits.
 *
 * A PNG becomes samples (grey or RGB, alpha apart), and so does a JPEG in the colours
 * of a press (CMYK), as RGB; any other JPEG is decoded once to know that it is whole,
 * then kept without its private notes: Exif can hold places and names that nobody
 * reviewed. What is kept is deflated at once. */
#ifndef WRITE_PDF_PICTURE_INT_H
#define WRITE_PDF_PICTURE_INT_H

#include "base/str.h"
#include "write/pdf/file_int.h"

enum {
    PICTURE_SIDE_MAX = 8000,
    PICTURE_PIXELS_MAX = 16 * 1000 * 1000,
    PICTURE_BYTES_MAX = 32 * 1024 * 1024,
};

struct pdf_picture {
    unsigned number;        /* of its resource: "I0" */
    unsigned width, height; /* pixels as stored */
    unsigned turn;          /* Exif orientation, 1 to 8; 1: none */
    double dots_per_inch;   /* 0: not said */
    unsigned components;    /* 1 grey, 3 RGB */
    bool is_jpeg;
    str data;  /* the JPEG, or deflated rows with PNG prediction */
    str alpha; /* the same with one byte a pixel; empty: opaque */
};

/* Why a picture is not used. */
struct picture_fault {
    str text; /* "the file ends too early"; empty: all is well */
    bool is_limit;
};

/* NULL with a fault. The number is left to the caller. */
struct pdf_picture *picture_read(struct arena *a, str data, struct picture_fault *fault);
struct pdf_picture *png_read(struct arena *a, str data, struct picture_fault *fault);
struct pdf_picture *jpeg_read(struct arena *a, str data, struct picture_fault *fault);

/* True when the sides are within the limits; else the fault says so. */
bool picture_fits(struct arena *a, unsigned width, unsigned height, struct picture_fault *fault);

/* Some channels of interleaved pixels, filtered row by row as PNG does (plain
 * rows deflate far worse) and deflated. */
struct picture_plane {
    const unsigned char *pixels;
    unsigned width, height;
    unsigned channels;    /* bytes of a pixel */
    unsigned first, used; /* those of them that are packed */
};
str picture_pack(struct arena *a, const struct picture_plane *plane);

HPDF_Dict picture_write(struct pdf_file *f, struct arena *a, const struct pdf_picture *p);

#endif
