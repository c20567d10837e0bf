/* cli/review_pack: the pack of a management review, frozen as a file.
 *
 *   {"format": "continuo review pack 1", "review": "MRV-002", "as_of": "2026-01-21",
 *    "known_until": "2026-06-30", "text": "## Who attends …",
 *    "blocks": [{"words": "…"},
 *               {"table": {"id": …, "caption": …, "note": …, "head_column": false,
 *                          "columns": [["day", "On", "date"], …],
 *                          "rows": [[CELL, …], …]}},
 *               {"drawing": {…}}, …]}
 *
 * A CELL is "" or a text, or {"pieces": [[text, id, tone], …]} with "sort", "data", "page" and
 * "is_text" where it has them. It is read with the records at hand: a record that is gone leaves
 * its words; in a copy that does not hold everything a row that names one is not shown. */
#ifndef CLI_REVIEW_PACK_H
#define CLI_REVIEW_PACK_H

#include "form/doc/reports.h"

void review_pack_put(struct buf *out, struct arena *a, str review, const struct report_parts *p);
/* False after a report: it is none, or that of another review. */
bool review_pack_read(struct arena *a, struct diags *d, const struct model *m, str review, str path,
                      str bytes, struct report_parts *p);

/* Where it is kept below content/, for readers of a clearance: "reviews/mrv-002/internal.json". */
str review_pack_path(struct arena *a, const struct record *review, enum class_level clearance);
/* The pack that a model's readers may see: parts and record in the wish. False after a report:
 * there is one, and it cannot be shown. */
bool review_pack_open(struct arena *a, struct diags *d, const struct model *m, int content,
                      struct report_wish *wish);

#endif
