/* text/font_int: what loading faces and shaping with them share. */
#ifndef TEXT_FONT_INT_H
#define TEXT_FONT_INT_H

#include <hb.h>

#include "text/font.h"

struct face_state {
    struct font_face face;
    hb_font_t *font;
    bool is_tried;
};

struct fonts {
    struct arena *arena;
    struct face_state *faces; /* font_file_count of them */
    hb_buffer_t *buffer;      /* of the text being shaped */
};

/* Part of a text in one face and script. */
struct face_run {
    size_t from, to; /* bytes */
    unsigned face;
    hb_script_t script;
    uint32_t missing; /* then every character of it becomes a box */
};
/* The run that begins at *at, and moves *at behind it; false at the end. */
bool font_run_next(struct fonts *f, str text, enum font_style style, size_t *at,
                   struct face_run *run);

#endif
