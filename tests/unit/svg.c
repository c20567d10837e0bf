/* unit/svg: drawings as SVG, whatever an author wrote. */
#include "unit.h"

#include <string.h>

#include "form/draw/shape.h"
#include "write/svg/svg.h"

struct record; /* only its address is used here */

static str href_of(void *self, struct arena *a, const struct record *r)
{
    (void)a, (void)r;
    return *(const str *)self;
}

/* Decoration, a box with a link, a box without, each with the same words. */
static struct drawing *drawing_of(struct arena *a, str words)
{
    static const struct point curve[] = {{0, 0}, {1, 2}, {3, 4.5}, {6, 7}};
    static const struct point head[] = {{6, 7}, {8, 9}, {6, 9.25}};
    static const char anything;
    struct drawing *d = NEW(a, struct drawing);
    *d = (struct drawing){.id = S("map-x"), .title = words, .description = words};
    d->width = 90;
    d->height = 45;
    const struct pen pen = {a, d};
    const struct look line = {INK_NONE, INK_MUTED, 1, true},
                      box = {INK_SURFACE, INK_LINE, 1.5, false};
    const struct lettering bold = {9, true, INK_TEXT, ANCHOR_MIDDLE};
    shape_open(&pen, S(""), NULL);
    shape_line(&pen, DRAW_PATH, &line, curve, 4);
    shape_polygon(&pen, INK_MUTED, head, 3);
    shape_close(&pen);
    shape_open(&pen, words, NULL);
    shape_open(&pen, words, (const struct record *)&anything);
    shape_rect(&pen, &box, 10, 20, 30.25, 15, 4);
    shape_text(&pen, &bold, 25, 30, words);
    shape_close(&pen);
    shape_open(&pen, words, NULL);
    shape_text(&pen, &bold, 50, 30, words);
    shape_close(&pen);
    shape_close(&pen);
    return d;
}

static str inline_of(struct arena *a, str words, str href)
{
    struct buf out = buf_in(a, 256);
    str *held = NEW(a, str);
    *held = href;
    const struct svg_links links = {held, href_of};
    svg_inline(&out, drawing_of(a, words), &links, S(""));
    return buf_str(&out);
}

static void inline_svg(void **state)
{
    struct arena *a = arena_new("test", 1 << 20);
    (void)state;
    assert_str(
        inline_of(a, S("Pay claims"), S("../r/act-001.html")),
        "<svg role=\"group\" aria-labelledby=\"map-x-title\" aria-describedby=\"map-x-desc\""
        " viewBox=\"0 0 90 45\" width=\"120\" height=\"60\" fill=\"none\""
        " font-family=\"sans-serif\">\n"
        "<title id=\"map-x-title\">Pay claims</title>\n<desc id=\"map-x-desc\">Pay claims</desc>\n"
        "<g aria-hidden=\"true\">\n"
        "<path d=\"M0 0C1 2 3 4.5 6 7\" class=\"stroke-muted\" stroke=\"currentColor\""
        " stroke-dasharray=\"4 3\"/>\n"
        "<polygon points=\"6 7 8 9 6 9.25\" class=\"fill-muted\" fill=\"currentColor\"/>\n</g>\n"
        "<g role=\"group\" aria-label=\"Pay claims\">\n"
        "<a class=\"node\" href=\"../r/act-001.html\">\n"
        "<rect x=\"10\" y=\"20\" width=\"30.25\" height=\"15\" rx=\"4\""
        " class=\"fill-surface stroke-line\" stroke=\"currentColor\" stroke-width=\"1.5\"/>\n"
        "<text x=\"25\" y=\"30\" font-size=\"9\" text-anchor=\"middle\" font-weight=\"bold\""
        " class=\"fill-text\" fill=\"currentColor\">Pay claims</text>\n</a>\n"
        "<g role=\"img\" aria-label=\"Pay claims\">\n"
        "<text x=\"50\" y=\"30\" font-size=\"9\" text-anchor=\"middle\" font-weight=\"bold\""
        " class=\"fill-text\" fill=\"currentColor\">Pay claims</text>\n</g>\n</g>\n</svg>\n");
    arena_free(a);
}

/* Counts what must not appear anywhere. */
static size_t count_of(str text, const char *what)
{
    size_t count = 0;
    for (size_t at = 0; (at = str_find(text, str_from(what), at)) != SIZE_MAX; at++)
        count++;
    return count;
}

