/* cli/evidence_file: whether what a record names as its evidence is there, and is what it was. */
#ifndef CLI_EVIDENCE_FILE_H
#define CLI_EVIDENCE_FILE_H

#include "model/model.h"

struct evidence_found {
    bool is_file;   /* below content/; else the words may say where a paper is kept */
    bool is_missed; /* a hash is of a file, and there is none */
    str path;       /* below content/ */
    str sha256;
};

/* `part` is one item of `evidence` of the record. Reports a file that is missed (PB11), or that
 * is another than was recorded (PB10). */
struct evidence_found evidence_find(struct arena *a, struct diags *d, int content,
                                    const struct record *record, const struct record *part);
/* The same of all that it names. */
void evidence_check(struct arena *a, struct diags *d, int content, const struct record *record);

#endif
