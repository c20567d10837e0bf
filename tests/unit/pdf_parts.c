/* unit/pdf_parts: the parts of the PDF writer that answer simple questions. */
#include "unit.h"

#include <math.h>
#include <png.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>
#include <zlib.h>

#include "write/pdf/archive_int.h"
#include "write/pdf/hyphen_int.h"
#include "write/pdf/para_int.h"
#include "write/pdf/picture_int.h"
#include "write/pdf/subset_int.h"
#include "write/pdf/table_int.h"

static struct arena *memory;

static void visual_order(void **state)
{
    (void)state;
    static const struct {
        const char *levels, *order;
    } row[] = {
        {"", ""},         {"000", "012"},   {"111", "210"},     {"0110", "0213"},
        {"1001", "0123"}, {"1221", "3120"}, {"01221", "04231"}, {"12321", "41230"},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        str levels = str_from(row[i].levels);
        unsigned char level[8];
        size_t order[8];
        char got[9] = {0};
        for (size_t k = 0; k < levels.n; k++)
            level[k] = (unsigned char)(levels.p[k] - '0');
        bidi_order(level, levels.n, order);
        for (size_t k = 0; k < levels.n; k++)
            got[k] = (char)('0' + order[k]);
        assert_string_equal(got, row[i].order);
    }
}

static void hyphens(void **state)
{
    (void)state;
    struct pdf_hyphens *h = hyphen_open(memory, S("en"));
    assert_non_null(h); /* the package hyphen-en-gb */
    unsigned short at[HYPHEN_WORD_MAX];
    assert_int_equal(hyphen_find(h, S("recovery"), at), 2);
    assert_int_equal(at[0], 2);
    assert_int_equal(at[1], 5);
    assert_int_equal(hyphen_find(h, S("RECOVERY"), at), 2); /* case does not matter */
    assert_int_equal(hyphen_find(h, S("plan"), at), 0);     /* too short */
    assert_int_equal(hyphen_find(h, S(""), at), 0);
    char endless[400];
    for (size_t i = 0; i < sizeof endless; i++)
        endless[i] = 'a';
    assert_int_equal(hyphen_find(h, (str){endless, sizeof endless}, at), 0);
    assert_int_equal(hyphen_find(NULL, S("recovery"), at), 0);
    assert_null(hyphen_open(memory, S("tlh")));
    hyphen_close(h);
}

static double total(const double *width, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += width[i];
    return sum;
}

static void column_widths(void **state)
{
    (void)state;
    double w[3];
    struct column_need fits[] = {{10, 20, 40, 40}, {10, 20, 60, 60}};
    widths_share(fits, 2, 200, w); /* natural: half of the room is too little to stretch to */
    assert_true(w[0] == 40 && w[1] == 60);
    struct column_need full[] = {{10, 20, 40, 40}, {10, 20, 120, 120}};
    widths_share(full, 2, 200, w);
    assert_true(fabs(total(w, 2) - 200) < 0.01 && fabs(w[1] - 150) < 0.01);
    struct column_need prose[] = {{20, 30, 30, 30}, {40, 400, 900, 900}, {40, 100, 300, 300}};
    widths_share(prose, 3, 400, w);
    assert_true(fabs(total(w, 3) - 400) < 0.01);
    assert_true(w[0] == 30);      /* a short column keeps its line */
    assert_true(w[1] > 2 * w[2]); /* the full one gets most */
    assert_true(w[2] >= 40);      /* nothing falls below its least */
    struct column_need words[] = {{500, 500, 500, 500}, {30, 30, 30, 30}};
    widths_share(words, 2, 200, w); /* a word that cannot fit does not starve its neighbour */
    assert_true(w[1] == 30 && total(w, 2) <= 200.01);
}

/* Cells of that many words, each forty wide with a space of two. */
static struct para_extent words_of(size_t count)
{
    struct para_extent e = {.narrowest = 40, .widest = 42.0 * (double)count, .count = count};
    e.parts = NEW_ARRAY(memory, struct para_part, count);
    for (size_t i = 0; i < count; i++)
        e.parts[i] = (struct para_part){40, 2};
    return e;
}

/* Room goes from a column with little in any row to the one that makes rows tall,
 * but numbers keep their line. */
static void widths_of_low_rows(void **state)
{
    (void)state;
    struct para_extent cell[] = {words_of(2), words_of(40), words_of(3), words_of(12)};
    struct row_sample sample = {.rows = 2, .columns = 2, .cell = cell, .scale = 1};
    struct column_need need[] = {{40, 100, 130, 130}, {40, 100, 1700, 1700}};
    double w[] = {200, 200};
    widths_settle(memory, need, &sample, w);
    assert_true(fabs(total(w, 2) - 400) < 0.01);
    assert_true(w[0] >= 40 && w[1] > 290);
    struct column_need numbers[] = {
        {30, 50, 90, 50}, {30, 50, 50, 50}, {60, 300, 900, 900}, {60, 300, 900, 900}};
    double share[4];
    widths_share(numbers, 4, 400, share);
    assert_true(share[0] >= 50 && share[0] < 90); /* its head may break, its numbers not */
    assert_true(share[1] == 50);
}

