/* form/diff/changes: what is different between two states.
 *
 * Documents and records are told apart by their ids: added, changed, withdrawn, in the order of
 * ids. A document has changed when its record has, or a word of its text. All of it is worked out
 * once, in the parent; redlines are made anew, page by page, from the texts in the states. */
#ifndef FORM_DIFF_CHANGES_H
#define FORM_DIFF_CHANGES_H

#include "form/diff/state.h"
#include "text/md.h"

enum change_kind { CHANGE_NONE, CHANGE_ADDED, CHANGE_CHANGED, CHANGE_WITHDRAWN, CHANGE_KINDS };

struct change {
    enum change_kind kind;
    const struct state_record *before, *after; /* one is NULL when added or withdrawn */
    /* Of documents: */
    size_t words_in, words_out;
    bool has_text_change, is_coarse;
};

struct change_list {
    str key;                     /* of the type */
    const struct type_def *type; /* NULL: not in the schema any more */
    struct change *v;
    size_t n, cap;
    size_t of_kind[CHANGE_KINDS];
};

struct changes {
    const struct state *before, *after;
    const struct schema *schema;
    const struct model *model; /* whose records links lead to; NULL: none */
    struct change_list documents;
    struct change_list *types; /* of other records, only those with changes */
    size_t type_count, type_cap;
    size_t of_kind[CHANGE_KINDS]; /* of all their records */
};

/* `schema` gives fields their labels. The states must live as long as the answer; `scratch` is
 * reset for each document. */
struct changes *changes_between(struct arena *a, struct arena *scratch, const struct state *before,
                                const struct state *after, const struct schema *schema,
                                const struct model *model);
bool changes_are_none(const struct changes *c);
const struct change *changes_find(const struct changes *c, str document_id); /* NULL: unchanged */
const char *change_word(enum change_kind kind);                              /* "added" */

/* -- As documents: what HTML, PDF and the terminal show -------------------------------------- */

enum {
    CHANGES_RECORDS_MAX = 60, /* compared field by field on one page; the rest is counted */
    CHANGES_NAMES_MAX = 200,  /* named in one list of added or withdrawn ones */
    CHANGES_PAPER_MAX = 100,  /* documents whose redline is part of the PDF */
};

struct change_view {
    bool is_paper; /* one document with everything; else a page for each part */
};

/* "3 documents changed, 1 was added; 12 records changed." */
str changes_sentence(struct arena *a, const struct changes *c);
/* "edition 2026.1 (30 June 2026)" */
str state_display(struct arena *a, const struct state *s);
/* Where the page of a part is in the output tree: "changes/bcp-001.html". */
str changes_document_path(struct arena *a, const struct change *change);
str changes_type_path(struct arena *a, const struct change_list *list);

struct md_node *changes_summary(struct arena *a, const struct changes *c,
                                const struct change_view *view);
struct md_node *changes_of_document(struct arena *a, const struct changes *c,
                                    const struct change *change, const struct change_view *view);
/* The redline of its text alone; it must have changed. */
struct md_node *changes_text(struct arena *a, const struct changes *c, const struct change *change);
/* The fields that are different: a table "Field | Before | After", or nothing at all. */
struct md_node *changes_of_fields(struct arena *a, const struct changes *c,
                                  const struct change *change);
struct md_node *changes_of_type(struct arena *a, const struct changes *c,
                                const struct change_list *list, const struct change_view *view);
/* All of it, one after the other; headings of the second level have ids. */
struct md_node *changes_paper(struct arena *a, const struct changes *c);

/* One field that is different, as texts: for a program, or one line of a terminal. */
struct field_change {
    str key, label, before, after; /* empty: it was not there, or is not any more */
};
bool changes_in_fields(const struct changes *c, const struct change *change);
size_t changes_fields(struct arena *a, const struct changes *c, const struct change *change,
                      struct field_change **fields);

#endif
