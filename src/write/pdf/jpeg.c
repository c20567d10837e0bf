/* write/pdf/jpeg: JPEG files, through libjpeg. */
#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <jpeglib.h>

#include "write/pdf/picture_int.h"

enum {
    MARKER_APP0 = 0xE0,
    MARKER_APP1 = 0xE1,  /* Exif */
    MARKER_APP14 = 0xEE, /* Adobe: says how colours are stored */
    MARKER_APP15 = 0xEF,
    MARKER_COMMENT = 0xFE,
    MARKER_SCAN = 0xDA,
    MARKER_END = 0xD9,
    SCANS_MAX = 200, /* of a progressive file; real ones have about ten */
};

/* All that must outlive a jump out of libjpeg. */
struct reader {
    struct jpeg_error_mgr errors; /* first: libjpeg hands it back */
    jmp_buf out;
    struct arena *arena, *scratch;
    struct picture_fault *fault;
    struct jpeg_decompress_struct jpeg;
    struct jpeg_progress_mgr progress;
    struct pdf_picture *picture;
};

static _Noreturn void on_error(j_common_ptr jpeg)
{
    struct reader *r = (struct reader *)jpeg->err;
    char message[JMSG_LENGTH_MAX];
    jpeg->err->format_message(jpeg, message);
    if (r->fault->text.n == 0)
        r->fault->text = str_fmt(r->arena, "it is damaged: %s", message);
    longjmp(r->out, 1);
}

/* libjpeg paints grey where data is missing and only warns; on paper a plan
 * that is half grey is broken. */
static void on_message(j_common_ptr jpeg, int level)
{
    if (level < 0)
        on_error(jpeg);
}

static void on_progress(j_common_ptr jpeg)
{
    struct reader *r = (struct reader *)jpeg->err;
    if (r->jpeg.input_scan_number <= SCANS_MAX)
        return;
    r->fault->text = S("it has too many scans");
    longjmp(r->out, 1);
}

static unsigned number(const unsigned char *at, size_t size, bool is_little)
{
    unsigned value = 0;
    for (size_t i = 0; i < size; i++)
        value |= (unsigned)at[i] << 8 * (is_little ? i : size - 1 - i);
    return value;
}

/* The entry "Orientation" (0x112) of the first folder of Exif's TIFF. */
static unsigned orientation(const unsigned char *exif, size_t size)
{
    if (size < 14 || memcmp(exif, "Exif\0\0", 6) != 0)
        return 1;
    const unsigned char *tiff = exif + 6;
    size -= 6;
    bool is_little = tiff[0] == 'I';
    size_t at = number(tiff + 4, 4, is_little);
    if (at > size || size - at < 2)
        return 1;
    size_t count = number(tiff + at, 2, is_little);
    at += 2;
    for (size_t i = 0; i < count && size - at >= 12; i++, at += 12) {
        unsigned turn = number(tiff + at + 8, 2, is_little);
        if (number(tiff + at, 2, is_little) == 0x112)
            return turn >= 1 && turn <= 8 ? turn : 1;
    }
    return 1;
}

static unsigned find_orientation(const struct jpeg_decompress_struct *jpeg)
{
    for (jpeg_saved_marker_ptr m = jpeg->marker_list; m; m = m->next) {
        unsigned turn = m->marker == MARKER_APP1 ? orientation(m->data, m->data_length) : 1;
        if (turn != 1)
            return turn;
    }
    return 1;
}

/* After a scan's header come its coded bytes, up to the next marker that is
 * neither a stuffed zero nor a restart. */
static size_t scan_end(str data, size_t at)
{
    for (; at + 1 < data.n; at++) {
        unsigned char next = (unsigned char)data.p[at + 1];
        if ((unsigned char)data.p[at] == 0xFF && next != 0 && next != 0xFF &&
            (next < 0xD0 || next > 0xD7))
            return at;
    }
    return data.n;
}

/* The stream without application data, comments and whatever follows its end.
 * libjpeg has read it to the end before, so its markers are sound; still every
 * step is checked. */
static str without_notes(struct arena *a, str data)
{
    struct buf b = buf_in(a, data.n + 2);
    buf_lit(&b, "\xFF\xD8");
    for (size_t at = 2; at + 4 <= data.n && (unsigned char)data.p[at] == 0xFF;) {
        unsigned marker = (unsigned char)data.p[at + 1];
        if (marker == 0xFF) { /* padding */
            at++;
            continue;
        }
        if (marker == MARKER_END)
            break;
        size_t size =
            2 + ((size_t)(unsigned char)data.p[at + 2] << 8 | (unsigned char)data.p[at + 3]);
        size_t end = at + size < data.n ? at + size : data.n;
        if (marker == MARKER_SCAN)
            end = scan_end(data, end);
        bool is_note = (marker > MARKER_APP0 && marker <= MARKER_APP15 && marker != MARKER_APP14) ||
                       marker == MARKER_COMMENT;
        if (!is_note)
            buf_add(&b, str_from_to(data, at, end));
        at = end;
    }
    buf_lit(&b, "\xFF\xD9");
    return buf_str(&b);
}