/* A line of boxes ten wide with spaces two wide between them. */
static struct items boxes(size_t count)
{
    struct items items = {0};
    for (size_t i = 0; i < count; i++) {
        PUSH(memory, items.v, items.n, items.cap, struct item) =
            (struct item){.kind = ITEM_BOX, .width = 10};
        if (i + 1 < count)
            PUSH(memory, items.v, items.n, items.cap, struct item) =
                (struct item){.kind = ITEM_GLUE, .width = 2, .stretch = 2, .shrink = 1};
    }
    PUSH(memory, items.v, items.n, items.cap, struct item) =
        (struct item){.kind = ITEM_PENALTY, .penalty = ITEM_FORCED};
    return items;
}

static void line_ends(void **state)
{
    (void)state;
    struct items items = boxes(10);
    struct breaks b;
    assert_true(breaks_best(memory, &items, 58, true, 100, 0, &b)); /* five boxes: 58 exactly */
    assert_int_equal(b.n, 2);
    assert_int_equal(b.v[0], 9);
    assert_int_equal(b.v[1], items.n - 1);
    assert_false(breaks_best(memory, &items, 9, true, 10000, 0, &b)); /* no box fits */
    breaks_first(memory, &items, 9, &b); /* still every box has a line */
    assert_int_equal(b.n, 10);
    breaks_first(memory, &items, 58, &b);
    assert_int_equal(b.n, 2);
    struct items nothing = boxes(0);
    assert_true(breaks_best(memory, &nothing, 50, true, 100, 0, &b));
    assert_int_equal(b.n, 1);
}

/* Greedy would fill the first line and leave a loose second one; the best way
 * gives both a little. */
static void best_is_not_greedy(void **state)
{
    (void)state;
    struct items items = boxes(11);
    struct breaks best, first;
    assert_true(breaks_best(memory, &items, 50, true, 10000, 0, &best));
    breaks_first(memory, &items, 50, &first);
    assert_int_equal(first.v[0], 7);
    assert_true(best.n <= first.n);
    for (size_t i = 0; i + 1 < best.n; i++) {
        size_t start = i == 0 ? 0 : breaks_next_start(&items, best.v[i - 1]);
        size_t count = (best.v[i] - start + 1) / 2; /* boxes in the line */
        double least = 10.0 * (double)count + 1.0 * ((double)count - 1);
        assert_true(least <= 50.01);
    }
}

static str png_of(unsigned width, unsigned height, int format)
{
    png_image image = {.version = PNG_IMAGE_VERSION,
                       .width = width,
                       .height = height,
                       .format = (png_uint_32)format};
    unsigned char *pixels = NEW_ARRAY(memory, unsigned char, PNG_IMAGE_SIZE(image));
    for (size_t i = 0; i < PNG_IMAGE_SIZE(image); i++)
        pixels[i] = (unsigned char)(i * 7);
    png_alloc_size_t size = 1 << 20;
    char *out = NEW_ARRAY(memory, char, size);
    assert_true(png_image_write_to_memory(&image, out, &size, 0, pixels, 0, NULL));
    return (str){out, size};
}

static void png_files(void **state)
{
    (void)state;
    static const struct {
        int format;
        unsigned components;
        bool has_alpha;
    } row[] = {{PNG_FORMAT_GRAY, 1, false},
               {PNG_FORMAT_GA, 1, true},
               {PNG_FORMAT_RGB, 3, false},
               {PNG_FORMAT_RGBA, 3, true}};
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        struct picture_fault fault = {0};
        struct pdf_picture *p = picture_read(memory, png_of(40, 30, row[i].format), &fault);
        assert_non_null(p);
        assert_int_equal(p->width, 40);
        assert_int_equal(p->height, 30);
        assert_int_equal(p->components, row[i].components);
        assert_int_equal(p->alpha.n > 0, row[i].has_alpha);
    }
}

/* Wherever a file is cut or one of its bytes is changed, it is refused or read,
 * and a cut is never read. */
static void broken_png(void **state)
{
    (void)state;
    str whole = png_of(40, 30, PNG_FORMAT_RGB);
    for (size_t i = 0; i < whole.n; i++) {
        struct picture_fault fault = {0};
        assert_null(picture_read(memory, str_from_to(whole, 0, i), &fault));
        assert_true(fault.text.n > 0 && !fault.is_limit);
        str changed = str_dup(memory, whole);
        ((char *)changed.p)[i] ^= 0x55;
        fault = (struct picture_fault){0};
        bool was_read = picture_read(memory, changed, &fault) != NULL;
        assert_int_equal(was_read, fault.text.n == 0);
    }
}

