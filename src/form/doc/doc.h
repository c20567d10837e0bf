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

struct doc_heading {
    const struct md_node *node;
    int level;      /* 1-6 */
    str number;     /* "4.2", or "" when headings are not numbered */
    str text, id;
};

struct doc {
    const struct record *record;  /* NULL for a file without a workspace */
    str title, code, version, status, class_;
    str organisation;
    str language;                 /* "en" */
    str footer;                   /* the workspace's footer line; may be empty */
    bool is_draft;                /* then every sheet says DRAFT */
    bool letter_paper;
    const struct table *cover;    /* label, value: the control data; NULL without a record */
    const struct table *history;  /* change history; NULL when there is none */
    const struct table *signatures; /* title, name, signature; NULL unless paper signing is asked for */
    str valid_until;              /* long date, may be empty */
    struct md_node *body;         /* never NULL */
    struct doc_heading *headings; /* in order */
    size_t heading_count;
    size_t gap_count;             /* placeholders left */
};

struct doc *doc_assemble(struct arena *a, struct diags *d, const struct model *m,
                         const struct record *document);
/* One Markdown file without a workspace. */
struct doc *doc_from_file(struct arena *a, struct diags *d, uint32_t file, struct tval data);

#endif
