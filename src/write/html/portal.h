/* write/html/portal: the pages of the portal, one by one.
 *
 * Opened once, before workers are forked: compiles the templates, makes the
 * lists that all pages share. After that it is const: a page is written from
 * the model, the same bytes in whatever order and process. Documents come
 * assembled, because the same tree also becomes paper.
 *
 * The work for all pages together grows with the number of records and of the
 * links between them, not faster: whatever lists others on a page is cut at a
 * named number and leads to a register, and long registers are several pages. */
#ifndef WRITE_HTML_PORTAL_H
#define WRITE_HTML_PORTAL_H

#include "form/diff/changes.h"
#include "form/doc/reports.h"
#include "form/draw/drawing.h"
#include "model/model.h"

struct portal;

/* One edition of this audience, for the page that lists them. */
struct portal_edition {
    str id;         /* "2026.2" */
    date as_of;
    str checkpoint; /* "2026.1:0f3a…"; empty for the one that is being made */
};

struct portal_world {
    const struct doc_world *doc; /* the model, the fonts, the content folder */
    int place;                   /* open folder that holds templates/ and assets/ */
    /* Draws: SVG is another writer, which this folder may not see. Appends
     * <svg>…</svg>; href gives a record's address relative to the page. */
    void (*svg)(struct buf *out, const struct drawing *d, void *self,
                str (*href)(void *self, struct arena *a, const struct record *r));
    /* Since the edition before; NULL: there is none, and then no page tells of changes. */
    const struct changes *changes;
    str edition;    /* what it is called; empty: a draft, and every page says so */
    str audience;   /* what it is called; empty: one tree for all */
    str address;    /* where this audience finds the edition in force; empty: nowhere that all
                       its readers share */
    str tool;       /* name and version of this program; empty: its name */
    bool only_html; /* then no page links to a PDF */
    /* Frozen editions, newest first, with the one being made; a draft lists those
     * before it. */
    const struct portal_edition *editions;
    size_t edition_count;
};

/* NULL after a report (a template is missing or wrong). */
struct portal *portal_open(struct arena *a, struct diags *d, const struct portal_world *world);

bool portal_has_page(const struct portal *p, const struct record *r);

/* Every page but those of documents and reports: home, doors, records, registers, maps, … */
size_t portal_page_count(const struct portal *p);
str portal_page_path(const struct portal *p, size_t index); /* "r/act-001.html" */
/* Appends the page and gives its path in the tree ("r/act-001.html"). */
str portal_page(const struct portal *p, size_t index, struct arena *a, struct diags *d,
                struct buf *out);

/* The page of an assembled document, "d/<id>.html"; its PDF is beside it. */
str portal_document(const struct portal *p, const struct doc *doc, struct arena *a,
                    struct diags *d, struct buf *out);

/* The page of a pack or report, assembled; its PDF is beside it. */
str portal_report(const struct portal *p, const struct report_def *def, const struct doc *doc,
                  struct arena *a, struct diags *d, struct buf *out);

/* A page outside the editions that leads into one: the entry of an audience's
 * folder, or the permanent address of a document or record. */
struct portal_pointer {
    str path;    /* below the audience's folder: "index.html", "to/crp-001/index.html" */
    str edition; /* that it leads into */
    str target;  /* in it: "d/crp-001.html" */
    str code;    /* of the document or record; empty for the entry */
    bool is_gone; /* the current edition has it no more: target is in the last one that had */
};
void portal_pointer(const struct portal *p, const struct portal_pointer *to, struct arena *a,
                    struct diags *d, struct buf *out);

/* Where the copy of the house's logo is ("assets/logo.png"); "" when it has none. */
str portal_logo(const struct portal *p);

/* Files that are copied as they are: style sheet, scripts, icon. */
size_t portal_asset_count(const struct portal *p);
str portal_asset_path(const struct portal *p, size_t index);
/* False after a report. The data is valid until the arena is reset. */
bool portal_asset(const struct portal *p, size_t index, struct arena *a, struct diags *d,
                  str *path, str *data);

#endif
