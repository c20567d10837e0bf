/* base/diag_int: what the collector and the printers of findings share. */
#ifndef BASE_DIAG_INT_H
#define BASE_DIAG_INT_H

#include "base/diag.h"

#include "base/map.h"

struct note {
    struct note *next;
    struct span at;
    str text;
};

struct finding {
    const struct rule *rule;
    enum severity severity; /* the rule's, or milder, or worse: as it was reported */
    struct span at;
    str text;
    str hint;           /* of this very case; the rule's own when empty */
    struct note *notes; /* related places, in order */
    str path;           /* of its file, set for sorting */
    size_t number;      /* order of arrival: keeps the sort stable */
};

struct source {
    str path, text;
    uint32_t number;
    /* Made when the first place is asked for: where each line begins, and the
     * place asked for last, from which a later one in its line is counted. */
    uint32_t *line_off;
    size_t line_count;
    uint32_t last_line, last_off, last_col;
};

struct diags {
    struct arena *arena;
    const struct diags *parent; /* its sources come first; NULL: none */
    size_t parent_sources;
    struct source **sources; /* own ones: number n is at n - 1 - parent_sources */
    size_t source_count, source_cap;
    struct map source_of_path;
    struct finding *findings;
    size_t count, cap;
    size_t by_severity[SEVERITY_ERROR + 1];
    bool machine_failed;
    bool is_dropping; /* what is added goes nowhere */
};

/* The whole line around a place, without its end, and the place in it. */
struct line_view {
    str text;
    uint32_t line, col; /* from 1; columns count code points */
    size_t off, len;    /* of the place in the line, in bytes */
};
struct line_view diags_line(const struct diags *d, struct span at);
void diags_sort(struct diags *d); /* by file, place, rule; removes exact repeats */

void diags_print_text(const struct diags *d, const struct diag_print *how, FILE *out);
void diags_print_json(const struct diags *d, FILE *out);
void diags_print_sarif(const struct diags *d, FILE *out);

#endif
