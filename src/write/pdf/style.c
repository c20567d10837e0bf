/* write/pdf/style: the look of paper, in one place. */
#include "write/pdf/style_int.h"

/* One accent, dark enough to print as near-black; tints light enough that text
 * on them stays readable on a fax. Signals differ in darkness, too. */
const struct pdf_rgb color_rgb[COLOR_COUNT] = {
    [COLOR_NONE] = {0, 0, 0},
    [COLOR_TEXT] = {26, 28, 32},
    [COLOR_MUTED] = {88, 94, 102},
    [COLOR_FAINT] = {226, 228, 231},
    [COLOR_LINE] = {176, 182, 190},
    [COLOR_PAPER] = {255, 255, 255},
    [COLOR_TINT] = {243, 245, 247},
    [COLOR_ACCENT] = {22, 62, 104},
    [COLOR_ACCENT_TINT] = {230, 237, 245},
    [COLOR_MARK] = {255, 240, 168},
    [COLOR_GOOD] = {22, 98, 58},
    [COLOR_GOOD_TINT] = {228, 242, 233},
    [COLOR_WARN] = {122, 80, 0},
    [COLOR_WARN_TINT] = {252, 241, 218},
    [COLOR_BAD] = {150, 24, 24},
    [COLOR_BAD_TINT] = {250, 229, 227},
};

const enum pdf_color color_of_ink[INK_COUNT] = {
    [INK_NONE] = COLOR_NONE,
    [INK_TEXT] = COLOR_TEXT,
    [INK_MUTED] = COLOR_MUTED,
    [INK_LINE] = COLOR_LINE,
    [INK_SURFACE] = COLOR_PAPER,
    [INK_SUNKEN] = COLOR_TINT,
    [INK_ACCENT] = COLOR_ACCENT,
    [INK_ACCENT_FILL] = COLOR_ACCENT_TINT,
    [INK_GOOD] = COLOR_GOOD,
    [INK_WARN] = COLOR_WARN,
    [INK_BAD] = COLOR_BAD,
    [INK_GOOD_FILL] = COLOR_GOOD_TINT,
    [INK_WARN_FILL] = COLOR_WARN_TINT,
    [INK_BAD_FILL] = COLOR_BAD_TINT,
};

const struct pdf_font_size text_size[SIZE_COUNT] = {
    [SIZE_BODY] = {9.8f, 14.2f},
    [SIZE_TABLE] = {8.8f, 12.2f},
    [SIZE_SMALL] = {7.6f, 10.4f},
    [SIZE_CODE] = {8.4f, 11.8f},
};

const struct pdf_heading_style heading_style[HEADING_RANKS] = {
    {16.5f, 21, 24, 8, FONT_BOLD, COLOR_ACCENT},
    {12.6f, 17, 17, 5, FONT_BOLD, COLOR_ACCENT},
    {10.6f, 15, 13, 4, FONT_BOLD, COLOR_TEXT},
    {9.8f, 14.2f, 11, 3, FONT_BOLD, COLOR_MUTED},
    {9.8f, 14.2f, 10, 3, FONT_BOLD_ITALIC, COLOR_MUTED},
    {9.8f, 14.2f, 10, 3, FONT_ITALIC, COLOR_MUTED},
};

double style_scale(const struct pdf_paper *p)
{
    return p->is_large ? LARGE_SCALE : 1;
}

/* Millimetres of holes and of printers don't grow with the letters, so lengths
 * from side to side are divided; head, foot and what keeps clear of them do grow. */
static const struct format {
    double width, height;
    double inner, outer, more; /* margins; printed on both sides, the inner one is wider by more */
    double top, bottom, head;
    double turned_side, turned_end; /* margins of a turned sheet */
} format[] = {
    [DOC_A4] = {595.28, 841.89, 64, 58, 7, 76, 80, 38, 56, 70},
    [DOC_LETTER] = {612, 792, 64, 58, 7, 76, 80, 38, 56, 70},
    [DOC_A5] = {419.53, 595.28, 56, 40, 3, 66, 76, 34, 44, 66},
};

enum {
    FOOT = 50,        /* from the lower edge to the first of three lines */
    FOOT_LINE = 11,   /* a further line lifts it by so much */
    HOLES = 16,       /* that a turned sheet keeps clear above its head */
    TAB_ROOM = 24,    /* and at its outer edge, for the tab of a part */
    HANG_WIDTH = 430, /* narrower text has no margin for section numbers */
};

static void exchange(double *a, double *b)
{
    double keep = *a;
    *a = *b;
    *b = keep;
}

/* Holes are punched into the long edge, which is the upper one of a turned front page. */
static struct pdf_sheet turned_sheet(const struct pdf_paper *p, const struct format *f,
                                     bool is_back)
{
    double scale = style_scale(p), note = FOOT_LINE * p->note_lines;
    double above = p->is_duplex ? HOLES / scale : 0, below = p->has_tabs ? TAB_ROOM / scale : 0;
    if (is_back != p->is_bound_right)
        exchange(&above, &below);
    return (struct pdf_sheet){
        .width = f->height / scale,
        .height = f->width / scale,
        .left = f->turned_side / scale,
        .right = f->turned_side / scale,
        .top = f->turned_end + above,
        .bottom = f->turned_end + below + note,
        .head = f->head + above,
        .foot = FOOT + below + note,
    };
}

/* The inner margin leaves room for the holes of a binder. */
struct pdf_sheet style_sheet(const struct pdf_paper *p, bool is_landscape, bool is_back)
{
    const struct format *f = &format[p->size];
    double scale = style_scale(p), note = FOOT_LINE * p->note_lines;
    double more = p->is_duplex ? f->more : 0;
    if (is_landscape)
        return turned_sheet(p, f, is_back);
    struct pdf_sheet s = {
        .width = f->width / scale,
        .height = f->height / scale,
        .left = (f->inner + more) / scale,
        .right = (f->outer - more) / scale,
        .top = f->top,
        .bottom = f->bottom + note,
        .head = f->head,
        .foot = FOOT + note,
    };
    s.hang = s.width - s.left - s.right >= HANG_WIDTH ? HANG : 0;
    if (is_back != p->is_bound_right)
        exchange(&s.left, &s.right);
    return s;
}
