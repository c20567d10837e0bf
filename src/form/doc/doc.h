/* form/doc: a controlled document, assembled and ready for any writer.
 *
 * Front matter and body become one tree: Mustache first, then Markdown, then
 * directives (fenced blocks whose info string names a table or a drawing),
 * cross-references (links to ids get titles and targets), gaps (placeholders
 * left in a draft), heading numbers, the table of contents. HTML and PDF draw
 * the same tree. */
#ifndef FORM_DOC_H
#define FORM_DOC_H

#include "form/draw/drawing.h"
#include "form/table/table.h"
#include "model/model.h"
#include "text/md.h"

struct fonts;

enum doc_paper { DOC_A4, DOC_LETTER, DOC_A5 };

struct doc_heading {
    const struct md_node *node;
    int level;  /* 1-6 */
    str number; /* "4.2", or "" when headings are not numbered */
    str text, id;
};

/* A picture that the document shows. */
struct doc_picture {
    str url;    /* as the author wrote it */
    str source; /* below content/: "documents/plans/floor.png" */
    str path;   /* in the output tree: "d/spl-001/floor.png" */
};

struct doc {
    const struct record *record; /* NULL for a file without a workspace */
    str source;                  /* the Markdown file, below content/ or as it was named */
    str title, code, version, status, class_;
    str organisation;
    str language;   /* "en" */
    str footer;     /* the workspace's footer line; may be empty */
    str mark;       /* what every sheet says across: "DRAFT", "WITHDRAWN"; empty: it holds */
    str sheet_note; /* one more thing that every foot says ("If lost, return to …"), in as many
                       lines as it needs, up to six; may be empty */
    str hash;       /* SHA-256 in hex, of which every foot shows the beginning: of the text that
                       is approved, of the rows of a list. Empty: feet show that of their page */
    enum doc_paper paper;
    bool is_report; /* made from records: its contents name headings alone, not each table */
    bool is_duplex; /* printed on both sides: margins alternate, the inner one has room for holes,
                       and parts begin on right-hand pages */
    bool is_large;  /* everything about 1.25 times as large, for readers under stress */
    date version_date;              /* DATE_NONE: unknown */
    const struct table *cover;      /* label, value: the control data; NULL without a record */
    const struct table *history;    /* change history; NULL when there is none */
    const struct table *signatures; /* title, name, signature; NULL unless paper is to be signed */
    str standing;                   /* "Withdrawn on 30 June 2026"; empty when it is in force */
    str in_force;    /* "version 1.2 (approved 3 May 2026)", when that is not this text */
    str valid_until; /* long date, may be empty */
    str prepared_by, approved_by; /* role, holder, day of approval; empty without a record */
    str text;                     /* what was parsed: the Markdown, after its template */
    struct md_node *body;         /* never NULL */
    struct doc_heading *headings; /* in order; the heading nodes carry the number as their title */
    size_t heading_count;
    struct doc_picture *pictures;
    size_t picture_count;
    size_t gap_count; /* placeholders left */
};

/* What assembling needs beside the document; all borrowed. */
struct doc_world {
    const struct model *model; /* NULL: a file without a workspace */
    struct fonts *fonts;       /* measures the labels of drawings */
    int content;               /* open folder content/, to see that pictures exist */
    bool is_edition;           /* then what is approved is no draft */
};

struct doc *doc_assemble(struct arena *a, struct diags *d, const struct doc_world *world,
                         const struct record *document);
/* One Markdown file without a workspace: the source `file` of d. Links to
 * other files stay as they are; `data` is what its template sees, and without
 * data (TV_UNKNOWN) the text is no template. */
struct doc *doc_from_file(struct arena *a, struct diags *d, uint32_t file, struct tval data);

/* The document's Markdown as its readers see it: after its template, before tables and drawings
 * are put in and without the front matter. Findings are those of the template alone. */
str doc_text(struct arena *a, struct diags *d, const struct model *m, const struct record *r);
/* Does a fenced block of this info string stand for a table or a drawing? */
bool doc_is_directive(str info);

/* "a4", "letter", "a5", as records say it; anything else is A4. */
enum doc_paper doc_paper_of(str word);
/* What all paper of the house has in common: organisation, language, footer, sheet, sides, type. */
void doc_put_house(struct doc *doc, const struct model *m);

/* Lists the headings of a body that was made and not parsed: those that have an id. */
void doc_list_headings(struct arena *a, struct doc *doc);

/* Markdown text of a record's own (a prose field) as a tree. */
struct md_node *doc_prose(struct arena *a, struct diags *d, const struct doc_world *world,
                          struct span span, str text);

#endif