static void hostile_words(void **state)
{
    static const char *const words[] = {
        "</text><script>alert(1)</script>",
        "\" onload=\"alert(1)",
        "' onclick='x",
        "<b>bold</b> & \\N \\G \\L",
        "&#60;script&#62;",
        "]]><!--",
        "javascript:alert(1)",
        "\xe2\x80\xae.evil",
    };
    struct arena *a = arena_new("test", 1 << 20);
    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        str svg = inline_of(a, str_from(words[i]), S("x.html"));
        assert_int_equal(count_of(svg, "<script"), 0);
        assert_int_equal(count_of(svg, "<b>"), 0);
        assert_int_equal(count_of(svg, "<!--"), 0);
        assert_int_equal(count_of(svg, "\" on"), 0);
        assert_int_equal(count_of(svg, "' on"), 0);
        assert_int_equal(count_of(svg, "&#60;script"), 0);
        assert_int_equal(count_of(svg, " style="), 0);
        assert_int_equal(count_of(svg, "<a "), 1);
        assert_int_equal(count_of(svg, "<text "), 2);
    }
    assert_int_equal(count_of(inline_of(a, S("a\\Nb"), S("x.html")), "a\\Nb"), 6);
    arena_free(a);
}

static void control_characters(void **state)
{
    struct arena *a = arena_new("test", 1 << 20);
    (void)state;
    str svg = inline_of(a,
                        (str){"a\0b\x1b"
                              "c\x7f\xc2\x85\xef\xbf\xbf"
                              "d\te",
                              15},
                        S("x.html"));
    for (size_t i = 0; i < svg.n; i++)
        assert_true((unsigned char)svg.p[i] >= 0x20 || svg.p[i] == '\n' || svg.p[i] == '\t');
    assert_true(count_of(svg, "a\xef\xbf\xbd"
                              "b\xef\xbf\xbd"
                              "c\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"
                              "d\te") == 6);
    arena_free(a);
}

static void only_links_inside(void **state)
{
    static const char *const refused[] = {"javascript:alert(1)", "JaVaScRiPt:x", "http://x.org/",
                                          "data:text/html,x",    "x:y",          ""};
    static const char *const taken[] = {"r/act-001.html", "../r/a.html", "#a:b", "a.html?x=1:2"};
    struct arena *a = arena_new("test", 1 << 20);
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        assert_int_equal(count_of(inline_of(a, S("w"), str_from(refused[i])), "href"), 0);
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
        assert_int_equal(count_of(inline_of(a, S("w"), str_from(taken[i])), "href"), 1);
    struct buf out = buf_in(a, 64);
    svg_inline(&out, drawing_of(a, S("w")), NULL, S("twice"));
    assert_int_equal(count_of(buf_str(&out), "href"), 0);
    assert_int_equal(count_of(buf_str(&out), "\"twice-title\""), 2);
    arena_free(a);
}

static void file_of_its_own(void **state)
{
    struct arena *a = arena_new("test", 1 << 20);
    struct buf out = buf_in(a, 64);
    (void)state;
    svg_file(&out, drawing_of(a, S("w")), NULL);
    str svg = buf_str(&out);
    assert_true(str_starts(svg, S("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg ")));
    assert_int_equal(count_of(svg, "xmlns=\"http://www.w3.org/2000/svg\""), 1);
    assert_int_equal(count_of(svg, "currentColor"), 0);
    assert_int_equal(count_of(svg, "class=\"fill"), 0);
    assert_int_equal(count_of(svg, "fill=\"#1b1f24\""), 2);
    assert_int_equal(count_of(svg, "stroke=\"#57606a\""), 1);
    arena_free(a);
}

static void nothing_without_shapes(void **state)
{
    struct arena *a = arena_new("test", 1 << 20);
    struct buf out = buf_in(a, 64);
    const struct drawing empty = {.id = S("map-x"), .note = S("nothing")};
    (void)state;
    svg_inline(&out, &empty, NULL, S(""));
    svg_file(&out, &empty, NULL);
    assert_int_equal(out.n, 0);
    arena_free(a);
}

int unit_svg(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test(inline_svg),         cmocka_unit_test(hostile_words),
        cmocka_unit_test(control_characters), cmocka_unit_test(only_links_inside),
        cmocka_unit_test(file_of_its_own),    cmocka_unit_test(nothing_without_shapes),
    };
    return unit_run("svg", cases);
}
