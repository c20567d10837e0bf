/* write/pdf: a controlled document, or a register, as the bytes of a PDF file.
 *
 * Text is shaped, broken into lines (Knuth and Plass), stacked into a list with
 * penalties and cut into pages; a page is a list of drawing operations, which
 * alone the last step turns into PDF through libharu's objects. Fonts are
 * embedded as subsets. The same input and the same font files give the same
 * bytes.
 *
 * Not for threads; forked workers share the opened fonts. */
#ifndef WRITE_PDF_H
#define WRITE_PDF_H

#include "base/hash.h"
#include "base/map.h"
#include "form/doc/doc.h"
#include "sign/sign.h"
#include "text/font.h"

struct blank;
struct card;

/* What all documents share: faces and hyphenation patterns. Opened once, before
 * workers are forked. `language` ("en", "de-CH") picks the patterns; a language
 * whose patterns are not installed is set without hyphens. */
struct pdf_fonts;
struct pdf_fonts *pdf_fonts_open(struct arena *a, struct fonts *faces, str language);
void pdf_fonts_close(struct pdf_fonts *f); /* the faces stay open */

/* A file with a seal has a field for one signature, which covers the whole file
 * and allows no change: sign_pdf fills it in. The words stand at its end. */
struct pdf_seal {
    str signer;           /* as the certificate says */
    bool is_demo;         /* then every sheet says so */
    str day, moment;      /* of the issue: "30 June 2026" and "D:20260630000000Z" */
    str reason;           /* may be empty */
    size_t reserve_bytes; /* for the signature */
};
struct pdf_seal pdf_seal_by(struct arena *a, const struct signer *s, date as_of, str reason);

/* The pages of a document, of which some may have been left out of its file. The
 * hash is that of everything printed on the page except head and foot, with its
 * label and the number of pages in its part; so a page that says what it said
 * keeps its hash, whatever version, day and copy its foot names. */
struct pdf_sheet_entry {
    str label; /* "12"; in a document with parts "C-4", before the first of them "iv" */
    str part;  /* mark of the part; empty: in none */
    struct sha256 hash;
};

struct pdf_sheets {
    struct pdf_sheet_entry *entries; /* in the order of the pages */
    size_t count;
    struct map anchors; /* id of a heading or part to the entry of its page */
};

struct pdf_options {
    int root;                    /* open folder below which pictures are read */
    str address;                 /* permanent address, printed on the first page in words and as
                                    a code for telephones; may be empty */
    str as_of;                   /* the day that facts are of, in words; may be empty */
    str copy;                    /* "Copy 3 of 12"; may be empty */
    str logo;                    /* a picture below `root`, beside the name of the organisation on
                                    the first sheet; empty, or one that cannot be printed: none */
    const struct pdf_seal *seal; /* NULL: none */
    bool is_form; /* the body is one form and nothing stands around it; on a screen it can be
                     typed in. Then there is no seal: what is filled in is no longer as issued */
    /* Where a link to a record leads, as a URL; the empty str: nowhere. NULL: no links. */
    str (*href)(void *self, struct arena *a, const struct record *target);
    void *self;
    struct pdf_sheets *sheets; /* NULL: not asked for; else filled */
    /* NULL: all pages are written. Else those at whose index it is true, at least one;
     * pages from only_count on are left out. Feet, labels and references stay those of
     * the whole; links to pages left out are plain words. Where both sides of a sheet are
     * printed, it is for the caller to choose both. */
    const bool *only;
    size_t only_count;
};

/* Why a picture cannot be printed; empty: it can. */
str pdf_picture_fault(struct arena *a, str bytes);

/* Appends the file to `out`. False after an error was reported (a picture that
 * is missing or broken, say); the file is whole even then and shows a frame
 * with the words of the picture. Memory comes from `a`, about 120 KB a page. */
bool pdf_document(struct arena *a, struct diags *d, struct pdf_fonts *fonts,
                  const struct pdf_options *o, const struct doc *doc, struct buf *out);

/* The same without writing: only `sheets` is filled. */
bool pdf_document_sheets(struct arena *a, struct diags *d, struct pdf_fonts *fonts,
                         const struct pdf_options *o, const struct doc *doc,
                         struct pdf_sheets *sheets);
/* A form to be filled in by hand or on a screen: one sheet, without a seal. `about` gives title,
 * code and the words of the foot; its body and headings are not used, nor is the seal of o. */
bool pdf_form(struct arena *a, struct diags *d, struct pdf_fonts *fonts,
              const struct pdf_options *o, const struct doc *about, const struct blank *form,
              struct buf *out);

/* The crisis card: one sheet with marks to fold and cut it to an eighth. `about` gives title,
 * organisation, version (the edition), class and mark; o its address. */
bool pdf_card(struct arena *a, struct diags *d, struct pdf_fonts *fonts,
              const struct pdf_options *o, const struct doc *about, const struct card *card,
              struct buf *out);

/* A register: `about` gives title, code and the words of head and foot; its
 * body and headings are not used. Many columns turn the sheet. */
bool pdf_table_document(struct arena *a, struct diags *d, struct pdf_fonts *fonts,
                        const struct pdf_options *o, const struct doc *about,
                        const struct table *table, struct buf *out);

#endif
