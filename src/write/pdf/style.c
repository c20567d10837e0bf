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

/* The left margin leaves room for the holes of a binder. */
struct pdf_sheet style_sheet(bool is_letter, bool is_landscape)
{
    double width = is_letter ? 612 : 595.28, height = is_letter ? 792 : 841.89;
    struct pdf_sheet s = {
        .width = width,
        .height = height,
        .left = 64,
        .right = 58,
        .top = 76,
        .bottom = 80,
        .hang = HANG,
    };
    if (is_landscape) {
        s.width = height;
        s.height = width;
        s.left = s.right = 56;
        s.top = 70;
        s.bottom = 70;
        s.hang = 0;
    }
    return s;
}
