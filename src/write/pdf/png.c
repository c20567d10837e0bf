/* write/pdf/png: PNG files, through libpng. */
#include <png.h>
#include <setjmp.h>
#include <string.h>

#include "write/pdf/picture_int.h"

enum { CHUNK_BYTES_MAX = 8 * 1024 * 1024, CHUNKS_MAX = 200 };

/* All that must outlive a jump out of libpng. */
struct reader {
    struct arena *arena, *scratch;
    struct picture_fault *fault;
    str rest;
    png_structp png;
    png_infop info;
    struct pdf_picture *picture;
};

static _Noreturn void on_error(png_structp png, png_const_charp message)
{
    struct reader *r = png_get_error_ptr(png);
    if (r->fault->text.n == 0)
        r->fault->text = str_fmt(r->arena, "it is damaged: %s", message);
    png_longjmp(png, 1);
}

/* Oddities that don't keep the picture from being shown. */
static void on_warning(png_structp png, png_const_charp message)
{
    (void)png;
    (void)message;
}

static void read_bytes(png_structp png, png_bytep out, png_size_t size)
{
    struct reader *r = png_get_io_ptr(png);
    if (size > r->rest.n)
        png_error(png, "the file ends too early");
    memcpy(out, r->rest.p, size);
    r->rest = str_skip(r->rest, size);
}

/* Whatever is stored comes as 8 bits of grey or RGB, with alpha where any is. */
static void ask_for_plain_samples(png_structp png, png_infop info)
{
    png_set_expand(png); /* palettes, fewer bits, transparent colours */
    png_set_strip_16(png);
    png_set_interlace_handling(png);
    png_read_update_info(png, info);
}

static double dots_per_inch(png_structp png, png_infop info)
{
    return png_get_x_pixels_per_meter(png, info) * 0.0254;
}

static bool is_opaque(const unsigned char *pixels, size_t count, unsigned channels)
{
    for (size_t i = 0; i < count; i++)
        if (pixels[i * channels + channels - 1] != 255)
            return false;
    return true;
}

static void pack(struct reader *r, const unsigned char *pixels, unsigned channels)
{
    struct pdf_picture *p = r->picture;
    struct picture_plane plane = {pixels, p->width, p->height, channels, 0, 0};
    bool has_alpha = channels == 2 || channels == 4;
    p->components = plane.used = has_alpha ? channels - 1 : channels;
    p->data = picture_pack(r->arena, &plane);
    if (has_alpha && !is_opaque(pixels, (size_t)p->width * p->height, channels)) {
        plane.first = channels - 1;
        plane.used = 1;
        p->alpha = picture_pack(r->arena, &plane);
    }
}

static void read_picture(struct reader *r)
{
    struct pdf_picture *p = NEW(r->arena, struct pdf_picture);
    png_read_info(r->png, r->info);
    p->turn = 1;
    p->width = png_get_image_width(r->png, r->info);
    p->height = png_get_image_height(r->png, r->info);
    p->dots_per_inch = dots_per_inch(r->png, r->info);
    if (!picture_fits(r->arena, p->width, p->height, r->fault))
        return;
    ask_for_plain_samples(r->png, r->info);
    size_t stride = png_get_rowbytes(r->png, r->info);
    unsigned char *pixels = NEW_ARRAY(r->scratch, unsigned char, stride * p->height);
    png_bytepp rows = NEW_ARRAY(r->scratch, png_bytep, p->height);
    for (size_t y = 0; y < p->height; y++)
        rows[y] = pixels + y * stride;
    png_read_image(r->png, rows);
    png_read_end(r->png, NULL); /* a file without its end was cut off */
    r->picture = p;
    pack(r, pixels, png_get_channels(r->png, r->info));
}

struct pdf_picture *png_read(struct arena *a, str data, struct picture_fault *fault)
{
    struct reader r = {
        .arena = a, .fault = fault, .rest = data, .scratch = arena_new("picture", (size_t)1 << 30)};
    r.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &r, on_error, on_warning);
    r.info = r.png ? png_create_info_struct(r.png) : NULL;
    if (!r.info) {
        fault->text = S("there is no memory for it");
    } else if (setjmp(png_jmpbuf(r.png)) == 0) {
        png_set_read_fn(r.png, &r, read_bytes);
        png_set_user_limits(r.png, PNG_UINT_31_MAX, PNG_UINT_31_MAX); /* ours say it better */
        png_set_chunk_malloc_max(r.png, CHUNK_BYTES_MAX);
        png_set_chunk_cache_max(r.png, CHUNKS_MAX);
        png_set_crc_action(r.png, PNG_CRC_ERROR_QUIT, PNG_CRC_ERROR_QUIT);
        read_picture(&r);
    }
    png_destroy_read_struct(&r.png, &r.info, NULL);
    arena_free(r.scratch);
    return fault->text.n > 0 ? NULL : r.picture;
}
