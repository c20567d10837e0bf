/* write/pdf/profile: the colour space sRGB as an ICC profile (ICC.1:2004-10, version 4.2).
 *
 * A matrix and one curve that the three colours share, in 16.16 fixed point. The
 * matrix is that of the primaries of BT.709 (red 0.64 0.33, green 0.30 0.60, blue
 * 0.15 0.06) under D65 (0.3127 0.3290), adapted to the D50 of ICC by Bradford's
 * method; its columns add up to that white. */
#include "write/pdf/archive_int.h"

#include <assert.h>
#include <string.h>

enum { HEAD_BYTES = 128, TAG_BYTES = 12, TAG_COUNT = 10, PROFILE_BYTES = 508 };

static void put(struct buf *b, uint32_t value)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        buf_char(b, (char)(value >> shift & 255));
}

static void put_all(struct buf *b, const uint32_t *values, size_t count)
{
    for (size_t i = 0; i < count; i++)
        put(b, values[i]);
}

/* Text in one language: 12 bytes a record, UTF-16, filled up to words. */
static void put_text(struct buf *b, str ascii)
{
    buf_lit(b, "mluc");
    put_all(b, (const uint32_t[]){0, 1, 12}, 3);
    buf_lit(b, "enUS");
    put_all(b, (const uint32_t[]){(uint32_t)(2 * ascii.n), 28}, 2);
    for (size_t i = 0; i < ascii.n; i++) {
        buf_char(b, 0);
        buf_char(b, ascii.p[i]);
    }
    while (b->n % 4)
        buf_char(b, 0);
}

static void put_xyz(struct buf *b, uint32_t x, uint32_t y, uint32_t z)
{
    buf_lit(b, "XYZ ");
    put_all(b, (const uint32_t[]){0, x, y, z}, 4);
}

/* Y = ((X + 0.055) / 1.055) ^ 2.4 from 0.04045 on, X / 12.92 below. */
static void put_curve(struct buf *b)
{
    buf_lit(b, "para");
    put_all(b, (const uint32_t[]){0, 3u << 16, 0x26666, 0xF2A7, 0x0D59, 0x13D0, 0x0A5B}, 7);
}

/* From D65 to D50. */
static void put_adaptation(struct buf *b)
{
    buf_lit(b, "sf32");
    put_all(b,
            (const uint32_t[]){0, 0x10C42, 0x05DE, 0xFFFFF325, 0x0793, 0xFD90, 0xFFFFFBA1,
                               0xFFFFFDA2, 0x03DC, 0xC06E},
            10);
}

struct places {
    uint32_t at[TAG_COUNT], size[TAG_COUNT];
    size_t count;
};

static void close_part(struct places *p, const struct buf *body, size_t from)
{
    p->at[p->count] = (uint32_t)(HEAD_BYTES + 4 + TAG_COUNT * TAG_BYTES + from);
    p->size[p->count++] = (uint32_t)(body->n - from);
}

static void put_parts(struct buf *b, struct places *p)
{
    static const uint32_t colors[4][3] = {{0xF6D6, 0x10000, 0xD32D}, /* the white of D50 */
                                          {0x6FA0, 0x38F5, 0x0390},  /* red, green, blue */
                                          {0x6297, 0xB787, 0x18D9},
                                          {0x249F, 0x0F84, 0xB6C4}};
    size_t from = b->n;
    put_text(b, S("sRGB"));
    close_part(p, b, from);
    from = b->n;
    put_text(b, S("No rights reserved"));
    close_part(p, b, from);
    for (size_t i = 0; i < 4; i++) {
        from = b->n;
        put_xyz(b, colors[i][0], colors[i][1], colors[i][2]);
        close_part(p, b, from);
    }
    from = b->n;
    put_adaptation(b);
    close_part(p, b, from);
    from = b->n;
    put_curve(b);
    for (size_t i = 0; i < 3; i++)
        close_part(p, b, from);
}

static void put_head(struct buf *b, uint32_t size)
{
    put_all(b, (const uint32_t[]){size, 0, 0x04200000}, 3);
    buf_lit(b, "mntrRGB XYZ ");
    put_all(b, (const uint32_t[]){2004u << 16 | 10, 1u << 16, 0}, 3); /* 1 October 2004: ICC.1 */
    buf_lit(b, "acsp");
    while (b->n < 68)
        buf_char(b, 0);
    put_all(b, (const uint32_t[]){0xF6D6, 0x10000, 0xD32D}, 3); /* of the connection space */
    while (b->n < HEAD_BYTES)
        buf_char(b, 0);
}

str archive_profile(struct arena *a)
{
    static const char tags[TAG_COUNT][5] = {"desc", "cprt", "wtpt", "rXYZ", "gXYZ",
                                            "bXYZ", "chad", "rTRC", "gTRC", "bTRC"};
    struct buf body = buf_in(a, 512), b = buf_in(a, 512);
    struct places p = {0};
    put_parts(&body, &p);
    put_head(&b, (uint32_t)(HEAD_BYTES + 4 + TAG_COUNT * TAG_BYTES + body.n));
    put(&b, TAG_COUNT);
    for (size_t i = 0; i < TAG_COUNT; i++) {
        buf_add(&b, str_from(tags[i]));
        put_all(&b, (const uint32_t[]){p.at[i], p.size[i]}, 2);
    }
    buf_add(&b, buf_str(&body));
    assert(b.n == PROFILE_BYTES);
    return buf_str(&b);
}
