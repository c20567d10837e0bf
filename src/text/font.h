/* text/font: the fonts of paper and drawings: files, fallback, shaping, widths.
 *
 * One `struct fonts` serves the process. It maps the font files named in one
 * table (Debian packages, fixed paths; nothing searches the machine, so the
 * same packages give the same pages) and is opened before workers are forked.
 * Fallback faces are mapped when a character first asks for them.
 *
 * HarfBuzz shapes. A character that the face of its style lacks is taken from
 * the first face of the fallback chain that has it: the one of its script,
 * then symbols, then DejaVu Sans. What no font has becomes a box (U+25A1).
 *
 * All lengths of glyphs are thousandths of the font size. Not for threads. */
#ifndef TEXT_FONT_H
#define TEXT_FONT_H

#include "base/diag.h"

enum font_style {
    FONT_REGULAR,
    FONT_BOLD,
    FONT_ITALIC,
    FONT_BOLD_ITALIC,
    FONT_MONO,
    FONT_MONO_BOLD,
    FONT_STYLE_COUNT
};

/* One row for each face; a glyph run names its face by the number of its row. */
struct font_file {
    const char *path, *package;
    bool is_needed; /* without it nothing can be drawn; the others serve when installed */
};
extern const struct font_file font_file[];
extern const size_t font_file_count;

struct fonts;
/* NULL after a report that names the missing file and its package. */
struct fonts *font_open(struct arena *a, struct diags *d);
void font_close(struct fonts *f);

/* Width in points of one line of label text, which may hold any characters. */
double font_text_width(struct fonts *f, str text, double size, bool bold);
/* Height above and below the baseline that a line of that size needs, points. */
double font_ascent(const struct fonts *f, double size);
double font_descent(const struct fonts *f, double size);

struct hb_face_t;
struct font_face {
    struct hb_face_t *hb;                             /* NULL: not opened */
    str name;                                         /* PostScript name */
    double ascent, descent, cap_height, italic_angle; /* descent is positive */
    double underline_y, underline_size, strike_y;     /* above the baseline */
    double bbox[4];
    bool is_mono, is_bold;
};
/* Of a face that has shaped something, or of the style's own. */
const struct font_face *font_face(const struct fonts *f, unsigned face);
unsigned font_style_face(enum font_style style);
/* The advance that the font file gives, before kerning. */
double font_glyph_width(const struct fonts *f, unsigned face, unsigned glyph);

struct font_glyph {
    uint32_t cluster; /* offset in the text of the first byte it stands for */
    uint16_t id;
    float advance, dx, dy; /* with kerning; dy upwards */
};

struct font_run {
    unsigned face;
    bool is_box; /* glyphs stand in for characters that no font has */
    size_t glyph_count;
    const struct font_glyph *glyphs; /* from left to right */
};

/* A shaped piece of text, normally one word. Runs stand from left to right. */
struct font_text {
    str text;
    float width;
    bool is_rtl;
    uint32_t number;  /* of this text among all that its shaper made, from 0 */
    uint32_t missing; /* a code point that no font has; 0: none */
    size_t run_count;
    const struct font_run *runs;
};

/* Shapes for one document and remembers what it shaped, in the arena. */
struct font_shaper;
struct font_shaper *font_shaper_new(struct arena *a, struct fonts *f, str language);
/* The text is borrowed and of one direction. Never NULL. */
const struct font_text *font_shape(struct font_shaper *s, str text, enum font_style style,
                                   bool is_rtl);
/* The hyphen of a word that a line breaks: shown as one, read as none (U+00AD). */
const struct font_text *font_hyphen(struct font_shaper *s, enum font_style style);

#endif
