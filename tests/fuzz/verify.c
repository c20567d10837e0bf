/* fuzz/verify: what judges archives, fed with anything. */
#include "fuzz.h"

#include <assert.h>

#include "verify/format.h"
#include "verify/pdf.h"

static void read_lines(struct arena *a, str bytes)
{
    struct ledger_line line;
    struct format_fault fault;
    str rest = bytes, one;
    while (ledger_next(&rest, &one))
        if (ledger_line_read(a, one, &line, &fault))
            assert(line.number > 0 && line.edition_count > 0 && format_id(line.edition));
}

/* Every reader of the archive's own files; what is read keeps what the header promises. */
void fuzz_archive(struct arena *a, str bytes)
{
    struct edition_record edition;
    struct approval_statement approval;
    struct canonical_head head;
    struct sums sums;
    struct format_fault fault;
    if (edition_read(a, bytes, &edition, &fault))
        assert(edition.number > 0 && format_id(edition.audience));
    else
        assert(fault.what != NULL);
    if (sums_read(a, bytes, &sums, &fault))
        for (size_t i = 0; i < sums.count; i++)
            assert(sums_find(&sums, sums.entries[i].path) == &sums.entries[i]);
    if (approval_read(a, bytes, &approval, &fault))
        assert(approval.document.n != 0 && approval.person.n != 0);
    if (canonical_read(a, bytes, &head, &fault))
        assert(str_starts(bytes, S("---\ncode:")));
    read_lines(a, bytes);
}

void fuzz_cms(struct arena *a, str bytes)
{
    struct cms_question q = {.der = bytes, .part = {S("content")}};
    struct cms_verdict v = cms_judge(a, &q);
    assert(v.fault != CMS_NONE); /* nobody signed that */
}

void fuzz_signed_pdf(struct arena *a, str bytes)
{
    struct pdf_question q = {.bytes = bytes};
    struct pdf_verdict v = pdf_judge(a, &q);
    assert(v.fault != PDF_NONE || v.signer.fault == CMS_NONE);
    assert(v.at <= bytes.n);
}
