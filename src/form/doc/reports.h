/* form/doc/reports: packs and reports that are made from one record and a template.
 *
 * A row of reports.def says which; its text is the Mustache template templates/reports/KEY.md,
 * which sees what a document sees ({{this.…}}, {{all.…}}), and beside it
 *
 *   report      title
 *   is_partial  this copy does not hold everything
 *   is_to_come  a meeting that has not been held
 *
 * and yields Markdown with the directives of documents; `table NAME ID` gives what is computed
 * about one record (form/table/record_tables). A report is as close as the closest of its record
 * and of all that it leads to. It exists in a copy that holds its record, and nowhere else. */
#ifndef FORM_DOC_REPORTS_H
#define FORM_DOC_REPORTS_H

#include "form/doc/doc.h"

struct report_def {
    str key, folder, ending;
    str title; /* "Incident report" */
    enum type_id type;
    bool (*when)(const struct model *m, const struct record *r);
};

size_t report_count(void);
const struct report_def *report_at(size_t index);

/* Which records have one as of the day of the model; looked at once, in `a`. */
struct reports;
const struct reports *reports_of(struct arena *a, const struct model *m);
bool report_is_there(const struct reports *all, const struct report_def *def,
                     const struct record *r);

/* "incident/inc-001-report", before an ending of ".html" or ".pdf". */
str report_path(struct arena *a, const struct report_def *def, const struct record *r);
/* "Incident report: Storm Idris" */
str report_title(struct arena *a, const struct report_def *def, const struct record *r);

/* What stands in the place of one directive: a table, a drawing, or words. */
struct report_block {
    const struct table *table;
    const struct drawing *drawing;
    str words;
};

/* A report apart from its looks: what is kept when a pack is frozen, and made into the same
 * report again. */
struct report_parts {
    str text;                   /* Markdown, after the template */
    date as_of, known_until;    /* how things stood when, by records up to when */
    struct report_block *blocks; /* one a directive that asks for data, in order */
    size_t count;
};

struct report_wish {
    const struct report_def *def;
    const struct record *record;
    str edition; /* ""; then it is a draft */
    int place;   /* open folder that holds templates/ */
    /* As it was frozen, when it was: then this is shown, and what differs from it by now. */
    const struct report_parts *frozen;
    const struct record *pack; /* the review_pack that says so */
};
/* In the arena. NULL after a report: a template of ours is missing or broken. Fills `parts` when
 * that is not NULL. */
struct doc *doc_report(struct arena *a, struct diags *d, const struct doc_world *world,
                       const struct report_wish *wish, struct report_parts *parts);

#endif