/* The head says 20,000 by 20,000 and its checksum is right; then samples would come. */
static void huge_png(void **state)
{
    (void)state;
    str bomb = S("\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\x4E\x20\0\0\x4E\x20\x08\0\0\0\0\xC6\x1B\x19"
                 "\xE5\0\0\0\1IDAT");
    struct picture_fault fault = {0};
    assert_null(picture_read(memory, bomb, &fault));
    assert_true(fault.is_limit);
    assert_str(fault.text, "it has 20000 by 20000 pixels");
}

/* Rows that are all alike; samples of CMYK count as Adobe's programs do, 255 is no ink. */
static str jpeg_in(J_COLOR_SPACE space, int components, unsigned width, unsigned height)
{
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors;
    unsigned char *out = NULL, row[4 * 64];
    unsigned long size = 0;
    for (size_t i = 0; i < sizeof row; i++)
        row[i] = (unsigned char)(space == JCS_CMYK ? (i % 4 == 1 ? 0 : 255) : i * 5);
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, &out, &size);
    jpeg.image_width = width;
    jpeg.image_height = height;
    jpeg.input_components = components;
    jpeg.in_color_space = space;
    jpeg_set_defaults(&jpeg);
    jpeg_start_compress(&jpeg, TRUE);
    JSAMPROW rows = row;
    while (jpeg.next_scanline < jpeg.image_height)
        jpeg_write_scanlines(&jpeg, &rows, 1);
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    str copy = str_dup(memory, (str){(char *)out, size});
    free(out);
    return copy;
}

static str jpeg_of(unsigned width, unsigned height)
{
    return jpeg_in(JCS_RGB, 3, width, height);
}

#define EXIF "Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"

static void jpeg_files(void **state)
{
    (void)state;
    str plain = jpeg_of(64, 48);
    str parts[] = {str_from_to(plain, 0, 2), S("\xFF\xE1\0\x22" EXIF), S("\xFF\xFE\0\x08secret"),
                   str_skip(plain, 2), S("what follows the end")};
    struct picture_fault fault = {0};
    struct pdf_picture *p = picture_read(memory, str_join(memory, parts, 5, S("")), &fault);
    assert_non_null(p);
    assert_true(p->is_jpeg && p->width == 64 && p->height == 48 && p->components == 3);
    assert_int_equal(p->turn, 6);
    assert_true(str_eq(p->data, plain)); /* without place, comment and tail */
}

/* Files of ours know one colour space, so the inks of a press become light: magenta. */
static void jpeg_of_a_press(void **state)
{
    (void)state;
    struct picture_fault fault = {0};
    struct pdf_picture *p = picture_read(memory, jpeg_in(JCS_CMYK, 4, 16, 8), &fault);
    assert_non_null(p);
    assert_true(!p->is_jpeg && p->components == 3 && p->width == 16 && p->height == 8);
    unsigned char rows[8 * (1 + 3 * 16)];
    uLongf size = sizeof rows;
    assert_int_equal(uncompress(rows, &size, (const Bytef *)p->data.p, (uLong)p->data.n), Z_OK);
    assert_int_equal(size, sizeof rows);
    assert_int_equal(rows[0], 1); /* each byte less the one a pixel before */
    assert_true(rows[1] > 250 && rows[2] < 5 && rows[3] > 250);
}

static void break_jpeg(str whole)
{
    for (size_t i = 0; i < whole.n; i++) {
        struct picture_fault fault = {0};
        bool was_read = picture_read(memory, str_from_to(whole, 0, i), &fault) != NULL;
        assert_int_equal(was_read, fault.text.n == 0);
        assert_true(!was_read || i + 2 >= whole.n); /* only the end marker may be missing */
        str changed = str_dup(memory, whole);
        ((char *)changed.p)[i] ^= 0x55;
        fault = (struct picture_fault){0};
        was_read = picture_read(memory, changed, &fault) != NULL;
        assert_int_equal(was_read, fault.text.n == 0);
    }
}

static void broken_jpeg(void **state)
{
    (void)state;
    break_jpeg(jpeg_of(64, 48));
    break_jpeg(jpeg_in(JCS_CMYK, 4, 16, 16));
}

static void other_files(void **state)
{
    (void)state;
    static const str file[] = {S_INIT(""), S_INIT("GIF89a"), S_INIT("<svg/>"), S_INIT("\xFF\xD8")};
    for (size_t i = 0; i < sizeof file / sizeof *file; i++) {
        struct picture_fault fault = {0};
        assert_null(picture_read(memory, file[i], &fault));
        assert_str(fault.text, "it is neither PNG nor JPEG");
    }
}

