/* cli/tree_int: a tree while it is made, and its jobs. */
#ifndef CLI_TREE_INT_H
#define CLI_TREE_INT_H

#include "cli/tree.h"

#include "form/doc/doc.h"
#include "form/doc/reports.h"

/* The longest first: what is left for the end should be short. */
enum job_kind {
    JOB_BINDER,
    JOB_DOCUMENT,
    JOB_REPORT,
    JOB_PAGE,
    JOB_REGISTER,
    JOB_LIST,
    JOB_CHANGES,
    JOB_ASSET,
    JOB_FORM,
    JOB_CARD,
    JOB_PART,
    JOB_FEED,
    JOB_KIND_COUNT
};

/* What is made of documents, reports, registers and lists: pages and data, paper, or both. */
enum tree_part { TREE_ALL, TREE_SCREEN, TREE_PAPER };

struct tree {
    struct workspace *workspace;
    const struct options *options;
    const struct tree_tools *tools;
    const struct tree_plan *plan;
    const struct model *model;
    struct doc_world world;
    const struct portal *portal;
    struct pdf_fonts *paper; /* NULL: no PDFs are made */
    struct outputs *outputs;
    struct report_wish *reports; /* that there are: what, and of which record */
    size_t report_count, report_cap;
    struct parts *parts;                  /* for their sheets */
    size_t first_job[JOB_KIND_COUNT + 1]; /* of each kind; the last is the count of all */
    size_t from;                          /* the first of the jobs that run now */
    enum tree_part part;
    struct map of_screen, of_paper; /* path without its ending → first output; see tree_paths.c */
};

/* Runs some of the jobs into `out`; findings go to w->diags. False when there was an error. */
bool tree_make_jobs(struct tree *t, struct workspace *w, struct outputs *out, size_t from,
                    size_t count);
/* One job that only copies, in this process. */
void tree_make_here(struct tree *t, struct workspace *w, struct outputs *out, size_t job);

#endif
