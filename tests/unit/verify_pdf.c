/* unit/verify_pdf: whether a signed PDF is whole, and the limits of its scanner. */
#include "unit.h"

#include <string.h>

#include "../verify/paper.h"
#include "base/buf.h"
#include "verify/pdf.h"

static struct arena *memory;
static struct forger *publisher;

static enum pdf_fault judge(str pdf)
{
    struct pdf_question q = {.bytes = pdf};
    assert_true(date_parse(S("2026-06-30"), &q.as_of));
    q.today = q.as_of;
    return pdf_judge(memory, &q).fault;
}

static enum pdf_fault judge_made(const struct paper_spec *spec)
{
    return judge(paper_make(memory, publisher, spec));
}

static void accepted(void **state)
{
    (void)state;
    str pdf = paper_make(memory, publisher, NULL);
    struct pdf_question q = {.bytes = pdf};
    assert_true(date_parse(S("2026-06-30"), &q.as_of));
    q.today = q.as_of;
    struct pdf_verdict v = pdf_judge(memory, &q);
    assert_int_equal(v.fault, PDF_NONE);
    assert_str(v.signer.name, "Publisher");
    assert_int_equal(v.signer.state, SIGNER_UNKNOWN);
}

static void nothing(void **state)
{
    (void)state;
    assert_int_equal(judge(S("")), PDF_SIZE);
    assert_int_equal(judge(S("x")), PDF_HEADER);
    assert_int_equal(judge(S("%PDF-1.7\n")), PDF_HEADER);
    assert_int_equal(judge(S("%PDF-1.7\n%\xB7\xBE\xAD\xAA\n")), PDF_END);
}

static str repeated(const char *piece, size_t count)
{
    struct buf b = buf_in(memory, count * strlen(piece) + 1);
    for (size_t i = 0; i < count; i++)
        buf_add(&b, str_from(piece));
    return buf_str(&b);
}

/* The catalog is one level itself. */
static void depth(void **state)
{
    (void)state;
    for (size_t n = PDF_DEPTH_MAX - 2; n <= PDF_DEPTH_MAX; n++) {
        str keys = str_fmt(memory, "/Old " STR_FMT STR_FMT "\n", STR_ARG(repeated("[", n)),
                           STR_ARG(repeated("]", n)));
        const struct paper_spec spec = {.catalog = str_c(memory, keys)};
        assert_int_equal(judge_made(&spec), n < PDF_DEPTH_MAX ? PDF_NONE : PDF_DEPTH);
    }
}

static void keys(void **state)
{
    (void)state;
    for (size_t n = PDF_KEYS_MAX - 1; n <= PDF_KEYS_MAX + 1; n++) {
        struct buf b = buf_in(memory, n * 12);
        buf_lit(&b, "/Old <<");
        for (size_t i = 0; i < n; i++)
            buf_fmt(&b, "/K%zu 1", i);
        buf_lit(&b, ">>\n");
        const struct paper_spec spec = {.catalog = str_c(memory, buf_str(&b))};
        assert_int_equal(judge_made(&spec), n <= PDF_KEYS_MAX ? PDF_NONE : PDF_DEPTH);
    }
}

static void holes(void **state)
{
    (void)state;
    for (size_t n = PDF_CONTENTS_BYTES_MAX - 1; n <= PDF_CONTENTS_BYTES_MAX + 1; n++) {
        const struct paper_spec spec = {.hole_bytes = n};
        assert_int_equal(judge_made(&spec), n <= PDF_CONTENTS_BYTES_MAX ? PDF_NONE : PDF_CONTENTS);
    }
}

/* Numbers that would not fit, and a table that claims more than is there. */
static void numbers(void **state)
{
    (void)state;
    const struct paper_spec fits = {.catalog = "/Old 999999999999999\n"};
    const struct paper_spec over = {.catalog = "/Old 9999999999999999\n"};
    const struct paper_spec table = {.table = "xref\n0 1000001\n"};
    const struct paper_spec claims = {.table = "xref\n0 1000000\n"};
    const struct paper_spec real = {.catalog = "/Old [-.5 +3 4. 0.0]\n"};
    assert_int_equal(judge_made(&fits), PDF_NONE);
    assert_int_equal(judge_made(&over), PDF_SYNTAX);
    assert_int_equal(judge_made(&table), PDF_XREF);
    assert_int_equal(judge_made(&claims), PDF_XREF);
    assert_int_equal(judge_made(&real), PDF_NONE);
}

/* Whatever stands in it, the time grows with the size only. */
static void repeated_pieces(void **state)
{
    (void)state;
    static const char *const piece[] = {"<<",     "[",         "(",     "/A", "<",
                                        "1 0 R ", "1 0 obj\n", "% x\n", "\\", "endstream",
                                        "((",     "#41",       "<</A",  "0 "};
    for (size_t i = 0; i < sizeof piece / sizeof *piece; i++) {
        str keys_text = str_fmt(memory, "/Old " STR_FMT "\n", STR_ARG(repeated(piece[i], 50000)));
        const struct paper_spec spec = {.catalog = str_c(memory, keys_text)};
        assert_int_not_equal(judge_made(&spec), PDF_NONE);
    }
}

int unit_verify_pdf(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test(accepted),        cmocka_unit_test(nothing),
        cmocka_unit_test(depth),           cmocka_unit_test(keys),
        cmocka_unit_test(holes),           cmocka_unit_test(numbers),
        cmocka_unit_test(repeated_pieces),
    };
    memory = arena_new("unit", 1 << 29);
    publisher = forger_new(memory, &(struct forge_spec){.name = "Publisher"});
    int failed = unit_run("verify_pdf", cases);
    forgers_free();
    arena_free(memory);
    return failed;
}
