/* cli: the commands, and what they share.
 *
 * Results go to stdout, messages to stderr, progress to a terminal only. Exit
 * statuses are those of base/fatal.h. */
#ifndef CLI_H
#define CLI_H

#include "base/diag.h"
#include "base/fatal.h"
#include "model/model.h"
#include "sign/sign.h"

#define CONTINUO_TOOL "continuo 0.2" /* as footers and manifests name this program */

enum {
    EXPECT_MAX = 64, /* checkpoints on one command line */
    WHERE_MAX = 16,  /* conditions */
    SET_MAX = 64,    /* fields */
};

enum list_format { LIST_TEXT, LIST_JSON, LIST_CSV, LIST_ICS, LIST_MD };

enum render_target { RENDER_HTML, RENDER_MD, RENDER_TEXT, RENDER_PDF };

enum { AUDIENCES_MAX = 32 };

/* What the command line said. Strings belong to argv. */
struct options {
    const char *workspace; /* -C: the folder that holds content/; "." */
    const char *output;    /* -o: "site" */
    const char *data;      /* render --data */
    const char *role, *note, *paper; /* approve --as, --note, --paper */
    const char *rules;     /* check --rules: ids and families with commas; NULL: all */
    const char *lose;      /* what-if --lose: ids with commas */
    const char *owner;     /* due --owner: a role or person; NULL: all */
    const char *kinds;     /* due --kind: keys with commas; NULL: all */
    duration within;       /* due --within; DURATION_NONE: a year */
    enum list_format list_format; /* due, list, show --format */
    const char *where[WHERE_MAX]; /* list --where, each time it was given */
    size_t where_count;
    const char *columns, *sort; /* list --columns, --sort; NULL: as the register has them */
    bool only_ids;         /* list --ids */
    const char *set[SET_MAX]; /* new --set, each time it was given */
    size_t set_count;
    bool list_kinds;       /* new --list */
    const char *name;      /* init --name: the organisation's */
    bool minimal;          /* init --minimal */
    const char *out;       /* schema --out: the folder to make; NULL: stdout */
    const char *since;     /* build --since: the edition to compare with; NULL: the current one */
    const char *clause;    /* evidence --clause: "8.4"; NULL: all */
    const char *pack;      /* evidence --pack: the folder to make; NULL: none */
    const char *edition;   /* binder --edition; NULL: a draft */
    const char *copy;      /* binder --copy: numbers with commas, or "all"; NULL: none */
    const char *only_for;  /* binder --for: ids with commas; NULL: all */
    const char *into;      /* binder --into: "binder" */
    const char *trust, *state;      /* verify --trust, --state */
    const char *expect[EXPECT_MAX]; /* verify --expect, each time it was given */
    size_t expect_count;
    const char *program;   /* argv[0], to find templates and assets beside it */
    const char *audiences[AUDIENCES_MAX]; /* --audience: ids, each perhaps several with commas */
    size_t audience_count;
    date as_of;            /* --as-of, else SOURCE_DATE_EPOCH; DATE_NONE: not given */
    unsigned port;         /* serve --port; 0: any that is free */
    unsigned jobs;         /* -j */
    size_t max;            /* --max findings shown */
    enum diag_format format;
    enum render_target target;
    int color;             /* -1 auto, 0 never, 1 always */
    bool with_drafts;      /* publish: what nobody approved is issued too, marked DRAFT */
    const char *as_type, *mapping; /* import --as, --map */
    bool dry_run;          /* import: say what would be done */
    bool only_html, quiet, verbose, help;
    struct sign_request sign; /* as_of is for the command to fill */
    const char *const *arguments;
    size_t argument_count;
    const struct command *commands; /* all of them, for those that tell of the others */
    size_t command_count;
};

enum { WORDS_MAX = 64 };

struct command {
    const char *name, *usage, *summary;
    const char *options;  /* letters and names it takes, see options.c */
    size_t words_max;     /* beside options, up to WORDS_MAX: one that nothing reads is a slip */
    const char *examples; /* lines of help */
    int (*run)(const struct options *o);
};

int cmd_approve(const struct options *o);
int cmd_binder(const struct options *o);
int cmd_build(const struct options *o);
int cmd_check(const struct options *o);
int cmd_completion(const struct options *o);
int cmd_diff(const struct options *o);
int cmd_doctor(const struct options *o);
int cmd_due(const struct options *o);
int cmd_evidence(const struct options *o);
int cmd_explain(const struct options *o);
int cmd_import(const struct options *o);
int cmd_init(const struct options *o);
int cmd_list(const struct options *o);
int cmd_manual(const struct options *o);
int cmd_new(const struct options *o);
int cmd_publish(const struct options *o);
int cmd_review(const struct options *o);
int cmd_render(const struct options *o);
int cmd_schema(const struct options *o);
int cmd_serve(const struct options *o);
int cmd_server_config(const struct options *o);
int cmd_show(const struct options *o);
int cmd_verify(const struct options *o);
int cmd_what_if(const struct options *o);

/* A command by its name. NULL: there is none. */
const struct command *command_find(const struct options *o, const char *name);

/* A key to sign with was named. */
bool options_sign(const struct options *o);

/* Fills o from the words after the command's name. False after a usage line. */
bool options_parse(struct options *o, const struct command *c, int argc, char **argv);
void options_help(const struct command *c);

/* One option that a command takes, for who writes manuals and completions; strings are constant. */
struct option_view {
    char short_name; /* 0: none */
    const char *name, *value, *help; /* value NULL: it takes none */
};
size_t options_of(const struct command *c, struct option_view *views, size_t max);

/* The content, loaded; workspace_open also links it, checks its structure and
 * takes out what is never published. */
struct workspace {
    struct arena *arena;
    struct diags *diags;
    struct model *model;
    int content; /* open folder content/ */
    size_t file_count;
};
/* False when the folder itself cannot be opened; then that is reported. What
 * is wrong with the content is in diags. */
bool workspace_load(struct workspace *w, const struct options *o);
bool workspace_open(struct workspace *w, const struct options *o);
/* The content as it is issued: of each document the text that was approved; what nobody approved
 * is an error, or with drafts a warning. False after a report. */
struct in_force;
struct audience;
bool workspace_issue(struct workspace *w, const struct options *o, bool with_drafts,
                     struct in_force *taken);
/* For whom something is handed out: who was named with --audience, or the only one there is.
 * Nobody is handed more than they may see because a word was left out: else what is wrong, in
 * words; NULL: nothing. */
const char *workspace_for_whom(const struct workspace *w, const struct options *o,
                               struct audience *chosen);
/* What one clearance sees of the open workspace; who may see everything gets the whole. */
const struct model *workspace_seen(const struct workspace *w, enum class_level clearance);
/* Prints the findings and a summary line; gives the exit status. */
int workspace_report(const struct workspace *w, const struct options *o);

/* What is wrong with the texts of documents and records, over all workers. */
void check_texts(struct workspace *w, const struct options *o);

/* The clock, which nothing else reads: the day of UTC, and for measuring. */
date clock_today(void);
int64_t clock_milliseconds(void);

/* Whether what is printed on the stream may have colours. */
bool may_color(const struct options *o, int stream);
void print_findings(struct diags *d, const struct options *o);

#endif