/* Two texts that share a glyph have codes of their own; the same pair has one. */
static void codes_of_glyphs(void **state)
{
    (void)state;
    struct fonts *faces = font_open(memory, diags_new(memory));
    assert_non_null(faces);
    struct pdf_subsets *s = subset_new(memory, faces);
    uint16_t a = subset_code(s, 0, 36, S("A")), b = subset_code(s, 0, 36, S("\u0391"));
    assert_true(a != 0 && b != 0 && a != b);
    assert_int_equal(subset_code(s, 0, 36, S("A")), a);
    assert_int_equal(subset_code(s, 0, 36, S("\u0391")), b);
    assert_int_equal(subset_code(s, 1, 36, S("A")), 1); /* each face counts for itself */
    assert_true(subset_width(s, 0, a) == subset_width(s, 0, b));
    assert_true(subset_is_used(s, 1) && !subset_is_used(s, 2));
    font_close(faces);
}

static uint32_t number_at(str bytes, size_t at)
{
    uint32_t n = 0;
    for (size_t i = 0; i < 4; i++)
        n = n << 8 | (unsigned char)bytes.p[at + i];
    return n;
}

/* Size, signature and every part within the file; the three colours add up to white. */
static void profile_of_colors(void **state)
{
    (void)state;
    str icc = archive_profile(memory);
    assert_true(str_eq(icc, archive_profile(memory)));
    assert_int_equal(number_at(icc, 0), icc.n);
    assert_true(str_eq(str_from_to(icc, 12, 24), S("mntrRGB XYZ ")));
    assert_true(str_eq(str_from_to(icc, 36, 40), S("acsp")));
    uint32_t count = number_at(icc, 128), sum[3] = {0};
    for (size_t i = 0; i < count; i++) {
        size_t entry = 132 + 12 * i, at = number_at(icc, entry + 4);
        assert_true(at % 4 == 0 && at + number_at(icc, entry + 8) <= icc.n);
        for (size_t k = 0; k < 3 && str_eq(str_from_to(icc, entry + 1, entry + 4), S("XYZ")); k++)
            sum[k] += number_at(icc, at + 8 + 4 * k);
    }
    for (size_t k = 0; k < 3; k++)
        assert_int_equal(sum[k], number_at(icc, 68 + 4 * k));
}

static void fallback_faces(void **state)
{
    (void)state;
    struct fonts *faces = font_open(memory, diags_new(memory));
    struct font_shaper *shaper = font_shaper_new(memory, faces, S("en"));
    static const struct {
        const char *text, *face;
    } row[] = {
        {"plan", "NotoSans-Regular"},           {"\u05E9", "NotoSansHebrew-Regular"},
        {"\u0633", "NotoSansArabic-Regular"},   {"\u4E2D", "DroidSansFallback"},
        {"\u2610", "NotoSansSymbols2-Regular"}, {"\uE000", "DejaVuSans"},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        const struct font_text *t = font_shape(shaper, str_from(row[i].text), FONT_REGULAR, false);
        assert_int_equal(t->run_count, 1);
        assert_str(font_face(faces, t->runs[0].face)->name, row[i].face);
        assert_int_equal(t->missing, i == 5 ? 0xE000 : 0);
        assert_true(t == font_shape(shaper, str_from(row[i].text), FONT_REGULAR, false));
    }
    double plain = font_text_width(faces, S("Claims"), 10, false);
    assert_true(plain > 30 && plain < 40 && font_text_width(faces, S("Claims"), 10, true) > plain);
    assert_true(fabs(font_text_width(faces, S("Claims"), 20, false) - 2 * plain) < 0.001);
    font_close(faces);
}

int unit_pdf_parts(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test(visual_order),    cmocka_unit_test(hyphens),
        cmocka_unit_test(column_widths),   cmocka_unit_test(widths_of_low_rows),
        cmocka_unit_test(line_ends),       cmocka_unit_test(best_is_not_greedy),
        cmocka_unit_test(png_files),       cmocka_unit_test(broken_png),
        cmocka_unit_test(huge_png),        cmocka_unit_test(jpeg_files),
        cmocka_unit_test(jpeg_of_a_press), cmocka_unit_test(broken_jpeg),
        cmocka_unit_test(other_files),     cmocka_unit_test(codes_of_glyphs),
        cmocka_unit_test(fallback_faces),  cmocka_unit_test(profile_of_colors),
    };
    memory = arena_new("unit", (size_t)1 << 30);
    int failed = unit_run("pdf_parts", cases);
    arena_free(memory);
    return failed;
}
