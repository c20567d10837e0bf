/* model/canonical: the bytes that an approval speaks of.
 *
 * Canonical text: five control values and the body. Line ends, blanks at the end of a line
 * and empty lines around the body may change without making it another text; nothing else
 * may. (Two blanks or more at the end of a line break it for readers, and count as two.)
 *
 *   ---
 *   code: CRP-001
 *   title: Crisis management plan
 *   version: 4.0
 *   class: confidential
 *   language: en
 *   ---
 *   <body>
 *
 * An absent value leaves its key alone on the line ("class:"). Templates in the body
 * stand as they are written: what they quote are records of their own.
 *
 * Statement: what an approver says, and signs where a key is given.
 *
 *   continuo-approval-1
 *   document: CRP-001
 *   version: 4.0
 *   role: ROL-002
 *   person: PER-006
 *   date: 2026-06-22
 *   text: <SHA-256 of the canonical text>
 *   file: <SHA-256> documents/plans/lantern-house.png      (one line a file, by path)
 *
 * Both end with one line feed, and are read back by verify/format.h. Their form is frozen:
 * old approvals must stay true. */
#ifndef MODEL_CANONICAL_H
#define MODEL_CANONICAL_H

#include "model/model.h"

str document_canonical(struct arena *a, const struct record *document);
str document_sha256(struct arena *a, const struct record *document); /* of it, in hex */
str approval_statement(struct arena *a, const struct record *approval);

#endif
