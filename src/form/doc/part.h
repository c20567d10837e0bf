/* form/doc/part: what one role or person owns, owes and must know, as a document. */
#ifndef FORM_DOC_PART_H
#define FORM_DOC_PART_H

#include "form/table/part.h"
#include "text/md.h"

/* A heading and a table for each section. */
struct md_node *doc_part(struct arena *a, const struct part *part);

#endif