/* Colours of a press become those of the screen, as programs do that know nothing of
 * the press: files of ours are sRGB throughout. Adobe's programs store the inverse. */
static void to_rgb(const JSAMPLE *cmyk, size_t count, unsigned char *rgb)
{
    for (size_t i = 0; i < count; i++, cmyk += 4)
        for (size_t k = 0; k < 3; k++)
            *rgb++ = (unsigned char)((cmyk[k] * cmyk[3] + 127) / 255);
}

static void invert(JSAMPLE *samples, size_t count)
{
    for (size_t i = 0; i < count; i++)
        samples[i] = (JSAMPLE)(255 - samples[i]);
}

static str decode_cmyk(struct reader *r)
{
    struct jpeg_decompress_struct *jpeg = &r->jpeg;
    jpeg->out_color_space = JCS_CMYK;
    jpeg_start_decompress(jpeg);
    size_t width = jpeg->output_width, height = jpeg->output_height;
    JSAMPARRAY row =
        jpeg->mem->alloc_sarray((j_common_ptr)jpeg, JPOOL_IMAGE, (JDIMENSION)(4 * width), 1);
    unsigned char *pixels = NEW_ARRAY(r->scratch, unsigned char, 3 * width * height);
    while (jpeg->output_scanline < jpeg->output_height) {
        unsigned char *to = pixels + 3 * width * jpeg->output_scanline;
        jpeg_read_scanlines(jpeg, row, 1);
        if (!jpeg->saw_Adobe_marker)
            invert(row[0], 4 * width);
        to_rgb(row[0], width, to);
    }
    jpeg_finish_decompress(jpeg);
    struct picture_plane plane = {pixels, (unsigned)width, (unsigned)height, 3, 0, 3};
    return picture_pack(r->arena, &plane);
}

/* All coefficients are read; an eighth of the size is enough to see that they
 * are there. */
static void decode(struct jpeg_decompress_struct *jpeg)
{
    jpeg->scale_num = 1;
    jpeg->scale_denom = 8;
    jpeg->dct_method = JDCT_IFAST;
    jpeg_start_decompress(jpeg);
    JDIMENSION width = jpeg->output_width * (JDIMENSION)jpeg->output_components;
    JSAMPARRAY row = jpeg->mem->alloc_sarray((j_common_ptr)jpeg, JPOOL_IMAGE, width, 1);
    while (jpeg->output_scanline < jpeg->output_height)
        jpeg_read_scanlines(jpeg, row, 1);
    jpeg_finish_decompress(jpeg);
}

static void read_picture(struct reader *r, str data)
{
    struct jpeg_decompress_struct *jpeg = &r->jpeg;
    jpeg_mem_src(jpeg, (const unsigned char *)data.p, (unsigned long)data.n);
    jpeg_save_markers(jpeg, MARKER_APP1, 0xFFFF);
    jpeg_read_header(jpeg, TRUE);
    if (!picture_fits(r->arena, jpeg->image_width, jpeg->image_height, r->fault))
        return;
    if (jpeg->arith_code ||
        (jpeg->num_components != 1 && jpeg->num_components != 3 && jpeg->num_components != 4)) {
        r->fault->text = S("its kind of JPEG cannot be printed");
        return;
    }
    struct pdf_picture *p = NEW(r->arena, struct pdf_picture);
    p->is_jpeg = jpeg->num_components != 4;
    p->width = jpeg->image_width;
    p->height = jpeg->image_height;
    p->components = jpeg->num_components == 1 ? 1 : 3;
    p->turn = find_orientation(jpeg);
    if (jpeg->saw_JFIF_marker && jpeg->density_unit > 0)
        p->dots_per_inch = jpeg->X_density * (jpeg->density_unit == 2 ? 2.54 : 1);
    if (p->is_jpeg) {
        decode(jpeg);
        p->data = without_notes(r->arena, data);
    } else {
        p->data = decode_cmyk(r);
    }
    r->picture = p;
}

struct pdf_picture *jpeg_read(struct arena *a, str data, struct picture_fault *fault)
{
    struct reader r = {
        .arena = a, .scratch = arena_new("picture", (size_t)1 << 30), .fault = fault};
    r.jpeg.err = jpeg_std_error(&r.errors);
    r.errors.error_exit = on_error;
    r.errors.emit_message = on_message;
    if (setjmp(r.out) == 0) {
        jpeg_create_decompress(&r.jpeg);
        r.progress.progress_monitor = on_progress;
        r.jpeg.progress = &r.progress;
        read_picture(&r, data);
    }
    jpeg_destroy_decompress(&r.jpeg);
    arena_free(r.scratch);
    return fault->text.n > 0 ? NULL : r.picture;
}
