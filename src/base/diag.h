/* base/diag: what is wrong, where, and how to mend it.
 *
 * Every finding names a rule (a row of a .def file: stable id, severity,
 * clause, why, how to mend). Findings are collected, never printed on the way;
 * the command prints them all together in file order. A stage that reports
 * carries on, so one run shows every mistake.
 *
 * Messages: lower case, no full stop, what is wrong first, the subject in
 * single quotes. Author text in a message is shortened to 80 bytes (diag_quote)
 * and its control characters are escaped when printed. */
#ifndef BASE_DIAG_H
#define BASE_DIAG_H

#include <stdio.h>

#include "base/buf.h"
#include "base/str.h"

enum severity { SEVERITY_INFO, SEVERITY_WARNING, SEVERITY_ERROR };

/* One row of text/rules.def or check/rules.def. */
struct rule {
    const char *id;     /* "X1": printed, explained, never reused */
    enum severity severity;
    const char *clause; /* of ISO 22301:2019, or "" */
    const char *title;  /* what the rule asks, one line */
    const char *why;    /* what goes wrong for people when it is broken */
    const char *mend;   /* the way out; printed as the help line */
};

/* Bytes of a source file. file 0 means no place (the whole workspace). */
struct span {
    uint32_t file, off, len;
};

struct diags;
struct diags *diags_new(struct arena *a);
/* A collection of its own that knows the sources of the parent, which must not
 * change meanwhile: for one job of a worker. Of a child it knows what its parent knows. */
struct diags *diags_child(struct arena *a, const struct diags *parent);

/* Makes a source known; the text is borrowed. Lines and columns are worked out
 * only when a place is printed. The same path gives the same number. */
uint32_t diags_source(struct diags *d, str path, str text);
str diags_source_path(const struct diags *d, uint32_t file);
str diags_source_text(const struct diags *d, uint32_t file);
void diags_place(const struct diags *d, struct span at, uint32_t *line, uint32_t *col);
/* Costs nothing to speak of; a column in a line of megabytes does, unless asked in order. */
uint32_t diags_line_number(const struct diags *d, struct span at);

/* The functions after these two add to the finding that it made last. */
void diag(struct diags *d, const struct rule *rule, struct span at, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* The same, milder or worse than the rule has it. */
void diag_as(struct diags *d, const struct rule *rule, enum severity severity, struct span at,
             const char *format, ...) __attribute__((format(printf, 5, 6)));
void diag_related(struct diags *d, struct span at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void diag_hint(struct diags *d, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Instead of a finding that is not made: what would be added to it is not kept either. */
void diag_drop(struct diags *d);
/* It is the machine's fault: the command ends with EXIT_MACHINE. */
void diag_machine(struct diags *d);

/* Author text as far as a message may quote it, cut between characters. */
str diag_quote(str s);

/* The machine's fault: path and the text of errno. Counts as an error of the
 * machine: the command ends with EXIT_MACHINE. */
extern const struct rule diag_rule_os;
void diag_os(struct diags *d, str path, int error_number, const char *doing);
/* Reads a file that the program cannot do without (base/file.h). False after a report. */
bool diag_file_read(struct arena *a, struct diags *d, int root, str path, size_t size_bytes_max,
                    str *text);

/* Leaves only findings whose rule passes; gives how many are gone. */
size_t diags_keep(struct diags *d, const void *self,
                  bool (*passes)(const void *self, const struct rule *rule));

size_t diags_count(const struct diags *d, enum severity severity);
/* How many findings are kept to be printed: the number, from 0, of the next. */
size_t diags_kept(const struct diags *d);
/* One of them; strings are valid as long as d. Numbers hold until findings are printed. */
struct diag_view {
    const struct rule *rule;
    enum severity severity;
    struct span at;
    str text;
};
struct diag_view diags_at(const struct diags *d, size_t number);
/* What diag_hint gave to this one; "" for none. Numbers hold until findings are printed. */
str diags_hint(const struct diags *d, size_t number);
bool diags_machine_failed(const struct diags *d);
/* EXIT_MACHINE, EXIT_CONTENT or EXIT_OK, by the worst that was found. */
int diags_exit_status(const struct diags *d);

/* Findings of a worker travel to the parent as bytes. */
void diags_pack(const struct diags *d, struct buf *out);
void diags_unpack(struct diags *d, str packed); /* packed by this same program */

enum diag_format { DIAG_TEXT, DIAG_JSON, DIAG_SARIF };
struct diag_print {
    enum diag_format format;
    bool color;
    size_t max; /* findings shown in text; the rest is counted. 0: no limit */
    enum severity least; /* milder ones are counted but not shown in text */
};
void diags_print(struct diags *d, const struct diag_print *how, FILE *out);

#endif
