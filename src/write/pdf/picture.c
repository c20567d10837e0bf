/* write/pdf/picture: author's pictures, decoded under limits. */
#include "write/pdf/picture_int.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/fatal.h"

bool picture_fits(struct arena *a, unsigned width, unsigned height, struct picture_fault *fault)
{
    if (width > 0 && height > 0 && width <= PICTURE_SIDE_MAX && height <= PICTURE_SIDE_MAX &&
        (uint64_t)width * height <= PICTURE_PIXELS_MAX)
        return true;
    fault->text = str_fmt(a, "it has %u by %u pixels", width, height);
    fault->is_limit = true;
    return false;
}

struct pdf_picture *picture_read(struct arena *a, str data, struct picture_fault *fault)
{
    if (str_starts(data, S("\x89PNG\r\n\x1A\n")))
        return png_read(a, data, fault);
    if (str_starts(data, S("\xFF\xD8\xFF")))
        return jpeg_read(a, data, fault);
    fault->text = S("it is neither PNG nor JPEG");
    return NULL;
}

static unsigned char paeth(int left, int up, int corner)
{
    int by_left = abs(up - corner), by_up = abs(left - corner),
        by_corner = abs(left + up - 2 * corner);
    if (by_left <= by_up && by_left <= by_corner)
        return (unsigned char)left;
    return (unsigned char)(by_up <= by_corner ? up : corner);
}

enum { FILTER_SUB = 1, FILTER_UP = 2, FILTER_PAETH = 4 };

/* One row in one of PNG's filters; the sum of its distances from zero is the
 * usual guess of how well it will deflate. */
static uint64_t filter(unsigned kind, const unsigned char *row, const unsigned char *above,
                       size_t size, size_t unit, unsigned char *out)
{
    uint64_t sum = 0;
    out[0] = (unsigned char)kind;
    for (size_t i = 0; i < size; i++) {
        int left = i >= unit ? row[i - unit] : 0, corner = i >= unit ? above[i - unit] : 0;
        int guess = kind == FILTER_SUB  ? left
                    : kind == FILTER_UP ? above[i]
                                        : paeth(left, above[i], corner);
        out[i + 1] = (unsigned char)(row[i] - guess);
        sum += (uint64_t)abs((signed char)out[i + 1]);
    }
    return sum;
}

struct packer {
    struct arena *scratch;
    z_stream zip;
    struct buf out;
};

static void pack_bytes(struct packer *p, const unsigned char *bytes, size_t size, int flush)
{
    p->zip.next_in = (Bytef *)bytes;
    p->zip.avail_in = (uInt)size;
    do {
        enum { STEP = 64 * 1024 };
        p->zip.next_out = (Bytef *)buf_room(&p->out, STEP);
        p->zip.avail_out = STEP;
        deflate(&p->zip, flush);
        p->out.n += STEP - p->zip.avail_out;
    } while (p->zip.avail_out == 0);
}

static void pick_row(const struct picture_plane *plane, unsigned y, unsigned char *row)
{
    const unsigned char *from = plane->pixels + (size_t)y * plane->width * plane->channels;
    for (unsigned x = 0; x < plane->width; x++, from += plane->channels, row += plane->used)
        memcpy(row, from + plane->first, plane->used);
}

static void pack_rows(struct packer *p, const struct picture_plane *plane)
{
    static const unsigned kinds[] = {FILTER_SUB, FILTER_UP, FILTER_PAETH};
    size_t size = (size_t)plane->width * plane->used;
    unsigned char *above = NEW_ARRAY(p->scratch, unsigned char, size);
    unsigned char *row = NEW_ARRAY(p->scratch, unsigned char, size);
    unsigned char *best = NEW_ARRAY(p->scratch, unsigned char, size + 1);
    unsigned char *tried = NEW_ARRAY(p->scratch, unsigned char, size + 1);
    for (unsigned y = 0; y < plane->height; y++) {
        uint64_t least = UINT64_MAX;
        pick_row(plane, y, row);
        for (size_t i = 0; i < COUNT_OF(kinds); i++) {
            uint64_t sum = filter(kinds[i], row, above, size, plane->used, tried);
            if (sum >= least)
                continue;
            least = sum;
            unsigned char *other = best;
            best = tried;
            tried = other;
        }
        pack_bytes(p, best, size + 1, Z_NO_FLUSH);
        unsigned char *other = above;
        above = row;
        row = other;
    }
    pack_bytes(p, best, 0, Z_FINISH);
}

str picture_pack(struct arena *a, const struct picture_plane *plane)
{
    struct packer p = {.scratch = arena_new("picture", (size_t)1 << 30)};
    if (deflateInit(&p.zip, Z_DEFAULT_COMPRESSION) != Z_OK)
        fatal("out of memory for a picture");
    p.out = buf_in(p.scratch, 256 * 1024);
    pack_rows(&p, plane);
    deflateEnd(&p.zip);
    str packed = str_dup(a, buf_str(&p.out));
    arena_free(p.scratch);
    return packed;
}

static void describe(HPDF_Dict image, const struct pdf_picture *p, unsigned components)
{
    HPDF_Dict_AddName(image, "Type", "XObject");
    HPDF_Dict_AddName(image, "Subtype", "Image");
    HPDF_Dict_AddNumber(image, "Width", (HPDF_INT32)p->width);
    HPDF_Dict_AddNumber(image, "Height", (HPDF_INT32)p->height);
    HPDF_Dict_AddNumber(image, "BitsPerComponent", 8);
    HPDF_Dict_AddName(image, "ColorSpace", components == 1 ? "DeviceGray" : "DeviceRGB");
}

static HPDF_Dict write_plane(struct pdf_file *f, struct arena *a, const struct pdf_picture *p,
                             str data, unsigned components)
{
    HPDF_Dict image = file_encoded_stream(f, data, "FlateDecode");
    describe(image, p, components);
    file_raw(f, image,
             str_fmt(a, "/DecodeParms <</Predictor 15 /Colors %u /Columns %u>>\n", components,
                     p->width));
    return image;
}

HPDF_Dict picture_write(struct pdf_file *f, struct arena *a, const struct pdf_picture *p)
{
    if (p->is_jpeg) {
        HPDF_Dict image = file_encoded_stream(f, p->data, "DCTDecode");
        describe(image, p, p->components);
        return image;
    }
    HPDF_Dict image = write_plane(f, a, p, p->data, p->components);
    if (p->alpha.n > 0)
        HPDF_Dict_Add(image, "SMask", write_plane(f, a, p, p->alpha, 1));
    return image;
}
