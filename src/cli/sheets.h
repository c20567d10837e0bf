/* cli/sheets: the pages of a binder as they were printed, and what to exchange in a copy.
 *
 * Beside each binder stands BINDER.sheets.json:
 *   {"binder": "BND-001", "version": "4.0", "edition": "2026.1", "as_of": "2026-06-30",
 *    "only": "", "sheets": [{"label": "C-4", "part": "C", "sha256": "…"}, …]}
 * where the hash is of all that the page says except its head and foot (write/pdf/pdf.h). A page
 * that keeps label and hash says what it said, so it can stay in a binder that gets new ones. */
#ifndef CLI_SHEETS_H
#define CLI_SHEETS_H

#include "base/diag.h"
#include "form/doc/doc.h"
#include "write/pdf/pdf.h"

struct sheet {
    str label, part, sha256;
};

struct sheets {
    str binder, version, edition, as_of;
    str only; /* what --for narrowed it to: "SIT-002 TEA-004"; "": nothing */
    struct sheet *items;
    size_t count;
};

/* Of a binder as a document; edition "": a draft. */
struct sheets sheets_of(struct arena *a, const struct pdf_sheets *pages, const struct doc *binder,
                        str edition, date as_of);
void sheets_put(struct buf *out, const struct sheets *s);
/* False after a report: it cannot be read, or is none of ours. */
bool sheets_read(struct arena *a, struct diags *d, str name, str bytes, struct sheets *s);
/* No two pages have one label, so that each can be exchanged. False after a report. */
bool sheets_are_told_apart(struct arena *a, struct diags *d, const struct record *binder,
                           const struct sheets *s);
/* The label of the first page that differs, apart from those in front, which name the copy; "":
 * none does. */
str sheets_differ(const struct sheets *one, const struct sheets *other);

struct exchange {
    bool *is_new;        /* by page of `after`: it is printed again */
    size_t new_count;    /* apart from those before the first part, which always are */
    struct table *moves; /* tab, what to take out, what to put in */
};
/* Where both sides are printed a leaf is exchanged, front and back. When a part has more or
 * fewer pages than before, all of it is. */
struct exchange sheets_exchange(struct arena *a, const struct sheets *before,
                                const struct sheets *after, bool is_duplex);

/* Which pages there are before the first part, once that is known. */
void sheets_front_is(struct arena *a, struct exchange *x, str first, str last);

#endif
