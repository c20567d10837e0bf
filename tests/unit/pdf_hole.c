/* unit/pdf_hole: what a signature fills in, and nothing else, may differ. */
#include "unit.h"

#include "publish/pdf_hole.h"

#define HEAD "%PDF-1.7\n5 0 obj\n<< /Type /Annot /Contents <FEFF0041> >>\nendobj\n"
#define SIG  "8 0 obj\n<< /Type /Sig /Name (A) "
#define TAIL " >>\nendobj\n9 0 obj\n<< /Contents <AB> >>\nendobj\n%%EOF\n"

static const str open_pdf =
    S_INIT(HEAD SIG "/ByteRange [0 0000000000 0000000000]\n/Contents <0000000000000000>" TAIL);
static const str signed_pdf =
    S_INIT(HEAD SIG "/ByteRange [0 108 126 180]          \n/Contents <3082ABCDEF000000>" TAIL);

static void finds_the_hole(void **state)
{
    (void)state;
    struct pdf_hole h;
    assert_true(pdf_hole_find(signed_pdf, &h));
    assert_str(str_from_to(signed_pdf, h.contents, h.contents_end), "<3082ABCDEF000000>");
    assert_str(str_from_to(signed_pdf, h.range, h.range_end), "[0 108 126 180]          \n");
}

static void the_same_but_for_the_hole(void **state)
{
    (void)state;
    assert_true(pdf_hole_same_outside(open_pdf, signed_pdf));
    assert_true(pdf_hole_same_outside(signed_pdf, open_pdf));
    assert_true(pdf_hole_same_outside(open_pdf, open_pdf));
}

/* Every byte outside counts; every byte of the tokens inside may be another digit. */
static void each_byte_outside_counts(void **state)
{
    (void)state;
    struct arena *a = arena_new("pdf_hole test", 1 << 20);
    struct pdf_hole h;
    assert_true(pdf_hole_find(signed_pdf, &h));
    for (size_t i = 0; i < signed_pdf.n; i++) {
        char *changed = str_c(a, signed_pdf);
        bool inside =
            (i > h.contents && i < h.contents_end - 1) || (i >= h.range && i < h.range_end);
        changed[i] = changed[i] == '7' ? '8' : '7';
        bool same = pdf_hole_same_outside(open_pdf, (str){changed, signed_pdf.n});
        if (!inside)
            assert_false(same);
        arena_reset(a);
    }
    arena_free(a);
}

static void refuses_what_is_no_single_hole(void **state)
{
    (void)state;
    static const str bad[] = {
        S_INIT(""),
        S_INIT("%PDF-1.7\n"),
        S_INIT(HEAD TAIL),
        S_INIT(HEAD SIG "/ByteRange [0 1 2 3] /Contents <00> /ByteRange [0 1 2 3]" TAIL),
        S_INIT(HEAD SIG "/ByteRange [0 1 2 3] /Contents <00> /Contents <00>" TAIL),
        S_INIT(HEAD SIG "/ByteRange [0 1 2 3] /Contents <>" TAIL),
        S_INIT(HEAD SIG "/ByteRange [0 1 2 3] /Contents <00" TAIL),
        S_INIT(HEAD SIG "/ByteRange [0 1 2 3 /Contents <00>" TAIL),
        S_INIT(HEAD SIG "/ByteRange [0 1 2 3] /Contents (00)" TAIL),
        S_INIT("/ByteRange [0 1 2 3] /Contents <00>"),
    };
    struct pdf_hole h;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(pdf_hole_find(bad[i], &h));
        assert_false(pdf_hole_same_outside(bad[i], bad[i]));
    }
}

int unit_pdf_hole(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test(finds_the_hole),
        cmocka_unit_test(the_same_but_for_the_hole),
        cmocka_unit_test(each_byte_outside_counts),
        cmocka_unit_test(refuses_what_is_no_single_hole),
    };
    return unit_run("pdf_hole", cases);
}
