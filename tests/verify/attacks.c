/* verify/attacks: what is done to signed PDFs, each with the fault that must be named. */
#include "tamper.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "verify/pdf.h"

static struct pdf_verdict judge(struct world *w, str pdf)
{
    struct pdf_question q = {.bytes = pdf, .trust = w->trust};
    bool fine = date_parse(S("2026-06-30"), &q.as_of);
    assert(fine);
    q.today = q.as_of;
    return pdf_judge(w->one, &q);
}

static void expect_fault(struct world *w, const char *what, str pdf, enum pdf_fault fault)
{
    struct pdf_verdict v = judge(w, pdf);
    expect_true(w, what, v.fault == fault);
    if (v.fault != fault)
        printf("     the PDF %s (at %zu; the signature %s)\n", pdf_fault_words(v.fault), v.at,
               cms_fault_words(v.signer.fault));
}

/* The first place is changed; what is put there is no longer than what was. */
static str edited(struct world *w, str pdf, const char *old, const char *new)
{
    size_t at = str_find(pdf, str_from(old), 0);
    char *copy = str_c(w->one, pdf);
    assert(at != SIZE_MAX && strlen(new) <= strlen(old) + 4);
    memset(copy + at, ' ', strlen(old));
    memcpy(copy + at, new, strlen(new));
    return (str){copy, pdf.n};
}

static str spliced(struct world *w, str pdf, const char *before, const char *text)
{
    size_t at = before[0] ? str_find(pdf, str_from(before), 0) : pdf.n;
    struct buf b = buf_in(w->one, pdf.n + 300);
    assert(at != SIZE_MAX);
    buf_add(&b, str_from_to(pdf, 0, at));
    buf_add(&b, str_from(text));
    buf_add(&b, str_skip(pdf, at));
    return buf_str(&b);
}

static void run_rows(struct world *w, const struct forge_options stamped)
{
    const struct forge_options with_time = {.signing_time = true},
                               with_junk = {.unsigned_junk = true},
                               nameless = {.without_certificate_name = true},
                               twofold = {.two_signers = true};
    str right = paper_make(w->arena, w->publisher, NULL);
#define SIGNED(what, fault, ...)                                                                   \
    {                                                                                              \
        const struct paper_spec spec = {__VA_ARGS__};                                              \
        arena_reset(w->one);                                                                       \
        expect_fault(w, what, paper_make(w->one, w->publisher, &spec), PDF_##fault);               \
    }
#define EDITED(what, fault, old, new)                                                              \
    arena_reset(w->one);                                                                           \
    expect_fault(w, what, edited(w, right, old, new), PDF_##fault);
#define SPLICED(what, fault, before, text)                                                         \
    arena_reset(w->one);                                                                           \
    expect_fault(w, what, spliced(w, right, before, text), PDF_##fault);
#include "attacks.def"
}

/* The signature of one file in another, of the same size. */
static void run_transplant(struct world *w)
{
    str one = paper_make(w->arena, w->publisher, &(struct paper_spec){.title = "Plan A"});
    str two = paper_make(w->arena, w->publisher, &(struct paper_spec){.title = "Plan B"});
    size_t from = str_find(one, S("/Contents <"), 0), to = str_find_char(one, '>', from);
    char *mixed = str_c(w->arena, two);
    assert(one.n == two.n);
    memcpy(mixed + from, one.p + from, to - from);
    expect_fault(w, "the signature of another file", (str){mixed, two.n}, PDF_SIGNER);
}

static void run_cuts(struct world *w)
{
    str right = paper_make(w->arena, w->publisher, NULL);
    size_t seen = 0;
    for (size_t n = 0; n < right.n; n++) {
        arena_reset(w->one);
        seen += judge(w, str_from_to(right, 0, n)).fault != PDF_NONE;
    }
    expect_true(w, "cut off at any byte", seen == right.n);
}

void run_attacks(struct world *w)
{
    date day;
    struct forger *authority =
        forger_new(w->arena, &(struct forge_spec){.name = "Clock", .stamps = true});
    bool fine = date_parse(S("2026-06-30"), &day);
    assert(fine);
    run_rows(w, (struct forge_options){.stamp = authority, .stamped = day});
    run_transplant(w);
    run_cuts(w);
}
