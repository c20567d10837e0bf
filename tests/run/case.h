/* run/case: one case file, taken apart into steps.
 *
 * A case is a text file: a small workspace, commands, and what must happen. Lines
 * before the first section are comments. A section begins with `== ` and runs to
 * the next one; the steps are taken in order.
 *
 * What is there:
 *   == PATH                 a file with these lines; a PATH has a dot or a slash
 *   == PATH nonl            the same without the end of the last line
 *   == PATH hex             its bytes as hexadecimal digits
 *   == fill PATH SIZE TEXT  TEXT over and over, SIZE bytes in all (64, 100K, 3M)
 *   == repeat N PATH        these lines N times; @N@ is the number, from 1
 *   == symlink PATH -> TARGET    == folder PATH    == fifo PATH    == remove PATH
 *   == mode PATH 000        (skips the case for root, whom no mode stops)
 * Sections for one file that follow each other append; the first one after a run
 * begins the file anew.
 *
 * What to do:
 *   == run [NAME=VALUE …] ARGUMENTS    quotes '…' and "…" keep blanks together
 *   exit 1                  must be there
 *   seconds 5               at most, 60 unless told
 *
 * What must have happened, after a run:
 *   == stdout    == stderr    == file PATH     exactly these lines
 *   == has PATH    == lacks PATH               each line somewhere in the file,
 *                                              or in none; PATH may be stdout or stderr
 *   == exists PATH    == absent PATH
 *
 * In a body, a line that begins with `== ` is written `\== `. Output that does not
 * end with a line end is shown with a last line `\ no newline at end`. In stdout and
 * stderr the temporary folder reads $DIR and every time taken `0.00 s`. */
#ifndef TESTS_RUN_CASE_H
#define TESTS_RUN_CASE_H

#include "base/buf.h"

enum step_kind {
    STEP_TEXT,
    STEP_HEX,
    STEP_FILL,
    STEP_REPEAT,
    STEP_SYMLINK,
    STEP_FOLDER,
    STEP_FIFO,
    STEP_REMOVE,
    STEP_MODE,
    STEP_RUN,
    STEP_STDOUT,
    STEP_STDERR,
    STEP_FILE,
    STEP_HAS,
    STEP_LACKS,
    STEP_EXISTS,
    STEP_ABSENT,
};

enum { WORDS_MAX = 64, SECONDS_DEFAULT = 60 };

struct step {
    enum step_kind kind;
    size_t line;   /* of the head */
    str head;      /* after "== ", for messages */
    str raw, body; /* as in the file; and unescaped */
    str path;      /* what the step is about; "" for RUN, "stdout" for STDOUT, … */
    str words[WORDS_MAX];
    size_t word_count; /* RUN: environment and arguments; else what follows the path */
    int status;        /* RUN: the expected exit status */
    unsigned seconds;  /* RUN */
    size_t number;     /* FILL: bytes; REPEAT: times; MODE: the mode */
};

struct case_file {
    str path, text;
    struct step *steps;
    size_t count, cap;
    size_t error_line; /* 0: well-formed */
    str error;
};

/* Never NULL; what is wrong with the file stands in error. */
struct case_file *case_parse(struct arena *a, str path, str text);
/* The bytes of a TEXT, HEX or REPEAT step. */
str step_bytes(struct arena *a, const struct step *s);
/* A body line can't look like a head. */
str case_escape(struct arena *a, str body);

#endif
